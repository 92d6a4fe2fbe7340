"""Counts are exact and may be written with any thousands mark; real numbers to the precision typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.answers import holds, read_part, written
from tests.answers.helpers import COUNT, REAL, bad, bounded, case, good

MARKS = [" ", "\u00a0", "\u202f", "\u2009", ".", ",", "'", "’", "_"]
WIDE = st.integers(-(10**40), 10**40)


@bounded(200)
@given(WIDE, st.sampled_from(MARKS), st.sampled_from(["", "+", " "]), st.sampled_from(["-", "−", "–"]))
def test_every_thousands_mark_gives_the_count(number, mark, plus, minus):
    typed = (minus if number < 0 else plus) + f"{abs(number):,}".replace(",", mark)
    reading = good(COUNT, typed)
    assert holds(reading, case(number), {})
    assert not holds(reading, case(number + 1), {})
    assert not holds(reading, case(-number - 1), {})
    assert reading.shown == str(number).replace("-", "−")


@bounded(100)
@given(st.integers(1, 999), st.integers(0, 99), st.sampled_from(".,"))
def test_fewer_than_three_digits_after_a_mark_are_no_thousands(whole, rest, mark):
    typed = f"{whole}{mark}{rest:02}"
    if rest:
        assert bad(COUNT, typed) == "not_a_count"
    else:
        assert holds(good(COUNT, typed), case(whole), {})


@pytest.mark.parametrize(
    "typed",
    ["9312", "9 312", "9.312", "9,312", "9'312", "9_312", "9312.0", "9312,00", "9.312,0", "32*32*9 + 32 + 64",
     "32·32·3²+96", "9.216 + 96", "32x32x9+96", "9312 parametara", "9 312 parametara.", "= 9312", "N = 9312",
     "ukupno: 9312", "(9312)", "9312.", "18624/2", "0,5*18624", "9,312e3", "９３１２"],
)  # fmt: skip
def test_spellings_of_one_count(typed):
    reading = good(COUNT, typed)
    assert reading.shown == "9312"
    assert holds(reading, case(9312), {})
    assert holds(reading, case(9312.0), {})
    assert not holds(reading, case(9280), {})
    assert not holds(reading, case("9312"), {})
    assert not holds(reading, case((9312,)), {})


def test_a_truth_value_is_no_count():
    assert not holds(good(COUNT, "1"), case(True), {})
    assert not holds(good(REAL, "1"), case(True), {})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("9.31", "not_a_count"),
        ("9,3", "not_a_count"),
        ("1/3", "not_a_count"),
        ("9 31", "not_a_number"),
        ("9 31 2", "not_a_number"),
        ("1.201 100", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("9312 tisuća", "not_a_number"),
        ("devet tisuća i nešto", "not_a_number"),
        ("9312k", "not_a_number"),
        ("0x10", "not_a_number"),
        ("½", "not_a_count"),
        ("2½", "not_a_count"),
        ("5²³ⁿ", "not_a_number"),
        ("9312!", "not_a_number"),
        ("9216 + 96 = 9313", "sides_differ"),
        ("9312 (9216 + 95)", "unexpected"),
        ("ne znam", "given_up"),
        ("1/0", "no_value"),
        ("9**9**9**9", "too_big"),
        ("(3", "missing_bracket"),
        ("inf", "not_a_number"),
        ("nan", "not_a_number"),
        ("True", "not_a_number"),
    ],
)
def test_unreadable_counts(typed, code):
    assert bad(COUNT, typed) == code


@pytest.mark.parametrize(("typed", "value"), [("dva", 2), ("dvije", 2), ("2.", 2), ("drugog reda", 2), ("nula", 0)])
def test_small_numbers_in_words(typed, value):
    assert holds(good(COUNT, typed), case(value), {})


def test_expressions_over_the_parameters():
    params = {"kernel": 3, "c_in": 32, "c_out": 64, "bias": True, "name": "conv"}
    key = good(COUNT, "kernel**2 * c_in * c_out + c_out + 2 * c_in", params)
    assert key.shown == "18560"
    assert holds(key, case(18560), params)
    assert holds(key, case(25 * 32 * 64 + 64 + 64), {**params, "kernel": 5})
    assert holds(good(COUNT, "c_out·bias", params), case(64), params)
    assert read_part(COUNT, "name", params).args["known"] == "kernel, c_in, c_out, bias"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("0,5", "0,5"), ("0.5", "0,5"), (".5", "0,5"), (",5", "0,5"), ("1 234,5", "1234,5"), ("1.234,5", "1234,5"),
     ("1,234.5", "1234,5"), ("1e-4", "0,0001"), ("1,5E-3", "0,0015"), ("10^-4", "0,0001"), ("10⁻⁴", "0,0001"),
     ("0,831", "0,831"), ("2.50", "2,50"), ("32", "32"), ("12 345", "12345"), ("1.234.567", "1234567"),
     ("1,2340", "1,2340"), ("-0,25", "−0,25"), ("x = 0,83", "0,83"), ("1e", "2,71828182846"),
     ("1-3", "−2"), ("1e4-3", "9997"), ("2e3²", "4000000")],
)  # fmt: skip
def test_real_numbers(typed, shown):
    assert good(REAL, typed).shown == shown
    assert good(REAL, shown).shown == shown


@pytest.mark.parametrize("typed", ["1.234", "1,234", "12,345", "123.456", "1,000", "2*1.234"])
def test_thousands_or_decimals_is_asked_again(typed):
    found = read_part(REAL, typed, {})
    assert found.code == "ambiguous_number"
    assert found.args["typed"] == typed
    assert good(REAL, found.args["one"]) != good(REAL, found.args["other"])


@pytest.mark.parametrize(
    ("typed", "measured", "right"),
    [
        ("0,831", 0.8312, True),
        ("0,831", 0.8316, False),
        ("0,83", 0.8312, False),
        ("0,83", 0.8302, True),
        ("0,8312", 0.83123, True),
        ("0,8313", 0.83123, False),
        ("0,5", 0.5, True),
        ("0,5", 0.50051, False),
        ("1e-4", 0.0001, True),
        ("1e-4", 0.001, False),
        ("0,1", 0.10000000149011612, True),
        ("1/3", 0.3333333432674408, True),
        ("1/3", 0.333, False),
        ("0", 0.0, True),
        ("0", 0.01, False),
        ("32", 32, True),
        ("32", 33, False),
        ("1201100", 1201101.0, False),
        ("1201100", 1201100.0, True),
        ("−2,5", -2.5, True),
        ("−2,5", 2.5, False),
        ("0,5", 10**400, False),
        ("1e-4", float("inf"), False),
        ("1e-4", float("nan"), False),
    ],
)
def test_real_numbers_hold_to_the_precision_typed(typed, measured, right):
    assert holds(good(REAL, typed), case(measured), {}) == right


@bounded(200)
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_a_real_number_of_a_bank_reads_back_as_itself(number):
    reading = good(REAL, written(number))
    assert holds(reading, case(number), {})
    assert good(REAL, reading.shown).shown == reading.shown


@bounded(100)
@given(st.integers(-(10**6), 10**6), st.sampled_from([".", ","]), st.integers(0, 3))
def test_decimal_comma_and_point_are_one(number, mark, places):
    typed = f"{number / 10**places:.{places}f}".replace(".", mark)
    found = read_part(REAL, typed, {})
    other = read_part(REAL, typed.translate(str.maketrans(".,", ",.")), {})
    assert getattr(found, "shown", found.__class__) == getattr(other, "shown", other.__class__)
