"""Types, in Python's words and in Croatian: int, cijeli broj, torch.Tensor, tuple[Tensor, Tensor, Tensor].

Less specific is right: ``tuple`` holds where ``tuple[Tensor, Tensor, Tensor]`` was measured, not the reverse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizlab.answers.clean import words
from quizlab.answers.evaluate import Env
from quizlab.answers.reading import Reading, TypeName, Unreadable, unreadable
from quizlab.answers.split import enclosed, pieces, unbalanced
from quizlab.answers.typewords import KNOWN as _KNOWN
from quizlab.answers.typewords import NAMES as _NAMES

if TYPE_CHECKING:
    from quizlab.model import Atom, Part

_COUNTS = {
    "dva": 2,
    "dvije": 2,
    "two": 2,
    "tri": 3,
    "three": 3,
    "cetiri": 4,
    "four": 4,
    "pet": 5,
    "dvaju": 2,
    "triju": 3,
    "cetiriju": 4,
    "pair": 2,
    "par": 2,
    "trojka": 3,
    "trojku": 3,
}
_COUNTED = (
    r"(?:(?P<outer>[^\d]*?)(?:\s+(?:od|of|sa|s|koja sadrzi|koji sadrzi))?\s*[:,]?\s+)?(?P<count>[2-9]|"
    + "|".join(_COUNTS)
    + r")\s+(?P<inner>.+)"
)
_COUNTED_AND = _COUNTED.replace(
    "(?P<inner>.+)", r"(?P<inner>\w+)\s*(?:,|\+|\s(?:i|te|and)\s)\s*(?:jedan\s+|jednog\s+)?(?P<last>.+)"
)
"""So many of one and one of another: ``tri tenzora i int``."""

_CLASS = r"<class '([^']*)'>|type\((.*)\)"
_DOTTED = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"
_SAYING = re.compile(r"(?:(?:to\s+je|je|tipa?|python|pythonov)\s+)+(?=\S)", re.IGNORECASE)
_OF = r"\s+(?:(?:od|of|sa|s)\s+)?"
_DEEPEST = 5


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:  # noqa: ARG001
    """Reads the name of a type, with what it holds if that is said."""
    if missing := unbalanced(text):
        return unreadable("missing_bracket", text, bracket=missing[0], position=str(missing[1] + 1))
    found = _parse(text, 0)
    return unreadable("unknown_type", text, known=_KNOWN) if found is None else Reading("type", found, _show(found))


def _parse(text: str, depth: int) -> TypeName | None:
    text = text.strip().rstrip(".")
    if saying := _SAYING.match(text):
        text = text[saying.end() :]
    if match := re.compile(_CLASS).fullmatch(text):
        text = match[1] or match[2] or ""
    if depth > _DEEPEST or not text:
        return None
    inside = enclosed(text)
    if inside is not None and text[0] in "([":
        inner, many = _inner(inside, depth)
        if text[0] == "(" and len(inner or ()) == 1 and len(pieces(inside, ",;")) == 1:
            return inner[0] if inner else None
        return None if inner is None else _holding("tuple" if text[0] == "(" else "list", inner, many)
    if found := re.search(r"[\[(]", text):
        outer = _one(text[: found.start()])
        inner, many = _inner(enclosed(text[found.start() :]) or "", depth)
        if outer is None or inner is None:
            return None
        explained = found[0] == "(" and len(inner) == 1 and inner[0].name == outer.name and not many
        some = (
            found[0] == "(" and len(inner) == 1 and outer.name == "tuple"
        )  # tuple (Tensor) says of what, not how many
        return inner[0] if explained else _holding(outer.name, inner, many or some)
    return _one(text) or _counted(text)


def _holding(outer: str, inner: tuple[TypeName, ...], many: bool) -> TypeName:
    """A type with what it holds; a list or a set says only of what, not how many."""
    if outer in ("list", "set", "frozenset") and len(set(inner)) == 1:
        return TypeName(outer, inner[:1])
    return TypeName(outer, inner, many)


def _inner(text: str, depth: int) -> tuple[tuple[TypeName, ...] | None, bool]:
    found = [piece.strip() for piece in pieces(text, ",;")]
    many = len(found) == 2 and found[1] in ("...", "…")
    parsed = [_parse(piece, depth + 1) for piece in (found[:1] if many else found) if piece]
    inner = tuple(piece for piece in parsed if piece is not None)
    return (inner if inner and len(inner) == len(parsed) else None), many


def _one(text: str) -> TypeName | None:
    text = text.strip()
    if name := _NAMES.get(words(text)):
        return TypeName(name)
    if not re.compile(_DOTTED).fullmatch(text) or not ("." in text or text != text.lower()):
        return None
    parts = text.replace("np.", "numpy.", 1) if text.startswith("np.") else text
    return TypeName(parts)


def _counted(text: str) -> TypeName | None:
    """``tri tenzora``, ``n-torka od 3 tenzora``, ``tuple tenzora``."""
    plain = words(text)
    if match := re.compile(_COUNTED_AND).fullmatch(plain):
        outer, several = _NAMES.get((match["outer"] or "tuple").strip()), _NAMES.get(match["inner"].strip())
        last, count = _NAMES.get(match["last"].strip()), _COUNTS.get(match["count"]) or int(match["count"])
        if outer == "tuple" and several and last:
            return TypeName("tuple", (*(TypeName(several),) * count, TypeName(last)))
    if match := re.compile(_COUNTED).fullmatch(plain):
        outer = _NAMES.get((match["outer"] or "tuple").strip())
        inner = _NAMES.get(match["inner"].strip())
        count = _COUNTS.get(match["count"]) or int(match["count"])
        return _holding(outer, (TypeName(inner),) * count, False) if outer and inner else None
    for match in re.finditer(_OF, plain):
        outer, inner = _NAMES.get(plain[: match.start()]), _NAMES.get(plain[match.end() :])
        if outer in ("tuple", "list", "set") and inner:
            return _holding(outer, (TypeName(inner),), True)
    return None


def _show(said: TypeName) -> str:
    if not said.inner:
        return said.name
    return f"{said.name}[{', '.join(_show(inner) for inner in said.inner)}{', ...' if said.many else ''}]"


def holds(value: TypeName, measured: object, env: Env) -> bool:  # noqa: ARG001
    """Whether the measured type is this one, or a more precise form of it."""
    found = _parse(measured, 0) if isinstance(measured, str) else None
    return found is not None and _covers(value, found)


def _covers(said: TypeName, found: TypeName) -> bool:
    if not _same(said.name, found.name):
        return False
    if not said.inner:
        return True
    if said.many:
        return bool(found.inner) and all(_covers(said.inner[0], inner) for inner in found.inner)
    alike = len(said.inner) == len(found.inner) and not found.many
    return alike and all(_covers(one, other) for one, other in zip(said.inner, found.inner, strict=True))


def _same(said: str, found: str) -> bool:
    """Equal names; a name without its module stands for the one in any module."""
    one, other = f".{said.casefold()}", f".{found.casefold()}"
    return one == other or (one.endswith(other) or other.endswith(one))


def value_at(value: TypeName, env: Env) -> str:  # noqa: ARG001
    """The type's name."""
    return _show(value)
