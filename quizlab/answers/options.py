"""Choices: by letter, by place, or by the text of exactly one option or words that only it has.

A letter is never taken for a text. A digit is the place of an option, unless some option is itself a number:
there ``1`` means the option 1, and a number that is not offered is asked again. In an option with signs of
arithmetic every sign and accent counts, for there ``y − ŷ`` and ``ŷ − y`` differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from quizlab.answers.clean import fold, signs, words
from quizlab.answers.notation import latex
from quizlab.answers.reading import Picked, Reading, Unreadable, unreadable

_SEPARATORS = r"[\s,;.:)(+&/\[\]{}<>#]+"
_BECAUSE = re.compile(r"(?is)[\s,(]+(?:jer|zato\s+[sš]to)\b.*")
_FILLERS = (
    *("i", "te", "and", "pod", "odgovor", "odgovori", "opcija", "opcije", "slovo", "slova", "mislim", "da", "je", "su"),
    *("odg", "rjesenje", "broj", "brojem", "to", "tocan", "tocno", "tocni", "valjda", "vjerojatno"),
)
_ARITHMETIC = re.compile(r"[+=/^⊙·×*−]|(?:^|\s)-(?=\s|\w)")
_LETTERED = re.compile(r"\W*(\w+)\s*[).:]?\s+(.*)", re.DOTALL)
_BETWEEN = (r"[;\n]", r",", r",|\s(?:i|te|and|\+|&)\s")
_SHORTEST = 3
_DENYING = ("ne", "nije", "nisu", "nema", "nikad", "nikada", "niti", "bez", "not", "no")
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
    "niti jedna",
    "niti jednu",
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
        plain = words(text).strip(" .!?")
        letters = list(options) if plain in _ALL else [] if plain in NONE else None
    if letters is None:
        part = _by_part(text, options)
        letters = [part] if part else _by_words(text, options) if several else None
    if letters is None:
        return unreadable("not_an_option", text, known=", ".join(options))
    picked = tuple(letter for letter in options if letter in letters)
    if not several and len(picked) != 1:
        return unreadable("one_option_only", text, known=", ".join(options))
    kind = "multi" if several else "choice"
    return Reading(kind, Picked(picked, several), ", ".join(picked) or "-")


def _letters(text: str, options: Mapping[str, str]) -> list[str] | None:
    known = {letter.casefold(): letter for letter in options} | _places(options)
    plain = words(_BECAUSE.sub("", text)).strip("\"'„“”«»?! ")
    tokens = re.compile(_SEPARATORS).split(plain)
    found = [token for token in tokens if token and (token in known or token not in _FILLERS)]
    offered = {fold(text) for text in options.values()}
    apart = [token for part in found for token in ([part] if part in known or part in offered else part)]
    if apart and len(apart) <= max(len(found), 2 * len(options)) and all(token in known for token in apart):
        return [known[token] for token in apart]
    return None


def _places(options: Mapping[str, str]) -> dict[str, str]:
    """Each digit and the option in that place; none where an option is a number itself."""
    if any(fold(text).isdecimal() for text in options.values()):
        return {}
    return {str(place): letter for place, letter in enumerate(options, 1) if place <= 9}


def _by_text(text: str, options: Mapping[str, str]) -> str | None:
    """The letter of the one option whose text this is, with or without its letter before it."""
    if one := _exactly(text, options):
        return one
    if lettered := _LETTERED.match(text):
        letter = next((one for one in options if one.casefold() == lettered[1].casefold()), None)
        if letter and _same(lettered[2], options[letter]):
            return letter
    return None


def _exactly(text: str, options: Mapping[str, str]) -> str | None:
    same = [letter for letter, option in options.items() if _same(text, option)]
    if len(same) > 1:
        same = [letter for letter in same if _tight(options[letter]) == _tight(text)]
    return same[0] if len(same) == 1 else None


def _same(text: str, option: str) -> bool:
    if _tight(text) == _tight(option):
        return True
    folded = fold(latex(text))
    return folded != "" and folded == fold(option) and not _ARITHMETIC.search(option)


def _by_part(text: str, options: Mapping[str, str]) -> str | None:
    """The letter of the one option that has these words, one after another; da and ne only where it begins."""
    said = _spelt(text)
    if not said:
        return None
    if len(said) == 1 and said[0] in ("da", "ne"):
        found = [letter for letter, option in options.items() if _spelt(option)[:1] == said]
    elif len("".join(said)) < _SHORTEST or _ARITHMETIC.search(text):
        return None
    else:
        found = [letter for letter, option in options.items() if _contains(_spelt(option), said)]
    return found[0] if len(found) == 1 else None


def _by_words(text: str, options: Mapping[str, str]) -> list[str] | None:
    """Several options, each named by one word: ``pad unk``."""
    said = [word for word in _spelt(text) if word not in _FILLERS]
    letters = [_by_part(word, options) for word in said]
    return [letter for letter in letters if letter] if len(said) > 1 and all(letters) else None


def _spelt(text: str) -> list[str]:
    """The words, without diacritics and the marks around them."""
    plain = words(signs(latex(text))).replace("-", "")
    return [word for piece in plain.split() if (word := piece.strip(".,;:!?()<>[]\"'„“”«»"))]


def _contains(whole: list[str], part: list[str]) -> bool:
    """Whether the words stand there and none that denies is left out: „promijenila” is no „ne bi se promijenila”."""
    if any(word in _DENYING and word not in part for word in whole):
        return False
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _tight(text: str) -> str:
    """The text in lower case without spaces, every sign and accent kept."""
    return re.sub(r"\s+", "", signs(latex(text)).casefold()).rstrip(".")


def _by_texts(text: str, options: Mapping[str, str]) -> list[str] | None:
    for separator in _BETWEEN:
        found = [piece.strip() for piece in re.split(separator, text) if piece.strip()]
        letters = [_by_text(piece, options) or _by_part(piece, options) for piece in found]
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
