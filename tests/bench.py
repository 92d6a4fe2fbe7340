"""Speed claims as ratios measured in one run: ``make bench``.

Each command is timed in turn with its yardstick, so that a machine that slows down slows down both; the
ratio of each pair is taken, and the median of the ratios is compared with the claim.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HELLO = str(Path(__file__).parent / "fakes" / "hello.py")
PYTHON = sys.executable
QUIZLAB = (PYTHON, "-m", "quizlab")
TORCH = (PYTHON, "-c", "import torch")
RUNS = 9

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


def seconds(command: Command, until: str, environment: dict[str, str]) -> float:
    """Wall time of a command to its end, or until a text appears on its standard output."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
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


def main() -> int:
    """Measure every claim and print it; exit status 1 if one does not hold."""
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"QUIZLAB_HOME": home, "PYTHONUTF8": "1"}
        print(f"{'command':<32}{'median s':>10}{'yardstick':>11}{'ratio':>8}{'claim':>8}")
        for name, command, until, yardstick, limit in CLAIMS:
            seconds(command, until, environment)  # warm: bytecode, the cache of banks, the disk
            seconds(yardstick, "", environment)
            pairs = [(seconds(command, until, environment), seconds(yardstick, "", environment)) for _ in range(RUNS)]
            ratio = statistics.median(ours / theirs for ours, theirs in pairs)
            ours, theirs = (statistics.median(each) for each in zip(*pairs, strict=True))
            holds = ratio <= limit
            failed += not holds
            print(f"{name:<32}{ours:>10.3f}{theirs:>11.3f}{ratio:>8.2f}{limit:>8.2f}{'' if holds else '  OVER'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
