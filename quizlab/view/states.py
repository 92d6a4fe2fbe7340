"""A question in all its states: its hints, what each wrong answer is told, and its key with other numbers."""

from __future__ import annotations

from collections.abc import Iterator

from quizlab.model import AnyQuestion, Atom, ChoiceQuestion, OptionQuestion, Table
from quizlab.question import variants
from quizlab.question.key import key_of, worked_out
from quizlab.question.texts import with_numbers
from quizlab.telling import words
from quizlab.view.paragraphs import hanging
from quizlab.view.screen import Screen
from quizlab.view.tables import table

MOST = 50
"""So many combinations of numbers are shown."""


def every(screen: Screen, question: AnyQuestion) -> None:
    """What a student may come to see of a question, besides what `quizlab.view.listing.whole` shows."""
    _list(
        screen, "Tragovi", [(str(at), words.text(hint, question.params)) for at, hint in enumerate(question.hints, 1)]
    )
    _list(screen, "Što se kaže krivom odgovoru", list(_wrong(question)))
    others = list(_others(question))
    if others:
        screen.gap()
        names = tuple(question.variants)
        title = "S drugim brojevima"
        number = variants.count(question)
        if number > MOST:
            title += f" (prvih {MOST} od {number})"
        table(screen, Table((*names, "ključ", "pogreške"), tuple(others), title=title))
        if question.asks:
            screen.gap()
            screen.line(f"Tada se pita: {words.one_line(words.text(question.asks, question.params))}")


def _list(screen: Screen, title: str, items: list[tuple[str, str]]) -> None:
    if not items:
        return
    screen.gap()
    screen.styled(f"{title}:" if screen.plain else title, "bold")
    for sign, text in items:
        hanging(screen, sign, text)


def _wrong(question: AnyQuestion) -> Iterator[tuple[str, str]]:
    if isinstance(question, OptionQuestion):
        for letter, option in question.options.items():
            if option.says:
                yield letter, words.text(option.says, question.params)
    if isinstance(question, ChoiceQuestion) and question.dispute:
        yield question.dispute.option, words.text(question.dispute.says, question.params)
    for mistake in question.mistakes:
        without = "" if mistake in variants.mistakes_of(question) else " (samo uz druge brojeve)"
        yield _answer(question, mistake.answer), words.text(mistake.says, question.params) + without


def _answer(question: AnyQuestion, written: str) -> str:
    return words.value(worked_out(question, written)) or with_numbers(written, question.params)


def _others(question: AnyQuestion) -> Iterator[tuple[Atom, ...]]:
    """The numbers, the key and the answers of the mistakes with every combination of numbers."""
    for at, values in enumerate(variants.combinations(question)):
        if at == MOST:
            return
        other = variants.varied(question, values)
        wrong = [_answer(other, mistake.answer) for mistake in variants.mistakes_of(other)]
        yield (*(str(value) for value in values.values()), words.key(key_of(other).text), "; ".join(wrong))
