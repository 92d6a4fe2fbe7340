r"""Texts of a bank as HTML: escaped, on one line, their LaTeX as the platform sets it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from quizlab.question.texts import FORMULA
from quizlab.telling.maths import readable
from quizlab.telling.words import one_line, safe

Markup = Callable[[str], str]
"""Plain text, perhaps with LaTeX between dollars, as a line of HTML that is well-formed XML too."""

FORBIDDEN = re.compile("[\ufffe\uffff]")
"""What XML forbids besides the characters that are never shown."""
DISPLAY = {"$": (r"\(", r"\)"), "$$": (r"\[", r"\]")}


def line(text: object) -> str:
    """Plain text on one line, of characters that XML allows."""
    plain = str(text)
    if plain.isprintable() and "  " not in plain and plain.strip() == plain:
        return plain  # as nearly every text is
    return FORBIDDEN.sub("", one_line(text))


def escaped(text: object) -> str:
    """Plain text as HTML that shows just that."""
    return html.escape(line(text), quote=False)


def block(text: object) -> str:
    """Plain text of several lines as HTML that shows just that."""
    return html.escape(FORBIDDEN.sub("", safe(text)), quote=False)


def mathjax(text: str) -> str:
    r"""With LaTeX between ``\(`` and ``\)``, where Moodle's MathJax looks for it, and nowhere else."""
    plain = line(text)
    parts, at = [], 0
    for found in FORMULA.finditer(plain):
        opening, closing = DISPLAY[found[1]]
        parts += [_outside(plain[at : found.start()]), opening, html.escape(found[2], quote=False), closing]
        at = found.end()
    return "".join([*parts, _outside(plain[at:])])


def _outside(text: str) -> str:
    """Text without formulas: a backslash that would open one is written so that it is only seen."""
    made = html.escape(text.replace("\\$", "$"), quote=False)
    return re.sub(r"\\(?=[(\[])", "&#92;", made).replace("$$", "$&#36;")


def unicode(text: str) -> str:
    """With LaTeX as Unicode, for platforms that do not set it."""
    return html.escape(line(readable(text)), quote=False)
