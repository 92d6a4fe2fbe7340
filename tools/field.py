"""Where faults are tried: a process with everything loaded, of which each fault gets a copy and the tests reaching it.

Each test runs once without a fault, and the lines that it runs are kept. A fault is then tried by those that run its
statement, first those that noticed the most in the least time, until one fails.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import select
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from types import FrameType, FunctionType
from typing import Any, NamedTuple

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from tools import planting
from tools.faults import Fault, path_of

SLOW = 0.5
"""Seconds: a test that takes longer is not asked."""

LIMIT = 5.0
"""Seconds that a fault may take besides ten times what its tests take without it; then it was noticed, too."""

PHASES = (hypothesis.Phase.explicit, hypothesis.Phase.generate)


class Tried(NamedTuple):
    """What became of a fault: ``survived`` where no test of those asked (how many) failed."""

    fault: Fault
    survived: bool
    asked: int


class Child(NamedTuple):
    """A process that tries a fault: its number, what it writes to, when it is ended, and the tests it asks."""

    fault: Fault
    process: int
    answers: int
    until: float
    asked: list[int]


class Field:
    """A plug-in of pytest that runs faults in place of tests; `tried` is what came of it."""

    def __init__(self, faults: Sequence[Fault], jobs: int = 1) -> None:
        self.faults, self.jobs = faults, jobs
        self.paths = {str(path_of(fault.module)) for fault in faults}
        self.items: list[pytest.Item] = []
        self.reached: list[set[tuple[str, int]]] = []
        self.took: list[float] = []
        self.noticed: defaultdict[int, int] = defaultdict(int)
        self.functions: dict[str, list[FunctionType]] = {}
        self.tried: list[Tried] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """The same examples each time, and none looked for that is smaller than the one that failed."""
        known = hypothesis.settings.get_profile("quizlab")
        hypothesis.settings.register_profile(
            "mutants", known, derandomize=True, database=None, phases=PHASES, report_multiple_bugs=False
        )
        hypothesis.settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All tests without a fault, then all faults."""
        self.items = session.items
        self._look()
        self.functions = {fault.module: planting.functions_of(fault.module) for fault in self.faults}
        gc.collect()
        gc.freeze()
        left, running = [*reversed(self.faults)], {}
        while left or running:
            while left and len(running) < self.jobs:
                self._begin(left.pop(), running)
            self._end(running)
        return True

    def _look(self) -> None:
        """Run each test once: which lines does it reach, and how long does it take?"""
        for place, item in enumerate(self.items):
            reached: set[tuple[str, int]] = set()
            begun = time.perf_counter()
            following = self.items[(place + 1) % len(self.items)]  # never None: what a session shares stays
            sys.settrace(_tracer(self.paths, reached))
            try:
                reports = runtestprotocol(item, log=False, nextitem=following)
            finally:
                sys.settrace(None)
            for report in reports:
                if report.failed:
                    raise pytest.UsageError(f"fails without any fault: {report.longreprtext}")
            self.reached.append(reached)
            self.took.append(time.perf_counter() - begun)

    def _asked(self, fault: Fault) -> list[int]:
        """The tests that reach a fault; of one outside of functions, those that reach its module."""
        path = str(path_of(fault.module))
        if fault.inside:
            lines = {(path, line) for line in fault.lines}
            found = [place for place, reached in enumerate(self.reached) if not lines.isdisjoint(reached)]
        else:
            found = [place for place, reached in enumerate(self.reached) if any(each == path for each, _ in reached)]
        quick = [place for place in found if self.took[place] < SLOW]
        return sorted(quick, key=lambda place: -(self.noticed[place] + 1) / (self.took[place] + 0.002))

    def _begin(self, fault: Fault, running: dict[int, Child]) -> None:
        asked = self._asked(fault)
        if not asked:
            self.tried.append(Tried(fault, True, 0))
            return
        answers, written = os.pipe()
        process = os.fork()
        if not process:
            self._try(fault, asked, written)
        os.close(written)
        until = time.monotonic() + LIMIT + 10 * sum(self.took[place] for place in asked)
        running[answers] = Child(fault, process, answers, until, asked)

    def _try(self, fault: Fault, asked: list[int], written: int) -> None:
        """In the copy: the tests one after the other until one fails; its place among those asked, or «ok»."""
        found = b"broken"
        try:
            os.setpgid(0, 0)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            planting.plant(fault, self.functions[fault.module])
            items = [self.items[place] for place in asked]
            items[0].session._setupstate.teardown_exact(items[0])
            for place, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True)):
                found = str(place).encode()
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                    break
            else:
                found = b"ok"
        finally:
            os.write(written, found)
            os._exit(0)

    def _end(self, running: dict[int, Child]) -> None:
        """Wait for the next process that ends, or whose time is over."""
        if not running:
            return
        now = time.monotonic()
        first = min(child.until for child in running.values())
        ready, _, _ = select.select([*running], [], [], max(0.0, first - now))
        over = [answers for answers, child in running.items() if child.until <= time.monotonic()]
        for answers in dict.fromkeys([*ready, *over]):
            child = running.pop(answers)
            said = os.read(answers, 100).decode() if answers in ready else ""
            os.close(answers)
            _kill(child.process)
            os.waitpid(child.process, 0)
            if said == "broken" and not child.fault.assignment:  # a value that raises is noticed by every import
                raise pytest.UsageError(f"not planted: {child.fault}")
            if said.isdecimal():
                self.noticed[child.asked[int(said)]] += 1
            self.tried.append(Tried(child.fault, said == "ok", len(child.asked)))


def _kill(process: int) -> None:
    """End a process with all that it began."""
    for end in (os.killpg, os.kill):
        try:
            end(process, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue
        return


def _tracer(paths: set[str], reached: set[tuple[str, int]]) -> Callable[[FrameType, str, Any], Any]:
    """A trace function that keeps the lines run in some files."""

    def line(frame: FrameType, event: str, _: object) -> object:
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    def call(frame: FrameType, _event: str, _: object) -> object:
        return line if frame.f_code.co_filename in paths else None

    return call


def in_a_new_process(fault: Fault, tests: Sequence[str]) -> Tried:
    """What becomes of a fault that only a fresh import can have: nothing of the package is loaded here."""
    process = os.fork()
    if not process:
        status = 1
        try:
            signal.alarm(60)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            sys.meta_path.insert(0, planting.Planted(fault))
            status = int(pytest.main([*ARGUMENTS, "-x", *tests]))
        finally:
            os._exit(status)
    return Tried(fault, os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0, 1)


ARGUMENTS = ("-q", "-s", "-n", "0", "-p", "no:cacheprovider")


def try_all(faults: Sequence[Fault], tests: Sequence[str], jobs: int) -> Iterator[Tried]:
    """What becomes of each fault with these tests."""
    loaded = [fault for fault in faults if planting.in_loaded(fault)]
    yield from (in_a_new_process(fault, tests) for fault in faults if not planting.in_loaded(fault))
    if loaded:
        none = [_none(module) for module in dict.fromkeys(fault.module for fault in loaded)]
        field, said = Field([*none, *loaded], jobs), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            pytest.main([*ARGUMENTS, *tests], plugins=[field])
        if len(field.tried) < len(field.faults) or not all(one.survived for one in field.tried if one.fault in none):
            raise SystemExit(f"the tests fail without any fault\n{said.getvalue()}")
        yield from (one for one in field.tried if one.fault not in none)


def _none(module: str) -> Fault:
    """What changes nothing: all that reaches its module is asked, and must pass."""
    source = path_of(module).read_text(encoding="utf-8")
    return Fault(module, "", 0, range(1, source.count("\n") + 1), "", "", source, inside=True)
