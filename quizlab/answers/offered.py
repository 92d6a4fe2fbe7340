"""Which options some words can mean: part of a text, in another form, in another order, or in the words of a bank.

Words that name nothing (je, koji, nn.) are passed over, and so are common nouns and the small words of the prompt
where an option does not have them; none of these decides alone. What denies must be said and may not be added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from quizlab.answers.likeness import same_word, spelt

Texts = Mapping[str, Sequence[str]]
"""Each letter with the text of its option and the other words for it."""

_SIGNS = r"[+=/^⊙·×*−≠]|(?:^|\s)-(?=\s|\w)"
_SHORTEST = 3
_BEGINS = r"(?:^|[.?!:]\s+)\w"
"""Where a sentence begins: its capital makes no name."""

_PIECE = r"\w+"
_DENYING = ("ne", "nije", "nisu", "nema", "nikad", "nikada", "niti", "not", "no")
_EITHER = ("ili", "or", "odnosno", "mozda")
"""Words between two answers: only an option that has them can be meant."""

_PASSED = (
    *(
        "je",
        "su",
        "se",
        "bi",
        "to",
        "ono",
        "sto",
        "koji",
        "koja",
        "koje",
        "kojeg",
        "kojem",
        "kojim",
        "i",
        "te",
        "a",
        "pa",
    ),
    *(
        "u",
        "na",
        "za",
        "s",
        "sa",
        "o",
        "od",
        "do",
        "iz",
        "po",
        "pri",
        "kod",
        "pomocu",
        "putem",
        "kao",
        "prema",
        "zbog",
        "preko",
        "jer",
    ),
    *(
        "zato",
        "ako",
        "kad",
        "kada",
        "dok",
        "ima",
        "imaju",
        "mislim",
        "valjda",
        "vjerojatno",
        "odgovor",
        "opcija",
        "tocno",
    ),
    *("the", "of", "an", "is", "are", "on", "in", "for", "with", "from", "and", "nn", "torch", "optim", "om"),
)
_COMMON = (
    *(
        "metoda",
        "klasa",
        "rijec",
        "funkcija",
        "sloj",
        "algoritam",
        "matrica",
        "gubitak",
        "loss",
        "layer",
        "tip",
        "tipa",
    ),
    *(
        "oznacuje",
        "sluzi",
        "vrijednost",
        "samo",
        "sve",
        "svi",
        "sva",
        "neki",
        "neka",
        "koristi",
        "koristimo",
        "vraca",
        "operacija",
    ),
)


class _Offered(Struct, frozen=True):
    """One text of an option: its words, those of them that have a capital, and whether it has signs of arithmetic.

    ``alone`` are its words if it is one word (FC), which may then be short. A text with such signs is read only sign
    by sign; here it but shows that words are not another option's alone.
    """

    letter: str
    words: list[str]
    named: list[str]
    alone: list[str]
    signs: bool


class _Around(Struct, frozen=True):
    """Small words of the prompt, which say nothing of their own."""

    words: list[str]

    def has(self, word: str) -> bool:
        return _like(word, self.words)


def meant(text: str, options: Texts, prompt: str) -> list[str]:
    """The letters of the options that the words can mean; several where the words do not tell them apart."""
    if re.search(_SIGNS, text):
        return []
    one, other = (_meant(text, options, prompt, joined=joined) for joined in (True, False))
    return one if len(one) == 1 or not other else other


def mentioned(text: str, letters: Sequence[str], options: Texts, prompt: str, *, whole: bool) -> bool:
    """Whether a text that denies nothing has words that only an option other than these has, or such a one whole.

    ``whole`` is whether all the words of that option must be there.
    """
    said = spelt(text, joined=True)
    if _denies(said):
        return False
    around = _Around(spelt(prompt, joined=True))
    offered = [_offered(letter, one, joined=True) for letter, texts in options.items() for one in texts]
    own = [word for each in offered if each.letter in letters for word in each.words]
    for each in (one for one in offered if one.letter not in letters and not one.signs):
        telling = [word for word in each.words if not (_empty(word) or _common(word) or around.has(word))]
        there = [word for word in telling if _like(word, said)]
        if there and (len(there) == len(telling) or not whole) and not all(_like(word, own) for word in there):
            return True
    return False


def _meant(text: str, options: Texts, prompt: str, *, joined: bool) -> list[str]:
    said = spelt(text, joined=joined)
    offered = [_offered(letter, one, joined=joined) for letter, texts in options.items() for one in texts]
    if not said:
        return []
    named = spelt(_named(re.sub(_BEGINS, _small, prompt)), joined=joined)
    around = _Around([word for word in spelt(prompt, joined=joined) if word not in named])
    bare = [word for word in said if _empty(word)]
    if all(_empty(word) or around.has(word) for word in said) and ("da" in bare or _denies(bare)):
        return _letters(each for each in offered if _answers(bare, each.words))
    fits = [each for each in offered if _fits(said, each, around)]
    if not fits:
        fits = [each for each in map(_together, _by_letter(offered)) if _fits(said, each, around)]
    for closer in (_whole, _in_order):
        if len(_letters(fits)) > 1:
            fits = [each for each in fits if closer(said, each)] or fits
    if len(_letters(fits)) == 1:  # what denies counts for telling options apart before it is missed
        fits = [each for each in fits if _denies(said) == _denies(each.words) and not each.signs]
    return _letters(fits)


def _offered(letter: str, text: str, *, joined: bool) -> _Offered:
    words, named = spelt(text, joined=joined), spelt(_named(text), joined=joined)
    return _Offered(letter, words, named, words if len(words) == 1 else [], re.search(_SIGNS, text) is not None)


def _small(found: re.Match[str]) -> str:
    return found[0].lower()


def _by_letter(offered: Sequence[_Offered]) -> list[list[_Offered]]:
    letters = _letters(offered)
    found = [[each for each in offered if each.letter == letter and not each.signs] for letter in letters]
    return [texts for texts in found if texts]


def _together(texts: list[_Offered]) -> _Offered:
    """All that is said of one option as one text; what denies is said by its own texts alone."""
    plain = [each for each in texts if not _denies(each.words)]
    return _Offered(
        texts[0].letter,
        [word for each in plain for word in each.words],
        [word for each in plain for word in each.named],
        [word for each in plain for word in each.alone],
        signs=False,
    )


def _letters(offered: Iterable[_Offered]) -> list[str]:
    return list(dict.fromkeys(each.letter for each in offered))


def _named(text: str) -> str:
    return " ".join(piece for piece in re.findall(_PIECE, text) if piece != piece.lower() or re.search("[0-9_]", piece))


def _answers(said: list[str], whole: list[str]) -> bool:
    """Whether a bare da, ne or nikad is how a text begins, or what it says."""
    return whole[:1] == said[:1] or (whole[:1] == ["ne"] and all(_like(word, whole) for word in said))


def _fits(said: list[str], offered: _Offered, around: _Around) -> bool:
    """Whether all that is said stands in the text, and something of it that is not said of everything."""
    whole = offered.words
    if any(said[0] == word and whole[:1] != [word] for word in ("da", "ne")) or (_denies(said) and not _denies(whole)):
        return False
    if any(word in _EITHER and word not in whole for word in said) or _denials(said) > max(1, _denials(whole)):
        return False
    content = [word for word in said if not _empty(word)]
    if not all(_like(word, whole) or _common(word) or around.has(word) for word in content):
        return False
    return any(_decides(word, offered, around) for word in content)


def _decides(word: str, offered: _Offered, around: _Around) -> bool:
    short = len(word) < _SHORTEST and word not in offered.alone
    if short or _common(word) or not _like(word, offered.words):
        return False
    return not around.has(word) or _like(word, offered.named)


def _whole(said: list[str], offered: _Offered) -> bool:
    """Whether nothing of the text is left out but words that name nothing."""
    return all(_like(word, said) for word in offered.words if not (_empty(word) or _common(word)))


def _in_order(said: list[str], offered: _Offered) -> bool:
    """Whether the words stand in the text one behind another as they are said."""
    at = 0
    for word in (word for word in said if not _empty(word) and _like(word, offered.words)):
        at = next((place + 1 for place in range(at, len(offered.words)) if same_word(word, offered.words[place])), 0)
        if not at:
            return False
    return True


def _empty(word: str) -> bool:
    return word == "da" or word in _PASSED or word in _DENYING


def _denies(spelled: list[str]) -> bool:
    return any(word in _DENYING for word in spelled)


def _denials(spelled: list[str]) -> int:
    return sum(word in _DENYING for word in spelled)


def _common(word: str) -> bool:
    """Whether a word is one of the common ones, or a form of a longer one of them."""
    return any(word == one or (len(one) > 3 and _ends_alike(word, one)) for one in _COMMON)


def _ends_alike(word: str, one: str) -> bool:
    return abs(len(word) - len(one)) <= 2 and word[: len(one) - 2] == one[:-2] and same_word(word, one)


def _like(word: str, others: Sequence[str]) -> bool:
    return any(same_word(word, other) for other in others)
