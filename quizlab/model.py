"""What a question, a proof and a verdict are: frozen, typed data without behaviour.

Everything here is a ``msgspec.Struct``, so the same classes check a bank, cross the pipe between the
worker and its parent, and become JSON, whose schema is made here too. This module imports nothing of quizlab.
"""

from __future__ import annotations

import inspect
import re
from typing import Any, Literal, cast

import msgspec
from msgspec import Struct

Atom = int | float | str | bool
"""One plain value, as a bank writes it and a hook measures it."""

Value = Atom | tuple[Atom | tuple[Atom, ...], ...]
"""A value of any answer kind: a count, a shape ``(64, 32)``, or a tuple of such values."""

BankAnswer = Atom | tuple[Atom, ...]
"""An answer as a bank holds it: one plain value, or one for each part of a tuple."""

Given = BankAnswer
"""A parameter of a hook as a bank gives it: one plain value, or a list of them."""

Outcome = Literal["right", "wrong", "partial"]
Sure = Literal["", "sure", "unsure"]
"""How sure the student was before the verdict, if that was asked."""

ID = re.compile(r"[a-z][a-z0-9_-]{0,39}\Z")
"""The id of a question."""

TAG = re.compile(r"[a-z][a-z0-9-]{0,59}\Z")
"""The tag of a mistake."""

SimpleKind = Literal["number", "shape", "type", "formula", "interval", "text"]
Kind = SimpleKind | Literal["tuple", "choice", "multi", "open"]


# --- questions ---------------------------------------------------------------------------------------


class Place(Struct, frozen=True):
    """Where in a bank something stands: file and lines (1-based, inclusive)."""

    file: str
    line: int
    last_line: int


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """A source of recollections: what it was and, where known, its date (ISO)."""

    title: str
    date: str = ""


class Ruling(Struct, frozen=True, forbid_unknown_fields=True):
    """A verdict that a value alone cannot give, with the claims that must hold for it to stand."""

    verdict: Literal["incomplete", "depends", "disputed"]
    because: tuple[str, ...]


class Recollection(Struct, frozen=True, forbid_unknown_fields=True):
    """One remembered answer: who (as a group) remembered what.

    ``answer`` is judged against the computed value; ``option`` says which option it was, ``claims`` which
    computed claims it asserts. Without any of them the question was remembered and the answer was not.
    """

    group: str
    answer: str = ""
    option: str = ""
    claims: tuple[str, ...] = ()
    ruling: Ruling | None = None
    note: str = ""


Unbuilt = Literal["", "slip", "quantity", "belief"]
"""Why no model gives a wrong answer: the right numbers reckoned wrongly, another quantity of the same model given, or
something believed of Python or of a library."""


class Mistake(Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """A wrong path: its stable tag, the answer it leads to, and its own sentence.

    ``with_`` are the parameters of the hook that build the mutated model which really gives that answer.
    ``unless`` are numbers with which this road leads to the right answer, so that it is no mistake with them.
    ``unbuilt`` says why there is none.
    """

    tag: str
    answer: str
    says: str
    with_: dict[str, Given] = {}
    unless: dict[str, Atom] = {}
    unbuilt: Unbuilt = ""


class Option(Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """One option of a choice: decided by the hook's value (``value``) or by one of its claims (``claim``).

    An ``answer`` is an expression over the parameters instead: its value and its text follow the numbers asked
    with. ``with_`` are the parameters of the mutated model that really gives that value, and ``unbuilt`` says why
    there is none. ``says`` is what to tell a person who chose it wrongly; ``tag`` names that mistake for ever.
    ``last`` keeps «neki drugi broj» last. ``words`` are other words that people type for it (GAP).
    """

    text: str = ""
    value: Value | None = None
    claim: str = ""
    answer: str = ""
    with_: dict[str, Given] = {}
    unbuilt: Unbuilt = ""
    says: str = ""
    tag: str = ""
    last: bool = False
    words: tuple[str, ...] = ()


class Dispute(Struct, frozen=True, forbid_unknown_fields=True):
    """A second camp of a disputed choice: its option, why it is defended, and the claims that it stands on.

    The key is the option that the computation supports; an answer from this camp is graded right as well,
    with both camps explained, and marked with ``tag`` so that statistics keep the camps apart.
    """

    option: str
    because: tuple[str, ...]
    says: str
    tag: str


class Point(Struct, frozen=True, forbid_unknown_fields=True):
    """A key point of an open question; ``claim`` names the computed claim that proves it."""

    text: str
    claim: str = ""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """How one simple answer is read.

    ``symbols`` are the names a formula or a shape may contain besides the parameters; ``batch`` is the
    symbol of the batch dimension, for which any name or size is understood; ``real`` asks for a real
    number instead of a count; ``name`` labels the part in a tuple. ``words`` are other names that people give to
    the symbols and the parameters (W_hx for W_xh).
    """

    kind: SimpleKind
    name: str = ""
    symbols: tuple[str, ...] = ()
    batch: str = ""
    real: bool = False
    accept: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}


class Verify(Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """Which hook proves the question, and with which parameters besides the question's own."""

    hook: str
    with_: dict[str, Given] = {}


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every question has, whatever its kind.

    ``params`` is the question as it was asked. ``variants`` lists other values of the same parameters, or numbers
    for symbols of the answer; ``asks`` is the prompt with other numbers, where the original one mentions none.
    ``requires`` names claims that must hold besides the key for the key to count as proved, ``shows`` those that the
    proof computes as well and that the key does not stand on. Without ``verify`` nothing proves the key; only a bank
    of one's own may hold such a question. ``hints`` lead towards the answer step by step and never say it. ``mark``
    says what to choose on the quiz where its options are remembered as others than those that the computation decides
    between. ``original`` is never in a bank: where the question is asked with other numbers, those of the quiz.
    """

    id: str
    topic: str
    prompt: str
    explain: str
    verify: Verify | None = None
    recollections: tuple[Recollection, ...]
    asks: str = ""
    mark: str = ""
    params: dict[str, Atom] = {}
    variants: dict[str, tuple[Atom, ...]] = {}
    mistakes: tuple[Mistake, ...] = ()
    requires: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    original: dict[str, Atom] = {}


class _Simple(Question, frozen=True, kw_only=True):
    """A question answered by one typed value; the fields are those of `Part`."""

    answer: Atom
    symbols: tuple[str, ...] = ()
    batch: str = ""
    real: bool = False
    accept: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}


class NumberQuestion(_Simple, frozen=True, kw_only=True, tag="number"):
    """Asks for a count, or for a real number when ``real`` is set."""


class ShapeQuestion(_Simple, frozen=True, kw_only=True, tag="shape"):
    """Asks for the shape of a tensor."""


class TypeQuestion(_Simple, frozen=True, kw_only=True, tag="type"):
    """Asks for a Python or torch type."""


class FormulaQuestion(_Simple, frozen=True, kw_only=True, tag="formula"):
    """Asks for a formula in the named symbols."""


class IntervalQuestion(_Simple, frozen=True, kw_only=True, tag="interval"):
    """Asks for an interval; open and closed ends differ."""


class TextQuestion(_Simple, frozen=True, kw_only=True, tag="text"):
    """Asks for a word or a short phrase."""


class TupleQuestion(Question, frozen=True, kw_only=True, tag="tuple"):
    """Asks for several simple answers at once, in the order of ``parts``."""

    parts: tuple[Part, ...]
    answer: tuple[Atom, ...]
    accept: tuple[tuple[Atom, ...], ...] = ()


class ChoiceQuestion(Question, frozen=True, kw_only=True, tag="choice"):
    """Asks for one of the lettered options."""

    options: dict[str, Option]
    answer: str
    dispute: Dispute | None = None


class MultiQuestion(Question, frozen=True, kw_only=True, tag="multi"):
    """Asks for every right one among the lettered options."""

    options: dict[str, Option]
    answer: tuple[str, ...]


class OpenQuestion(Question, frozen=True, kw_only=True, tag="open"):
    """Asks for an explanation; the student ticks the key points that were said."""

    points: tuple[Point, ...]


SimpleQuestion = NumberQuestion | ShapeQuestion | TypeQuestion | FormulaQuestion | IntervalQuestion | TextQuestion
TypedQuestion = SimpleQuestion | TupleQuestion
"""A question whose answer is typed: it has an ``answer``, and other forms to ``accept``."""

OptionQuestion = ChoiceQuestion | MultiQuestion
AnyQuestion = TypedQuestion | OptionQuestion | OpenQuestion


def kind_of(question: Question) -> Kind:
    """The kind of a question, as its bank writes it."""
    return cast("Kind", question.__struct_config__.tag)


def hook_of(question: Question) -> str:
    """The hook that proves a question; "" where none does."""
    return question.verify.hook if question.verify else ""


def weight(question: AnyQuestion) -> int:
    """How many groups remembered the question: what returned most is what to practise first."""
    return len({recollection.group for recollection in question.recollections})


class Bank(Struct, frozen=True):
    """The questions of one or more files, in file order, each with its place."""

    name: str
    title: str
    groups: dict[str, Group]
    questions: tuple[AnyQuestion, ...]
    places: dict[str, Place]


# --- evidence ----------------------------------------------------------------------------------------


class Case(Struct, frozen=True):
    """One measurement: the value found when the symbols had the given values.

    A hook that measures a count gives one case; a hook behind a formula or a shape with symbols gives as
    many as it measured, and an answer holds only if it holds in all of them.
    """

    value: Value
    given: dict[str, int | float] = {}


class Claim(Struct, frozen=True):
    """A statement that the hook put to the test: did it hold, and what was measured."""

    name: str
    holds: bool
    says: str


class Table(Struct, frozen=True, tag="table"):
    """Rows under columns; numbers stay numbers so that the view can set them.

    ``marked`` are the indices of rows to draw attention to, ``total`` a last row set apart.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Atom, ...], ...]
    title: str = ""
    total: tuple[Atom, ...] = ()
    marked: tuple[int, ...] = ()


class Series(Struct, frozen=True):
    """One named curve or cloud of a plot."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]


class Plot(Struct, frozen=True, tag="plot"):
    """A curve (``line``) or a cloud (``scatter``), drawn in the terminal and as an image in exports."""

    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    style: Literal["line", "scatter"] = "line"
    log_y: bool = False


class Note(Struct, frozen=True, tag="note"):
    """A sentence beside the tables."""

    text: str


Block = Table | Plot | Note


class Snippet(Struct, frozen=True, omit_defaults=True):
    """Plain PyTorch/NumPy code that anyone can paste, and exactly what it prints.

    A hook gives for ``prints`` what it measured on the lab; then the code is run, and ``prints`` is what it printed.
    ``measured`` is what the hook gave, where the code prints something else: lab and plain code disagree.
    """

    code: str
    prints: str
    measured: str | None = None


class Evidence(Struct, frozen=True):
    """What a hook computed. It knows nothing of keys: judging is somebody else's work."""

    snippet: Snippet
    cases: tuple[Case, ...] = ()
    claims: tuple[Claim, ...] = ()
    blocks: tuple[Block, ...] = ()


# --- problems ------------------------------------------------------------------------------------------

# fmt: off
Code = Literal[
    # practising
    "nothing_to_repeat", "write_without_regrade", "nothing_interrupted", "no_blic_interrupted",
    "nothing_to_write",
    # reading a bank
    "bank_missing", "bank_unreadable", "bank_too_big", "bank_slow", "bank_not_utf8", "bank_empty",
    "bank_not_mapping", "no_questions", "yaml_syntax", "yaml_character", "yaml_deep", "yaml_wide", "yaml_alias",
    "yaml_tag", "yaml_key", "bank_json", "duplicate_key", "duplicate_id",
    "duplicate_id_across", "missing_field", "unknown_field", "wrong_type", "bad_value", "unknown_kind",
    # what a question says
    "bad_id", "bad_tag", "tag_twice", "empty_text", "unknown_placeholder", "unknown_hook", "unknown_parameter",
    "bad_parameter", "unknown_variant", "empty_variant", "variant_unmentioned", "asks_without_variants",
    "too_many_variants", "too_many_answers", "too_many_models", "too_many_words", "more_problems",
    "answer_without_value", "mistake_is_key", "mistakes_alike", "options_alike",
    "option_text_given", "option_not_last", "bad_letters", "bad_key", "key_no_option", "option_undecided",
    "option_unexplained", "option_twice", "unreadable_answer", "no_points", "unknown_group",
    "recollection_no_option", "claim_without_proof",
    "dispute_no_option", "recollection_undecided", "recollection_twice_decided",
    "ruling_without_claims", "word_unclear", "word_taken", "words_of_no_name",
    # what a sound question may still lack
    "no_mistakes", "unused_parameter", "key_longest", "key_only_no", "claim_twice", "claim_homeless", "claim_elsewhere",
    "point_unclaimed", "mistake_unbuilt", "mistake_twice_built",
    # judging
    "key_refuted", "key_flips", "option_also_right", "point_refuted", "claim_fails", "unknown_claim",
    "nothing_measured", "accepted_refuted", "mistake_is_right", "mistake_not_computed", "ruling_unsupported",
    "ruling_contradicted", "snippet_contradicts", "points_unclaimed",
    # running
    "torch_missing", "torch_broken", "torch_arriving", "torch_arrived", "torch_failed",
    "hook_failed", "lab_failed", "lab_unusable", "lab_twice", "lab_left_out",
    "hooks_unusable", "evidence_unsendable", "snippet_broken", "timed_out", "worker_died",
    "out_of_memory", "time_spent", "memory_spent",
    # a student's own code
    "own_no_path", "own_unknown_lab", "own_nothing", "own_package", "own_unread", "own_not_loaded", "own_settings",
    "own_mapping_form", "own_mapping_part", "own_mapping_file", "own_mapping_name", "own_alone", "own_without_code",
    # commands
    "nothing_found", "new_setting", "new_no_proof", "new_broken", "new_unwritten",
    "fact_undecided", "fact_date", "fact_options", "recalled_left_out", "results_left_out", "recall_day",
    "thread_not_new",
    "unknown_question", "unknown_question_near",
    "unknown_topic", "nothing_selected", "nothing_named", "not_settable", "nothing_settable",
    "bad_setting", "set_needs_one", "variants_none", "no_format", "two_formats", "answers_only_md", "bad_answers",
    "no_variants_there", "binary_to_terminal", "library_missing", "exported_without_torch", "exported_recorded",
    "exported_unproved", "exported_in_part",
    "output_failed", "junit_failed", "batch_failed", "batch_line", "bad_moment", "no_such_moment",
    "wrong_weekday", "two_moments", "past_moment", "answer_missing", "no_home", "home_unknown",
    "progress_folder", "progress_is_folder", "progress_unopened", "progress_gone", "progress_readonly",
    "progress_broken",
    "progress_full", "progress_disk", "progress_busy", "progress_write", "progress_copy", "progress_newer",
    # the answer log carried, emptied
    "export_suffix", "export_failed", "reset_unasked", "import_too_big", "import_unknown", "import_newer",
    "import_json", "import_shape", "import_record", "import_time", "import_text", "import_number", "import_rounded",
    "import_params", "import_csv", "import_header", "import_columns", "bad_time_limit",
    "unforeseen", "unforeseen_unkept", "stdout_refused", "no_room", "no_folder",
    "path_refused", "interrupted", "narrow",
    # a model that is described
    "spec_empty", "spec_too_long", "spec_character", "spec_expected", "spec_deep", "spec_operations", "spec_number",
    "spec_layer", "spec_argument", "spec_twice", "spec_place", "spec_too_many", "spec_missing", "spec_unfit",
    "spec_flag", "spec_name", "spec_no_value", "spec_too_many_layers", "spec_repeat", "spec_input", "spec_needs_input",
    "spec_without", "spec_order", "spec_too_big", "spec_tensor", "spec_tuple_shape", "spec_setting",
    "spec_function", "spec_refused", "spec_no_tuple", "spec_no_shape",
    "chain_layer", "chain_input", "chain_tuple", "chain_element", "snippet_differs", "snippet_failed",
    # the command line itself
    "completion_installed", "completion_unwritten", "unknown_shell", "no_command", "no_command_near", "no_option",
    "no_option_near", "not_together", "no_parameter",
    "option_value", "extra_argument", "option_needs_value", "option_without_value", "usage",
]
# fmt: on

NO_TORCH: frozenset[Code] = frozenset({"torch_missing", "torch_broken", "torch_arriving"})
"""With one of these no question can be proved, whichever it is."""


SPENT: frozenset[Code] = frozenset({"time_spent", "memory_spent"})
"""With one of these not all was computed that a question's proof consists of."""


class Problem(Struct, frozen=True):
    """Why a finding is not confirmed, or a bank not sound: a code with its arguments; the view says it."""

    code: Code
    args: dict[str, str] = {}
    file: str = ""
    line: int = 0
    id: str = ""
    field: str = ""


# --- verdicts ----------------------------------------------------------------------------------------

Ruled = Literal["confirmed", "refuted", "incomplete", "depends", "disputed", "unanswered"]


class Key(Struct, frozen=True):
    """The key as a person reads it: each letter or part by itself, and all of them as one text.

    Options have their letters for ``parts``, a tuple its parts, any other question one text.
    """

    parts: tuple[str, ...]
    text: str


class Judged(Struct, frozen=True):
    """The verdict on one option, mistake or accepted form: its name, what it says, how it came out."""

    name: str
    answer: str
    verdict: Ruled
    value: Value | None = None


class JudgedRecollection(Struct, frozen=True):
    """The verdict on one remembered answer."""

    group: str
    answer: str
    verdict: Ruled
    value: Value | None = None
    note: str = ""


class Recorded(Struct, frozen=True):
    """Evidence was computed when quizlab was made, not now: with which torch, and on which day (ISO)."""

    torch: str
    date: str


class Finding(Struct, frozen=True):
    """What verification found out about one question; ``recorded`` where its evidence is not computed live."""

    id: str
    verdict: Literal["confirmed", "refuted", "disputed", "error", "unproved"]
    key: Key
    parameters: dict[str, Atom]
    problems: tuple[Problem, ...] = ()
    value: Value | None = None
    options: tuple[Judged, ...] = ()
    mistakes: tuple[Judged, ...] = ()
    accepted: tuple[Judged, ...] = ()
    recollections: tuple[JudgedRecollection, ...] = ()
    evidence: Evidence | None = None
    seconds: float = 0.0
    recorded: Recorded | None = None


def json_schema(kind: type[Struct], title: str) -> dict[str, Any]:
    """The JSON Schema of a Struct, under a title; the same with every version of Python and msgspec."""
    found: dict[str, Any] = _settled(msgspec.json.schema(kind))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **found}


def _settled(node: Any) -> Any:
    """Null comes last of what may stand in a place, and docstrings are without the indentation of their source."""
    if isinstance(node, list):
        return [_settled(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {name: _settled(each) for name, each in node.items()}
    if "anyOf" in found:
        found["anyOf"].sort(key=lambda each: each == {"type": "null"})
    if isinstance(found.get("description"), str):
        found["description"] = inspect.cleandoc(found["description"])
    return found
