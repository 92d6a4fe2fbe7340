"""What a sound question may still lack: mistakes to name, a claim for each text, options that do not tell the key.

In a bank that comes with a lab these are faults; in one's own they are advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from quizlab.bank import homes
from quizlab.model import (
    AnyQuestion,
    Bank,
    ChoiceQuestion,
    Mistake,
    NumberQuestion,
    OpenQuestion,
    Option,
    OptionQuestion,
    Problem,
    Question,
    TypedQuestion,
    hook_of,
)
from quizlab.proof import binding
from quizlab.question.texts import placeholders

STRICT = frozenset({"mistake_unbuilt", "claim_homeless"})
"""What is not even said of a bank of one's own: it owes nobody a model of each mistake."""
LONGER = 2.0
"""So many times longer than every other option a right one gives itself away."""
NO = re.compile(r"(ne|nije|nema|nisu|no)\b", re.IGNORECASE)
NAME = re.compile(r"[A-Za-z_]\w*")


def omissions(bank: Bank) -> Iterator[Problem]:
    """What the questions of a bank lack, each with its place."""
    for question in bank.questions:
        place = bank.places[question.id]
        lacking = (*_mistakes(question), *_unused(question), *_guessable(question), *_unproved(question))
        for problem in (*lacking, *homes.crowded(question), *homes.exchanged(question)):
            yield msgspec.structs.replace(problem, file=place.file, line=place.line, id=question.id)


def _mistakes(question: AnyQuestion) -> Iterator[Problem]:
    if isinstance(question, NumberQuestion) and not question.mistakes:
        yield Problem("no_mistakes", field="mistakes")


def _unproved(question: AnyQuestion) -> Iterator[Problem]:
    """Points without a claim, and wrong answers of which neither a model nor a reason is told."""
    if question.verify is None:
        return
    if isinstance(question, OpenQuestion):
        for index, point in enumerate(question.points):
            if not point.claim:
                yield Problem("point_unclaimed", {"text": point.text}, field=f"points[{index}]")
    for place, wrong, measured in _wrong(question):
        if wrong.with_ and wrong.unbuilt:
            yield Problem("mistake_twice_built", {"name": wrong.tag}, field=place)
        elif measured and not wrong.with_ and not wrong.unbuilt:
            yield Problem("mistake_unbuilt", {"name": wrong.tag}, field=place)


def _wrong(question: AnyQuestion) -> Iterator[tuple[str, Mistake | Option, bool]]:
    """The wrong answers, each with its place, and whether a model could give it: not one that a claim decides."""
    yield from ((f"mistakes[{at}]", each, True) for at, each in enumerate(question.mistakes))
    if isinstance(question, OptionQuestion):
        for letter, each in question.options.items():
            if each.tag:
                yield f"options.{letter}", each, not each.claim


def _unused(question: AnyQuestion) -> Iterator[Problem]:
    """A parameter that no text, no answer and no proof mentions."""
    hook = hook_of(question)
    taken = binding.parameters(hook) if hook else {}
    written = _written(question)
    for name in question.params:
        if name not in taken and name not in written:
            yield Problem("unused_parameter", {"name": name}, field=f"params.{name}")


def _written(question: Question) -> set[str]:
    """All names that the texts, the answers and the proof of a question mention."""
    names = {*placeholders(question.prompt), *placeholders(question.asks), *placeholders(question.explain)}
    texts = [mistake.answer for mistake in question.mistakes]
    if isinstance(question, TypedQuestion):
        texts += [str(part) for part in (question.answer if isinstance(question.answer, tuple) else (question.answer,))]
    if isinstance(question, OptionQuestion):
        texts += [option.answer for option in question.options.values()]
    given = question.verify.with_.values() if question.verify else ()
    texts += [str(part) for value in given for part in (value if isinstance(value, tuple) else (value,))]
    return names | {name for text in texts for name in NAME.findall(text)}


def _guessable(question: AnyQuestion) -> Iterator[Problem]:
    """A key that stands out by its length, or as the only «ne», is found without knowing anything."""
    if not isinstance(question, ChoiceQuestion) or len(question.options) < 2 or question.recollections:
        return  # what was asked stays as it was asked
    key = question.options[question.answer].text
    others = [option.text for letter, option in question.options.items() if letter != question.answer]
    if len(key) > 20 and len(key) > LONGER * max(map(len, others)):
        yield Problem("key_longest", {"letter": question.answer}, field=f"options.{question.answer}")
    if len(others) > 1 and NO.match(key) and not any(NO.match(each) for each in others):
        yield Problem("key_only_no", {"letter": question.answer}, field=f"options.{question.answer}")
