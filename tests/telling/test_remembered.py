"""What the lists remembered, in a line, and what to mark where that is not simply the key."""

from __future__ import annotations

import msgspec
import pytest

from quizlab.bank import load, shipped
from quizlab.model import AnyQuestion, Bank, Dispute, Group, Recollection, Ruling
from quizlab.question import variants
from quizlab.telling import remembered
from tests import samples

GROUPS = {"A": Group("bilješke", "2024-06-02"), "B": Group("popis")}
DISPUTE = Dispute("c", ("third",), "Sporno.", "tabor")


def bank(*questions: AnyQuestion) -> Bank:
    return Bank("lab4", "Ugrađivanje", GROUPS, questions, {})


def marked(number: int, option: str = "b") -> AnyQuestion:
    return samples.choice(id=f"m{number}", recollections=(Recollection("A", option=option),))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (samples.number(), ""),
        (samples.number(recollections=(Recollection("A"),)), ""),
        (
            samples.number(recollections=(Recollection("A", "9 312"), Recollection("B", "9312"))),
            "Tako je i zapamćeno (bilješke; popis).",
        ),
        (
            samples.number(recollections=(Recollection("A", "9312"), Recollection("B", "9*c*c*c"))),
            "Zapamćeno: 9312 (bilješke), 294\u202f912 (popis).",
        ),
        (
            samples.choice(
                recollections=(Recollection("A", option="b"), Recollection("B", "tako nekako", claims=("first",)))
            ),
            "Zapamćeno: „druga” (bilješke), „tako nekako” (popis).",
        ),
        (
            samples.oral(
                recollections=(Recollection("A", "pola", claims=("first",), ruling=Ruling("incomplete", ("second",))),)
            ),
            "Zapamćeno: „pola” (bilješke; nepotpuno).",
        ),
        (
            samples.choice(dispute=DISPUTE, recollections=(Recollection("A", option="b"),)),
            "Zapamćeno: „druga” (bilješke).",
        ),
    ],
)
def test_what_was_remembered_is_a_sentence_with_its_sources(question: AnyQuestion, said: str) -> None:
    assert remembered.line(question, GROUPS) == said


def test_the_computed_verdict_stands_beside_an_answer() -> None:
    from quizlab.proof.judge import judge

    question = samples.choice(recollections=(Recollection("A", option="a"), Recollection("B", option="b")))
    finding = judge(question, samples.evidence(first=False, second=True, third=False))
    assert remembered.line(question, GROUPS, finding) == "Zapamćeno: „prva” (bilješke; opovrgnuto), „druga” (popis)."


def test_with_other_numbers_nothing_was_remembered() -> None:
    question = samples.number(recollections=(Recollection("A", "9312"),), variants={"c": (8, 32)})
    assert remembered.line(variants.varied(question, {"c": 8}), GROUPS) == ""


def test_the_advice_of_the_bank_comes_first() -> None:
    question = samples.number(mark="Na blicu biraj {c}.")
    assert remembered.advice(question, bank(question)) == "Na blicu biraj 32."
    assert remembered.advice(samples.number(), bank()) == ""


def test_a_refuted_option_that_was_marked_is_no_advice() -> None:
    question = samples.choice(recollections=(Recollection("A", option="a"),))
    said = "Na blicu biraj „druga”; zapamćeno je i „prva”, ali to izračun opovrgava."
    assert remembered.advice(question, bank(question)) == said


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (
            ("b", "b", "b"),
            "Na blicu biraj „treća”: tako je označeno na popisu (bilješke), a svi su ostali odgovori označeni na "
            "njemu (3) točni, pa je vjerojatno i taj tako ocijenjen.",
        ),
        (("b", "b"), ""),
        (("b", "b", "b", "a"), ""),
    ],
)
def test_a_list_is_followed_in_a_dispute_only_if_all_else_on_it_is_right(others: tuple[str, ...], said: str) -> None:
    question = samples.choice(dispute=DISPUTE, recollections=(Recollection("A", option="c"),))
    rest = [marked(number, option) for number, option in enumerate(others)]
    assert remembered.advice(question, bank(question, *rest)) == said


def test_in_a_dispute_the_key_is_marked_if_that_is_what_was_remembered() -> None:
    question = samples.choice(dispute=DISPUTE, recollections=(Recollection("A", option="b"),))
    assert remembered.advice(question, bank(question)) == "Na blicu biraj „druga”: tako je zapamćeno."


def test_all_nine_other_answers_of_the_list_with_the_dispute_are_right() -> None:
    (shipped_bank,) = (load(path) for path in shipped() if path.stem == "lab3")
    assert remembered.record(shipped_bank, "F", "q37") == (True,) * 9
    changed = [
        msgspec.structs.replace(each, answer="a") if each.id == "q28" else each for each in shipped_bank.questions
    ]
    spoiled = msgspec.structs.replace(shipped_bank, questions=tuple(changed))  # type: ignore[type-var]
    (question,) = (each for each in shipped_bank.questions if each.id == "q37")
    assert "(9) točni" in remembered.advice(question, shipped_bank)
    assert remembered.advice(question, spoiled) != remembered.advice(question, shipped_bank)


@pytest.mark.parametrize("name", ["q7", "q9", "q13", "q16", "q18", "q30", "q33", "q37", "q56"])
def test_questions_whose_quiz_was_another_say_what_to_mark(name: str) -> None:
    found, whole = next((each, one) for one in map(load, shipped()) for each in one.questions if each.id == name)
    assert "blicu" in remembered.advice(found, whole)
