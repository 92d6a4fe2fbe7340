"""A student's own environment, with their packages: its Python can run quizlab, too."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path

FOLDERS = (".venv", "venv", "env")
PROGRAMS = (Path("bin", "python"), Path("Scripts", "python.exe"))
ABOVE = 2
"""So many folders above the student's are looked into besides."""


def python_of(path: Path) -> str:
    """The Python of an environment in a student's folder or near above it, as it is typed; empty if there is none."""
    folder = (path if path.is_dir() else path.parent).resolve()
    near = [folder, *folder.parents[:ABOVE]]
    found = (place / name / program for place, name, program in product(near, FOLDERS, PROGRAMS))
    python = next((str(each) for each in found if each.is_file()), "")
    home = str(Path.home()) + os.sep
    return f"~{os.sep}{python.removeprefix(home)}" if os.name != "nt" and python.startswith(home) else python
