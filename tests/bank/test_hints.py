"""Hints lead towards an answer and never say it, with whatever numbers a bank asks."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from quizlab import bank
from quizlab.answers import written
from quizlab.answers.clean import words
from quizlab.model import (
    AnyQuestion,
    FormulaQuestion,
    IntervalQuestion,
    NumberQuestion,
    OpenQuestion,
    OptionQuestion,
    Part,
    ShapeQuestion,
    TextQuestion,
    TupleQuestion,
    TypeQuestion,
)
from quizlab.question.grading import Graded, grade
from quizlab.question.texts import fill, with_numbers
from quizlab.question.variants import draw, varied
from tests.samples import choice, multi, number, oral, pair, shape

QUESTIONS = [question for path in bank.shipped() for question in bank.load(path).questions]
every = pytest.mark.parametrize("question", [pytest.param(one, id=one.id) for one in QUESTIONS])

KINDS = {
    "number": NumberQuestion,
    "shape": ShapeQuestion,
    "type": TypeQuestion,
    "formula": FormulaQuestion,
    "interval": IntervalQuestion,
    "text": TextQuestion,
}


def tokens(text: str) -> list[str]:
    """Words, numbers and names without case and diacritics; signs between them do not count."""
    return re.findall(r"\w+", words(text.replace("\u202f", "")))


EMPTY_WORDS = frozenset(
    tokens(
        """
        a i u o s k na od do se je su ne za po pa te da to iz ga mu im ih joj li ni pri uz bi što čim kad kako ako jer
        ali ili ima imaju jest nije nego više još tek već sam sama samo baš koji koje koja kojem kojom kojih svi sve
        svih svaki svake svaku svakom njih njezin njegov tako taj tog toga tu ovaj neki nekom onda dakle zatim prije
        """
    )
)
LONGEST = 4
"""Words of a hint that are tried together as an answer; what holds a sign or brackets is tried whole besides."""

MOST = 0.6
"""The share of a key point's words that one hint may have in common with it."""


def within(part: list[str], whole: list[str]) -> bool:
    size = len(part)
    return size > 0 and any(whole[at : at + size] == part for at in range(len(whole) - size + 1))


def stems(text: str) -> set[str]:
    """The words and symbols that carry meaning, Croatian endings cut."""
    return {word[:5] for word in tokens(text) if word not in EMPTY_WORDS}


def fragments(hint: str) -> Iterator[str]:
    """Everything in a hint that could be read as an answer: runs of words, brackets, formulas, numbers."""
    pieces = hint.split()
    for start in range(len(pieces)):
        for end in range(start + 1, min(start + LONGEST, len(pieces)) + 1):
            run = " ".join(pieces[start:end])
            yield run
            yield run.strip(" .,;:?„”\"'()")
    yield from re.findall(r"[(\[][^()\[\]]*[)\]]", hint)
    yield from re.findall(r"[\w.,²·×*/+−\-()^]+", hint)
    yield from re.findall(r"[0-9]+(?:[ \u202f.,][0-9]+)*", hint)


def simple(question: AnyQuestion) -> list[AnyQuestion]:
    """A question with one typed answer; for a tuple one for each of its parts."""
    if not isinstance(question, TupleQuestion):
        return [question]
    return [_alone(question, part, written(key)) for part, key in zip(question.parts, question.answer, strict=True)]


def _alone(question: TupleQuestion, part: Part, key: str) -> AnyQuestion:
    return KINDS[part.kind](
        id=question.id,
        topic=question.topic,
        prompt=part.name or question.prompt,
        explain=question.explain,
        verify=question.verify,
        recollections=(),
        params=question.params,
        answer=key,
        symbols=part.symbols,
        batch=part.batch,
        real=part.real,
        accept=part.accept,
    )


def right(question: AnyQuestion, typed: str) -> bool:
    found = grade(question, typed)
    return isinstance(found, Graded) and found.outcome == "right"


def leaks(question: AnyQuestion, hint: str) -> list[str]:
    """Where a hint, its numbers filled in, says what it should only lead to."""
    hint = fill(hint, question.params)
    found = [f"the hint itself is right: {hint}"] if right(question, hint) else []
    if isinstance(question, OpenQuestion):
        for point in question.points:
            said = stems(point.text) & stems(hint)
            if within(tokens(point.text), tokens(hint)) or len(said) > MOST * len(stems(point.text)):
                found.append(f"key point: {point.text} {said}")
    elif isinstance(question, OptionQuestion):
        for letter, option in question.options.items():
            if within(tokens(fill(option.text, question.params)), tokens(hint)):
                found.append(f"option: {option.text}")
            named = set(re.findall(rf"\b{letter}\b(?!\()", hint)) if letter != "a" else set()
            if named and not re.search(rf"\b{letter}\b", question.prompt):
                found.append(f"letter: {letter}")
        found += [f"letter: {one}" for one in re.findall(r"(?:odgovor|opcij|pod)\w* [a-h]\b|\b[a-h]\)(?!\))", hint)]
    else:
        for one in simple(question):
            keys = (str(getattr(one, "answer", "")), *getattr(one, "accept", ()))
            texts = {text for key in keys for text in (key, with_numbers(key, question.params))}
            found += [f"key: {text}" for text in texts if within(tokens(text), tokens(hint))]
            found += [f"read as the answer: {part}" for part in dict.fromkeys(fragments(hint)) if right(one, part)]
    return found


def posings(question: AnyQuestion) -> list[AnyQuestion]:
    """The question as it was asked and with other numbers."""
    rng = random.Random(57)
    return [question, *(varied(question, draw(question, rng)) for _ in range(12) if question.variants)]


@every
def test_every_question_has_hints(question: AnyQuestion) -> None:
    assert 1 <= len(question.hints) <= 3
    assert len(set(question.hints)) == len(question.hints)
    for hint in question.hints:
        assert re.fullmatch(r"[A-ZČĆĐŠŽ].*[.?]", hint), hint
        assert "!" not in hint
        assert len(re.findall(r"[.?](?= [A-ZČĆĐŠŽ]|$)", hint)) <= 2, f"more than two sentences: {hint}"
        assert len(hint) <= 180, hint


@every
def test_no_hint_says_the_answer(question: AnyQuestion) -> None:
    for posed in posings(question):
        for hint in question.hints:
            assert leaks(posed, hint) == [], (posed.params, hint)


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        (number(), "Ima ih 9312."),
        (number(), "Ima ih 9 312, a što je s pristranostima?"),
        (number(), "Zbroji 9·{c}·{c} + 3·{c} parametara."),
        (number(params={"c": 0}, answer="c + 2"), "Postoje dvije dimenzije."),
        (shape(), "Oblik je (B, 784)."),
        (shape(), "Za jednu sliku to je 1×784, a za više njih?"),
        (pair(), "Od sidra do pozitiva vodi M − 1 puteva."),
        (pair(), "Negativa ima (K − 1)·M, a pozitiva?"),
        (choice(), "Nije li to druga?"),
        (choice(), "Treća otpada, a što ostaje?"),
        (choice(), "Razmisli o onome što piše pod b."),
        (choice(), "Drugu mogućnost označuje c) na popisu."),
        (multi(), "Sjeti se što znači druga."),
        (oral(points=(oral().points[0],)), "Reci samo jedan."),
    ],
)
def test_a_hint_that_says_too_much_is_noticed(question: AnyQuestion, hint: str) -> None:
    assert leaks(question, hint)


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        (number(), "Koliko su dugi vektori ako ulaznih kanala ima {c}?"),
        (shape(), "Jedna slika ima 28 redaka i 28 stupaca. Što je ispred njih?"),
        (pair(), "Iz kojeg razreda smije biti pozitiv, a iz kojih negativ?"),
        (choice(), "Usporedi prve dvije mogućnosti, a tek onda odluči."),
        (oral(), "O čemu ovisi treća točka?"),
    ],
)
def test_a_hint_that_only_leads_there_passes(question: AnyQuestion, hint: str) -> None:
    assert leaks(question, hint) == []
