"""Start practising from nothing: ``python start.py [lab4]``, which is all that ``make practice`` does.

The first time it makes .venv and installs quizlab there without PyTorch, so that the first question comes soon, and
has PyTorch installed in the background meanwhile. A PyTorch that the Python running this already has is used instead
of another one: a .pth file puts its folder last on the path of .venv. (``venv --system-site-packages`` would do for
the system's Python only, not for that of conda or of another environment.) Needs nothing but Python.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
INSTALLED = VENV / ".installed"
STATE = VENV / "quizlab-torch.json"  # quizlab/proof/presence.py reads it
LOG = VENV / "torch.log"
YOURS = "quizlab-torch-of-yours.pth"
QUIET = 20.0
LIBRARIES = ("torch", "numpy", "matplotlib")
LOADS = "import torch, numpy; torch.ones(1).numpy()"

CPU = "https://download.pytorch.org/whl/cpu"
"""PyTorch's own address of builds without CUDA: on Linux a tenth of what PyPI's build brings along."""


def main() -> int:
    """Set up what is missing and practise; Ctrl-C is a way to leave, not an error."""
    arguments = sys.argv[1:]
    if sys.version_info < (3, 11):  # whoever runs this may have an older one
        print("Treba Python 3.11 ili noviji, a ovo je {}.{}.".format(*sys.version_info[:2]))
        return 1
    if arguments == ["--fetch"]:
        return fetch()
    if arguments == ["--wait"]:
        while arriving():
            time.sleep(0.5)
        return 0
    try:
        set_up()
    except KeyboardInterrupt:
        print("\nPrekinuto.")
        return 0
    except subprocess.CalledProcessError:
        print("Postavljanje nije uspjelo; razlog piše gore. Pokušaj ponovno kad bude mreže.")
        return 1
    if not there() and not arriving():
        begin_fetching()
    return practise(arguments or ["lab4"])


def set_up() -> None:
    """Make .venv and install quizlab there, unless what it is made from is older than it."""
    sources = [ROOT / "pyproject.toml", ROOT / "constraints.txt"]
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= max(each.stat().st_mtime for each in sources):
        return
    print("Postavljam quizlab (oko 70 MB) …", flush=True)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip("-c", "constraints.txt", "-e", ".")
    link_yours()
    INSTALLED.touch()


def pip(*arguments: str) -> None:
    """Install into .venv."""
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([str(PYTHON), "-m", "pip", "install", *quiet, *arguments], cwd=ROOT, check=True)


def link_yours() -> None:
    """Let .venv see the PyTorch of the Python that runs this, if it has one that is new enough."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    try:
        (lowest,) = re.findall(r'"torch>=([\d.]+)', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        found = importlib.metadata.distribution("torch")
        folder = Path(str(found.locate_file("")))
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return
    if numbers(found.version) >= numbers(lowest) and (folder / "torch").is_dir():
        encoding = "utf-8" if sys.version_info >= (3, 13) else "locale"  # as Python reads such files
        (site_packages() / YOURS).write_text(f"{folder.resolve()}\n", encoding=encoding)


def numbers(version: str) -> list[int]:
    """«2.13.0+cpu» as numbers to compare."""
    return [int(each) for each in re.findall(r"\d+", version.partition("+")[0])[:2]]


def site_packages() -> Path:
    """Where .venv keeps its packages; it was made by the Python that runs this, or by one like it."""
    (found,) = [*VENV.glob("lib/python*/site-packages"), *VENV.glob("Lib/site-packages")][:1]
    return found


def there() -> bool:
    """Whether a whole PyTorch is there: installed here to the end, or the student's own; nothing is loaded."""
    ended = told().get("state") if STATE.exists() else ""
    whole = [*site_packages().glob("torch-*.dist-info/RECORD"), site_packages() / YOURS]
    return ended in ("", "arrived") and any(each.exists() for each in whole)


def told() -> dict[str, str]:
    """What was last said of the installation of PyTorch."""
    try:
        return dict(json.loads(STATE.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def arriving() -> bool:
    """Whether PyTorch is being installed right now."""
    try:
        return time.time() - STATE.stat().st_mtime < QUIET and told().get("state") == "arriving"
    except OSError:
        return False


def begin_fetching() -> None:
    """Have PyTorch installed by a process of its own, which a Ctrl-C here does not reach."""
    tell("arriving")
    apart = {"creationflags": 0x00000208} if WINDOWS else {"start_new_session": True}  # detached, a group of its own
    nothing = subprocess.DEVNULL
    command = [str(PYTHON), str(ROOT / "start.py"), "--fetch"]
    subprocess.Popen(command, cwd=ROOT, stdin=nothing, stdout=nothing, stderr=nothing, **apart)


def fetch() -> int:
    """Install PyTorch, saying every second that it is still on its way, and try to load it."""
    done = threading.Event()

    def say() -> None:
        while not done.wait(1.0):
            tell("arriving")

    saying = threading.Thread(target=say, daemon=True)
    tell("arriving")
    saying.start()
    why = ""
    try:
        with LOG.open("w", encoding="utf-8") as log:
            why = install(log)
    except OSError as error:
        why = str(error)
    done.set()
    saying.join()
    tell("failed" if why else "arrived", why)
    return 1 if why else 0


def install(log: TextIO) -> str:
    """Install PyTorch unless one is there that loads; why it failed, or nothing."""
    yours = site_packages() / YOURS
    present = yours.exists() or any(site_packages().glob("torch*"))
    if present and loads(log):
        return ""
    yours.unlink(missing_ok=True)
    again = ["--force-reinstall"] if any(site_packages().glob("torch-*.dist-info")) else []
    # --no-compile: thousands of files of PyTorch that no proof needs are not compiled; the others are, when imported
    options = [*again, *cpu(), "--no-compile", "--disable-pip-version-check", "--progress-bar", "off"]
    command = [str(PYTHON), "-m", "pip", "install", *options, "-c", "constraints.txt", *LIBRARIES]
    if subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False).returncode:
        return "instalacija nije uspjela"
    return "" if loads(log) else "instaliran je, ali se ne učitava"


def loads(log: TextIO) -> bool:
    """Whether PyTorch can be loaded in .venv, in a process of its own."""
    return subprocess.run([str(PYTHON), "-P", "-c", LOADS], stdout=log, stderr=log, check=False).returncode == 0


def cpu() -> list[str]:
    """On Linux, the builds without CUDA; who has set up an index of their own knows where theirs come from."""
    listed = subprocess.run([str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    own = re.search(r"index-url|find-links|no-index|constraint", listed.stdout)
    named = any(each in os.environ for each in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"))
    return [] if own or named or not sys.platform.startswith("linux") else ["--extra-index-url", CPU]


def tell(state: str, why: str = "") -> None:
    """Keep what there is to say of the installation where quizlab looks for it."""
    beside = STATE.with_suffix(".new")
    beside.write_text(json.dumps({"state": state, "why": why, "log": str(shown(LOG))}), encoding="utf-8")
    for _ in range(20):
        try:
            beside.replace(STATE)
            return
        except PermissionError:  # on Windows while quizlab reads it
            time.sleep(0.05)


def practise(arguments: list[str]) -> int:
    """Run a session, and say how to go on from here."""
    quizlab = BIN / "quizlab"
    session = subprocess.Popen([str(quizlab), "practice", *arguments])
    while session.returncode is None:
        try:
            session.wait()
        except KeyboardInterrupt:  # quizlab has its own way with Ctrl-C
            continue
    print(f"\nSve naredbe: {shown(quizlab)} --help")
    if arriving():
        print(f"PyTorch još stiže u pozadini; što radi, piše u {shown(LOG)}.")
    return 0 if session.returncode in (0, 130, -2) else session.returncode


def shown(path: Path) -> str:
    """A path as it can be typed here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


if __name__ == "__main__":
    sys.exit(main())
