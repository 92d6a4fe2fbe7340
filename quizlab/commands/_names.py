"""What people mean by the names they type: «lab 4», «lab04», «q1,q2», a topic; and what to suggest if nothing fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from quizlab import bank
from quizlab.errors import USAGE, QuizlabError
from quizlab.model import Bank, Problem

SHORTEST = 3
"""Letters with which the beginning of a topic names it."""

_HYPHENS = re.compile("[-_‐‑‒–—−]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

NUMBERED = re.compile(r"([a-z]+)[ _-]?0*([0-9]+)")


def meant(banks: Sequence[Bank], names: Sequence[str]) -> tuple[str, ...]:
    """The names as `bank.select` takes them; what has one meaning only is understood.

    Raises:
        QuizlabError: with a problem for each name that means nothing, or more than one thing.
    """
    known = _Known(banks)
    found: list[str] = []
    problems: list[Problem] = []
    words = [word for name in names for word in ([name] if known.one(name) else name.split(","))]
    words = [word for word in map(str.strip, words) if word]
    while words:
        for number in range(len(words), 0, -1):  # a topic of several words, or «lab 4»
            taken = known.one(" ".join(words[:number]))
            if taken:
                break
        if not taken:
            problems.append(known.unknown(words[0]))
        found += taken
        words = words[number:]
    if problems:
        raise QuizlabError(problems, status=USAGE)
    return tuple(found)


def topic(topics: Sequence[str], typed: str) -> str | None:
    """The topic that is called so or begins so, if it is a single one."""
    wanted = folded(typed)
    same = [each for each in topics if folded(each) == wanted]
    begins = [each for each in topics if folded(each).startswith(wanted)] if len(wanted) >= SHORTEST else []
    return same[0] if same else begins[0] if len(begins) == 1 else None


def folded(text: str) -> str:
    """A name as it is compared: like an answer; a hyphen or an underscore is a space, so nobody has to quote it."""
    from quizlab.answers.clean import alike, words  # what names no bank and no question exactly

    return words(_HYPHENS.sub(" ", alike(text.translate(_INVISIBLE))))


def question(banks: Sequence[Bank], name: str) -> str:
    """The id or alias that a name of a single question means: «4» and «q04» are q4.

    Raises:
        QuizlabError: it means none.
    """
    known = _Known(banks)
    found = [each for each in known.spellings(name) if bank.find(banks, each)]
    if found:
        return found[0]
    raise QuizlabError([known.unknown(name)], status=USAGE)


class _Known:
    """The names there are."""

    def __init__(self, banks: Sequence[Bank]) -> None:
        self._banks = banks
        self._names = {each.name.lower(): each.name for each in banks}
        self._ids = [each.id for bank in banks for each in bank.questions]
        self._aliases = {alias for bank in banks for each in bank.questions for alias in each.aliases}
        self._topics = list(dict.fromkeys(each.topic for bank in banks for each in bank.questions))

    def one(self, typed: str) -> list[str]:
        """What a name means: a bank, a question, or the questions of a topic; nothing if it is not certain."""
        found = [each for each in self.spellings(typed) if self._there(each)]
        if found:
            return found if len(found) == 1 else []
        of = topic(self._topics, typed)
        return [each.id for bank in self._banks for each in bank.questions if each.topic == of] if of else []

    def spellings(self, typed: str) -> list[str]:
        """A name as it may have been meant: as it is, without a space or zeros, or what a bare number may number."""
        plain = unicodedata.normalize("NFKC", typed).strip().lower()
        if self._there(plain):
            return [plain]
        same = [name for name in (*self._names.values(), *self._ids, *self._aliases) if folded(name) == folded(typed)]
        if len(same) == 1:
            return same
        if match := NUMBERED.fullmatch(plain):
            return [match[1] + match[2]]
        if plain.isdecimal():
            return [each for each in (f"lab{int(plain[:6])}", f"q{int(plain[:6])}") if self._there(each)]
        return []

    def _there(self, name: str) -> bool:
        return name in self._names or name in self._ids or name in self._aliases

    def unknown(self, typed: str) -> Problem:
        """That a name means nothing certain, with what it may have been meant for."""
        near = [each for each in self.spellings(typed) if self._there(each)]
        numbered = NUMBERED.fullmatch(typed.strip().lower())
        if not near and not (numbered and numbered[1] in ("q", "lab")):  # q99 is no slip of the finger for q9
            from difflib import get_close_matches

            near = get_close_matches(folded(typed), [*self._names, *map(folded, self._topics)], 3, 0.7)
        if not near:
            return Problem("unknown_question", {"name": typed})
        return Problem("unknown_question_near", {"name": typed, "near": " ili ".join(dict.fromkeys(near))})
