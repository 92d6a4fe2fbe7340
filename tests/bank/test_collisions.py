"""What ``quizlab check`` proves over all numbers: every answer has a value, and no two are alike."""

from __future__ import annotations

import itertools
import random
import re
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab import bank
from quizlab.bank import collisions, limits
from quizlab.cli import run
from quizlab.model import Mistake, Problem
from quizlab.question import variants
from tests.bank.small import CHOICE, HEAD, NUMBER, bounded, changed, write
from tests.samples import choice, number, pair, shape

SHIPPED = [question for path in bank.shipped() for question in bank.load(path).questions]
VARYING = [question for question in SHIPPED if question.variants]


def found(question: object) -> list[Problem]:
    return list(collisions.check_variants(question))  # type: ignore[arg-type]


def codes(question: object) -> list[str]:
    return [problem.code for problem in found(question)]


def test_the_shipped_banks_are_sound_and_the_proof_is_quick() -> None:
    start = time.perf_counter()
    assert [problem for question in SHIPPED for problem in found(question)] == []
    assert time.perf_counter() - start < 2  # measured: 0.07 s


def test_enough_questions_vary_and_each_by_several_numbers() -> None:
    answered = {"number", "shape", "formula", "interval", "tuple"}
    closed = [each for each in SHIPPED if each.__struct_config__.tag in answered]
    assert all(each.variants for each in closed)
    assert len(closed) >= 20
    assert len(VARYING) >= 24
    assert all(4 <= variants.count(each) <= limits.COMBINATIONS for each in VARYING)


@pytest.mark.parametrize("question", VARYING, ids=lambda each: each.id)
def test_the_proof_agrees_with_pairwise_comparison_as_grading_does_it(question: object) -> None:
    """The oracle compares every two answers as grading would, for a sample of the numbers."""
    combinations = list(variants.combinations(question))  # type: ignore[arg-type]
    for values in random.Random(1).sample(combinations, min(5, len(combinations))):
        other = variants.varied(question, values)  # type: ignore[type-var]
        written = [getattr(other, "answer", ""), *(each.answer for each in variants.mistakes_of(other))]
        if len(written) > 1:
            for one, two in itertools.permutations(written, 2):
                assert not variants.agree(other, one, two, other.params), (other.id, values, one, two)


def test_a_mistake_that_is_the_key_for_one_number_is_found_with_that_number() -> None:
    square = Mistake("bez-kvadrata", "9*c + 3*c", "Kanali se množe.")
    (problem,) = found(number(variants={"c": (1, 8, 32)}, mistakes=(square,)))
    assert (problem.code, problem.field) == ("mistake_is_key", "mistakes[0].answer")
    assert (problem.args["name"], problem.args["numbers"]) == ("bez-kvadrata", "c = 1")
    assert codes(number(variants={"c": (2, 8)}, mistakes=(square,))) == []


def test_a_mistake_may_be_excused_from_the_numbers_that_make_it_right() -> None:
    square = Mistake("bez-kvadrata", "9*c + 3*c", "Kanali se množe.", unless={"c": 1})
    assert codes(number(variants={"c": (1, 8, 32)}, mistakes=(square,))) == []
    twin = Mistake("isto", "12", "Ne.")
    assert codes(number(variants={"c": (1, 8)}, mistakes=(square, twin))) == ["mistake_is_key"]


def test_two_mistakes_that_come_to_the_same_are_found_once() -> None:
    mistakes = (Mistake("prva", "c**2", "Ne."), Mistake("druga", "5*c", "Ne."))
    problems = found(number(variants={"c": (3, 5, 7)}, mistakes=mistakes))
    assert [(each.code, each.args["other"], each.args["numbers"]) for each in problems] == [
        ("mistakes_alike", "prva", "c = 5")
    ]
    assert problems[0].args["name"] == "druga"


def test_accepted_forms_and_the_numbers_of_the_quiz_count_too() -> None:
    assert codes(number(mistakes=(Mistake("isti", "9312", "Ne."),))) == ["mistake_is_key"]
    assert codes(shape(mistakes=(Mistake("isti", "(1, 784)", "Ne."),))) == ["mistake_is_key"]
    assert codes(pair(mistakes=(Mistake("isti", "M - 1; K*M - M", "Ne."),))) == ["mistake_is_key"]


def test_a_symbol_with_a_number_is_looked_at_as_that_number() -> None:
    doubled = Mistake("dvaput", "M - 1; M", "Ne.")
    assert codes(pair(variants={"K": (3, 4)}, mistakes=(doubled,))) == []
    (problem,) = found(pair(variants={"K": (2, 3)}, mistakes=(doubled,)))
    assert (problem.code, problem.args["numbers"]) == ("mistake_is_key", "K = 2")


def test_an_answer_without_a_value_is_found() -> None:
    shared = (Mistake("dijeljenje", "12/(c - 2)", "Ne."),)
    for none in (2, 7):  # a division by zero; no count
        problems = found(number(answer="99*c", params={"c": 3}, variants={"c": (4, none)}, mistakes=shared))
        assert [(each.code, each.args["numbers"]) for each in problems] == [("answer_without_value", f"c = {none}")]


def test_options_that_become_alike_are_found() -> None:
    options = choice().options
    generated = {
        "a": type(options["a"])(answer="c**2", says="Ne.", tag="kvadrat"),
        "b": type(options["b"])(answer="4*c"),
        "c": options["c"],
    }
    assert codes(choice(options=generated, params={"c": 3}, variants={"c": (5, 6)})) == []
    (problem,) = found(choice(options=generated, params={"c": 3}, variants={"c": (4, 6)}))
    assert (problem.code, problem.field, problem.args["numbers"]) == ("options_alike", "options.b", "c = 4")
    assert problem.args["value"] == "16"


def test_more_numbers_than_can_be_gone_through_are_refused() -> None:
    (problem,) = limits.check_limits(number(variants={"c": tuple(range(1, 1002))}))
    assert (problem.code, problem.args) == ("too_many_variants", {"number": "1001", "most": "1000"})


@bounded(60)
@given(
    key=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    mistake=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    numbers=st.lists(st.integers(1, 9), min_size=1, max_size=5, unique=True),
)
def test_lines_coincide_exactly_where_they_cross(
    key: tuple[int, int], mistake: tuple[int, int], numbers: list[int]
) -> None:
    """Two lines a·c + b: where they meet is known without trying."""
    (a, b), (p, q) = key, mistake
    asked = number(
        answer=f"{a}*c + {b}",
        params={"c": 100},
        variants={"c": tuple(numbers)},
        mistakes=(Mistake("druga", f"{p}*c + {q}", "Ne."),),
    )
    crossing = None if a == p else Fraction(q - b, a - p)
    meets = key == mistake or crossing in (100, *numbers)
    assert bool(found(asked)) == meets


def test_check_refuses_a_colliding_bank_with_one_sentence_and_load_does_not(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    text = HEAD + NUMBER.replace("s {c_in} ulaznih", "s {c_in} ulaznih i {c_out} izlaznih")
    text = changed("{c_in: [1, 3]}", "{c_in: [3, 1], c_out: [8, 16]}", text)
    text = changed("answer: 9*c_in*c_out + 2*c_in\n", "answer: 9*c_in*c_out + c_out + 2*c_in*c_in\n", text)
    path = write(tmp_path, text)
    assert bank.load(path)
    with pytest.raises(bank.BankError):
        bank.load(path, thorough=True)
    assert run(["check", str(path)]) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    line = text[: text.index("answer: 9*c_in*c_out + c_out + 2*c_in*c_in")].count("\n") + 1
    sentence = (
        "Pogreška bez-pristranosti daje isto što i točan odgovor uz kernel = 3, c_in = 1, c_out = 8. "
        "Ukloni te brojeve ili dodaj unless."
    )
    assert heard.err == f"{path}:{line}: n1: mistakes[0].answer: {sentence}\n"


def test_every_sentence_of_the_proof_is_whole(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    twins = changed(
        "    explain: Zato.\n",
        "      - {tag: prva, answer: c_in, says: Ne.}\n      - {tag: druga, answer: 3*c_in - 2, says: Ne.}\n"
        "      - {tag: treca, answer: 62/(c_in - 1), says: Ne.}\n    explain: Zato.\n",
        HEAD + NUMBER,
    )
    alike = HEAD + changed(
        "      a: {text: prvo, claim: one}\n",
        "      a: {answer: c_in + 5}\n",
        CHOICE.replace("kind: choice", "kind: choice\n    params: {c_in: 9}\n    variants: {c_in: [2, 3]}"),
    ).replace("Što je istina?", "Što je istina za {c_in}?")
    long = ", ".join(map(str, range(2, 368)))
    many = changed("{c_in: [1, 3]}", f"{{c_in: [{long}], c_out: [1, 2, 3]}}", HEAD + NUMBER)
    many = many.replace("s {c_in} ulaznih", "s {c_in} ulaznih i {c_out} izlaznih")
    said = []
    for text in (twins, alike, many):
        path = write(tmp_path, text)
        assert run(["check", str(path)]) == 2
        said += [line.removeprefix(f"{path}:") for line in capsys.readouterr().err.splitlines()]
    sentences = [line.split(": ", 3)[3] if line.count(": ") > 2 else line.split(": ", 2)[2] for line in said]
    assert sentences == [
        "Pogreške prva i druga daju isto uz kernel = 3, c_in = 1, c_out = 32. Ukloni te brojeve ili jednu pogrešku.",
        "Odgovor 62/(c_in - 1) nema vrijednosti uz kernel = 3, c_in = 1, c_out = 32. Ispravi ga ili ukloni te brojeve.",
        "Odgovori a i b isti su uz c_in = 2 (7). Ukloni te brojeve iz varijanata.",
        "Kombinacija ima previše (1098, a provjeriti se može najviše 1000). Skrati popise.",
    ]
    assert not any(re.search(r"[{}]|None", each) for each in sentences)
