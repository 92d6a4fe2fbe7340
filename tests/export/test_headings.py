"""Headings and the table of contents that leads to them."""

from __future__ import annotations

import pytest

from quizlab.export import FORMATS
from quizlab.export.headings import anchor
from tests import samples
from tests.export import helpers


def links(text: str) -> list[str]:
    return [
        str(child.attrs["href"])
        for token in helpers.tokens(text)
        for child in token.children or []
        if child.type == "link_open"
    ]


def written(entries: list[helpers.Exported], answers: str) -> str:
    return FORMATS["md"]("Odgovori", entries, answers=answers).text(str)


def awkward() -> list[helpers.Exported]:
    """Names that are also those of headings, topics that two banks share, a topic that comes up twice."""
    names = ("odgovori", "dokaz", "gubitak", "što-je", "q5", "odgovor")
    topics = ("Odgovori", "gubitak", "Odgovori", "Dokaz", "gubitak", "q5")
    asked = [samples.number(id=name, topic=topic) for name, topic in zip(names, topics, strict=True)]
    banks = (helpers.bank(*asked[:4], name="Odgovori"), helpers.bank(*asked[4:], name="gubitak", title=""))
    found = [helpers.finding(each) for each in asked]
    return [helpers.Exported(banks[at > 3], *each) for at, each in enumerate(zip(asked, found, strict=True))]


@pytest.mark.parametrize("answers", ["inline", "end", "none"])
@pytest.mark.parametrize("entries", [helpers.entries(), awkward()], ids=["usual", "awkward"])
def test_every_link_leads_to_its_heading(entries: list[helpers.Exported], answers: str) -> None:
    text = written(entries, answers)
    named = dict(zip(helpers.anchors(text), helpers.headings(text), strict=True))
    found = {helpers.MARKDOWN.normalizeLink(f"#{name}"): said for name, (_, said) in named.items()}
    led = links(text)
    assert set(led) <= set(found)
    if answers == "none":  # on paper nothing leads anywhere
        assert not led
        return
    alone = [found[name] for name in found if name not in led]  # the title, and the heading above all answers
    assert alone == ["Odgovori"] * (2 if answers == "end" else 1)


@pytest.mark.parametrize("answers", ["inline", "end", "none"])
@pytest.mark.parametrize("entries", [helpers.entries(), awkward()], ids=["usual", "awkward"])
def test_a_link_says_what_its_heading_says(entries: list[helpers.Exported], answers: str) -> None:
    text = written(entries, answers)
    said = dict(zip(helpers.anchors(text), [name for _, name in helpers.headings(text)], strict=True))
    leads = {helpers.MARKDOWN.normalizeLink(f"#{name}"): each for name, each in said.items()}
    for token in helpers.tokens(text):
        children = token.children or []
        for at, child in enumerate(children):
            if child.type == "link_open":
                shown = "".join(each.content for each in children[at + 1 : at + 1 + _length(children[at + 1 :])])
                there = leads[str(child.attrs["href"])]
                assert shown in (there, "Odgovor", "Natrag na pitanje")


def _length(children: list[helpers.Token]) -> int:
    return next(at for at, each in enumerate(children) if each.type == "link_close")


def test_answers_and_questions_lead_to_each_other() -> None:
    text = written(helpers.entries(), "end")
    for name in ("q1", "q2", "q3", "q4"):
        question, answer = (text[text.index(f"{level} {name}\n") :] for level in ("####", "### Odgovor"))
        assert question.index(f"[Odgovor](#odgovor-{name})") < question.index("\n#", 1)
        assert f"[Natrag na pitanje](#{name})" in answer.split("\n#", 1)[0]


def test_anchors_are_counted_as_github_counts_them() -> None:
    seen: dict[str, int] = {}
    assert [anchor(text, seen) for text in ("q1 · a_b-č²?", "Q1 · a_b-č²", "x")] == ["q1--a_b-č", "q1--a_b-č-1", "x"]
