"""Proofs in the background: the worker computes while the student thinks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from quizlab.errors import NO_ROOM
from quizlab.model import AnyQuestion, Finding, OptionQuestion, Problem
from quizlab.proof.source import Source
from quizlab.proof.verify import could_not_run, verify
from quizlab.proof.worker import failure


class Prover:
    """Proves the question being asked, in a thread of its own.

    The worker is started only with the first wish: the first question is on the screen by then. A finding made of
    recorded evidence is made anew as soon as evidence can be computed.

    Raises:
        QuizlabError: the time limit set for proofs is no number; said now, not in the middle of a session.
    """

    def __init__(self) -> None:
        self._source = Source()
        self._thread: threading.Thread | None = None
        self._findings: dict[str, Finding] = {}
        self._wanted: AnyQuestion | None = None
        self._lock = threading.Condition()
        self._closed = False

    def __enter__(self) -> Prover:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        self._source.close()

    @property
    def versions(self) -> dict[str, str]:
        """The versions that the worker computes with; empty before its first proof."""
        return self._source.versions

    def news(self) -> Problem | None:
        """What happened to torch meanwhile that was not said yet; see `quizlab.proof.source.Source.news`."""
        return self._source.news()

    def want(self, question: AnyQuestion) -> None:
        """Start proving a question; what was wanted earlier and not yet begun is forgotten."""
        with self._lock:
            known = self._findings.get(_key(question))
            if known and (known.recorded or known.verdict == "error") and self._source.live:
                del self._findings[_key(question)]  # what could not be computed then may be computed now
            self._wanted = None if self.ready(question) else question
            if self._wanted and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    def again(self, question: AnyQuestion) -> None:
        """Start anew a proof whose worker died: that is nothing that the question has done."""
        known = self._findings.get(_key(question))
        if known and any(problem.code == "worker_died" for problem in known.problems):
            self.want(question)

    def ready(self, question: AnyQuestion) -> bool:
        """Whether the proof of a question is there already."""
        return _key(question) in self._findings

    def _work(self) -> None:
        while not self._closed:
            with self._lock:
                question, self._wanted = self._wanted, None
                if question is None:
                    self._thread = None
                    self._lock.notify_all()
                    return
            try:
                finding = verify(question, self._source.run)
            except OSError as error:  # no process can be started now; the next question may have more luck
                room = Problem("no_room", {"why": error.strerror or str(error)})
                finding = could_not_run(question, room if error.errno in NO_ROOM else failure(error), 0.0)
            except Exception as error:  # the student waits for this thread: a fault here must still answer
                finding = could_not_run(question, failure(error), 0.0)
            with self._lock:
                if not self._closed:
                    self._findings[_key(question)] = finding
                self._lock.notify_all()

    def finding(self, question: AnyQuestion, enough: Callable[[], bool] = bool) -> Finding | None:
        """Wait for the proof of a question that was wanted, until there is ``enough``; None if it did not come."""
        with self._lock:
            while not self.ready(question) and self._thread is not None and self._thread.is_alive() and not enough():
                self._lock.wait(timeout=0.2)  # a wait without end cannot be interrupted on Windows
        return self._findings.get(_key(question))


def _key(question: AnyQuestion) -> str:
    """What tells apart the askings of a question: its numbers, and the order of its options."""
    options = [option.text for option in question.options.values()] if isinstance(question, OptionQuestion) else []
    return f"{question.id} {sorted(question.params.items())} {options}"
