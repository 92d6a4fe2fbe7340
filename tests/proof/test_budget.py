"""One budget of time and memory for a question with all its mutants: what it lacks is said, and no key stands."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.errors import QuizlabError
from quizlab.export import Exported
from quizlab.model import Bank, Case, Finding, Given, Mistake, Problem
from quizlab.proof import budget as budgets
from quizlab.proof.archive import Archive
from quizlab.proof.budget import Budget, lacks_memory, time_limit
from quizlab.proof.verify import verify
from quizlab.proof.worker import Reply, failure
from quizlab.telling import machine, sentences
from tests import samples

SLOW = samples.number(
    params={"c": 3},
    answer="c",
    mistakes=tuple(
        Mistake(f"za-{more}", f"c + {more}", f"Dodano je {more}.", with_={"more": more}) for more in range(1, 41)
    ),
)


class Slow:
    """Runs hooks that take their seconds of the budget, as a worker does, and some that want too much memory."""

    def __init__(self, each: float, greedy: int = 0, value: int = 3) -> None:
        self.each, self.greedy, self.value = each, greedy, value
        self.waited = 0.0
        self.calls = 0

    def __call__(self, hook: str, params: Mapping[str, Given], budget: Budget) -> Reply:
        self.calls += 1
        took = min(self.each, budget.left)
        self.waited += took
        budget.spend(took)
        if took < self.each:
            return Reply(0, took, problem=Problem("timed_out", {"seconds": "x"}))
        more = params.get("more", 0)
        if self.greedy and more == self.greedy:
            return Reply(0, took, problem=Problem("out_of_memory"))
        return Reply(0, took, samples.evidence(Case(self.value + int(str(more)))))


def told(finding: Finding) -> list[str]:
    return [sentences.problem(each) for each in finding.problems]


@given(each=st.floats(0.01, 50), seconds=st.floats(0.5, 100))
def test_a_question_takes_its_limit_once_however_many_mutants_it_has(each: float, seconds: float) -> None:
    run = Slow(each)
    finding = verify(SLOW, run, budget=Budget(seconds))
    assert run.waited <= seconds * 1.000001
    if 41 * each < seconds * 0.999999:
        assert finding.verdict == "confirmed"
    elif 41 * each > seconds * 1.000001:
        assert finding.verdict == ("error" if each > seconds else "unproved")
    assert finding.verdict != "confirmed" or run.calls == 41


def test_it_is_said_in_one_sentence_how_far_it_came() -> None:
    finding = verify(SLOW, Slow(2), budget=Budget(9))
    assert finding.verdict == "unproved"
    assert finding.evidence is not None  # what was measured is shown
    assert told(finding) == [
        f"{SLOW.id}: Isteklo je vrijeme za ovo pitanje (9 s): provjereno je 3 od 40 pogrešnih modela, "
        "pa ono nije dokazano do kraja."
    ]
    assert finding.seconds == 9


def test_a_mutant_that_takes_all_memory_ends_it_and_starts_no_other_process() -> None:
    run = Slow(0, greedy=3)
    finding = verify(SLOW, run, budget=Budget(9))
    assert (finding.verdict, run.calls) == ("unproved", 4)
    assert told(finding) == [
        f"{SLOW.id}: Ponestalo je memorije za ovo pitanje: provjereno je 2 od 40 pogrešnih modela, "
        "pa ono nije dokazano do kraja."
    ]


def test_what_was_refuted_by_then_stays_refuted() -> None:
    finding = verify(SLOW, Slow(2, value=4), budget=Budget(9))
    assert finding.verdict == "refuted"
    assert [each.code for each in finding.problems] == ["key_refuted", "time_spent"]


def test_the_proof_itself_out_of_time_is_no_verdict() -> None:
    finding = verify(SLOW, Slow(20), budget=Budget(9))
    assert (finding.verdict, [each.code for each in finding.problems]) == ("error", ["timed_out"])


def test_what_is_kept_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Slow(2)
    with Archive(tmp_path) as archive:
        monkeypatch.setattr(archive._source, "run", run)
        verdicts = [verify(SLOW, archive.run, budget=Budget(29)).verdict for _ in range(4)]
    assert verdicts == ["unproved", "unproved", "confirmed", "confirmed"]
    assert run.calls == 41 + 2  # each once, besides those that were cut off


def test_json_and_exports_say_it() -> None:
    finding = verify(SLOW, Slow(2), budget=Budget(9))
    data = json.loads(machine.encode(machine.finding(finding)))
    assert (data["verdict"], data["problems"][0]["code"]) == ("unproved", "time_spent")
    entry = Exported(Bank("b", "B", {}, (SLOW,), {}), SLOW, finding, ())
    assert any(each.startswith("Isteklo je vrijeme") for each in entry.told.problems)


def test_the_limit_is_that_of_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZLAB_TIME_LIMIT", "2,5")
    assert (time_limit(), Budget().left) == (2.5, 2.5)
    monkeypatch.setenv("QUIZLAB_TIME_LIMIT", "brzo")
    with pytest.raises(QuizlabError):
        Budget()


GREEDY = """
from quizlab.proof import budget
budget.limit_memory(100 << 20)
kept = []
try:
    for _ in range(40):
        kept.append(bytearray(10 << 20))
except MemoryError as error:
    print(len(kept), budget.lacks_memory(error))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits what a process may write to")
def test_a_process_gets_no_more_than_it_may_have() -> None:
    done = subprocess.run((sys.executable, "-c", GREEDY), capture_output=True, text=True, check=True, timeout=60)
    number, said = done.stdout.split()
    assert 5 <= int(number) < 10
    assert said == "True"
    assert budgets.MEMORY > 1 << 30


@pytest.mark.parametrize(
    ("error", "lacks"),
    [
        (MemoryError(), True),
        (RuntimeError("[enforce fail at alloc_cpu.cpp:117] . DefaultCPUAllocator: can't allocate memory: you"), True),
        (RuntimeError("std::bad_alloc"), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
        (ValueError("can't allocate memory"), False),
    ],
)
def test_what_lacks_memory_is_told_from_what_is_broken(error: BaseException, lacks: bool) -> None:
    assert lacks_memory(error) is lacks
    with pytest.raises(type(error)) as raised:
        raise error
    assert (failure(raised.value).code == "out_of_memory") is lacks


def test_without_mutants_there_is_nothing_to_run_out_of() -> None:
    plain = msgspec.structs.replace(SLOW, mistakes=())
    assert verify(plain, Slow(9), budget=Budget(9)).verdict == "confirmed"
