"""The cheat sheet: one page a lab, and nothing on it that is not so."""

from __future__ import annotations

import msgspec
import pytest

from quizlab import bank
from quizlab.export import FORMATS, Exported
from quizlab.export.sheet import CHARACTERS, LINES
from quizlab.model import Bank, ChoiceQuestion, Finding, Judged, JudgedRecollection, OptionQuestion, Point, Recollection
from quizlab.question.key import key_of
from quizlab.question.variants import mistakes_of
from quizlab.telling import words
from tests import samples
from tests.export import helpers

BANKS = [bank.load(path) for path in bank.shipped()]


def sheet_of(*entries: Exported) -> str:
    return FORMATS["sheet"]("Podsjetnik", entries).text(str)


def proved(of: Bank) -> list[Exported]:
    """Every question of a bank as if its key were confirmed and what was remembered refuted: the longest sheet."""
    found = []
    for question in of.questions:
        mistakes = tuple(Judged(each.tag, each.answer, "refuted") for each in mistakes_of(question))
        remembered = tuple(JudgedRecollection(each.group, each.answer, "refuted") for each in question.recollections)
        finding = Finding(question.id, "confirmed", key_of(question), dict(question.params), mistakes=mistakes)
        evidence = samples.evidence()
        found.append(
            Exported(of, question, Finding(**{**_fields(finding), "recollections": remembered, "evidence": evidence}))
        )
    return found


def _fields(finding: Finding) -> dict[str, object]:
    return {name: getattr(finding, name) for name in finding.__struct_fields__}


@pytest.mark.parametrize("of", BANKS, ids=lambda each: each.name)
def test_a_lab_fits_one_page(of: Bank) -> None:
    text = sheet_of(*proved(of))
    assert len(text) <= CHARACTERS
    assert len(text.splitlines()) <= LINES
    assert "### Zamke" in text


@pytest.mark.parametrize("of", BANKS, ids=lambda each: each.name)
def test_every_question_is_there_with_its_answer(of: Bank) -> None:
    shown, _ = helpers.read(sheet_of(*proved(of)))
    assert shown.count(" → ") >= len(of.questions)
    for question in of.questions:
        if isinstance(question, OptionQuestion):
            for letter in question.answer:
                said = words.text(question.options[letter].text, question.params)
                assert " ".join(said.split()) in shown, question.id


def test_an_explanation_is_cut_between_key_points() -> None:
    points = tuple(Point(f"točka {number} {'x' * 60}.", "first") for number in range(5))
    long = Point("y" * 400 + ".", "first")
    whole = f"točka 0 {'x' * 60}. točka 1 {'x' * 60}. …"
    for given, said in ((points, whole), ((long, points[0]), f"{'y' * 400}. …")):
        question = samples.oral(points=given)
        found = helpers.finding(question, evidence=samples.evidence(first=True))
        lines = sheet_of(Exported(helpers.bank(question), question, found)).split("\n")
        assert [each for each in lines if "→" in each] == [f"- Koliko? → {said}"]


def test_equations_come_first() -> None:
    points = tuple(Point(f"$a_{number} = {'x' * 30}$.") for number in range(6))
    question = samples.oral(points=points)
    text = sheet_of(Exported(helpers.bank(question), question, helpers.finding(question)))
    assert len(helpers.formulas(text)) == 6


def test_what_only_says_how_to_answer_is_left_out() -> None:
    question = samples.number(prompt="Koliki je raspon? Računaj bez pristranosti. Napiši interval.")
    text = sheet_of(Exported(helpers.bank(question), question, helpers.finding(question)))
    assert "- Koliki je raspon? Računaj bez pristranosti. → **9312**" in text


def test_traps_are_those_that_someone_fell_into() -> None:
    first, *_ = helpers.entries()
    traps = sheet_of(first).split("### Zamke\n\n")[1].splitlines()
    assert helpers.read(traps[0])[0] == "q1: ✗ 9*c*c*c = 294 912 – krivo | množenje"
    assert helpers.read(traps[1])[0] == "q1: ✗ 9280 – Zaboravljene su pristranosti (32)."


def test_what_is_not_proved_is_said() -> None:
    question = samples.number(answer="1")
    refuted = sheet_of(Exported(helpers.bank(question), question, helpers.finding(question)))
    assert "(opovrgnuto) Koliko?" in refuted
    missing = sheet_of(Exported(helpers.bank(question), question, Finding("n1", "error", samples.key("1"), {"c": 32})))
    assert "(dokaz nije izračunat) Koliko?" in missing


def test_the_other_side_of_a_dispute_is_said() -> None:
    lab3 = bank.load(next(path for path in bank.shipped() if path.stem == "lab3"))
    said = [line for line in sheet_of(*proved(lab3)).splitlines() if "sporno; drugi odgovor: " in line]
    disputed = [each for each in lab3.questions if isinstance(each, ChoiceQuestion) and each.dispute]
    assert len(said) == len(disputed) == 2
    for question, line in zip(disputed, said, strict=True):
        assert question.dispute is not None
        assert question.options[question.dispute.option].text in line


def test_hostile_text_is_text() -> None:
    text = sheet_of(*helpers.entries())
    shown, tags = helpers.read(text)
    assert tags <= {"h1", "h2", "h3", "ul", "li", "strong", "em", "code", "p"}
    assert "<script>alert(1)</script>" in shown


def test_an_empty_sheet_is_a_sheet() -> None:
    assert sheet_of() == "# Podsjetnik\n"


def test_a_slip_of_a_source_that_has_the_right_answer_is_no_trap() -> None:
    question = samples.number(recollections=(Recollection("A", "9312"), Recollection("A", "1"), Recollection("B", "2")))
    judged = tuple(
        JudgedRecollection(each.group, each.answer, "confirmed" if each.answer == "9312" else "refuted")
        for each in question.recollections
    )
    found = msgspec.structs.replace(helpers.finding(question), recollections=judged)
    traps = sheet_of(Exported(helpers.bank(question), question, found)).split("### Zamke")[1]
    assert "✗ 2" in traps
    assert "✗ 1\n" not in traps
