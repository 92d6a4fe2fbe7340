"""Grading what a student types: right, wrong with its name, in part, or unreadable, and never with torch."""

from __future__ import annotations

import itertools

import pytest

from quizlab.answers import Unreadable
from quizlab.model import Dispute, Mistake
from quizlab.question.grading import Graded, grade, grade_points
from quizlab.question.variants import varied
from tests.samples import choice, multi, number, oral, pair, shape


def graded(question: object, typed: str) -> Graded:
    found = grade(question, typed)  # type: ignore[arg-type]
    assert isinstance(found, Graded)
    return found


@pytest.mark.parametrize("typed", ["9312", "9 312", "9.312", "9,312", "9\u202f312", "32*32*9+96", "9312 parametara"])
def test_one_count_in_many_spellings_is_right(typed: str) -> None:
    assert graded(number(), typed).outcome == "right"


def test_a_wrong_count_names_its_mistake() -> None:
    found = graded(number(), "9280")
    assert (found.outcome, found.tag, found.says) == (
        "wrong",
        "bez-pristranosti",
        "Zaboravljene su pristranosti (32).",
    )
    assert found.key == "9312"
    assert graded(number(), "9313").tag == ""


def test_grading_follows_the_parameters() -> None:
    assert grade(varied(number(), {"c": 1}), "12").outcome == "right"  # type: ignore[union-attr]
    assert grade(varied(number(), {"c": 1}), "11").tag == "bez-pristranosti"  # type: ignore[union-attr]


def test_a_concrete_batch_is_right_and_explained() -> None:
    assert graded(shape(), "(B, 784)").special == {}
    assert graded(shape(), "(N, 784)").outcome == "right"
    found = graded(shape(), "64x784")
    assert (found.outcome, found.special) == ("right", {"B": 64})
    assert graded(shape(), "(784, B)").outcome == "wrong"
    assert graded(shape(), "(784,)").outcome == "wrong"


@pytest.mark.parametrize("typed", ["M-1, (K-1)*M", "(M−1; KM − M)", "m-1 i (k-1)m", "M-1, M(K-1)"])
def test_a_pair_of_formulas_in_many_spellings_is_right(typed: str) -> None:
    assert graded(pair(), typed).outcome == "right"


def test_a_pair_of_formulas_names_its_mistake_in_any_spelling() -> None:
    for typed in ("M, (K-1)*M", "M; KM-M"):
        assert graded(pair(), typed).tag == "i-sidro"
    assert graded(pair(), "(K-1)*M, M-1").outcome == "wrong"


def test_a_choice_is_graded_by_its_letter_and_explained_by_its_option() -> None:
    assert graded(choice(), "B)").outcome == "right"
    found = graded(choice(), "a")
    assert (found.outcome, found.says, found.tag, found.key) == ("wrong", "Prva ne vrijedi.", "prva", "b")


def test_both_camps_of_a_dispute_are_right_and_the_second_is_named() -> None:
    forked = choice(dispute=Dispute("a", ("first",), "I ta ima pobornika.", "prvi-tabor"))
    first, second = graded(forked, "b"), graded(forked, "a")
    assert (first.outcome, first.tag, first.says) == ("right", "", "")
    assert (second.outcome, second.share, second.tag, second.says) == (
        "right",
        1.0,
        "prvi-tabor",
        "I ta ima pobornika.",
    )
    assert graded(forked, "c").tag == "treca"


def test_several_right_options_may_be_given_in_part() -> None:
    assert graded(multi(), "c b").outcome == "right"
    assert graded(multi(), "b").outcome == "partial"
    assert graded(multi(), "a b").tag == "prva"


def test_points_that_were_ticked_off_are_graded_as_if_they_had_been_typed() -> None:
    question = oral()
    numbers = range(1, len(question.points) + 1)
    for said in itertools.chain.from_iterable(itertools.combinations(numbers, size) for size in (0, *numbers)):
        ticked = grade_points(question, said)
        assert set(ticked.missing) == {*numbers} - {*said}
        assert ticked == grade(question, " ".join(map(str, said)) or "ništa")
        assert ticked == grade(question, ticked.understood), "what the log keeps must grade alike"


def test_an_oral_answer_is_graded_by_its_points() -> None:
    assert graded(oral(), "sve").outcome == "right"
    found = graded(oral(), "1 3")
    assert (found.outcome, found.missing) == ("partial", (2,))
    assert graded(oral(), "ništa").outcome == "wrong"


@pytest.mark.parametrize(
    ("question", "typed"),
    [(number(), "(9312"), (number(), ""), (choice(), "d"), (shape(), "(10 32"), (pair(), "M-1"), (oral(), "7")],
)
def test_what_cannot_be_read_is_not_wrong(question: object, typed: str) -> None:
    assert isinstance(grade(question, typed), Unreadable)  # type: ignore[arg-type]


UNBATCHED = shape(
    batch="", params={"c": 3}, answer="(32,)", accept=("(1, 32)",), mistakes=(Mistake("m", "(64, 32)", "Ne {c}."),)
)
BATCHED = shape(mistakes=(Mistake("čudno", "(B,", "x"), Mistake("m", "(64, 32)", "Ne.")))
REAL = number(real=True, answer="0.12345", mistakes=(Mistake("m", "0.98765", "Ne {c}."),))


@pytest.mark.parametrize(
    ("question", "typed", "expected"),
    [
        (number(), "9312", Graded("right", "9312", "9312", share=1.0)),
        (number(), "9313", Graded("wrong", "9313", "9312")),
        (choice(), "b", Graded("right", "b", "b", share=1.0)),
        (choice(), "c", Graded("wrong", "c", "b", "treca", "Ni treća.")),
        (multi(), "b", Graded("partial", "b", "b, c", share=0.5)),
        (multi(), "c b", Graded("right", "b, c", "b, c", share=1.0)),
        (multi(), "b a", Graded("wrong", "a, b", "b, c", "prva", "Prva ne vrijedi.")),
        (multi(), "ništa", Graded("wrong", "-", "b, c")),
        (oral(), "1 3", Graded("partial", "1, 3", "3", missing=(2,), share=2 / 3)),
        (shape(), "1x784", Graded("right", "(1, 784)", "(B, 784)", special={"B": 1}, share=1.0)),
        (UNBATCHED, "1x32", Graded("right", "(1, 32)", "(32,)", share=1.0)),
        (UNBATCHED, "(B, 32)", Graded("wrong", "(B, 32)", "(32,)", "m", "Ne 3.")),
        (UNBATCHED, "(B, 33)", Graded("wrong", "(B, 33)", "(32,)")),
        (BATCHED, "64x32", Graded("wrong", "(64, 32)", "(B, 784)", "m", "Ne.")),
        (BATCHED, "(B, 32)", Graded("wrong", "(B, 32)", "(B, 784)")),
        (REAL, "0,123", Graded("right", "0,123", "0,1235", share=1.0)),
        (REAL, "0,988", Graded("wrong", "0,988", "0,1235", "m", "Ne 32.")),
        (REAL, "0,99", Graded("wrong", "0,99", "0,1235", "m", "Ne 32.")),
        (REAL, "0,9", Graded("wrong", "0,9", "0,1235")),
        (REAL, "0,987", Graded("wrong", "0,987", "0,1235")),
    ],
)
def test_a_graded_answer_says_all_that_there_is_to_say(question: object, typed: str, expected: Graded) -> None:
    assert graded(question, typed) == expected


def test_a_key_that_cannot_be_read_makes_nothing_right() -> None:
    assert graded(number(answer="9*(", mistakes=()), "9312").outcome == "wrong"
    assert graded(UNBATCHED, "(B, 9, 9)").tag == ""
    assert graded(shape(batch="", answer="(32,)", accept=(), mistakes=(Mistake("m", "(B,", "x"),)), "(B, 2)").tag == ""
