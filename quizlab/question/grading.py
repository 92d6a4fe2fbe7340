"""Grade what a student typed, without torch: the key, the accepted forms, then the known wrong paths."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from quizlab import answers
from quizlab.answers import number, phrase, points
from quizlab.answers.reading import Phrase, Picked, Quantity, Said
from quizlab.model import (
    AnyQuestion,
    BankAnswer,
    ChoiceQuestion,
    MultiQuestion,
    OpenQuestion,
    Outcome,
    TupleQuestion,
    TypedQuestion,
)
from quizlab.question.key import alone, key_of, worked_out
from quizlab.question.roads import roads_of
from quizlab.question.texts import fill
from quizlab.question.variants import same


class Graded(Struct, frozen=True):
    """A graded answer: how it was understood, how it came out, and what to say about it.

    ``tag`` and ``says`` belong to the recognised mistake; ``special`` holds the symbols for which a
    concrete answer is the general one ((1, 784) is (B, 784) for B = 1); ``missing`` are the key points
    of an open question that were not said (numbered from 1); ``share`` is how much of the answer was there,
    from 0 to 1.
    """

    outcome: Outcome
    understood: str
    key: str
    tag: str = ""
    says: str = ""
    special: dict[str, int] = {}
    missing: tuple[int, ...] = ()
    share: float = 0.0


def grade(question: AnyQuestion, typed: str) -> Graded | answers.Unreadable:
    """Grade one typed answer; what cannot be read is not wrong, it is Unreadable."""
    reading = answers.read(question, typed, question.params)
    if isinstance(reading, answers.Unreadable):
        return reading
    if isinstance(question, ChoiceQuestion):
        return _choice(question, reading)
    if isinstance(question, MultiQuestion):
        return _multi(question, reading)
    if isinstance(question, OpenQuestion):
        return _open(question, reading)
    return _typed(question, reading)


def grade_points(question: OpenQuestion, said: Collection[int]) -> Graded:
    """Grade an open question by the key points that were said, numbered from 1."""
    return _open(question, points.said(said))


def _open(question: OpenQuestion, reading: answers.Reading) -> Graded:
    said = reading.value.points if isinstance(reading.value, Said) else ()
    missing = tuple(number for number in range(1, len(question.points) + 1) if number not in said)
    outcome: Outcome = "right" if not missing else "partial" if said else "wrong"
    return Graded(
        outcome, reading.shown, key_of(question).text, missing=missing, share=len(said) / len(question.points)
    )


def _choice(question: ChoiceQuestion, reading: answers.Reading) -> Graded:
    letter = _letters(reading)[0]
    if letter == question.answer:
        return Graded("right", letter, question.answer, share=1.0)
    dispute = question.dispute
    if dispute and letter == dispute.option:
        return Graded("right", letter, question.answer, dispute.tag, fill(dispute.says, question.params), share=1.0)
    option = question.options[letter]
    return Graded("wrong", letter, question.answer, option.tag, fill(option.says, question.params))


def _multi(question: MultiQuestion, reading: answers.Reading) -> Graded:
    key = ", ".join(sorted(question.answer))
    chosen = _letters(reading)
    for letter in sorted(set(chosen) - set(question.answer)):
        option = question.options[letter]
        return Graded("wrong", reading.shown, key, option.tag, fill(option.says, question.params))
    outcome: Outcome = "right" if set(chosen) == set(question.answer) else "partial" if chosen else "wrong"
    return Graded(outcome, reading.shown, key, share=len(set(chosen)) / len(question.answer))


def _letters(reading: answers.Reading) -> tuple[str, ...]:
    return reading.value.letters if isinstance(reading.value, Picked) else ()


def _typed(question: TypedQuestion, reading: answers.Reading) -> Graded:
    key = key_of(question).text
    if _written(question, reading, question.answer):
        return Graded("right", reading.shown, key, share=1.0)
    key_reading = answers.read_answer(question, question.answer)
    if not isinstance(key_reading, answers.Unreadable):
        special = answers.special_case(reading, key_reading, question, question.params)
        if special:
            return Graded("right", reading.shown, key, special=special, share=1.0)
    for form in _like(reading, question.accept):
        if _written(alone(question, form), reading, form):
            return Graded("right", reading.shown, key, share=1.0)
    for mistake in roads_of(question):
        alike, itself = (_written, _batched, _rounded), alone(question, mistake.answer)
        if any(one(itself, reading, mistake.answer) for one in alike):
            return Graded("wrong", reading.shown, key, mistake.tag, fill(mistake.says, question.params))
    return Graded("wrong", reading.shown, key)


def _like(reading: answers.Reading, forms: Sequence[BankAnswer]) -> Iterator[BankAnswer]:
    """Those accepted forms that an answer can be: of ten thousand words those that are spelt alike."""
    value = reading.value
    alike = {value.folded, *value.synonyms} if isinstance(value, Phrase) else None
    yield from (form for form in forms if alike is None or phrase.spelling(answers.written(form)) in alike)


def _rounded(question: TypedQuestion, reading: answers.Reading, written: BankAnswer) -> bool:
    """Whether a real number is a mistake rounded to at least two digits; the key must be given to three."""
    value = worked_out(question, written) if isinstance(reading.value, Quantity) and reading.value.step else None
    return isinstance(value, int | float) and number.rounds(reading.value, value)  # type: ignore[arg-type]


def _batched(question: TypedQuestion, reading: answers.Reading, written: BankAnswer) -> bool:
    """Whether a shape typed with a batch of any size is one of the bank with a certain size, (B, 32) like (64, 32)."""
    if isinstance(question, TupleQuestion) or question.batch:
        return False
    other = answers.read_answer(question, written)
    if isinstance(other, answers.Unreadable):
        return False
    return answers.special_case(other, reading, question, question.params) is not None


def _written(question: AnyQuestion, reading: answers.Reading, written: BankAnswer) -> bool:
    """Whether an answer is equal to one written in the bank."""
    other = answers.read_answer(question, written)
    return not isinstance(other, answers.Unreadable) and same(question, reading, other, question.params)
