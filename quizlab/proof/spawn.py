"""Start the worker process. Imports next to nothing, so that it can run before everything else."""

from __future__ import annotations

import os
import subprocess
import sys

# -P keeps the current folder out of the module path: a student's own random.py or torch.py stays theirs
COMMAND = (sys.executable, "-P", "-W", "ignore", "-m", "quizlab.proof.worker")
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONUTF8": "1"}


def start() -> subprocess.Popen[bytes]:
    """A new worker process, already importing torch."""
    return subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | ENVIRONMENT | _path(),
        cwd=_somewhere(),
    )


def _path() -> dict[str, str]:
    """What finds quizlab where it is not installed but run as ``python -m quizlab`` from its own folder."""
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    first, *others = (os.path.abspath(each) for each in sys.path)  # noqa: PTH100 - pathlib is not loaded yet
    if first != here or here in others:
        return {}
    return {"PYTHONPATH": os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), here)))}


def _somewhere() -> str | None:
    """The current folder; another one where it was deleted meanwhile, for no process starts in none."""
    try:
        os.getcwd()  # noqa: PTH109 - pathlib is not loaded yet
    except OSError:
        return os.path.dirname(sys.executable)  # noqa: PTH120
    return None
