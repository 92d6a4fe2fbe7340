"""The same question with other numbers and its options in another order: asked, worked out and proved anew."""

from __future__ import annotations

import json
import random
import re
import string
from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.answers import Unreadable, written
from quizlab.model import (
    AnyQuestion,
    Atom,
    ChoiceQuestion,
    Dispute,
    Key,
    Mistake,
    Option,
    OptionQuestion,
    Recollection,
)
from quizlab.question import variants
from quizlab.question.grading import Graded, grade
from quizlab.question.key import key_of
from quizlab.question.texts import fill, placeholders
from quizlab.question.variants import combinations, draw, mistakes_of, order, posed, shuffled, varied
from tests.bank.small import bounded
from tests.conftest import Run, shipped_bank
from tests.proofs import proved, sound
from tests.samples import OPTIONS, choice, multi, number, oral, pair, shape

VARIED = number(variants={"c": (1, 8, 32)}, recollections=(Recollection("A", answer="9312"),))
FORKED = choice(
    options={**OPTIONS, "d": msgspec.structs.replace(OPTIONS["c"], text="četvrta", tag="cetvrta", last=True)},
    dispute=Dispute("c", ("third",), "I to.", "spor"),
    recollections=(Recollection("A", option="a"), Recollection("B", answer="ne znam", claims=("first",))),
)
SOUND = {name: sound(name) for name in ("lab3", "lab4")}
QUESTIONS = [(name, each) for name in SOUND for each in shipped_bank(name).questions]
SHIPPED = [each for _, each in QUESTIONS]
VARYING = [(name, each) for name, each in QUESTIONS if each.variants]
OPTIONAL = [each for each in SHIPPED if isinstance(each, OptionQuestion)]
SAMPLE = 10
"""So many combinations of each question are proved here; the stress tests prove all of them."""

ids = [each.id for _, each in VARYING]
each_varying = pytest.mark.parametrize(("lab", "question"), VARYING, ids=ids)
each_optional = pytest.mark.parametrize("question", OPTIONAL, ids=[each.id for each in OPTIONAL])


def sampled(question: AnyQuestion, number: int = SAMPLE) -> list[dict[str, Atom]]:
    return variants.several(question, number, random.Random(814))


# --- numbers -----------------------------------------------------------------------------------------


def test_drawn_numbers_are_others_than_those_asked_and_come_from_the_list() -> None:
    seen = {draw(VARIED, random.Random(seed))["c"] for seed in range(50)}
    assert seen == {1, 8}
    assert draw(choice(), random.Random(1)) == {}
    assert draw(number(variants={"c": (32,)}), random.Random(1)) == {}


def test_several_different_combinations_or_as_many_as_there_are() -> None:
    assert [values["c"] for values in variants.several(VARIED, 9, random.Random(1))] == [1, 8]
    many = number(params={"c": 1, "d": 1}, variants={"c": (1, 2, 3), "d": (1, 2, 3)})
    found = variants.several(many, 4, random.Random(1))
    assert len({tuple(values.items()) for values in found}) == 4
    assert {"c": 1, "d": 1} not in variants.several(many, 100, random.Random(1))
    assert variants.count(many) == 9 == len(list(combinations(many)))
    assert variants.count(choice()) == 0 == len(list(combinations(choice())))


@pytest.mark.parametrize(("wanted", "found"), [(-1, 0), (0, 0), (1, 1), (2, 2), (3, 2)])
def test_so_many_combinations_are_given_and_all_of_them_in_their_order(wanted: int, found: int) -> None:
    for seed in range(8):
        given = variants.several(VARIED, wanted, random.Random(seed))
        assert len(given) == found
        assert found < 2 or given == [{"c": 1}, {"c": 8}]


def test_what_cannot_be_read_agrees_with_nothing() -> None:
    for one, other in (("9312", "9*("), ("9*(", "9312"), ("9*(", "9*("), ("9313", "9312")):
        assert variants.agree(VARIED, one, other, VARIED.params) is False
    assert variants.agree(VARIED, "9*c*c + 96", "9312", VARIED.params) is True


def test_the_symbols_are_those_of_the_answer_or_of_all_its_parts() -> None:
    assert variants.symbols_of(pair()) == ("K", "M")
    assert variants.symbols_of(shape(symbols=("n",))) == ("n",)
    assert variants.symbols_of(choice()) == variants.symbols_of(number()) == ()


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


def test_a_mistake_is_excused_from_the_numbers_that_make_it_right() -> None:
    square = Mistake("bez-kvadrata", "9*c + 3*c", "Kanali se množe.", unless={"c": 1})
    base = number(params={"c": 1}, variants={"c": (1, 8)}, mistakes=(square,))
    assert mistakes_of(base) == ()
    assert isinstance(graded := grade(base, "12"), Graded)
    assert graded.outcome == "right"
    assert mistakes_of(varied(base, {"c": 8})) == (square,)
    assert isinstance(graded := grade(varied(base, {"c": 8}), "96"), Graded)
    assert graded.tag == "bez-kvadrata"


def test_other_numbers_are_asked_for_in_other_words_where_there_are_any() -> None:
    asked = number(asks="Koliko uz {c}?", variants={"c": (8,)})
    assert asked.prompt == "Koliko?"
    assert fill(varied(asked, {"c": 8}).prompt, {"c": 8}) == "Koliko uz 8?"
    assert varied(varied(asked, {"c": 8}), {"c": 1}).prompt == "Koliko uz {c}?"
    assert varied(VARIED, {"c": 8}).prompt == VARIED.prompt


def test_a_symbol_that_got_a_number_is_a_symbol_no_more() -> None:
    other = varied(pair(variants={"K": (5,), "M": (6,)}), {"K": 5, "M": 6})
    assert {name for part in other.parts for name in part.symbols} == set()
    assert key_of(other) == Key(("5", "24"), "5; 24")
    for typed, outcome in (("5; 24", "right"), ("5 i 4*6", "right"), ("24; 5", "wrong"), ("6; 24", "wrong")):
        assert isinstance(graded := grade(other, typed), Graded)
        assert graded.outcome == outcome
    half = varied(pair(variants={"K": (5,)}), {"K": 5})
    assert {part.symbols for part in half.parts} == {("M",)}
    assert isinstance(graded := grade(half, "M - 1; 4*M"), Graded)
    assert graded.outcome == "right"


def generated(**changes: Any) -> ChoiceQuestion:
    """A choice whose options follow the number."""
    options = {
        "a": msgspec.structs.replace(OPTIONS["a"], text="", claim="", answer="c + 1"),
        "b": msgspec.structs.replace(OPTIONS["b"], text="", claim="", answer="c**2"),
        "c": OPTIONS["c"],
    }
    return variants.worked_out(choice(options=options, params={"c": 28}, variants={"c": (5, 200)}, **changes))


def test_generated_options_say_and_are_their_values() -> None:
    base = generated()
    assert [(each.text, each.value) for each in base.options.values()] == [("29", 29), ("784", 784), ("treća", None)]
    other = varied(base, {"c": 200})
    assert [each.text for each in other.options.values()] == ["201", "40\u202f000", "treća"]
    for typed in ("b", "40 000", "40000"):
        assert isinstance(graded := grade(other, typed), Graded)
        assert graded.outcome == "right"
    assert variants.worked_out(other) == other
    half = variants.worked_out(choice(options={**base.options, "a": Option(answer="c / 8")}, params={"c": 28}))
    assert (half.options["a"].value, half.options["a"].text) == (3.5, "3,5")


@each_varying
def test_other_numbers_are_named_in_what_is_asked(lab: str, question: AnyQuestion) -> None:
    for values in sampled(question, 3):
        other = varied(question, values)
        assert set(question.variants) <= set(placeholders(other.prompt))
        assert not placeholders(fill(other.prompt, other.params))


def test_as_drawn_the_numbers_read_as_croatian_numbers() -> None:
    assert fill("{a} i {b}", {"a": 0.5, "b": -1.5}) == "0,5 i −1,5"


# --- the built models --------------------------------------------------------------------------------


@each_varying
def test_variants_of_the_banks_are_proved_by_the_built_models(lab: str, question: AnyQuestion) -> None:
    for values in sampled(question):
        other = varied(question, values)
        finding = SOUND[lab].finding(other)
        assert finding.verdict == "confirmed", (question.id, other.params, finding.problems)
        assert {judged.verdict for judged in finding.mistakes} <= {"refuted", "depends"}
        if isinstance(other, OptionQuestion):
            assert [judged.name for judged in finding.options if judged.verdict == "confirmed"] == [*other.answer]


@each_varying
def test_the_key_of_a_variant_is_right_and_each_mistake_wrong_by_its_name(lab: str, question: AnyQuestion) -> None:
    for values in sampled(question, 4):
        other = varied(question, values)
        for typed in (written(getattr(other, "answer", "")), key_of(other).text):
            assert isinstance(graded := grade(other, typed), Graded)
            assert graded.outcome == "right", (question.id, values, typed)
        for mistake in mistakes_of(other):
            assert isinstance(graded := grade(other, mistake.answer), Graded)
            assert (graded.outcome, graded.tag) == ("wrong", mistake.tag), (question.id, values)
            assert not placeholders(graded.says)


@each_varying
def test_a_mutated_key_is_refuted_with_every_number(lab: str, question: AnyQuestion) -> None:
    for values in sampled(question, 3):
        other = varied(question, values)
        if isinstance(other, ChoiceQuestion):
            wrong = [letter for letter in other.options if letter != other.answer]
            mutated = [msgspec.structs.replace(other, answer=letter) for letter in wrong]
        else:
            answer: Any = other.answer  # type: ignore[union-attr]
            parts = [mistake.answer.split(";") for mistake in mistakes_of(other)]
            wrong_keys = [tuple(map(str.strip, each)) if isinstance(answer, tuple) else each[0] for each in parts]
            mutated = [msgspec.structs.replace(other, answer=each) for each in wrong_keys]
        assert mutated
        for each in mutated:
            finding = SOUND[lab].finding(each)
            assert not proved(finding), (question.id, values, each.answer)  # type: ignore[union-attr]
            assert "key_refuted" in {problem.code for problem in finding.problems}


def test_a_distractor_that_its_mutated_model_does_not_give_is_found() -> None:
    (question,) = [each for each in SHIPPED if each.id == "q20"]
    assert isinstance(question, ChoiceQuestion)
    wrong = msgspec.structs.replace(question.options["b"], answer="channels + 1")
    broken = variants.worked_out(msgspec.structs.replace(question, options={**question.options, "b": wrong}))
    finding = SOUND["lab4"].finding(broken)
    assert [(problem.code, problem.field) for problem in finding.problems] == [("mistake_not_computed", "options.b")]
    assert finding.problems[0].args["value"] == "1"


# --- the order of the options ------------------------------------------------------------------------


def orders(question: OptionQuestion) -> st.SearchStrategy[str]:
    return st.permutations(list(question.options)).map("".join)


@bounded(60)
@given(data=st.data())
def test_a_shuffled_question_is_the_same_question(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from([FORKED, choice(), multi(), *OPTIONAL]))
    drawn = data.draw(orders(question))
    other = shuffled(question, drawn)
    assert list(other.options) == list(string.ascii_lowercase[: len(drawn)])
    assert [*other.options.values()] == [question.options[letter] for letter in drawn]
    for at, old in enumerate(drawn):
        before, after = grade(question, old), grade(other, string.ascii_lowercase[at])
        assert isinstance(before, Graded)
        assert isinstance(after, Graded)
        assert (after.outcome, after.tag, after.says) == (before.outcome, before.tag, before.says)
    assert isinstance(graded := grade(other, key_of(other).text), Graded)
    assert graded.outcome == "right"


@bounded(60)
@given(data=st.data())
def test_shuffling_back_gives_the_question_back(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from([FORKED, multi(), *OPTIONAL]))
    drawn = data.draw(orders(question))
    back = "".join(string.ascii_lowercase[drawn.index(letter)] for letter in question.options)
    assert shuffled(shuffled(question, drawn), back) == question
    assert shuffled(question, "".join(question.options)) is question


def test_what_was_remembered_and_the_second_camp_follow_their_options() -> None:
    other = shuffled(FORKED, "cadb")
    assert (other.answer, other.dispute.option) == ("d", "a")  # type: ignore[union-attr]
    assert [one.option for one in other.recollections] == ["b", ""]
    several = shuffled(multi(), "cab")
    assert {several.options[letter].text for letter in several.answer} == {"druga", "treća"}


@pytest.mark.parametrize("wrong", ["", "ab", "abcc", "abce", "abcde"])
def test_an_order_of_other_letters_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="order"):
        shuffled(FORKED, wrong)
    with pytest.raises(ValueError, match="order"):
        shuffled(number(), wrong or "a")


@bounded(60)
@given(st.data(), st.integers(0, 2**32), st.dictionaries(st.integers(0, 4), st.integers(0, 5)))
def test_the_key_comes_to_a_place_that_was_used_least(data: st.DataObject, seed: int, used: dict[int, int]) -> None:
    question = data.draw(st.sampled_from([FORKED, choice(), multi(), *OPTIONAL]))
    drawn = order(question, random.Random(seed), used)
    assert sorted(drawn) == sorted(question.options)
    last = [letter for letter, option in question.options.items() if option.last]
    assert list(drawn[len(drawn) - len(last) :]) == last
    if isinstance(question, ChoiceQuestion) and question.answer not in last:
        free = len(drawn) - len(last)
        place = drawn.index(question.answer)
        assert used.get(place, 0) == min(used.get(each, 0) for each in range(free))


def test_a_key_that_stays_last_stays_there() -> None:
    at_the_end = msgspec.structs.replace(FORKED, answer="d")
    assert {order(at_the_end, random.Random(seed), {3: 9})[-1] for seed in range(9)} == {"d"}


def test_over_a_session_no_place_is_right_more_often_than_another() -> None:
    choices = [each for each in OPTIONAL if isinstance(each, ChoiceQuestion)]
    for seed in range(20):
        rng = random.Random(seed)
        used: Counter[int] = Counter()
        for question in rng.sample(choices, len(choices)):
            used[order(question, rng, used).index(question.answer)] += 1
        assert max(used.values()) - min(used.values()) <= 1


def test_every_order_comes_up_and_none_of_a_question_without_options() -> None:
    assert {order(choice(), random.Random(seed), {}) for seed in range(200)} == {
        "abc",
        "acb",
        "bac",
        "bca",
        "cab",
        "cba",
    }
    assert order(number(), random.Random(1), {}) == order(oral(), random.Random(1), {}) == ""


TEXTS = re.compile(r"(?i)\b(?:odgovor|opcij|slov|pod|ponu[dđ]en)\w*\s+(?:[„»\"(]\s*)?[a-e][\"“”»).,:;]?(?=\s|$)")


def texts_of(question: OptionQuestion) -> list[str]:
    dispute = getattr(question, "dispute", None)
    return [
        question.prompt,
        question.asks,
        question.explain,
        *question.hints,
        *([dispute.says] if dispute else []),
        *(text for option in question.options.values() for text in (option.text, option.says)),
        *(one.note for one in question.recollections),
    ]


def test_the_search_for_letters_finds_them() -> None:
    for text in ("To je odgovor b.", "Odgovor a također vrijedi", "kao pod c)", "opciju „d” biraju", "slovo e"):
        assert TEXTS.search(text), text
    for text in ("odgovor je dobar", "pod kraj", "odgovor a=1?"):
        assert not TEXTS.search(text), text


@each_optional
def test_no_text_of_a_question_speaks_of_a_letter(question: OptionQuestion) -> None:
    for text in texts_of(question):
        assert not TEXTS.search(text), text


@each_optional
def test_options_about_the_others_stay_last(question: OptionQuestion) -> None:
    about_others = re.compile(r"(?i)ništa od|sve navedeno|svi navedeni|nijedan od|neki drug|ostali|oboje")
    for option in question.options.values():
        assert bool(about_others.search(option.text)) == option.last, option.text


# --- what a session asks -----------------------------------------------------------------------------


@bounded(80)
@given(data=st.data())
def test_what_the_log_keeps_poses_the_question_again_exactly(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(SHIPPED))
    rng = random.Random(data.draw(st.integers(0, 2**32)))
    values = {} if data.draw(st.booleans()) else draw(question, rng)
    drawn = order(question, rng, {})
    asked = posed(question, values, drawn)
    again = posed(question, json.loads(msgspec.json.encode(asked.params)), drawn)
    assert again == asked == posed(question, values, drawn)
    assert isinstance(graded := grade(asked, "sve" if not hasattr(asked, "answer") else key_of(asked).text), Graded)
    assert graded.outcome == "right"


@pytest.mark.parametrize("question", [*SHIPPED, number(), shape(), pair(), FORKED], ids=lambda each: each.id)
def test_posed_as_it_stands_a_question_is_itself(question: AnyQuestion) -> None:
    assert posed(question, question.params, "") is question
    assert posed(question, {}, "") is question


def test_what_no_longer_fits_a_changed_bank_is_passed_over() -> None:
    assert posed(VARIED, {"c": 8, "stari": 3}, "ab").params == {"c": 8}
    assert posed(FORKED, {}, "cab") is FORKED
    assert posed(number(), {"c": 8}, "").params == {"c": 8}, "a parameter need not vary"
    assert posed(pair(variants={"K": (5,)}), {"K": 5}, "").params == {"K": 5}, "what varies may be a symbol"
    assert shuffled(VARIED, "") is VARIED
    assert not isinstance(grade(posed(FORKED, {}, "dcba"), "c"), Unreadable)


# --- the command -------------------------------------------------------------------------------------


@pytest.mark.stress
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


def test_a_symbol_may_be_set_to_a_number(quizlab: Run) -> None:
    done = quizlab("verify", "q5", "--set", "K=4", "--json")
    (finding,) = json.loads(done.stdout)["findings"]
    assert (done.returncode, finding["verdict"], finding["parameters"]) == (0, "confirmed", {"K": 4})
    assert quizlab("verify", "q5", "--set", "K=x").returncode == 2
