"""The questions there are, and what one student remembers of them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from quizlab import home
from quizlab.commands import _results
from quizlab.learning import memory, results, tempo
from quizlab.learning.memory import Memory
from quizlab.learning.tempo import Tempo
from quizlab.log import Log
from quizlab.model import AnyQuestion, Bank
from quizlab.session.practice import Answered


class Course:
    """The questions there are, and what the student remembers of them."""

    def __init__(self, banks: Sequence[Bank], log: Log) -> None:
        self.banks = banks
        self.log = log
        self.questions: dict[str, AnyQuestion] = {each.id: each for bank in banks for each in bank.questions}
        self._names = {alias: each.id for each in self.questions.values() for alias in each.aliases}
        self.memories: Mapping[str, Memory] = {}
        self.prior = memory.prior(0.0, 0)

    def recall(self, only: str = "") -> None:
        """Learn from the log what is remembered; with ``only`` from one session's answers alone."""
        if only:
            self.memories = memory.replay([entry for _, entry in self.log.of_session(only)], names=self._names)
            return
        state = results.weighed(memory.remembered(self.log, home.cache_folder(), self._names), _results.kept())
        self.memories, self.prior = state.memories, state.prior

    def forget(self) -> None:
        """Begin with nothing remembered: a repeatable session depends on its seed and its answers only."""
        self.memories, self.prior = {}, memory.prior(0.0, 0)

    def known(self, name: str) -> AnyQuestion | None:
        """The question that has this id or had it once."""
        return self.questions.get(self._names.get(name, name))

    def met(self) -> set[str]:
        """The ids of the questions that were ever answered."""
        return {self._names.get(name, name) for name in self.log.questions()}

    def bank(self, question: AnyQuestion) -> Bank:
        """The bank a question is from."""
        return next(each for each in self.banks if question.id in each.places)

    def learned(self, answered: Answered) -> None:
        """Take an answer into account."""
        name = answered.question.id
        self.memories = {**self.memories, name: memory.answered(self.memories.get(name), answered.entry)}

    @cached_property
    def tempo(self) -> Tempo:
        """Seconds a question of each kind takes this student, by the log as it is when first asked."""
        return tempo.tempo(self.log.recent(tempo.FAR), self.known)

    def seconds(self, names: Iterable[str]) -> float:
        """How long these questions will take, repeats included."""
        questions = [self.questions[name] for name in names if name in self.questions]
        return tempo.seconds(questions, self.tempo, self.memories, self.prior, time.time())
