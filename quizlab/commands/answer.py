"""The answer command: grade one answer, or a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from quizlab import answers, errors
from quizlab.commands import _banks
from quizlab.commands._files import text_of
from quizlab.errors import QuizlabError
from quizlab.question.grading import Graded, grade
from quizlab.telling import machine, sentences
from quizlab.telling.told import explained
from quizlab.view import feedback, session
from quizlab.view.screen import Screen, tell

STATUS = {"right": errors.RIGHT, "partial": errors.WRONG, "wrong": errors.WRONG}


def grade_one(name: str, typed: str, *, banks: Sequence[Path], json: bool, proof: bool, plain: bool) -> int:
    """Grade one answer and say so; with ``proof`` also prove the question."""
    question, bank = _banks.one(_banks.opened(banks), name)
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
        data = machine.graded(question.id, typed, graded, explained(question, bank))
        if finding:
            data["finding"] = machine.finding(finding)
        screen.raw(machine.encode(data))
    else:
        feedback.graded(screen, question, graded, typed)
        if finding:
            from quizlab.view import finding as view

            screen.line()
            view.whole(screen, question, finding, versions)
    if finding and finding.problems:
        return errors.COULD_NOT_RUN
    return STATUS[graded.outcome]


def _lost(name: str, typed: str, error: QuizlabError, path: Path, number: int) -> dict[str, Any]:
    """A line that belongs to no question."""
    (problem,) = error.problems
    if problem.code != "batch_line":
        problem = msgspec.structs.replace(problem, file=str(path), line=number)
    return machine.unreadable("", f"{name}\t{typed}" if typed else name, problem.code, sentences.problem(problem))


def grade_batch(path: Path, *, banks: Sequence[Path], json: bool) -> int:
    """Grade tab-separated ``id typed`` lines of a file or of standard input in one run.

    Prints a line for each: id, outcome, how it was understood, the mistake's tag. The status is that of
    the worst line: unreadable before wrong before right.
    """
    try:
        lines = text_of(path).split("\n")  # only there: within a line some signs break lines, too
    except (OSError, UnicodeDecodeError) as error:
        why = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error.strerror)
        raise QuizlabError("batch_failed", {"path": str(path), "why": why}, errors.USAGE) from None
    found = _banks.opened(banks)
    rows = []
    worst = errors.RIGHT
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, tab, typed = line.removesuffix("\r").partition("\t")
        try:
            if not tab:
                raise QuizlabError("batch_line", {"line": str(number), "path": str(path)}, errors.USAGE)
            question, bank = _banks.one(found, name)
        except QuizlabError as error:  # of this line; the others are graded
            worst = errors.UNREADABLE
            rows.append(_lost(name, typed, error, path, number))
            continue
        graded = grade(question, typed)
        if isinstance(graded, Graded):
            worst = max(worst, STATUS[graded.outcome])
            rows.append(machine.graded(question.id, typed, graded, explained(question, bank)))
        else:
            worst = errors.UNREADABLE
            sentence = feedback.unreadable_sentence(question, typed, graded)
            rows.append(machine.unreadable(question.id, typed, graded.code, sentence))
    screen = Screen(plain=True)
    if json:
        screen.raw(machine.encode({"answers": rows}))
    else:
        for row in rows:
            if not row["id"]:
                tell(str(row["says"]))
                continue
            cells = (row["id"], feedback.outcome_word(row["outcome"]), row.get("understood", ""), row.get("tag", ""))
            screen.raw("\t".join(map(str, cells)).rstrip() + "\n")
    return worst
