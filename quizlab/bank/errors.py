"""What a bank is refused with."""

from __future__ import annotations

from collections.abc import Sequence

from quizlab.model import Problem


class BankError(Exception):
    """A bank that cannot be used, with every problem found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(f"{problem.file}:{problem.line}: {problem.code}" for problem in problems))
        self.problems = tuple(problems)
