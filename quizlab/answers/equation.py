"""Answers written as equations: ``y' = 1 − tanh²(x)``, ``9·32·32 + 96 = 9312``.

A left side that is only a name for the answer is dropped. Where several sides have a value, all must have the
same one; then the last is the answer, and otherwise nobody can know which of them is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from quizlab.answers.names import Names
from quizlab.answers.reading import Reading, Unreadable, unreadable

_SIGN = re.compile(r"(?<![<>!:=])=(?!=)|:=(?!=)|←")
_COLON = re.compile(r"\s*[^\W\d][\w\s]{0,40}:(?!=)")
_LABEL = re.compile(r"\s*(?:[^\W\d][\w\s]{0,40}?(?:\([^()=]{0,40}\)\s*)?)?")
_NAMING = re.compile(r"[^0-9,;]*[^\W\d][^0-9,;]*")
_WORDS = re.compile(r"[^\W\d]\w*")
_MOST = 6

ReadSide = Callable[[str], Reading | Unreadable]
Same = Callable[[Reading, Reading], bool]


def settle(text: str, names: Names, read: ReadSide, same: Same) -> Reading | Unreadable:
    """Reads each side with ``read``; they must agree by ``same``."""
    pieces = _sides(text, names)
    if len(pieces) > _MOST or not all(piece.strip() for piece in pieces):
        return unreadable("unexpected", text, symbol="=", position=str(text.find("=") + 1))
    found = [read(piece) for piece in pieces]
    if len(found) > 1 and isinstance(found[0], Unreadable) and _NAMING.fullmatch(pieces[0]):
        del found[0]
    trouble = next((one for one in found if isinstance(one, Unreadable)), None)
    if trouble:
        return trouble
    readings = [one for one in found if isinstance(one, Reading)]
    for other in readings[:-1]:
        if not same(other, readings[-1]):
            return unreadable("sides_differ", text, one=other.shown, other=readings[-1].shown)
    return readings[-1]


def _sides(text: str, names: Names) -> list[str]:
    """What stands between the equals signs, each in its place, without a name for the answer."""
    colon = _COLON.match(text)
    if colon and text[colon.end() :].strip() and not _known(colon[0].rstrip(" :"), names):
        text = text[colon.end() :].rjust(len(text))
    pieces, start = [], 0
    for sign in _SIGN.finditer(text):
        pieces.append(" " * start + text[start : sign.start()])
        start = sign.end()
    pieces.append(" " * start + text[start:])
    return pieces[1:] if len(pieces) > 1 and _is_label(pieces[0], names) else pieces


def _known(words: str, names: Names) -> bool:
    """Whether words before a colon are what is divided: ``K:2``."""
    return all(names.split(word) for word in words.split())


def _is_label(piece: str, names: Names) -> bool:
    word = _WORDS.search(piece)
    return _LABEL.fullmatch(piece) is not None and not (word and "(" in piece and names.function(word[0]))
