"""A terminal is left as it was, however the process ends that read single keys from it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

termios = pytest.importorskip("termios", reason="terminals of Windows are not changed")

WAITING = """
import sys, time
from quizlab.view import keys
with keys.raw(signals={signals}):
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
    assert b"\x1b[?25h" in os.read(master, 100), "the cursor is back"
    os.close(slave)
    os.close(master)
