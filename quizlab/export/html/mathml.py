r"""LaTeX as MathML that cannot be anything else: ``$\frac{1}{2}$`` becomes a fraction.

The library passes on what it does not know, markup included (``\text{<script>}``, ``\href{javascript:…}``). So
nothing it writes is used as it is: its tree is walked, and only known elements with known attributes are
written again. Whatever else turns up, the formula is shown as Unicode text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from typing import Any

from quizlab.telling.maths import unicode
from quizlab.telling.words import safe

# fmt: off
ELEMENTS = frozenset((
    "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder",
    "mover", "munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd", "mpadded", "mphantom",
    "menclose", "mstyle",
))
# fmt: on
ATTRIBUTES = {
    "mathvariant": {"normal", "bold", "italic", "bold-italic", "double-struck", "script", "fraktur", "monospace"},
    "stretchy": {"true", "false"},
    "fence": {"true", "false"},
    "form": {"prefix", "infix", "postfix"},
    "accent": {"true", "false"},
    "displaystyle": {"true", "false"},
    "movablelimits": {"true", "false"},
    "linethickness": {"0", "0px", "0em"},
}
DEEPEST = 60


class _RefusedError(ValueError):
    """The tree holds what no formula needs."""


@lru_cache(maxsize=4096)
def mathml(latex: str) -> str:
    """One formula as MathML, with its Unicode form for those who cannot see it; else that form alone."""
    said = safe(unicode(latex))
    try:
        from latex2mathml.converter import convert_to_element

        inside = "".join(part for each in convert_to_element(latex) for part in _written(each, 0))
    except Exception:  # the library meets hostile LaTeX with errors of every kind
        return f'<span class="formula">{escape(said)}</span>'
    return f'<math alttext="{escape(said)}">{inside}</math>'


def _written(element: Any, depth: int) -> Iterator[str]:
    """An element written anew, if it is one of a formula."""
    if element.tag not in ELEMENTS or depth > DEEPEST:
        raise _RefusedError(element.tag)
    text = safe(unescape(element.text or ""))
    if "\\" in text or (element.tail or "").strip():
        raise _RefusedError(text)  # a command that the library does not know
    kept = (f' {name}="{value}"' for name, value in element.items() if value in ATTRIBUTES.get(name, ()))
    yield f"<{element.tag}{''.join(kept)}>{escape(text)}"
    for each in element:
        yield from _written(each, depth + 1)
    yield f"</{element.tag}>"
