"""A blank test: room to write in."""

from __future__ import annotations

from collections.abc import Iterator

from quizlab.model import AnyQuestion, OpenQuestion, OptionQuestion, TupleQuestion

LINE = "\\_" * 60
NAME = "Ime i prezime: " + "\\_" * 40


def room(question: AnyQuestion) -> Iterator[str]:
    """Lines for the answer: one, or one for every part, or as many as an explanation needs; none for options."""
    if isinstance(question, OptionQuestion):
        return
    number = 1
    if isinstance(question, TupleQuestion):
        number = len(question.parts)
    elif isinstance(question, OpenQuestion):
        number = max(4, len(question.points) + 2)
    for _ in range(number):
        yield LINE
        yield ""
