"""What a question may take, its own proof and those of all its mutants together: time, and memory."""

from __future__ import annotations

import contextlib
import math
import os
import re

from quizlab.errors import USAGE, QuizlabError

TIME_LIMIT = 60.0
"""Seconds that a question may take with all its mutants; waiting for torch to be imported does not count."""

VARIABLE = "QUIZLAB_TIME_LIMIT"

MEMORY = 3 << 29
"""Bytes that a question may take with all its mutants. The proofs of the labs need a third of it, torch included."""

REFUSED = re.compile(r"can't allocate memory|not enough memory|Cannot allocate memory|bad_alloc", re.IGNORECASE)
"""What torch says where the system gives it no memory."""


def time_limit() -> float:
    """The time limit in seconds: ``QUIZLAB_TIME_LIMIT`` if it is set, for machines slower than most.

    Raises:
        QuizlabError: it is set to something that is no positive number.
    """
    text = os.environ.get(VARIABLE, "")
    if not text:
        return TIME_LIMIT
    try:
        limit = float(text.replace(",", "."))
    except ValueError:
        limit = 0.0
    if not 0 < limit < math.inf:
        raise QuizlabError("bad_time_limit", {"variable": VARIABLE, "text": text}, USAGE)
    return limit


class Budget:
    """The seconds of one question: each of its proofs takes from them what it has been waited for.

    Args:
        seconds: how many there are; None for `time_limit`.

    Raises:
        QuizlabError: the time limit set for proofs is no number.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = time_limit() if seconds is None else seconds
        self._spent = 0.0

    @property
    def left(self) -> float:
        """Seconds that are left; 0 where all are spent."""
        return max(0.0, self.seconds - self._spent)

    def spend(self, seconds: float) -> None:
        """Take away what something took."""
        self._spent += seconds


def limit_memory(bytes_: int = MEMORY) -> None:
    """Let this process have so much memory and no more, where the system can be told so (Linux); what it has counts.

    What is counted is what it may write to, not the libraries that are mapped. A limit that is lower stays.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = min([bytes_, *(each for each in (soft, hard) if each != resource.RLIM_INFINITY)])
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def lacks_memory(error: BaseException) -> bool:
    """Whether something broke off because it got no more memory."""
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and bool(REFUSED.search(str(error))))
