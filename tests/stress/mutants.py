"""Banks as accidents and malice leave them: shipped ones, shortened, with their text or their structure changed."""

from __future__ import annotations

import copy
import random
from typing import Any

import yaml

from quizlab import bank

PIECES = [
    "\t",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a ",
    "!!x ",
    "\n",
    '"',
    "'",
    "|",
    ">",
    "#",
    "\x00",
    "\u202e",
    "\ud7ff",
    "$",
]
ODD: list[Any] = [
    *("", " ", "a" * 3000, "ne znam", "{c_in}", "{", "$\\frac{1}{", "9**9**9", "1e999", "-0", "0x10", "()", "(" * 300),
    *(
        "\u202e\u200b",
        "č̌" * 50,
        "a_" * 500,
        "None",
        "__import__('os')",
        "lab4.unit_parameters",
        "=1+1",
        "<b>",
        "\x1b[31m",
    ),
    *(None, True, 0, -1, 10**30, 1.5, float("inf"), [], {}, [[]], {"a": {}}, ["a"] * 300, list(range(300))),
]


def sources() -> list[dict[str, Any]]:
    """The shipped banks as plain data."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in bank.shipped()]


def mutant(rng: random.Random, whole: list[dict[str, Any]]) -> bytes:
    """A small bank with one to four things wrong with it, as bytes."""
    chosen = rng.choice(whole)
    # a copy to the bottom: what is changed in one mutant is in no other
    small = copy.deepcopy({**chosen, "questions": rng.sample(chosen["questions"], rng.randrange(1, 4))})
    if rng.random() < 0.6:
        for _ in range(rng.randrange(1, 5)):
            _restructured(rng, small)
        return _dumped(small)
    data = bytearray(_dumped(small))
    for _ in range(rng.randrange(1, 5)):
        garbled(rng, data)
    return bytes(data)


def _dumped(value: Any) -> bytes:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6)
    return text.encode("utf-8", "surrogatepass")


def _restructured(rng: random.Random, node: Any) -> None:
    """Change one place somewhere below a node."""
    places = list(_places(node))
    if not places:
        return
    inside, key = rng.choice(places)
    kind = rng.randrange(6)
    if kind == 0:
        del inside[key]
    elif kind == 1:
        inside[key] = copy.deepcopy(rng.choice(ODD))  # what is put in is changed later, and is no other mutant's
    elif kind == 2:
        other, name = rng.choice(places)
        inside[key] = copy.deepcopy(other[name])
    elif kind == 3 and isinstance(inside[key], list):
        inside[key] = inside[key] * rng.choice([0, 2, 50])
    elif kind == 4 and isinstance(inside[key], str):
        at = rng.randrange(len(inside[key]) + 1)
        inside[key] = inside[key][:at] + str(rng.choice(ODD)) + inside[key][at:]
    elif isinstance(inside, dict):
        inside[str(rng.choice(ODD))] = inside.pop(key)


def _places(node: Any) -> Any:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(items):
        yield node, key
        yield from _places(value)


def garbled(rng: random.Random, data: bytearray) -> None:
    """Change some bytes."""
    at = rng.randrange(len(data) + 1)
    kind = rng.randrange(5)
    if kind == 0:
        del data[at : at + rng.randrange(1, 200)]
    elif kind == 1:
        data[at:at] = rng.choice(PIECES).encode("utf-8", "surrogatepass") * rng.choice([1, 1, 1, 300])
    elif kind == 2 and at < len(data):
        data[at] = rng.randrange(256)
    elif kind == 3:
        end = at + rng.randrange(1, 400)
        data[at:at] = data[at:end] * rng.choice([1, 20])
    else:
        lines = bytes(data).split(b"\n")
        rng.shuffle(lines[: rng.randrange(1, len(lines) + 1)])
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
        data[:] = b"\n".join(lines)
