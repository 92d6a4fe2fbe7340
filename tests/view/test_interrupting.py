"""Ctrl-C in the moment between the prompt and the waiting for a key is heard without another key."""

from __future__ import annotations

import sys
import time

import pytest

pexpect = pytest.importorskip("pexpect", reason="needs a pseudo-terminal")
termios = pytest.importorskip("termios", reason="needs a POSIX terminal")
pytest.importorskip("readline", reason="needs GNU readline")

LINE = """
import ctypes, functools, readline
from quizlab.view import interrupting

# a signal that comes in C code, after Python's last step: Python itself would hear of it with the next key only
readline.set_startup_hook(functools.partial(ctypes.CDLL(None)["raise"], {number}))
try:
    with interrupting.heard():
        print("pročitano:", input("> "))
except KeyboardInterrupt:
    print("prekinuto")
readline.set_startup_hook(None)
try:
    print("opet:", input("? "))
except KeyboardInterrupt:
    print("kao uvijek")
"""


@pytest.fixture
def line() -> type:
    if sys.platform == "win32":
        pytest.skip("Windows tells of Ctrl-C in another thread")
    return pexpect.spawn


def test_it_is_heard_at_once_and_once(line: type) -> None:
    child = line(sys.executable, ["-c", LINE.format(number=2)], encoding="utf-8", timeout=30)
    child.expect("prekinuto")
    child.expect(r"\? ")
    child.sendline("a")
    child.expect("opet: a")
    child.expect(pexpect.EOF)
    assert "Traceback" not in child.before


def test_without_it_a_line_is_read_and_the_usual_hearing_is_back(line: type) -> None:
    child = line(sys.executable, ["-c", LINE.format(number=0)], encoding="utf-8", timeout=30)
    child.expect("> ")
    child.sendline("b")
    child.expect("pročitano: b")
    child.expect(r"\? ")
    child.sendintr()
    child.expect("kao uvijek")
    child.expect(pexpect.EOF)
    assert "Traceback" not in child.before


DROPPED = """
import select, sys, time
from quizlab.view import keys

with keys.raw():
    print("piši", flush=True)
    select.select([sys.stdin], [], [])
    time.sleep(0.2)  # all of it is there
    try:
        keys.forget()
        print("odbačeno", keys.more(0))
    except KeyboardInterrupt:
        print("prekinuto", keys.more(0))
"""


@pytest.mark.parametrize(("typed", "said"), [("abc\x1b[A", "odbačeno"), ("ab\x03c", "prekinuto")])
def test_it_is_heard_among_what_was_typed_before_it_was_asked_for(line: type, typed: str, said: str) -> None:
    child = line(sys.executable, ["-c", DROPPED], encoding="utf-8", timeout=30)
    child.expect("piši")
    child.send(typed)
    child.expect(rf"{said} False")
    child.expect(pexpect.EOF)


PASTING = """
import readline
from quizlab.view import interrupting
for each in "12":
    try:
        with interrupting.heard():
            print("pročitano:", input("> "))
    except KeyboardInterrupt:
        print("prekinuto", each, readline.get_line_buffer())
"""


def test_it_is_heard_while_a_text_is_pasted_whose_end_does_not_come(line: type) -> None:
    child = line(sys.executable, ["-c", PASTING], encoding="utf-8", timeout=10)
    before = termios.tcgetattr(child.child_fd)
    for number in "12":
        child.expect("> ")
        child.send("\x1b[200~nedovršeno\nb")
        time.sleep(0.5)  # it is shown when its end comes
        child.sendintr()
        child.expect(f"prekinuto {number}")
    child.expect(pexpect.EOF)
    assert termios.tcgetattr(child.child_fd)[3] == before[3]


ENDING = """
import readline
from quizlab.view import ending
with ending.unwound():
    from quizlab.view import interrupting
    with interrupting.heard():
        input("> ")
"""


def test_an_interruption_that_is_not_heard_does_not_hide_that_it_is_told_to_end(line: type) -> None:
    child = line(sys.executable, ["-c", ENDING], encoding="utf-8", timeout=30)
    child.expect("> ")
    child.send("\x1b[200~nedovršeno")
    time.sleep(0.5)
    child.kill(2)
    child.kill(15)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.signalstatus, child.exitstatus) in [(15, None), (None, 128 + 15)]
