"""Lines of a thread that once took for ever: each is looked through in a process that is given up on."""

from __future__ import annotations

import subprocess
import sys

LOOKED_THROUGH = """
from quizlab.thread import fold, said, units
lines = ["ne znam, mislim da je 9312, ", "a, ", "a (", "x_", " ", "\\n", "l O ", "1 2 ", "a odg ", "$x$ "]
for line in lines:
    text = line * 400 + "x"
    list(said.answers(text))
    fold.restore(line * 20_000)
    units._NOISE.findall(line * 20_000)
"""


def test_no_line_takes_for_ever() -> None:
    subprocess.run((sys.executable, "-c", LOOKED_THROUGH), check=True, timeout=60)
