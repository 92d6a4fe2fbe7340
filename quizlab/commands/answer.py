"""The answer command: grade one answer, or a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from quizlab import answers, errors
from quizlab.commands import _banks, _batch
from quizlab.commands._files import bytes_of
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
        data = bytes_of(path)
    except OSError as error:
        raise QuizlabError("batch_failed", {"path": str(path), "why": str(error.strerror)}, errors.USAGE) from None
    found = _banks.opened(banks)
    rows = []
    worst = errors.RIGHT
    for number, row in _batch.rows(data):
        name, typed = row if isinstance(row, tuple) else (row or "", "")
        try:
            if row is None:
                raise QuizlabError("bank_not_utf8", status=errors.USAGE)
            if isinstance(row, str):
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
        for told in rows:
            if not told["id"]:
                tell(str(told["says"]))
                continue
            outcome = feedback.outcome_word(told["outcome"])
            cells = (told["id"], outcome, told.get("understood", ""), told.get("tag", ""))
            screen.raw("\t".join(map(str, cells)).rstrip() + "\n")
    return worst
