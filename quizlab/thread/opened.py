"""An answer to an open question: which of its key points are said, and whether they are enough."""

from __future__ import annotations

from collections.abc import Iterable

from quizlab.model import OpenQuestion
from quizlab.thread import cues
from quizlab.thread.cues import Entry
from quizlab.thread.model import Judged, Verdict
from quizlab.thread.options import affirmed, shown
from quizlab.thread.said import Answer
from quizlab.thread.words import concepts

_WORTH = ("none", "incomplete", "right", "wrong")


def fullest(question: OpenQuestion, entry: Entry | None, texts: Iterable[Answer]) -> Judged:
    """The judged answer of the text that says most; what is known to be wrong counts first."""
    found = [judged for one in texts if (judged := weigh(question, entry, one.text))]
    return max(found, key=lambda judged: _WORTH.index(judged.verdict), default=Judged())


def weigh(question: OpenQuestion, entry: Entry | None, text: str) -> Judged | None:
    """The judged answer; None if it says none of the points and nothing that is known to be wrong."""
    if not entry:
        return None
    places = cues.where(concepts(affirmed(text)))
    met = [cue for cue in entry.heard if cues.holds(cue, places)]
    said = points(entry, text)
    enough = any(core <= said for core in entry.core) or bool(entry.need and len(said) >= entry.need)
    for cue in met:
        if cue.kind in ("wrong", "incomplete") and not (enough and cue.kind == "incomplete"):
            return Judged(shown(text), "wrong" if cue.kind == "wrong" else "incomplete", cue.says)
    if not said:
        return None
    missing = [point.text for number, point in enumerate(question.points, 1) if number not in said]
    wanted = {number for core in entry.core for number in core} - said
    first = next((question.points[number - 1].text for number in sorted(wanted) if number <= len(question.points)), "")
    verdict: Verdict = "right" if enough else "incomplete"
    says = "" if enough else f"Nedostaje: {first or missing[0]}" if missing else ""
    return Judged(shown(text), verdict, says)


def points(entry: Entry, text: str) -> set[int]:
    """The numbers of the key points that are said, counted from 1."""
    whole = cues.where(concepts(text))
    return {int(cue.kind) for cue in entry.heard if cue.kind.isdigit() and cues.holds(cue, whole)}
