"""Answers as people type them: read, echoed, compared. Pure: no input, no output, no sentences.

Keys, accepted forms, mistakes, recollections and typed answers all go through the same reader, and the same
comparison grades a learner and judges evidence.
"""

from quizlab.answers.cases import POINTS, batch_places, calls, cases_of, points_of, special_case
from quizlab.answers.reader import counts_only, holds, part_of, read, read_answer, read_part, written
from quizlab.answers.reading import UNREADABLE_CODES, Reading, Unreadable

__all__ = [
    "POINTS",
    "UNREADABLE_CODES",
    "Reading",
    "Unreadable",
    "batch_places",
    "calls",
    "cases_of",
    "counts_only",
    "holds",
    "part_of",
    "points_of",
    "read",
    "read_answer",
    "read_part",
    "special_case",
    "written",
]
