"""Workers side by side: the same findings in the same order as one after another, and nothing left when it ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import msgspec
import pytest

from quizlab.model import AnyQuestion, Finding, Given, Problem
from quizlab.proof import pool
from quizlab.proof.budget import Budget
from quizlab.proof.pool import Pool
from quizlab.proof.worker import Reply
from tests.conftest import question, shipped_bank

Run = Callable[[str, Mapping[str, Given]], Reply]


class Fake:
    """Stands in for a worker: computes nothing, so that only the pool is tried."""

    made: ClassVar[list[Fake]] = []
    answer: ClassVar[Callable[[AnyQuestion], Finding]] = staticmethod(lambda one: found(one))  # noqa: PLW0108 - defined below

    def __init__(self, limit: float, process: object) -> None:
        self.process = process
        self.versions = {"torch": "2"}
        self.closed = 0
        Fake.made.append(self)

    def run(self, hook: str, params: Mapping[str, Given], budget: Budget) -> Reply:
        raise NotImplementedError

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> type[Fake]:
    monkeypatch.setattr(pool, "Worker", Fake)
    monkeypatch.setattr(pool, "verify", lambda question, run, *, changed: Fake.answer(question))
    monkeypatch.setattr(Fake, "made", [])
    return Fake


QUESTIONS = shipped_bank("lab4").questions[:9]


def found(one: AnyQuestion, verdict: str = "confirmed", *problems: Problem) -> Finding:
    return Finding(one.id, verdict, None, {}, problems)  # type: ignore[arg-type]


@pytest.mark.parametrize("jobs", [1, 2, 3, 20])
def test_what_comes_last_still_stands_in_its_place(
    fakes: type[Fake], monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    others = threading.Event()

    def answer(one: AnyQuestion) -> Finding:
        if one is QUESTIONS[0] and jobs > 1:
            assert others.wait(5)  # the first one takes longer than all the others
        if one is QUESTIONS[-1]:
            others.set()
        return found(one)

    monkeypatch.setattr(fakes, "answer", answer)
    begun: list[int] = []
    done: list[int] = []
    with Pool(jobs) as running:
        proofs = running.prove(QUESTIONS, begun=begun.append, done=done.append)
    assert [each.finding.id for each in proofs] == [each.id for each in QUESTIONS]
    assert begun == sorted(done) == list(range(len(QUESTIONS)))
    assert len(fakes.made) == min(jobs, len(QUESTIONS))
    if jobs > 1:
        assert done[-1] == 0
    assert all(each.closed for each in fakes.made)


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_stopping_at_the_first_does_not_depend_on_which_one_fails_first(
    fakes: type[Fake], monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    later = threading.Event()

    def answer(one: AnyQuestion) -> Finding:
        number = QUESTIONS.index(one)
        if number == 2 and jobs > 1:
            assert later.wait(5)  # one after it has failed already
        if number == 3:
            later.set()
        return found(one, "refuted" if number in (2, 3, 7) else "disputed" if number == 1 else "confirmed")

    monkeypatch.setattr(fakes, "answer", answer)
    with Pool(jobs) as running:
        proofs = running.prove(QUESTIONS, fast=True)
    assert [each.finding.verdict for each in proofs] == ["confirmed", "disputed", "refuted"]


def test_a_later_one_that_fails_after_the_first_does_not_move_the_stop(
    fakes: type[Fake], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = threading.Event(), threading.Event()
    failed: list[int] = []

    def done(number: int) -> None:
        failed.append(number)
        {2: first, 3: later}.get(number, threading.Event()).set()

    def answer(one: AnyQuestion) -> Finding:
        number = QUESTIONS.index(one)
        if number in (0, 3):
            assert (later if number == 0 else first).wait(5)
        return found(one, "refuted" if number in (2, 3) else "confirmed")

    monkeypatch.setattr(fakes, "answer", answer)
    with Pool(3) as running:
        proofs = running.prove(QUESTIONS, fast=True, done=done)
    assert failed.index(2) < failed.index(3) < failed.index(0)
    assert [each.finding.verdict for each in proofs] == ["confirmed", "confirmed", "refuted"]


def test_workers_are_ended_before_anybody_waits_for_them(fakes: type[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr(fakes, "close", lambda self: ended.set())

    def answer(one: AnyQuestion) -> Finding:
        if one is not QUESTIONS[0]:
            assert ended.wait(20)  # in the middle of a long proof
        return found(one)

    def interrupt(place: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fakes, "answer", answer)
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Pool(2) as running:
        running.prove(QUESTIONS, done=interrupt)
    assert time.monotonic() - start < 4


@pytest.mark.parametrize("verdict", ["error", "unproved"])
def test_what_could_not_be_proved_stops_too(fakes: type[Fake], monkeypatch: pytest.MonkeyPatch, verdict: str) -> None:
    monkeypatch.setattr(fakes, "answer", lambda one: found(one, verdict))
    with Pool(1) as running:
        assert len(running.prove(QUESTIONS, fast=True)) == 1
    with Pool(1) as running:
        assert len(running.prove(QUESTIONS)) == len(QUESTIONS)


def test_without_torch_nothing_more_is_tried_and_each_question_says_so_itself(
    fakes: type[Fake], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[AnyQuestion] = []
    enough = threading.Event()

    def answer(one: AnyQuestion) -> Finding:
        tried.append(one)
        if len(tried) == 3:
            assert enough.wait(5)
        return found(one, "error", Problem("torch_missing", id=one.id))

    monkeypatch.setattr(fakes, "answer", answer)
    with Pool(1) as running:
        findings = [each.finding for each in running.prove(QUESTIONS)]
        enough.set()
    assert (
        [each.id for each in findings] == [each.problems[0].id for each in findings] == [each.id for each in QUESTIONS]
    )
    assert {each.problems[0].code for each in findings} == {"torch_missing"}
    assert findings[3].parameters == QUESTIONS[3].params
    assert findings[3].key.text
    assert len(tried) <= 3


def test_a_fault_of_our_own_is_one_of_its_question_only(fakes: type[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(one: AnyQuestion) -> Finding:
        if one is QUESTIONS[4]:
            raise ZeroDivisionError("nothing")
        return found(one)

    monkeypatch.setattr(fakes, "answer", answer)
    with Pool(2) as running:
        findings = [each.finding for each in running.prove(QUESTIONS)]
    assert [each.verdict for each in findings].count("confirmed") == len(QUESTIONS) - 1
    assert findings[4].problems[0].args["what"] == "ZeroDivisionError"


def test_the_process_that_was_started_early_is_the_first_worker(
    fakes: type[Fake], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fakes, "answer", found)
    early: Any = object()
    with Pool(2, early) as running:
        running.prove(QUESTIONS)
    assert [each.process for each in fakes.made] == [early, None]


def test_whatever_breaks_off_ends_all_workers(fakes: type[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fakes, "answer", found)

    def interrupt(place: int) -> None:
        if place == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Pool(3) as running:
        running.prove(QUESTIONS, done=interrupt)
    assert len(fakes.made) == 3
    assert all(each.closed for each in fakes.made)
    assert not any(each.is_alive() for each in running._threads)


@pytest.mark.stress
def test_findings_do_not_depend_on_the_number_of_workers() -> None:
    """Each of the real proofs, by one worker and by three, which meet other questions before them."""
    names = ("q1", "q9", "q14", "q27", "q33", "q37", "q45", "q57")
    questions = [question(name) for name in names]
    outcomes = []
    for jobs in (1, 3):
        with Pool(jobs) as running:
            proofs = running.prove(questions)
            assert running.versions["torch"]
        assert all(each.sources for each in proofs)
        outcomes.append([msgspec.structs.replace(each.finding, seconds=0.0) for each in proofs])
    assert outcomes[0] == outcomes[1]
    assert [each.id for each in outcomes[0]] == list(names)


def test_workers_by_the_number_of_questions_cores_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool.os, "sched_getaffinity", lambda process: range(4), raising=False)
    monkeypatch.setattr(pool, "_free", lambda: iter([64 * pool.ROOM]))
    assert [pool.jobs_for(each) for each in (0, 1, 12, 13, 24, 25, 1000)] == [1, 1, 1, 2, 2, 3, 4]
    monkeypatch.setattr(pool, "_free", lambda: iter([64 * pool.ROOM, 2 * pool.ROOM + 5]))
    assert pool.jobs_for(1000) == 2
    monkeypatch.setattr(pool, "_free", lambda: iter([7]))
    assert pool.jobs_for(1000) == 1
    monkeypatch.setattr(pool, "_free", lambda: iter([]))
    monkeypatch.setattr(pool.os, "sched_getaffinity", lambda process: range(100), raising=False)
    assert pool.jobs_for(10_000) == pool.MOST


def test_the_free_memory_is_a_sensible_number() -> None:
    assert all(1 << 20 < each < 1 << 50 for each in pool._free())
