"""Choices: by letter, or by the text of exactly one option; a letter is never taken for a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quizlab.answers.clean import fold, words
from quizlab.answers.reading import Picked, Reading, Unreadable, unreadable

_SEPARATORS = r"[\s,;.:)(+&/\[\]]+"
_FILLERS = ("i", "te", "and", "pod", "odgovor", "odgovori", "opcija", "opcije")
_ALL = ("sve", "svi", "sva", "sve navedeno", "sve tocno")
NONE = (
    "-",
    "nista",
    "nijedan",
    "nijedno",
    "nijedna",
    "nijednu",
    "niti jedan",
    "niti jedno",
    "nijedno od navedenog",
    "∅",
)
"""How people say that none applies; ``-`` is how it is echoed."""


def read(text: str, options: Mapping[str, str], *, several: bool) -> Reading | Unreadable:
    """Reads the letters (or the texts) of the options; ``options`` gives each letter its text."""
    letters = _letters(text, options)
    if letters is None:
        one = _by_text(text, options)
        letters = [one] if one else _by_texts(text, options) if several else None
    if letters is None and several:
        plain = words(text).strip(" .")
        letters = list(options) if plain in _ALL else [] if plain in NONE else None
    if letters is None:
        return unreadable("not_an_option", text, known=", ".join(options))
    picked = tuple(letter for letter in options if letter in letters)
    if not several and len(picked) != 1:
        return unreadable("one_option_only", text, known=", ".join(options))
    kind = "multi" if several else "choice"
    return Reading(kind, Picked(picked, several), ", ".join(picked) or "-")


def _letters(text: str, options: Mapping[str, str]) -> list[str] | None:
    known = {letter.casefold(): letter for letter in options}
    found = [token for token in re.compile(_SEPARATORS).split(text.casefold().strip("\"'„“”")) if token]
    found = [token for token in found if token in known or token not in _FILLERS]
    if found and all(token in known for token in found):
        return [known[token] for token in found]
    if len(found) == 1 and found[0] not in map(fold, options.values()) and all(char in known for char in found[0]):
        return [known[char] for char in found[0]]
    return None


def _by_text(text: str, options: Mapping[str, str]) -> str | None:
    """The letter of the one option whose text this is, with or without its letter before it."""
    folded = fold(text)
    same = [letter for letter, option in options.items() if folded and fold(option) == folded]
    if same:
        return same[0] if len(same) == 1 else None
    if lettered := re.match(r"\W*(\w+)\s*[).:]?\s+(.*)", text, re.DOTALL):
        letter = next((one for one in options if one.casefold() == lettered[1].casefold()), None)
        if letter and fold(lettered[2]) == fold(options[letter]):
            return letter
    return None


def _by_texts(text: str, options: Mapping[str, str]) -> list[str] | None:
    for separator in (r"[;\n]", r",", r",|\si\s"):
        found = [piece.strip() for piece in re.split(separator, text) if piece.strip()]
        letters = [_by_text(piece, options) for piece in found]
        if len(found) > 1 and all(letters):
            return [letter for letter in letters if letter]
    return None


def holds(value: Picked, measured: object) -> bool:
    """Whether exactly these options are the right ones."""
    letters = measured if isinstance(measured, tuple) else (measured,)
    return set(value.letters) == set(letters)


def value_at(value: Picked) -> str | tuple[str, ...]:
    """The letter, or the letters of a multiple choice."""
    return value.letters if value.several else value.letters[0]
