"""Options that are formulas: compared by what they compute, whatever order and names they are remembered in."""

from __future__ import annotations

import functools
import re

from quizlab import answers
from quizlab.model import Part
from quizlab.thread.fold import REMEMBERED, restore

_DISTANCE = re.compile(
    r"(?i)(?:\|\|?|\b)?d\s*_?\s*[({]\s*([a-z])\w*\s*[,;]\s*([a-z])\w*\s*[)}]|(?<![^\W_])d_?([apn])([apn])(?![^\W_])"
)
_BAR = r"(?:\\\||\|{1,2}|‖|\\[lr]?[Vv]ert)"
_POINT = r"\s*(?:f|z|e)?\s*\(?\s*([apn])\w*\s*\)?\s*"
_NORM = re.compile(rf"(?i){_BAR}{_POINT}[-−]{_POINT}{_BAR}(?:_2)?(?:\^2)?")
_TILDE = re.compile(
    r"(?i)\\(?:tilde|widetilde|hat|bar)\s*\{?\s*c\s*\}?(?:_?\{?t\}?)?|c̃(?:_?t)?|(?<![^\W_])c_?(?:tild[ae]|kandidat|cand\w*|new|novi)(?![^\W_])|c\s?~(?:_t)?|~c(?:_t)?|(?<![^\W_])g_t(?![^\W_])"
)
_HAT = re.compile(r"(?i)\\hat\s*\{?\s*y\s*\}?|ŷ|y[_ ]?hat|y\s?\^(?!\s*\d)|y[_ ]?kapa|y_?pred")
_EARLIER = re.compile(r"(?i)c\s*_?\s*[({\[]\s*t\s*[-−–]\s*1\s*[)}\]]|c_?t-1|c_?prev|c_?old|c_?star[oi]")
_TIMED = re.compile(r"(?i)(?<![^\W_])([cfioh])_?\{?t\}?(?![^\W_])")
_MARGIN = re.compile(r"(?i)(?<![^\W_])(?:\\?text\s*\{?\s*)?(margina|margin|marg|alpha|alfa|α|m)\s*\}?(?![^\W_(])")
_TEXT = re.compile(r"\\(?:text|mathrm|operatorname)\s*\{([^{}]*)\}")
_FORMULA = re.compile(r"[+*/−–-].*\w|\bmax|\bmin")
_GIVEN = re.compile(r"(?i)[\s,$]+(?:kad|ako|jer|gdje|uz|za)\s")
_SYMBOLS = ("dap", "dan", "dpn", "mm", "cc", "cp", "cn", "ff", "ii", "oo", "yh", "yy", "zz")


def same(said: str, option: str) -> bool | None:
    """Whether a remembered formula and an option are equal; None where either is no formula."""
    left, right = _reading(said), _reading(option)
    if left is None or right is None:
        return None
    return _equal(left, right)


def is_formula(text: str) -> bool:
    """Whether a text is a formula that can be compared."""
    return _reading(text) is not None


@functools.lru_cache(maxsize=REMEMBERED)
def _reading(text: str) -> answers.Reading | None:
    if not _FORMULA.search(text):
        return None
    plain = _named(text)
    part = Part("formula", "", _SYMBOLS)
    for piece in _pieces(plain):
        found = answers.read_part(part, piece, {})
        if isinstance(found, answers.Reading):
            return found
    return None


def _pieces(text: str) -> list[str]:
    """The text, what stands behind its equals sign, and its longest run from ``max``."""
    found = [text.rsplit("=", maxsplit=1)[-1], text]
    if start := re.search(r"\b(?:max|min)\s*\(", text):
        depth = 0
        for at in range(start.start(), len(text)):
            depth += (text[at] == "(") - (text[at] == ")")
            if depth == 0 and text[at] == ")":
                found.insert(0, text[start.start() : at + 1])
                break
    found += [piece.split(",")[0] for piece in found[:1]]
    if given := _GIVEN.search(text):
        found += [text[: given.start()].rsplit("=", maxsplit=1)[-1]]
    return [piece.strip(" .,;:*_$") for piece in found if piece.strip()]


def _named(text: str) -> str:
    """The text with one name for each quantity of the course's formulas."""
    text = _TEXT.sub(r"\1", restore(text).replace("\\_", "_").replace("`", "").replace("rnax", "max"))
    text = re.sub(r"(?<![^\W_])rn(?![^\W_])", "m", text)
    text = _NORM.sub(lambda found: "d" + _pair(found[1] + found[2]), text.replace("\\{", "(").replace("\\}", ")"))
    text = _DISTANCE.sub(lambda found: "d" + _pair((found[1] or found[3]) + (found[2] or found[4])), text)
    text = _HAT.sub("(yh)", text)
    text = _TILDE.sub("(cn)", text)
    text = _EARLIER.sub("(cp)", text)
    text = _TIMED.sub(lambda found: found[1].lower() * 2, text)
    text = re.sub(r"(?<![^\W_])y(?![^\W_])", "yy", text)
    text = re.sub(r"(?<![^\W_])f\s*\*\s*c(?![^\W_])", "ff*(cp)", text)
    text = re.sub(r"(?<![^\W_])i\s*\*\s*c(?![^\W_])", "ii*(cp)", text)
    text = re.sub(r"(?<![^\W_])([fio])(?![^\W_])", r"\1\1", text)
    text = re.sub(r"(?i)relu|\[(?=.*\]_?\+)", "max0", text) if "max" not in text else text
    return _MARGIN.sub("mm", text)


def _pair(letters: str) -> str:
    pair = letters.lower()
    return {"pa": "ap", "na": "an", "np": "pn"}.get(pair, pair)


def _equal(left: answers.Reading, right: answers.Reading) -> bool:
    import random

    rng = random.Random(814)
    for _ in range(8):
        env: dict[str, int | float] = {name: rng.uniform(-2, 2) for name in _SYMBOLS}
        one, other = answers.reader.value_at(left, env), answers.reader.value_at(right, env)
        if not isinstance(one, int | float) or not isinstance(other, int | float) or abs(one - other) > 1e-9:
            return False
    return True
