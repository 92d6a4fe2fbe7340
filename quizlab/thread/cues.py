"""How each question is spoken of: cues over concepts, read from ``cues.txt`` (its head explains the form)."""

from __future__ import annotations

import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from msgspec import Struct

from quizlab.thread.words import Concept

Where = Mapping[str, Sequence[Concept]]
"""The concepts that were said, each with all the places where it was."""


class Term(Struct, frozen=True):
    """Any of these concepts; ``follows`` is set where it must stand behind the term before it."""

    names: tuple[str, ...]
    follows: bool = False


class Cue(Struct, frozen=True):
    """What must be said and what must not, and what that means."""

    kind: str
    terms: tuple[Term, ...]
    absent: tuple[str, ...] = ()
    says: str = ""


class Entry(Struct, frozen=True):
    """All cues of one question: how it is asked, what its answers are, how many points are enough, its sizes."""

    id: str
    asked: tuple[Cue, ...] = ()
    heard: tuple[Cue, ...] = ()
    core: tuple[frozenset[int], ...] = ()
    need: int = 0
    counts_as: str = ""
    sizes: Mapping[str, tuple[str, ...]] = {}


_SECTION = re.compile(r"\[(new )?([\w-]+)\]\Z")


def where(said: Sequence[Concept]) -> Where:
    """The concepts by name."""
    places: dict[str, list[Concept]] = defaultdict(list)
    for one in said:
        places[one.name].append(one)
    return places


def holds(cue: Cue, said: Where) -> bool:
    """Whether all that the cue wants was said, in its order, and nothing that it forbids."""
    if any(name in said for name in cue.absent):
        return False
    behind = -1
    for term in cue.terms:
        places = [place for name in term.names for place in said.get(name, ())]
        if not places:
            return False
        if term.follows:
            later = [place for place in places if place.first > behind]
            if not later:
                return False
            behind = min(place.last for place in later)
        else:
            behind = min(place.last for place in places)
    return True


def spoken(cue: Cue, said: Where) -> set[str]:
    """The concepts by which a cue that holds is met."""
    return {name for term in cue.terms for name in term.names if name in said}


@functools.cache
def entries() -> dict[str, Entry]:
    """The cues of the course by the id of the question; ids that begin with ``new`` are no questions of the banks."""
    text = (resources.files("quizlab.thread") / "cues.txt").read_text(encoding="utf-8")
    return {entry.id: entry for entry in _read(text)}


@functools.cache
def weights() -> dict[str, float]:
    """How much each concept tells: little if many questions are asked with it."""
    used: dict[str, set[str]] = defaultdict(set)
    for entry in entries().values():
        for cue in entry.asked:
            for term in cue.terms:
                for name in term.names:
                    used[name].add(entry.id)
    return {name: math.log((len(entries()) + 6) / len(ids)) for name, ids in used.items()}


def _read(text: str) -> Iterator[Entry]:
    head, lines = "", list[str]()
    for raw in [*text.splitlines(), "[end]"]:
        line = raw.strip()
        if found := _SECTION.match(line):
            if head:
                yield _entry(head, lines)
            head, lines = ("new " if found[1] else "") + found[2], []
        elif line and not line.startswith("# "):
            lines.append(line)


def _entry(name: str, lines: Sequence[str]) -> Entry:
    asked: list[Cue] = []
    heard: list[Cue] = []
    core: tuple[frozenset[int], ...] = ()
    need, counts_as, sizes = 0, "", dict[str, tuple[str, ...]]()
    for line in lines:
        if line.startswith("? "):
            asked.append(_cue("?", line[2:], ""))
            continue
        kind, _, rest = line.partition(":")
        if kind == "core":
            core = tuple(frozenset(map(int, part.split())) for part in rest.split("/"))
        elif kind == "as":
            counts_as = rest.strip()
        elif kind == "need":
            need = int(rest)
        elif kind.startswith("set "):
            sizes[kind[4:]] = tuple(rest.split())
        else:
            cue, _, says = rest.partition("::")
            heard.append(_cue(kind.strip(), cue, says.strip()))
    return Entry(name, tuple(asked), tuple(heard), core, need, counts_as, sizes)


def _cue(kind: str, text: str, says: str) -> Cue:
    terms: list[Term] = []
    absent: list[str] = []
    follows = False
    for word in text.split():
        if word == "<":
            follows = True
        elif word.startswith("!"):
            absent.append(word[1:])
        else:
            terms.append(Term(tuple(word.split("|")), follows))
            follows = False
    return Cue(kind, tuple(terms), tuple(absent), says)
