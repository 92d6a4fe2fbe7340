"""A raw thread line by line: who posted it, what is quoted, which marker it begins with; names and times left out."""

from __future__ import annotations

import re
import unicodedata

import msgspec
from msgspec import Struct

from quizlab.thread.fold import restore

_DATE = r"(?:[0-9]{1,4}[./-]\s?(?:[0-9]{1,2}|[A-Za-z]{3})[./-]\s?[0-9]{2,4}\.?|danas|jučer|jucer|today|yesterday)"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_STAMP = rf"(?:{_DATE},?\s+(?:u\s+|at\s+)?{_TIME}|{_TIME})"
_INLINE = re.compile(rf"(?i)^\W{{0,3}}{_STAMP}\]?\s*(?:[-–—]\s*)?([^:<>\n]{{1,40}}?):\s(.*)$")
_SPOKEN = re.compile(r"^\s*(?:<([^<>\s]{1,30})>|(\w[\w.-]{0,29}):)\s+(\S.*)$")
_ANONYMOUS = re.compile(r"(?i)(?:korisni(?:k|ca)|user|student(?:ica)?|anon\w*)_?[0-9]+$")
_STAMPED = re.compile(rf"(?i)^\W{{0,3}}{_STAMP}\]?\s*[-–—]?\s*(.*)$")
_HEADER = re.compile(
    rf"(?i)^(?:\[[^\]]{{1,20}}\]\s*|\S{{1,40}}(?:\s\S{{1,30}}){{0,3}}?\s*(?:[-–—|•·,:]\s*)?)\W{{0,3}}{_STAMP}\W*"
    r"(?:\((?:edited|uređeno|uredeno)\))?\W*$"
)
_QUOTING = re.compile(r"(?i)^\W*\S{1,30}(?:\s\S{1,30})?\s+(?:je\s+)?(?:napisa|wrote|kaze:|kaže:|citat)\S*\s*:?\s*$")
_REPLY = re.compile(r"(?i)^(?:↩|↪|┌|╭|⤷|replying to|odgovor na|u odgovoru na)[^\w@]*")
_EDITED = re.compile(r"(?i)\s*\((?:edited|uređeno|uredeno|uredjeno)\)\s*$")
_PAGE = re.compile(
    r"(?i)^\W*(?:str(?:anica)?|page|s)\.?\s*[0-9lIO]{1,3}(?:\s*(?:/|od|of)\s*[0-9lIO]{1,3})?\W*$|^\W*[0-9]{1,3}\s*/\s*[0-9]{1,3}\W*$|^\s*-\s*[0-9]{1,3}\s*-\s*$"
)
_RULE = re.compile(r"^[\s|:=_*+-]*$")
_TITLE = re.compile(r"(?i)^\s*(?:tema|topic|naslov|subject)\s*:|^\s*([-=*_~#+])\1{1,}\s*[^?=]{2,40}?\s*\1{2,}\s*$")
_TABLE = re.compile(r"^\s*\|(.*)\|\s*$")
_ARROWS = re.compile(r"\\(?:to|(?:long)?(?:r|R)ightarrow|mapsto|implies)(?![A-Za-z])")
_TIMES = re.compile(r"\\times(?![A-Za-z])")
_MEDIA = re.compile(
    r"(?i)^\s*(?:<[^<>]{0,40}(?:omitted|izostavljen|attached|privit|media|medij)[^<>]{0,40}>|"
    r"(?:image|video|audio|gif|sticker|slika|naljepnica)\s+(?:omitted|izostavljen\w?)|"
    r"(?:ova poruka je izbrisana|this message was deleted)\.?)\s*$"
)
_MENTION = re.compile(r"@[\w.#-]+:?\s*")
_MARKER = re.compile(
    r"^(\s*)(?:([-*•–+▪◦·])\s+)?(?:\[([ xX])\]\s+)?(\*\*|__|\*(?=\S))?"
    r"(?:\(?([0-9lIO]{1,2}|[a-hA-H]|(?:[i-zI-Z]|rn)(?=\)))[.)]\)?(?=\s|\*|[^\W\d])(?:\*\*|__)?\s*|(o)\s+(?=[A-Z\"„(]))?"
)
_REACTIONS = re.compile(r"^[\W\d]*$")
_BARE = re.compile(r"([1-9][0-9]?)\s+(?=\S)")
_FEW, _CAPITALS = 12, 0.7
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Line(Struct, frozen=True):
    """One line of a thread.

    ``label`` is its number or letter in a list, ``bullet`` that it begins an item, ``starred`` that the marker is
    emphasised (how people mark an option), ``post`` counts the posts from 0. A line that is ``empty`` says nothing of
    its own: blank, a header with name and time, a rule.
    """

    number: int
    text: str
    post: int = 0
    author: str = ""
    quote: bool = False
    label: str = ""
    bullet: bool = False
    starred: bool = False
    heading: bool = False
    indent: int = 0
    fenced: bool = False
    blank: bool = False
    empty: bool = False


def lines(text: str) -> list[Line]:
    """The lines of a thread, numbered from 1."""
    raws = text.splitlines()
    found: list[Line] = []
    post, author, fenced = 0, "", False
    people = {stamp[1].strip() for raw in raws if (stamp := _INLINE.match(raw))}
    people |= {raw.split(maxsplit=1)[0] for raw in raws if raw.strip() and _HEADER.match(raw)}
    for number, dirty in enumerate(raws, 1):
        raw = _CONTROL.sub("", dirty.expandtabs(4))
        if raw.strip().startswith("```"):
            fenced = not fenced
            found.append(Line(number, "", post, author, empty=True))
            continue
        if (spoken := _SPOKEN.match(raw)) and _named(spoken, people):
            post, author = post + 1, spoken[1] or spoken[2]
            found.append(_item(number, spoken[3], post, author, quote=False))
            continue
        under = raws[number] if number < len(raws) else ""
        post, author, line = _line(number, raw, under, post, author)
        found.append(msgspec.structs.replace(line, fenced=True) if fenced else line)
    return _untitled(_numbered(found))


def _untitled(found: list[Line]) -> list[Line]:
    """The lines, the first one empty if it is a title: in capitals, while it asks nothing."""
    first = next((at for at, line in enumerate(found) if not line.empty), None)
    if first is None:
        return found
    letters = [char for char in re.sub(r"\([^()]*\)", "", found[first].text) if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if len(letters) > _FEW and capitals > _CAPITALS * len(letters) and not re.search(r"[?=→]", found[first].text):
        found[first] = msgspec.structs.replace(found[first], empty=True)
    return found


def _numbered(found: list[Line]) -> list[Line]:
    """The lines with bare numbers as labels where they count on: «1 tanh», «2 adam», one below the other.

    So people answer a list of an earlier post; without such a list the numbers are left alone.
    """
    bare = [None if line.label or line.empty else _BARE.match(line.text) for line in found]
    numbers = [int(one[1]) if one else 0 for one in bare]
    asked = next((line.post for line in found if line.label.isdigit()), len(found))
    for at, line in enumerate(found):
        if line.post <= asked:
            continue
        one, number = bare[at], numbers[at]
        before = at and numbers[at - 1] == number - 1 and number > 1 and found[at - 1].post == line.post
        after = at + 1 < len(found) and numbers[at + 1] == number + 1 and number and found[at + 1].post == line.post
        if one and (before or after):
            text = line.text[one.end() :]
            found[at] = msgspec.structs.replace(line, label=str(number), text=text, bullet=True)
    return found


def _named(spoken: re.Match[str], people: set[str]) -> bool:
    """Whether a line begins with somebody's name, and not with a word or a token of the course."""
    name = spoken[1] or spoken[2]
    return name in people or _ANONYMOUS.match(name) is not None or (bool(spoken[1]) and not name.isupper())


def _line(number: int, raw: str, under: str, post: int, author: str) -> tuple[int, str, Line]:
    if not raw.strip():
        return post, author, Line(number, "", post, author, blank=True, empty=True)
    if inline := _INLINE.match(raw) or _INLINE.match(restore(raw)):
        post, author = post + 1, inline[1].strip()
        if _MEDIA.match(inline[2]):
            return post, author, Line(number, "", post, author, empty=True)
        return post, author, _item(number, inline[2], post, author, quote=False)
    stamp = restore(raw)
    if _HEADER.match(stamp) or (_STAMPED.match(stamp) and len(raw) < 70 and not re.search(r"[?=]", raw)):
        post, author = post + 1, raw.split(maxsplit=1)[0]
        return post, author, Line(number, "", post, author, empty=True)
    quote = bool(re.match(r"\s*>", raw)) or bool(_REPLY.match(raw))
    body = _REPLY.sub("", re.sub(r"^\s*(?:>\s?)+", "", raw))
    if (
        _QUOTING.match(body)
        or _MEDIA.match(body)
        or _PAGE.match(body)
        or _RULE.match(body)
        or _TITLE.match(body)
        or (_TABLE.match(raw) and _RULE.match(under) and "-" in under)
    ):
        return post, author, Line(number, "", post, author, quote, empty=True)
    return post, author, _item(number, body, post, author, quote=quote)


def _item(number: int, body: str, post: int, author: str, *, quote: bool) -> Line:
    body = _TIMES.sub("×", _ARROWS.sub("→", _EDITED.sub("", body)))
    row = _TABLE.match(body)
    if row:
        cells = [cell.strip() for cell in row[1].replace(r"\|", "¦").split("|")]
        body = " → ".join(cell for cell in cells if cell)
    body = _MENTION.sub("", body)
    heading = bool(re.match(r"\s*#{1,6}\s", body))
    body = re.sub(r"^\s*#{1,6}\s+", "", body)
    marker = _MARKER.match(body)
    assert marker
    label = restore(marker[5]) if marker[5] and any(char.isdigit() for char in restore(marker[5])) else marker[5] or ""
    if label in ("l", "I", "O"):
        label = "1" if label != "O" else "0"
    rest = body[marker.end() :]
    before = marker[4] or ""
    starred = bool(before) and bool(label)
    if before and not label:
        rest = before + rest
    bullet = bool(marker[2] or marker[3] or label or marker[6] or row)
    return Line(
        number,
        rest.strip(),
        post,
        author,
        quote,
        label.lower(),
        bullet,
        starred,
        heading,
        len(marker[1] or ""),
        empty=not re.search(r"\w", rest) or _reactions(rest),
    )


def _reactions(text: str) -> bool:
    """Whether the line holds nothing but signs and how often each was given: ``👍 3``."""
    return bool(_REACTIONS.match(text)) and any(unicodedata.category(char) == "So" for char in text)
