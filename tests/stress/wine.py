"""A Windows Python under Wine: ``python -m tests.stress.wine FOLDER`` prepares one, `Windows` runs quizlab in it.

There is no Windows Python on the package index as such, but one lies inside the Windows wheel of panda3d, which brings
it for programs made with panda3d: `python311.dll` with its extension modules. Around it go the standard library of a
CPython 3.11 of this machine, the Windows wheels of what quizlab needs, and a `python.exe` of three lines. It takes
Wine for 64 bits, a compiler for Windows (Debian: `wine64`, `gcc-mingw-w64-x86-64`), about 80 MB of downloads and half a
minute. The trials find the folder by ``QUIZLAB_WINE``. Torch is not among them: Wine 8 lacks what torch 2.13 calls.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = "QUIZLAB_WINE"
PANDA = "panda3d==1.10.16"
"""The last one whose wheel for Python 3.11 is made with 3.11.9."""

READY = "ready.txt"
"""In a prepared folder: what was put into it."""

COMPILER = "x86_64-w64-mingw32-gcc"

LAUNCHER = """
#include <windows.h>
#include <wchar.h>
int wmain(int count, wchar_t **words) {
    HMODULE python = LoadLibraryW(L"python311.dll");
    int (*start)(int, wchar_t **) = python ? (void *)GetProcAddress(python, "Py_Main") : 0;
    return start ? start(count, words) : 99;
}
"""

RANDOM = """
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
"""
"""What compiled extensions of today ask of `bcryptprimitives.dll`, which this Wine lacks."""

OLDER = ("    def invalidate_caches(cls):", "    @classmethod\n    def invalidate_caches(cls):")
"""A line of `importlib.metadata` as a library before 3.11.8 has it, and as the interpreter of 3.11.9 calls it."""


def found() -> Path | None:
    """The prepared folder, if there is one and Wine to run it."""
    folder = os.environ.get(VARIABLE, "")
    ready = bool(folder) and shutil.which("wine") is not None and (Path(folder) / READY).is_file()
    return Path(folder).absolute() if ready else None


def windows_path(path: Path) -> str:
    """How a program under Wine calls a file of this machine."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


class Windows:
    """The prepared Windows Python.

    Args:
        folder: where it was prepared.
    """

    def __init__(self, folder: Path) -> None:
        self.python = folder / "python" / "python.exe"
        self._folder = folder

    def environment(self, home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of a student at a Windows machine, with a data folder of its own."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return {
            **kept,
            "WINEPREFIX": str(self._folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "PYTHONPATH": windows_path(ROOT),
            "PYTHONPYCACHEPREFIX": windows_path(self._folder / "compiled"),
            "QUIZLAB_HOME": windows_path(home),
            "OMP_NUM_THREADS": "1",
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            **(more or {}),
        }

    def run(
        self,
        *arguments: str,
        home: Path,
        typed: bytes = b"",
        more: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        timeout: float = 120.0,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run Python there with streams that are pipes."""
        return subprocess.run(
            ["wine", self.python, *arguments],
            input=typed,
            capture_output=True,
            env=self.environment(home, more),
            cwd=cwd,
            timeout=timeout,
            check=False,
        )

    def stop(self) -> None:
        """End what Wine left running."""
        subprocess.run(["wineserver", "-k"], env=self.environment(self._folder), check=False, capture_output=True)


def requirements() -> list[str]:
    """What quizlab needs there; what its libraries need on Windows alone is named, for pip thinks of this machine."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], "colorama", "tzdata"]


def fetch(folder: Path, what: Sequence[str], *options: str) -> None:
    """Install Windows wheels into a folder.

    Raises:
        subprocess.CalledProcessError: they cannot be had; pip says why.
    """
    wheels = ["--platform", "win_amd64", "--python-version", "3.11", "--only-binary", ":all:"]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
    subprocess.run([*pip, *wheels, *options, *what], check=True)


def compile_c(source: str, target: Path, *options: str) -> None:
    """Compile for Windows."""
    subprocess.run([COMPILER, "-O2", *options, "-o", target, "-x", "c", "-"], input=source.encode(), check=True)


def library_of_python(python: str) -> Path:
    """The standard library of a CPython 3.11.

    Raises:
        ValueError: it is another version.
    """
    asked = "import sys, sysconfig; print(*sys.version_info[:2], sysconfig.get_path('stdlib'))"
    major, minor, path = subprocess.run(
        [python, "-c", asked], check=True, capture_output=True, encoding="utf-8"
    ).stdout.split(maxsplit=2)
    if (major, minor) != ("3", "11"):
        raise ValueError(f"{python} is {major}.{minor}; a Python 3.11 is needed (--python)")
    return Path(path.strip())


def prepare(folder: Path, python: str) -> None:
    """Make the Windows Python with all that quizlab needs in a folder.

    Raises:
        ValueError: Wine or the compiler is missing, or the Python is another version.
        subprocess.CalledProcessError: something cannot be fetched or compiled.
    """
    missing = [name for name in ("wine", COMPILER) if shutil.which(name) is None]
    if missing:
        raise ValueError("missing: " + ", ".join(missing))
    source, place = library_of_python(python), folder / "python"
    shutil.rmtree(place, ignore_errors=True)
    skipped = shutil.ignore_patterns(
        "site-packages", "test", "tests", "__pycache__", "lib-dynload", "config-*", "idlelib"
    )
    shutil.copytree(source, place / "Lib", ignore=skipped)
    metadata = place / "Lib" / "importlib" / "metadata" / "__init__.py"
    text = metadata.read_text(encoding="utf-8")
    if OLDER[1] not in text:
        metadata.write_text(text.replace(*OLDER), encoding="utf-8")
    with tempfile.TemporaryDirectory(dir=folder) as wheel:
        fetch(Path(wheel), [PANDA], "--no-deps")
        shutil.copytree(Path(wheel) / "deploy_libs", place / "DLLs")
    for name in ("python311.dll", "VCRUNTIME140.dll"):
        (place / "DLLs" / name).replace(place / name)
    for surplus in (place / "DLLs").glob("api-ms-win-*"):  # Wine has its own
        surplus.unlink()
    compile_c(LAUNCHER, place / "python.exe", "-municode")
    compile_c(RANDOM, place / "bcryptprimitives.dll", "-shared", "-ladvapi32")
    what = requirements()
    fetch(place / "Lib" / "site-packages", what, "-c", str(ROOT / "constraints.txt"))
    windows = Windows(folder)
    subprocess.run(["wineboot", "--init"], env=windows.environment(folder), check=True, capture_output=True)
    said = windows.run("-c", "import quizlab.cli, sys; print(sys.version)", home=folder).stdout.decode().strip()
    (folder / READY).write_text("\n".join([said, *what]) + "\n", encoding="utf-8")
    print(said)


def main() -> int:
    """Prepare a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default=sys.executable, help="a CPython 3.11 of this machine")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    try:
        prepare(options.folder.absolute(), options.python)
    except (ValueError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
