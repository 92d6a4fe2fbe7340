r"""LaTeX in a bank's texts, shown as readable Unicode: ``$\max(0, x^2)$`` becomes max(0, x²)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from quizlab.question.texts import FORMULA

GROUP = re.compile(r"([_^])\{([^{}]*)\}")
POWER = re.compile(r"\^(?:\(([+−-]?\d+)\)|(\d+|[nT](?!\w)))")
INDEX = re.compile(r"_(\d+)(?![\w.])")
RAISED = str.maketrans("+-−0123456789nT", "⁺⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹ⁿᵀ")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def readable(text: str) -> str:
    r"""Text whose LaTeX between dollars is put as Unicode; a dollar sign itself is written ``\$``."""
    if "$" not in text:
        return text
    return FORMULA.sub(lambda match: unicode(match[2]), text).replace("\\$", "$")


@lru_cache(maxsize=4096)
def unicode(latex: str) -> str:
    """One LaTeX formula as one line of Unicode; what cannot be read stays as it was written."""
    try:
        plain = _converter().latex_to_text(GROUP.sub(_grouped, latex))
    except Exception:  # the library meets hostile LaTeX with errors of every kind
        return latex
    plain = POWER.sub(lambda match: (match[1] or match[2]).translate(RAISED), " ".join(plain.split()))
    return INDEX.sub(lambda match: match[1].translate(LOWERED), plain)


def _grouped(match: re.Match[str]) -> str:
    """What is raised or lowered together stays together: h_{t-1} is not h_t − 1."""
    sign, inside = match[1], match[2]
    return f"{sign}{inside}" if re.fullmatch(r"\w+", inside) else f"{sign}({inside})"


@cache
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    context = get_default_latex_context_db()
    fractions = [MacroTextSpec(name, simplify_repl=_fraction) for name in ("frac", "dfrac", "tfrac")]
    context.add_context_category("quizlab", macros=fractions, prepend=True)
    return LatexNodes2Text(context, math_mode="text", keep_comments=True)


def _fraction(node: Any, l2tobj: Any) -> str:
    """A fraction on one line, with the brackets that its bar stood for (the library goes by the arguments' names)."""
    over, under = (l2tobj.nodelist_to_text([part]).strip() for part in node.nodeargd.argnlist[-2:])
    return f"{_closed(over)}/{_closed(under)}"


def _closed(text: str) -> str:
    return text if re.fullmatch(r"[\w.,∂₀-₉]+(?: ?[\w₀-₉]+)?", text) else f"({text})"
