"""The study guide in Markdown (CommonMark with GitHub's tables and maths), with the proof behind every answer.

It reads the same on GitHub, in an editor, printed, and as it is. Its only HTML folds an answer away under its
question; with the answers at the end, or none, there is no HTML at all. First of all it says what the forum had
wrong, then it goes through the topics; with the answers at the end that comes behind the questions, as they do.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from quizlab.export.blank import NAME, room
from quizlab.export.document import Document, Exported, Picture
from quizlab.export.escaping import escaped, rich
from quizlab.export.forum import forum
from quizlab.export.headings import ANSWERS, Plan, answer_heading, contents, planned
from quizlab.export.solution import solution
from quizlab.telling import words

Place = Literal["inline", "end", "none"]
"""Where the answers are: folded under each question, at the end, or nowhere."""


def markdown(title: str, entries: Sequence[Exported], answers: Place = "inline") -> Document:
    """The guide: a table of contents, what was wrong on the forum, then every question with its answer."""
    made: dict[str, bytes] = {}
    told = answers != "none"
    plan = planned(title, entries, forum=told and any(each.told.doubtful for each in entries), apart=answers == "end")
    lines = [f"# {escaped(title)}", "", *((*_summary(entries), *contents(plan)) if told else (NAME, ""))]
    about_forum = [*forum(entries, plan)] if plan.forum else []
    if answers == "inline":
        lines += about_forum
    for section in plan.sections:
        lines += [f"## {escaped(section.heading)}", ""]
        for topic in section.topics:
            lines += [f"### {escaped(topic.name)}", ""]
            for entry in topic.entries:
                lines += [*_question(entry, blank=not told), *_below(entry, plan, answers, made)]
    if answers == "end":
        lines += [*about_forum, *_at_the_end(plan, made)]
    pieces: list[str | Picture] = ["\n".join(lines).rstrip("\n") + "\n"]
    for start, name in zip(itertools.chain(["\n"], itertools.repeat("")), made, strict=False):
        pieces += [f"{start}[{name}]: ", Picture(name), "\n"]
    return Document(tuple(pieces), made)


def _summary(entries: Sequence[Exported]) -> Iterator[str]:
    """How many questions there are and how the proofs came out."""
    number = sum(len(each.told.doubtful) for each in entries)
    confirmed = sum(each.finding.verdict == "confirmed" for each in entries)
    missing = sum(each.finding.evidence is None for each in entries)
    recorded = next((each.told.recorded for each in entries if each.told.recorded), "")
    proofs = "Svaki je odgovor izračunat pokretanjem koda vježbe"
    if missing:
        proofs = f"Dokaz nije izračunat za {missing}"
    elif recorded:
        proofs += f" ({escaped(words.phrase(recorded))})"
    yield (
        f"Pitanja: {len(entries)}. Potvrđenih ključeva: {confirmed}. Krivo ili nepotpuno zapamćenih odgovora: "
        f"{number}. {proofs}."
    )
    yield ""


def _question(entry: Exported, *, blank: bool) -> Iterator[str]:
    """What is asked, with the options."""
    told, box = entry.told, "☐ " if blank else ""
    yield f"#### {escaped(told.id)}"
    yield ""
    yield rich(told.prompt, "**")
    yield ""
    yield from (f"- {box}**{escaped(each.letter)}** {rich(each.text)}" for each in told.options)
    if told.options:
        yield ""


def _below(entry: Exported, plan: Plan, answers: Place, made: dict[str, bytes]) -> Iterator[str]:
    """What stands below a question: its hints and its answer, folded; the way to its answer; or room for one."""
    if answers == "none":
        yield from room(entry.question)
        return
    if entry.question.hints and answers == "inline":
        hints = enumerate(entry.told.hints, 1)
        # each says what it is: converters to other formats drop the heading of what is folded
        yield from _folded("Trag", [*(f"- Trag {number}: {rich(hint)}" for number, hint in hints), ""])
    if answers == "inline":
        yield from _folded("Odgovor", solution(entry, made))
    else:
        yield f"[Odgovor](#{plan.answers[entry.question.id]})"
        yield ""


def _folded(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Markdown that a page shows when asked; empty lines keep it Markdown."""
    yield "<details>"
    yield f"<summary>{title}</summary>"
    yield ""
    yield from lines
    yield "</details>"
    yield ""


def _at_the_end(plan: Plan, made: dict[str, bytes]) -> Iterator[str]:
    """The answers in the order of their questions, each with the way back."""
    yield f"## {ANSWERS}"
    yield ""
    for entry in (each for section in plan.sections for topic in section.topics for each in topic.entries):
        name = entry.question.id
        yield f"### {escaped(answer_heading(name))}"
        yield ""
        yield f"{rich(entry.told.prompt)} [Natrag na pitanje](#{plan.questions[name]})"
        yield ""
        yield from solution(entry, made)
