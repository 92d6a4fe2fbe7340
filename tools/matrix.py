"""Try versions: ``make matrix`` makes an environment with the lowest that pyproject.toml allows and runs tests in it.

``python -m tools.matrix lowest`` takes the lower bound of every library of the program, ``newest`` whatever the package
index has newest. Both compute every proof that comes with quizlab and report where it drifts from what was recorded,
prove every question with a few of its variants, and run the tests of what leans on libraries. ``--torch 2.9.0`` and
``--python python3.13`` try others, ``--only drift`` leaves the tests out. Environments are kept under ``.matrix`` and
made again when what they should hold changes. Where uv is installed it fills them, otherwise pip.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".matrix"
WINDOWS = sys.platform == "win32"
TESTS = [
    *("tests/answers", "tests/bank", "tests/export", "tests/hooks", "tests/labs", "tests/learning", "tests/log"),
    *("tests/question", "tests/session", "tests/telling", "tests/view", "tests/proof"),
    "tests/commands/test_cli.py" if WINDOWS else "tests/commands",  # the others type into a POSIX terminal
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
"""What of the libraries for tests is needed for those; they come as in `constraints.txt`."""

STEPS = ("drift", "prove", "test")


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


def wanted(resolution: str, torch: str = "") -> list[str]:
    """All that an environment shall hold besides quizlab."""
    pins = dict(line.split("==") for line in constraints())
    libraries = [pinned(each, resolution, torch) for each in needed()]
    return [*libraries, *(f"{name}=={pins[name]}" for name in OURS if not (WINDOWS and name == "pexpect"))]


def constraints() -> list[str]:
    """The pins of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "==" in line and not line.startswith("#")]


def environment(folder: Path, python: str, what: Sequence[str]) -> Path:
    """An environment with these libraries and this checkout: the Python in it. One that has them already is kept.

    Raises:
        subprocess.CalledProcessError: it cannot be made; what the installer said stands on the terminal.
    """
    found = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
    said = folder / "wanted.txt"
    text = "\n".join([python, *what]) + "\n"
    if found.exists() and said.exists() and said.read_text(encoding="utf-8") == text:
        return found
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([python, "-m", "venv", folder], check=True)
    install = [found, "-m", "pip", "install", "--quiet"]
    if uv := shutil.which("uv"):
        install = [Path(uv), "pip", "install", "--quiet", "--python", found]
    subprocess.run([*install, *what], check=True)
    subprocess.run([*install, "--no-deps", "-e", ROOT], check=True)
    said.write_text(text, encoding="utf-8")
    return found


def tried(python: Path, steps: Sequence[str], tests: Sequence[str]) -> dict[str, int]:
    """What came of each step: its exit status."""
    commands = {
        "drift": ["-m", "tools.drift"],
        "prove": ["-m", "quizlab", "verify", "--all", "--variants", "3"],
        "test": ["-m", "pytest", "-n", "2", *tests],
    }
    return {step: subprocess.run([python, *commands[step]], cwd=ROOT, check=False).returncode for step in steps}


def main() -> int:
    """Make the environment and try it; the status is 1 if anything in it failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("resolution", choices=["lowest", "newest"], nargs="?", default="lowest")
    parser.add_argument("--python", default=sys.executable, help="which Python to try")
    parser.add_argument("--torch", default="", help="which torch to try")
    parser.add_argument("--folder", type=Path, help="where the environment is made and kept")
    parser.add_argument("--only", choices=STEPS, action="append", help="leave the other steps out")
    parser.add_argument("tests", nargs="*", default=TESTS)
    options = parser.parse_intermixed_args()
    what = wanted(options.resolution, options.torch)
    name = "-".join(filter(None, [options.resolution, Path(options.python).name, options.torch]))
    print("trying", *what, flush=True)
    python = environment(options.folder or FOLDER / name, options.python, what)
    outcomes = tried(python, options.only or STEPS, options.tests)
    print(*(f"{step}: {'failed' if status else 'passed'}" for step, status in outcomes.items()), sep="\n")
    return int(any(outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
