"""Shapes: sizes between brackets, or joined by ×; the batch dimension may have any name.

Without commas ``64x32``, ``64 × 32`` and ``64 32`` are two sizes. One size alone (``32``) is a shape of one
dimension, unless it is a product: ``64*32`` could be one size or two and is asked again; ``(64*32,)`` is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizlab.answers.clean import signs, words
from quizlab.answers.evaluate import Env, evaluate, is_number, numeric, whole
from quizlab.answers.expression import parse
from quizlab.answers.names import Names
from quizlab.answers.reading import Dims, Formula, Reading, Unreadable, unreadable
from quizlab.answers.split import enclosed, pieces, unbalanced

if TYPE_CHECKING:
    from quizlab.model import Atom, Part

_SPACE = r"(?:(?:[^\W\d]\w*\s*)?∈\s*)?R\s*\^"
_PREFIX = rf"(?i)\s*(?:(?:torch\s*\.\s*)?size|shape|oblik|dimenzije|{_SPACE})?\s*[=:]?\s*(?=[(\[{{])"
_LABEL = r"(?i)\s*(?:[^\W\d]\w{0,30}(?:\.shape)?\s*=|[^\W\d][\w ]{0,30}:|oblik|shape)\s*"
_SAYING = re.compile(
    r"\s*(?:(?:to\s+je|je|matrica|tenzor|polje|oblika|oblik|dimenzij[aeu]|dimenzijama|veli[cč]ine)\s+)+(?=[0-9(\[{]|\w+\s*[xX×,])",
    re.IGNORECASE,
)
_THINGS = (
    r"(?:redak[a-z]*|ret(?:ka|ci)|redov\w*|reda|stup\w+|kolon\w+|razred\w*|klas\w*|zna[cč]ajk\w*|vektor\w*|komponent\w*|"
    r"piksel\w*|slik\w*|primjer\w*|re[cč]enic\w*|rije[cč]\w*|korak\w*|token\w*)"
)
_COUNTED = re.compile(
    rf"(?<=[0-9)]|\b[A-Z])\s+{_THINGS}(?=\s*(?:[,;×)\]]|$)|\s+(?:[xX]|puta|po|i|sa?)\s)", re.IGNORECASE
)
"""What a size counts: ``10 redaka i 32 stupca``."""

_LONG_EACH = re.compile(r"(?<=[\w)])\s+vektora\s+(?:duljine|dimenzije)\s+", re.IGNORECASE)
_COLUMNS_FIRST = r"(?i)(?:stup\w+|kolon\w+)\W.*(?:redak|ret(?:ka|ci)|redov|reda(?!\w))"
_AND_WHY = r"[\w)]\s+\("
_FOR = re.compile(r"(?<!\s)\s+za\s+(?:jedn|svak|grup|cijel|mnist)[^0-9]*$", re.IGNORECASE)
_MOST = 20
_NAME = r"[^\W\d]\w*"
_FIRST = r"[0-9]+|[^\W\d]\w*"
BATCH = "B"
"""What the batch is called where a shape has none and somebody types one all the same."""

_BATCH_SAID = ("batch", "batch_size", "batchsize", "batch size", "bs", "velicina grupe", "grupa")
_LEADING_ZERO = r"(?<![0-9])0[0-9]"
_ANY_BATCH = ("?", "*", "none", "-1", ":", "...", "…", "batch size", "velicina grupe", "velicina batcha")
_TIMES = r"\s*×\s*|\s+(?:[xX]|puta|po|na|i)\s+|(?<=[0-9])[xX](?=[\w(])|(?<=\w)[xX](?=[0-9])"


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    """Reads a shape of any number of dimensions."""
    plain = signs(text)
    if plain.endswith((").", "].")):
        plain = plain[:-1]
    if words(plain) in ("skalar", "scalar"):
        return Reading("shape", Dims(()), "()")
    if saying := _SAYING.match(plain):
        plain = plain[saying.end() :]
    if label := re.compile(_LABEL).match(plain):
        plain = plain[label.end() :] or plain
    plain = _uncounted(plain)
    if prefix := re.compile(_PREFIX).match(plain):
        plain = plain[prefix.end() :]
    if missing := unbalanced(plain):
        place = missing[1] + 1 + max(0, signs(text).find(plain))
        return unreadable("missing_bracket", text, bracket=missing[0], position=str(place))
    inner = enclosed(plain)
    if inner is not None and (again := enclosed(inner)) is not None:
        inner = again
    names = Names([*part.symbols, part.batch or BATCH, *numeric(params)])
    sizes = _sizes(inner if inner is not None else plain, names, part)
    if inner == "":
        return Reading("shape", Dims(()), "()")
    if len(sizes) == 1 and not _lone(plain, sizes[0]):
        parts = [piece.strip() for piece in re.split(r"[*×]", sizes[0])]
        return unreadable("ambiguous_shape", text, one=f"({sizes[0]},)", other=f"({', '.join(parts)})")
    return _build(text, sizes, names, part, params)


def _uncounted(text: str) -> str:
    """The sizes without the nouns that they count and without what they hold for; columns before rows stay unread."""
    if re.search(_COLUMNS_FIRST, text) or re.search(_AND_WHY, text):
        return text
    return _COUNTED.sub("", _LONG_EACH.sub(" x ", _FOR.sub("", text)))


def _lone(plain: str, size: str) -> bool:
    return "*" not in size.replace("**", "^") or "," in plain


def _sizes(text: str, names: Names, part: Part) -> list[str]:
    found = pieces(text, ",;")
    if len(found) > 1:
        return [piece.strip() for piece in (found[:-1] if not found[-1].strip() else found)]
    text = " ".join(_apart(word, names, part) for word in text.split())
    times = [piece.strip() for piece in re.compile(_TIMES).split(text)]
    if len(times) > 1:
        return times
    spaced = text.split()
    simple = all(re.fullmatch(r"[0-9]+", piece) or names.one(piece) for piece in spaced[1:])
    first = spaced and (re.fullmatch(_FIRST, spaced[0]) or spaced[0].casefold() in _ANY_BATCH)
    return spaced if len(spaced) > 1 and simple and first else [text.strip()]


def _apart(word: str, names: Names, part: Part) -> str:
    """``BxCxH`` with spaces around each x, if every piece is then a size."""
    found = re.split("[xX]", word)
    if len(found) < 2 or names.one(word):
        return word
    known = [re.fullmatch("[0-9]+", piece) or names.one(_without_batch(piece, names)) for piece in found]
    first = bool(part.batch) and re.compile(_NAME).fullmatch(found[0])
    return " x ".join(found) if all(known[1:]) and (known[0] or first) else word


def _build(text: str, sizes: list[str], names: Names, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    if len(sizes) > 1:
        sizes = _with_batch(sizes, names, part.batch) if part.batch else [_without_batch(size, names) for size in sizes]
    if len(sizes) > _MOST:
        return unreadable("not_a_shape", text)
    read_sizes: list[Formula] = []
    shown: list[str] = []
    free = (*part.symbols, part.batch or ("" if BATCH in params else BATCH))
    for size in sizes:
        if not size:
            return unreadable("not_a_shape", text)
        if re.search(_LEADING_ZERO, size):
            return unreadable("not_a_size", text, size=size)
        formula = parse(size, names)
        if isinstance(formula, Unreadable):
            return _placed(formula, text, size)
        echo = formula.shown
        if not any(name in free for name in formula.names):
            value = evaluate(formula, numeric(params))
            if not isinstance(value, int) or value < 0:
                return unreadable("not_a_size", text, size=size)
            echo = str(value)
        read_sizes.append(formula)
        shown.append(echo)
    inside = f"{shown[0]}," if len(shown) == 1 else ", ".join(shown)
    return Reading("shape", Dims(tuple(read_sizes)), f"({inside})")


def _placed(trouble: Unreadable, text: str, size: str) -> Unreadable:
    """The trouble with one size, its position counted in the whole text."""
    if "position" not in trouble.args:
        return trouble
    place = int(trouble.args["position"]) + max(0, signs(text).find(size))
    return Unreadable(trouble.code, {**trouble.args, "position": str(place)})


def _with_batch(sizes: list[str], names: Names, batch: str) -> list[str]:
    """The sizes with the typed name of the batch dimension replaced by the part's symbol for it."""
    first = sizes[0]
    if words(first) in _ANY_BATCH:
        return [batch, *sizes[1:]]
    if not re.compile(_NAME).fullmatch(first) or names.one(first):
        return sizes
    again = re.compile(rf"(?<!\w){re.escape(first)}(?!\w)")
    return [batch, *(again.sub(batch, size) for size in sizes[1:])]


def _without_batch(size: str, names: Names) -> str:
    """A size of a shape that has no batch; the batch in any of its usual names becomes one symbol."""
    return BATCH if words(size) in _BATCH_SAID and not names.one(size) else size


def holds(value: Dims, measured: object, env: Env) -> bool:
    """Whether every size is the measured one."""
    sizes = isinstance(measured, tuple) and all(is_number(size) for size in measured)
    return sizes and value_at(value, env) == measured


def value_at(value: Dims, env: Env) -> tuple[int, ...] | None:
    """The sizes, with the names bound; None if one is no size."""
    sizes: list[int] = []
    for formula in value.sizes:
        size = evaluate(formula, env)
        size = size if size is None else whole(size)
        if not isinstance(size, int) or size < 0:
            return None
        sizes.append(size)
    return tuple(sizes)
