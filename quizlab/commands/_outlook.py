"""What a student can expect of the exam, and what some more practice would add."""

from __future__ import annotations

import time
from collections.abc import Sequence

from quizlab.commands._course import Course
from quizlab.learning import stats
from quizlab.learning.schedule import Aim
from quizlab.learning.stats import Promise
from quizlab.model import AnyQuestion

TOMORROW = 24 * 3600.0
"""Without a date the exam is a day away: that is when most people practise."""


def promise(course: Course, questions: Sequence[AnyQuestion], exam: float = 0.0) -> Promise:
    """The expected share at the exam (POSIX seconds; 0 is a day from now), as things stand and after more practice."""
    now = time.time()
    pace = stats.pace(course.log.recent(stats.RECENT))
    return stats.promise(questions, course.memories, now, Aim(exam or now + TOMORROW, course.prior), pace)
