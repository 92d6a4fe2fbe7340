"""What a person must mend, as an exception; and the statuses that commands exit with.

Failures come in two dialects. What the user got wrong, or the system refused, is a `QuizlabError` and ends the
command. What is only to be expected (an answer that cannot be read, a hook that broke off) is a value: an
`quizlab.answers.Unreadable`, a `quizlab.model.Problem` in a reply or in a finding.

Every problem has a code, written once, here, so that the type checker finds a misspelt one; its sentence is in
`quizlab.telling.sentences`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

RIGHT = CONFIRMED = 0
WRONG = REFUTED = 1
UNREADABLE = USAGE = 2
COULD_NOT_RUN = 3
INTERRUPTED = 130

# fmt: off
Code = Literal[
    # practising
    "nothing_to_repeat", "write_without_regrade", "nothing_interrupted", "no_blic_interrupted",
    "nothing_to_write",
    # reading a bank
    "bank_missing", "bank_unreadable", "bank_too_big", "bank_not_utf8", "bank_empty",
    "bank_not_mapping", "no_questions", "yaml_syntax", "yaml_character", "yaml_deep", "yaml_alias", "yaml_tag",
    "yaml_key", "bank_json", "duplicate_key", "duplicate_id",
    "duplicate_id_across", "missing_field", "unknown_field", "wrong_type", "bad_value", "unknown_kind",
    # what a question says
    "bad_id", "bad_tag", "tag_twice", "empty_text", "unknown_placeholder", "unknown_hook", "unknown_parameter",
    "bad_parameter", "unknown_variant", "empty_variant", "variant_unmentioned", "asks_without_variants",
    "too_many_variants", "answer_without_value", "mistake_is_key", "mistakes_alike", "options_alike",
    "option_text_given", "option_not_last", "bad_letters", "bad_key", "key_no_option", "option_undecided",
    "option_unexplained", "option_twice", "unreadable_answer", "no_points", "unknown_group",
    "recollection_no_option", "dispute_no_option", "recollection_undecided", "recollection_twice_decided",
    "ruling_without_claims",
    # judging
    "key_refuted", "key_flips", "option_also_right", "point_refuted", "claim_fails", "unknown_claim",
    "nothing_measured", "accepted_refuted", "mistake_is_right", "mistake_not_computed", "ruling_unsupported",
    # running
    "torch_missing", "torch_broken", "hook_failed", "timed_out", "worker_died", "lab_failed", "lab_unusable",
    "lab_twice", "lab_left_out", "hooks_unusable", "evidence_unsendable",
    # commands
    "unknown_question", "unknown_topic", "nothing_selected", "nothing_named", "not_settable", "nothing_settable",
    "bad_setting", "set_needs_one", "variants_none", "no_format", "two_formats", "answers_only_md", "bad_answers",
    "no_variants_there", "binary_to_terminal", "library_missing", "exported_without_torch", "exported_unproved",
    "output_failed", "batch_failed", "batch_line", "bad_moment", "past_moment", "answer_missing", "no_home",
    "progress_folder", "progress_is_folder", "progress_unopened", "progress_readonly", "progress_broken",
    "progress_full", "progress_disk", "progress_busy", "progress_write", "progress_copy", "progress_newer",
    # the answer log carried, emptied
    "export_suffix", "export_failed", "reset_unasked", "import_too_big", "import_unknown", "import_newer",
    "import_json", "import_shape", "import_record", "import_time", "import_text", "import_number",
    "import_params", "import_csv", "import_header", "import_columns", "bad_time_limit", "pipe_closed",
    "unforeseen", "interrupted", "narrow",
    # the command line itself
    "completion_installed", "completion_unwritten", "unknown_shell", "no_command", "no_option", "no_parameter",
    "option_value", "extra_argument", "option_needs_value", "option_without_value", "usage",
]
# fmt: on

NO_TORCH: frozenset[Code] = frozenset({"torch_missing", "torch_broken"})
"""With one of these no question can be proved, whichever it is."""


class Problem(Struct, frozen=True):
    """Why a finding is not confirmed, or a bank not sound: a code with its arguments; the view says it."""

    code: Code
    args: dict[str, str] = {}
    file: str = ""
    line: int = 0
    id: str = ""
    field: str = ""


def place_of(error: BaseException) -> str:
    """File and line of a fault: for one of syntax where it stands, otherwise where it was raised."""
    import importlib
    import traceback
    from pathlib import Path

    if isinstance(error, SyntaxError) and error.filename:
        return f"{Path(error.filename).name}:{error.lineno}"
    machinery = ("<frozen importlib", str(Path(importlib.__file__).parent))
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if not frame.filename.startswith(machinery)] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"


def said(error: BaseException) -> str:
    """What a fault is called, where it is and what it says, in one line: ``KeyError (code.py:3): 'x'``."""
    message = (str(error).strip().splitlines() or [""])[0][:300]
    return f"{type(error).__name__} ({place_of(error)})" + (f": {message}" if message else "")


class QuizlabError(Exception):
    """One problem or several that a person can do something about, and the status to exit with.

    Args:
        what: the code of the one problem, with its arguments in ``args``; or all the problems, at least one.
    """

    def __init__(
        self, what: Code | Sequence[Problem], args: Mapping[str, str] | None = None, status: int = COULD_NOT_RUN
    ) -> None:
        self.problems = (Problem(what, dict(args or {})),) if isinstance(what, str) else tuple(what)
        self.status = status
        places = (f"{each.file}:{each.line}: {each.code}" for each in self.problems)
        super().__init__(", ".join(place.removeprefix(":0: ") for place in places))
