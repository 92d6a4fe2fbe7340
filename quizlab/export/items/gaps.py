"""The places to type an answer: what is right there, and what each mistake leads to, with its own sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from quizlab.export.items import typed
from quizlab.export.items.item import Answer, Gap
from quizlab.export.items.markup import Markup
from quizlab.export.items.typed import Said
from quizlab.model import Finding, NumberQuestion, Part, TypedQuestion
from quizlab.question.texts import fill
from quizlab.question.variants import mistakes_of

WRONG = 6
"""So many spellings of a mistake are enough."""


class Answers(Struct, frozen=True):
    """What can be answered, part by part: the key, further right answers, and each mistake with its sentence."""

    key: tuple[Said, ...]
    also: tuple[tuple[Said, ...], ...]
    mistakes: tuple[tuple[tuple[Said, ...], str], ...]


def answers_to(question: TypedQuestion, finding: Finding, mark: Markup) -> Answers:
    """The answers of a question with its numbers put in; what a finding has worked out already is taken from it.

    A key that cannot be read is taken as it is shown.
    """
    worked = {each.name: each.value for each in finding.mistakes}
    plain = typed.parts(question)[0] if isinstance(question, NumberQuestion) else None
    measured = finding.value if finding.verdict == "confirmed" and type(finding.value) is int else None
    key = _known(measured, plain) or typed.said(question, question.answer)
    key = key or (Said((finding.key.text,)),) * len(typed.parts(question))
    also = tuple(found for form in question.accept if (found := typed.said(question, form)))
    mistakes = []
    for each in mistakes_of(question):
        found = _known(worked.get(each.tag), plain) or typed.said(question, each.answer)
        if found and found != key:
            mistakes.append((found, mark(fill(each.says, question.params))))
    return Answers(key, also, tuple(mistakes))


def _known(value: object, part: Part | None) -> tuple[Said, ...]:
    """A number worked out already, where a number is asked for."""
    return (typed.counted(value, real=part.real),) if part and type(value) in (int, float) else ()  # type: ignore[arg-type]


def gaps(question: TypedQuestion, found: Answers) -> tuple[Gap, ...]:
    """One place to type for each part of the answer."""
    return tuple(_gap(at, part, found) for at, part in enumerate(typed.parts(question)))


def _gap(at: int, part: Part, found: Answers) -> Gap:
    """A place to type.

    Where several mistakes come to the same here, the sentence is that of the one that is wrong in the fewest places.
    """
    key = found.key[at]
    also = [form[at] for form in found.also if _others_right(form, found.key, at)]
    wrong = [(said[at], says) for said, says in sorted(found.mistakes, key=lambda each: _off(each[0], found.key))]
    case = _case(part)
    if key.number is not None:
        return Gap("numerical", tuple(_numbers([key, *also], wrong)), part.name)
    right = [Answer(text, 100) for said in (key, *also) for text in said.spellings]
    spelled = (Answer(text, 0, says) for said, says in wrong for text in said.spellings[:WRONG])
    return Gap("short", tuple(first_of_each([*right, *spelled], case)), part.name, case)


def _off(said: Sequence[Said], key: Sequence[Said]) -> int:
    """In how many places an answer is not the key."""
    return sum(one != other for one, other in zip(said, key, strict=True))


def _others_right(form: Sequence[Said], key: Sequence[Said], at: int) -> bool:
    """Whether an accepted answer is the key everywhere but here, so that its parts may be taken one by one."""
    return all(one == other for place, (one, other) in enumerate(zip(form, key, strict=True)) if place != at)


def _numbers(right: Sequence[Said], wrong: Iterable[tuple[Said, str]]) -> Iterator[Answer]:
    """Numbers, the right ones first; a wrong one that would be taken for one before it is left out."""
    taken: list[tuple[float, float]] = []
    for said, fraction, says in [*((each, 100, "") for each in right), *((each, 0, says) for each, says in wrong)]:
        if said.number is None or any(abs(said.number - number) <= width for number, width in taken):
            continue
        taken.append((said.number, said.tolerance))
        yield Answer(said.numerical, fraction, says, typed.decimal(said.tolerance))


def _case(part: Part) -> bool:
    """Whether capital letters and small ones are different symbols here."""
    return len({name.casefold() for name in part.symbols}) < len(part.symbols)


def first_of_each(found: Iterable[Answer], case: bool = False) -> Iterator[Answer]:
    """The answers without those that a platform would take for one before them."""
    seen: set[str] = set()
    for each in found:
        same = unicodedata.normalize("NFC", each.text.strip())
        same = same if case else same.casefold()
        if same and same not in seen:
            seen.add(same)
            yield each
