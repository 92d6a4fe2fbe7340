"""From what the keyboard or the clipboard gave to plain characters, before any kind reads them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from quizlab.answers.names import ALIASES
from quizlab.answers.reading import LIMIT, Unreadable, unreadable

_VARIANTS = "".join(map(chr, range(0xFE00, 0xFE10)))
"""What a phone's keyboard puts behind a sign so that it is drawn as a picture, or is not."""

_DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
"""Marks of the direction of writing. Those that turn characters round (U+202D, U+202E) are none: 12 is shown as 21."""

_DROPPED = "\u200b\u200c\u200d\u2060\u2061\ufeff\u00ad\u034f\u20e3" + _DIRECTIONS + _VARIANTS
"""Characters that come with pasted text and mean nothing: invisible ones, and the key drawn around a digit."""

_UNSEEN_TIMES = "\u2062"
"""What formulas on the web have between factors that touch."""

_INVISIBLE = dict.fromkeys(map(ord, _DROPPED))

KEPT_FORMS = ("<super>", "<sub>", "<fraction>", "<circle>")
"""Compatibility forms that would change a number's meaning if they became plain digits."""

_ALIKE = str.maketrans(
    "ÐðƉɖ🅰🅱🅾АВЕКМНОРСТХЈЅІаеорсухјѕіΑΒΕΖΗΙΚΜΝΟΡΤΥΧԜԚԌҮԍкмтһԁԛԝӏѵɡɑıոսօհοϲϳ",
    "ĐđĐđABOABEKMHOPCTXJSIaeopcyxjsiABEZHIKMNOPTYXWQGYGkmthdqwlvgainuohocj",
)
"""Letters that look like one of ours and stand for it: from another alphabet, or in a coloured square."""

_INSIDE = "ανικρυτηγχω"
_WITHIN = str.maketrans(_INSIDE, "avikputnyxw")
_MIXED = r"[A-Za-zčćđšžČĆĐŠŽανικρυτηγχω]{3,}"
_LATIN = r"[A-Za-z].*[A-Za-z]"
"""Greek letters are letters of their own; they stand for ours only within a word of ours, as in ``tαnh``."""

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—‒‐‑﹣➖˗", "-"),
        "➕": "+",
        "🟰": "=",
        **dict.fromkeys("⋅·•∙∗✱⊙⊗∘⋆‧", "*"),
        **dict.fromkeys("✕⨯✖╳❌⨉", "×"),
        **dict.fromkeys("÷∕⁄➗", "/"),
        **dict.fromkeys("’‘′´`ʼ", "'"),
        **dict.fromkeys("〈❬‹", "⟨"),
        **dict.fromkeys("〉❭›", "⟩"),
        **dict.fromkeys("⩽≦", "≤"),
        **dict.fromkeys("⩾≧", "≥"),
        "∼": "~",
        "ˆ": "^",
        "∶": ":",
        "σ": "σ",
        "ς": "σ",
    }
)


def clean(typed: str) -> str | Unreadable:
    """Bounds the text, refuses characters nobody can see, and makes compatibility forms and spaces plain."""
    if len(typed) > LIMIT:
        return unreadable("too_long", typed, length=str(len(typed)), limit=str(LIMIT))
    if typed.isascii() and typed.isprintable():  # nothing to make plain
        return typed.strip() or unreadable("empty")
    chars: list[str] = []
    for position, char in enumerate(typed, 1):
        if char in _DROPPED:
            continue
        if char == _UNSEEN_TIMES:
            chars.append("·")
        elif char.isspace():
            chars.append("\n" if char in "\r\n\u2028\u2029" else " ")
        elif unicodedata.category(char).startswith("C"):
            return unreadable("odd_character", typed, character=f"U+{ord(char):04X}", position=str(position))
        else:
            kept = unicodedata.decomposition(char).startswith(KEPT_FORMS)
            chars.append(char if kept else unicodedata.normalize("NFKC", char))
    text = alike(unicodedata.normalize("NFC", "".join(chars))).strip()
    if not text:
        return unreadable("empty")
    if len(text) > LIMIT:
        return unreadable("too_long", typed, length=str(len(text)), limit=str(LIMIT))
    return text


def alike(text: str) -> str:
    """Letters of ours for those of other alphabets that look like them."""
    return re.compile(_MIXED).sub(_ours, text.translate(_ALIKE))


def _ours(found: re.Match[str]) -> str:
    called = found[0].rstrip(_INSIDE).casefold() in ALIASES  # tanhα is a function of α
    return found[0].translate(_WITHIN) if re.search(_LATIN, found[0]) and not called else found[0]


def signs(text: str) -> str:
    """One character for each mathematical sign: minus, dot, slash, apostrophe, angle bracket."""
    return text.translate(_SIGNS)


_QUOTED = re.compile(r"""(?s)(["'„“”«»`])(.*)(["'“”«»`])""")
_CLOSING = re.compile(r"(?<=[\w)\]}>⟩[²³])(?:\.?\s*\?+|\s*\.|\s*…)$")
_SIZE_ASKED = r"[xX×*,]\s*\?$"
_PAUSES = r"[\s.,!?…'’-]+"
_ONLY_ASKING = r"[?\s]+"
_GIVEN_UP = re.compile(
    r"(?:stvarno |bas |to )?(?:ne ?znam|nez|nemam pojma|pojma nemam|nemam ideju|ideju nemam|ne sjecam se|nz|idk|"
    r"i don ?t know|dont know|dunno)(?: to| bas| stvarno| tocno| odgovor)?"
)


def tidy(text: str) -> str:
    """The text without quotes around it and without a closing full stop or question mark; places stay the same.

    A question mark that stands for a size, as in ``(?, 784)`` or ``784x?``, stays.
    """
    plain = text.strip()
    if (quoted := _QUOTED.fullmatch(plain)) and quoted[2].strip() and not re.search(_QUOTES, quoted[2]):
        plain = quoted[2].rstrip().rjust(len(quoted[2].rstrip()) + 1)
    return plain if re.search(_SIZE_ASKED, plain) else _CLOSING.sub("", plain)


def given_up(text: str) -> bool:
    """Whether somebody says that they do not know; that is no answer, right or wrong."""
    plain = re.compile(_PAUSES).sub(" ", words(text)).strip()
    return _GIVEN_UP.fullmatch(plain) is not None or re.fullmatch(_ONLY_ASKING, text) is not None


_GAPS = r"[\s\-_‐‑‒–—−]+"
_SIGNED = r"(?:^|(?<=[\s(,;]))[-−](?=[0-9])"
_QUOTES = "[\"'„“”‟«»‚‘’`´]"


def fold(text: str) -> str:
    """Forgives case, diacritics, đ/dj/d, hyphens, spaces, quotes and closing punctuation; keeps a sign."""
    return _folded(text) if len(text) > LIMIT else _remembered(text)


def _folded(text: str) -> str:
    text = re.compile(_QUOTES).sub("", unicodedata.normalize("NFKC", text.translate(_INVISIBLE)))
    signed = re.compile(_SIGNED).sub("\x00", text)
    text = re.compile(_GAPS).sub("", signed).replace("\x00", "-")
    plain = bare(text).replace("dj", "d").strip(".,;:!?")
    return plain.replace("⋅", "*").replace("·", "*").replace("×", "*")


_remembered = lru_cache(maxsize=4096)(_folded)
"""The texts of a question are folded for each answer to it: what no answer can be as long as is not kept."""


def bare(text: str) -> str:
    """Small letters without their marks, đ as d."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)).replace("đ", "d")


def words(text: str) -> str:
    """Like `fold`, but words stay apart: lower case, no diacritics, đ as d, single spaces."""
    return " ".join(bare(text).replace("dj", "d").split())
