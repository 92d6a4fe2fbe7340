"""What is wrong with a description of a model, as a problem with its place."""

from __future__ import annotations

from quizlab.errors import USAGE, QuizlabError
from quizlab.model import Code


def trouble(code: Code, **args: object) -> QuizlabError:
    """The error to raise; its sentence is chosen by the code."""
    return QuizlabError(code, {name: str(value) for name, value in args.items()}, USAGE)
