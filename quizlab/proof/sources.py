"""The files that a result was computed by: the modules that were really imported, with digests of their contents.

A result may be taken again as long as `unchanged` says so. Contents are compared, not times, so an edit that keeps time
and size is seen as well. What is third-party (torch, numpy) is told apart by its version only.
"""

from __future__ import annotations

import functools
import hashlib
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from quizlab.hooks import registry

STANDARD = tuple({sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")})
THIRD_PARTY = ("site-packages", "dist-packages")


@functools.cache
def digest(path: str) -> str:
    """A digest of a file, or of all files of a folder with their names; empty if there is none to read.

    Taken once in a process: a module is what it was when it was imported, whatever happens to its file later.
    """
    whole = hashlib.blake2b(digest_size=12)
    try:
        files = sorted(Path(path).rglob("*")) if Path(path).is_dir() else [Path(path)]
        for file in files:
            if "__pycache__" not in file.parts and not file.is_dir():
                data = file.read_bytes()
                whole.update(f"{file.relative_to(path).as_posix()} {len(data)}\n".encode("utf-8", "surrogateescape"))
                whole.update(data)
    except OSError:
        return ""
    return whole.hexdigest()


def unchanged(sources: Mapping[str, str]) -> bool:
    """Whether every file is what it was."""
    return all(known and digest(path) == known for path, known in sources.items())


class Imported:
    """What has been imported so far of quizlab, of the labs, and of whatever else is no installed library."""

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self._seen: set[str] = set()

    def now(self) -> dict[str, str]:
        """Path → digest of the files of all modules that are imported now; looks only at those that are new."""
        new = sys.modules.keys() - self._seen
        self._seen |= new
        for name in new:
            path = getattr(sys.modules.get(name), "__file__", None)
            # torch names files that there are not, without a folder
            if isinstance(path, str) and _ours(name, path) and Path(path).is_absolute():
                self.digests[path] = digest(path)
        return dict(self.digests)


def _ours(name: str, path: str) -> bool:
    if name.partition(".")[0] in _packages() or path.startswith(str(registry.PACKAGE)):
        return True
    return not path.startswith(STANDARD) and not any(each in path for each in THIRD_PARTY)


@functools.cache
def _packages() -> frozenset[str]:
    """The packages of quizlab and of the labs."""
    labs = [each.lab for each in registry.labs()]
    return frozenset(name.partition(".")[0] for lab in labs for name in (registry.OWN, lab.code, lab.hooks))


def data_of(lab: str) -> dict[str, str]:
    """Path → digest of the folders of a lab's code and hooks: whatever data they read lies there."""
    installed = [each.lab for each in registry.labs() if each.lab.name == lab]
    return {str(path): digest(str(path)) for one in installed for path in registry.places(one)}
