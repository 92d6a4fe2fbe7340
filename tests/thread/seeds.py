"""Which recollections of the coverage tables a raw file of them gives up: each is found or named as not found.

``python -m tests.thread.seeds FILE``: a question that a group remembers must be found in that group's lines.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from quizlab.thread.model import Statement
from quizlab.thread.statements import read
from tests.conftest import ROOT
from tests.thread.evaluation import questions

GROUPS = {
    "A": (3, 43),
    "B": (47, 116),
    "C": (120, 135),
    "D": (139, 161),
    "E": (167, 211),
    "F": (215, 274),
    "G": (276, 304),
    "H": (306, 328),
    "I": (330, 368),
}
"""The lines of each group of recollections in the raw file, both ends included."""

TOGETHER = {("q34", "I"): "q53", ("q37", "I"): "q56"}
"""Entries that the tables read from the same sentence as another question: loss for accuracy, one task for the other.

A thread gives one question to a sentence; such an entry is found if the other one is.
"""


def entries() -> list[tuple[str, str, int]]:
    """Every entry of the coverage tables: question, group, how many answers the group remembers."""
    tables = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tests/coverage").glob("*"))]
    return [
        (id, group, number)
        for table in tables
        for id, entry in table.items()
        for group, number in entry["remembered"].items()
    ]


def missing(statements: tuple[Statement, ...]) -> tuple[list[str], list[str]]:
    """The entries without a statement of theirs, and those with one where the remembered answer was not read."""
    lost, unread = [], []
    for id, group, number in entries():
        first, last = GROUPS[group]
        ids = {id, TOGETHER.get((id, group), id)}
        here = [one for one in statements if one.id in ids and first <= one.first_line <= last]
        if not here:
            lost.append(f"{id} in {group}")
        elif number and all(one.judged.verdict == "none" for one in here):
            unread.append(f"{id} in {group}")
    return lost, unread


def main(name: str) -> None:
    lost, unread = missing(read(Path(name).read_text(encoding="utf-8"), questions()).statements)
    total = len(entries())
    print(f"{total - len(lost)} of {total} entries found; not found: {', '.join(lost) or 'none'}")
    print(f"found, but their answer not read: {', '.join(unread) or 'none'}")


if __name__ == "__main__":
    main(sys.argv[1])
