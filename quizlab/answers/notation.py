"""Mathematics as it is pasted and as it is spoken, made plain: LaTeX, and indices of time."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quizlab.answers.names import Names
from quizlab.answers.split import CLOSING, PAIRS
from quizlab.answers.tex import UnclearError
from quizlab.answers.texcommands import TexCommands

_LATEX = r"\\|\$|[_^]\s*\{|\{\s*[.,]\s*\}|\}\s*[_^{]|[⌊⌈]"
_FRACTION = re.compile(
    r"(?P<whole>(?<![\w.,'^])[0-9]+\s?)?(?P<part>[¼-¾⅐-⅞↉])|(?P<over>[⁰¹²³⁴-⁹]+)[/⁄∕](?P<under>[₀-₉]+)"
)
_CROWDED = r"[\w)\]}]$|[0-9⁰¹²³⁴-⁹)\]}]\s*$|(?<!\w)\w\s*$"
"""What a mixed number would multiply, or be the rest of."""

_LOWERED = re.compile(r"(?<=[^\W\d_₀-₉⁰¹²³⁴-⁹]|[\u0300-\u036f])[₀-₉₊₋₍₎ₐ-ₜᵢ-ᵪⱼ]+(?=(?P<after>\w?))")
_RAISED = re.compile(r"(?<=[\w)\]}'′])[⁰¹²³⁴-ⁿⁱᴬ-ᵛᶜ-ᶻˡʰʲʳʷʸˢˣ]+")
_POWER = r"[⁺⁻]?[⁰¹²³⁴-⁹]+|ⁿ|⁽.*[⁰¹²³⁴-⁹]⁾"
"""What is raised and is read as it stands, or not at all: the 2 of h⁽²⁾ may be a layer."""

_HINGE = re.compile(r"[)\]}](?:\s*_\s*(?:\+|[({]\s*\+\s*[)}])|₊)(?![\w.,(\[{])")
_MOST_HINGES = 20
_INDEX = r"\w+"


def plain(text: str) -> str:
    """The text in plain characters: its fractions, indices and exponents of one character each, and its LaTeX."""
    return _hinged(latex(text if text.isascii() else _unraised(text)))


@lru_cache(maxsize=64)
def latex(text: str) -> str:
    """The text with LaTeX's commands and braces written plainly; what is not known stays and is refused later."""
    if not re.search(_LATEX, text):
        return text
    try:
        return TexCommands(text).run()
    except UnclearError:
        return text


def _hinged(text: str) -> str:
    """With the greater of zero and what stands in brackets for ``[…]_+``, the innermost first."""
    for _ in range(_MOST_HINGES):
        found = _HINGE.search(text)
        start = _opening(text, found.start()) if found else None
        if found is None or start is None:
            break
        text = f"{text[:start]}max(0; {text[start + 1 : found.start()]}){text[found.end() :]}"
    return text


def _opening(text: str, closing: int) -> int | None:
    """The place of the bracket that is closed there."""
    depth = 0
    for at in range(closing, -1, -1):
        depth += (text[at] in CLOSING) - (text[at] in PAIRS)
        if depth == 0:
            return at if PAIRS[text[at]] == text[closing] else None
    return None


def worded(text: str) -> str:
    """The same where words are read: an unknown command is a word, its backslash is none."""
    return latex(text).replace("\\", " ")


def _unraised(text: str) -> str:
    """Fractions, indices and exponents that are characters of their own, in those that all have."""
    text = _LOWERED.sub(_lowered, _FRACTION.sub(_divided, text))
    return _RAISED.sub(lambda found: found[0] if re.fullmatch(_POWER, found[0]) else _set("^", found[0]), text)


def _divided(found: re.Match[str]) -> str:
    """A fraction in brackets, with the whole number before it; as it is where it could be a factor."""
    if re.search(_CROWDED, found.string[: found.start()]):
        return found[0]
    part = unicodedata.normalize("NFKC", found["part"] or f"{found['over']}/{found['under']}").replace("⁄", "/")
    return f"({found['whole'].strip()}+{part})" if found["whole"] else f"({part})"


def _lowered(found: re.Match[str]) -> str:
    return _set("_", found[0]) + (" " if found["after"] else "")


def _set(sign: str, typed: str) -> str:
    inside = unicodedata.normalize("NFKC", typed)
    closed = inside.startswith("(") and inside.endswith(")")
    return f"{sign}{inside}" if closed or (sign == "_" and re.fullmatch(_INDEX, inside)) else f"{sign}({inside})"


_INDEXED = r"(?<!\w)(?P<name>[^\W\d_]\w*?)(?:[_^]\s*)?"
_OPENS, _CLOSES = r"[({\[<⟨]\s*", r"\s*[)}\]>⟩]"
_EARLIER = re.compile(
    rf"{_INDEXED}(?:{_OPENS}(?:{_OPENS})?t\s*-\s*1{_CLOSES}(?:{_CLOSES})?|(?<=[_^])t\s*-\s*1(?!\w)|⁽?ᵗ⁻¹⁾?|₍?ₜ₋₁₎?)"
)
_NOW = re.compile(
    rf"{_INDEXED}(?:{_OPENS}(?:{_OPENS})?t{_CLOSES}(?:{_CLOSES})?|(?<=[_^])t(?!\w|\s*-\s*1)|⁽?ᵗ(?!⁻)⁾?|₍?ₜ(?!₋)₎?)"
)


def untimed(text: str, names: Names) -> str:
    """The text without indices of time: ``W·h_(t-1) + V·x_t`` over h and x is W·h + V·x.

    The index t is dropped only beside a t − 1 of another name: alone, ``h_t`` could be meant as either state.
    """
    if names.one("t"):
        return text
    earlier = {found["name"] for found in _EARLIER.finditer(text) if names.one(found["name"])}
    now = {found["name"] for found in _NOW.finditer(text) if names.one(found["name"])}
    if not earlier or earlier & now:
        return text
    text = _EARLIER.sub(lambda found: found["name"] if found["name"] in earlier else found[0], text)
    return _NOW.sub(lambda found: found["name"] if found["name"] in now else found[0], text)
