"""The cheat sheet: one page a lab, question → answer by topic, and last what people get wrong most often.

It is written in Markdown, or as a page (`quizlab.export.html.sheet`) whose print fills one side of paper a lab.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from quizlab.export.document import Document, Exported
from quizlab.export.escaping import escaped, formula, remembered, rich
from quizlab.export.headings import bank_heading, by_bank, by_topic
from quizlab.telling import words
from quizlab.telling.account import Account, Remembered

LINES, CHARACTERS = 90, 6_500
"""What fits a page for one lab, as Markdown."""

SPOKEN = 150
"""Characters of the key points of an open question, an equation half as dear; the first one is there in any case."""

ASIDE = re.compile(r" (?:Napiši|Odaberi|Navedi|Objasni)[^.?!]*[.!]$")
"""How to answer is of no use where the answer stands beside it."""


class Look(Struct, frozen=True):
    """How a medium sets a text of a bank, plain text, an answer, one that was remembered, and what is strong."""

    rich: Callable[[str], str]
    plain: Callable[[object], str]
    formula: Callable[[object], str]
    remembered: Callable[[object], str]
    strong: Callable[[str], str]


class Trap(Struct, frozen=True):
    """A wrong answer that people give, and what to remember of it; all of it set."""

    id: str
    answer: str
    says: str


class Page(Struct, frozen=True):
    """One lab: its topics with (question, answer) in each, and its traps; all of it set."""

    heading: str
    topics: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    traps: tuple[Trap, ...]


MARKDOWN = Look(rich, escaped, formula, remembered, lambda text: f"**{text}**" if text else "")


def sheet(title: str, entries: Sequence[Exported], form: str = "md") -> Document:
    """The sheet: a heading and a page for each lab; ``form`` is md or html."""
    if form == "html":
        from quizlab.export.html.sheet import document

        return document(title, entries)
    lines = [f"# {escaped(title)}", ""]
    for group in by_bank(entries):
        lines += _markdown(page(group, MARKDOWN))
    return Document(("\n".join(lines).rstrip("\n") + "\n",))


def page(group: Sequence[Exported], look: Look) -> Page:
    """The page of a lab, with as many traps as fit it; how many that is does not depend on the medium."""
    topics = _topics(group, look)
    measured = Page(bank_heading(group[0]), _topics(group, MARKDOWN), ())
    fit = _fitting(measured, list(dict.fromkeys(_traps(group, MARKDOWN))))
    traps = tuple(dict.fromkeys(_traps(group, look)))[:fit]
    return Page(look.plain(bank_heading(group[0])), topics, traps)


def _topics(group: Sequence[Exported], look: Look) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return tuple(
        (look.plain(topic), tuple((_asked(each.told, look), _answer(each.told, look)) for each in found))
        for topic, found in by_topic(group).items()
    )


def _markdown(made: Page) -> list[str]:
    lines = [f"## {made.heading}", ""]
    for topic, rows in made.topics:
        lines += [f"### {topic}", "", *(f"- {asked} → {answer}" for asked, answer in rows), ""]
    if made.traps:
        lines += ["### Zamke", "", *map(_trap, made.traps), ""]
    return lines


def _trap(one: Trap) -> str:
    return f"- {one.id}: ✗ {one.answer}" + (f" – {one.says}" if one.says else "")


def _fitting(made: Page, traps: Sequence[Trap]) -> int:
    """How many traps there is room for: those that someone fell into first."""
    lines = _markdown(made)
    room, left = LINES - len(lines) - 4, CHARACTERS - 60 - sum(len(line) + 1 for line in lines)
    for number, trap in enumerate(traps):
        left -= len(_trap(trap)) + 1
        if number >= room or left < 0:
            return number
    return len(traps)


def _asked(told: Account, look: Look) -> str:
    """The question without what only says how to answer it; the mark of one that is not proved."""
    refuted = f"({words.VERDICTS[told.verdict]}) " if told.verdict in ("refuted", "unproved") else ""
    mark = refuted if told.snippet or told.verdict == "unproved" else "(dokaz nije izračunat) "
    return mark + look.rich(ASIDE.sub("", told.prompt))


def _answer(told: Account, look: Look) -> str:
    """The shortest right answer: a formula or a number in bold; of an explanation as many key points as fit."""
    if told.options:
        return "; ".join(look.strong(look.rich(each.text)) for each in told.right) + _disputed(told, look)
    if not told.points:
        return look.strong(look.formula(told.key))
    costs = [len(point.text) // (2 if "=" in point.text else 1) for point in told.points]
    number = next(n for n in range(len(costs), 0, -1) if n == 1 or sum(costs[:n]) <= SPOKEN)
    made = [look.rich(words.sentence(each.text)) for each in told.points[:number]]
    return " ".join(made) + (" …" if number < len(costs) else "")


def _disputed(told: Account, look: Look) -> str:
    """That the other side has its answer, too: on the evening before, this page is the one that is read."""
    others = [option.text for option in told.options if option.camp and not option.right] if told.dispute else []
    said = look.rich(words.phrase("; ".join(others)))
    return f" ({words.VERDICTS['disputed']}; drugi odgovor: {said})" if others else ""


def _traps(group: Sequence[Exported], look: Look) -> Iterator[Trap]:
    """What was remembered and does not hold, then the first mistake of every question, most often remembered first."""
    accounts = [entry.told for entry in group]
    for told in accounts:
        for one in told.doubtful:
            if one.verdict == "refuted" and not _slipped(told, one):
                yield Trap(look.plain(told.id), look.remembered(one.answer), look.rich(words.phrase(one.note)))
    for told in sorted(accounts, key=lambda each: -len(each.remembered)):
        for mistake in told.mistakes[:1]:
            yield Trap(look.plain(told.id), look.formula(mistake.answer), look.rich(mistake.says))


def _slipped(told: Account, wrong: Remembered) -> bool:
    """Whether the same source has the right answer as well: then the wrong one is a slip of the pen and no trap."""
    return any(one.group == wrong.group and one.verdict == "confirmed" for one in told.remembered)
