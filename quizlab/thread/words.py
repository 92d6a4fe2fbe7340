"""Concepts: the words of a thread in one name each, whatever language, ending, slang or misreading they come in.

``words.txt`` holds a concept a line: ``name: form, form …``. A form is one word or several in a row; ``*`` at the end
of a word stands for any ending. A word that fits no form is tried as a scanner would have misread it, and then with
one or two letters wrong.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources

from msgspec import Struct

from quizlab.thread.fold import REMEMBERED, Word, readings, scanned, words

SHORTEST = 6
"""A shorter word is too easily another one with one letter wrong."""

_TWO_WRONG = 9
_BESIDE = 4


class Form(Struct, frozen=True):
    """One way of saying a concept: its words, each exact or (with ``*``) a beginning."""

    concept: str
    words: tuple[str, ...]


class Concept(Struct, frozen=True):
    """A concept that was said, with the first and the last of its words, counted from 0."""

    name: str
    first: int
    last: int


class Lexicon:
    """The forms, found by their first word."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.exact: dict[str, list[Form]] = defaultdict(list)
        self.begun: dict[str, list[Form]] = defaultdict(list)
        self.talk: frozenset[str] = frozenset()
        helping = False
        for line in lines:
            name, colon, forms = line.partition(":")
            if line.startswith("%talk"):
                self.talk = frozenset(forms.split())
            helping = helping or line.startswith("%helpers")
            if not colon or line.startswith(("#", "%")):
                continue
            if helping:
                self.talk |= {name.strip()}
            for form in forms.split(","):
                if form.strip():
                    self._add(Form(name.strip(), tuple(form.split())))
        stems = {
            word.rstrip("*")
            for forms in (*self.exact.values(), *self.begun.values())
            for form in forms
            for word in form.words
        }
        self.stems = sorted(stem for stem in stems if len(stem) >= SHORTEST)
        self.longest = max(map(len, (*self.exact, *self.begun, *stems)), default=0)
        self.misread = {scanned(stem): stem for stem in sorted(stems, key=len, reverse=True) if len(stem) > 2}

    def _add(self, form: Form) -> None:
        first = form.words[0]
        (self.begun if first.endswith("*") else self.exact)[first.rstrip("*")].append(form)

    @functools.cache  # noqa: B019 - there is one lexicon for the whole run
    def starting(self, word: str) -> tuple[Form, ...]:
        """The forms that may begin with this word."""
        begun = (
            form for length in range(1, min(len(word), self.longest) + 1) for form in self.begun.get(word[:length], ())
        )
        return (*self.exact.get(word, ()), *begun)

    @functools.cache  # noqa: B019 - there is one lexicon for the whole run
    def spelt(self, word: str) -> str:
        """The word as the lexicon spells it, if it is there with an error; else the word itself."""
        if self.starting(word) or len(word) < 3 or word in _COMMON:
            return word
        for misread in sorted(readings(word), key=len):
            for length in range(min(len(misread), self.longest), 2, -1):
                stem = self.misread.get(misread[:length])
                if stem and (length >= SHORTEST - 1 or length == len(misread)):
                    return stem + misread[length:]
        return self._near(word)

    def _near(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha():
            return word
        from rapidfuzz.distance import OSA

        allowed = 2 if len(word) >= _TWO_WRONG else 1
        best, found = allowed + 1, word
        for stem in self.stems:
            if abs(len(stem) - len(word)) > 4 or stem[:2] != word[:2] or len(stem) < SHORTEST:
                continue
            limit = 1 if len(stem) < _TWO_WRONG else allowed
            distance = min(OSA.distance(stem, word[:size], score_cutoff=limit) for size in (len(stem), len(stem) + 1))
            if distance <= limit and distance < best:
                best, found = distance, stem
        return found


_COMMON = frozenset(
    [
        "samo",
        "sutra",
        "danas",
        "hvala",
        "netko",
        "nesto",
        "nisam",
        "nismo",
        "mozda",
        "dobro",
        "bilo",
        "biti",
        "imam",
        "moze",
        "treba",
        "znam",
        "ovako",
        "onako",
        "pitanja",
        "pitanje",
        "odgovor",
        "odgovori",
        "labos",
        "labosu",
    ]
)


@functools.cache
def lexicon() -> Lexicon:
    """The lexicon of the course."""
    text = (resources.files("quizlab.thread") / "words.txt").read_text(encoding="utf-8")
    return Lexicon(iter(text.splitlines()))


@functools.lru_cache(maxsize=REMEMBERED)
def concepts(text: str) -> tuple[Concept, ...]:
    """What a text speaks of, in its order; numbers are concepts too (``#32``)."""
    return said(words(text))


def said(found: tuple[Word, ...]) -> tuple[Concept, ...]:
    """The concepts that these words say, in their order."""
    known = lexicon()
    spelt = [known.spelt(word.text) for word in found]
    heard: list[Concept] = []
    for at, word in enumerate(spelt):
        if word.lstrip("-−–")[:1].isdigit():
            heard.append(Concept("#" + word.replace(",", "."), at, at))
            if at + 1 < len(spelt) and spelt[at + 1].isdecimal() and found[at + 1].start - found[at].end <= _BESIDE:
                heard.append(Concept("#pair", at, at + 1))
        for form in known.starting(word):
            if form.concept == "yes" and word == "da" and _joins(found, at):
                continue
            if _fits(form, spelt[at : at + len(form.words)]):
                heard.append(Concept(form.concept, at, at + len(form.words) - 1))
    return tuple(heard)


def _joins(found: tuple[Word, ...], at: int) -> bool:
    """Whether «da» joins a clause («mislim da je») and is no yes: amid words, with no sign behind it."""
    return 0 < at < len(found) - 1 and found[at + 1].start - found[at].end == 1


def _fits(form: Form, said: list[str]) -> bool:
    return len(said) == len(form.words) and all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for word, wanted in zip(said, form.words, strict=True)
    )
