"""A line that holds several questions, cut into one statement each."""

from __future__ import annotations

import itertools
import re

from msgspec import Struct

from quizlab.thread.find import Match, likely
from quizlab.thread.said import asks_only

_ASKING = r"(?=kol|koj|[sš]t[oa]\b|kak|gdje)"
_CUT = re.compile(
    r"\?+\s*[,;.]?\s+|;\s+|\)\s+(?:i|te|a)\s+|\)\s+(?=broj |kol|koj|[sš]to )|\)\s*,\s+|"
    rf",\s+i\s+|,\s+(?=(?:njen\w*\s+)?(?:loss|gubit|optimi|aktivac|deriv|raspon|slika|najve|eksplo|red\b|oblik|tip\b|zadnj))|,\s+a\s+(?=kod|za|u\b|oblik|red|tip)|\s+(?:te|i)\s+{_ASKING}|(?<![0-9])\.\s+(?=[^\W\d_])|"
    r"\s\+\s(?=[^\W\d_]{3})|\s\|\s|,\s+(?=[^\W\d_][^,()=]{2,40}(?:->|→|=|:)\s)"
)
_ASKS = re.compile(r"\?|\(|->|→|=|:\s|\s[-–]\s|[0-9]")
_BEGINS = re.compile(
    r"(?i)\W*(?:broj|(?:njen\w*\s+)?(?:red|oblik|tip|formula|deriv\w*|raspon|loss|gubit\w*|optimi\w*|aktivac\w*|slika))\b"
)
_MARK = re.compile(r"(?i)^\W*(?:odg\w*|rj\w*|ans\w*|a|o)\s*[:.)]\s*")
_LISTED = re.compile(r",\s+i\s+$")
_CLOSED = re.compile(r"[?;)]\W*(?:(?:i|te|a)\s+)?$")
MORE = 1.2
"""By so much a text must be heavier than its heaviest part to be one question in spite of two parts."""
SURE, HEAVY = 0.6, 4.5
"""The certainty and the weight from which a part of a line is a question of its own."""


class Piece(Struct, frozen=True):
    """A part of a line: its text and the question that it is, if any is likely."""

    text: str
    match: Match | None


def pieces(text: str) -> list[Piece]:
    """The statements of a text; one, unless two parts of it are different questions, each surely."""
    whole = likely(text)
    cuts = [0, *(found.end() for found in _CUT.finditer(text)), len(text)]
    if len(cuts) < 3:
        return [Piece(text, whole)]
    parts = [(text[start:end], likely(text[start:end])) for start, end in itertools.pairwise(cuts)]
    found: list[Piece] = []
    while parts:
        part, match = parts.pop(0)
        before = found[-1] if found else None
        if before is None or _apart(before, part, match):
            found.append(Piece(part, match))
        elif parts and _apart(before, wider := part + parts[0][0], likely(wider)):
            parts[0] = (wider, likely(wider))
        else:
            joined = before.text + part
            found[-1] = Piece(joined, likely(joined) or before.match)
    if len(found) == 1 or len({piece.match.id for piece in found if piece.match}) < 2:
        return [Piece(text, whole)]
    closed = any(_CLOSED.search(piece.text) for piece in found[:-1])
    if whole and not closed and any(_more(whole, piece) for piece in found):
        return [Piece(text, whole)]
    return [piece for piece in found if piece.match]


def _more(whole: Match, piece: Piece) -> bool:
    """Whether the whole text is the piece's question far more clearly than the piece alone."""
    match = piece.match
    return match is not None and match.id == whole.id and whole.weight > MORE * match.weight


def _apart(before: Piece, part: str, match: Match | None) -> bool:
    if not match or not _sure(match):
        return False
    told = _LISTED.search(before.text)
    if not (told or _ASKS.search(part) or _BEGINS.match(part) or asks_only(part)):
        return False
    if before.match is None:
        return bool(re.search(r"[.;]\s*$", before.text)) and len(before.text.split()) > 2
    if before.match.id == match.id or not _sure(before.match) or not _ASKS.search(before.text):
        return False
    return not _answers_it(before.text, part)


def _answers_it(before: str, part: str) -> bool:
    """Whether a part behind a question mark answers that question: it asks nothing itself."""
    asked = re.search(r"\?+\s*[,;.]?\s*$", before) is not None
    part = _MARK.sub("", part)
    return asked and not asks_only(part) and not re.search(r"\?|\w\s*(?:->|→|=|:\s)", part)


def _sure(match: Match) -> bool:
    return match.confidence >= SURE and match.weight >= HEAVY
