"""Proofs: tables, images and code, whatever the code is."""

from __future__ import annotations

import pytest

from quizlab.export import FORMATS, Document
from quizlab.model import Snippet
from tests.export import helpers


def test_code_is_the_snippet(guide: str) -> None:
    fences = [(token.info, token.content) for token in helpers.tokens(guide) if token.type == "fence"]
    assert fences == [("python", helpers.CODE), ("text", "{folder}\n2\n")] * 3


def test_images_are_there(document: Document, guide: str) -> None:
    images = [
        ("".join(text.content for text in child.children or []), child.attrs["src"])
        for token in helpers.tokens(guide)
        for child in token.children or []
        if child.type == "image"
    ]
    assert images == [(helpers.PLOT.title, f"slike/{name}") for name in document.images]
    assert list(document.images) == ["q1-2.svg", "q3-2.svg", "q2-2.svg"]


@pytest.mark.parametrize("code", ["", "\n", "`", "```\n````\n", "~~~", "    uvučeno\n\n\n\nkraj", "x\ty\n"])
def test_any_code_comes_through(code: str) -> None:
    question = helpers.entries()[0].question
    found = helpers.finding(question, evidence=helpers.evidence(snippet=Snippet(code, code), blocks=()))
    text = FORMATS["md"]("x", [helpers.Exported(helpers.bank(question), question, found)]).text(str)
    fences = [token.content for token in helpers.tokens(text) if token.type == "fence"]
    assert [fence.rstrip("\n") for fence in fences] == [code.rstrip("\n")] * 2
