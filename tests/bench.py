"""Speed claims as ratios measured in one run: ``make bench``.

Each command is timed in turn with its yardstick, so that a machine that slows down slows down both; the
ratio of each pair is taken, and the median of the ratios is compared with the claim. What a student waits for
between two questions is measured in milliseconds, on a log that nobody will ever have; exports are measured on a bank
of that kind. Last, simulated cohorts show what the order of asking is worth and how honest the forecast is.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizlab.export import FORMATS
from quizlab.learning.memory import remembered
from quizlab.learning.schedule import Aim, choose
from quizlab.log import Entry, Log
from quizlab.model import Recollection
from tests import calibration, cohort, many
from tests.samples import number

HELLO = str(Path(__file__).parent / "fakes" / "hello.py")
PYTHON = sys.executable
QUIZLAB = (PYTHON, "-m", "quizlab")
TORCH = (PYTHON, "-c", "import torch")
RUNS = 9
STUDENTS, FORECAST = 40, 50
"""Simulated, for the order of asking and for the forecast."""

ANSWERS, KNOWN, QUESTIONS = 100_000, 1000, 10_000
"""Answers to so many questions, many times what the banks hold; and the questions of an export."""

CHOSEN_WITHIN = 50.0
"""Milliseconds for the next question."""

ASKED, THINKING = 20, 3.0
"""Questions, and seconds for each answer."""

SHOWN_WITHIN = 100.0
"""Milliseconds from the key to the whole screen, drawn and read through a pseudoterminal: no wait to be noticed."""

KNOWN_WITHIN = 50.0
"""Milliseconds at the start of a session for what is remembered."""

EXPORTED_WITHIN, EXPORTED_IN = 10.0, 300.0
"""Seconds for an export of very many questions, and MB that it may take on top of them."""

LOADED, LOADED_WITHIN = 1000, 2.0
"""Questions of a bank that is read for the first time, and how many times the bare loader that may take."""

FIRST_WITHIN, UNCOMPILED_WITHIN = 2.0, 3.5
"""Times the yardstick for the first command after an installation: no bank is cached, nor is quizlab compiled."""

Command = tuple[str, ...]

# what, command, text to wait for (empty: the end), yardstick, at most so many times the yardstick
CLAIMS: tuple[tuple[str, Command, str, Command, float], ...] = (
    ("quizlab --help", (*QUIZLAB, "--help"), "", (PYTHON, HELLO, "--help"), 1.5),
    ("quizlab list lab4", (*QUIZLAB, "list", "lab4"), "", (PYTHON, HELLO, "hello"), 1.5),
    ("practice lab4, first question", (*QUIZLAB, "practice", "lab4"), "Odgovor:", (PYTHON, HELLO, "hello"), 2.0),
    ("quizlab verify q1", (*QUIZLAB, "verify", "q1"), "", TORCH, 1.15),
    ("quizlab verify lab4", (*QUIZLAB, "verify", "lab4"), "", TORCH, 4.0),
    ("quizlab verify --all", (*QUIZLAB, "verify", "--all"), "", TORCH, 5.0),
)


def seconds(command: Command, until: str, environment: dict[str, str], folder: str | None = None) -> float:
    """Wall time of a command, run in a folder, to its end, or until a text appears on its standard output."""
    start = time.perf_counter()
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment, cwd=folder)
    assert process.stdout is not None
    if not until:
        process.communicate()
        return time.perf_counter() - start
    seen = b""
    while until.encode() not in seen and (more := os.read(process.stdout.fileno(), 65536)):
        seen += more
    taken = time.perf_counter() - start
    process.kill()
    process.communicate()
    return taken


def plain() -> dict[str, str]:
    """The environment that commands are run in: Python keeps what it compiled."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONUTF8": "1"}


def milliseconds(times: list[float], limit: float, name: str) -> bool:
    """Print a measurement in milliseconds; whether the median is within the limit."""
    median = 1000 * statistics.median(times)
    print(f"{name:<60}{median:>8.1f} ms{limit:>8.0f} ms{'' if median <= limit else '  OVER'}")
    return median <= limit


def choosing() -> int:
    """How long a start and a choice take after very many answers to very many questions; how many are too slow."""
    rng, first = random.Random(1), datetime(2026, 1, 1, tzinfo=UTC)
    bank = [
        number(id=f"q{place}", topic=f"t{place % 14}", recollections=tuple(map(Recollection, "ABC"[: place % 4])))
        for place in range(KNOWN)
    ]
    names = [each.id for each in bank]
    names += rng.choices(names, k=ANSWERS - KNOWN)
    entries = [
        Entry(
            (first + timedelta(minutes=5 * place)).isoformat(),
            "s",
            name,
            "{}",
            "1",
            "1",
            rng.choice(["right", "wrong"]),
            "",
            3.0,
        )
        for place, name in enumerate(names)
    ]
    now = (first + timedelta(minutes=5 * ANSWERS)).timestamp()
    starts, choices = [], []
    with tempfile.TemporaryDirectory() as folder, Log(Path(folder)) as log:
        log.append_all(entries)
        state = remembered(log, Path(folder))
        for _ in range(RUNS):
            start = time.perf_counter()
            state = remembered(log, Path(folder))
            starts.append(time.perf_counter() - start)
        for days in (0.5, 1.5, 3, 14) * RUNS:
            start = time.perf_counter()
            choose(bank, state.memories, now, Aim(now + days * 86_400, state.prior), rng, ["t1"])
            choices.append(time.perf_counter() - start)
    what = f"{ANSWERS:,} answers, {KNOWN:,} questions: "
    known = milliseconds(starts, KNOWN_WITHIN, what + "memories known")
    return (not known) + (not milliseconds(choices, CHOSEN_WITHIN, what + "next chosen"))


def waiting() -> int:
    """How long a student at a terminal waits between an answer after three seconds and its evidence; 1 if at all.

    The worker imports torch while the first question is read, and proves the question while it is answered; so the
    evidence is there when the answer comes, and nothing says that a proof is being computed.
    """
    if sys.platform == "win32":
        print("waiting for evidence: a POSIX terminal is needed")
        return 0
    from tests.commands.test_practice import Terminal

    times = []
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QUIZLAB_HOME": home, "TERM": "xterm-256color"}
        terminal = Terminal(environment, "lab4", "lab3")
        terminal.child.delaybeforesend = None
        for _ in range(ASKED):
            question = terminal.asked()
            time.sleep(THINKING)
            start, rested = time.perf_counter(), terminal.rested
            terminal.answer(question, right=True)
            times.append(time.perf_counter() - start - (terminal.rested - rested))
            terminal.press("\r")
        terminal.interrupt()
    computed = "računam dokaz" in terminal.seen
    fast = milliseconds(times, SHOWN_WITHIN, f"evidence after {THINKING:g} s, in a terminal, {ASKED} answers")
    print(f"  slowest {1000 * max(times):.0f} ms; waited for a proof: {'yes' if computed else 'never'}")
    return int(computed or not fast)


def exporting() -> int:
    """What every format takes for very many questions, each in a process of its own; how many take too much."""
    if sys.platform == "win32":
        print("exports of many questions: their memory is measured as POSIX counts it")
        return 0
    failed = 0
    print(
        f"\n{f'export of {QUESTIONS:,} questions':<32}{'seconds':>10}{'claim':>8}{'MB':>10}{'claim':>8}{'file MB':>10}"
    )
    for name in FORMATS:
        for proofs in ([], ["proved"]):
            command = (PYTHON, "-m", "tests.many", name, str(QUESTIONS), *proofs)
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            taken, memory, size = json.loads(done.stdout)
            holds = taken <= EXPORTED_WITHIN and memory <= EXPORTED_IN
            failed += not holds
            what = f"--{name}{', with proofs' if proofs else ''}"
            numbers = f"{taken:>10.2f}{EXPORTED_WITHIN:>8.0f}{memory:>10.1f}{EXPORTED_IN:>8.0f}{size:>10.1f}"
            print(f"{what:<32}{numbers}{'' if holds else '  OVER'}")
    return failed


def commands() -> int:
    """Measure every command against its yardstick and print it; how many are too slow."""
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        environment = {**plain(), "QUIZLAB_HOME": home}
        print(f"{'command':<32}{'median s':>10}{'yardstick':>11}{'ratio':>8}{'claim':>8}")
        for name, command, until, yardstick, limit in CLAIMS:
            seconds(command, until, environment)  # warm: bytecode, the cache of banks, the disk
            seconds(yardstick, "", environment)
            pairs = [(seconds(command, until, environment), seconds(yardstick, "", environment)) for _ in range(RUNS)]
            failed += row(name, pairs, limit)
    return failed


BARE = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8').read(), Loader=yaml.CSafeLoader)"
LOAD = "import sys, pathlib; from quizlab import bank; bank.load(pathlib.Path(sys.argv[1]))"


def loading() -> int:
    """What all checks add to the first load of a bank, imports and all, each in a process of its own; 1 if too much."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mnogo.yaml"
        path.write_text(many.text(LOADED), encoding="utf-8")
        bare, ours = ((PYTHON, "-c", code, str(path)) for code in (BARE, LOAD))
        pairs = [(seconds(ours, "", dict(os.environ)), seconds(bare, "", dict(os.environ))) for _ in range(RUNS)]
    return row(f"first load of {LOADED} questions", pairs, LOADED_WITHIN)


def first() -> int:
    """The first command after an installation that compiles what it installs, and after one that does not."""
    root, command = Path(__file__).parents[1], (*QUIZLAB, "list", "lab4")
    compiled, uncompiled = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            environment = plain()
            for each in ("quizlab", "labs", "questions"):
                shutil.copytree(root / each, Path(folder) / each, ignore=shutil.ignore_patterns("__pycache__"))
            yardstick = seconds((PYTHON, HELLO, "hello"), "", environment)
            for home, pairs in (("first", uncompiled), ("second", compiled)):
                environment["QUIZLAB_HOME"] = str(Path(folder) / home)
                pairs.append((seconds(command, "", environment, folder), yardstick))
    return row("first list lab4", compiled, FIRST_WITHIN) + row("  not yet compiled", uncompiled, UNCOMPILED_WITHIN)


def row(name: str, pairs: list[tuple[float, float]], limit: float) -> int:
    """Print how many times the yardstick something took, both in seconds; 1 if more than the limit allows."""
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    ours, theirs = (statistics.median(each) for each in zip(*pairs, strict=True))
    print(f"{name:<32}{ours:>10.3f}{theirs:>11.3f}{ratio:>8.2f}{limit:>8.2f}{'' if ratio <= limit else '  OVER'}")
    return int(ratio > limit)


def main() -> int:
    """Measure every claim and print it; exit status 1 if one does not hold."""
    failed = commands() + first() + loading() + choosing() + waiting() + exporting()
    table, behind = cohort.report(cohort.compare(STUDENTS))
    print(f"\n{STUDENTS} simulated students, {cohort.PER_SESSION} questions a day\n{table}")
    curves, dishonest = calibration.report(FORECAST)
    print(f"\n{FORECAST} students of each cohort, forecasts for the morning of the exam\n{curves}")
    return 1 if failed + behind + dishonest else 0


if __name__ == "__main__":
    sys.exit(main())
