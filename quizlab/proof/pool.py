"""Proofs on several workers at once; what they find stands in the order in which it was asked for."""

from __future__ import annotations

import os
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from msgspec import Struct

from quizlab.model import NO_TORCH, AnyQuestion, Finding, Given
from quizlab.proof.budget import Budget, time_limit
from quizlab.proof.runner import Worker
from quizlab.proof.verify import could_not_run, verify
from quizlab.proof.worker import Reply, failure

STANDS = ("confirmed", "disputed")
"""The verdicts on a key that nothing speaks against."""

SHARE = 12
"""Questions that a worker must have before another one is worth its start: torch takes longer to load than they."""

ROOM = 1 << 30
"""Bytes that a worker is reckoned with: torch takes a quarter of it, a large proof most of the rest."""

MOST = 8
"""Workers that are started unasked."""

GLANCE = 0.2
"""Seconds after which a wait looks up: one without end cannot be interrupted on Windows."""


class Proof(Struct, frozen=True):
    """A finding, and path → digest of what its evidence was computed by."""

    finding: Finding
    sources: dict[str, str] = {}


Told = Callable[[int], object]
"""Is told the place of a question, counted from 0, among those that are proved."""


class Pool:
    """Workers side by side, each of which proves whole questions.

    Use as a context manager: all processes end with the block, whatever happens in it.

    Args:
        jobs: how many workers, at least one.
        process: one that was started before anybody asked, to be the first.

    Raises:
        QuizlabError: the time limit set for proofs is no number.
    """

    def __init__(self, jobs: int, process: subprocess.Popen[bytes] | None = None) -> None:
        self._limit = time_limit()
        self._jobs = jobs
        self._early = process
        self._workers: list[Worker] = []
        self._threads: list[threading.Thread] = []
        self._closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def versions(self) -> dict[str, str]:
        """The versions that the workers compute with; empty before the first proof."""
        return next((each.versions for each in self._workers if each.versions), {})

    def prove(
        self,
        questions: Sequence[AnyQuestion],
        *,
        changed: bool = False,
        fast: bool = False,
        begun: Told = int,
        done: Told = int,
    ) -> list[Proof]:
        """Prove questions; the proofs in the order of the questions, whichever came first.

        Args:
            questions: what to prove; each one by one worker, its mutants included.
            changed: whether their numbers are none that their bank knows of.
            fast: stop at the first one, in this order, whose key does not stand. Those before it are proved first,
                so the outcome does not depend on the number of workers.
            begun: called in this thread as a worker takes up a question.
            done: called in this thread as its proof is there.

        Returns:
            A proof for each question; with ``fast`` up to the one that does not stand.
        """
        news: queue.SimpleQueue[tuple[int, Proof | None]] = queue.SimpleQueue()
        self._start(questions, news, changed=changed)
        found: dict[int, Proof] = {}
        last, whole = len(questions) - 1, 0
        while whole <= last:
            try:
                number, proof = news.get(timeout=GLANCE)
            except queue.Empty:
                continue
            if proof is None:
                begun(number)
                continue
            found[number] = proof
            done(number)
            while whole in found:  # so far everything is there
                whole += 1
            if missing := next((each for each in proof.finding.problems if each.code in NO_TORCH), None):
                rest = (Proof(could_not_run(each, missing, 0.0)) for each in questions)
                return [found.get(place, each) for place, each in enumerate(rest)]
            if fast and proof.finding.verdict not in STANDS:
                last = min(last, number)
        return [found[number] for number in range(last + 1)]

    def _start(
        self, questions: Sequence[AnyQuestion], news: queue.SimpleQueue[tuple[int, Proof | None]], *, changed: bool
    ) -> None:
        """Start the workers, each with a thread that hands it one question after another."""
        rest, turn = iter(range(len(questions))), threading.Lock()

        def work(worker: Worker) -> None:
            while not self._closed:
                with turn:  # the numbers are news in their order: what began last comes last
                    number = next(rest, None)
                    if number is None:
                        return
                    news.put((number, None))
                news.put((number, _proved(questions[number], worker, changed=changed)))

        while len(self._workers) < min(self._jobs, len(questions)):
            early, self._early = self._early, None
            self._workers.append(Worker(self._limit, early))
        self._threads = [threading.Thread(target=work, args=(each,), daemon=True) for each in self._workers]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End all processes now; what they were computing is lost."""
        self._closed = True
        for worker in self._workers:
            worker.close()
        for thread in self._threads:
            thread.join(timeout=5.0)
        for worker in self._workers:  # one whose worker was being replaced meanwhile
            worker.close()


def _proved(question: AnyQuestion, worker: Worker, *, changed: bool) -> Proof:
    """The proof of one question; a fault of our own is one of this question, and not of the thousand after it."""
    sources: dict[str, str] = {}

    def run(hook: str, params: Mapping[str, Given], budget: Budget | None = None) -> Reply:
        reply = worker.run(hook, params, budget)
        sources.update(reply.sources)
        return reply

    try:
        return Proof(verify(question, run, changed=changed), sources)
    except BaseException as error:  # whoever waits for this proof would wait for ever
        return Proof(could_not_run(question, failure(error), 0.0))


def jobs_for(questions: int) -> int:
    """How many workers so many questions are worth on this machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    room = min(_free(), default=ROOM * MOST) // ROOM
    return max(1, min(cores, room, MOST, -(-questions // SHARE)))


def _free() -> Iterator[int]:
    """Bytes of memory that may be used, by each who has a say in it: the system, and the container."""
    try:
        told = dict(line.split(":") for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        yield int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, ValueError, KeyError):
        try:
            yield os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
        except (AttributeError, OSError, ValueError):  # Windows does not say it so
            return
    try:
        yield int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
    except (OSError, ValueError):  # there is no container, or it has no limit
        return
