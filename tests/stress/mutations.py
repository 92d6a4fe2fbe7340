"""Random faults in a bank: every claim, value, model, key, ruling and recollection lost, exchanged or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from quizlab.model import (
    AnyQuestion,
    ChoiceQuestion,
    Evidence,
    MultiQuestion,
    OpenQuestion,
    OptionQuestion,
    Ruling,
    TupleQuestion,
    TypedQuestion,
    kind_of,
)

NOWHERE = "nobody_computes_this"


class Mutation(NamedTuple):
    """One fault: of which class, what was done in words, and the question with it."""

    what: str
    detail: str
    question: AnyQuestion


def mutations(question: AnyQuestion, evidence: Evidence) -> Iterator[Mutation]:
    """Every fault that a question of a bank is tried with."""
    claims = [claim.name for claim in evidence.claims]
    yield from _keys(question)
    yield from _requires(question, claims)
    yield from _mistakes(question)
    yield from _recollections(question, claims)
    if isinstance(question, OptionQuestion):
        yield from _options(question, claims)
    if isinstance(question, OpenQuestion):
        yield from _points(question, claims)
    if isinstance(question, ChoiceQuestion) and question.dispute:
        yield from _disputes(question, claims)


def tweaked(answer: str, kind: str) -> str:
    """Another answer of the same kind: a size one larger, a formula doubled, an end of an interval opened or closed."""
    if kind == "interval":
        return answer.replace("[", "(") if "[" in answer else answer.replace("(", "[", 1)
    if kind in ("type", "text"):
        return "float" if answer != "float" else "int"
    if re.search(r"\d", answer):
        return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), answer, count=1)
    if kind == "shape":
        return re.sub(r",\s*(\w[^,)]*)\)$", r", 2*(\1))", answer)
    return ";".join(f"2*({part.strip()})" for part in answer.split(";"))


def _keys(question: AnyQuestion) -> Iterator[Mutation]:
    if isinstance(question, ChoiceQuestion):
        for letter in question.options:
            if letter != question.answer:
                yield Mutation("key", letter, replace(question, answer=letter))
    elif isinstance(question, MultiQuestion):
        for letter in question.options:
            flipped = tuple(sorted({*question.answer} ^ {letter}))
            yield Mutation("key", ", ".join(flipped), replace(question, answer=flipped))
    elif isinstance(question, TypedQuestion):
        for mistake in question.mistakes:
            parts = tuple(part.strip() for part in mistake.answer.split(";"))
            wrong: Any = parts if isinstance(question, TupleQuestion) else mistake.answer
            yield Mutation("key", mistake.answer, replace(question, answer=wrong))
        if not isinstance(question, TupleQuestion):
            other: Any = tweaked(str(question.answer), kind_of(question))
            yield Mutation("key", other, replace(question, answer=other))
        for index, form in enumerate(question.accept):
            if isinstance(form, str):
                changed: Any = (
                    *question.accept[:index],
                    tweaked(form, kind_of(question)),
                    *question.accept[index + 1 :],
                )
                yield Mutation("accepted form", str(changed[index]), replace(question, accept=changed))


def _others(claims: Sequence[str], own: str) -> list[str]:
    return [claim for claim in claims if claim != own]


def _requires(question: AnyQuestion, claims: Sequence[str]) -> Iterator[Mutation]:
    for field in ("requires", "shows"):
        named: tuple[str, ...] = getattr(question, field)
        for index, claim in enumerate(named):
            for other in (None, NOWHERE, *_others(claims, claim)):
                what = "left out" if other is None else "unknown" if other is NOWHERE else "another"
                changed = (*named[:index], *((other,) if other else ()), *named[index + 1 :])
                yield Mutation(f"{field}: {what}", f"{claim} → {other}", replace(question, **{field: changed}))


def _points(question: OpenQuestion, claims: Sequence[str]) -> Iterator[Mutation]:
    def changed(given: dict[int, str]) -> AnyQuestion:
        points = (replace(each, claim=given.get(index, each.claim)) for index, each in enumerate(question.points))
        return replace(question, points=tuple(points))

    for index, point in enumerate(question.points):
        yield Mutation("point: claim left out", str(index), changed({index: ""}))
        yield Mutation("point: unknown claim", str(index), changed({index: NOWHERE}))
        for other in _others(claims, point.claim):
            yield Mutation("point: another claim", f"{index} {other}", changed({index: other}))
        for at in range(index):
            swap = {index: question.points[at].claim, at: point.claim}
            yield Mutation("point: two exchange claims", f"{index} {at}", changed(swap))


def _options(question: OptionQuestion, claims: Sequence[str]) -> Iterator[Mutation]:
    def changed(letter: str, **fields: object) -> AnyQuestion:
        return replace(question, options=question.options | {letter: replace(question.options[letter], **fields)})

    for letter, option in question.options.items():
        if option.claim:
            for other in ("", NOWHERE, *_others(claims, option.claim)):
                what = "another" if other in claims else "unknown" if other else "left out"
                yield Mutation(f"option: claim {what}", f"{letter} {other}", changed(letter, claim=other))
        if option.value is not None and not option.answer:
            values = {each.value for each in question.options.values() if each.value is not None} - {option.value}
            for value in (*sorted(values, key=str), None, "nothing at all"):
                yield Mutation("option: another value", f"{letter} {value}", changed(letter, value=value))
        if option.answer:
            yield Mutation("option: another expression", letter, changed(letter, answer=f"{option.answer} + 1"))
        if option.with_:
            yield Mutation("option: model left out", letter, changed(letter, with_={}))
        if option.unbuilt:
            yield Mutation("option: no reason for no model", letter, changed(letter, unbuilt=""))
    letters = list(question.options)
    for index, one in enumerate(letters):
        for other in letters[:index]:
            first, second = question.options[one], question.options[other]
            if not first.answer and not second.answer:
                given = {
                    one: replace(first, claim=second.claim, value=second.value),
                    other: replace(second, claim=first.claim, value=first.value),
                }
                exchanged = replace(question, options=question.options | given)
                yield Mutation("option: two exchange claims", f"{one} {other}", exchanged)


def _mistakes(question: AnyQuestion) -> Iterator[Mutation]:
    kind = kind_of(question)
    for index, mistake in enumerate(question.mistakes):

        def changed(at: int = index, **fields: object) -> AnyQuestion:
            one = replace(question.mistakes[at], **fields)
            return replace(question, mistakes=(*question.mistakes[:at], one, *question.mistakes[at + 1 :]))

        model = "with" if mistake.with_ else "without"
        others = [each.answer for each in question.mistakes if each is not mistake]
        for other in (tweaked(mistake.answer, kind), *others):
            if other != mistake.answer:
                yield Mutation(f"mistake {model} model: answer", f"{mistake.tag} {other}", changed(answer=other))
        if isinstance(question, TypedQuestion):
            key = "; ".join(map(str, question.answer)) if isinstance(question.answer, tuple) else str(question.answer)
            yield Mutation("mistake: is the key", mistake.tag, changed(answer=key))
        if mistake.with_:
            yield Mutation("mistake: model left out", mistake.tag, changed(with_={}))
            for each in question.mistakes:
                if each.with_ and each.with_ != mistake.with_:
                    yield Mutation("mistake: another's model", f"{mistake.tag} {each.tag}", changed(with_=each.with_))
        if mistake.unbuilt:
            yield Mutation("mistake: no reason for no model", mistake.tag, changed(unbuilt=""))


def _recollections(question: AnyQuestion, claims: Sequence[str]) -> Iterator[Mutation]:
    for index, one in enumerate(question.recollections):

        def changed(at: int = index, **fields: object) -> AnyQuestion:
            other = replace(question.recollections[at], **fields)
            rest = question.recollections
            return replace(question, recollections=(*rest[:at], other, *rest[at + 1 :]))

        if one.option and isinstance(question, OptionQuestion):
            for letter in question.options:
                if letter != one.option:
                    yield Mutation("recollection: another option", letter, changed(option=letter))
        if one.answer and isinstance(question, TypedQuestion) and not one.claims:
            other = tweaked(one.answer, kind_of(question))
            yield Mutation("recollection: another answer", other, changed(answer=other))
        for claim in _others(claims, "") if one.claims else ():
            if claim not in one.claims:
                yield Mutation("recollection: one claim more", claim, changed(claims=(*one.claims, claim)))
        if one.ruling:
            yield Mutation("ruling: left out", str(index), changed(ruling=None))
            for verdict in ("incomplete", "depends", "disputed"):
                if verdict != one.ruling.verdict:
                    ruling = replace(one.ruling, verdict=verdict)
                    yield Mutation("ruling: another word", f"{index} {verdict}", changed(ruling=ruling))
            for reason in (NOWHERE, *claims):
                if reason not in one.ruling.because:
                    ruling = Ruling(one.ruling.verdict, (reason,))
                    yield Mutation("ruling: another reason", f"{index} {reason}", changed(ruling=ruling))


def _disputes(question: ChoiceQuestion, claims: Sequence[str]) -> Iterator[Mutation]:
    assert question.dispute
    yield Mutation("dispute: left out", "", replace(question, dispute=None))
    for letter in question.options:
        if letter != question.dispute.option:
            disputed = replace(question.dispute, option=letter)
            yield Mutation("dispute: another option", letter, replace(question, dispute=disputed))
    for claim in (NOWHERE, *claims):
        if claim not in question.dispute.because:
            disputed = replace(question.dispute, because=(claim,))
            yield Mutation("dispute: another reason", claim, replace(question, dispute=disputed))
