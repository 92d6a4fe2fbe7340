"""A terminal is left as it was, however the process ends that read single keys from it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

termios = pytest.importorskip("termios", reason="terminals of Windows are not changed")

WAITING = """
import sys, time
from quizlab.view import ending, keys
with ending.unwound(), keys.raw(signals={signals}):
    print("waits", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("signals", [False, True])
def test_a_signal_leaves_the_terminal_as_it_was(name: str, signals: bool) -> None:
    master, slave = os.openpty()
    before = termios.tcgetattr(slave)
    command = [sys.executable, "-c", WAITING.format(signals=signals)]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave) as child:
        said = b""
        while b"waits" not in said:
            said += os.read(master, 100)
        assert not termios.tcgetattr(slave)[3] & (termios.ECHO | termios.ICANON)
        child.send_signal(getattr(signal, name))
        assert child.wait(20) == -getattr(signal, name)
    assert termios.tcgetattr(slave) == before
    os.close(slave)
    os.close(master)


LINE = """
import readline
from quizlab.view import ending, interrupting
with ending.unwound():
    try:
        with interrupting.heard():
            print("waits", flush=True)
            input("> ")
    finally:
        print("left in order", flush=True)
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("pasting", [False, True])
def test_a_signal_at_a_line_leaves_the_terminal_as_it_was(name: str, pasting: bool) -> None:
    pytest.importorskip("readline", reason="needs GNU readline")
    number = getattr(signal, name)
    master, slave = os.openpty()
    before = termios.tcgetattr(slave)
    with subprocess.Popen([sys.executable, "-c", LINE], stdin=slave, stdout=slave, stderr=slave) as child:
        said = b""
        while b"> " not in said:
            said += os.read(master, 100)
        while termios.tcgetattr(slave) == before:
            time.sleep(0.01)
        if pasting:  # a paste whose end never comes: readline waits for it and hears of nothing else
            os.write(master, b"\x1b[200~x")
            time.sleep(0.2)
        child.send_signal(number)
        try:
            assert child.wait(20) == -number
        finally:
            child.kill()
    assert termios.tcgetattr(slave) == before
    assert b"left in order" in os.read(master, 1000)
    os.close(slave)
    os.close(master)


def test_what_a_command_holds_is_let_go_of(tmp_path: Path) -> None:
    """Told to end, it leaves no lock and no temporary file behind."""
    code = """
import sys, tempfile, time
from quizlab.view import ending
with ending.unwound(), tempfile.TemporaryDirectory(dir=sys.argv[1]):
    print("waits", flush=True)
    time.sleep(60)
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stdout.readline() == b"waits\n"
        child.terminate()
        assert child.wait(20) == -signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
