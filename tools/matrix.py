"""Try versions: ``make matrix`` makes an environment with the lowest that pyproject.toml allows and runs tests in it.

``python -m tools.matrix lowest`` takes the lower bound of every library of the program, ``newest`` whatever pip finds
newest. Both prove every question and run the tests of what leans on libraries. ``--torch 2.9.0`` and
``--python python3.13`` try others. What the tests themselves need comes as in `constraints.txt`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = [
    *("tests/answers", "tests/bank", "tests/export", "tests/hooks", "tests/labs", "tests/learning", "tests/log"),
    *("tests/question", "tests/session", "tests/telling", "tests/view", "tests/commands/test_cli.py"),
    *("tests/proof/test_recorded.py", "tests/proof/test_runner.py"),
]
"""What leans on libraries: reading and writing, screens, exports, hooks and labs."""

OURS = (
    "pytest",
    "pytest-xdist",
    "hypothesis",
    "pexpect",
    "markdown-it-py",
    "mdit-py-plugins",
    "jsonschema",
    "hatchling",
)
"""What of the libraries for tests is needed for those."""


def needed() -> list[str]:
    """The requirements of the program and of its proofs, as pyproject.toml has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["proof"]]


def pinned(requirement: str, resolution: str, torch: str = "") -> str:
    """A requirement with the one version to try, or without any."""
    name = re.split(r"[<>=!~;\[ ]", requirement)[0]
    if name == "torch" and torch:
        return f"torch=={torch}"
    (bound,) = re.findall(r">=([\w.]+)", requirement)
    return f"{name}=={bound}" if resolution == "lowest" else name


def main() -> int:
    """Make the environment, run the tests in it; the status is theirs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("resolution", choices=["lowest", "newest"], nargs="?", default="lowest")
    parser.add_argument("--python", default=sys.executable, help="which Python to try")
    parser.add_argument("--torch", default="", help="which torch to try")
    parser.add_argument("--folder", type=Path, help="where the environment is made and kept")
    parser.add_argument("tests", nargs="*", default=TESTS)
    options = parser.parse_intermixed_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        subprocess.run([options.python, "-m", "venv", folder], check=True)
        python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        install = [python, "-m", "pip", "install", "--quiet"]
        wanted = [pinned(each, options.resolution, options.torch) for each in needed()]
        print("trying", *wanted, flush=True)
        subprocess.run([*install, *wanted], check=True)
        pins = dict(line.split("==") for line in constraints())
        subprocess.run([*install, *(f"{name}=={pins[name]}" for name in OURS)], check=True)
        subprocess.run([*install, "--no-deps", "-e", ROOT], check=True)
        quizlab = [python, "-m", "quizlab"]
        proved = subprocess.run([*quizlab, "verify", "--all"], cwd=ROOT, check=False)
        drawn = subprocess.run([*quizlab, "verify", "lab3", "lab4", "--variants", "3"], cwd=ROOT, check=False)
        tested = subprocess.run([python, "-m", "pytest", "-n", "2", *options.tests], cwd=ROOT, check=False)
    return proved.returncode or drawn.returncode or tested.returncode


def constraints() -> list[str]:
    """The pins of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "==" in line and not line.startswith("#")]


if __name__ == "__main__":
    sys.exit(main())
