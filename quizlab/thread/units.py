"""Lines put together: an item with its lower lines, its options and an answer below it is one unit of a thread."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from quizlab.thread.find import likely
from quizlab.thread.lines import Line
from quizlab.thread.model import Choice
from quizlab.thread.said import asks_only
from quizlab.thread.words import concepts, lexicon

_ANSWERING = re.compile(r"(?i)^\W*(?:odg|odgovor|rj|rje[sš]enje|answer|a|o)\s*[:.=)]|^\s*(?:->|→|=>|=|\()")
_CHOSE = re.compile(
    r"(?i)\W*(?:ja\s+)?(?:sam\s+)?(?:zaokru[zž]i|stavi|ozna[cč]i|odabra|napisa|odgovori|rek)(?:o|la|h|l|ao)\b"
)
_ASKS_ITSELF = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}.*(?:=|->|→)\s*\?+\W*$")
_REFERS = re.compile(r"(?i)\W*(?:a\s+|i\s+)?(?:za|pod)\s+(?:[0-9]{1,2}|[a-h])\b")
_BECAUSE = re.compile(r"(?i)\W*(?:da|jer|zato|kako bi)\s")
_OPENS = re.compile(r"(?i)\W*(?:za[sš]to|koliko|kolko|[cč]emu|why|how)\b")
_WAITING = re.compile(r"[?:]\s*[*_]*\s*$")
_ENDED = re.compile(r"[.?!]\W*$")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad¬]\s*$")
_NOISE = re.compile(r"[èæðÈÆÐ]|(?<![^\W_])(?=[lIOo]*[0-9])(?=[0-9]*[lIOo])[0-9lIOo]{2,}(?![^\W_])")
_BARE_LETTER = re.compile(r"([b-h])\s+(\S.{2,})")
_ROW = re.compile(r"(?:^|\s)\(?b\)\s")
_INDENT = 2
_WRAPPED_NOISE = 3
FULL = 0.6
"""A line of a scan that goes on in the next one fills so much of the page."""
MORE = 1.3
SHORT = 5
_LOOSE = ("new elsewhere",)
"""What is found under one name and yet is about different things."""

_WORD_OR_TWO = 2
LETTERS = "abcdefgh"


class Unit(Struct, frozen=True):
    """What belongs together: its lines, its text, its options, where it stands in the thread."""

    first: int
    last: int
    text: str
    post: int
    author: str = ""
    quote: bool = False
    label: str = ""
    bullet: bool = False
    indent: int = 0
    fenced: bool = False
    choices: tuple[Choice, ...] = ()


def units(lines: Sequence[Line]) -> list[Unit]:
    """The units of a thread in their order; what is empty belongs to none."""
    wrapped = scanned_page(lines)
    found: list[Unit] = []
    blank = False
    for line in lines:
        if line.empty:
            blank = blank or line.blank
            continue
        if found and found[-1].post == line.post and found[-1].quote == line.quote:
            joined = _joined(found[-1], line, blank=blank, wrapped=wrapped)
            if joined:
                found[-1] = joined
                blank = False
                continue
        found.append(_unit(line))
        blank = False
    return found


def scanned_page(lines: Sequence[Line]) -> int:
    """How wide the lines are if the text comes from a scan, where they break anywhere; 0 if it does not.

    A scan is known by misread characters and by hyphens at the ends of lines.
    """
    noise = sum(len(_NOISE.findall(line.text)) + bool(_BROKEN.search(line.text)) for line in lines)
    posts = len({line.post for line in lines})
    if noise < _WRAPPED_NOISE or noise * 40 < len(lines) or posts > 1 + len(lines) // 8:
        return 0
    return max(len(line.text) + line.indent for line in lines)


def _unit(line: Line) -> Unit:
    return Unit(
        line.number,
        line.number,
        line.text,
        line.post,
        line.author,
        line.quote,
        line.label,
        line.bullet,
        line.indent,
        line.fenced,
    )


def _joined(unit: Unit, line: Line, *, blank: bool, wrapped: int) -> Unit | None:
    """The unit with this line, if it belongs there."""
    if option := _with_option(unit, line):
        return option
    if wrapped and not line.bullet and not line.heading and _BROKEN.search(unit.text):
        return _with(unit, line, _BROKEN.sub("", unit.text) + line.text)
    return _with(unit, line) if _belongs(unit, line, blank=blank, wrapped=wrapped) else None


def _with_option(unit: Unit, line: Line) -> Unit | None:
    """The unit with the line as its next option."""
    if line.label and line.label in LETTERS and _offers(unit, line):
        if _ROW.search(line.text):
            return _with(unit, line, f"{unit.text}\n{line.label}) {line.text}")
        return _offered(unit, line, line.label, line.text.rstrip("*_ ") if line.starred else line.text)
    bare = _BARE_LETTER.match(line.text) if unit.choices else None
    return _offered(unit, line, bare[1], bare[2]) if bare and bare[1] == LETTERS[len(unit.choices) % 8] else None


def _offered(unit: Unit, line: Line, letter: str, text: str) -> Unit:
    choice = Choice(letter, text, line.starred)
    return msgspec.structs.replace(unit, last=line.number, choices=(*unit.choices, choice))


def _belongs(unit: Unit, line: Line, *, blank: bool, wrapped: int) -> bool:
    """Whether the line goes on with what the unit says or asks."""
    if line.text.startswith("(") and line.text.endswith(")") and not _technical(line.text):
        return False
    if (line.fenced and unit.fenced) or (
        line.text.startswith(("$$", "\\begin")) and unit.text.endswith((":", "$$", "\\end{aligned}"))
    ):
        return not (blank and unit.text.endswith("$$"))
    if line.bullet or line.heading or unit.choices:
        return _below(unit, line)
    bracketed = line.text.startswith("(") and _own(line.text) not in ("", _likeliest(unit.text))
    if (_ANSWERING.match(line.text) and not bracketed) or (not blank and line.indent >= unit.indent + _INDENT):
        return True
    return not _REFERS.match(line.text) and _goes_on(unit, line, blank=blank, wrapped=wrapped)


def _below(unit: Unit, line: Line) -> bool:
    """Whether an item stands under its question, or an answer under its options."""
    if unit.choices or line.label or line.heading:
        return bool(unit.choices) and not line.bullet and bool(_ANSWERING.match(line.text) or _CHOSE.match(line.text))
    own, before = _own(line.text), _likeliest(unit.text)
    under = line.indent > unit.indent or (not unit.bullet and bool(_WAITING.search(unit.text)))
    return under and before != "" and own in ("", before) and not _answers(line.text)


def _goes_on(unit: Unit, line: Line, *, blank: bool, wrapped: int) -> bool:
    """Whether a line without any marker is about the same as what stands above it."""
    own, before = _own(line.text), _likeliest(unit.text)
    ended = bool(_ENDED.search(unit.text))
    leans = unit.text.endswith(",") or _CHOSE.match(line.text)
    if not blank and before and ((leans and own in ("", before)) or _gives_reason(unit, line)):
        return True
    waiting = bool(_WAITING.search(unit.text))
    if wrapped and not blank and unit.label.isdigit() and own and (waiting or not before):
        return not (before and asks_only(line.text))
    if wrapped and not blank and not (ended and own and own != before):
        full = len(unit.text.rsplit("\n", 1)[-1]) >= FULL * wrapped
        return unit.bullet or (not ended and own in ("", before) and full)
    if waiting and before and (own == before or (not own and _may_answer(line.text))):
        return not _ASKS_ITSELF.search(line.text) and (own != "" or not asks_only(line.text))
    return _follows(unit, line, own, before, blank=blank)


def _follows(unit: Unit, line: Line, own: str, before: str, *, blank: bool) -> bool:
    """Whether a line goes on with a question that broke off, answers it shortly or is about the same."""
    if not blank and "?" not in unit.text and line.text[:1].islower() and _asks_more(unit.text, line.text):
        return True
    if blank or unit.bullet or unit.first != unit.last or not before or _answers(unit.text):
        return False
    if own == "" and _short_answer(line.text) and not asks_only(line.text):
        return True
    return own == before and before not in _LOOSE and not unit.text.rstrip().endswith(".")


def _gives_reason(unit: Unit, line: Line) -> bool:
    """Whether a line answers the question above it with a clause: «da …», «jer …»."""
    return bool(_WAITING.search(unit.text) and _BECAUSE.match(line.text))


def _asks_more(asked: str, rest: str) -> bool:
    """Whether a question breaks off at the end of its line: with the next one it is the same question, far more so."""
    whole, before, alone = likely(f"{asked}\n{rest}"), likely(asked), likely(rest)
    if (
        whole is None
        or (before and _OPENS.match(rest))
        or (before and whole.id != before.id)
        or (alone and not before and alone.weight >= whole.weight)
    ):
        return False
    return asks_only(asked) and whole.weight > MORE * (before.weight if before else 0)


def _short_answer(text: str) -> bool:
    """Whether a line may be nothing but an answer: a word of the course or a number, and few words besides."""
    return len(text.split()) <= SHORT and (_technical(text) or bool(re.match(r"\W*[0-9]", text)))


def _may_answer(text: str) -> bool:
    """Whether a line that asks nothing may answer: it speaks of the course, gives a number or is a word or two."""
    return len(text.split()) <= _WORD_OR_TWO or _technical(text) or bool(re.search(r"[0-9]", text))


def _technical(text: str) -> bool:
    return any(one.name not in lexicon().talk for one in concepts(text))


def _answers(text: str) -> bool:
    return bool(re.search(r"->|→|=|\bodg|: \S", text))


def _offers(unit: Unit, line: Line) -> bool:
    """Whether the line is the next option of the unit's question, and no question in a list of its own."""
    if unit.label in LETTERS and unit.label and not unit.choices:
        return False
    due = LETTERS[len(unit.choices)] if len(unit.choices) < len(LETTERS) else ""
    return line.label == due and bool(_likeliest(unit.text))


def _likeliest(text: str) -> str:
    found = likely(text)
    return found.id if found else ""


def _own(text: str) -> str:
    """The question of a line by itself; a bare value has none, it answers what stands above it."""
    return _likeliest(text) if re.search(r"[^\W\d_]{2}|=", text) else ""


def _with(unit: Unit, line: Line, text: str = "") -> Unit:
    return msgspec.structs.replace(unit, last=line.number, text=text or f"{unit.text}\n{line.text}")
