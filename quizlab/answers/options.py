"""Choices: by letter, by place, by the text of an option or other words for it, or by words that only it can mean.

A letter is never taken for a text. A digit is the place of an option, unless some option is itself a number:
there ``1`` means the option 1, and a number that is not offered is asked again. In an option with signs of
arithmetic every sign and accent counts, for there ``y − ŷ`` and ``ŷ − y`` differ.
"""

from __future__ import annotations

import re
from functools import lru_cache

from quizlab.answers import number
from quizlab.answers.clean import fold, signs, words
from quizlab.answers.explained import said_behind, ways
from quizlab.answers.notation import worded
from quizlab.answers.offered import Texts, meant, mentioned
from quizlab.answers.reading import Picked, Quantity, Reading, Unreadable, unreadable
from quizlab.answers.sums import the_one
from quizlab.model import Part

_SEPARATORS = r"[\s,;.:)(+&/\[\]{}<>#]+"
_DIGITS = r"(?<=[\w>])(?:\s+\([0-9]+(?:\s*[x×*·]\s*[0-9]+)*\)|,?\s+[0-9]+(?:\s*[x×*·]\s*[0-9]+)+$)"
"""A size or a place behind a name: ``W_hh (1000×1000)``, ``W_hh, 1000×1000``, ``<PAD> (0)``."""

_BECAUSE = re.compile(r"(?is)[\s,(]+(?:jer|zato\s+[sš]to)\b.*")
_FILLERS = (
    *("i", "te", "and", "pod", "odgovor", "odgovori", "opcija", "opcije", "slovo", "slova", "mislim", "da", "je", "su"),
    *("odg", "rjesenje", "broj", "brojem", "to", "tocan", "tocno", "tocni", "valjda", "vjerojatno"),
)
_ARITHMETIC = re.compile(r"[+=/^⊙·×*−]|(?:^|\s)-(?=\s|\w)")
_LETTERED = re.compile(r"\W*(\w+)\s*[).:]?\s+(.*)", re.DOTALL)
_SURELY = re.compile(r"\W*(?:pod\s+)?(\w)\s*[).:]\s+(.+)", re.DOTALL | re.IGNORECASE)
_BETWEEN = (r"[;\n]", r",", r",|\s(?:i|te|and|\+|&)\s")
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


def read(text: str, options: Texts, *, several: bool, prompt: str = "") -> Reading | Unreadable:
    """Reads the letters (or the texts) of the options.

    Args:
        text: what was typed.
        options: each letter with the text of its option and, behind it, other words that mean the same.
        several: whether several options may be chosen.
        prompt: the question; its own small words say nothing.
    """
    letters = _letters(text, options)
    known = ", ".join(options)
    if letters is None and (lettered := _SURELY.fullmatch(text)):
        letters = _agreed(lettered, options, prompt, several=several)
        if letters == []:
            return unreadable("not_an_option", text, known=known)
    if letters is None:
        letters = _said(text, options, prompt, several=several) or _explained(text, options, prompt, several=several)
        if letters and len(letters) > 1 and not several:
            return unreadable("several_options", text, known=", ".join(letters))
    if letters is None and several:
        plain = words(text).strip(" .!?")
        letters = list(options) if plain in _ALL else [] if plain in NONE else None
    if letters is None:
        return unreadable("not_an_option", text, known=known)
    picked = tuple(letter for letter in options if letter in letters)
    if not several and len(picked) != 1:
        return unreadable("one_option_only", text, known=known)
    kind = "multi" if several else "choice"
    return Reading(kind, Picked(picked, several), ", ".join(picked) or "-")


def _agreed(found: re.Match[str], options: Texts, prompt: str, *, several: bool) -> list[str] | None:
    """The letter before a text that says the same; none where the text is another option's."""
    letter = next((one for one in options if one.casefold() == found[1].casefold()), None)
    said = _said(found[2], options, prompt, several=several) if letter else None
    if letter is None or said is None:
        return None
    return said if said == [letter] else [letter] if letter in said and not several else []


def _said(text: str, options: Texts, prompt: str, *, several: bool) -> list[str] | None:
    """The letters that a text means; several where it must be one are all that it could mean."""
    if one := _by_text(text, options) or the_one(text, options) or _number(text, options):
        return [one]
    found = meant(text, options, prompt)
    if several:
        one_each = _by_texts(text, options, prompt)
        return one_each or (found if len(found) == 1 else _by_words(text, options, prompt))
    return found or None


def _number(text: str, options: Texts) -> str | None:
    """The letter of the option that is the number which a text comes to: ``784 dimenzije``, ``28*28``."""
    values = {int(fold(texts[0])): letter for letter, texts in options.items() if fold(texts[0]).isdecimal()}
    found = number.read(text, Part("number"), {}) if values else None
    said = (
        number.value_at(found.value, {}) if isinstance(found, Reading) and isinstance(found.value, Quantity) else None
    )
    return values.get(said) if isinstance(said, int) else None


def _explained(text: str, options: Texts, prompt: str, *, several: bool) -> list[str] | None:
    """What is said before an explanation, unless that says something else."""
    if (bare := re.sub(_DIGITS, "", text)) != text and (found := _said(bare, options, prompt, several=several)):
        return found if several or len(found) == 1 else None
    for way in ways(text):
        before = _said(way.answer, options, prompt, several=several)
        letter = _letters(way.answer, options) if before is None else None
        behind = _said(said_behind(way), options, prompt, several=several)
        if letter and behind == letter:
            return letter
        if before and (several or len(before) == 1):
            why = way.sign not in ",;" or _BECAUSE.fullmatch(f" {way.rest}") is not None
            other = mentioned(way.rest, before, options, prompt, whole=why)
            return before if (behind is None and not other) or set(before) <= set(behind or ()) else None
    return None


def _letters(text: str, options: Texts) -> list[str] | None:
    known = {letter.casefold(): letter for letter in options} | _places(options)
    plain = words(_BECAUSE.sub("", text)).strip("\"'„“”«»?! ")
    tokens = re.compile(_SEPARATORS).split(plain)
    found = [token for token in tokens if token and (token in known or token not in _FILLERS)]
    offered = {fold(text) for texts in options.values() for text in texts}
    apart = [token for part in found for token in ([part] if part in known or part in offered else part)]
    if apart and len(apart) <= max(len(found), 2 * len(options)) and all(token in known for token in apart):
        return [known[token] for token in apart]
    return None


def _places(options: Texts) -> dict[str, str]:
    """Each digit and the option in that place; none where an option is a number itself."""
    if any(fold(texts[0]).isdecimal() for texts in options.values()):
        return {}
    return {str(place): letter for place, letter in enumerate(options, 1) if place <= 9}


def _by_text(text: str, options: Texts) -> str | None:
    """The letter of the one option whose text this is, with or without its letter before it."""
    if one := _exactly(text, options):
        return one
    if lettered := _LETTERED.match(text):
        letter = next((one for one in options if one.casefold() == lettered[1].casefold()), None)
        if letter and any(_same(lettered[2], one) for one in options[letter]):
            return letter
    return None


def _exactly(text: str, options: Texts) -> str | None:
    same = [letter for letter, texts in options.items() if any(_same(text, one) for one in texts)]
    if len(same) > 1:
        same = [letter for letter in same if any(_tight(one) == _tight(text) for one in options[letter])]
    return same[0] if len(same) == 1 else None


def _same(text: str, option: str) -> bool:
    if _tight(text) == _tight(option):
        return True
    folded = fold(worded(text))
    return folded != "" and folded == fold(option) and not _ARITHMETIC.search(option)


def _by_words(text: str, options: Texts, prompt: str) -> list[str] | None:
    """Several options, each named by one word: ``pad unk``."""
    said = [word for word in words(text).split() if word.strip(".,;:") not in _FILLERS]
    letters: list[str] = []
    for word in said if len(said) > 1 else ():
        letter = _one(word, options, prompt)
        if letter is None:
            return None
        letters.append(letter)
    return letters or None


def _one(text: str, options: Texts, prompt: str) -> str | None:
    """The letter of the only option that a text can mean."""
    found = meant(text, options, prompt)
    return _by_text(text, options) or (found[0] if len(found) == 1 else None)


@lru_cache(maxsize=256)
def _tight(text: str) -> str:
    """The text in lower case without spaces, every sign and accent kept."""
    return re.sub(r"\s+", "", signs(worded(text)).casefold()).rstrip(".")


def _by_texts(text: str, options: Texts, prompt: str) -> list[str] | None:
    for separator in _BETWEEN:
        found = [piece.strip() for piece in re.split(separator, text) if piece.strip()]
        letters = [_one(piece, options, prompt) for piece in found]
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
