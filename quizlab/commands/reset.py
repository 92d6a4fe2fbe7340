"""The reset command: an empty log, with a copy of what it held."""

from __future__ import annotations

from quizlab import errors, home
from quizlab.commands import _screen
from quizlab.errors import QuizlabError
from quizlab.log import Log
from quizlab.view import carrying as view
from quizlab.view import prompts
from quizlab.view.screen import is_terminal


def reset_log(*, yes: bool, plain: bool = False) -> int:
    """Empty the log, after asking and after a copy.

    Raises:
        QuizlabError: there is nobody to ask.
    """
    screen = _screen.piped(plain)
    if not yes and not is_terminal():
        raise QuizlabError("reset_unasked", status=errors.USAGE)
    with Log(home.data_folder()) as log:
        number = log.count()
        if number == 0:
            view.nothing_to_empty(screen)
            return errors.RIGHT
        try:
            typed = "d" if yes else prompts.line(screen, view.question_of_reset(number, log.path.parent)) or ""
        except KeyboardInterrupt:
            screen.raw("\n")
            view.kept(screen)
            return errors.INTERRUPTED
        if typed.strip().lower() in view.YES:
            view.emptied(screen, number, log.reset())
        else:
            view.kept(screen)
    return errors.RIGHT
