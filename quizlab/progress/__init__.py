"""The answer log: one row of SQLite an answer, committed before its feedback is shown."""

from quizlab.progress.entry import SHARES, Entry, Mode, Outcome, Sure
from quizlab.progress.log import Log
from quizlab.progress.store import FILE

__all__ = ["FILE", "SHARES", "Entry", "Log", "Mode", "Outcome", "Sure"]
