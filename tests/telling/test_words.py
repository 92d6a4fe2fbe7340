"""Croatian words against naive tables, and text that is safe to print."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.numbers import NARROW
from quizlab.telling import words
from tests.bank.small import bounded

ONE = [1, *range(21, 100, 10), 101, *range(121, 200, 10)]
FEW = [2, 3, 4, *(tens + ones for tens in range(20, 100, 10) for ones in (2, 3, 4)), 102, 103, 104]
FEW += [tens + ones for tens in range(120, 200, 10) for ones in (2, 3, 4)]


def test_forms_against_a_table():
    for number in range(201):
        expected = "točka" if number in ONE else "točke" if number in FEW else "točaka"
        assert words.form(number, "točka", "točke", "točaka") == expected
        assert words.form(-number, "točka", "točke", "točaka") == expected
        assert words.counted(number, "točka", "točke", "točaka") == f"{number} {expected}"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 pitanja"), (1, "1 pitanje"), (2, "2 pitanja"), (5, "5 pitanja"), (11, "11 pitanja"), (21, "21 pitanje")],
)
def test_questions(number, text):
    assert words.questions(number) == text
    assert words.questions(number + 100) == f"{number + 100} {text.split()[1]}"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (9312, "9312"),
        (-9999, "−9999"),
        (10_000, "10\u202f000"),
        (-12_345, "−12\u202f345"),
        (1_234_567, "1\u202f234\u202f567"),
        (10**400, NARROW.join(["10", *["000"] * 133])),
        (True, "da"),
        (False, "ne"),
        (0.5, "0,5"),
        (-0.25, "−0,25"),
        (2.0, "2"),
        (-0.0, "0"),
        (0.1 + 0.2, "0,3"),
        (1 / 3, "0,3333"),
        (2 / 3, "0,6667"),
        (3.14159, "3,1416"),
        (123.456, "123,5"),
        (12_345.6, "12\u202f346"),
        (9999.97, "10\u202f000"),
        (123_456.7, "123\u202f457"),
        (1_234_567.8, "1,235 · 10⁶"),
        (1e20, "1 · 10²⁰"),
        (1e-5, "1 · 10⁻⁵"),
        (-2.5e-7, "−2,5 · 10⁻⁷"),
        (0.0001, "0,0001"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
        (float("nan"), "NaN"),
    ],
)
def test_counts(number, text):
    assert words.count(number) == text


@bounded(200)
@given(st.integers())
def test_a_count_reads_back(number):
    text = words.count(number)
    assert int(text.replace("\u202f", "").replace("−", "-")) == number
    assert ("\u202f" in text) == (abs(number) >= 10_000)
    assert all(len(group) == 3 for group in text.split("\u202f")[1:])


@bounded(300)
@given(st.floats(-1e300, 1e300))
def test_a_real_number_reads_back_to_four_digits(number):
    text = words.count(number).replace("\u202f", "").replace("−", "-").replace(",", ".")
    digits, _, power = text.partition(" · 10")
    exponent = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    assert float(f"{digits}e{exponent or 0}") == pytest.approx(number, rel=6e-4, abs=0)
    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?|-?\d\.\d{3}0", digits)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (None, ""),
        (9312, "9312"),
        (25_000, "25\u202f000"),
        ((64, 32), "(64, 32)"),
        ((64, 12_288), "(64, 12\u202f288)"),
        ((0.5, "mlp"), "(0,5; 'mlp')"),
        ((-1.0, 0.5, False, True), "(−1; 0,5]"),
        ("a\x1b[0m\n b", "a[0m b"),
    ],
)
def test_values(found, text):
    assert words.value(found) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0,0 s"),
        (0.36, "0,4 s"),
        (9.94, "9,9 s"),
        (9.96, "10 s"),
        (12.4, "12 s"),
        (59.4, "59 s"),
        (59.6, "1 min 0 s"),
        (372, "6 min 12 s"),
        (3600, "60 min 0 s"),
    ],
)
def test_durations(seconds, text):
    assert words.duration(seconds) == text


@bounded(100)
@given(st.dates())
def test_a_day_has_no_zeros_in_front(found):
    assert words.day(found.isoformat()) == f"{found.day}. {found.month}. {found.year}."


@pytest.mark.parametrize(("iso", "text"), [("2024-06-02", "2. 6. 2024."), ("ljeto\x1b 2024", "ljeto 2024"), ("", "")])
def test_days(iso, text):
    assert words.day(iso) == text


NOW = datetime(2024, 6, 30, 0, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("then", "text"),
    [
        ("2024-06-30T00:10:00+02:00", "danas"),
        ("2024-06-29T22:20:00+00:00", "danas"),  # the same moment of a night, told in Greenwich
        ("2024-06-29T21:20:00+00:00", "jučer"),
        ("2024-06-29T23:59:00+02:00", "jučer"),
        ("2024-06-28T12:00:00+02:00", "prije 2 dana"),
        ("2024-06-25T12:00:00+02:00", "prije 5 dana"),
        ("2024-06-19T12:00:00+02:00", "prije 11 dana"),
        ("2024-06-09T12:00:00+02:00", "prije 21 dan"),
        ("2024-07-02T12:00:00+02:00", "danas"),  # the clock was wrong
        ("0001-01-01T00:00:00", ""),
        ("", ""),
        ("jučer", ""),
    ],
)
def test_how_long_ago(then, text):
    found = words.ago(then, NOW)
    assert found == text or (then.startswith("0001") and found.startswith("prije "))
    assert words.ago(NOW.astimezone(UTC).isoformat(), NOW) == "danas"


@bounded(500)
@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_safe_text_holds_no_commands(text):
    safe = words.safe(text)
    assert words.safe(safe) == safe
    left = {char for char in safe if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")}
    assert left <= {"\n", "\t"}
    assert not any(
        unicodedata.bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        for char in safe
    )
    kept = [char for char in text if unicodedata.category(char)[0] in "LMNPSZ" and char not in "\u2028\u2029"]
    assert [char for char in safe if char in kept] == kept
    assert words.one_line(text).split() == safe.split()
    assert not set(words.one_line(text)) & set("\n\t\r")
    assert words.one_line(" 294\u202f912 \n\t x ") == "294\u202f912 x"


def test_every_control_and_every_override_is_taken_out():
    """Point by point, so that no gap between the ranges of the pattern is missed."""
    for point in range(0x110000):
        char = chr(point)
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char not in "\n\t":
            assert words.safe(char) == "", hex(point)
    for char in "\u200b\u200c\u200d\u200e\u200f\u2060\u2064\u206a\ufeff\u00ad\u061c\u180e\U000e0001\U000e0041\ufff9":
        assert words.safe(f"a{char}b") == "ab"
    assert words.safe("a\r\nb\tčćđšž") == "a\nb\tčćđšž"


def test_settings():
    assert words.settings({"c_in": 1, "bias": True}) == "c_in = 1, bias = True"
    assert words.settings({"limit": 0.25, "size": 12_288}) == "limit = 0,25, size = 12\u202f288"
    assert words.settings({}) == ""


@pytest.mark.parametrize(
    ("text", "sentence", "phrase"),
    [
        ("Da", "Da.", "Da"),
        ("Da.", "Da.", "Da"),
        ("Da?", "Da?", "Da?"),
        ("Redom:", "Redom:", "Redom"),
        ("i tako dalje...", "i tako dalje...", "i tako dalje..."),
        ("2. 6.\n2024.", "2. 6. 2024.", "2. 6. 2024"),
        ("“ne, nikad”", "“ne, nikad”.", "“ne, nikad”"),
        ("", "", ""),
    ],
)
def test_a_sentence_ends_once_and_a_phrase_does_not(text: str, sentence: str, phrase: str) -> None:
    assert words.sentence(text) == sentence
    assert words.phrase(text) == phrase


def test_a_capital_changes_nothing_else() -> None:
    assert [words.capital(text) for text in ("rekao si", "ReLU", "", "š")] == ["Rekao si", "ReLU", "", "Š"]
