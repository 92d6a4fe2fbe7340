"""The answer log: one row of SQLite an answer, committed before its feedback is shown."""

from quizlab.log.entry import GIVEN_UP, SHARES, Entry, Mode, given_up
from quizlab.log.log import Log
from quizlab.log.store import FILE
from quizlab.model import Outcome, Sure

__all__ = ["FILE", "GIVEN_UP", "SHARES", "Entry", "Log", "Mode", "given_up"]
