"""Choices by letter or by text, and key points by number."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.answers import Reading, Unreadable, cases_of, holds, read, read_answer
from quizlab.model import ChoiceQuestion, OpenQuestion, Option, Point
from tests.answers.helpers import CHOICE, MULTI, OPEN, bounded, case, question
from tests.conftest import question as shipped


@pytest.mark.parametrize(
    ("typed", "letter"),
    [("b", "b"), ("B", "b"), ("b)", "b"), ("(b)", "b"), (" b. ", "b"), ("pod b", "b"), ("odgovor: b", "b"),
     ("784", "c"), ("1", "b"), ("PCA", "d"), ("glavnih komponenti", "d"), ("analiza glavnih komponenti (PCA)", "d"),
     ("d) Analiza glavnih komponenti (PCA)", "d"), ("„a”", "a")],
)  # fmt: skip
def test_choice(typed, letter):
    reading = read(CHOICE, typed)
    assert isinstance(reading, Reading)
    assert reading.shown == letter
    assert holds(reading, case(letter), {})
    assert not holds(reading, case("x"), {})


@pytest.mark.parametrize(
    ("typed", "code"),
    [("e", "not_an_option"), ("78", "not_an_option"), ("d) 784", "not_an_option"), ("-", "not_an_option"),
     ("a b", "one_option_only"), ("abc", "one_option_only"), ("vektori", "not_an_option"), ("sve", "not_an_option")],
)  # fmt: skip
def test_not_a_choice(typed, code):
    found = read(CHOICE, typed)
    assert isinstance(found, Unreadable)
    assert (found.code, found.args["known"]) == (code, "a, b, c, d")


def test_a_letter_is_never_a_text():
    asked = question(ChoiceQuestion, options={"a": Option("b"), "b": Option("a"), "c": Option("ab")}, answer="a")
    assert [read(asked, letter).shown for letter in "abc"] == ["a", "b", "c"]
    assert read(asked, "ab").shown == "c"


def test_a_text_of_two_options_is_not_guessed():
    asked = question(ChoiceQuestion, options={"a": Option("W-hh"), "b": Option("W_hh")}, answer="a")
    assert read(asked, "w hh").code == "not_an_option"


def test_other_letters_and_capitals_in_the_bank():
    asked = question(ChoiceQuestion, options={"A": Option("x y"), "B": Option("z")}, answer="A")
    assert read(asked, "a").shown == "A"


@bounded(150)
@given(
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=6),
    st.sampled_from([" ", ",", ", ", "", "; ", " i ", ")", ". ", "+", " & ", "/"]),
    st.booleans(),
)
def test_several_letters_in_any_order_with_any_separator(letters, separator, capital):
    typed = separator.join(letters)
    reading = read(MULTI, typed.upper() if capital else typed)
    assert reading.shown == ", ".join(sorted(set(letters)))
    assert holds(reading, case(tuple(sorted(set(letters)))), {})
    assert read(MULTI, reading.shown) == reading


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("sve", "a, b, c, d"), ("ništa", "-"), ("-", "-"), ("nijedan", "d"), ("<pad>, <unk>", "a, b"),
     ("<PAD> i <UNK>", "a, b"), ("b) <UNK>", "b"), ("<EOS>", "c")],
)  # fmt: skip
def test_several_by_words(typed, shown):
    assert read(MULTI, typed).shown == shown


def test_each_set_of_letters_holds_only_for_itself():
    sets = [one for size in range(5) for one in combinations("abcd", size)]
    for typed in sets:
        reading = read(MULTI, ",".join(typed) or "-")
        assert [holds(reading, case(other), {}) for other in sets] == [other == typed for other in sets]


def test_keys_are_one_case():
    assert cases_of(read_answer(CHOICE, "c"), CHOICE, {}, random.Random(1)) == (case("c"),)
    assert cases_of(read_answer(MULTI, ("a", "b")), MULTI, {}, random.Random(1)) == (case(("a", "b")),)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("1 3", "1, 3"), ("1,3", "1, 3"), ("3 1", "1, 3"), ("13", "1, 3"), ("1 i 3", "1, 3"), ("1-3", "1, 2, 3"),
     ("sve", "1, 2, 3, 4"), ("ništa", "-"), ("-", "-"), ("0", "-"), ("1, 2–4", "1, 2, 3, 4"), ("(2)", "2"),
     ("1. 2.", "1, 2")],
)  # fmt: skip
def test_points(typed, shown):
    reading = read(OPEN, typed)
    assert reading.shown == shown
    assert read(OPEN, shown) == reading


@pytest.mark.parametrize("typed", ["5", "abc", "1, 9", "3-1", "1 dva", "15"])
def test_no_such_point(typed):
    assert read(OPEN, typed).code == "not_a_point"
    assert read(OPEN, typed).args["known"] == "1–4"


def test_more_than_nine_points_are_not_cut_into_digits():
    asked = question(OpenQuestion, points=tuple(Point(str(number)) for number in range(12)))
    assert read(asked, "12").shown == "12"
    assert read(asked, "13").code == "not_a_point"


@pytest.mark.parametrize("typed", ["b d", "bd", "b, d", "b,d", "b i d", "D b", "bd d", "db."])
def test_several_letters_together_or_apart(typed):
    asked = shipped("q38")
    assert read(asked, typed).shown == "b, d"
    assert [read(asked, each).shown for each in ("ab d", "a bd", "abd", "d ab")] == ["a, b, d"] * 4
