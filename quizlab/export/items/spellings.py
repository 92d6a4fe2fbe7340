"""How people write one answer: platforms that compare letter by letter need every usual spelling on a list.

The first spelling is the one to show. Every one of them quizlab's own reader takes for the same answer.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator

from quizlab import numbers
from quizlab.answers.reading import Span
from quizlab.answers.split import cut, enclosed, pieces
from quizlab.answers.typewords import NAMES

MOST = 64
"""So many spellings of one answer are enough."""
COMMON = 6
"""So many spellings of a shape are those of nearly everyone."""
BATCHES = ("B", "N", "batch", "batch_size", "BS", "None")
"""What people call the batch dimension, for which any name is understood."""
ASCII = str.maketrans({"−": "-", "·": "*", "×": "x", "⟨": "<", "⟩": ">"})
LEVEL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
TEN = re.compile(" · 10(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
POWER = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
CALLED = re.compile(r"\b([a-z]{2,})\(([^()]*)\)(\^\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
LONELY = re.compile(r"\b([a-z]{2,})(\^\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\((\w+)\)")
RAISED = re.compile(r"\b([a-z]{2,})(\^\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\(([^()]*)\)")
LONE = re.compile(r"(?<![\w)])\((\w+)\)")
"""Brackets around one name that is no argument: (x)² is x²."""
TOUCHING = re.compile(r"(?<=[0-9)])\*(?=[A-Za-z(])|(?<![A-Za-z0-9_])([A-Za-z])\*(?=\()")
"""Products whose sign can be left out: 2*K, (K-1)*M, M*(K-1)."""
BARRED = str.maketrans("đĐ", "dD")
SIZES = (
    "({}, {})",
    "({},{})",
    "[{}, {}]",
    "[{},{}]",
    "{}x{}",
    "{}×{}",
    "{} x {}",
    "{} × {}",
    "({}; {})",
    "{} i {}",
    "torch.Size([{}, {}])",
)


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """So many of the texts as are enough, each once."""
    return tuple(itertools.islice(dict.fromkeys(text for text in texts if text.strip()), MOST))


def number(text: str) -> Iterator[str]:
    """A number where a text is asked for: with decimal comma and point, with either minus."""
    plain = TEN.sub(lambda found: f"e{found[1].translate(LEVEL)}", text).translate(ASCII)
    for spelt in (text, plain):
        yield from (spelt, spelt.replace(",", "."))


# --- formulas ----------------------------------------------------------------------------------------


def formula(shown: str) -> Iterator[str]:
    """``(K − 1)·M`` as it is shown, in ASCII, with and without spaces and signs, in every order of its parts."""
    yield shown
    shown = RAISED.sub(r"\1(\3)\2", shown)
    needless = LONE.sub(r"\1", shown)
    inside = enclosed(needless) if needless.startswith("(") else None
    for order in _orders(inside or needless):
        for style in (str, _plain, _tight, _spaced, _short, _python, _tight_python, _close, _beside):
            for text in _points(style(order)):
                yield from _powers(text)


def _points(text: str) -> Iterator[str]:
    """The text; where it has decimal commas, with points too."""
    yield text
    if re.search(r"\d,\d", text):
        yield re.sub(r"(?<=\d),(?=\d)", ".", text)


def _orders(shown: str) -> Iterator[str]:
    """A sum of two or three terms, or a product of as many factors, in every order; anything else as it is."""
    for separator in (" + ", "·"):
        parts = cut(shown, re.compile(re.escape(separator)))
        if 2 <= len(parts) <= 3 and not any(_breaks(part, separator) for part in parts):
            yield from (separator.join(order) for order in itertools.permutations(parts))
            return
    yield shown


def _breaks(part: str, separator: str) -> bool:
    """Whether a part cannot move: it hangs on what stands before it."""
    signs = (" − ", " + ", "/") if separator == "·" else (" − ",)
    return part.startswith("−") or any(len(cut(part, re.compile(re.escape(sign)))) > 1 for sign in signs)


def _plain(shown: str) -> str:
    """In ASCII: ``M²`` as M^2."""
    return POWER.sub(lambda found: f"^{found[0].translate(LEVEL)}", shown).translate(ASCII)


def _close(shown: str) -> str:
    return shown.replace(" ", "")


def _tight(shown: str) -> str:
    return _plain(shown).replace(" ", "")


def _spaced(shown: str) -> str:
    return _plain(shown).replace("*", " * ")


def _short(shown: str) -> str:
    return TOUCHING.sub(lambda found: found[1] or "", _tight(shown))


def _python(shown: str) -> str:
    return _plain(shown).replace("^", "**")


def _tight_python(shown: str) -> str:
    return _tight(shown).replace("^", "**")


def _beside(shown: str) -> str:
    """Without signs of products: W_hh h."""
    return _plain(shown.replace("·", " "))


def _powers(text: str) -> Iterator[str]:
    """A power of a function behind it and, as it is mostly written, at its name: tanh(x)², tanh²(x), tanh² x."""
    at_name = CALLED.sub(r"\1\3(\2)", RAISED.sub(r"\1\2(\3)", text))
    yield from (text, at_name, RAISED.sub(r"\1(\3)\2", text), LONELY.sub(r"\1\2 \3", at_name))


# --- shapes ------------------------------------------------------------------------------------------


def shape(shown: str, batch: str) -> Iterator[str]:
    """``(64, 32)`` in other brackets, without spaces and joined by ×; the batch under its usual names."""
    sizes = [size.strip() for size in pieces(enclosed(shown) or "", ",") if size.strip()]
    yield from _shape(sizes)
    for name in BATCHES if batch and batch in sizes else ():
        renamed = _shape([name if size == batch else size for size in sizes])
        yield from itertools.islice(renamed, COMMON)


def _shape(sizes: list[str]) -> Iterator[str]:
    simple = all(re.fullmatch(r"\w+", size) for size in sizes)
    plain = [_plain(size) for size in sizes]
    if len(sizes) == 1:
        yield from (f"({sizes[0]},)", f"({plain[0]},)", f"({plain[0]})", f"[{plain[0]}]", f"torch.Size([{plain[0]}])")
        if simple:
            yield plain[0]
        return
    yield f"({', '.join(sizes)})"
    for style in SIZES:
        opening, between, closing = style.split("{}")
        if simple or "," in between:
            yield f"{opening}{between.join(plain)}{closing}"
    yield from (", ".join(plain), ",".join(plain)) if sizes else ("[]", "torch.Size([])")


# --- intervals ---------------------------------------------------------------------------------------


def interval(span: Span) -> Iterator[str]:
    """``(−1, 1)`` also in ASCII, without spaces, as <−1, 1> and ]−1, 1[, and as an inequality."""
    if math.isinf(span.low) and math.isinf(span.high):
        yield from ("(−∞, ∞)", "(-∞, ∞)", "(-∞,∞)", "<-∞, ∞>", "R", "ℝ", "<-∞,∞>", "(-inf, inf)", "(-∞, +∞)")
        return
    for low, high in zip(_end(span.low), _end(span.high), strict=True):
        for opening, closing in _brackets(span):
            for comma in (";",) if "," in low + high else (",", ";"):
                yield f"{opening}{low}{comma} {high}{closing}"
                yield f"{opening}{low}{comma}{high}{closing}"
        if not math.isinf(span.low) and not math.isinf(span.high):
            left, right = "≤" if span.low_closed else "<", "≤" if span.high_closed else "<"
            for one, other in ((left, right), (left.replace("≤", "<="), right.replace("≤", "<="))):
                yield f"{low} {one} x {other} {high}"
                yield f"{low}{one}x{other}{high}"


def _brackets(span: Span) -> Iterator[tuple[str, str]]:
    for opening, closing in (("(", ")"), ("<", ">"), ("]", "["), ("⟨", "⟩")):
        yield "[" if span.low_closed else opening, "]" if span.high_closed else closing


def _end(end: float) -> tuple[str, str, str]:
    """An end with a real minus, in ASCII, and with a decimal point or in letters."""
    if math.isinf(end):
        return ("∞", "∞", "inf") if end > 0 else ("−∞", "-∞", "-inf")
    text = str(int(end)) if end.is_integer() else f"{end:.4g}"
    text = text if float(text) == end else f"{end:.2f}"  # three rounded decimals could be read as thousands
    shown = numbers.typeset(text, apart=False)
    return shown, shown.translate(ASCII), text


# --- types and words ---------------------------------------------------------------------------------


def typename(shown: str) -> Iterator[str]:
    """A type under all its names; one that holds others also without spaces, and by its own name alone."""
    outer, _, inner = shown.partition("[")
    yield shown
    if inner:
        short = shown.replace("torch.", "").replace("numpy.", "")
        yield from (shown.replace(" ", ""), short, short.replace(" ", ""))
        if outer == "tuple":
            yield from (f"({short.partition('[')[2][:-1]})", f"({inner[:-1]})")
    yield outer
    yield from (name for name, meant in NAMES.items() if meant == outer)


def phrase(texts: Iterable[str]) -> Iterator[str]:
    """Words as they are, and without diacritics."""
    for text in texts:
        plain = " ".join(text.split())
        apart = unicodedata.normalize("NFKD", plain.translate(BARRED))
        yield from (plain, "".join(sign for sign in apart if not unicodedata.combining(sign)))
