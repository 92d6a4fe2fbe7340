"""LaTeX's commands: what each stands for, as pylatexenc knows it, and which change only how a thing looks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from quizlab.answers.names import ALIASES

FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac", "flatfrac")
TEXTS = ("text", "textrm", "textbf", "textit", "textsf", "texttt", "textnormal", "textup", "emph", "mbox", "hbox")
STYLES = (
    *("mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak", "mathbb", "mathnormal"),
    *("boldsymbol", "bm", "pmb", "symbf", "operatorname", "mathop", "mathord", "mathbin", "mathrel", "mathopen"),
    *("mathclose", "mathpunct", "ensuremath"),
    *("vec", "overrightarrow", "underline", "boxed", "fbox", "num", "underbrace", "overbrace", *TEXTS),
)
"""Commands that change how their argument looks and not what it is; an arrow over a vector is one of them."""

BRACED = ("underbrace", "overbrace")
"""Those whose script says what the argument is called."""

DOUBLED = ("mathbb",)
"""Where a digit is no number: the 1 of an indicator."""

ACCENTS = {
    **dict.fromkeys(("hat", "widehat"), "\u0302"),
    **dict.fromkeys(("tilde", "widetilde"), "\u0303"),
    **dict.fromkeys(("bar", "overline"), "\u0304"),
    "dot": "\u0307",
    "ddot": "\u0308",
    "check": "\u030c",
}
SILENT = (
    *("displaystyle", "textstyle", "scriptstyle", "rm", "bf", "it", "sf", "tt", "cal", "boldmath", "nonumber"),
    *("tiny", "small", "normalsize", "large", "Large", "LARGE", "huge", "Huge", "bfseries", "normalfont"),
    *("notag", "limits", "nolimits", "strut", "mathstrut", "relax", "protect", "noindent", "hfill"),
)
SPACES = ("quad", "qquad", "thinspace", "enspace", "enskip", "space", "nobreakspace", "medspace", "thickspace")
SIZED = re.compile(r"left|right|middle|(?:big|Big|bigg|Bigg)[lrm]?")
BARS = ("|", "\\vert", "\\lvert", "\\rvert")
UNREAD = ("label", "tag", "hspace", "vspace", "mspace", "color")
"""Commands whose argument says nothing of the answer; of `COLOURED` only the first does not."""

COLOURED = ("textcolor", "colorbox")
AROUND = re.compile(r"(?:equation|align|aligned|gather|gathered|split|math|displaymath|multline|eqnarray)\*?")
SPACED, JOINED, ITSELF, MATHS = ",;:> \t\n", "!/-", "%_#&{}$", "()[]"
RAW = {"⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")"}

_OTHERWISE = {
    **dict.fromkeys(("le", "leq", "leqslant", "leqq"), "≤"),
    **dict.fromkeys(("ge", "geq", "geqslant", "geqq"), "≥"),
    **dict.fromkeys(("ne", "neq"), "≠"),
    **dict.fromkeys(("dots", "ldots", "cdots", "dotsc", "dotsb", "hdots"), "…"),
    **dict.fromkeys(("to", "mapsto", "longrightarrow", "longmapsto", "Rightarrow", "Longrightarrow", "implies"), "→"),
    **dict.fromkeys(("R", "Reals", "reals"), "R"),
    "gets": "←",
    "ell": "l",
    "lt": "<",
    "gt": ">",
    "sim": "~",
    "colon": ":",
    "lbrack": "[",
    "rbrack": "]",
    "lparen": "(",
    "rparen": ")",
    "lvert": "abs(",
    "rvert": ")",
    "lfloor": "floor(",
    "lceil": "ceil(",
    **dict.fromkeys(("rfloor", "rceil"), ")"),
}
_PLAIN_SIGNS = ("'", "|", "{", "}")


@cache
def means() -> dict[str, str]:
    """Each command without arguments that is a sign or a word, with what it stands for."""
    from pylatexenc.latex2text import get_default_latex_context_db

    specs = get_default_latex_context_db().iter_macro_specs()
    known = {spec.macroname: spec.simplify_repl for spec in specs if spec.macroname.isalpha()}
    signs = {name: sign for name, sign in known.items() if isinstance(sign, str) and _mathematical(name, sign)}
    plain = {name: unicodedata.normalize("NFKC", sign) for name, sign in signs.items()}
    return {**{name: sign for name, sign in plain.items() if name not in ALIASES or _greek(sign)}, **_OTHERWISE}


def _mathematical(name: str, sign: str) -> bool:
    """Whether it stands in formulas: a sign, a Greek letter, a word that is the command's own name."""
    if len(sign) != 1 or sign.isascii():
        return (sign == name and len(name) > 2) or sign in _PLAIN_SIGNS
    return _greek(sign) or unicodedata.category(sign) in ("Sm", "Ps", "Pe", "Po")


def _greek(sign: str) -> bool:
    r"""Whether the sign is a Greek letter. ``\sigma`` is one, and a function of ours; ``\th`` is tanh here, not þ."""
    return len(sign) == 1 and unicodedata.name(sign, "").startswith("GREEK")
