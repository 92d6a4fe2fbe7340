"""Headings and the table of contents that leads to them."""

from __future__ import annotations

from quizlab.export.headings import anchor
from tests.export import helpers


def test_contents_lead_to_headings(guide: str) -> None:
    links = [
        str(child.attrs["href"])
        for token in helpers.tokens(guide)
        for child in token.children or []
        if child.type == "link_open"
    ]
    headed = [
        f"#{name}"
        for name, (tag, _) in zip(helpers.anchors(guide), helpers.headings(guide), strict=True)
        if tag in ("h2", "h3")
    ]
    assert [helpers.MARKDOWN.normalizeLink(link) for link in headed] == links


def test_anchors_are_counted_as_github_counts_them() -> None:
    seen: dict[str, int] = {}
    assert [anchor(text, seen) for text in ("q1 · a_b-č²?", "Q1 · a_b-č²", "x")] == ["q1--a_b-č", "q1--a_b-č-1", "x"]
