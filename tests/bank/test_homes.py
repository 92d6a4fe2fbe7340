"""A claim decides in one place, beside a text that says it: what is lost or exchanged is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import pytest
from msgspec.structs import replace

from quizlab import bank
from quizlab.bank import homes
from quizlab.bank.homes import crowded, exchanged, homeless, said, titles
from quizlab.bank.omissions import omissions
from quizlab.model import AnyQuestion, Bank, Mistake, OpenQuestion, Option, OptionQuestion, Place, Point
from tests.samples import choice, evidence, number, oral

QUESTIONS = [question for path in bank.shipped() for question in bank.load(path).questions]
DECIDED = [each for each in QUESTIONS if isinstance(each, OpenQuestion | OptionQuestion)]


def lacking(question: AnyQuestion) -> list[tuple[str, str]]:
    place = {question.id: Place("b.yaml", 1, 1)}
    return [(one.code, one.field) for one in omissions(Bank("b", "", {}, (question,), place))]


def swapped(question: AnyQuestion) -> Iterator[AnyQuestion]:
    """The question with what decides two of its texts exchanged."""
    if isinstance(question, OpenQuestion):
        for one, other in permutations(range(len(question.points)), 2):
            points = list(question.points)
            points[one] = replace(points[one], claim=question.points[other].claim)
            points[other] = replace(points[other], claim=question.points[one].claim)
            if one < other:
                yield replace(question, points=tuple(points))
    if isinstance(question, OptionQuestion):
        for one, other in permutations(question.options, 2):
            first, second = question.options[one], question.options[other]
            if one < other and not first.answer and not second.answer:
                given = {
                    one: replace(first, claim=second.claim, value=second.value),
                    other: replace(second, claim=first.claim, value=first.value),
                }
                yield replace(question, options=question.options | given)


@pytest.mark.parametrize("question", DECIDED, ids=lambda each: each.id)
def test_no_two_texts_can_exchange_their_claims(question: AnyQuestion) -> None:
    made = list(swapped(question))
    assert made
    assert all(list(exchanged(each)) for each in made)


@pytest.mark.parametrize("question", DECIDED, ids=lambda each: each.id)
def test_each_text_says_what_its_claim_is_called(question: AnyQuestion) -> None:
    assert not list(exchanged(question))
    named = [name for name, _ in homes._texts(question).values() if not name.isdecimal()]
    assert [name for name in named if name not in titles()] == []


def test_nothing_is_called_that_decides_nothing() -> None:
    used = {name for question in DECIDED for name, _ in homes._texts(question).values()}
    assert [name for name in titles() if name not in used] == []


def test_a_claim_that_decides_twice_or_nowhere_is_noticed() -> None:
    options = {letter: replace(each, claim="second") for letter, each in choice().options.items()}
    (twice,) = crowded(choice(options=options))
    assert (twice.code, twice.args["places"]) == ("claim_twice", "options.a, options.b, options.c")
    for field in ("requires", "shows"):
        assert [each.field for each in crowded(choice(**{field: ("second",)}))] == [field]
    found = evidence(first=True, second=True, third=True, fourth=True)
    assert [each.args["claim"] for each in homeless(choice(), found)] == ["fourth"]
    assert not list(homeless(choice(shows=("fourth",)), found))
    assert not list(homeless(choice(requires=("fourth",)), found))
    (unknown,) = homeless(choice(shows=("fourth", "fifth")), found)
    assert (unknown.code, unknown.args["claim"]) == ("unknown_claim", "fifth")


def test_a_described_model_owes_no_use_for_each_of_its_claims() -> None:
    described = next(each for each in QUESTIONS if each.id == "t1")
    assert not list(homeless(described, evidence(has_bias=True)))


def test_a_text_says_a_stem_or_a_piece_of_a_formula() -> None:
    assert said("Zglobni  gubitak", "hinge")
    assert not said("nezglobni", "hinge"), "a stem begins a word"
    assert said("$c_t = f_t ⊙ c$", "forget_old_add_new")
    assert said("32", "32")
    assert not said("321", "320")


def test_of_claims_that_have_no_name_nothing_is_said() -> None:
    assert not list(exchanged(choice()))
    options = choice().options | {"a": Option("sigmoida", claim="is_relu")}
    assert [each.field for each in exchanged(choice(options=options))] == [f"options.{letter}" for letter in "abc"]


def test_points_and_wrong_answers_without_a_ground_are_noticed() -> None:
    assert lacking(oral(points=(Point("jedan", "first"), Point("dva")))) == [("point_unclaimed", "points[1]")]
    (built,) = number().mistakes
    bare, both = replace(built, with_={}), replace(built, unbuilt="slip")
    assert ("mistake_unbuilt", "mistakes[0]") in lacking(number(mistakes=(bare,)))
    assert ("mistake_twice_built", "mistakes[0]") in lacking(number(mistakes=(both,)))
    for fine in (built, replace(bare, unbuilt="belief")):
        assert not [code for code, _ in lacking(number(mistakes=(fine,))) if code.startswith("mistake")]
    by_value = {"a": Option("1", value=1), "b": Option("2", value=2, says="x", tag="t")}
    assert lacking(choice(options=by_value, answer="a")) == [("mistake_unbuilt", "options.b")]
    formula = next(each for each in QUESTIONS if each.id == "q32")
    assert lacking(replace(formula, mistakes=(Mistake("m", "tanh(x)", "Ne."),))) == [("mistake_unbuilt", "mistakes[0]")]
