"""The banks are proved both ways: every key confirmed, every perturbed key or lab refuted."""

from __future__ import annotations

import re
import string
from collections import Counter
from pathlib import Path

import msgspec
import pytest
import yaml

from quizlab import bank
from quizlab.answers import Unreadable, written
from quizlab.bank.homes import homeless
from quizlab.commands.verify import status
from quizlab.model import ChoiceQuestion, MultiQuestion, OpenQuestion, Plot
from quizlab.question.grading import grade
from quizlab.question.variants import mistakes_of
from quizlab.telling.sentences import HINTS
from tests.broken import lab3, lab4
from tests.conftest import Run, shipped_bank
from tests.proofs import Proofs, proved, sound, wrong_keys
from tests.thinned import thinned

COVERAGE = {
    name: yaml.safe_load((Path(__file__).parent.parent / "coverage" / f"{name}.yaml").read_text(encoding="utf-8"))
    for name in ("lab3", "lab4")
}
BANKS = {name: shipped_bank(name) for name in COVERAGE}
QUESTIONS = {question.id: question for each in BANKS.values() for question in each.questions}
SOUND = {name: sound(name) for name in ("lab3", "lab4")}
BROKEN = {"lab3": lab3.BROKEN, "lab4": lab4.BROKEN}


def listed(name: str, field: str) -> list[str]:
    """The questions of a bank in whose entry a field is true."""
    return [each for each, entry in COVERAGE[name].items() if entry.get(field)]


def proofs_of(question: str) -> Proofs:
    """The proofs of the lab that the question is about."""
    return SOUND["lab4" if question in BANKS["lab4"].places else "lab3"]


@pytest.mark.parametrize("name", BANKS)
def test_every_question_is_there_in_order(name: str) -> None:
    assert [question.id for question in BANKS[name].questions] == list(COVERAGE[name])


@pytest.mark.parametrize("name", BANKS)
def test_recollections_are_exactly_those_counted(name: str) -> None:
    for question in BANKS[name].questions:
        counted: Counter[str] = Counter()
        remembered = COVERAGE[name][question.id]["remembered"]
        for one in question.recollections:
            counted[one.group] += bool(one.answer or one.option or one.claims)
        assert dict(counted) == remembered, question.id
        entries = Counter(one.group for one in question.recollections)
        expected = {group: max(1, number) for group, number in remembered.items()}
        assert entries == expected, question.id


@pytest.mark.parametrize("name", BANKS)
def test_contradictions_are_exactly_those_known(name: str) -> None:
    contradicted = [
        question.id
        for question in BANKS[name].questions
        if len({one.verdict for one in SOUND[name].finding(question).recollections} - {"unanswered"}) > 1
    ]
    assert contradicted == listed(name, "contradicted")


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_key_is_confirmed_by_its_proof(name: str) -> None:
    finding = proofs_of(name).finding(QUESTIONS[name])
    assert finding.problems == ()
    disputed = [*listed("lab3", "disputed"), *listed("lab4", "disputed")]
    assert finding.verdict == ("disputed" if name in disputed else "confirmed")
    assert finding.evidence is not None
    assert finding.evidence.blocks
    assert status([finding]) == 0


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_other_key_is_refuted_and_the_question_named(name: str) -> None:
    question = QUESTIONS[name]
    wrong = wrong_keys(question)
    assert wrong or isinstance(question, OpenQuestion)
    for mutated in wrong:
        finding = proofs_of(name).finding(mutated)
        assert finding.verdict == "refuted", written(getattr(mutated, "answer", ""))
        assert status([finding]) == 1
        assert {problem.id for problem in finding.problems} == {name}
        assert {"key_refuted", "option_also_right"} & {problem.code for problem in finding.problems}


@pytest.mark.parametrize("name", [name for name, each in QUESTIONS.items() if isinstance(each, OpenQuestion)])
def test_every_point_of_an_open_question_stands_on_a_computed_claim(name: str) -> None:
    question = QUESTIONS[name]
    assert isinstance(question, OpenQuestion)
    computed = {claim.name for claim in proofs_of(name).finding(question).evidence.claims}  # type: ignore[union-attr]
    for point in question.points:
        assert point.claim in computed


@pytest.mark.parametrize("name", QUESTIONS)
def test_nothing_that_a_proof_computes_is_without_a_place_in_its_question(name: str) -> None:
    evidence = proofs_of(name).finding(QUESTIONS[name]).evidence
    assert evidence is not None
    assert [problem.args for problem in homeless(QUESTIONS[name], evidence)] == []


@pytest.mark.parametrize(
    ("name", "what"), thinned([(name, what) for name, each in BROKEN.items() for what in each], 12)
)
def test_a_broken_lab_turns_the_right_questions_red_and_no_others(name: str, what: str) -> None:
    proofs = Proofs(BROKEN[name][what])
    red = [question.id for question in BANKS[name].questions if not proved(proofs.finding(question))]
    assert red == [each for each, entry in COVERAGE[name].items() if what in entry["red"]]


@pytest.mark.parametrize("name", BROKEN)
def test_every_breakage_turns_some_question_red(name: str) -> None:
    assert {what for entry in COVERAGE[name].values() for what in entry["red"]} == set(BROKEN[name])


def test_the_misprinted_formula_of_the_notes_is_refuted() -> None:
    (misprint,) = [one for one in SOUND["lab4"].finding(QUESTIONS["q1"]).recollections if one.verdict == "refuted"]
    assert (misprint.group, misprint.value) == ("A", 294912)


def test_the_order_of_layers_matters_once_the_channels_differ() -> None:
    finding = SOUND["lab4"].finding(QUESTIONS["q1"], c_in=1)
    assert (finding.verdict, finding.value, finding.key.text) == ("confirmed", 322, "322")
    shown = {cell for block in finding.evidence.blocks for row in getattr(block, "rows", ()) for cell in row}  # type: ignore[union-attr]
    assert {322, 384} <= shown


@pytest.mark.parametrize("name", ["q6", "q7", "q25", "q30", "q37", "q42", "q45"])
def test_where_a_curve_or_a_cloud_decides_it_is_drawn(name: str) -> None:
    evidence = proofs_of(name).finding(QUESTIONS[name]).evidence
    assert any(isinstance(block, Plot) and block.series for block in evidence.blocks)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", BANKS)
def test_choices_do_not_give_themselves_away(name: str) -> None:
    choices = [question for question in BANKS[name].questions if isinstance(question, ChoiceQuestion)]
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
    for mistake in mistakes_of(question):
        graded = grade(question, mistake.answer)
        assert (graded.outcome, graded.tag) == ("wrong", mistake.tag)  # type: ignore[union-attr]
    if isinstance(question, ChoiceQuestion | MultiQuestion):
        dispute = getattr(question, "dispute", None)
        for letter in set(question.options) - set(question.answer):
            tag = dispute.tag if dispute and letter == dispute.option else question.options[letter].tag
            assert grade(question, letter).tag == tag  # type: ignore[union-attr]


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_said_of_an_unreadable_answer_does_not_give_the_answer_away(name: str) -> None:
    question = QUESTIONS[name]
    hint = HINTS[str(question.__struct_config__.tag)]
    for example in re.split(r"na primjer: | ili ", hint, flags=re.IGNORECASE)[1:]:
        graded = grade(question, example)
        assert isinstance(graded, Unreadable) or graded.outcome != "right", example


def test_the_conflict_about_the_exploding_gradient_is_settled() -> None:
    question = QUESTIONS["q30"]
    assert isinstance(question, ChoiceQuestion)
    finding = SOUND["lab3"].finding(question)
    verdicts = {one.group: one.verdict for one in finding.recollections}
    assert verdicts == {"F": "confirmed", "I": "refuted"}
    (other,) = [one.option for one in question.recollections if one.group == "I"]
    assert grade(question, other).outcome == "wrong"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "groups"), [("q37", {"F": "disputed", "I": "confirmed"}), ("q56", {"I": "confirmed"})]
)
def test_both_camps_of_a_disputed_question_are_right_and_kept_apart(name: str, groups: dict[str, str]) -> None:
    question = QUESTIONS[name]
    assert isinstance(question, ChoiceQuestion)
    assert question.dispute is not None
    finding = SOUND["lab3"].finding(question)
    assert {one.group: one.verdict for one in finding.recollections} == groups
    assert {one.name: one.verdict for one in finding.options}[question.dispute.option] == "disputed"
    first, second = grade(question, question.answer), grade(question, question.dispute.option)
    assert first.outcome == second.outcome == "right"  # type: ignore[union-attr]
    assert (first.tag, second.tag) == ("", question.dispute.tag)  # type: ignore[union-attr]
    assert second.says  # type: ignore[union-attr]


def test_the_update_without_bias_is_incomplete_and_w_xy_does_not_exist() -> None:
    assert [one.verdict for one in SOUND["lab3"].finding(QUESTIONS["q33"]).recollections if one.group == "G"] == [
        "incomplete"
    ]
    assert sorted(one.verdict for one in SOUND["lab3"].finding(QUESTIONS["q35"]).recollections) == [
        "confirmed",
        "confirmed",
        "refuted",
    ]


def test_both_counts_of_the_network_are_shown() -> None:
    finding = SOUND["lab3"].finding(QUESTIONS["q36"])
    assert finding.value == 1_201_100
    shown = {
        cell
        for block in finding.evidence.blocks  # type: ignore[union-attr]
        for row in (*getattr(block, "rows", ()), getattr(block, "total", ()))
        for cell in row
    }
    assert {1_201_100, 1_202_100} <= shown


def test_other_sizes_flip_the_largest_matrix() -> None:
    finding = SOUND["lab3"].finding(QUESTIONS["q35"], vocab=50_000, hidden=150)
    assert finding.verdict == "refuted"
    assert "W_xh" in finding.problems[0].args["value"]
    assert "W_hy" in finding.problems[0].args["value"]


@pytest.mark.parametrize(("name", "settings"), [("q35", {"vocab": 10**8, "hidden": 10**9}), ("q36", {"vocab": 10**9})])
def test_billions_of_parameters_answer_without_being_allocated(name: str, settings: dict[str, int]) -> None:
    assert SOUND["lab3"].finding(QUESTIONS[name], **settings).verdict == "confirmed"


def test_a_wrong_key_in_a_bank_makes_the_command_exit_1_and_name_the_question(quizlab: Run, tmp_path: Path) -> None:
    path = next(path for path in bank.shipped() if path.stem == "lab4")
    text = path.read_text(encoding="utf-8").replace("- id: q", "- id: x")
    marker = "answer: kernel**2*c_in*c_out + c_out + 2*c_in\n    words:"
    assert text.count(marker) == 1
    wrong = tmp_path / "krivo.yaml"
    wrong.write_text(text.replace(marker, marker.replace("+ c_out ", "")), encoding="utf-8")
    done = quizlab("verify", "krivo", "--bank", str(wrong))
    assert done.returncode == 1
    assert "x1: answer: Ključ 9280 opovrgnut je: izračunato je 9312." in " ".join(done.stdout.split())
    assert done.stdout.count("✗") == 1
    total = len(BANKS["lab4"].questions)
    assert f"{total - 1}/{total} potvrđeno, 1 opovrgnuto" in done.stdout


def test_a_word_that_misleads_is_explained_where_it_first_stands() -> None:
    """„Normalizacija po grupi” is read as GroupNorm; each text that is shown by itself says which one is meant."""

    def texts(node: object) -> list[str]:
        if isinstance(node, dict | list | tuple):
            return [text for each in (node.values() if isinstance(node, dict) else node) for text in texts(each)]
        return [node] if isinstance(node, str) else []

    for question in QUESTIONS.values():
        for text in texts(msgspec.to_builtins(question)):
            first = re.search(r"ormalizacij\w* po grupi(.{0,40})", text)
            assert first is None or first[1].startswith(" (batch normalization, BatchNorm2d"), (question.id, text)
    assert "nije GroupNorm" in QUESTIONS["q1"].explain
