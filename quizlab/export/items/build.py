"""From a question with what verification found out about it to an item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quizlab.export.document import Exported, Variant
from quizlab.export.items import feedback, grades, ids
from quizlab.export.items.gaps import answers_to, gaps
from quizlab.export.items.item import Answer, Item
from quizlab.export.items.markup import Markup, escaped
from quizlab.export.items.typed import NOTHING
from quizlab.export.items.writing import writing
from quizlab.model import ChoiceQuestion, MultiQuestion, OpenQuestion
from quizlab.telling.account import Account, Option

ROOT = "quizlab"


def items(entries: Iterable[Exported], mark: Markup) -> Iterator[Item]:
    """An item for every question and, right after it, for each of its variants."""
    for entry in entries:
        yield _item(entry, entry, mark)
        yield from (_item(entry, variant, mark) for variant in entry.variants)


def _item(entry: Exported, one: Exported | Variant, mark: Markup) -> Item:
    question, told, bank = one.question, one.told, entry.bank
    numbers = ids.changes(entry.question, question)
    common: dict[str, Any] = {
        "id": ids.identity(entry.question, numbers),
        "name": ids.title(question, numbers),
        "category": (ROOT, bank.name, question.topic),
        # all variants of a question have its id for a tag, so that a quiz can draw one of them
        "tags": ids.tags(ROOT, bank.name, question.topic, entry.question.id),
        "prompt": mark(told.prompt),
        "feedback": feedback.general(question, told, mark),
        "hints": tuple(map(mark, told.hints)),
    }
    if isinstance(question, ChoiceQuestion):
        return Item(kind="single", options=_single(told, mark), **common)
    if isinstance(question, MultiQuestion):
        return Item(kind="multiple", options=_multiple(told, mark), **common)
    if isinstance(question, OpenQuestion):
        return Item(kind="essay", grader=feedback.graders(question, told, mark), **common)
    places = gaps(question, answers_to(question, one.finding, mark))
    return Item(kind="typed", gaps=places, writing=writing(question, places), **common)


def _single(told: Account, mark: Markup) -> tuple[Answer, ...]:
    """The options of a choice; in a dispute both camps are right, the second one with what is to be said of it."""
    return tuple(
        _option(each, 100, told.dispute, mark) if each.camp else _option(each, 100 * each.right, each.says, mark)
        for each in told.options
    )


def _multiple(told: Account, mark: Markup) -> tuple[Answer, ...]:
    """The options of a multiple choice: the right ones share a hundred percent, the wrong ones take it away."""
    right = iter(grades.shares(len(told.right)))
    wrong = iter(grades.penalties(len(told.options) - len(told.right)))
    return tuple(_option(each, next(right if each.right else wrong), each.says, mark) for each in told.options)


def _option(one: Option, fraction: float, says: str, mark: Markup) -> Answer:
    against = one.claim if fraction <= 0 else None
    because = f" Izmjereno: {escaped(against.says)}." if against and not against.holds else ""
    return Answer(mark(one.text) or NOTHING, fraction, (mark(says) + because).strip(), key=one.right, last=one.last)
