"""The cheat sheet: one page a lab, question → answer by topic, and last what people get wrong most often.

It is Markdown; printed small in two columns, a lab with forty questions fills one sheet of paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizlab.export.document import Document, Exported
from quizlab.export.escaping import escaped, formula, rich
from quizlab.export.forum import right
from quizlab.export.headings import bank_heading, by_bank, by_topic
from quizlab.telling import words
from quizlab.telling.account import Account

LINES, CHARACTERS = 90, 6_500
"""What fits a page for one lab."""

SPOKEN = 150
"""Characters of the key points of an open question, an equation half as dear; the first one is there in any case."""

ASIDE = re.compile(r" (?:Napiši|Odaberi|Navedi|Objasni)[^.?!]*[.!]$")
"""How to answer is of no use where the answer stands beside it."""


def sheet(title: str, entries: Sequence[Exported]) -> Document:
    """The sheet: a heading and a page for each lab."""
    lines = [f"# {escaped(title)}", ""]
    for group in by_bank(entries):
        page = list(_page(group))
        lines += [*page, *_traps(group, LINES - len(page), CHARACTERS - sum(len(line) + 1 for line in page))]
    return Document(("\n".join(lines).rstrip("\n") + "\n",))


def _page(group: Sequence[Exported]) -> Iterator[str]:
    """Question → answer, topic by topic."""
    yield f"## {escaped(bank_heading(group[0]))}"
    yield ""
    for topic, found in by_topic(group).items():
        yield f"### {escaped(topic)}"
        yield ""
        yield from (f"- {_asked(told)} → {_answer(told)}" for told in (entry.told for entry in found))
        yield ""


def _asked(told: Account) -> str:
    """The question without what only says how to answer it; the mark of one that is not proved."""
    refuted = f"({words.VERDICTS[told.verdict]}) " if told.verdict in ("refuted", "unproved") else ""
    mark = refuted if told.snippet or told.verdict == "unproved" else "(dokaz nije izračunat) "
    return mark + rich(ASIDE.sub("", told.prompt))


def _answer(told: Account) -> str:
    """The shortest right answer: a formula or a number in bold; of an explanation as many key points as fit."""
    if not told.points:
        return right(told, "**") + _disputed(told)
    costs = [len(point.text) // (2 if "=" in point.text else 1) for point in told.points]
    number = next(n for n in range(len(costs), 0, -1) if n == 1 or sum(costs[:n]) <= SPOKEN)
    made = [rich(words.sentence(each.text)) for each in told.points[:number]]
    return " ".join(made) + (" …" if number < len(costs) else "")


def _disputed(told: Account) -> str:
    """That the other side has its answer, too: on the evening before, this page is the one that is read."""
    others = [option.text for option in told.options if option.camp and not option.right] if told.dispute else []
    return f" ({words.VERDICTS['disputed']}; drugi odgovor: {rich(words.phrase('; '.join(others)))})" if others else ""


def _traps(group: Sequence[Exported], lines: int, characters: int) -> Iterator[str]:
    """As many traps as fit the page: those that someone fell into first."""
    made: list[str] = []
    lines -= 4  # the title, and the heading of the traps
    characters -= 60
    for trap in dict.fromkeys([*_fallen(group), *_named(group)]):
        characters -= len(trap) + 1
        if len(made) >= lines or characters < 0:
            break
        made.append(trap)
    if made:
        yield from ("### Zamke", "", *made, "")


def _fallen(group: Sequence[Exported]) -> Iterator[str]:
    """What was remembered and does not hold."""
    for told in (entry.told for entry in group):
        for one in told.doubtful:
            if one.verdict == "refuted":
                note = words.phrase(one.note)
                yield f"- {escaped(told.id)}: ✗ {formula(one.answer)}" + (f" – {escaped(note)}" if note else "")


def _named(group: Sequence[Exported]) -> Iterator[str]:
    """The first mistake of every question with a number or a formula, those most often remembered first."""
    for told in sorted((entry.told for entry in group), key=lambda each: -len(each.remembered)):
        for mistake in told.mistakes[:1]:
            yield f"- {escaped(told.id)}: ✗ {formula(mistake.answer)} – {rich(mistake.says)}"
