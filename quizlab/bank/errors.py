"""What a bank is refused with."""

from __future__ import annotations

from collections.abc import Sequence

from quizlab.errors import USAGE, QuizlabError
from quizlab.model import Problem


class BankError(QuizlabError):
    """A bank that cannot be used, with every problem found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems, status=USAGE)
