"""An answer that is typed: a number, a shape, a formula, an interval or several, found in the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from quizlab import answers
from quizlab.answers.evaluate import alike
from quizlab.answers.notation import latex
from quizlab.answers.reading import Formula
from quizlab.model import FormulaQuestion, NumberQuestion, TupleQuestion, TypedQuestion, kind_of
from quizlab.question import variants
from quizlab.question.grading import Graded, grade
from quizlab.thread import cues
from quizlab.thread.cues import Entry
from quizlab.thread.fold import restore
from quizlab.thread.model import Judged
from quizlab.thread.options import RULED, affirmed, shown
from quizlab.thread.words import concepts

_BECAUSE = re.compile(
    r"(?i)[\s,(]+(?:jer|zato\s+[sš]to|po[sš]to|s obzirom|unutra|ako je|uz\b|kad\b|bez\b|valjda|mislim)\b.*", re.DOTALL
)
_BRACKETS = re.compile(r"\s*\([^()]*[a-zčćđšž]{3}[^()]*\)\s*$")
_NUMBER = re.compile(
    r"(?<![\w.,])[0-9]{1,3}(?:[ .'’\u202f\u00a0][0-9]{3})+(?![\w])|(?<![\w.])[0-9]+(?:[.,][0-9]+)?(?![^\W_])"
)
_DIMS = re.compile(r"\(?\b(?:[0-9]+|[A-Za-z]\w?|emb_?size|broj_?klasa)\s*(?:[x×*]\s*(?:[0-9]+|[A-Za-z]\w?)\s*)+\)?")
_SHAPE = re.compile(r"[(\[][\w\s*/+-]{1,30},[^()\[\]]{0,60}[)\]]")
_BY = r"(\w)\s*[x×]\s*(\w)"
_BARE_USV = re.compile(rf"(?i)\bU\W*{_BY}\W+S\W*(\w)\W+V\W*{_BY}(?!\w)")
_ONE_AXIS = re.compile(r"[(\[]\s*(\w{1,8})\s*[)\]]")
_SPAN = re.compile(r"[(\[⟨<{]\s*-?\s*[0-9∞]+(?:[.,][0-9]+)?\s*[,;]\s*[+-]?\s*[0-9∞]+(?:[.,][0-9]+)?\s*[)\]⟩>}]")
_FROM_TO = re.compile(
    r"(?i)\b(?:od|izme[dđ]u)\s+(-?[0-9∞]+|minus\s+[0-9]+|minus jedan|nula|nule)\s+(?:do|i)\s+"
    r"(\+?[0-9∞]+|jedan|plus jedan)"
)
_BARE_SPAN = re.compile(
    r"(?i)(?<![\w.,])(-?[0-9∞]+)\s+do\s+(\+?[0-9∞]+)(?=\W*$|\W+(?:otvoren|zatvoren|isklju|uklju|bez))"
)
_SPOKEN = {"minus jedan": "-1", "nula": "0", "nule": "0", "jedan": "1", "plus jedan": "1"}
_PRODUCT = re.compile(r"[0-9]+\s*(?:[·*x×]|\\cdot)\s*[0-9]+\s*=\s*([0-9]+)")
_TERMS = re.compile(r"\(?\b[KM]\b[\s*·()KM0-9+−-]*[KM0-9)]|\b[KM]\b")
_SPACED = re.compile(r"(?i)(?<![^\W_])(tanh|tgh|th)\s*(\^\s*\{?2\}?|²)?\s*\(?\s*x\s*\)?(?![^\W_])")
_BARE = re.compile(r"(?i)(?<![^\W_])(tanh|tgh|th|sigmoid|σ|sinh|cosh|ch|sh)(?=\s*(?:\^|²|\*\*|\)|[-−+*·/]|\$|$))")
_SPACE = re.compile(r"(?:\\(?:mathbb|mathbf|Bbb)\s*\{?R\}?|ℝ|(?<![^\W_])R)\s*\^\s*(?:\{([^{}]+)\}|\(([^()]+)\))")
_INDEXED = re.compile(r"(?<![\w{])[Ww](hh|xh|hx|ih)(?![^\W_])")
_EARLIER = re.compile(r"(?<![\w{])([hH])_?t\s?[-−–]\s?1(?![0-9.])")
_STEP = re.compile(r"(?<![\w{])([hx])[\[(]\s*t\s*([-−–]\s*1)?\s*[\])]")
_PRESENT = re.compile(r"(?<![\w{])([xb])(t|h)(?![^\W_])")
_SQUARED = re.compile(r"(?i)(?<![^\W_])(tanh|tgh)2(?![0-9])")
_BARE_NUMBER = re.compile(r"[-−+]?\s*[0-9][0-9.,\s;-]*")
_MATHS = re.compile(r"(?:(?:tanh|sigm\w*|relu|max|1|[A-Z]_?\w*)\s*[-−(*+·].*)", re.DOTALL)


def compare(question: TypedQuestion, entry: Entry | None, text: str, *, loose: bool) -> Judged | None:
    """The judged answer; None if none can be read."""
    if isinstance(question, NumberQuestion) and (spoken := _spoken(question, entry, text)):
        return spoken
    for piece in _pieces(question, _applied(question, _written(text)), loose=loose):
        if isinstance(question, FormulaQuestion) and _BARE_NUMBER.fullmatch(piece):
            continue  # a number in brackets is no formula over symbols
        graded = grade(question, piece[: answers.reading.LIMIT])
        if isinstance(graded, Graded):
            return _ruled(question, piece, graded)
    if isinstance(question, TupleQuestion) and (part := _one_part(question, text)):
        return part
    return _spoken(question, entry, text)


def _spoken(question: TypedQuestion, entry: Entry | None, text: str) -> Judged | None:
    """The judged answer by what it speaks of: «drugog reda» is 2."""
    places = cues.where(concepts(affirmed(text)))
    for cue in entry.heard if entry else ():
        if cues.holds(cue, places):
            if cue.kind in RULED:
                return Judged(shown(text), cue.kind, cue.says)  # type: ignore[arg-type]
            graded = grade(question, cue.kind.lstrip("= "))
            if isinstance(graded, Graded):
                return _ruled(question, cue.kind.lstrip("= "), graded)
    return None


def _ruled(question: TypedQuestion, piece: str, graded: Graded) -> Judged:
    """The grade as a verdict; where the bank rules on the same answer, its ruling."""
    reading = answers.read(question, piece)
    for each in question.recollections:
        if each.ruling and each.answer and not isinstance(reading, answers.Unreadable):
            other = answers.read_answer(question, each.answer)
            if not isinstance(other, answers.Unreadable) and variants.same(question, reading, other, question.params):
                return Judged(graded.understood, each.ruling.verdict, each.note)
    verdict = "incomplete" if graded.outcome == "partial" else graded.outcome
    return Judged(graded.understood, verdict, graded.says, graded.tag)


def _pieces(question: TypedQuestion, text: str, *, loose: bool) -> Iterator[str]:
    """The text and parts of it that may be the answer alone, the whole first."""
    kind = kind_of(question)
    short = _BECAUSE.sub("", text).strip(" ,;.!")
    if not loose:
        for piece in dict.fromkeys((text, short, _BRACKETS.sub("", short), short.split(" \n ")[0])):
            yield _balanced(piece.strip(" ,;.!?*_`$"))
    said = affirmed(text)
    if kind == "number":
        yield from _numbers(said, loose=loose)
    elif kind == "shape":
        yield from (found[0] for pattern in (_SHAPE, _DIMS) for found in pattern.finditer(said))
    elif kind == "interval":
        yield from (found[0] for found in _SPAN.finditer(said))
        if spoken := _FROM_TO.search(said) or _BARE_SPAN.search(said):
            low, high = (_SPOKEN.get(end.lower(), end.lower().replace("minus ", "-")) for end in spoken.groups())
            yield f"({low}, {high})"
    elif kind == "formula" and (found := _MATHS.search(short)):
        yield _balanced(found[0].strip(" ,;.!*_`$"))
        yield from (piece.strip(" ,;.!*_`$)") for piece in (found[0].split("=")[-1], found[0].split(",")[0]))
        yield found[0].strip(" ,;.!*_`$")
    elif kind == "tuple":
        yield from _several(question, said)


def _balanced(text: str) -> str:
    """The text without a closing bracket that was never opened."""
    while text.endswith((")", "]")) and text.count("(") + text.count("[") < text.count(")") + text.count("]"):
        text = text[:-1].rstrip(" $*_")
    return text


def _written(text: str) -> str:
    """The text as a reader of answers takes it: misreadings undone, LaTeX plain, a space behind each index.

    A space of matrices is a shape (``R^{n×q}`` is (n, q)); ``Whh ht-1`` is W_hh h_{t-1}, ``tanh2`` the square of tanh.
    """
    text = _SPACE.sub(_sides, restore(text))
    text = _STEP.sub(lambda found: f"{found[1]}_{{t-1}}" if found[2] else f"{found[1]}_t", text)
    text = _EARLIER.sub(r"\1_{t-1}", _INDEXED.sub(r"W_\1", text))
    text = _SQUARED.sub(r"\1^2", _PRESENT.sub(r"\1_\2", text))
    return latex(re.sub(r"\}(?=[A-Za-z])", "} ", text))


def _sides(found: re.Match[str]) -> str:
    sides = [side.strip() for side in re.split(r"\\times|\\cdot|[×x*,]", found[1] or found[2]) if side.strip()]
    return f"({', '.join(sides)}{',' if len(sides) == 1 else ''})"


def _applied(question: TypedQuestion, text: str) -> str:
    """The text with a bare letter for its only indexed symbol and, over one symbol, with functions applied to it.

    ``+ b`` is ``+ b_h``, and ``1 - tanh^2`` over x is 1 − tanh(x)².
    """
    if not isinstance(question, FormulaQuestion):
        return text
    for name in question.symbols:
        letter, line, _ = name.partition("_")
        if line and sum(each.startswith(f"{letter}_") for each in question.symbols) == 1:
            text = re.sub(rf"(?<![^\W]){letter}(?![\w\[({{])", name, text)
    if len(question.symbols) != 1:
        return text
    text = re.sub(r"(?i)(?<=[\w)])\s+na\s+(?:kvadrat|drugu)|\s+kvadrat(?:no)?\b", "^2", text)
    text = _SPACED.sub(lambda found: f"{found[1]}(x){'^2' if found[2] else ''}", text.replace("\\", ""))
    return _BARE.sub(rf"\1({question.symbols[0]})", text)


def _numbers(text: str, *, loose: bool) -> Iterator[str]:
    """The number behind the last equals sign, then the only number; in a whole statement only a plain one."""
    if not loose and (begun := re.match(rf"\W*({_NUMBER.pattern})(?!\s*[-+*/·×x^])", text)):
        yield _together(begun[1])
    for piece in (text.rsplit("=", 1)[-1], text):
        found = [one[0] for one in _NUMBER.finditer(piece)]
        if len(found) == 1:
            yield _together(found[0])


def _together(number: str) -> str:
    return re.sub(r"[ .'’\u202f\u00a0](?=[0-9]{3})", "", number)


def _several(question: TypedQuestion, text: str) -> Iterator[str]:
    yield re.sub(r"\s*/\s*", "; ", text)
    assert isinstance(question, TupleQuestion)
    if {part.kind for part in question.parts} == {"number"}:
        found = [one[0] for one in _NUMBER.finditer(_PRODUCT.sub(r"\1", text))]
        if len(found) == len(question.parts):
            yield "; ".join(found)
    if {part.kind for part in question.parts} == {"shape"} and (bare := _BARE_USV.search(text)):
        yield "({}, {}); ({},); ({}, {})".format(*bare.groups())
    shapes = [found[0] for found in _SHAPE.finditer(_ONE_AXIS.sub(r"(\1,)", text))]
    if {part.kind for part in question.parts} == {"shape"} and len(shapes) == len(question.parts):
        yield "; ".join(shapes)
    formulas = _TERMS.findall(re.sub(r"\\cdot|\\,|\\ ", "*", text))
    if {part.kind for part in question.parts} == {"formula"} and len(formulas) == len(question.parts) and "1" in text:
        yield "; ".join(formulas)


def _one_part(question: TupleQuestion, text: str) -> Judged | None:
    """A single part of the answer, where the text gives no more: «M − 1» of the two counts."""
    for at, (part, key) in enumerate(zip(question.parts, question.answer, strict=True)):
        if part.kind != "formula":
            return None
        single = msgspec.structs.replace(part, name="")
        for piece in _TERMS.findall(affirmed(text))[:1]:
            reading = answers.read_part(single, piece.strip(" .!"), question.params)
            if isinstance(reading, answers.Unreadable):
                continue
            wanted = answers.read_part(single, str(key), question.params)
            if (
                not isinstance(wanted, answers.Unreadable)
                and isinstance(reading.value, Formula)
                and isinstance(wanted.value, Formula)
                and alike(reading.value, wanted.value)
            ):
                return Judged(f"{question.parts[at].name}: {reading.shown}", "right")
    return None
