"""The same question with other numbers: asked, worked out and proved anew."""

from __future__ import annotations

import json
import random

import labs.lab4
from quizlab.answers import written
from quizlab.grading import Graded, grade
from quizlab.model import Mistake, Recollection
from quizlab.variants import draw, varied
from tests.conftest import Run, shipped_bank
from tests.proofs import Proofs
from tests.samples import choice, number

VARIED = number(variants={"c": (1, 8, 32)}, recollections=(Recollection("A", answer="9312"),))


def test_drawn_numbers_are_others_than_those_asked_and_come_from_the_list() -> None:
    seen = {draw(VARIED, random.Random(seed))["c"] for seed in range(50)}
    assert seen == {1, 8}
    assert draw(choice(), random.Random(1)) == {}
    assert draw(number(variants={"c": (32,)}), random.Random(1)) == {}


def test_a_variant_has_its_own_key_and_no_memories() -> None:
    other = varied(VARIED, {"c": 8})
    assert (other.params, other.recollections) == ({"c": 8}, ())
    assert isinstance(graded := grade(other, "600"), Graded)
    assert (graded.outcome, graded.key) == ("right", "600")
    assert varied(VARIED, {"c": 32}) is VARIED


def test_a_mistake_that_becomes_right_is_no_mistake_any_more() -> None:
    mistakes = (Mistake("bez-kvadrata", "9*c + 3*c", "Kanali se množe."), Mistake("drugo", "c", "Ne."))
    assert [one.tag for one in varied(number(mistakes=mistakes), {"c": 8}).mistakes] == ["bez-kvadrata", "drugo"]
    assert [one.tag for one in varied(number(mistakes=mistakes), {"c": 1}).mistakes] == ["drugo"]


def test_variants_of_the_bank_are_proved_by_the_built_models() -> None:
    proofs = Proofs(labs.lab4)
    rng = random.Random(3)
    having = [question for question in shipped_bank("lab4").questions if question.variants]
    assert having
    for question in having:
        for _ in range(6):
            other = varied(question, draw(question, rng))
            finding = proofs.finding(other)
            assert finding.verdict == "confirmed", (question.id, other.params, finding.problems)
            assert grade(other, written(getattr(other, "answer", ""))).outcome == "right"  # type: ignore[union-attr]


def test_verify_with_variants(quizlab: Run) -> None:
    done = quizlab("verify", "q1", "--variants", "40", "--json")
    findings = json.loads(done.stdout)["findings"]
    assert done.returncode == 0
    assert len(findings) == 41
    assert {finding["verdict"] for finding in findings} == {"confirmed"}
    assert len({json.dumps(finding["parameters"]) for finding in findings}) == 41
    shown = quizlab("verify", "lab4", "--variants", "2")
    assert "q1: s drugim brojevima potvrđeno 2/2" in shown.stdout
    assert quizlab("verify", "q4", "--variants", "2").returncode == 2
