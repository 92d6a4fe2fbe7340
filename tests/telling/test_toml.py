"""A broken quizlab.toml is told in Croatian, with its place, whatever Python's reader says of it."""

from __future__ import annotations

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.telling import toml

ENGLISH = re.compile(
    r"\b(?:the|in|an?|at|value|expected|invalid|found|cannot|key|line|column|statement|is|not)\b", re.I
)
BROKEN = [
    *("[own", "a=", "model = lab4.py:M", "a = 'x", "[a]\n[a]", "a=1\na=2", 'a = "\\q"', "=1", "a=[1", "a={", "a=1 2"),
    *("a=\x01", "a='''", "a = 1979-99-99", "[[a]", "a.b=1\na=2", "{}", "model", "[]", '"a\nb"=1', 'a = "x\ny"'),
    *('a = "\\u12"', "a={b=1,b=2}", "a={b=1,,}", "a=[1]\n[[a]]", "[a]\n[[a]]", "# \x01", "[a.b]\n[a]\nb.c=1", "a=1e"),
    *('a="\\ud800"', "a=1979-01-32T00:00:00", "model: lab4.py", "lab4.py", "model = lab4.py", "[lab4\nmodel='a'"),
]


def told(text: str) -> str:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - tomllib's own kind
        tomllib.loads(text)
    return toml.said(caught.value)


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_broken_is_told_in_croatian(text: str) -> None:
    sentence = told(text)
    assert re.match(r"(\d+\. redak, \d+\. znak|kraj datoteke): \S", sentence), sentence
    assert not ENGLISH.search(sentence.replace("a=", "")), sentence


@given(st.text("[]=.'\"\\{},#\n ab1u:", max_size=25))
def test_no_word_of_the_library_is_shown(text: str) -> None:
    sentence = "kraj datoteke: –"
    try:
        tomllib.loads(text)
    except ValueError as error:
        sentence = toml.said(error)
    assert re.match(r"(\d+\. redak, \d+\. znak|kraj datoteke): \S", sentence), sentence
    assert not ENGLISH.search(sentence), sentence


def test_words_that_are_not_known_leave_the_place() -> None:
    assert toml.said(ValueError("Whatever (at line 3, column 7)")) == "3. redak, 7. znak"
    assert toml.said(ValueError("Whatever")) == "kraj datoteke"
