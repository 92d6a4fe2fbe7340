"""The answer log: one row of SQLite an answer, committed before its feedback is shown."""

from quizlab.log.entry import SHARES, Entry, Mode
from quizlab.log.log import Log
from quizlab.log.store import FILE
from quizlab.model import Outcome, Sure

__all__ = ["FILE", "SHARES", "Entry", "Log", "Mode"]
