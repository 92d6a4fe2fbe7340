"""Numbers as they are shown: whatever writes one, the project's own reader reads it back as the same number."""

from __future__ import annotations

import html
import json
import math
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab import answers, bank, numbers
from quizlab.answers import holds, read_part
from quizlab.answers.number import show
from quizlab.answers.reader import value_at
from quizlab.export import FORMATS, Exported, Variant
from quizlab.model import AnyQuestion, Case, Claim, Evidence, Finding, OpenQuestion, Snippet
from quizlab.proof.judge import judge
from quizlab.question import variants
from quizlab.question.grading import Graded, grade
from quizlab.question.key import key_of, worked_out
from quizlab.question.texts import fill
from quizlab.telling import words
from quizlab.view import feedback
from tests.answers.helpers import COUNT, REAL, bounded
from tests.conftest import question, shipped_bank
from tests.view.shown import lines
from tests.web.browser import in_node, needs_node

WHOLE = st.integers(-(10**40), 10**40)
SIGNED = st.sampled_from([1, -1])
REALS = st.builds(
    lambda digits, power, sign: sign * float(f"{digits}e{power - len(str(digits))}"),
    st.integers(1, 10**17 - 1),
    st.integers(-300, 300),
    SIGNED,
)
DECIMALS = st.builds(
    lambda whole, rest, places, sign: sign * float(f"{whole}.{rest % 10**places:0{places}}"),
    st.one_of(st.integers(0, 9), st.integers(0, 10**7)),
    st.integers(0, 10**17 - 1),
    st.integers(1, 17),
    SIGNED,
)
ANY = st.one_of(REALS, DECIMALS)


def back(text: str) -> int | float:
    """The number that a real number typed as this text is."""
    reading = read_part(REAL, text, {})
    assert isinstance(reading, answers.Reading), (text, reading)
    value = value_at(reading, {})
    assert isinstance(value, int | float)
    return value


def near(text: str, number: float, digits: int) -> bool:
    """Whether a text reads back as the number to so many significant digits."""
    return math.isclose(back(text), number, rel_tol=0.5000001 * 10.0 ** (1 - digits), abs_tol=0)


@bounded(300)
@given(WHOLE)
def test_whole_numbers_read_back_exactly(number: int) -> None:
    shown = {numbers.grouped(number), numbers.exact(number), numbers.short(number), words.count(number)}
    shown |= {words.value(number), words.key(show(number)), words.key(str(number)), fill("{n}", {"n": number})}
    for text in (*shown, numbers.ungrouped(number), show(number)):
        for part in (COUNT, REAL):
            reading = read_part(part, text, {})
            assert isinstance(reading, answers.Reading), text
            assert value_at(reading, {}) == number
    assert all(
        ("\u202f" in text) == (abs(number) >= 10_000) and all(len(group) == 3 for group in text.split("\u202f")[1:])
        for text in shown - {words.key(str(number))}
    )


@bounded(500)
@given(ANY)
def test_real_numbers_read_back_with_all_their_digits(number: float) -> None:
    for text in (numbers.exact(number), numbers.ungrouped(number), fill("{n}", {"n": number}), show(number)):
        assert back(text) == number
        assert back(words.key(text)) == number
    low, high = sorted((number, 2 * number))
    ends = re.fullmatch(r"\((.+); (.+)\]|\((.+), (.+)\]", words.value((low, high, False, True)))
    assert ends is not None
    assert [back(end) for end in ends.groups() if end] == [low, high]


@bounded(500)
@given(ANY)
def test_real_numbers_read_back_to_the_digits_written(number: float) -> None:
    assert near(numbers.short(number), number, 4)
    assert near(words.count(number), number, 4)
    assert near(words.value(number), number, 4)
    assert near(words.key(show(numbers.rounded(number))), number, 4)
    assert near(numbers.shortest(number), number, 6)
    assert near(numbers.scientific(number), number, 2)
    assert near(numbers.scientific(number, 0), number, 1)
    assert near(numbers.label(number, 0, powers=True), number, 2)


@bounded(500)
@given(DECIMALS, st.integers(0, 17))
def test_decimals_read_back_to_the_digits_written(number: float, places: int) -> None:
    assert back(numbers.decimal(number, places)) == pytest.approx(number, rel=1e-15, abs=0.500001 * 10.0**-places)
    assert all(back(each) == back(numbers.decimal(number)) for each in numbers.decimals([number]).split("; "))
    assert back(numbers.row([number])) == back(numbers.shortest(number))


@bounded(300)
@given(DECIMALS, st.integers(1, 17), st.sampled_from(",."))
def test_an_echo_keeps_the_digits_typed(number: float, places: int, mark: str) -> None:
    """And is shown with the same digits, whatever is done to set its thousands apart."""
    typed = f"{number:.{places}f}".replace(".", mark)
    reading = read_part(REAL, typed, {})
    if isinstance(reading, answers.Unreadable):
        assert reading.code == "ambiguous_number"
        return
    shown = words.key(reading.shown)
    again = read_part(REAL, shown, {})
    assert isinstance(again, answers.Reading)
    assert again.shown == reading.shown
    assert back(shown) == back(typed)
    if len(typed) <= 17 and abs(back(typed)) >= 1e-5:
        whole, _, rest = shown.partition(",")
        typed_whole, _, typed_rest = typed.partition(mark)
        assert rest.rstrip("0") == typed_rest.rstrip("0")
        assert whole.replace("\u202f", "") == typed_whole.replace("-", "−")


@bounded(100)
@given(st.floats(0, 1))
def test_shares_and_differences_read_back(number: float) -> None:
    assert back(numbers.percent(number)) == pytest.approx(number, abs=0.00100001)
    text = numbers.gap(number)
    assert text == "manje od 0,000001" if 0 < number < 1e-6 else back(text) == pytest.approx(number, abs=5.1e-5)


@bounded(200)
@given(st.integers(1, 999), st.integers(-430, 300))
def test_numbers_beyond_floats_have_one_form(digits: int, power: int) -> None:
    text = numbers.scientific(Decimal(digits).scaleb(power), 2)
    assert re.fullmatch(r"\d(,\d\d)? · 10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,2}(,\d+)?", text), text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0,03101", "0,03101"),
        ("0,66667", "0,66667"),
        ("0,00006", "0,00006"),
        ("12345,67891", "12\u202f345,67891"),
        ("−150528,5", "−150\u202f528,5"),
        ("M - 1; 150528", "M - 1; 150\u202f528"),
        ("(64, 12288)", "(64, 12\u202f288)"),
        ("(B, 12288)", "(B, 12\u202f288)"),
        ("(12288,)", "(12\u202f288,)"),
        ("9.312", "9.312"),
        ("0.12345", "0.12345"),
        ("12345.678", "12345.678"),
        ("1.23456,5", "1.23456,5"),
        ("x12345 + a_12345 + č12345", "x12345 + a_12345 + č12345"),
        ("12345x", "12345x"),
        ("Ima ih 12345.", "Ima ih 12\u202f345."),
        ("9" * 40, "9" + ("\u202f" + "9" * 3) * 13),
    ],
)
def test_a_key_is_grouped_only_where_whole_numbers_stand(text: str, shown: str) -> None:
    assert words.key(text) == shown


def test_small_and_large_numbers_have_one_form() -> None:
    assert numbers.scientific(4.1e-6) == "4,1 · 10⁻⁶"
    assert numbers.scientific(Decimal("5.025E-433")) == "5,0 · 10⁻⁴³³"
    assert numbers.scientific(Decimal(10) ** -3, 0) == numbers.power_of_ten(-3) == "10⁻³"
    assert [numbers.scientific(each) for each in (0.029, 3.62, 0, math.inf, -math.inf, math.nan, 99.96)] == [
        *("0,029", "3,6", "0", "∞", "−∞", "nije broj", "1,0 · 10²"),
    ]
    assert numbers.scientific(12.3, 0) == "1 · 10¹"
    assert numbers.exact(1e-05) == fill("{rate}", {"rate": 1e-05}) == "1 · 10⁻⁵"
    assert numbers.exact(-0.0) == "0,0"
    assert numbers.shortest(1.5e-7) == "1,5 · 10⁻⁷"


def test_several_numbers_stand_one_after_another() -> None:
    assert numbers.decimal(-0.001) == "0,00"
    assert numbers.decimal(12_345.678, 1) == "12\u202f345,7"
    assert numbers.decimal(1.23456, 3) == "1,2346"
    assert numbers.decimals([0.5, -1.25]) == "0,50; −1,25"
    assert numbers.decimals((each for each in (1, 2)), 1) == "1,0; 2,0"
    assert numbers.row([-2.0, -0.5, 1, 3]) == "−2; −0,5; 1; 3"
    assert numbers.several((64, (12_288, 1))) == "(64, (12\u202f288, 1))"
    assert numbers.several((0.5, 3, True)) == "(0,5; 3; True)"
    assert numbers.several((32,)) == "(32,)"


def test_a_measured_number_gets_no_digit_that_was_not_measured() -> None:
    assert [words.cell(each) for each in (2.152, 2.1524, 0.21, 3, 12_288, True)] == [
        *("2,152", "2,152", "0,21", "3", "12\u202f288", "da"),
    ]
    assert [words.count(each) for each in (2.152, 2.1524)] == ["2,1520", "2,1524"]


@pytest.mark.parametrize(("share", "text"), [(1, "100 %"), (0.99999, "99,9 %"), (0.5, "50,0 %"), (0, "0,0 %")])
def test_only_all_is_a_hundred_per_cent(share: float, text: str) -> None:
    assert numbers.percent(share) == text


def test_a_number_that_is_no_text_of_python_is_an_error() -> None:
    with pytest.raises(KeyError):
        numbers.typeset("0,5")


# --- keys of the banks -------------------------------------------------------------------------------


def posed(one: AnyQuestion) -> list[AnyQuestion]:
    """The question with its own numbers and with all others worth asking."""
    return [one, *(variants.varied(one, values) for values in variants.combinations(one))]


def shipped() -> list[AnyQuestion]:
    return [each for path in bank.shipped() for one in bank.load(path).questions for each in posed(one)]


def test_every_key_as_it_is_shown_is_right() -> None:
    tried = shipped()
    assert len(tried) > 400
    for one in tried:
        if isinstance(one, OpenQuestion):
            continue
        key = words.key(key_of(one).text)
        found = grade(one, key)
        assert isinstance(found, Graded), (one.id, one.params, key, found)
        assert found.outcome == "right", (one.id, one.params, key)
        value = worked_out(one, getattr(one, "answer", ""))
        if isinstance(value, int | float) and not isinstance(value, bool):
            reading = answers.read(one, key)
            assert isinstance(reading, answers.Reading)
            assert holds(reading, Case(value), one.params)


@pytest.mark.stress
@needs_node
def test_the_page_shows_the_same_keys(tmp_path: Any) -> None:
    tried = [one for one in shipped() if not isinstance(one, OpenQuestion)]
    found = in_node([(one, words.key(key_of(one).text), {}) for one in tried], tmp_path)
    for one, each in zip(tried, found, strict=True):
        assert (each["outcome"], each["key"]) == ("right", key_of(one).text), (one.id, one.params)


def clipped() -> list[tuple[AnyQuestion, Finding, float]]:
    """q63 with all of its numbers, judged by its own value, which it computes here."""
    made = []
    for one in posed(question("q63")):
        first, second, limit = (float(one.params[name]) for name in ("first", "second", "limit"))
        value = first * limit / math.hypot(first, second)
        claims = tuple(Claim(name, True, "vrijedi") for name in one.requires)
        evidence = Evidence(Snippet("print(1)", "1"), cases=(Case(value),), claims=claims)
        made.append((one, judge(one, evidence), value))
    return made


def entries() -> list[Exported]:
    """Every set of numbers of q63 as a question of its own."""
    return [Exported(shipped_bank("lab3"), one, finding) for one, finding, _ in clipped()]


def together() -> Exported:
    """q63 with all others of its numbers as its variants."""
    first, *rest = entries()
    return Exported(
        first.bank, first.question, first.finding, tuple(Variant(one.question, one.finding) for one in rest)
    )


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def assert_read_back(found: list[str]) -> None:
    assert len(found) == len(clipped()) == 28
    for text, (one, _, value) in zip(found, clipped(), strict=True):
        reading = answers.read(one, text)
        assert isinstance(reading, answers.Reading), text
        assert holds(reading, Case(value), one.params), (text, value)


@pytest.mark.stress
def test_the_study_guide_shows_the_computed_key() -> None:
    assert_read_back(re.findall(r"Odgovor: \*\*(.+?)\*\*", FORMATS["md"]("t", entries()).text(str)))
    document = FORMATS["md"]("t", [together()]).text(str)
    rows = re.findall(r"^\| first = .*, limit = [0-9,]+ +\| (\S+) +\|", document, re.MULTILINE)
    assert_read_back([re.findall(r"Odgovor: \*\*(.+?)\*\*", document)[0], *rows])


def test_the_page_shows_the_computed_key() -> None:
    document = FORMATS["html"]("t", entries()).text(str)
    assert_read_back([text_of(each) for each in re.findall(r'class="key">Točno: (<strong>.+?</strong>)', document)])


@pytest.mark.stress
def test_cards_show_the_computed_key() -> None:
    document = FORMATS["anki-csv"]("t", [together()]).text(str)
    assert_read_back([text_of(each) for each in re.findall(r'class=""kljuc"">(.+?)</p>', document)])


def test_plain_lines_show_the_computed_key() -> None:
    found = []
    for one, *_ in clipped():
        graded = grade(one, "0,00006")
        assert isinstance(graded, Graded)
        shown = " ".join(lines(feedback.graded, one, graded, "0,00006", plain=True, width=200))
        found += re.findall(r"Točno: ([^ ]+)\.", shown)
    assert_read_back(found)


def test_the_fault_that_was_shown(quizlab: Any) -> None:
    shown = quizlab("answer", "q63", "0,00006").stdout + quizlab("answer", "q63", "0,66667").stdout
    assert "✗ 0,00006 — krivo." in shown
    assert "✗ 0,66667 — krivo." in shown
    found = json.loads(quizlab("answer", "q63", "0,66667", "--json").stdout)
    assert found["understood"] == "0,66667"
