"""The screen: lines that fit, single empty lines, plain statements."""

from __future__ import annotations

import io
import re

import pytest

from quizlab.model import Claim, Evidence, Note, Snippet, Table
from quizlab.view import blocks, prompts
from quizlab.view.screen import Screen
from tests.view.shown import lines, screen


def test_gaps_never_add_up() -> None:
    def draw(made: Screen) -> None:
        for _ in range(3):
            made.gap()
        made.line("a")
        made.line()
        made.gap()
        made.raw("b\n")
        made.gap()
        made.styled("c", "bold")

    assert lines(draw) == ["", "a", "", "b", "", "c"]
    assert lines(draw, plain=True) == ["a", "", "b", "c"]


def test_lines_fold_at_spaces_but_not_within_numbers() -> None:
    assert lines(Screen.line, "Točno: 1\u202f101\u202f000 da", width=14) == ["Točno:", "1\u202f101\u202f000 da"]
    assert lines(Screen.line, "a\nb") == ["a", "b"]
    assert lines(Screen.line, "a\nb", plain=True) == ["a b"]


class Seen(io.StringIO):
    """A terminal that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_plain_statements_wrap_at_words_where_a_person_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    text = "Računalo zaokružuje, pa float32 otprilike od devet vraća točno jedan."
    for file, number in ((io.StringIO(), 1), (Seen(), 3)):
        made = Screen(plain=True, file=file)
        made.line(text)
        shown = file.getvalue().split("\n")[:-1]
        assert " ".join(shown) == text
        assert len(shown) == number
        assert number == 1 or max(map(len, shown)) <= 30


def test_evidence_is_readable_on_black_and_on_white() -> None:
    table = Table(("što", "koliko"), (("a", 1), ("b", 2)), total=("ukupno", 3), marked=(1,), title="naslov")
    found = Evidence(Snippet("print(1)", "1"), (), (Claim("x", holds=False, says="ne"),), (table, Note("napomena")))
    made = screen(colour=True)
    blocks.evidence(made, found, whole=True)
    blocks.claims(made, found.claims)
    prompts.bar(made, (("⏎", "dalje"),))
    styles = {code for codes in re.findall(r"\x1b\[([0-9;]*)m", "\n".join(made.written)) for code in codes.split(";")}
    assert not {"2", "33", "36", "93", "96"} & styles, "dim, yellow or cyan"
    assert {"1", "3", "35"} <= styles
