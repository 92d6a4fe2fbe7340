"""Whether torch is there: not at all, on its way, or to be tried.

Who starts quizlab may have torch installed meanwhile (`start.py` does). What installs it keeps a file beside the
environment as long as it works, and writes it anew every second; so one that was killed is not waited for. Until it
is done torch is not touched: half of it would break, or would be taken for the whole.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import time
from pathlib import Path
from typing import Literal

from quizlab.model import Problem

FILE = "quizlab-torch.json"
"""In the folder of the environment: ``{"state": "arriving" | "arrived" | "failed", "why": …, "log": …}``."""

QUIET = 20.0
"""Seconds after which an installation that says nothing of itself has ended."""

State = Literal["absent", "arriving", "there"]


def state() -> State:
    """Whether it is worth trying to load torch now."""
    if arriving():
        return "arriving"
    importlib.invalidate_caches()
    try:
        return "there" if importlib.util.find_spec("torch") else "absent"
    except (ImportError, ValueError):  # something called torch is there; the worker will say what is wrong with it
        return "there"


def arriving(folder: Path | None = None) -> bool:
    """Whether torch is being installed into this environment right now."""
    path = (folder or Path(sys.prefix)) / FILE
    try:
        return time.time() - path.stat().st_mtime < QUIET and _told(path).get("state") == "arriving"
    except OSError:
        return False


def ended(folder: Path | None = None) -> Problem | None:
    """How the installation that was on its way ended, as what there is to say of it; None if nothing is known."""
    told = _told((folder or Path(sys.prefix)) / FILE)
    if told.get("state") == "arrived":
        return Problem("torch_arrived")
    return Problem("torch_failed", {"why": told.get("why") or "prekinuto", "log": told.get("log") or "–"})


def _told(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
