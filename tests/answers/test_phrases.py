"""Words: what is forgiven, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.answers import cases_of, holds, part_of, read
from quizlab.model import Part, TextQuestion
from tests.answers.helpers import bad, bounded, case, good, question

TEXT = Part("text")


@pytest.mark.parametrize(
    ("typed", "measured"),
    [("nestajući", "Nestajuci"), ("mini grupa", "mini-grupa"), ("minigrupa", "mini-grupa"),
     ("medjuspremnik", "međuspremnik"), ("meduspremnik", "međuspremnik"), ("MEĐUSPREMNIK", "međuspremnik"),
     ("W_hh", "w-hh"), ("  a   b ", "A b"), ("„tanh”.", "tanh"), ("žabe ČĆŠ", "zabe ccs"),
     ("nadopunjavanje\u200b", "nadopunjavanje"), ("-1", "−1"), ("mini\u2011grupa", "mini grupa")],
)  # fmt: skip
def test_forgiven(typed, measured):
    assert holds(good(TEXT, typed), case(measured), {})
    assert holds(good(TEXT, measured), case(typed), {})


@pytest.mark.parametrize(
    ("typed", "measured"), [("W_hh", "W_xh"), ("1", "-1"), ("x²", "x"), ("Adam", "AdamW"), ("a", 1)]
)
def test_not_forgiven(typed, measured):
    assert not holds(good(TEXT, typed), case(measured), {})


@bounded(200)
@given(st.text(alphabet="abcčćđšž -_ABCĐŽ123", min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_case_spaces_and_hyphens_never_matter(text, rng):
    if not text.strip(" -_"):
        return
    plain = text.strip(" -")
    other = "".join(rng.choice((char.upper(), char.lower())) for char in plain).replace(" ", rng.choice((" ", "  ")))
    assert holds(good(TEXT, plain), case(other), {}), (plain, other)


def test_synonyms_stand_for_the_key_and_for_one_another():
    asked = question(TextQuestion, answer="W_hh", accept=("hidden-hidden", "rekurentna matrica"))
    for typed in ("W_hh", "hidden hidden", "Rekurentna matrica"):
        assert holds(read(asked, typed), case("W_hh"), {})
    assert not holds(read(asked, "W_xh"), case("W_hh"), {})
    assert not holds(read(asked, "hidden-hidden"), case("W_xh"), {})
    assert part_of(asked).accept == ("W_hh", "hidden-hidden", "rekurentna matrica")


def test_nothing_but_punctuation_is_empty():
    assert bad(TEXT, "...") == "empty"
    assert bad(TEXT, " „” ") == "empty"


def test_a_key_is_one_case():
    import random

    cases = cases_of(good(TEXT, "W_hh"), TEXT, {}, random.Random(1))
    assert [one.value for one in cases] == ["W_hh"]
