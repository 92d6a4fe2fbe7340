"""The judge: verdicts come from what was measured, and rulings only from claims that hold."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from msgspec.structs import replace

from quizlab.model import Case, Claim, Dispute, Evidence, Mistake, Option, Point, Recollection, Ruling, Snippet
from quizlab.proof import rulings
from quizlab.proof.judge import judge
from tests import samples
from tests.samples import choice, evidence, multi, number, oral, pair, shape

RIGHT = evidence(Case(9312), first=False, second=True, third=False)
VERDICTS = ("incomplete", "depends", "disputed")
DISPUTE = Dispute("a", ("camp",), "I ta.", "prvi-tabor")
CAMPS = evidence(first=False, second=True, third=False, camp=True)
MUTANT = {"bez-pristranosti": evidence(Case(9280))}


def codes(finding: object) -> list[str]:
    return [problem.code for problem in finding.problems]  # type: ignore[attr-defined]


def test_a_key_is_confirmed_by_the_value_and_by_nothing_else() -> None:
    for measured in range(9300, 9320):
        finding = judge(number(mistakes=()), evidence(Case(measured)))
        assert (finding.verdict == "confirmed") == (measured == 9312)
        assert finding.value == measured
    assert "9311" in str(judge(number(mistakes=()), evidence(Case(9311))).problems[0].args)


def test_a_key_with_symbols_must_hold_in_every_case() -> None:
    cases = [Case((b, 784), {"B": b}) for b in (1, 5, 64)]
    assert judge(shape(), evidence(*cases)).verdict == "confirmed"
    assert judge(shape(answer="(1, 784)"), evidence(*cases)).verdict == "refuted"
    spoilt = judge(shape(), evidence(*cases, Case((7, 785), {"B": 7})))
    assert codes(spoilt)[0] == "key_refuted"
    assert "(7, 785) (B = 7)" in spoilt.problems[0].args["value"]


def test_no_measurement_confirms_nothing() -> None:
    assert codes(judge(number(mistakes=()), evidence())) == ["nothing_measured"]
    assert judge(choice(), evidence()).verdict == "error"


def test_where_nothing_was_measured_nothing_stands() -> None:
    by_value = {"a": Option("1", value=1), "b": Option("2", value=2, says="x", tag="t")}
    for answer in ("a", "b"):
        finding = judge(choice(options=by_value, answer=answer), evidence())
        assert (finding.verdict, codes(finding)) == ("refuted", ["nothing_measured", "key_refuted"])
    for cases in ((), (Case(7),)):
        finding = judge(multi(options=by_value, answer=()), evidence(*cases))
        assert (finding.verdict, codes(finding)[-1]) == ("refuted", "bad_key"), "a key of no letter holds always"
    for claims in ((True, False), (False, True)):
        both = tuple(Claim("second", holds, "") for holds in claims)
        found = Evidence(Snippet("", ""), (), (*both, Claim("first", False, ""), Claim("third", False, "")))
        assert judge(choice(), found).verdict == "refuted", "a claim that fell once has fallen"


def test_points_that_name_no_claim_prove_nothing() -> None:
    for points in ((), (Point("jer je trava plava"),), (Point("jedan"), Point("dva"))):
        for requires in ((), ("first",)):
            finding = judge(oral(points=points, requires=requires), evidence(Case(1), first=True))
            assert (finding.verdict, codes(finding)) == ("unproved", ["points_unclaimed"])
    assert judge(oral(points=(Point("jedan"),), requires=("first",)), evidence(first=False)).verdict == "refuted"
    assert judge(oral(points=(Point("jedan"),), requires=("nema",)), evidence()).verdict == "error"
    assert judge(oral(points=(Point("jedan"), Point("dva", "first"))), evidence(first=True)).verdict == "confirmed"


def test_a_ruling_or_a_camp_that_stands_on_no_claim_has_no_support() -> None:
    ruled = Recollection("A", answer="9312", ruling=Ruling("incomplete", ()))
    finding = judge(number(mistakes=(), recollections=(ruled,)), evidence(Case(9312)))
    assert (finding.verdict, codes(finding)) == ("refuted", ["ruling_unsupported"])
    camp = judge(choice(dispute=Dispute("a", (), "I", "t")), evidence(first=False, second=True, third=False))
    assert (camp.verdict, codes(camp)) == ("refuted", ["ruling_unsupported"])


def test_what_a_snippet_prints_otherwise_than_the_lab_measured_refutes() -> None:
    found = Evidence(Snippet("", "1\n2\n", measured="1\n3\n"), (Case(9312),))
    finding = judge(number(mistakes=()), found)
    assert (finding.verdict, codes(finding)) == ("refuted", ["snippet_contradicts"])
    assert finding.problems[0].args == {"prints": "2", "measured": "3"}
    assert codes(judge(number(mistakes=()), Evidence(found.snippet, (Case(1),)))) == [
        "key_refuted",
        "snippet_contradicts",
    ]
    own = {"bez-pristranosti": Evidence(found.snippet, (Case(9280),))}
    assert judge(number(), RIGHT, own).verdict == "confirmed", "a mutant is meant to differ"


def test_every_pattern_of_claims_confirms_only_the_key_that_agrees_with_it() -> None:
    for held in itertools.product([False, True], repeat=3):
        found = evidence(**dict(zip(("first", "second", "third"), held, strict=True)))
        for letter in "abc":
            verdict = judge(choice(answer=letter), found).verdict
            assert (verdict == "confirmed") == (held == tuple(other == letter for other in "abc"))


def test_every_subset_of_options_is_refuted_but_the_measured_one() -> None:
    found = evidence(first=False, second=True)
    for size in range(1, 4):
        for keyed in itertools.combinations("abc", size):
            verdict = judge(multi(answer=keyed), found).verdict
            assert (verdict == "confirmed") == (keyed == ("b", "c"))


def test_options_by_value_are_decided_by_the_measured_value() -> None:
    options = {
        letter: Option(str(n), value=n, says="x", tag=f"t{n}") for letter, n in zip("abc", (32, 1, 784), strict=True)
    }
    for letter, value in zip("abc", (32, 1, 784), strict=True):
        finding = judge(choice(options=options, answer="c"), evidence(Case(value)))
        assert (finding.verdict == "confirmed") == (value == 784)
        assert [option.verdict for option in finding.options] == [
            "confirmed" if other == letter else "refuted" for other in "abc"
        ]


def test_a_letter_that_falls_with_other_numbers_is_said_for_what_it_is() -> None:
    found = evidence(Case(1), first=True, second=False, third=False)
    assert codes(judge(choice(), found)) == ["option_also_right", "key_refuted"]
    assert codes(judge(choice(), found, changed=True)) == ["option_also_right", "key_flips"]
    assert codes(judge(number(), found, changed=True)) == ["key_refuted"], "a number is worked out anew"


def test_an_option_type_confusion_is_no_match() -> None:
    options = {"a": Option("jedan", value=1, says="x", tag="t"), "b": Option("istina", value=True)}
    assert judge(choice(options=options, answer="b"), evidence(Case(True))).verdict == "confirmed"


def test_a_mistake_must_differ_from_the_truth_and_come_from_its_mutant() -> None:
    assert judge(number(), RIGHT, MUTANT).verdict == "confirmed"
    assert codes(judge(number(), evidence(Case(9280)), MUTANT)) == ["key_refuted"]
    same = number(mistakes=(samples.Mistake("isto", "9312", "Isto."),))
    assert codes(judge(same, RIGHT)) == ["mistake_is_right"]
    wrong_mutant = {"bez-pristranosti": evidence(Case(9281))}
    assert codes(judge(number(), RIGHT, wrong_mutant)) == ["mistake_not_computed"]


def test_a_mistake_is_none_with_the_numbers_that_make_it_right() -> None:
    square = Mistake("bez-kvadrata", "9*c + 3*c", "Kanali se množe.", unless={"c": 1})
    excused = judge(number(params={"c": 1}, mistakes=(square,)), evidence(Case(12)))
    assert (excused.verdict, excused.mistakes) == ("confirmed", ())
    made = judge(number(params={"c": 2}, mistakes=(square,)), evidence(Case(42)))
    assert [(one.name, one.value, one.verdict) for one in made.mistakes] == [("bez-kvadrata", 24, "refuted")]
    unexcused = Mistake("bez-kvadrata", "9*c + 3*c", "Kanali se množe.", unless={"c": 2})
    assert codes(judge(number(params={"c": 1}, mistakes=(unexcused,)), evidence(Case(12)))) == ["mistake_is_right"]


@pytest.mark.parametrize(
    ("claims", "verdict", "camp", "found"),
    [
        ({"first": False, "second": True, "third": False, "camp": True}, "disputed", "disputed", []),
        ({"first": False, "second": True, "third": False, "camp": False}, "refuted", "refuted", ["ruling_unsupported"]),
        ({"first": True, "second": True, "third": False, "camp": True}, "refuted", "disputed", ["option_also_right"]),
    ],
)
def test_a_dispute_stands_on_what_its_second_camp_claims(
    claims: dict[str, bool], verdict: str, camp: str, found: list[str]
) -> None:
    finding = judge(choice(dispute=Dispute("a", ("camp",), "I ta.", "prvi-tabor")), evidence(**claims))
    assert (finding.verdict, codes(finding)) == (verdict, found)
    assert [(one.name, one.verdict) for one in finding.options] == [("a", camp), ("b", "confirmed"), ("c", "refuted")]


@pytest.mark.parametrize(
    ("recollection", "verdict"),
    [
        (Recollection("A"), "unanswered"),
        (Recollection("A", answer="9 312"), "confirmed"),
        (Recollection("A", answer="c*c*9*c"), "refuted"),
        (Recollection("A", answer="nešto", claims=("second",)), "confirmed"),
        (Recollection("A", answer="nešto", claims=("second", "first")), "refuted"),
        (Recollection("A", claims=("second",), ruling=Ruling("incomplete", ("second",))), "incomplete"),
    ],
)
def test_a_recollection_gets_the_verdict_that_was_computed(recollection: Recollection, verdict: str) -> None:
    finding = judge(number(recollections=(recollection,)), RIGHT, MUTANT)
    assert [one.verdict for one in finding.recollections] == [verdict]
    assert finding.verdict == "confirmed"


def test_a_recollection_of_an_expression_shows_what_it_comes_to() -> None:
    finding = judge(number(recollections=(Recollection("A", answer="c*c*9*c"),)), RIGHT, MUTANT)
    assert finding.recollections[0].value == 294912


def test_a_shape_that_holds_in_one_case_depends() -> None:
    cases = [Case((b, 784), {"B": b}) for b in (1, 5)]
    finding = judge(shape(recollections=(Recollection("B", answer="1 x 784"),)), evidence(*cases))
    assert finding.recollections[0].verdict == "depends"
    assert [one.verdict for one in finding.accepted] == ["depends"]


def ruled(question: Any, one: Recollection, found: Evidence) -> dict[str, list[str]]:
    """Verdict of a ruling → what is wrong with it."""
    rulings = {verdict: replace(one, ruling=Ruling(verdict, ("second",))) for verdict in VERDICTS}
    return {verdict: codes(judge(replace(question, recollections=(each,)), found)) for verdict, each in rulings.items()}


def test_the_word_of_a_ruling_is_computed() -> None:
    shapes = [Case((b, 784), {"B": b}) for b in (1, 5)]
    cases: list[tuple[Any, Recollection, Evidence, str]] = [
        (number(mistakes=()), Recollection("A", claims=("second",)), RIGHT, "incomplete"),
        (number(mistakes=()), Recollection("A", answer="9312"), RIGHT, "incomplete"),
        (shape(), Recollection("A", answer="1 x 784"), evidence(*shapes, second=True), "depends"),
        (shape(), Recollection("A", answer="B x 784"), evidence(*shapes, second=True), "incomplete"),
        (oral(), Recollection("A", claims=("first",)), evidence(first=True, second=True), "incomplete"),
        (choice(), Recollection("A", claims=("camp",)), CAMPS, "incomplete"),
        (choice(dispute=DISPUTE), Recollection("A", claims=("camp",)), CAMPS, "disputed"),
        (choice(dispute=DISPUTE), Recollection("A", claims=("camp", "second")), CAMPS, "confirmed"),
        (choice(dispute=DISPUTE), Recollection("A", option="b"), CAMPS, "confirmed"),
        (oral(), Recollection("A", claims=("first", "second")), evidence(first=True, second=True), "confirmed"),
        (number(mistakes=()), Recollection("A", answer="9312", claims=("second",)), RIGHT, "confirmed"),
    ]
    for question, one, found, wanted in cases:
        for verdict, said in ruled(question, one, found).items():
            assert said == ([] if verdict == wanted else ["ruling_contradicted"]), (one, verdict)


def test_what_a_recollection_leaves_unsaid_is_the_key_or_the_reason() -> None:
    both = multi(options=samples.OPTIONS | {"c": Option("treća", claim="third")})
    points = oral(points=(Point("x", "x"), Point("y", "y"), Point("z")))
    cases = ((both, {"second", "third"}), (choice(), {"second"}), (number(), set()), (points, {"x", "y"}))
    for question, wanted in cases:
        assert rulings.key_claims(question) == wanted
        assert rulings.missing(question, Recollection("A", claims=("second", "x"))) == wanted - {"second", "x"}
    by_value = choice(options={"a": Option("1", value=1), "b": Option("2", value=2, says="x", tag="t")}, answer="a")
    assert rulings.asserted(by_value, Recollection("A", option="b")) == set()
    assert rulings.asserted(choice(), Recollection("A", option="b")) == {"second"}
    whole = Recollection("A", claims=("second",), ruling=Ruling("incomplete", ("second",)))
    assert judge(choice(recollections=(whole,)), CAMPS).problems[0].args["computed"] == "confirmed"


def test_an_accepted_form_that_never_holds_refutes_the_question() -> None:
    cases = [Case((b, 784), {"B": b}) for b in (2, 5)]
    assert codes(judge(shape(), evidence(*cases))) == ["accepted_refuted"]


@pytest.mark.parametrize("because", [("first",), ("second", "first")])
def test_a_ruling_whose_claims_do_not_hold_fails_the_question(because: tuple[str, ...]) -> None:
    one = Recollection("A", claims=("second",), ruling=Ruling("incomplete", because))
    finding = judge(number(recollections=(one,)), RIGHT, MUTANT)
    assert codes(finding) == ["ruling_unsupported"]
    assert finding.verdict == "refuted"


def test_a_ruling_cannot_save_what_was_refuted() -> None:
    one = Recollection("A", answer="9311", ruling=Ruling("incomplete", ("second",)))
    assert codes(judge(number(recollections=(one,)), RIGHT, MUTANT)) == ["ruling_unsupported"]


def test_a_claim_nobody_computed_is_an_error_not_a_verdict() -> None:
    for question in (
        number(requires=("nowhere",)),
        number(recollections=(Recollection("A", claims=("nowhere",)),)),
        oral(points=(samples.Point("x", "nowhere"),)),
        choice(options=samples.OPTIONS | {"a": Option("x", claim="nowhere", says="x", tag="x")}),
    ):
        finding = judge(question, RIGHT, MUTANT)
        assert finding.verdict == "error"
        assert "unknown_claim" in codes(finding)


def test_required_claims_and_points_must_hold() -> None:
    assert codes(judge(number(requires=("first",)), RIGHT, MUTANT)) == ["claim_fails"]
    assert codes(judge(oral(), RIGHT)) == ["point_refuted"]
    assert judge(oral(), evidence(first=True, second=True)).verdict == "confirmed"


def test_formulas_are_judged_over_the_whole_grid() -> None:
    grid = [Case((m - 1, (k - 1) * m), {"K": k, "M": m}) for k in (2, 3, 10) for m in (1, 2, 6)]
    assert judge(pair(), evidence(*grid)).verdict == "confirmed"
    for wrong in (("M", "(K-1)*M"), ("M-1", "K*M"), ("M-1", "(K-1)*(M-1)"), ("(K-1)*M", "M-1")):
        assert judge(pair(answer=wrong), evidence(*grid)).verdict == "refuted"
