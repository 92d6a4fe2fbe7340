"""What a log comes to, for a person to look at: pure, with the entries, the memories and the time as arguments."""

from quizlab.learning.stats.answers import Chosen, Time
from quizlab.learning.stats.gathering import gather
from quizlab.learning.stats.promises import MINUTES, pace, promise
from quizlab.learning.stats.shapes import Promise, Stats
from quizlab.learning.stats.tally import RECENT, Tally, tallied

__all__ = ["MINUTES", "RECENT", "Chosen", "Promise", "Stats", "Tally", "Time", "gather", "pace", "promise", "tallied"]
