r"""Text of a bank as HTML on a card: nothing in it is markup, a formula or a command of Anki.

Besides HTML, Anki reads ``[sound:…]``, ``[latex]…``, ``[[type:…]]`` and, as MathJax, whatever stands between
``\(`` and ``\)``. So brackets are written as entities, and an empty element follows every backslash.
"""

from __future__ import annotations

from quizlab.export.anki.mathjax import INERT, mathjax
from quizlab.question.texts import FORMULA
from quizlab.telling.maths import unicode
from quizlab.telling.words import one_line, safe

IN_TEXT = str.maketrans({**INERT, "\\": "&#92;<span></span>", "{": "&#123;", "}": "&#125;"})


def plain(text: object) -> str:
    """Text on one line that means nothing but itself."""
    return one_line(text).translate(IN_TEXT)


def verbatim(text: object) -> str:
    """Lines of text that mean nothing but themselves."""
    return safe(text).strip("\n").translate(IN_TEXT)


def rich(text: str) -> str:
    """A text of a bank with its formulas for MathJax."""
    text, at, parts = one_line(text), 0, []
    for found in FORMULA.finditer(text) if "$" in text else ():
        parts += [_between(text[at : found.start()]), mathjax(found[2]) or plain(unicode(found[2]))]
        at = found.end()
    return "".join([*parts, _between(text[at:])])


def _between(text: str) -> str:
    return text.replace("\\$", "$").translate(IN_TEXT)
