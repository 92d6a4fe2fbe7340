"""Text of a bank as HTML: everything escaped, its LaTeX as MathML, names of code in a font of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from quizlab.export.expressions import EXPRESSION
from quizlab.export.html.mathml import mathml
from quizlab.model import Atom
from quizlab.question.texts import FORMULA, fill
from quizlab.telling.words import one_line, safe

CODE = re.compile(
    r"(?<![\w.`\\$*@/])(?:" + EXPRESSION + r"|"
    r"_*[A-Za-z][A-Za-z0-9]*(?:[._]+[A-Za-z0-9]+)+_*(?:\((?:[^()`|$\\]|\([^()`|$\\]*\))*\))?"
    r"|_+[A-Za-z][A-Za-z0-9]*_*(?:\(\))?"
    r"|[A-Za-z][A-Za-z0-9]+\(\)"
    r")(?![\w`$])"
)
"""Names of code: a.b, a_b(c, d()), __a__, a(). The page's script reads the same pattern, hence no flags in it."""


def for_script(pattern: re.Pattern[str]) -> str:
    r"""A pattern as JavaScript reads it with its flag ``u``, where ``\w`` would be ASCII only."""
    return pattern.pattern.replace(r"\w", r"\p{L}\p{N}_")


def plain(text: object) -> str:
    """Escaped text that means nothing but itself."""
    return escape(safe(text))


def rich(text: str) -> str:
    """A text of a bank with its formulas and its code set as such."""
    text, at, parts = safe(text), 0, []
    for found in FORMULA.finditer(text) if "$" in text else ():
        parts += [_coded(text[at : found.start()]), mathml(found[2])]
        at = found.end()
    return "".join([*parts, _coded(text[at:])])


def answer(text: object) -> str:
    """An answer that is no text of a bank; the LaTeX in it is set all the same, since people remember answers in it."""
    return rich(one_line(text))


def formulas(template: str, params: Mapping[str, Atom]) -> Iterator[str]:
    """The LaTeX in a text, as it is when its parameters are put in."""
    if "$" in template:
        for found in FORMULA.finditer(safe(fill(template, params))):
            yield found[2]


def _coded(text: str) -> str:
    parts, at, text = [], 0, text.replace("\\$", "$")
    for found in CODE.finditer(text):
        parts += [escape(text[at : found.start()]), f"<code>{escape(found[0])}</code>"]
        at = found.end()
    return "".join([*parts, escape(text[at:])])
