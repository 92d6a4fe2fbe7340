"""A line is read at a terminal of any width and kind, also of one that is made narrower while it is typed."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import sys
import time

import pytest

termios = pytest.importorskip("termios", reason="consoles of Windows edit lines by themselves")

LINE = """
from quizlab.view import editing, prompts
from quizlab.view.screen import Screen
print("said", prompts.line(Screen(plain=True), "pitanje> "))
print("said", prompts._continued(Screen(plain=True), "opet> ", "po"))
"""


def resize(terminal: int, columns: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


def shown(master: int, wanted: bytes) -> bytes:
    """What is shown until something stands there; the terminal breaks lines where it likes."""
    text, until = b"", time.monotonic() + 20
    while wanted not in text.replace(b"\r", b"").replace(b"\n", b"") and time.monotonic() < until:
        if select.select([master], [], [], 0.1)[0]:
            try:
                text += os.read(master, 1000)
            except OSError:
                break
    return text


@pytest.mark.parametrize("terminal", ["xterm-256color", "dumb", "nepoznat"])
@pytest.mark.parametrize(("columns", "then"), [(80, 80), (80, 3), (2, 2), (3, 80)])
def test_a_line_is_read_at_any_width(terminal: str, columns: int, then: int) -> None:
    master, slave = os.openpty()
    resize(slave, columns)
    env = {**os.environ, "TERM": terminal}
    with subprocess.Popen([sys.executable, "-c", LINE], stdin=slave, stdout=slave, stderr=slave, env=env) as child:
        shown(master, b">")
        resize(slave, then)
        child.send_signal(28)  # SIGWINCH: this terminal controls no process
        os.write(master, b"abcd efgh\x1b[D\x1b[Dx")
        time.sleep(0.2)
        os.write(master, b"\n")
        shown(master, b"opet>")
        os.write(master, b"jam\n")
        seen = shown(master, b"pojam") if columns >= 4 else b""
        assert child.wait(20) == 0, seen
    os.close(slave)
    os.close(master)
