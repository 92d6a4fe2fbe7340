"""Long trials: random students, kills at any moment, fuzzed answers and banks, proofs with random numbers.

``make stress`` runs them at length; ``QUIZLAB_STRESS=short`` a tenth of that. Every trial prints its seed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizlab import answers, bank
from quizlab.log import Log
from quizlab.model import Bank
from quizlab.proof import binding
from quizlab.proof.runner import Worker
from quizlab.proof.verify import verify
from quizlab.question.grading import grade
from quizlab.question.variants import combinations, several, varied
from tests.conftest import Run

pytestmark = pytest.mark.stress

SHORT = os.environ.get("QUIZLAB_STRESS") == "short"
BANKS = [bank.load(path) for path in bank.shipped()]
QUESTIONS = [question for each in BANKS for question in each.questions]
ALPHABET = "0123456789 .,;:()[]<>{}x×*+-−/^²_'\"\\|\t abcdBKMNhWxyšđčćž∞√π⟨⟩\x00\x1b\u202e\u200d\ufeff"


def times(number: int) -> int:
    """So many trials, or a tenth of them."""
    return max(1, number // 10) if SHORT else number


def junk(rng: random.Random) -> str:
    """Something a person, a cat or a script may type."""
    kind = rng.randrange(6)
    if kind == 0:
        return "".join(rng.choice(ALPHABET) for _ in range(rng.randrange(40)))
    if kind == 1:
        return rng.choice(["", "?", ":p", "a", "b", "c", "d", "sve", "ništa", "9312", "(64, 32)", "1 2 3"])
    if kind == 2:
        return "(" * rng.randrange(800) + "1" + ")" * rng.randrange(800)
    if kind == 3:
        return str(rng.randrange(10 ** rng.randrange(1, 60)))
    if kind == 4:
        question = rng.choice(QUESTIONS)
        text = list(answers.written(getattr(question, "answer", "1")))
        for _ in range(rng.randrange(4)):
            text.insert(rng.randrange(len(text) + 1), rng.choice(ALPHABET))
        return "".join(text)
    return "**".join(["9"] * rng.randrange(1, 30))


def test_whatever_is_typed_is_graded_or_unreadable_and_quickly() -> None:
    rng = random.Random(1)
    for trial in range(times(20000)):
        question, typed = rng.choice(QUESTIONS), junk(rng)
        start = time.perf_counter()
        graded = grade(question, typed)
        taken = time.perf_counter() - start
        assert taken < 1.0, (trial, question.id, typed)
        if not isinstance(graded, answers.Unreadable) and graded.outcome == "right":
            again = grade(question, graded.understood)
            assert not isinstance(again, answers.Unreadable), (trial, question.id, typed)
            assert again.outcome == "right", (trial, question.id, typed)


def test_whatever_is_done_to_a_bank_it_is_a_bank_or_refused(tmp_path: Path) -> None:
    rng = random.Random(2)
    sources = [path.read_bytes() for path in bank.shipped()]
    for trial in range(times(400)):
        data = bytearray(rng.choice(sources))
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(data))
            change = rng.randrange(3)
            if change == 0:
                del data[at : at + rng.randrange(1, 200)]
            elif change == 1:
                data[at:at] = rng.choice([b"\t", b"- ", b": ", b"\xff", b"{", b"&a ", b"*a ", b"!!x ", b"\n", b'"'])
            else:
                data[at] = rng.randrange(256)
        path = tmp_path / "b.yaml"
        path.write_bytes(data)
        found: Bank | bank.BankError
        try:
            found = bank.load(path)
        except bank.BankError as error:
            found = error
        if isinstance(found, bank.BankError):
            assert found.problems, trial
            assert all(problem.file == str(path) for problem in found.problems), trial


def test_random_students_lose_nothing_and_see_no_traceback(quizlab: Run, home: Path) -> None:
    expected = 0
    for seed in range(times(40)):
        rng = random.Random(seed)
        typed = "".join(junk(rng).replace("\n", " ").replace("\x00", "") + "\n" for _ in range(rng.randrange(60)))
        done = quizlab("practice", "--seed", str(seed), "--limit", str(rng.randrange(1, 12)), typed=typed)
        assert (done.returncode, done.stderr) == (0, ""), (seed, done.stderr)
        assert "\x1b" not in done.stdout, seed
        lines = done.stdout.splitlines()
        expected += sum(line.startswith(("TOČNO.", "KRIVO.", "DJELOMIČNO.", "BEZ ODGOVORA.")) for line in lines)
        with Log(home) as log:
            assert len(log.history()) == expected, seed


@pytest.mark.skipif(sys.platform == "win32", reason="counts processes of this system")
def test_a_killed_session_leaves_no_worker_behind(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "quizlab", "verify", "--all"]
    for seed in range(times(20)):
        mark = f"stress-{os.getpid()}-{seed}"
        process = subprocess.Popen(command, env={**environment, "QUIZLAB_MARK": mark}, stdout=subprocess.DEVNULL)
        time.sleep(random.Random(seed).uniform(0.05, 2.5))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        deadline = time.monotonic() + 20
        while left := marked(mark):
            assert time.monotonic() < deadline, left
            time.sleep(0.2)


def marked(mark: str) -> list[str]:
    """Processes whose environment has the mark (Linux only; elsewhere none are found)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(folder.name)
        except OSError:
            continue
    return found


def test_keys_hold_for_every_variant_there_is() -> None:
    having = [question for question in QUESTIONS if question.variants]
    assert having
    with Worker() as worker:
        for question in having:
            every = list(combinations(question))
            for values in every[:: 10 if SHORT else 1]:
                assert not binding.check(question.verify.hook, values, "variants")
                finding = verify(varied(question, values), worker.run)
                assert finding.verdict == "confirmed", (question.id, values, finding.problems)


def test_snippets_and_those_of_variants_print_what_is_shown(tmp_path: Path) -> None:
    rng = random.Random(6)
    with Worker() as worker:
        for question in QUESTIONS[:: 10 if SHORT else 1]:
            for values in ({}, *several(question, 2, rng)):
                evidence = verify(varied(question, values), worker.run).evidence
                assert evidence is not None, (question.id, values)
                done = subprocess.run(
                    [sys.executable, "-I", "-W", "ignore", "-c", evidence.snippet.code],
                    capture_output=True,
                    encoding="utf-8",
                    cwd=tmp_path,
                    timeout=60,
                    check=False,
                )
                assert done.stdout.strip() == evidence.snippet.prints.strip(), (question.id, values, done.stderr)
