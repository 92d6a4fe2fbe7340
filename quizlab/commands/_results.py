"""The results of real blics, as commands take them into account."""

from __future__ import annotations

from quizlab import home
from quizlab.learning import results
from quizlab.learning.results import Result
from quizlab.telling import sentences
from quizlab.view.screen import tell


def kept() -> tuple[Result, ...]:
    """The results on this machine; a file that cannot be read is said, and left out."""
    folder = home.data_folder()
    try:
        return results.read(folder)
    except (ValueError, OSError):
        tell(sentences.say("results_left_out", {"path": str(folder / results.FILE)}))
        return ()
