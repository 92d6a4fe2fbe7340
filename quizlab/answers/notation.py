"""Mathematics as it is pasted and as it is spoken, made plain: LaTeX, and indices of time."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quizlab.answers.names import Names

_LATEX = r"\\|\$|[_^]\s*\{|\{\s*[.,]\s*\}"
_DROPPED = re.compile(r"\$|\\[()\[\],;:!> ]|\\(?:left|right|quad|qquad|displaystyle|[bB]ig{1,2}[lrm]?)(?![a-zA-Z])")
_SEPARATOR = re.compile(r"\{\s*([.,])\s*\}")
_ENDS = re.compile(r"\}(?=[^\W_]|\\)")
_STYLED = re.compile(
    r"\\(?:math(?:rm|bf|it|sf|tt|bb|cal|ord)|text(?:rm|bf|it|sf|tt)?|boldsymbol|bm|vec|operatorname)\s*\{([^{}]*)\}"
)
_BELOW = re.compile(r"_\s*\{\s*(\w+)\s*\}")
_ABOVE = re.compile(r"\^\s*\{\s*([0-9]+|[^\W\d])\s*\}")
_ACCENTED = re.compile(r"\\(hat|widehat|tilde|widetilde|bar|overline)(?:\s*\{\s*(\w)\s*\}|\s+(\w)(?!\w))")
_ACCENTS = {
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(("bar", "overline"), "\u0304"),
}
_BRACE, _SPACE = re.compile(r"[{}]"), re.compile(r"\s*")
_FRACTION = re.compile(r"\\[dt]?frac\s*(?=\{)")
_ROOT = re.compile(r"\\sqrt\s*\[\s*([0-9]+)\s*\]\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\(?!sqrt\s*\[)([a-zA-Z]+)")
"""Of a root whose degree is not read the backslash stays: ``[3]`` would be what the root is taken of."""

_MEANS = {
    **dict.fromkeys(("cdot", "odot", "ast", "circ"), " * "),
    "times": " × ",
    "div": " / ",
    "infty": "∞",
    **dict.fromkeys(("le", "leq", "leqslant"), "≤"),
    **dict.fromkeys(("ge", "geq", "geqslant"), "≥"),
    **dict.fromkeys(("lt",), "<"),
    **dict.fromkeys(("gt",), ">"),
    "langle": "⟨",
    "rangle": "⟩",
    "in": "∈",
}


@lru_cache(maxsize=64)
def latex(text: str) -> str:
    """The text with LaTeX's commands and braces written plainly; what is not known stays and is refused later."""
    if not re.search(_LATEX, text):
        return text
    plain = _ACCENTED.sub(_accented, text)
    plain = _ENDS.sub(
        "} ", _SEPARATOR.sub(r"\1", _DROPPED.sub("", plain))
    )  # what braces end, a space ends without them
    plain = _STYLED.sub(r"\1", plain)
    plain = _ABOVE.sub(r"^\1", _BELOW.sub(r"_\1", plain))
    plain = _fractions(_ROOT.sub(r"((\2)^(1/\1))", plain))
    return _COMMAND.sub(lambda found: _MEANS.get(found[1], f" {found[1]}"), plain).strip()


def _accented(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", f"{found[2] or found[3]}{_ACCENTS[found[1]]}")


def _fractions(text: str) -> str:
    r"""Each ``\frac{a}{b}`` as ``((a)/(b))``; what is inside one stays where it is, so all are written at once."""
    found = list(_FRACTION.finditer(text))
    closing = _closing(text) if found else {}
    edits: list[tuple[int, int, str]] = []
    for each in found:
        above = closing.get(each.end(), 0)
        below = closing.get(opening := _SPACE.match(text, above).end(), 0) if above else 0  # type: ignore[union-attr]
        if above and below:
            edits += [(each.start(), each.end() + 1, "(("), (above - 1, opening + 1, ")/("), (below - 1, below, "))")]
    pieces, at = [], 0
    for start, end, new in sorted(edits):
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _closing(text: str) -> dict[int, int]:
    """Where each pair of braces opens, and the place behind its end."""
    pairs, opened = {}, []
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            opened.append(found.start())
        elif opened:
            pairs[opened.pop()] = found.end()
    return pairs


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
