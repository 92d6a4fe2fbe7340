"""Whether a text asks something of the course, and whether it asks more than the question that is like it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizlab.thread import cues
from quizlab.thread.find import Match
from quizlab.thread.fold import plain
from quizlab.thread.model import Statement
from quizlab.thread.said import asks_only
from quizlab.thread.units import Unit
from quizlab.thread.words import concepts, lexicon

TELLING = 0.72
"""Below this a statement that neither asks nor answers is no question."""

_SIGNS = re.compile(r"\?|\b(?:mo[zg][eu] li|da li|kaj|[sš]t[oa]|kak\w*|kol\w*|koj\w*|za[sš]to|[cč]emu|pit\w+)\b|->|→|=")
_WHETHER = re.compile(r"\b(?:jel|dal|je li|nabroj\w*|naved\w*|objasn\w*)\b")
_CALLS = re.compile(
    r"\W*(?:jel|je li|ima|ima li|zna|zna li|moze li)\W+(?:\w+\W+)?(?:netko|tko|itko|neko|iko|ko)\b"
    r"(?!.*\b(?:zasto|kako|kolik|koj|st[oa]\b|objasni|pravo))"
)
"""«jel imao netko ono s 16 kanala?» asks people, not the course."""

_WHY = re.compile(r"\W*(?:q:\s*|(?:i|a|te|meni|jos|onda|pitanje)\W+)*(?:zasto|why|zbog cega)\b")
_WHAT_IF = re.compile(
    r"\b(?:sto|sta|kaj|what) (?:ako|if|bi bilo|bi se (?:dogodilo|desilo)|bude ako|se dogodi ako|bude kad)\b|"
    r"\b(?:ako|kad bi)\b[^?.:=]*\b(?:sto|sta|kaj|kako) (?:ce|bi)\b"
)
_CHANGED = frozenset({"shuffle", "larger", "unbounded", "appear"})
_REASONS = frozenset({"why", "purpose", "explain", "what", "changes", "can"})
_NUMBERED = re.compile(r"^\W*[0-9]{1,2}\W+")
_CODE = re.compile(r"`[^`]+`|\b(?:torch|nn)\.\w+|\w_\w")
_SHORT = 3


def asks(unit: Unit) -> bool:
    """Whether a text asks, in so many words or as a short item."""
    short = bool(unit.label) or len(unit.text.split()) <= _SHORT
    return short or bool(_SIGNS.search(unit.text) or _WHETHER.search(plain(unit.text)))


def another(text: str, id: str) -> bool:
    """Whether a text asks why or what if, and the question like it does not: that is another question."""
    asked = {name for cue in cues.entries()[id].asked for term in cue.terms for name in term.names}
    folded = plain(text).strip()
    return bool(_WHY.match(folded) and not asked & _REASONS) or bool(_WHAT_IF.search(folded) and not asked & _CHANGED)


def opens_list(text: str, match: Match | None) -> bool:
    """Whether a text only announces what comes below: it ends in a colon and is no question, surely."""
    return text.rstrip().endswith(":") and "?" not in text and not (match and match.confidence >= TELLING)


def of_the_course(unit: Unit, match: Match | None, before: Sequence[Statement]) -> bool:
    """Whether a text that is no question of the banks is nevertheless one of the course."""
    if _listed(unit, before):
        return True
    asking = _SIGNS.search(unit.text) and not _CALLS.match(plain(unit.text))
    return bool(asking) and (match is not None or _technical(unit))


def _listed(unit: Unit, before: Sequence[Statement]) -> bool:
    """Whether it is a question amid a numbered list of questions: the list vouches that it is one of the course."""
    above = before[-1] if before else None
    number = int(unit.label) if unit.label.isdigit() else 0
    counted = above is not None and above.post == unit.post and above.label == str(number - 1)
    return number > 1 and counted and asks_only(unit.text)


def _technical(unit: Unit) -> bool:
    """Whether it speaks of the course: a question in one of its words, anything else in two, or a name from code."""
    said = {one.first for one in concepts(unit.text) if one.name not in lexicon().talk and one.name[0] != "#"}
    return len(said) >= (1 if asks_only(_NUMBERED.sub("", unit.text)) else 2) or bool(_CODE.search(unit.text))
