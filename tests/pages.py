"""Every page of answered questions that a student can meet, and how many rows each takes."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from rich.console import Console

from quizlab import answers
from quizlab.log import Entry
from quizlab.model import AnyQuestion, Bank, Finding, MultiQuestion, OpenQuestion, OptionQuestion
from quizlab.question import asking
from quizlab.question.grading import Graded, grade, grade_points
from quizlab.question.variants import mistakes_of
from quizlab.session.practice import Place
from quizlab.telling.short import short
from quizlab.view import page
from quizlab.view import session as view
from quizlab.view.screen import Screen

SIZES = ((80, 24), (40, 20))
STRAY = ("7", "7; 8", "(7, 8)", "str", "[7, 8]", "nešto drugo")
"""Answers that no mistake of a bank explains, for every kind of question one."""


NOTE = "Ista pogreška (udaljenost pozitiva i negativa): 12. put, prošli put u pitanju q15."
"""The longest thing that is said of a mistake made before."""


ANSWERED = Entry("2024-06-02T21:14:00+00:00", "s", "q", "{}", "", "", "partial", "", 1.0)


class Page(Struct, frozen=True):
    """A page as it is shown: all its lines, and at which of them the verdict begins."""

    case: str
    lines: Sequence[str]
    verdict: int


def posed(question: AnyQuestion) -> Iterator[tuple[str, AnyQuestion]]:
    """The question as it was asked, and with other numbers where it has them."""
    yield "asked", question
    if question.variants:
        yield "varied", asking.posed(question, asking.compose(question, random.Random(814), numbers="other"))


def results(question: AnyQuestion) -> Iterator[tuple[str, Graded | None]]:
    """Every way to answer a question: right, each mistake, each option, something else, and not at all."""
    yield "not known", None
    if isinstance(question, OpenQuestion):
        every = range(1, len(question.points) + 1)
        for said in ((), every[:1], every[:-1], every):
            yield f"said {len(said)}", grade_points(question, said)
        return
    if isinstance(question, OptionQuestion):
        typed = [*question.options, *([" ".join(question.answer)] if isinstance(question, MultiQuestion) else [])]
    else:
        typed = [answers.written(question.answer), *(each.answer for each in mistakes_of(question)), *STRAY]
    for each in typed:
        result = grade(question, each)
        if isinstance(result, Graded):
            yield each, result


def screen(width: int, height: int) -> Screen:
    """A screen of this size into memory, without colour."""
    made = Screen(file=io.StringIO())
    made._console = Console(
        file=made.file, width=width, height=height, highlight=False, markup=False, emoji=False, color_system=None
    )
    return made


def pages(
    bank: Bank, question: AnyQuestion, prove: Callable[[AnyQuestion], Finding], size: tuple[int, int]
) -> Iterator[Page]:
    """Every page of a question with its proof, and of a right answer also the one that says less the next time."""
    for how, asked in posed(question):
        finding = prove(asked)
        for typed, result in results(asked):
            right = result is not None and result.outcome == "right"
            for again in (False, True) if right else (False,):
                told = page.Told(
                    head=f"{bank.name} · {asked.topic} · {asked.id}",
                    question=asked,
                    result=result,
                    short=short(asked, result, bank, finding),
                    again=again,
                    notes=() if right else (NOTE,),
                )
                yield drawn(f"{how}, {typed}, {again=}", told, size)


def drawn(case: str, told: page.Told, size: tuple[int, int]) -> Page:
    """A page with its keys, as a terminal of this size shows it."""
    made = screen(*size)
    varies = bool(told.question.variants)
    page.show(made, told, "", varies=varies)
    made.gap()
    page.after_bar(made, varies=varies)
    lines = made.written
    lines = lines[1:] if lines[0] == "" else lines
    return Page(case, lines, lines.index("") + 1)


def asked_rows(bank: Bank, question: AnyQuestion, asked: AnyQuestion, size: tuple[int, int]) -> int:
    """The rows of a question that is being asked, with all its hints, from its head to the line for the answer."""
    made = screen(*size)
    view.question(made, Place(10, 26), asked, question, bank, ANSWERED)
    for step in range(1, len(asked.hints) + 1):
        view.hint(made, asked, step)
    view.asking_bar(made, asked)
    made.gap()
    return len(made.written) + 1 - (made.written[0] == "")
