"""Measure a start from nothing: ``make fresh``, or ``python -m tools.fresh [--of COMMIT] [--python PYTHON]``.

Clones the repository into an empty folder, runs ``make practice`` in a terminal of its own without pip's cache, and
prints how long the first question and the first live proof take and how many bytes they cost. Choices are
answered until a proof is a live one. ``--python`` names one that has torch, to measure that as well.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from quizlab import bank
from quizlab.model import ChoiceQuestion

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 1800
CHOICES = [each.id for path in bank.shipped() for each in bank.load(path).questions if isinstance(each, ChoiceQuestion)]
"""What is practised: one letter answers each of them."""

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def size(folder: Path) -> float:
    """Megabytes of the files below a folder."""
    files = [path for path in folder.rglob("*") if not path.is_symlink() and path.is_file()]
    return sum(path.stat().st_size for path in files) / 1e6


def fetched(log: Path) -> float:
    """Megabytes that pip says that it fetched."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    units = {"kB": 1e-3, "MB": 1, "GB": 1e3, "bytes": 1e-6}
    found = re.findall(r"Downloading \S+ \(([\d.]+) (bytes|kB|MB|GB)\)", text)
    local = {Path(path) for path in re.findall(r"Processing (/\S+\.whl)", text)}  # from a folder instead of a network
    return sum(float(number) * units[unit] for number, unit in found) + sum(each.stat().st_size for each in local) / 1e6


class Start:
    """One start: a clone, and a terminal in which it is practised."""

    def __init__(self, folder: Path, commit: str, python: str) -> None:
        self.folder = folder
        self.clone = folder / "quizlab"
        subprocess.run(["git", "clone", "--quiet", ROOT, self.clone], check=True)
        if commit:
            subprocess.run(["git", "checkout", "--quiet", commit], cwd=self.clone, check=True)
        self.seen = ""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VIRTUAL_ENV", "PYTHON"))}
        pip = {"PIP_NO_CACHE_DIR": "1", "PIP_LOG": str(folder / "pip.log")}
        env = kept | pip | {"QUIZLAB_HOME": str(folder / "dom"), "TERM": "xterm"}
        self.start = time.monotonic()
        self.terminal = pexpect.spawn(
            "make",
            ["practice", f"PYTHON={python}", f"LAB={' '.join(CHOICES)}"],
            cwd=str(self.clone),
            env=env,
            encoding="utf-8",
            timeout=PATIENCE,
            dimensions=(40, 80),
        )

    def until(self, text: str) -> str:
        """What the terminal shows up to a text."""
        self.terminal.expect(text)
        shown = ESCAPES.sub("", str(self.terminal.before) + str(self.terminal.after))
        self.seen += shown
        return shown

    def told(self, what: str) -> None:
        """Print what it took so far."""
        taken = time.monotonic() - self.start
        print(f"{what:<24}{taken:>8.1f} s{size(self.clone / '.venv'):>9.0f} MB on disk", end="")
        print(f"{fetched(self.folder / 'pip.log'):>9.0f} MB fetched", flush=True)

    def practise(self) -> None:
        """From the first question to the first live proof, then Ctrl-C."""
        self.until("pomo")
        self.told("first question")
        while True:
            time.sleep(4.0)  # as fast as a person who reads nothing
            self.terminal.send("a")
            shown = self.until("cijeli dokaz")
            self.until("pomo")
            if "apisani dokaz" not in shown:
                break
            self.terminal.send("\r")
            self.until("pomo")
        self.told("first live proof")
        self.terminal.sendintr()
        self.terminal.expect(pexpect.EOF)
        self.terminal.close()
        last = ESCAPES.sub("", str(self.terminal.before)).strip().splitlines()
        print("\n".join(f"  | {line}" for line in last[-8:]))
        print(f"after Ctrl-C: exit status {self.terminal.exitstatus}, signal {self.terminal.signalstatus}")


def main() -> int:
    """Measure one start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--of", default="", metavar="COMMIT", help="what to check out in the clone")
    parser.add_argument("--python", default="python3", help="the Python of the student")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Start(Path(folder), options.of, options.python).practise()
    return 0


if __name__ == "__main__":
    sys.exit(main())
