"""A text of a thread as it is compared: folded words, whole numbers put together, what a scanner misread undone."""

from __future__ import annotations

import functools
import re

from msgspec import Struct

from quizlab.answers.clean import bare
from quizlab.answers.notation import latex

_MISREAD = str.maketrans({"è": "č", "È": "Č", "æ": "ć", "Æ": "Ć", "ð": "đ", "Ð": "Đ", "\u00a0": " ", "\u202f": " "})
_FORMATTING = re.compile(r"[`*]|__|~~|\\_")
_MATRIX = re.compile(r"(?<![^\W_])(w|u|v|b|c|h|f|i|o|y|x)_?[\[{(]?([hxyiotc](?:[hxyn]|ut|rt)?)[\]})]?(?![^\W_])")
_EARLIER = re.compile(r"(?<![^\W_])([chx])_?[\[{(]?\s*t\s*[-−–]\s*1(?![0-9.])\s*[\]})]?")
_PREVIOUS = re.compile(r"(?<!\w)([chx])_?prev(?!\w)")
_SQUARED = re.compile(r"(?<=tanh|.tgh)2(?![0-9])")
_CANDIDATE = re.compile(r"(?<![^\W_])c_?t?\s?~_?t?(?![^\W_])|~c_?t?(?![^\W_])|c\u0303_?t?")
_BY = re.compile(r"(?<=[0-9]{2})[x×](?=[0-9]{2})")
_CLASSES = re.compile(r"(?<![^\W\d_])(m|k)\s*[-−–]\s*[1l](?![^\W_])")
_GROUPED = re.compile(r"(?<![\w.,])([0-9]{1,3})((?:[ .'’][0-9]{3})+)(?![\w])(?![.,][0-9])")
_HALF_DIGITS = re.compile(r"(?<![^\W_])(?=[0-9lIOoSB]*[0-9])(?=[0-9]*[lIOoSB])[0-9lIOoSB]+(?![^\W_])")
_LONE = re.compile(r"((?:^|[\[(,=+−*/⟨<-]|(?<=\s)je(?=\s))\s{0,9})[lI](?=\s*[,\])+−*/⟩>-])", re.MULTILINE)
_DIGITS = str.maketrans("lIOoSB", "110058")
_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?![^\W_])|[^\W_]+|[?<>=≠|+]|[-−–][0-9]+")
_SCANNED = str.maketrans({"1": "l", "i": "l", "|": "l", "!": "l", "j": "l", "0": "o", "5": "s", "e": "c"})


REMEMBERED = 4096
"""So many texts are not looked at again: a line is asked about several times."""


class Word(Struct, frozen=True):
    """One word: folded, with where it stands in the text (from, up to)."""

    text: str
    start: int
    end: int


_MISREAD_NUMBER = re.compile(r"(?<![\w.])(?=[0-9lIO.  ]{0,30}[0-9])[0-9lIO]{1,3}(?:[.  ][0-9lIO]{3})+(?![\w])")
_LETTERS_ONLY = re.compile(r"(?<![^\W_])[lI]O{1,4}(?![^\W_])|(?<=[=])\s*(?:[lI]O*|O)(?![^\W_])")


_NOUGHT = re.compile(r"(?<=[(\[,])(\s*)O(?=\s*[,)\]])")
_LESS_ONE = re.compile(r"(?<!\w)([MKmk]\s?)[-−–]\s?[lI](?![^\W_])")
_ENDS = re.compile(r"(?<![^\W_])((?:od|do)\s+[-+−–]?)[lI](?![^\W_])")


def restore(text: str) -> str:
    """The text as it was meant: letters that a scanner took for digits, and foreign accents for Croatian ones."""
    text = _LONE.sub(r"\g<1>1", text.translate(_MISREAD))
    text = _LESS_ONE.sub(r"\1-1", text)
    text = _ENDS.sub(r"\g<1>1", _NOUGHT.sub(r"\g<1>0", text))
    for pattern in (_MISREAD_NUMBER, _LETTERS_ONLY):
        text = pattern.sub(lambda found: found[0].translate(_DIGITS), text)
    return _HALF_DIGITS.sub(lambda found: found[0].translate(_DIGITS), text)


@functools.lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """Folded text: lower case, no diacritics, Markdown or LaTeX; names of matrices and whole numbers in one piece."""
    text = _FORMATTING.sub(lambda found: " " if found[0] == "*" else "", latex(restore(text)))
    flat = _GROUPED.sub(lambda found: found[1] + re.sub(r"\D", "", found[2]), bare(text))
    flat = _PREVIOUS.sub(r"\1prev", flat)
    flat = _CANDIDATE.sub(" ctilda ", _EARLIER.sub(r"\1prev ", flat))
    flat = _BY.sub(" x ", _SQUARED.sub("^2", flat))
    flat = _CLASSES.sub(r" \1minus1 ", flat)
    return _MATRIX.sub(r"\1\2", flat)


def words(text: str) -> tuple[Word, ...]:
    """The words of a text."""
    return tuple(Word(found[0], found.start(), found.end()) for found in _WORD.finditer(plain(text)))


def scanned(word: str) -> str:
    """One spelling for all that a scanner confuses by sign: l, 1 and i; O and 0; č and e."""
    return word.replace("vv", "w").translate(_SCANNED)


def readings(word: str) -> set[str]:
    """The spellings, as of `scanned`, that a word may have: each rn in it may be a misread m."""
    pieces = scanned(word).split("rn")
    found = {pieces[0]}
    for piece in pieces[1:4]:
        found = {start + joint + piece for start in found for joint in ("rn", "m")}
    return found
