"""The own result of a blic: asked for, kept apart from the facts that are sent to others, set beside the forecast."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from quizlab import home, locks
from quizlab.commands._course import Course
from quizlab.errors import QuizlabError
from quizlab.learning import results, schedule
from quizlab.learning.results import Result
from quizlab.log.log import Log
from quizlab.model import AnyQuestion, Bank
from quizlab.telling import sentences
from quizlab.view.screen import Screen, tell
from quizlab.view.stats.overview import compared


def ask(screen: Screen, line: Callable[[str], str], blic: tuple[str, str], forecast: Callable[[], float]) -> None:
    """Ask for the result of a blic (its lab and day) and keep it; an empty line keeps nothing.

    Raises:
        QuizlabError: it cannot be written.
    """
    folder = home.data_folder()
    try:
        before = results.read(folder)
    except (ValueError, OSError):
        tell(sentences.say("results_left_out", {"path": str(folder / results.FILE)}))
        return
    screen.line("Vlastiti rezultat ostaje samo na ovom računalu i pomiče prognozu.")
    while typed := line("Točno, npr. 7/10 (prazno: ne znam)"):
        if result := _read(typed, blic, before, forecast):
            _write(folder, result)
            screen.line(compared(result))
            return
        screen.line("To se ne može pročitati. Napiši npr. 7/10 ili 6,5/10.")


def _read(typed: str, blic: tuple[str, str], before: Sequence[Result], forecast: Callable[[], float]) -> Result | None:
    """The result that was typed; None where it is none. What was forecast for a blic once stays."""
    found = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*(?:/|od)\s*([0-9]{1,3})", typed.strip())
    if not found:
        return None
    known = [each.expected for each in before if (each.lab, each.date) == blic]
    expected = known[0] if known else forecast()
    try:
        return Result(*blic, float(found[1].replace(",", ".")), int(found[2]), expected)
    except ValueError:
        return None


def _write(folder: Path, result: Result) -> None:
    """Add a result to those that are there by now."""
    try:
        with locks.alone(folder / results.FILE):
            results.write(folder, results.added(results.read(folder), result))
    except ValueError:  # spoilt since it was read
        tell(sentences.say("results_left_out", {"path": str(folder / results.FILE)}))
    except OSError as error:
        args = {"path": str(folder / results.FILE), "why": error.strerror or str(error)}
        raise QuizlabError("new_unwritten", args) from None


def expected(banks: Sequence[Bank], questions: Sequence[AnyQuestion]) -> float:
    """The share of points (0 to 1) that the log forecasts for now."""
    with Log(home.data_folder(), only_read=True) as log:
        course = Course(banks, log)
        course.recall()
        return schedule.forecast(questions, course.memories, datetime.now().timestamp(), course.prior)
