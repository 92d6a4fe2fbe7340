"""Words of a bank and of its options, as people type them: read as what they are, never as another."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from quizlab import answers, bank
from quizlab.answers.likeness import same_word, spelt
from quizlab.answers.offered import _COMMON, _PASSED, _SIGNS
from quizlab.answers.orders import order
from quizlab.answers.reading import Picked
from quizlab.model import ChoiceQuestion, MultiQuestion, OpenQuestion, OptionQuestion, Recollection
from quizlab.question.grading import grade
from quizlab.question.variants import order as shuffle
from quizlab.question.variants import posed
from tests.thinned import thinned

SHIPPED = [one for path in bank.shipped() for one in bank.load(path).questions]
CHOICES = [one for one in SHIPPED if isinstance(one, ChoiceQuestion)]
ENDINGS = ("a", "u", "om", "e", "i", "ama", "ima", "og", "im")


def read(question: OptionQuestion, typed: str) -> tuple[str, ...] | None:
    found = answers.read(question, typed)
    if isinstance(found, answers.Unreadable):
        return None
    assert isinstance(found.value, Picked)
    return found.value.letters


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def inflected(words: list[str], at: int, rng: random.Random) -> str:
    word = words[at]
    stem = word.rstrip("aeiou") if len(word) > 4 and word.isalpha() else word
    return " ".join([*words[:at], stem + rng.choice(ENDINGS) if stem.isalpha() else word, *words[at + 1 :]])


def changed(text: str, rng: random.Random) -> Iterator[str]:
    """The text with a word left out, in another form, out of place, misspelt; in other case, without diacritics."""
    words = text.rstrip(".").split()
    yield from (text.upper(), text.lower(), plain(text), plain(text).lower(), f"  {text} ", f"„{text}”")
    for at in range(len(words)):
        yield " ".join(words[:at] + words[at + 1 :])
        yield inflected(words, at, rng)
        word = words[at]
        if len(word) >= 6 and word.isalpha():
            yield " ".join([*words[:at], word[:3] + word[4:], *words[at + 1 :]])
    for _ in range(4):
        yield " ".join(rng.sample(words, len(words)))
    for start in range(len(words)):
        yield " ".join(words[start:])
        yield " ".join(words[:start])


def says_another(question: OptionQuestion, letter: str, typed: str) -> bool:
    """Whether the changed text is, word for word but for endings, what a bank has for another option."""
    said = content(typed)
    others = [one for name, each in question.options.items() if name != letter for one in (each.text, *each.words)]
    return any(len(content(one)) == len(said) and all(map(same_word, content(one), said)) for one in others)


def content(text: str) -> list[str]:
    return [word for word in spelt(text, joined=True) if word not in (*_PASSED, *_COMMON)]


@pytest.mark.parametrize("question", thinned(CHOICES, 4), ids=lambda one: one.id)
def test_a_changed_text_is_its_option_or_none(question: ChoiceQuestion) -> None:
    rng = random.Random(question.id)
    for letter, option in question.options.items():
        for text in (option.text, *option.words):
            for typed in changed(text, rng):
                if len(typed.strip()) < 2:  # a letter, or the place of an option
                    continue
                found = read(question, typed)
                assert found in (None, (letter,)) or says_another(question, letter, typed), (text, typed)


@pytest.mark.parametrize(
    "question", thinned([one for one in SHIPPED if isinstance(one, OptionQuestion)], 3), ids=lambda one: one.id
)
def test_every_text_and_every_word_is_read_wherever_its_option_stands(question: Any) -> None:
    rng = random.Random(3)
    for _ in range(3):
        asked = posed(question, {}, shuffle(question, rng, {}))
        for letter, option in asked.options.items():
            for text in (option.text, *option.words):
                forms = (text, f"{text} (tako piše u bilješkama)")
                if not re.search(_SIGNS, text):  # there every sign and accent counts
                    forms = (*forms, text.upper(), plain(text))
                for typed in forms:
                    assert read(asked, typed) == (letter,), (letter, typed)


def test_a_word_that_several_options_share_decides_nothing() -> None:
    decided = 0
    for question in CHOICES:
        words = {letter: set(spelt(each.text, joined=True)) for letter, each in question.options.items()}
        for letter, here in words.items():
            for word in here:
                others = [name for name, each in words.items() if name != letter and word in each]
                exact = [each for each in question.options.values() if spelt(each.text, joined=True) == [word]]
                alone = [
                    each
                    for each in question.options.values()
                    if [word] in [spelt(one, joined=True) for one in each.words]
                ]
                if others and not exact and not alone and len(word) > 2 and read(question, word) is not None:
                    kept = {name for name in words if _rest(question, name, word)}
                    assert kept, (question.id, word)
                    decided += 1
    assert decided < 12


def _rest(question: ChoiceQuestion, letter: str, word: str) -> bool:
    """Whether a text is this word and nothing else but words that name nothing."""
    return read(question, word) == (letter,) and word in spelt(question.options[letter].text, joined=True)


@pytest.mark.parametrize(
    "question", [one for one in SHIPPED if not isinstance(one, OpenQuestion)], ids=lambda one: one.id
)
def test_what_was_remembered_can_be_typed(question: Any) -> None:
    for remembered in question.recollections:
        if remembered.answer:
            assert_verdict(question, remembered)


UNTYPED = {
    ("q2", "(B, emb_size), npr. (64, 32)"),
    ("q35", "među ponuđenim matricama je W_xy"),
    ("q26", "U je projekcija podataka"),
}
"""Remembered beside the answer, not as one: the shape of what has the order, a matrix that does not exist, a remark."""


def assert_verdict(question: Any, remembered: Recollection) -> None:
    if (question.id, remembered.answer) in UNTYPED:
        return
    found = grade(question, remembered.answer)
    assert not isinstance(found, answers.Unreadable), (question.id, remembered.answer, found)
    if not remembered.ruling and (remembered.option or remembered.claims):
        right = question.answer if isinstance(question, ChoiceQuestion) else None
        expected = "right" if remembered.option in ("", right) else "wrong"
        assert found.outcome == expected, (question.id, remembered.answer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("susjedi", "susjeda"),
        ("nasleduje", "nasljeduje"),
        ("naslijeduje", "nasljeduje"),
        ("pca", "pcaom"),
        ("isti", "ista"),
        ("smanjuje", "smanjila"),
        ("entropija", "entropije"),
        ("izjednacuje", "izjednacavanje"),
        ("gradijent", "gradjient"),
    ],
)
def test_forms_of_one_word(one: str, other: str) -> None:
    assert same_word(one, other)
    assert same_word(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("adam", "adagrad"),
        ("adam", "adamw"),
        ("whh", "wxh"),
        ("wxh", "why"),
        ("tanh", "tan"),
        ("model", "module"),
        ("minimum", "maksimum"),
        ("pozitiv", "negativ"),
        ("gradom", "gradijent"),
        ("32", "322"),
        ("norma", "normalizacijskog"),
    ],
)
def test_different_words(one: str, other: str) -> None:
    assert not same_word(one, other)
    assert not same_word(other, one)


STEMS = {1: "jedno", 2: "dvo", 3: "tro", 4: "četvero"}
ORDINALS = {1: "prvog", 2: "drugog", 3: "trećeg", 4: "četvrtog"}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_way_to_say_an_order_is_the_same(number: int) -> None:
    asked = next(one for one in SHIPPED if one.id == "q2")
    ways = (
        f"{number}d",
        f"{number}D",
        f"{number}-D tenzor",
        f"rank {number}",
        f"ranga {number}",
        f"reda {number}",
        f"ndim={number}",
        f"{number}. red",
        f"{ORDINALS[number]} reda",
        f"tenzor {ORDINALS[number]} reda",
        f"{STEMS[number]}dimenzionalan",
        f"{STEMS[number]}dimenzionalni tenzor",
        f"{number}-dimenzionalan",
        f"{number} dimenzije",
        f"order {number}",
    )
    plainly = grade(asked, str(number))
    assert not isinstance(plainly, answers.Unreadable)
    for typed in ways:
        found = grade(asked, typed)
        assert not isinstance(found, answers.Unreadable), typed
        assert (found.outcome, found.tag) == (plainly.outcome, plainly.tag), typed
    assert order("2d", short=False) is None


@pytest.mark.stress
def test_anything_typed_raises_nothing() -> None:
    rng = random.Random(20_260_613)
    pieces = [
        "1",
        "32",
        "(",
        ")",
        ", ",
        " - ",
        " jer ",
        "2d",
        "M",
        "K",
        "puta",
        "minus",
        "jedan",
        "ili",
        "reda",
        "B",
        "x",
        "W_hx",
        "ne",
        "da",
        "Sequential",
        "nn.Module",
        "rečenica",
        "prosjek",
        " (",
        "…",
        "đ",
        "ŷ",
        "\u0301",
        "−",
        "≠",
        ";",
        ":",
        "softmax(",
        "0x",
    ]
    for _ in range(4000):
        question = rng.choice(SHIPPED)
        typed = rng.choice(("", " ")).join(rng.choice(pieces) for _ in range(rng.randint(1, 9)))
        found = grade(question, typed)
        if isinstance(question, ChoiceQuestion | MultiQuestion) and not isinstance(found, answers.Unreadable):
            assert found.understood
