"""Where evidence comes from: a worker wherever torch can be loaded, otherwise what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Literal

from quizlab.model import NO_TORCH, Given, Problem
from quizlab.proof import presence, recorded
from quizlab.proof.budget import Budget, time_limit
from quizlab.proof.runner import Worker
from quizlab.proof.worker import Reply


class Source:
    """Runs hooks for `quizlab.proof.verify`. Use as a context manager, which ends its worker.

    The worker starts with the first hook, and only where torch may be there; as soon as it may, it is tried.

    Raises:
        QuizlabError: the time limit set for proofs is no number; said now, not in the middle of a session.
    """

    def __init__(self) -> None:
        self._limit = time_limit()
        self._worker: Worker | None = None
        self._why: Problem | None = None
        self._waited = False
        self._told: Literal["", "arriving", "ended", "wrong"] = ""

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker; what it was computing is lost."""
        if self._worker:
            self._worker.close()

    @property
    def versions(self) -> dict[str, str]:
        """The versions that the worker computes with; empty before its first proof."""
        return self._worker.versions if self._worker else {}

    @property
    def live(self) -> bool:
        """Whether the next hook is computed, as far as can be told without trying."""
        return bool(self.versions) or (presence.state() == "there" and (self._waited or self._why is None))

    def news(self) -> Problem | None:
        """What happened to torch that the student does not know yet, once: on its way, come, not there or broken."""
        if presence.arriving():
            told, self._told = self._told, "arriving"
            return None if told == "arriving" else Problem("torch_arriving")
        if self._told == "arriving":
            self._told = "ended"
            return presence.ended()
        wrong = self._why or (Problem("torch_missing") if presence.state() == "absent" else None)
        told, self._told = self._told, "wrong" if wrong else self._told
        return None if told == "wrong" else wrong

    def run(self, hook: str, params: Mapping[str, Given], budget: Budget | None = None) -> Reply:
        """The reply of a hook: computed, or else recorded, or else why it is neither."""
        problem = self._missing()
        if problem is None:
            if self._worker is None:
                self._worker = Worker(self._limit)
            reply = self._worker.run(hook, params, budget)
            if reply.problem is None or reply.problem.code not in NO_TORCH:
                return reply
            self._why = problem = reply.problem
        if found := recorded.evidence(hook, params):
            return Reply(0, 0.0, found[0], recorded=found[1])
        return Reply(0, 0.0, problem=problem)

    def _missing(self) -> Problem | None:
        """Why no worker can compute; None where it is worth trying."""
        if self.versions:
            return None
        state = presence.state()
        if state == "arriving":
            self._waited = True
            return Problem("torch_arriving")
        if self._waited:  # it came, or failed to: whatever was wrong before is over
            self._waited, self._why = False, None
            if self._worker:
                self._worker.close()
                self._worker = None
        return Problem("torch_missing") if state == "absent" else self._why
