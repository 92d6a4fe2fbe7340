"""The answer command: grade one answer, or a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizlab import answers, errors
from quizlab.commands import _banks
from quizlab.errors import QuizlabError
from quizlab.question.grading import Graded, grade
from quizlab.question.texts import fill
from quizlab.telling import machine
from quizlab.view import feedback, session
from quizlab.view.screen import Screen

STATUS = {"right": errors.RIGHT, "partial": errors.WRONG, "wrong": errors.WRONG}


def grade_one(name: str, typed: str, *, banks: Sequence[Path], json: bool, proof: bool, plain: bool) -> int:
    """Grade one answer and say so; with ``proof`` also prove the question."""
    question, _ = _banks.one(_banks.opened(banks), name)
    graded = grade(question, typed)
    screen = Screen(plain=plain)
    if isinstance(graded, answers.Unreadable):
        sentence = feedback.unreadable_sentence(question, typed, graded)
        if json:
            screen.raw(machine.encode(machine.unreadable(question.id, typed, graded.code, sentence)))
        else:
            session.unreadable(screen, sentence)
        return errors.UNREADABLE
    finding = None
    versions: dict[str, str] = {}
    if proof:
        from quizlab.proof.source import Source
        from quizlab.proof.verify import verify

        with Source() as source:
            finding = verify(question, source.run)
            versions = source.versions
    if json:
        data = machine.graded(question.id, typed, graded, fill(question.explain, question.params))
        if finding:
            data["finding"] = machine.finding(finding)
        screen.raw(machine.encode(data))
    else:
        feedback.graded(screen, question, graded, typed)
        if finding:
            from quizlab.view import finding as view

            screen.line()
            view.whole(screen, question, finding, versions)
    if finding and finding.verdict in ("refuted", "error"):
        return errors.COULD_NOT_RUN
    return STATUS[graded.outcome]


def grade_batch(path: Path, *, banks: Sequence[Path], json: bool) -> int:
    """Grade tab-separated ``id typed`` lines in one run.

    Prints a line for each: id, outcome, how it was understood, the mistake's tag. The status is that of
    the worst line: unreadable before wrong before right.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error.strerror)
        raise QuizlabError("batch_failed", {"path": str(path), "why": why}, errors.USAGE) from None
    found = _banks.opened(banks)
    rows = []
    worst = errors.RIGHT
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, tab, typed = line.partition("\t")
        if not tab:
            args = {"line": str(number), "path": str(path)}
            raise QuizlabError("batch_line", args, errors.USAGE)
        question, _ = _banks.one(found, name)
        graded = grade(question, typed)
        if isinstance(graded, Graded):
            worst = max(worst, STATUS[graded.outcome])
            rows.append(machine.graded(question.id, typed, graded, fill(question.explain, question.params)))
        else:
            worst = errors.UNREADABLE
            sentence = feedback.unreadable_sentence(question, typed, graded)
            rows.append(machine.unreadable(question.id, typed, graded.code, sentence))
    screen = Screen(plain=True)
    if json:
        screen.raw(machine.encode({"answers": rows}))
    else:
        for row in rows:
            cells = (row["id"], feedback.outcome_word(row["outcome"]), row.get("understood", ""), row.get("tag", ""))
            screen.raw("\t".join(map(str, cells)).rstrip() + "\n")
    return worst
