"""Quizlab in a Windows Python: its console, streams, files and clock. Runs where Wine was prepared (`wine.py`)."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizlab.log import FILE, Log
from quizlab.view import keys
from tests.stress import wine
from tests.stress.wine import Windows, windows_path

FOLDER = wine.found()
pytestmark = [
    pytest.mark.stress,
    pytest.mark.skipif(
        FOLDER is None, reason=f"no prepared Wine: python -m tests.stress.wine DIR, {wine.VARIABLE}=DIR"
    ),
]
pexpect = pytest.importorskip("pexpect", reason="pexpect needs a POSIX terminal")

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>78]|\x1b\][^\x07]*\x07|\r")

PROMPT = r">(?: |\x1b\[K)"
"""The console leaves out spaces at the end of a line."""

AT_CONSOLE = """
import ctypes, runpy, sys
kernel = ctypes.windll.kernel32
kernel.PeekConsoleInputW(kernel.GetStdHandle(-10), ctypes.create_string_buffer(64), 1, ctypes.byref(ctypes.c_uint()))
sys.argv[0] = "quizlab"
runpy.run_module("quizlab", run_name="__main__", alter_sys=True)
"""
"""Wine reads no key from the terminal before it is asked for one, and a look at whether one is there does not count."""

HELD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""

OPEN = """
import sys
with open(sys.argv[1], encoding="utf-8"):
    print("open", flush=True)
    sys.stdin.read()
"""


PRESSED = """
import ctypes
from quizlab.view import keys
kernel = ctypes.windll.kernel32
kernel.PeekConsoleInputW(kernel.GetStdHandle(-10), ctypes.create_string_buffer(64), 1, ctypes.byref(ctypes.c_uint()))
print("press", flush=True)
print("pressed", *(ascii(keys.press()) for _ in range(5)), flush=True)
"""


@pytest.fixture(scope="module")
def windows() -> Iterator[Windows]:
    assert FOLDER is not None
    made = Windows(FOLDER)
    nothing = subprocess.DEVNULL
    env = made.environment(FOLDER)
    subprocess.run(["wineserver", "-p"], env=env, check=True)  # it stays between two runs
    # what Wine starts for itself keeps the streams of whoever was first open
    subprocess.run(["wine", made.python, "-c", ""], env=env, check=True, stdin=nothing, stdout=nothing, stderr=nothing)
    yield made
    made.stop()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "kućni đir š"


def quizlab(windows: Windows, home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[bytes]:
    return windows.run("-m", "quizlab", *arguments, home=home, typed=typed.encode())


class Console:
    """A student at a Windows console."""

    def __init__(self, windows: Windows, home: Path, *arguments: str) -> None:
        whole = [str(windows.python), "-c", AT_CONSOLE, *arguments]
        env = windows.environment(home)
        self.child: Any = pexpect.spawn("wine", whole, env=env, encoding="utf-8", timeout=60, dimensions=(50, 100))

    def until(self, pattern: str) -> str:
        self.child.expect(pattern)
        return ESCAPES.sub("", self.child.before + self.child.after)

    def press(self, *keys: str) -> None:
        time.sleep(1.0)  # what comes before the question is dropped
        for key in keys:
            self.child.send(key)
            time.sleep(0.1)

    def end(self) -> int | None:
        self.child.expect(pexpect.EOF)
        self.child.close()
        status: int | None = self.child.exitstatus
        return status


def answers(home: Path) -> list[tuple[str, str, str]]:
    with Log(home) as log:
        return [(each.question, each.typed, each.outcome) for each in log.history()]


def test_the_letter_that_begins_special_keys_is_a_letter(windows: Windows, home: Path) -> None:
    child = pexpect.spawn(
        "wine", [str(windows.python), "-c", PRESSED], env=windows.environment(home), encoding="utf-8", timeout=60
    )
    child.expect("press")
    time.sleep(1.0)
    for key in ("à", "H", "\x1b[A", "à", "b"):
        child.send(key)
        time.sleep(0.2)
    child.expect(r"pressed (.*?)(\r|\n)")
    assert ESCAPES.sub("", child.match[1]).split() == [*map(ascii, ("à", "H", keys.UP, "à", "b"))]
    child.close()


def test_what_goes_into_a_file_is_utf_8_whatever_the_code_page(windows: Windows, home: Path) -> None:
    page = windows.run("-c", "import sys; print(sys.stdout.encoding)", home=home)
    assert page.stdout.strip() == b"cp1252", "otherwise this tries nothing"
    shown = quizlab(windows, home, "list", "lab4")
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert "arhitektura" in shown.stdout.decode() or "Koliko" in shown.stdout.decode()
    refused = quizlab(windows, home, "list", "šđčćž→")
    assert refused.returncode == 2
    assert "„šđčćž→”" in refused.stderr.decode()


def test_a_practice_by_lines_is_kept(windows: Windows, home: Path) -> None:
    done = quizlab(windows, home, "practice", "q1", typed="9312\n")
    assert done.returncode == 0, done.stderr.decode()
    assert "TOČNO." in done.stdout.decode()
    assert [(name, outcome) for name, _, outcome in answers(home)] == [("q1", "right")]
    assert "Odgovarano je na 1 od" in quizlab(windows, home, "stats").stdout.decode()


def test_single_keys_at_a_console(windows: Windows, home: Path) -> None:
    console = Console(windows, home, "practice", "q4", "q9")
    console.until(PROMPT)
    console.press("\x1b[A", "\x7f", "n")  # an arrow comes as two characters and means nothing here, as Backspace
    assert "š" in console.until("Trag 1.*\n")
    console.until(PROMPT)
    console.press("š", "\r")  # no option: a word that begins with it, and means nothing
    assert "„š”" in console.until("Ovo se ne broji")
    console.until(PROMPT)
    console.press("a")
    console.until(r"\? pomoć")
    console.press("q")
    assert console.end() == 0
    ((_, typed, outcome),) = answers(home)
    assert outcome in ("right", "wrong"), typed


@pytest.mark.parametrize(("name", "keys"), [("q4", ["\x03"]), ("q1", ["\x03", "\r"])])
def test_ctrl_c_ends_a_practice_at_once(windows: Windows, home: Path, name: str, keys: list[str]) -> None:
    """While a single key is waited for, and while a line is: Wine, unlike Windows, does not break off the line."""
    console = Console(windows, home, "practice", name)
    console.until(PROMPT)
    console.press(*keys)
    console.until("Odgovoreno 0 od 1")
    console.end()


def test_a_date_before_1970_is_past(windows: Windows, home: Path) -> None:
    for text in ("1. 1. 1969.", "1901-05-05"):
        refused = quizlab(windows, home, "practice", "--exam", text)
        assert refused.returncode == 2
        assert "proš" in refused.stderr.decode(), refused.stderr.decode()


def held(windows: Windows, home: Path, code: str, path: Path, word: bytes) -> subprocess.Popen[bytes]:
    """A second process at the same file."""
    command = ["wine", str(windows.python), "-c", code, windows_path(path)]
    environment = windows.environment(home)
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    assert word in process.stdout.readline()
    return process


def test_two_programs_do_not_write_the_log_at_once(windows: Windows, home: Path) -> None:
    assert quizlab(windows, home, "practice", "q1", typed="9312\n").returncode == 0
    with held(windows, home, HELD, home / FILE, b"held") as other:
        refused = quizlab(windows, home, "practice", "q2", typed="2\n")
        other.communicate(b"")
    assert refused.returncode == 3
    assert len(refused.stderr.decode().splitlines()) == 1
    assert len(answers(home)) == 1
    assert quizlab(windows, home, "practice", "q2", typed="2\n").returncode == 0
    assert len(answers(home)) == 2


def test_an_export_does_not_spoil_a_file_that_another_program_has_open(windows: Windows, home: Path) -> None:
    path = home.parent / "vodič čćđ.md"
    path.write_text("prije", encoding="utf-8")
    with held(windows, home, OPEN, path, b"open") as other:
        refused = quizlab(windows, home, "export", "lab4", "--md", "-o", windows_path(path))
        other.communicate(b"")
    assert refused.returncode in (2, 3)
    assert "Ne mogu zapisati" in refused.stderr.decode()
    assert path.read_text(encoding="utf-8") == "prije"
    assert sorted(each.name for each in path.parent.glob(".*")) == []
    written = quizlab(windows, home, "export", "lab4", "--md", "-o", windows_path(path))
    assert written.returncode == 0, written.stderr.decode()
    assert "pitanj" in path.read_text(encoding="utf-8")
