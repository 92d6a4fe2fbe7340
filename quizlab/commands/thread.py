"""The thread command: judge every statement of a raw thread; what it says stays on this machine."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from quizlab import errors, home
from quizlab.commands import _banks
from quizlab.errors import QuizlabError
from quizlab.hooks import registry
from quizlab.model import NO_TORCH, AnyQuestion, Finding
from quizlab.proof import binding
from quizlab.proof.archive import Archive
from quizlab.proof.verify import verify
from quizlab.question import variants
from quizlab.telling import machine, sentences, words
from quizlab.telling.thread import REFUTED, UNPROVED, account, exported, repeated
from quizlab.thread.model import Judged, Statement, Thread
from quizlab.thread.statements import read
from quizlab.view import thread as view
from quizlab.view.screen import Screen, tell
from quizlab.view.verifying import progress

LIMIT = 4
"""Longest thread in MB."""


class ThreadOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asks for; ``path`` is «-» for standard input."""

    path: Path
    json: bool = False
    md: bool = False
    practice: bool = False
    plain: bool = False
    banks: tuple[Path, ...] = ()


def judge_thread(options: ThreadOptions) -> int:
    """Judge a thread and show it, or practise what it asks.

    Raises:
        QuizlabError: two formats at once, or a file that cannot be read.
    """
    if options.json + options.md + options.practice > 1:
        raise QuizlabError("two_formats", status=errors.USAGE)
    text = text_in(options.path)
    # nobody remembers the questions of a bank that is only there for practice
    banks = [bank for bank in _banks.opened(options.banks) if bank.name not in registry.aside()]
    questions = [question for bank in banks for question in bank.questions]
    thread = _proved(read(text, questions), questions, quiet=options.json)
    if options.practice:
        return _practised(thread, options)
    if options.json:
        sys.stdout.write(machine.encode(exported(thread)))
    elif options.md:
        from quizlab.export.thread import thread_markdown

        sys.stdout.write(words.safe(thread_markdown(account(thread, questions))))
    else:
        view.show(Screen(plain=options.plain), account(thread, questions))
    return errors.RIGHT


def text_in(path: Path) -> str:
    """The thread's text, whatever encoding a phone or a browser saved it in.

    Raises:
        QuizlabError: it cannot be read or is too long.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise QuizlabError(
            "batch_failed", {"path": str(path), "why": error.strerror or str(error)}, errors.USAGE
        ) from None
    if len(data) > LIMIT * 2**20:
        raise QuizlabError("import_too_big", {"limit": str(LIMIT)}, errors.USAGE)
    if (text := home.in_utf16(data)) is not None:
        return text
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1250", errors="replace")


def _proved(thread: Thread, questions: Sequence[AnyQuestion], *, quiet: bool) -> Thread:
    """The thread with verdicts about other sizes than the bank's confirmed by the built model, or taken back."""
    known = {question.id: question for question in questions}
    asked = [one for one in thread.statements if one.judged.sizes and one.id and one.judged.verdict != "none"]
    if not asked:
        return thread
    proved: dict[tuple[str, str], Judged] = {}
    with Archive(home.cache_folder()) as archive, progress(len(asked), quiet=quiet) as advance:
        for one in asked:
            question = known[one.judged.posed or one.id or ""]
            if (one.id or "", str(one.judged)) not in proved:
                proved[one.id or "", str(one.judged)] = _confirmed(one, question, archive)
            advance(question.id)
    statements = [
        msgspec.structs.replace(one, judged=proved.get((one.id or "", str(one.judged)), one.judged))
        for one in thread.statements
    ]
    return msgspec.structs.replace(thread, statements=tuple(statements))


def _confirmed(one: Statement, question: AnyQuestion, archive: Archive) -> Judged:
    try:
        sizes = binding.read_settings(question, {name: str(value) for name, value in one.judged.sizes.items()})
    except QuizlabError as error:
        why = " ".join(sentences.problem(each) for each in error.problems)
        return msgspec.structs.replace(one.judged, verdict="none", says=UNPROVED.format(why=why))
    finding = verify(variants.varied(question, sizes), archive.run, changed=True)
    if finding.verdict == "refuted":
        return msgspec.structs.replace(one.judged, verdict="none", says=REFUTED)
    if finding.verdict in ("error", "unproved"):
        said = f"{one.judged.says} {UNPROVED.format(why=_why(finding))}".strip()
        return msgspec.structs.replace(one.judged, says=said)
    return one.judged


def _why(finding: Finding) -> str:
    lacking = [each for each in finding.problems if each.code in NO_TORCH] or list(finding.problems)
    return sentences.say(lacking[0].code, lacking[0].args) if lacking else ""


def _practised(thread: Thread, options: ThreadOptions) -> int:
    """Practise what the thread asks, most repeated first."""
    from quizlab.commands.practice import PracticeOptions, practise

    names = tuple(repeated(thread))
    if not names:
        tell(sentences.say("nothing_selected", {}))
        return errors.RIGHT
    return practise(PracticeOptions(names=names, ordered=True, plain=options.plain, banks=options.banks))
