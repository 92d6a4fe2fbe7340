"""Every word that Python's reader knows is read alike by the page's."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizlab import answers
from tests.answers.helpers import CHOICE, MULTI, OPEN, PAIR, SHAPES
from tests.answers.test_typed import questions
from tests.web.browser import Asked, differences, needs_node

AROUND = {
    "q1": ("{} 9312", "9312 {}", "{}"),
    "sample-real": ("{} 0,831", "83,1 {}", "{}(2)"),
    "sample-count": (r"\{} K", "(K-1) {} M", "h_{} K"),
    "sample-half": ("{} [0, ∞)", "0 {} 1", "[0, {})", "x {} (0, 1)"),
    "sample-types": ("{}[tensor]", "tuple {} tensor"),
    "q14": ("{} (10, 32)", "10 {} 32"),
    "q11": ("c {} cijeli",),
}
TOGETHER = (
    (CHOICE, ("{} c",)),
    (MULTI, ("a {} b", "{}")),
    (OPEN, ("{}", "1 {} 3")),
    (PAIR, ("32 {} 784",)),
    (SHAPES, ("(n,q) {} (q,) {} (m,q)",)),
)
OF_UNICODE = {"circle", "fraction", "sub", "super"}
"""What `clean` calls kinds of characters; the script has the characters themselves."""


def texts(value: Any) -> Iterator[str]:
    """Every text in the constants of a module: patterns, tables, lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, re.Pattern):
        yield value.pattern
    elif isinstance(value, dict):
        for pair in value.items():
            yield from texts(pair)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts(one)


def vocabulary() -> list[str]:
    """The words of all constants of `quizlab.answers`, escapes of patterns left out."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(answers.__path__):
        constants = vars(importlib.import_module(f"quizlab.answers.{module.name}"))
        for name, value in constants.items():
            if not name.startswith("__"):
                for text in texts(value):
                    plain = re.sub(r"\(\?P<\w+>|\(\?[a-z]+\)|\\[sSwWdDbn]", " ", text)
                    found |= set(re.findall(r"[^\W\d_]{2,}", plain))
    return sorted(found - OF_UNICODE)


@pytest.mark.stress
@needs_node
def test_every_word_is_read_alike(tmp_path: Path) -> None:
    asked = [(questions()[name], templates) for name, templates in AROUND.items()]
    batch: list[Asked] = [
        (question, template.replace("{}", word), {})
        for question, templates in (*asked, *TOGETHER)
        for word in vocabulary()
        for template in templates
    ]
    assert len(vocabulary()) > 300
    assert differences(batch, tmp_path)[0] == []
