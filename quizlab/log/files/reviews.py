"""Reviews as the optimisers of FSRS read them, a CSV with a review a line.

The columns are those of https://github.com/open-spaced-repetition/fsrs-optimizer: ``card_id`` (the question),
``review_time`` (milliseconds since 1970), ``review_rating`` (1 again, 2 hard, 3 good, 4 easy), ``review_state``
(of the card before the review: 0 new, 1 learning, 2 review, 3 relearning) and ``review_duration`` (milliseconds).
The last two may be missing. A rating says less than an answer: what was typed does not travel this way.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from quizlab.log.entry import EPOCH, SHARES, Entry, milliseconds, rating
from quizlab.log.files.fields import Decoded
from quizlab.log.merging import REVIEWS
from quizlab.model import ID, Outcome, Problem

COLUMNS = ("card_id", "review_time", "review_rating", "review_state", "review_duration")
REQUIRED = COLUMNS[:3]
NEW, REVIEW = 0, 2

RANGES = {
    "review_time": (100_000_000_000, 4_102_444_799_999),  # from 1973 on, which seconds since 1970 do not reach
    "review_rating": (1, 4),
    "review_state": (0, 3),
    "review_duration": (0, 1_000_000_000),
}
SEPARATORS = (",", ";", "\t")

RATED: dict[int, tuple[Outcome, int]] = {1: ("wrong", 0), 2: ("right", 1), 3: ("right", 0), 4: ("right", 0)}
"""Rating → the outcome and the hints it took: what is right with difficulty is right with a hint."""


def written(entries: Sequence[Entry]) -> str:
    """The entries, oldest first, as CSV. There are no learning steps, so a card is new or in review."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    met: set[str] = set()
    for entry in entries:
        state = REVIEW if entry.question in met else NEW
        met.add(entry.question)
        rows.writerow((entry.question, milliseconds(entry.at), rating(entry), state, round(entry.seconds * 1000)))
    return file.getvalue()


def read(text: str) -> Decoded:
    """The reviews as entries."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    entries: list[Entry] = []
    problems: list[Problem] = []
    try:
        names = [name.strip() for name in next(rows, [])]
        if not {*REQUIRED} <= {*names} <= {*COLUMNS} or len({*names}) < len(names):
            return [], [Problem("import_header", {"known": ", ".join(COLUMNS)}, line=1)]
        for fields in rows:
            row = [field.strip() for field in fields]
            if not any(row):  # spreadsheets end a file with lines of separators
                continue
            faults = _faults(names, row, rows.line_num)
            problems += faults
            if not faults:
                entries.append(_entry(dict(zip(names, row, strict=True))))
    except csv.Error:
        problems.append(Problem("import_csv", line=max(1, rows.line_num)))
    return entries, problems


def _separator(text: str) -> str:
    """What stands between the names of the columns: where a comma is decimal, spreadsheets write semicolons."""
    header = text.lstrip().partition("\n")[0]
    return max(SEPARATORS, key=header.count)


def _faults(names: Sequence[str], row: Sequence[str], line: int) -> list[Problem]:
    """Everything wrong with one line."""
    if len(row) != len(names):
        return [Problem("import_columns", {"number": str(len(row)), "count": str(len(names))}, line=line)]
    problems = []
    for name, text in zip(names, row, strict=True):
        if name == "card_id":
            if not ID.match(text):
                problems.append(Problem("bad_id", {"name": text}, line=line, field=name))
        elif text or name in REQUIRED:
            least, most = RANGES[name]
            if not (text.isascii() and text.isdigit() and len(text) < 15 and least <= int(text) <= most):
                args = {"found": text, "least": str(least), "most": str(most)}
                problems.append(Problem("import_number", args, line=line, field=name))
    return problems


def _entry(row: dict[str, str]) -> Entry:
    """A review as an entry: nothing is known of what was typed."""
    time = int(row["review_time"])
    outcome, hints = RATED[int(row["review_rating"])]
    return Entry(
        at=(EPOCH + timedelta(milliseconds=time)).isoformat(timespec="milliseconds"),
        session=REVIEWS,
        question=row["card_id"],
        params="{}",
        typed="",
        understood="",
        outcome=outcome,
        tag="",
        seconds=int(row.get("review_duration") or 0) / 1000,
        share=SHARES[outcome],
        hints=hints,
    )
