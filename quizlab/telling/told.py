"""Builds the account of a question: what its finding says, in the words that are the same in every medium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quizlab.model import (
    AnyQuestion,
    Bank,
    ChoiceQuestion,
    Claim,
    Finding,
    Group,
    JudgedRecollection,
    OpenQuestion,
    OptionQuestion,
    Recollection,
)
from quizlab.numbers import NARROW
from quizlab.question.key import as_read
from quizlab.question.texts import fill
from quizlab.question.variants import mistakes_of
from quizlab.telling import sentences, words
from quizlab.telling.account import Account, Option, Point, Remembered, Wrong, kind, source
from quizlab.telling.remembered import advice


def told(question: AnyQuestion, finding: Finding, bank: Bank | None = None) -> Account:
    """The account of a question; its bank knows where what was remembered comes from, and how far to trust it."""
    evidence = finding.evidence
    found = {claim.name: claim for claim in reversed(evidence.claims)} if evidence else {}
    options, points = tuple(_options(question, finding, found)), tuple(_points(question, found))
    remembered = tuple(_remembered(question, finding, found, bank.groups if bank else {}))
    measured = _measured(finding)
    claims = [each.claim for each in options] + [each.claim for each in points]
    quoted = {measured, *(each.says for each in claims if each), *(each.note for each in remembered)}
    of_key = [each.claim for each in points] + [each.claim for each in options if each.right]
    dispute = question.dispute if isinstance(question, ChoiceQuestion) else None
    return Account(
        id=question.id,
        topic=question.topic,
        kind=kind(question),
        prompt=fill(question.prompt, question.params),
        explain=explained(question, bank),
        hints=tuple(fill(hint, question.params) for hint in question.hints),
        verdict=finding.verdict,
        key=words.key(finding.key.text),
        holds=not any(each.field == "answer" for each in finding.problems),
        value=words.value(finding.value),
        measured=measured,
        short=measured if finding.value is not None and not (options or points) else _short(finding, of_key),
        options=options,
        dispute=fill(dispute.says, question.params) if dispute else "",
        points=points,
        mistakes=tuple(_mistakes(question, finding)),
        remembered=remembered,
        accepted=tuple(Remembered("", "priznaje se i", each.answer, each.verdict) for each in finding.accepted),
        problems=tuple(sentences.say(each.code, each.args) for each in finding.problems),
        blocks=evidence.blocks if evidence else (),
        claims=tuple(each for each in evidence.claims if each.says not in quoted) if evidence else (),
        snippet=evidence.snippet if evidence else None,
        recorded=words.recorded(finding.recorded),
    )


def explained(question: AnyQuestion, bank: Bank | None = None) -> str:
    """Why the key is right, and what to mark on the quiz where that is another matter."""
    return " ".join(filter(None, (fill(question.explain, question.params), advice(question, bank))))


def _options(question: AnyQuestion, finding: Finding, found: Mapping[str, Claim]) -> Iterator[Option]:
    """The options with what was measured of each; nothing is wrong with the right ones."""
    if not isinstance(question, OptionQuestion):
        return
    judged = {each.name: each for each in finding.options}
    dispute = question.dispute if isinstance(question, ChoiceQuestion) else None
    for letter, option in question.options.items():
        right = letter in finding.key.parts
        yield Option(
            letter,
            fill(option.text, question.params),
            judged[letter].verdict if letter in judged else "error",
            right,
            bool(dispute and letter == dispute.option),
            "" if right else fill(option.says, question.params),
            found.get(option.claim),
            option.last,
        )


def _points(question: AnyQuestion, found: Mapping[str, Claim]) -> Iterator[Point]:
    if isinstance(question, OpenQuestion):
        for point in question.points:
            yield Point(fill(point.text, question.params), found.get(point.claim))


def _mistakes(question: AnyQuestion, finding: Finding) -> Iterator[Wrong]:
    """The mistakes with the answers that they come to."""
    judged = {each.name: each for each in finding.mistakes}
    for mistake in mistakes_of(question):
        one = judged.get(mistake.tag)
        yield Wrong(
            words.key(as_read(question, mistake.answer)),
            fill(mistake.says, question.params),
            one.verdict if one else "error",
        )


def _remembered(
    question: AnyQuestion, finding: Finding, found: Mapping[str, Claim], groups: Mapping[str, Group]
) -> Iterator[Remembered]:
    """What was remembered, with the verdict on each and why; where nothing could be judged, without them."""
    for at, one in enumerate(question.recollections):
        where = source(groups, one.group)
        if finding.recollections:
            judged = finding.recollections[at]
            # where the bank has no note, it is what was measured against the answer
            against = [found[name].says for name in one.claims if name in found and not found[name].holds]
            yield Remembered(one.group, where, _worth(judged), judged.verdict, judged.note or "; ".join(against))
        else:
            answer = _said(question, one)
            yield Remembered(one.group, where, answer, "error" if answer else "unanswered")


def _said(question: AnyQuestion, one: Recollection) -> str:
    """An answer that was remembered and not judged."""
    if one.option and not one.answer and isinstance(question, OptionQuestion):
        return fill(question.options[one.option].text, question.params)
    return one.answer


def _worth(one: JudgedRecollection) -> str:
    """What was remembered and, where that is an expression, what it comes to."""
    worth = words.value(one.value)
    plain = one.answer.replace(" ", "") == worth.replace(NARROW, "").replace(" ", "")
    return one.answer if not worth or plain else f"{one.answer} = {worth}"


def _measured(finding: Finding) -> str:
    """The value that was computed; where there are several, in how many cases the key was put to the test."""
    if finding.value is not None:
        return f"izračunato {words.value(finding.value)}"
    return _cases(finding)


def _cases(finding: Finding) -> str:
    number = len(finding.evidence.cases) if finding.evidence else 0
    forms = ("izmjerenom slučaju", "izmjerena slučaja", "izmjerenih slučajeva")
    return f"u {words.counted(number, *forms)}" if number else ""


def _short(finding: Finding, of_key: Sequence[Claim | None]) -> str:
    """The proof in a few words: what was measured of the key, or how often the key held."""
    held = [claim for claim in finding.evidence.claims if claim.holds] if finding.evidence else []
    if claim := next((each for each in held if each in of_key), next(iter(held), None)):
        return claim.says
    return f"ključ vrijedi {cases}" if (cases := _cases(finding)) else ""
