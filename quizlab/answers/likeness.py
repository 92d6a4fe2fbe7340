"""Whether words are the same but for case, diacritics, their endings and a slip of the finger."""

from __future__ import annotations

import re

from quizlab.answers.clean import signs, words
from quizlab.answers.notation import latex

_BETWEEN = r"[^\w]+"
_SLIP = 6
"""Words of at least so many letters may differ in one of them."""

_ENDING = 6
"""Longest ending, in letters, in which two forms of one word may differ."""

_VOWELS = "aeiou"
"""With one of these an ending of a word of three letters begins: tanh is no form of tan."""

_FOREIGN = "[qwxy]"
"""Letters that no ending has: AdamW is no form of Adam."""


def spelt(text: str, *, joined: bool) -> list[str]:
    """The words in lower case without diacritics and marks; ``joined`` reads k-NN as one word, and else as two."""
    plain = words(signs(latex(text))).replace("-", "" if joined else " ").replace("_", "")
    return [word for word in re.compile(_BETWEEN).split(plain) if word]


def same_word(one: str, other: str) -> bool:
    """Whether two words, as `spelt` gives them, are forms of one: susjed and susjedima, nasleđuje and nasljeđuje."""
    if one == other:
        return True
    if re.search("[0-9]", one + other):
        return False
    alike = _common(one, other)
    if re.search(_FOREIGN, one[alike:] + other[alike:]):
        return False
    left, right = len(one) - alike, len(other) - alike
    if alike >= 4 and max(left, right) <= min(alike, _ENDING):
        return True
    if alike == 3 and max(left, right) <= 2 and min(left, right) <= 1:
        return all(rest == "" or rest[0] in _VOWELS for rest in (one[3:], other[3:]))
    return min(len(one), len(other)) >= _SLIP and one[0] == other[0] and _slipped(one[alike:], other[alike:])


def _common(one: str, other: str) -> int:
    """How many letters stand at the beginning of both."""
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at


def _slipped(one: str, other: str) -> bool:
    """Whether two remainders differ in one letter more, fewer, or other; or in two that changed places."""
    if one[1:] == other[1:] or one[1:] == other or one == other[1:]:
        return True
    return one[:2] == other[1::-1] and one[2:] == other[2:]
