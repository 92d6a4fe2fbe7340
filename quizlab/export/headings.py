"""Headings of the guide: what they say, in which order they stand and where links to them lead."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from quizlab.export.document import Exported
from quizlab.export.escaping import escaped
from quizlab.telling.words import one_line

FORUM = "Što je bilo krivo, nepotpuno ili sporno"
ANSWERS = "Odgovori"


def by_bank(entries: Sequence[Exported]) -> Iterator[list[Exported]]:
    """The entries of each bank, in the order in which the banks first come up."""
    banks: dict[str, list[Exported]] = {}
    for entry in entries:
        banks.setdefault(entry.bank.name, []).append(entry)
    yield from banks.values()


def by_topic(entries: Sequence[Exported]) -> dict[str, list[Exported]]:
    """The entries of each topic, in the order in which the topics first come up."""
    topics: dict[str, list[Exported]] = {}
    for entry in entries:
        topics.setdefault(entry.question.topic, []).append(entry)
    return topics


def bank_heading(entry: Exported) -> str:
    """«lab4 · Metričko ugrađivanje»."""
    return f"{entry.bank.name} · {entry.bank.title}"


class Topic(Struct, frozen=True):
    """Questions on one topic, under a heading that leads somewhere."""

    name: str
    anchor: str
    entries: tuple[Exported, ...]


class Section(Struct, frozen=True):
    """The topics of one bank."""

    heading: str
    anchor: str
    topics: tuple[Topic, ...]


class Plan(Struct, frozen=True):
    """All headings of a guide in the order in which they stand; GitHub numbers their anchors in this order.

    ``questions`` and ``answers`` give the anchor of each question, and of its answer where that stands apart.
    """

    sections: tuple[Section, ...]
    questions: dict[str, str]
    answers: dict[str, str]
    forum: str = ""


def planned(title: str, entries: Sequence[Exported], *, forum: bool, apart: bool) -> Plan:
    """The plan of a guide: with a section on the forum, with the answers apart from the questions."""
    seen: dict[str, int] = {}
    anchor(title, seen)
    about_forum = anchor(FORUM, seen) if forum and not apart else ""
    questions: dict[str, str] = {}
    sections = []
    for group in by_bank(entries):
        heading, topics = bank_heading(group[0]), []
        leads = anchor(heading, seen)
        for name, found in by_topic(group).items():
            there = anchor(name, seen)
            for entry in found:
                questions[entry.question.id] = anchor(entry.question.id, seen)
            topics.append(Topic(name, there, tuple(found)))
        sections.append(Section(heading, leads, tuple(topics)))
    answers = {}
    if apart:
        about_forum = anchor(FORUM, seen) if forum else ""  # it says keys: on paper behind all questions
        anchor(ANSWERS, seen)
        answers = {name: anchor(answer_heading(name), seen) for name in questions}
    return Plan(tuple(sections), questions, answers, about_forum)


def answer_heading(name: str) -> str:
    """The heading of an answer that stands apart."""
    return f"Odgovor {name}"


def contents(plan: Plan) -> Iterator[str]:
    """The table of contents: a line a topic, with its questions."""
    about_forum = [f"- {link(FORUM, plan.forum)}"] if plan.forum else []
    if not plan.answers:
        yield from about_forum
    for section in plan.sections:
        yield f"- {link(section.heading, section.anchor)}"
        for topic in section.topics:
            names = " · ".join(link(each.question.id, plan.questions[each.question.id]) for each in topic.entries)
            yield f"  - {link(topic.name, topic.anchor)}: {names}"
    if plan.answers:
        yield from about_forum
    yield ""


def link(text: str, anchor: str) -> str:
    """A link to a heading."""
    return f"[{escaped(text)}](#{anchor})"


def anchor(text: str, seen: dict[str, int]) -> str:
    """The anchor that GitHub makes of a heading; one that was there before gets a number."""
    kept = (
        sign
        for sign in one_line(text).lower()
        if sign in "- " or unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) in ("Nd", "Pc")
    )
    made = "".join(kept).replace(" ", "-")
    times = seen.get(made, 0)
    seen[made] = times + 1
    return f"{made}-{times}" if times else made
