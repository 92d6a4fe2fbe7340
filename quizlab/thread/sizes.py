"""Numbers of a statement that are sizes of its question: «k = 5, 16 → 32» are its parameters."""

from __future__ import annotations

import re

from quizlab.model import AnyQuestion, Atom
from quizlab.thread.cues import Entry
from quizlab.thread.fold import plain
from quizlab.thread.words import concepts

_PAIR = re.compile(r"(?<![\w.])([0-9]{1,6})\s*(?:->|→|=>|/|na\b)\s*([0-9]{1,6})(?![\w.])")
_SQUARE = re.compile(r"(?<![\w.])([0-9]{1,2})\s*[x×*]\s*\1(?![\w.])")
_BOTH = re.compile(r"cin\s*=\s*cout\s*=\s*([0-9]+)|([0-9]+)\s*(?:ulaznih i|i ulaznih i)\s*izlaznih")
_NEAR = 3
LARGEST = 10**6


def bound(question: AnyQuestion, entry: Entry | None, text: str) -> dict[str, Atom]:
    """The parameters of the question that the text gives numbers for."""
    names = [name for name, value in question.params.items() if isinstance(value, int) and not isinstance(value, bool)]
    folded = plain(text)
    found: dict[str, Atom] = {}
    if {"c_in", "c_out"} <= set(names):
        if pair := _PAIR.search(folded):
            found |= {"c_in": int(pair[1]), "c_out": int(pair[2])}
        if both := _BOTH.search(folded):
            found |= dict.fromkeys(("c_in", "c_out"), int(both[1] or both[2]))
    elif len(names) == 2 and (pair := _PAIR.search(folded)):
        found |= {names[0]: int(pair[1]), names[1]: int(pair[2])}
    if "kernel" in names and (square := _SQUARE.search(folded)):
        found["kernel"] = int(square[1])
    found |= _symbols(question, text)
    sizes = dict(entry.sizes) if entry else {}
    wanted = {name: sizes.get(name, ()) for name in names if name not in found and name in sizes}
    return found | max(_beside(text, wanted, 1), _beside(text, wanted, -1), key=len)


def _symbols(question: AnyQuestion, text: str) -> dict[str, Atom]:
    """The numbers that the text gives for symbols of the answer (``K = 10``), where it may be asked with numbers."""
    given = {name: re.search(rf"(?<!\w){name}\s*=\s*([0-9]{{1,6}})(?![\w.])", text) for name in question.variants}
    return {name: int(one[1]) for name, one in given.items() if one and name not in question.params and int(one[1]) > 1}


def _beside(text: str, wanted: dict[str, tuple[str, ...]], side: int) -> dict[str, Atom]:
    """The number that stands nearest behind (1) or before (-1) each parameter's name."""
    said = concepts(text)
    numbers = {one.first: int(one.name[1:]) for one in said if one.name[1:].isdigit() and one.name[0] == "#"}
    found: dict[str, Atom] = {}
    taken: set[int] = set()
    for name, words in wanted.items():
        for one in said:
            at = one.last if side > 0 else one.first
            near = next((at + side * step for step in range(1, _NEAR + 1) if at + side * step in numbers), None)
            if one.name in words and near is not None and near not in taken and 0 < numbers[near] <= LARGEST:
                found[name] = numbers[near]
                taken.add(near)
                break
    return found
