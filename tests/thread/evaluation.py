"""How well threads are judged: statements against gold rows, counted row by row.

``python -m tests.thread.evaluation [FILE …]`` prints the numbers and every row that differs; a thread has its
gold rows beside it in ``THREAD.gold.tsv``: first line, last line, id (or NEW, CHATTER), answer, verdict, note. Tags in
the note: ``also=VERDICT`` and ``alt=ID`` are defensible too.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from typing import NamedTuple

from quizlab import bank
from quizlab.hooks import registry
from quizlab.thread.model import Statement
from quizlab.thread.statements import read

HERE = Path(__file__).parent / "threads"


class Row(NamedTuple):
    first: int
    last: int
    id: str
    answer: str
    verdict: str
    note: str

    @property
    def ids(self) -> set[str]:
        return {self.id, *re.findall(r"alt=(\w+)", self.note)}

    @property
    def verdicts(self) -> set[str]:
        return {self.verdict, *re.findall(r"also=(\w+)", self.note)}

    def covers(self, one: Statement) -> bool:
        return one.first_line <= self.last and one.last_line >= self.first


class Score(NamedTuple):
    """Counts: rows found of all rows, wrongly given statements, verdicts right of those given, verdicts on NEW."""

    found: int
    rows: int
    false: int
    judged: int
    answered: int
    new_judged: int
    misses: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.rows

    @property
    def verdicts(self) -> float:
        return self.judged / self.answered if self.answered else 1.0


def gold_of(path: Path) -> list[Row]:
    with path.with_suffix(".gold.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
    return [Row(int(first), int(last), *rest) for first, last, *rest in rows]


def questions():
    banks = (bank.load(path) for path in bank.shipped() if path.stem not in registry.aside())
    return [question for each in banks for question in each.questions]


def evaluate(path: Path, asked=None) -> Score:
    statements = read(path.read_text(encoding="utf-8"), asked or questions()).statements
    return score(gold_of(path), statements)


def score(rows: list[Row], statements: tuple[Statement, ...]) -> Score:
    """A row is found if a statement on its lines has its id (NEW: null; CHATTER: no statement at all).

    Each statement may be the evidence of one row; what no row on its lines asks for is false.
    """
    free = list(statements)
    found = judged = answered = new_judged = 0
    misses = []
    for row in rows:
        here = [one for one in free if row.covers(one)]
        if row.id == "CHATTER":
            found += not here
            if here:
                misses.append(f"{row.first}: {row.id} -> {[(one.id, one.judged.verdict) for one in here]}")
            continue
        wanted = {None if id == "NEW" else id for id in row.ids}
        hit = next((one for one in here if one.id in wanted), None)
        if hit is None:
            misses.append(f"{row.first}: {row.id} ({row.answer}) -> {[(one.id, one.judged.verdict) for one in here]}")
            continue
        free.remove(hit)
        found += 1
        if hit.id is None:
            new_judged += hit.judged.verdict != "none"
        elif row.id == "NEW":
            continue
        elif row.verdict != "none":
            answered += 1
            good = hit.judged.verdict in row.verdicts
            judged += good
            if not good:
                misses.append(
                    f"{row.first}: {row.id} {row.verdict} ({row.answer}) -> {hit.judged.verdict} {hit.judged.answer!r}"
                )
        elif hit.judged.verdict not in row.verdicts:
            misses.append(f"{row.first}: {row.id} none -> {hit.judged.verdict} {hit.judged.answer!r}")
    news = [row for row in rows if row.id == "NEW"]
    new_judged += sum(one.judged.verdict != "none" and any(row.covers(one) for row in news) for one in free)
    return Score(found, len(rows), len(free), judged, answered, new_judged, tuple(misses))


def main(names: list[str]) -> None:
    asked = questions()
    for path in [Path(name) for name in names] or sorted(HERE.glob("*.txt")):
        one = evaluate(path, asked)
        found = f"precision {one.precision:.3f} recall {one.recall:.3f} ({one.found}/{one.rows}, false {one.false})"
        verdicts = f"verdicts {one.verdicts:.3f} ({one.judged}/{one.answered}), on NEW {one.new_judged}"
        print(f"{path.name}: {found} {verdicts}")
        for miss in one.misses:
            print("   ", miss)


if __name__ == "__main__":
    main(sys.argv[1:])
