"""What the judge says of what fell: each problem whole, with its words and its place in the bank."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from quizlab.model import (
    AnyQuestion,
    Case,
    Dispute,
    Evidence,
    JudgedRecollection,
    Mistake,
    Option,
    Point,
    Problem,
    Recollection,
    Ruling,
    Snippet,
)
from quizlab.proof.judge import Bench, counterexample, judge
from tests.samples import choice, evidence, multi, number, oral, shape

RIGHT = evidence(Case(9312), first=False, second=True, third=False)
CAMPS = evidence(first=False, second=True, third=False)
PLAIN = number(mistakes=())
BY_VALUE = {"a": Option("9", value=9, says="x", tag="t", with_={"n": 9}), "b": Option("2", value=2)}


def problem(code: Any, field: str, question: AnyQuestion = PLAIN, **args: str) -> Problem:
    return Problem(code, args, id=question.id, field=field)


def remembered(question: Any, *, ruling: Ruling | None = None, **said: Any) -> Any:
    return replace(question, recollections=(Recollection("A", ruling=ruling, **said),))


@pytest.mark.parametrize(
    ("question", "found", "problems"),
    [
        (PLAIN, evidence(), [problem("nothing_measured", "verify")]),
        (PLAIN, evidence(Case(9311)), [problem("key_refuted", "answer", key="9312", value="9311")]),
        (number(mistakes=(), answer="9*("), RIGHT, [problem("key_refuted", "answer", key="9*(", value="9312")]),
        (
            number(mistakes=(), requires=("first",)),
            RIGHT,
            [problem("claim_fails", "requires", claim="first", says="mjereno first")],
        ),
        (
            number(mistakes=(), requires=("x",)),
            evidence(Case(9312)),
            [
                problem("unknown_claim", "requires", claim="x", known="–"),
                problem("claim_fails", "requires", claim="x", says=""),
            ],
        ),
        (
            number(mistakes=(), recollections=(Recollection("A", claims=("x",)),)),
            RIGHT,
            [problem("unknown_claim", "recollections", claim="x", known="first, second, third")],
        ),
        (
            PLAIN,
            Evidence(Snippet("", "1", measured="2"), (Case(9312),)),
            [problem("snippet_contradicts", "verify", prints="1", measured="2")],
        ),
        (
            oral(points=(Point("jedan", "second"), Point("dva", "first"))),
            RIGHT,
            [problem("point_refuted", "points[1]", oral(), point="2", says="mjereno first")],
        ),
        (oral(points=()), RIGHT, [problem("points_unclaimed", "points", oral())]),
        (multi(answer=(), options=BY_VALUE), evidence(Case(1)), [problem("bad_key", "answer", multi(), answer="")]),
        (
            choice(options=BY_VALUE, answer="b"),
            evidence(),
            [
                problem("nothing_measured", "verify", choice()),
                problem("key_refuted", "answer", choice(), key="b", value=""),
            ],
        ),
        (
            choice(options=BY_VALUE, answer="b"),
            evidence(Case(9)),
            [
                problem("option_also_right", "options.a", choice(), letter="a"),
                problem("key_refuted", "answer", choice(), key="b", value="9"),
            ],
        ),
        (
            shape(accept=(), answer="(1, N)"),
            evidence(Case((1, 2), {"B": 1, "N": 2}), Case((3, 2), {"B": 3, "N": 2})),
            [problem("key_refuted", "answer", shape(), key="(1, N)", value="(1, 2) (B = 1, N = 2)")],
        ),
    ],
)
def test_a_problem_names_what_fell_and_where(question: Any, found: Evidence, problems: list[Problem]) -> None:
    assert [*judge(question, found).problems] == problems


@pytest.mark.parametrize(
    ("because", "claim"), [((), "–"), (("second",), ""), (("first",), "first"), (("first", "third"), "first, third")]
)
def test_a_camp_without_support_is_named_with_what_it_lacks(because: tuple[str, ...], claim: str) -> None:
    finding = judge(choice(dispute=Dispute("c", because, "I ta.", "tabor")), CAMPS)
    words = {"answer": "treća", "ruling": "disputed", "claim": claim}
    assert [*finding.problems] == ([problem("ruling_unsupported", "dispute", choice(), **words)] if claim else [])
    unknown = judge(choice(dispute=Dispute("c", ("x",), "I ta.", "tabor")), CAMPS).problems[0]
    assert unknown == problem("unknown_claim", "dispute", choice(), claim="x", known="first, second, third")


@pytest.mark.parametrize(
    ("question", "said", "because", "claim"),
    [
        (PLAIN, {"answer": "9312"}, ("first",), "first"),
        (PLAIN, {"answer": "9312"}, ("first", "third"), "first, third"),
        (PLAIN, {"answer": "9311"}, ("second",), "9311"),
        (PLAIN, {"answer": "nešto", "claims": ("second",)}, (), "second"),
        (PLAIN, {"answer": "nešto", "claims": ("first", "second")}, ("second",), "first, second"),
        (choice(), {"option": "c"}, ("second",), "c"),
        (choice(), {"option": "c", "answer": "mislim c"}, ("second",), "c"),
    ],
)
def test_a_ruling_without_support_is_named_with_what_it_lacks(
    question: Any, said: dict[str, Any], because: tuple[str, ...], claim: str
) -> None:
    finding = judge(remembered(question, ruling=Ruling("incomplete", because), **said), RIGHT)
    words = {"answer": said.get("answer", "treća"), "ruling": "incomplete", "claim": claim}
    assert [*finding.problems] == [problem("ruling_unsupported", "recollections", question, **words)]


def test_a_ruling_of_another_word_is_named_with_the_word_computed() -> None:
    finding = judge(remembered(PLAIN, answer="9312", ruling=Ruling("depends", ("second",))), RIGHT)
    words = {"answer": "9312", "ruling": "depends", "computed": "incomplete"}
    assert [*finding.problems] == [problem("ruling_contradicted", "recollections", **words)]


@pytest.mark.parametrize(
    ("question", "said", "answer", "verdict"),
    [
        (choice(), {"option": "b"}, "druga", "confirmed"),
        (choice(), {"option": "b", "answer": "ono drugo"}, "ono drugo", "confirmed"),
        (choice(), {"option": "a"}, "prva", "refuted"),
        (PLAIN, {"note": "netko"}, "", "unanswered"),
        (PLAIN, {"answer": "9*("}, "9*(", "refuted"),
    ],
)
def test_a_recollection_keeps_its_own_words(question: Any, said: dict[str, Any], answer: str, verdict: Any) -> None:
    finding = judge(remembered(question, **said), RIGHT)
    assert finding.recollections == (JudgedRecollection("A", answer, verdict, None, said.get("note", "")),)


@pytest.mark.parametrize(("given", "said"), [((9,), []), ((8,), ["8"]), ((9, 8), [""])])
def test_an_option_is_what_its_mutated_model_gives(given: tuple[int, ...], said: list[str]) -> None:
    """Compared by value, in every case; a question whose key fell is not blamed for its distractors as well."""
    question, mutants = choice(options=BY_VALUE, answer="b"), {"t": evidence(*map(Case, given))}
    found = [problem("mistake_not_computed", "options.a", question, tag="t", answer="9", value=value) for value in said]
    assert [*judge(question, evidence(Case(2)), mutants).problems] == found
    fallen = judge(question, evidence(Case(3)), mutants)
    assert [each.code for each in fallen.problems] == ["key_refuted"]


def test_a_mistake_is_shown_as_it_is_written_or_with_its_numbers() -> None:
    open_ended = shape(accept=(), params={"c": 7}, mistakes=(Mistake("t", "(B, c)", "x"),))
    (one,) = judge(open_ended, evidence(Case((2, 784), {"B": 2}))).mistakes
    assert (one.answer, one.value) == ("(B, 7)", None)
    (one,) = judge(number(), RIGHT).mistakes
    assert (one.answer, one.value) == ("9*c*c + 2*c", 9280)


def test_a_counterexample_is_the_first_case_that_fails_if_any_does() -> None:
    cases = [Case((size, 784), {"B": size}) for size in (1, 2, 3)]
    bench = Bench(shape(), evidence(*cases))
    assert counterexample(bench, "(1, 784)") == "(2, 784) (B = 2)"
    assert counterexample(bench, "(1,") == "(1, 784) (B = 1)"
    assert counterexample(bench, "(B, 784)") == counterexample(Bench(shape(), evidence()), "(1, 784)") == ""
    assert counterexample(Bench(shape(), evidence(Case((5, 6)))), "(5, 7)") == "(5, 6)"
