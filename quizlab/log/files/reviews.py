"""Reviews as the optimisers of FSRS read them, a CSV with a review a line.

The columns are those of https://github.com/open-spaced-repetition/fsrs-optimizer: ``card_id`` (the question),
``review_time`` (milliseconds since 1970), ``review_rating`` (1 again, 2 hard, 3 good, 4 easy), ``review_state``
(of the card before the review: 0 new, 1 learning, 2 review, 3 relearning) and ``review_duration`` (milliseconds).
The last two may be missing. A rating says less than an answer: what was typed does not travel this way.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import timedelta

from quizlab.log.entry import EPOCH, LEAST, SHARES, Entry, given, milliseconds, rating
from quizlab.log.files.fields import Decoded
from quizlab.log.merging import REVIEWS
from quizlab.model import ID, Code, Outcome, Problem

COLUMNS = ("card_id", "review_time", "review_rating", "review_state", "review_duration")
REQUIRED = COLUMNS[:3]
NEW, REVIEW = 0, 2

RANGES = {
    "review_time": (milliseconds(LEAST), 32_503_679_999_999),  # as JSON's; seconds since 1970 do not reach it
    "review_rating": (1, 4),
    "review_state": (0, 3),
    "review_duration": (0, 1_000_000_000),
}
SEPARATORS = (",", ";", "\t")

BLANK = " \t\xa0\u202f\ufeff"
"""What stands around a value and says nothing."""

MARGIN = 1000
"""Characters within which the names of the columns begin."""

GROUPED = re.compile(r"[0-9]{1,3}(?:([.,' \xa0\u202f])[0-9]{3})(?:\1[0-9]{3})+", re.ASCII)
"""At least two groups behind the first: one alone might as well be three decimals."""

ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+", re.ASCII | re.IGNORECASE)
"""A long number as a spreadsheet shows it, and saves what it shows."""

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
        rows.writerow((entry.question, given(entry), rating(entry), state, round(entry.seconds * 1000)))
    return file.getvalue()


def begins(text: str) -> bool:
    """Whether a text begins as such a CSV does: with the names of the columns, or with the line before them."""
    return COLUMNS[0] in text[:MARGIN].casefold()


def read(text: str) -> Decoded:
    """The reviews as entries; what spreadsheets add (marks, empty rows and columns, their separators) says nothing."""
    text = text.removeprefix("\ufeff")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    entries: list[Entry] = []
    problems: list[Problem] = []
    names: list[str] = []
    try:
        for fields in rows:
            row = [field.strip(BLANK) for field in fields]
            if not any(row) or (not names and row[0].casefold().startswith("sep=")):
                continue
            if not names:
                names = [name.casefold() for name in row]
                known = [name for name in names if name]
                if not {*REQUIRED} <= {*known} <= {*COLUMNS} or len({*known}) < len(known):
                    return [], [Problem("import_header", {"known": ", ".join(COLUMNS)}, line=max(1, rows.line_num))]
                continue
            found, faults = _read(names, row, rows.line_num)
            entries += found
            problems += faults
    except csv.Error:
        problems.append(Problem("import_csv", line=max(1, rows.line_num)))
    if not names and not problems:
        problems.append(Problem("import_header", {"known": ", ".join(COLUMNS)}, line=1))
    return entries, problems


def _separator(text: str) -> str:
    """What stands between the names of the columns: where a comma is decimal, spreadsheets write semicolons."""
    header = next((line for line in text[:MARGIN].splitlines() if COLUMNS[0] in line.casefold()), "")
    return max(SEPARATORS, key=header.count)


def _read(names: Sequence[str], row: Sequence[str], line: int) -> Decoded:
    """One line; columns without a name, as a spreadsheet leaves them, must be empty."""
    known = [(name, text) for name, text in zip(names, row, strict=False) if name]
    if any(row[len(names) :]) or any(row[place] for place, name in enumerate(names[: len(row)]) if not name):
        return [], [Problem("import_columns", {"number": str(len(row)), "count": str(len(names))}, line=line)]
    if len(row) < len(names) and any(names[len(row) :]):
        return [], [Problem("import_columns", {"number": str(len(row)), "count": str(len(names))}, line=line)]
    whole = [(name, text if name == COLUMNS[0] else _plain(text)) for name, text in known]
    faults = _faults([name for name, _ in whole], [text for _, text in whole], line)
    return ([], faults) if faults else ([_entry(dict(whole))], [])


def _plain(text: str) -> str:
    """A whole number without what a spreadsheet put into it: groups of three, decimals that are all zero."""
    if GROUPED.fullmatch(text):
        return re.sub(r"\D", "", text)
    return re.sub(r"(?<=[0-9])[.,]0+$", "", text, flags=re.ASCII)


def _faults(names: Sequence[str], row: Sequence[str], line: int) -> list[Problem]:
    """Everything wrong with one line."""
    problems = []
    for name, text in zip(names, row, strict=True):
        if name == "card_id":
            if not ID.match(text):
                problems.append(Problem("bad_id", {"name": text}, line=line, field=name))
        elif text or name in REQUIRED:
            least, most = RANGES[name]
            if not (text.isascii() and text.isdigit() and len(text) < 15 and least <= int(text) <= most):
                args = {"found": text, "least": str(least), "most": str(most)}
                code: Code = "import_rounded" if ROUNDED.fullmatch(text) else "import_number"
                problems.append(Problem(code, args, line=line, field=name))
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
