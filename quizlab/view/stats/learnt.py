"""Questions, mistakes, confidence: what was learnt and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from quizlab.learning.stats.shapes import Asked, Confidence, Slip, Trust
from quizlab.model import Atom, Table
from quizlab.telling import words
from quizlab.view import paragraphs, tables
from quizlab.view.screen import Screen
from quizlab.view.stats.overview import ROOMY
from quizlab.view.stats.phrases import answers, heading, listed, percent, times

MOST, OFTEN = 10, 5
"""Questions and mistakes shown unless some questions were asked about."""


def questions(screen: Screen, found: Sequence[Asked], now: datetime, *, detailed: bool) -> None:
    """Those questions from which most points are missing, or every one that was asked about."""
    told = list(found) if detailed else [each for each in found if each.answers][:MOST]
    if not told:
        return
    if screen.plain:
        for each in told:
            screen.line(_said(each, now))
        return
    heading(screen, f"{'Pitanja' if detailed else 'Što najviše treba ponoviti'} (točnost u %)")
    wide = screen.width >= ROOMY
    columns = ("pitanje", "tema", "zadnji put", "puta", "točno", "sada", "na blicu")
    narrow = ("pitanje", "zadnji put", "na blicu")
    rows = [_row(each, now) for each in told]
    if wide:
        tables.table(screen, Table(columns, tuple(rows)))
    else:
        tables.table(screen, Table(narrow, tuple((row[0], row[2], row[6]) for row in rows)))


def _row(each: Asked, now: datetime) -> tuple[Atom, ...]:
    shares = (each.points, each.present, each.expected)
    numbers = ("" if share is None else round(100 * share) for share in shares)
    last = f"{words.SIGNS[each.last]} {words.ago(each.at, now)}" if each.at and each.last else "još nije postavljeno"
    return (each.id, each.topic, last, each.answers, *numbers)


def _said(each: Asked, now: datetime) -> str:
    shares = each.points, each.present, each.expected
    if each.at is None or each.last is None or None in shares:
        return f"Pitanje {each.id} ({each.topic}): još nije postavljeno."
    right, present, then = (percent(share or 0) for share in shares)
    last = f"{words.ago(each.at, now)}, {words.OUTCOMES[each.last]}"
    asked = f"postavljeno {times(each.answers)}, {right} točno, posljednji put {last}"
    return f"Pitanje {each.id} ({each.topic}): {asked}; očekivano sada {present}, na blicu {then}."


def mistakes(screen: Screen, found: Sequence[Slip], now: datetime, *, detailed: bool) -> None:
    """The most frequent mistakes, or all of them, each with its sentence."""
    if not found:
        return
    heading(screen, "Pogreške" if detailed else "Najčešće pogreške")
    rows = []
    for slip in found if detailed else found[:OFTEN]:
        says, last = words.text(slip.says, {}) or slip.tag, words.ago(slip.at, now)
        if screen.plain:
            when = f"{times(slip.times)}, posljednji put {last}"
            screen.line(words.sentence(f"Pogreška ({when}, {slip.question}): {says}"))
        rows.append((slip.question, says, slip.times, last))
    if screen.plain:
        return
    if screen.width >= ROOMY:
        tables.table(screen, Table(("pitanje", "što zapamtiti", "puta", "zadnji put"), tuple(rows)))
    else:
        tables.table(screen, Table(("pitanje", "što zapamtiti"), tuple(row[:2] for row in rows)))


def confidence(screen: Screen, found: Confidence) -> None:
    """How well the student knew what they know."""
    if not found.sure.answers + found.unsure.answers:
        return
    title = "Sigurnost prije presude"
    heading(screen, title)
    trusts = [("sigurno", found.sure), ("bez sigurnosti", found.unsure)]
    said = [f"{name} {_trusted(trust)}" for name, trust in trusts if trust.answers]
    totals = words.sentence("; ".join(said))
    lines = [f"{title}: {totals}" if screen.plain else words.capital(totals)]
    if found.misled:
        lines.append(f"Sigurno, a krivo: {listed(found.misled, MOST)}.")
    if found.lucky:
        lines.append(f"Pogođeno bez sigurnosti: {listed(found.lucky, MOST)}.")
    for line in lines:
        paragraphs.caption(screen, line, "")


def _trusted(trust: Trust) -> str:
    return f"{answers(trust.answers)}, {percent(trust.points or 0)} točno"
