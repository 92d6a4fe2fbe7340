"""From a question with what verification found out about it to an item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quizlab.export.document import Entry
from quizlab.export.items import feedback, grades, ids
from quizlab.export.items.gaps import answers_to, gaps, joined
from quizlab.export.items.item import Answer, Item
from quizlab.export.items.markup import Markup
from quizlab.export.items.typed import NOTHING, TypedQuestion
from quizlab.model import AnyQuestion, Bank, ChoiceQuestion, Finding, MultiQuestion, OpenQuestion, OptionQuestion
from quizlab.question.texts import fill

ROOT = "quizlab"


def items(entries: Iterable[Entry], mark: Markup) -> Iterator[Item]:
    """An item for every question and, right after it, for each of its variants."""
    for entry in entries:
        yield _item(entry.bank, entry.question, entry.question, entry.finding, mark)
        for variant in entry.variants:
            yield _item(entry.bank, entry.question, variant.question, variant.finding, mark)


def _item(bank: Bank, original: AnyQuestion, question: AnyQuestion, finding: Finding, mark: Markup) -> Item:
    numbers = ids.changes(original, question)
    common: dict[str, Any] = {
        "id": ids.identity(original, numbers),
        "name": ids.title(question, numbers),
        "category": (ROOT, bank.name, question.topic),
        # all variants of a question have its id for a tag, so that a quiz can draw one of them
        "tags": ids.tags(ROOT, bank.name, question.topic, original.id),
        "prompt": mark(fill(question.prompt, question.params)),
        "feedback": feedback.general(question, finding, mark),
        "hints": tuple(mark(fill(hint, question.params)) for hint in question.hints),
    }
    if isinstance(question, ChoiceQuestion):
        return Item(kind="single", options=_single(question, finding, mark), **common)
    if isinstance(question, MultiQuestion):
        return Item(kind="multiple", options=_multiple(question, finding, mark), **common)
    if isinstance(question, OpenQuestion):
        return Item(kind="essay", grader=feedback.graders(question, finding, mark), **common)
    return _typed(question, finding, mark, common)


def _typed(question: TypedQuestion, finding: Finding, mark: Markup, common: dict[str, Any]) -> Item:
    found = answers_to(question, finding, mark)
    return Item(kind="typed", gaps=gaps(question, found), joined=joined(question, found), **common)


def _single(question: ChoiceQuestion, finding: Finding, mark: Markup) -> tuple[Answer, ...]:
    """The options of a choice; in a dispute both camps are right, the second one with what is to be said of it."""
    dispute = question.dispute
    found = []
    for letter, option in question.options.items():
        fraction, says = 0, option.says
        if letter == question.answer:
            fraction, says = 100, ""
        elif dispute and letter == dispute.option:
            fraction, says = 100, dispute.says
        found.append(_option(question, finding, letter, fraction, says, mark))
    return tuple(found)


def _multiple(question: MultiQuestion, finding: Finding, mark: Markup) -> tuple[Answer, ...]:
    """The options of a multiple choice: the right ones share a hundred percent, the wrong ones take it away."""
    right = iter(grades.shares(len(question.answer)))
    wrong = iter(grades.penalties(len(question.options) - len(question.answer)))
    return tuple(
        _option(question, finding, letter, next(right), "", mark)
        if letter in question.answer
        else _option(question, finding, letter, next(wrong), option.says, mark)
        for letter, option in question.options.items()
    )


def _option(
    question: OptionQuestion, finding: Finding, letter: str, fraction: float, says: str, mark: Markup
) -> Answer:
    option = question.options[letter]
    said = mark(fill(says, question.params)) + (feedback.against(finding, option.claim) if fraction <= 0 else "")
    text = mark(fill(option.text, question.params)) or NOTHING
    return Answer(text, fraction, said.strip(), key=letter in question.answer, last=option.last)
