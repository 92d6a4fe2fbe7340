"""The order in which people look things up: Croatian, whatever the language of the machine."""

from __future__ import annotations

import re
import unicodedata

ALPHABET = (
    "a",
    "b",
    "c",
    "č",
    "ć",
    "d",
    "dž",
    "đ",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "lj",
    "m",
    "n",
    "nj",
    "o",
    "p",
    "q",
    "r",
    "s",
    "š",
    "t",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
    "ž",
)
_PLACES = {letter: place for place, letter in enumerate(ALPHABET, 1)}
_LETTERS = re.compile(r"dž|lj|nj|.", re.DOTALL)


def croatian(text: str) -> tuple[object, ...]:
    """The key to sort a text by: c č ć d dž đ …, other letters as those they are made of, small beside capital ones.

    Signs and digits come before letters, numbers by their value; letters of other alphabets come last.
    """
    plain = unicodedata.normalize("NFC", text).casefold()
    places: list[tuple[int, int]] = []
    for piece in re.findall(r"[0-9]+|[^0-9]+", plain):
        if piece[0] in "0123456789":
            places.append((1, int(piece[:18])))
            continue
        places += [_place(letter) for letter in _LETTERS.findall(piece)]
    return tuple(places), text.swapcase()


def _place(letter: str) -> tuple[int, int]:
    base = letter if letter in _PLACES else unicodedata.normalize("NFD", letter)[0]
    if base in _PLACES:
        return 2, _PLACES[base]
    return (3 if letter.isalpha() else 0), ord(base)
