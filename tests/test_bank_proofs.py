"""The bank of lab 4 is proved both ways: every key confirmed, every perturbed key or lab refuted."""

from __future__ import annotations

import string
from collections import Counter
from pathlib import Path

import pytest
import yaml

import labs.lab4
from quizlab import bank
from quizlab.answers import written
from quizlab.commands.proving import status
from quizlab.grading import grade
from quizlab.model import ChoiceQuestion, Finding, MultiQuestion, NumberQuestion, OpenQuestion, Plot
from tests.broken_labs import BROKEN, GENERAL
from tests.conftest import Run, shipped_bank
from tests.proofs import Proofs, wrong_keys

LAB4 = shipped_bank("lab4")
QUESTIONS = {question.id: question for question in LAB4.questions}
COVERAGE = yaml.safe_load((Path(__file__).parent / "coverage_lab4.yaml").read_text(encoding="utf-8"))
SOUND = Proofs(labs.lab4)


def findings() -> dict[str, Finding]:
    return {name: SOUND.finding(question) for name, question in QUESTIONS.items()}


def test_every_question_of_the_quiz_is_there_in_order() -> None:
    assert list(QUESTIONS) == [f"q{number}" for number in range(1, 27)]


def test_recollections_are_exactly_those_counted() -> None:
    for name, question in QUESTIONS.items():
        counted: Counter[str] = Counter()
        for one in question.recollections:
            counted[one.group] += bool(one.answer or one.option or one.claims)
        assert dict(counted) == COVERAGE[name], name
        entries = Counter(one.group for one in question.recollections)
        assert entries == {group: max(1, number) for group, number in COVERAGE[name].items()}, name


def test_contradictions_are_exactly_those_known() -> None:
    contradicted = []
    for name, finding in findings().items():
        pairs = zip(QUESTIONS[name].recollections, finding.recollections, strict=True)
        by_value = {judged.verdict for one, judged in pairs if not one.claims and judged.verdict != "unanswered"}
        if len(by_value) > 1:
            contradicted.append(name)
    assert contradicted == COVERAGE["contradictions"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_key_is_confirmed_by_its_proof(name: str) -> None:
    finding = SOUND.finding(QUESTIONS[name])
    assert finding.problems == ()
    assert finding.verdict == "confirmed"
    assert finding.evidence is not None
    assert finding.evidence.blocks
    assert status([finding]) == 0


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_other_key_is_refuted_and_the_question_named(name: str) -> None:
    question = QUESTIONS[name]
    wrong = wrong_keys(question)
    assert wrong or isinstance(question, OpenQuestion)
    for mutated in wrong:
        finding = SOUND.finding(mutated)
        assert finding.verdict == "refuted", written(getattr(mutated, "answer", ""))
        assert status([finding]) == 1
        assert {problem.id for problem in finding.problems} == {name}
        assert "key_refuted" in [problem.code for problem in finding.problems]


@pytest.mark.parametrize("name", [name for name, each in QUESTIONS.items() if isinstance(each, OpenQuestion)])
def test_every_point_of_an_open_question_stands_on_a_computed_claim(name: str) -> None:
    question = QUESTIONS[name]
    assert isinstance(question, OpenQuestion)
    computed = {claim.name for claim in SOUND.finding(question).evidence.claims}  # type: ignore[union-attr]
    for point in question.points:
        assert point.claim in computed


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_lab_turns_the_right_questions_red_and_no_others(name: str) -> None:
    lab, expected = BROKEN[name]
    proofs = Proofs(lab)
    red = {question.id for question in QUESTIONS.values() if proofs.finding(question).verdict != "confirmed"}
    assert red == expected


def test_every_question_about_the_lab_is_turned_red_by_some_breakage() -> None:
    assert set().union(*(red for _, red in BROKEN.values())) == set(QUESTIONS) - GENERAL


def test_the_misprinted_formula_of_the_notes_is_refuted() -> None:
    (misprint,) = [one for one in SOUND.finding(QUESTIONS["q1"]).recollections if one.verdict == "refuted"]
    assert (misprint.group, misprint.value) == ("A", 294912)


def test_the_order_of_layers_matters_once_the_channels_differ() -> None:
    finding = SOUND.finding(QUESTIONS["q1"], c_in=1)
    assert (finding.verdict, finding.value, finding.key) == ("confirmed", 322, "322")
    shown = {cell for block in finding.evidence.blocks for row in getattr(block, "rows", ()) for cell in row}  # type: ignore[union-attr]
    assert {322, 384} <= shown


@pytest.mark.parametrize("name", ["q6", "q7", "q25"])
def test_where_a_curve_or_a_cloud_decides_it_is_drawn(name: str) -> None:
    evidence = SOUND.finding(QUESTIONS[name]).evidence
    assert any(isinstance(block, Plot) and block.series for block in evidence.blocks)  # type: ignore[union-attr]


def test_choices_do_not_give_themselves_away() -> None:
    choices = [question for question in QUESTIONS.values() if isinstance(question, ChoiceQuestion)]
    letters = Counter(question.answer for question in choices)
    assert set(letters) == set(string.ascii_lowercase[:4])
    assert max(letters.values()) <= len(choices) / 2
    longest = [
        max(question.options, key=lambda letter: len(question.options[letter].text)) == question.answer
        for question in choices
    ]
    assert sum(longest) <= len(choices) / 2


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_key_typed_by_a_student_is_right_and_each_mistake_wrong_by_name(name: str) -> None:
    question = QUESTIONS[name]
    if isinstance(question, OpenQuestion):
        assert grade(question, "sve").outcome == "right"  # type: ignore[union-attr]
        return
    assert grade(question, written(question.answer)).outcome == "right"  # type: ignore[union-attr]
    for form in getattr(question, "accept", ()):
        assert grade(question, written(form)).outcome == "right"  # type: ignore[union-attr]
    for mistake in question.mistakes:
        graded = grade(question, mistake.answer)
        assert (graded.outcome, graded.tag) == ("wrong", mistake.tag)  # type: ignore[union-attr]
    if isinstance(question, ChoiceQuestion | MultiQuestion):
        for letter in set(question.options) - set(question.answer):
            assert grade(question, letter).tag == question.options[letter].tag  # type: ignore[union-attr]


def test_a_key_worked_out_by_the_key_itself_is_computed_live() -> None:
    numbers = [question for question in QUESTIONS.values() if isinstance(question, NumberQuestion)]
    assert {str(SOUND.finding(question).value) for question in numbers} == {"9312", "2", "1"}


def test_a_wrong_key_in_a_bank_makes_the_command_exit_1_and_name_the_question(quizlab: Run, tmp_path: Path) -> None:
    path = next(path for path in bank.shipped() if path.stem == "lab4")
    text = path.read_text(encoding="utf-8").replace("- id: q", "- id: x")
    marker = "answer: kernel**2*c_in*c_out + c_out + 2*c_in\n    verify:"
    assert text.count(marker) == 1
    wrong = tmp_path / "krivo.yaml"
    wrong.write_text(text.replace(marker, marker.replace("+ c_out ", "")), encoding="utf-8")
    done = quizlab("verify", "krivo", "--bank", str(wrong))
    assert done.returncode == 1
    assert "x1: answer: Ključ 9280 opovrgnut je: izračunato je 9312." in " ".join(done.stdout.split())
    assert done.stdout.count("✗") == 1
    assert "25/26 potvrđeno, 1 opovrgnuto" in done.stdout
