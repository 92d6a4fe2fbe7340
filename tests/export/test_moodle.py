"""Moodle XML, read and graded by a naive Moodle of the tests."""

from __future__ import annotations

import re

import pytest

from quizlab import answers
from quizlab.export import FORMATS, Exported
from quizlab.export.moodle import moodle
from quizlab.model import (
    AnyQuestion,
    ChoiceQuestion,
    FormulaQuestion,
    IntervalQuestion,
    MultiQuestion,
    NumberQuestion,
    OpenQuestion,
    ShapeQuestion,
    TupleQuestion,
)
from quizlab.question.key import worked_out
from quizlab.question.texts import fill, with_numbers
from quizlab.question.variants import mistakes_of
from tests import samples
from tests.export import helpers, platforms
from tests.export.moodle_reader import Question, read
from tests.export.platforms import EVIL, LATEX, TYPED, plain, shown


def exported(entries: list[Exported] | tuple[Exported, ...]) -> list[Question]:
    return read(moodle("Vodič", entries).text(str))


def all_questions(entries: tuple[Exported, ...]) -> list[AnyQuestion]:
    return [each for entry in entries for each in (entry.question, *(one.question for one in entry.variants))]


@pytest.fixture(scope="module")
def shipped() -> dict[str, tuple[AnyQuestion, Question]]:
    """Each shipped question and variant with what Moodle makes of it."""
    entries = platforms.shipped()
    found = exported(entries)
    bases = {entry.question.id: entry for entry in entries}
    pairs = {}
    for each in found:
        entry = bases[each.id.split("--")[0]]
        same = [one for one in all_questions((entry,)) if _identity(entry.question, one) == each.id]
        assert len(same) == 1
        pairs[each.id] = same[0], each
    assert len(pairs) == len(found) == len(all_questions(entries))
    return pairs


def _identity(original: AnyQuestion, question: AnyQuestion) -> str:
    changed = [f"{name}-{question.params[name]}" for name in original.variants if _changed(original, question, name)]
    return "--".join([original.id, *(["-".join(changed)] if changed else [])])


def mathjax(text: str) -> str:
    """A text of a bank with its formulas as Moodle's filter finds them."""
    return re.sub(r"\$([^$]+)\$", r"\\(\1\\)", text)


def _changed(original: AnyQuestion, question: AnyQuestion, name: str) -> bool:
    return name in question.params and original.params.get(name) != question.params[name]


def test_every_question_and_variant_has_a_place(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    _, unit = shipped["q1"]
    assert unit.category == "$course$/top/quizlab/lab4/arhitektura"
    assert unit.tags == ["quizlab", "lab4", "arhitektura", "q1"]
    variant = next(each for name, (_, each) in shipped.items() if name.startswith("q1--"))
    numbers = variant.name.removeprefix("q1 (").partition("):")[0]  # kernel = 1, c_in = 1, c_out = 18
    assert variant.id == "q1--" + numbers.replace(" = ", "-").replace(", ", "-")
    assert variant.category == unit.category
    assert variant.tags == unit.tags
    assert "): Koliko parametara" in variant.name


def test_kinds(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    kinds = {
        "choice": "multichoice",
        "multi": "multichoice",
        "number": "numerical",
        "shape": "shortanswer",
        "formula": "shortanswer",
        "interval": "shortanswer",
        "tuple": "cloze",
        "type": "shortanswer",
        "text": "shortanswer",
        "open": "essay",
    }
    for question, each in shipped.values():
        if question.__struct_config__.tag == "formula" and not getattr(question, "symbols", ()):
            assert each.type == "numerical"
        else:
            assert each.type == kinds[str(question.__struct_config__.tag)]


def test_choices_are_graded_as_quizlab_grades_them(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    for question, each in shipped.values():
        if not isinstance(question, ChoiceQuestion):
            continue
        for at, (letter, option) in enumerate(question.options.items()):
            camp = question.dispute if question.dispute and question.dispute.option == letter else None
            right = letter == question.answer or camp is not None
            assert each.chosen(at) == right
            says = camp.says if camp else "" if right else option.says
            assert shown(each.answers[at].feedback) == plain(mathjax(fill(says, question.params)))
        assert each.shuffle is not any(option.last for option in question.options.values())


def test_multiple_choices_are_worth_all_or_what_is_left(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    for question, each in shipped.values():
        if isinstance(question, MultiQuestion):
            right = [at for at, letter in enumerate(question.options) if letter in question.answer]
            assert each.chosen(*right) == pytest.approx(1)
            assert each.chosen(*range(len(question.options))) == pytest.approx(0, abs=1e-4)
            wrong = next(at for at in range(len(question.options)) if at not in right)
            assert 0 < each.chosen(*right, wrong) < 1
            assert each.single is False


def _typed(question: AnyQuestion, written: object) -> str:
    """An answer of the bank as a student would type it: worked out, or as the bank has it with its numbers."""
    value = worked_out(question, written)  # type: ignore[arg-type]
    if isinstance(value, int | float):
        return repr(value)
    numbers = with_numbers(str(written), question.params)
    if question.__struct_config__.tag == "formula":
        return numbers
    reading = answers.read_answer(question, numbers)
    assert isinstance(reading, answers.Reading)
    return reading.shown.replace("−", "-")


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0].replace(',', '.')):.2f}".replace(".", ",")


def test_keys_are_right_and_mistakes_get_their_sentence(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    mistakes = 0
    for question, each in shipped.values():
        if isinstance(question, ChoiceQuestion | MultiQuestion | OpenQuestion | TupleQuestion):
            continue
        assert each.mark(_typed(question, question.answer)) == 100, (each.id, question.answer)
        for mistake in mistakes_of(question):
            reading = answers.read_answer(question, with_numbers(mistake.answer, question.params))
            assert isinstance(reading, answers.Reading)
            typed = _typed(question, mistake.answer) if each.type == "numerical" else reading.shown
            if question.__struct_config__.tag == "formula":  # brackets that say nothing are left out
                typed = re.sub(r"(?<![\w)])\((\w+)\)", r"\1", typed)
            typed = re.sub(r"\d+,\d{3,}", _rounded, typed) if each.type != "numerical" else typed
            found = each.answer(typed) or each.answer(typed[1:-1])
            assert found is not None, (each.id, mistake.answer)
            assert found.fraction == 0
            assert shown(found.feedback) == plain(mathjax(fill(mistake.says, question.params)))
            mistakes += 1
    assert mistakes > 200


def test_places_of_several_answers_are_graded_one_by_one(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    _, sizes = shipped["q3"]
    learned, identity = sizes.places
    assert learned.mark("32") == identity.mark("784") == 100
    assert identity.mark("28") == 0
    assert "samo širina slike" in identity.says("28")
    _, triplets = shipped["q5"]
    positives, negatives = triplets.places
    for typed in ("(K-1)*M", "M*(K - 1)", "(K−1)·M", "M(K-1)", "m * (k - 1)"):
        assert negatives.mark(typed) == 100, typed
    assert positives.mark("M") == 0
    assert "je i sidro" in positives.says("M")
    assert negatives.mark("(K-1)xM") is None
    assert shown(triplets.text).endswith("pozitivnih: {#1}negativnih: {#2}")


@pytest.mark.parametrize(
    "typed", ["(B, 784)", "(B,784)", "[B, 784]", "Bx784", "B × 784", "torch.Size([B, 784])", "(n, 784)"]
)
def test_shapes_in_every_spelling(shipped: dict[str, tuple[AnyQuestion, Question]], typed: str) -> None:
    _, each = shipped["q15"]
    assert each.mark(typed) == 100


def test_a_real_number_has_three_digits(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    _, each = shipped["q63"]
    for typed, right in [("0.6", True), ("0.6004", True), ("0.6006", False)]:
        assert (each.mark(typed) == 100) is right


def test_a_star_is_a_star(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    """In Moodle's short answers it would stand for any text."""
    _, each = shipped["q33"]
    assert each.mark("tanh(W_hh*h + W_xh*x + b_h)") == 100
    assert each.mark("tanh(W_hh anything h + W_xh anything x + b_h)") is None


def test_missing_evidence_is_named(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    for question, each in shipped.values():
        assert f"Nedostaje dokaz {question.verify.hook} (nije izračunato)" in shown(each.general)


def test_formulas_say_that_other_forms_are_right_too(shipped: dict[str, tuple[AnyQuestion, Question]]) -> None:
    assert "jednak zapis formule" in shipped["q32"][1].general
    assert "jednak zapis formule" in shipped["q5"][1].general
    assert "jednak zapis formule" not in shipped["q1"][1].general


def test_proofs_are_told() -> None:
    found = {each.id: each for each in exported(helpers.entries())}
    number, choice, essay, lost = (found[name] for name in ("q1", "q2", "q3", "q4"))
    said = shown(number.general)
    assert "Presuda: potvrđeno (izračunato 9312)." in said
    assert "Tablica *jedna*" in said
    assert "9248" in said
    assert "Presuda: potvrđeno (druga | mjera)." in shown(choice.general)
    assert shown(choice.answers[0].feedback) == "Prva ne vrijedi. Izmjereno: prva mjera."
    assert choice.answers[1].feedback == ""
    assert "jedan ○ prva mjera" in shown(essay.grader)
    assert "dva ✓ druga | mjera" in shown(essay.grader)
    assert "Nedostaje dokaz" in shown(lost.general)


def test_hostile_texts_come_through_as_they_are() -> None:
    found = {each.id: each for each in exported(platforms.hostile())}
    evil = plain(EVIL)
    for each in found.values():
        assert each.category == "$course$/top/quizlab/b//1 <x>/tema//s kosom ::crtom::"
        assert evil in shown(each.general)
        if each.id not in ("e5", "e7"):
            assert shown(each.text).startswith(evil)
        assert not each.hints or shown(each.hints[0]) == evil
    assert shown(found["e1"].answers[0].text) == evil
    assert shown(found["e1"].answers[3].text) == "<b>~d~</b>"
    assert found["e1"].answers[0].fraction == 100
    assert shown(found["e3"].says("0")) == evil
    assert found["e4"].mark(TYPED) == 100
    assert found["e4"].mark("dacic cup") == 100
    assert shown(found["e4"].says("=x#~")) == evil
    assert evil in shown(found["e6"].grader)
    assert r"je \(\frac{a}{b} < c_{n-1}\), a $HOME" in shown(found["e7"].text)
    assert LATEX not in found["e7"].text


def test_every_typed_question_says_how_to_write(
    shipped: dict[str, tuple[AnyQuestion, Question]],
) -> None:
    typed = 0
    for asked, found in shipped.values():
        compared = isinstance(asked, FormulaQuestion | ShapeQuestion | IntervalQuestion)
        text = shown(found.text)
        assert ("znak po znak" in text) or not compared, asked.id
        assert ("Upiši samo broj znamenkama" in text) or not isinstance(asked, NumberQuestion), asked.id
        typed += compared or isinstance(asked, NumberQuestion)
    assert typed > 12


def test_nothing_hostile_becomes_an_embedded_answer() -> None:
    found = next(each for each in exported(platforms.hostile()) if each.id == "e5")
    words, number = found.places
    assert words.mark("jedan {#1}") == 100
    assert words.mark("dva }~#") == 100
    assert shown(words.says("tri }")) == plain(EVIL)
    assert number.mark("7") == 100
    assert shown(number.says("8")) == plain(EVIL)
    text = shown(found.text)
    assert text.startswith(plain(EVIL))
    assert text.endswith("{1:SA:=x}: {#1}broj: {#2}")


def test_capitals_count_where_they_are_other_symbols() -> None:
    found = next(each for each in exported(platforms.hostile()) if each.id == "e7")
    assert found.usecase
    assert found.mark("K*k + 1") == 100
    assert found.mark("k*k + 1") is None


def test_an_interval_and_a_type_in_their_spellings() -> None:
    found = {each.id: each for each in exported(platforms.hostile())}
    for typed in ("[-1, 1.5)", "[−1; 1,5>", "[-1, 1.5[", "-1 <= x < 1.5"):
        assert found["e8"].mark(typed) == 100, typed
    assert found["e8"].mark("R") == 0
    for typed in ("tuple", "n-torka", "tuple[Tensor, Tensor]", "(Tensor, Tensor)", "tuple[torch.Tensor,torch.Tensor]"):
        assert found["e9"].mark(typed) == 100, typed
    assert found["e9"].mark("lista") == 0


def test_a_name_keeps_what_moodle_would_take_for_a_tag() -> None:
    question = samples.number(prompt="Je li a < b > c?")
    entry = Exported(helpers.bank(question), question, helpers.finding(question))
    assert "<text>n1: Je li a ‹ b › c?</text>" in FORMATS["moodle"]("t", [entry]).text(str)


SEEN = [
    ("q1", "9312", 100, 100),
    ("q1", "9312.0", 100, 100),
    ("q1", "9 312", 100, 100),
    ("q1", "9.312", None, None),
    ("q1", "9312,0", None, 100),
    ("q1", "9,312", 100, None),
    ("q1", "9312+65", 100, 100),
    ("q36", "1.201.100", None, None),
    ("q63", "0,6", 0, 100),
]
"""What was typed and what a real Moodle 4.5 gave for it in English and in Croatian: wrong readings, too."""


@pytest.mark.parametrize(("name", "typed", "english", "croatian"), SEEN)
def test_the_naive_moodle_reads_numbers_as_the_real_one(
    shipped: dict[str, tuple[AnyQuestion, Question]], name: str, typed: str, english: float, croatian: float
) -> None:
    _, each = shipped[name]
    assert each.type == "numerical"
    assert (each.mark(typed, "en") or None) == (english or None)
    assert (each.mark(typed, "hr") or None) == (croatian or None)


def test_a_number_written_as_the_question_asks_is_right_in_every_language(
    shipped: dict[str, tuple[AnyQuestion, Question]],
) -> None:
    asked = 0
    for _, each in shipped.values():
        for place in [each] if each.type == "numerical" else [one for one in each.places if one.type == "numerical"]:
            key = place.answers[0].text
            for language, sign in (("en", "."), ("hr", ",")):
                assert place.mark(key.replace(".", sign), language) == 100, (each.id, key)
            said = shown(each.text)
            assert "Upiši samo broj znamenkama" in said
            assert ("Decimalni znak je onaj tvojeg sučelja" in said) or "." not in key
            asked += 1
    assert asked > 20
