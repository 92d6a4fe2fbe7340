"""Intervals: (−1, 1), <−1, 1>, ]−1, 1[, [0, ∞), −1 < x ≤ 1, x > 0, ℝ.

Open and closed ends differ, so a range that does not say which (``od −1 do 1``) is asked again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizlab.answers.clean import signs, words
from quizlab.answers.evaluate import Env, equal, evaluate, numeric
from quizlab.answers.expression import parse
from quizlab.answers.names import Names
from quizlab.answers.number import computed, show
from quizlab.answers.reading import Reading, Span, Unreadable, unreadable

if TYPE_CHECKING:
    from quizlab.model import Atom, Part

_NAMED = re.compile(
    r"(?i)\s*(?:(?P<ends>otvoren\w*|zatvoren\w*)\s+)?(?:interval\w{0,2}|raspon|slika)\b(?:\s+je\b)?\s*:?\s*"
)
_LEFT = {"(": False, "<": False, "⟨": False, "]": False, "[": True}
_RIGHT = {")": False, ">": False, "⟩": False, "[": False, "]": True}
_REALS = ("r", "svi realni brojevi", "realni brojevi", "skup realnih brojeva", "svi realni")
_INFINITE = r"([+-]?)\s*(?:∞|inf|infinity|oo|beskonacno|beskonacnost|math\.inf|float\('inf'\))"
_VALUE = r"(?:(?!abs\b)[^\W\d]\w*(?:\([^\W\d]\w*\)|\s[^\W\d]\w*)?)"
_BETWEEN = rf"(.+?)(<=|>=|[<>≤≥])\s*{_VALUE}\s*(<=|>=|[<>≤≥])(.+)"
_ONE_SIDE = rf"{_VALUE}\s*(?P<sign><=|>=|[<>≤≥])(?P<end>.+)"
_OTHER_SIDE = rf"(?P<end>.+?)(?P<sign><=|>=|[<>≤≥])\s*{_VALUE}\s*"
_WITHIN = re.compile(r"(?:abs\(\s*[^\W\d]\w*\s*\)|\|\s*[^\W\d]\w*\s*\|)\s*(?P<sign><=|[<≤])\s*(?P<end>[^<>≤≥=|]+)")
"""The distance from zero: ``|y| < 1``."""

_TURNED = str.maketrans("<>≤≥", "><≥≤")
_RANGE = r"(?:od|izmedu|from|between)?\s*(.+?)\s*(?:do|to| i |\.\.+|…)\s*(.+)"
_SEPARATORS = (r";", r"\.\.+|…", r",\s", r",")
_OPENLY = re.compile(
    r"(?<![\s,(])[\s,(]+(?:bez\s+(?:granica|krajeva|rubova|krajnjih\s+to[cč]aka)|"
    r"(?:granice|krajevi|rubovi)\s+(?:nisu\s+uklju[cč]en\w*|ne\s+pripadaju)|otvoren\w*(?:\s+interval\w*)?)\)?\s*$",
    re.IGNORECASE,
)
_FROM = r"(?:[^\W\d]\w*\s*:\s*)?[rℝ]\s*→"
_MEMBER = rf"(?i)\s*(?:[^\W\d]\w*(?:\s*\([^\W\d]\w*\))?\s*(?:∈|(?:=|je\s+u|u|in)\s+)|∈|{_FROM})\s*"


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    """Reads an interval; its ends may be expressions over the parameters."""
    plain = signs(text).strip()
    said = _NAMED.match(plain)
    if said:
        plain = plain[said.end() :].strip() or plain
    if member := re.compile(_MEMBER).match(plain):
        plain = plain[member.end() :]
    plain = plain.strip()
    if not plain or words(plain) in _REALS:
        return _span(-math.inf, math.inf, False, False) if plain else unreadable("not_an_interval", text)
    ends = _Ends(text, Names([*part.symbols, *numeric(params)]), params)
    if (openly := _OPENLY.search(plain)) and isinstance(_between(plain[: openly.start()]), tuple):
        return ends.again(plain[: openly.start()], closed=False)
    found = _bracketed(plain, ends) or _inequality(plain, ends) or _unsaid(text, plain, ends)
    if isinstance(found, Unreadable) and found.code == "ends_not_said" and said and said["ends"]:
        return ends.again(plain, said["ends"][0] in "zZ")
    return found


def _bracketed(plain: str, ends: _Ends) -> Reading | Unreadable | None:
    if len(plain) > 2 and plain[0] in _LEFT and plain[-1] in _RIGHT:
        low = _middle(plain[1:-1])
        if isinstance(low, Unreadable):
            return low
        if low is not None:
            return ends.build(*low, _LEFT[plain[0]], _RIGHT[plain[-1]])
    if plain[0] in _LEFT and _middle(plain[1:]) and plain[-1] not in _RIGHT:
        return unreadable("missing_bracket", ends.text, bracket=")", position="1")
    if plain[-1] in _RIGHT and _middle(plain[:-1]) and plain[0] not in _LEFT:
        return unreadable("missing_bracket", ends.text, bracket="(", position=str(len(plain)))
    return None


def _inequality(plain: str, ends: _Ends) -> Reading | Unreadable | None:
    if found := _WITHIN.fullmatch(plain):
        closed = found["sign"] != "<"
        return ends.build(f"-({found['end']})", found["end"], closed, closed)
    if found := re.compile(_BETWEEN).fullmatch(plain):
        low, first, second, high = found.groups()
        if (first[0] in "<≤") != (second[0] in "<≤"):
            return unreadable("not_an_interval", plain)
        if first[0] in ">≥":
            low, first, second, high = high, second, first, low
        return ends.build(low, high, first not in "<>", second not in "<>")
    if found := re.compile(_ONE_SIDE).fullmatch(plain) or re.compile(_OTHER_SIDE).fullmatch(plain):
        sign, end = found["sign"], found["end"]
        if found.re.pattern == _OTHER_SIDE:
            sign = sign.translate(_TURNED)
        closed = sign not in "<>"
        if sign[0] in ">≥":
            return ends.build(end, "∞", closed, False)
        return ends.build("-∞", end, False, closed)
    return None


def _unsaid(text: str, plain: str, ends: _Ends) -> Reading | Unreadable:
    middle = _between(plain)
    if isinstance(middle, Unreadable):
        return middle
    if middle is None:
        return unreadable("not_an_interval", text)
    read_ends = ends.build(*middle, False, False)
    if isinstance(read_ends, Unreadable):
        return unreadable("not_an_interval", text)
    assert isinstance(read_ends.value, Span)
    if math.isinf(read_ends.value.low) and math.isinf(read_ends.value.high):
        return read_ends
    closed = ends.build(*middle, True, True)
    assert isinstance(closed, Reading)
    return unreadable("ends_not_said", text, open=read_ends.shown, closed=closed.shown)


def _between(plain: str) -> tuple[str, str] | Unreadable | None:
    """The two ends of what has no brackets: ``−1, 1`` or ``od −1 do 1``."""
    middle = _middle(plain)
    if middle is None and (found := re.compile(_RANGE).fullmatch(words(plain))):
        return found[1], found[2]
    return middle


def _middle(text: str) -> tuple[str, str] | Unreadable | None:
    """The two ends, separated by a semicolon or by the one comma that is no decimal comma."""
    for separator in _SEPARATORS:
        found = re.split(separator, text)
        if len(found) == 2 and all(end.strip() for end in found):
            return found[0], found[1]
        if separator == "," and len(found) == 4:
            return f"{found[0]},{found[1]}", f"{found[2]},{found[3]}"
        if separator == "," and len(found) == 3:
            return unreadable(
                "ambiguous_number",
                text,
                one=f"{found[0]},{found[1]}; {found[2]}",
                other=f"{found[0]}; {found[1]},{found[2]}",
            )
    return None


class _Ends:
    """Reads the two ends of one interval."""

    def __init__(self, text: str, names: Names, params: Mapping[str, Atom]) -> None:
        self.text, self.names, self.params = text, names, params

    def build(self, low: str, high: str, low_closed: bool, high_closed: bool) -> Reading | Unreadable:
        first, second = self._end(low), self._end(high)
        if isinstance(first, Unreadable):
            return first
        if isinstance(second, Unreadable):
            return second
        if first > second:
            return unreadable("not_an_interval", self.text)
        return _span(first, second, low_closed, high_closed)

    def again(self, plain: str, closed: bool) -> Reading | Unreadable:
        """An interval without brackets, of which it was said whether it is closed."""
        middle = _between(plain)
        assert isinstance(middle, tuple)
        return self.build(*middle, closed, closed)

    def _end(self, text: str) -> float | Unreadable:
        if infinite := re.compile(_INFINITE).fullmatch(words(text)):
            return -math.inf if infinite[1] == "-" else math.inf
        formula = parse(text.strip(), self.names)
        if isinstance(formula, Unreadable):
            return formula
        value = evaluate(formula, numeric(self.params))
        try:
            return unreadable("no_value", self.text) if value is None else float(value)
        except OverflowError:
            return unreadable("too_big", self.text)


def _span(low: float, high: float, low_closed: bool, high_closed: bool) -> Reading:
    span = _tidy(low, high, low_closed, high_closed)
    left, right = "[" if span.low_closed else "(", "]" if span.high_closed else ")"
    ends = [_show(span.low), _show(span.high)]
    between = "; " if any("," in end for end in ends) else ", "
    return Reading("interval", span, f"{left}{between.join(ends)}{right}")


def _tidy(low: float, high: float, low_closed: bool, high_closed: bool) -> Span:
    return Span(low, high, low_closed and not math.isinf(low), high_closed and not math.isinf(high))


def _show(end: float) -> str:
    if math.isinf(end):
        return "∞" if end > 0 else "−∞"
    return show(int(end) if end.is_integer() else computed(end))


def holds(value: Span, measured: object, env: Env) -> bool:  # noqa: ARG001
    """Whether both ends are the measured ones, and open or closed alike."""
    if not isinstance(measured, tuple) or len(measured) != 4:
        return False
    low, high, low_closed, high_closed = measured
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return False
    other = _tidy(low, high, bool(low_closed), bool(high_closed))
    closed = (value.low_closed, value.high_closed) == (other.low_closed, other.high_closed)
    return closed and equal(value.low, other.low) and equal(value.high, other.high)


def value_at(value: Span, env: Env) -> tuple[float, float, bool, bool]:  # noqa: ARG001
    """The ends, and which of them are closed."""
    return value.low, value.high, value.low_closed, value.high_closed
