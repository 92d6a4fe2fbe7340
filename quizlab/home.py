"""Where quizlab keeps what it remembers of a student, and files of its cache that are either whole or not there."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import re
from pathlib import Path

from quizlab.errors import QuizlabError

VARIABLE = "QUIZLAB_HOME"

RECALLED = "prisjecanja.yaml"
"""The file in the data folder with what was remembered after a blic."""

UNKNOWN = re.compile(r"~|\$\{?[A-Za-z_]|%[A-Za-z_]+%")
"""How a path begins whose user or variable is not known here: it would be a folder of that name wherever one stands."""

SEAL = 16
"""Bytes of the digest that a sealed file begins with."""


def data_folder() -> Path:
    """The data folder: ``QUIZLAB_HOME`` if it is set, otherwise the platform's usual place.

    The folder need not exist yet.

    Raises:
        QuizlabError: this account has no home folder to put it in, or the variable names one that is not known.
    """
    if named := os.environ.get(VARIABLE):
        meant = expanded(os.path.expandvars(named))  # a file of settings may have left both as they are
        if UNKNOWN.match(meant) and not os.path.lexists(meant):
            raise QuizlabError("home_unknown", {"variable": VARIABLE, "path": meant})
        return Path(meant).absolute()
    import platformdirs

    try:
        folder = platformdirs.user_data_path("quizlab", appauthor=False)
    except (RuntimeError, KeyError):  # no HOME, and no such user in the system's list
        folder = Path("~")
    if not folder.is_absolute():
        raise QuizlabError("no_home", {"variable": VARIABLE})
    return folder


def expanded(path: str) -> str:
    """A path with the folder that a ``~`` at its beginning stands for, unless something is really called so."""
    if not path.startswith("~") or os.path.lexists(path):
        return path
    return os.path.expanduser(path)  # noqa: PTH111 - it leaves alone what is no user, and text that is no path


def legible(text: str) -> str:
    """A name or an argument as text that can be written anywhere: U+FFFD for each byte that is no UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if not text.isascii() else text


def in_utf16(data: bytes) -> str | None:
    """The text of what a spreadsheet or an editor of Windows saved as «Unicode»; None where it is not that."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    return data.decode("utf-16", "replace").removeprefix("\ufeff")


def there(path: Path) -> bool:
    """Whether a file is there as far as it can be seen: none is behind a folder that may not be entered."""
    try:
        return path.exists()
    except OSError:
        return False


def cache_folder() -> Path | None:
    """Where checked banks are kept in binary form; None when there is no place for it."""
    try:
        return data_folder() / "cache"
    except QuizlabError:
        return None


def read_sealed(path: Path) -> bytes | None:
    """What was sealed; None if there is no file, if it cannot be read or if a single bit of it changed."""
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    seal, data = whole[:SEAL], whole[SEAL:]
    return data if seal == _seal(data) else None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file of the data folder whole or not at all.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def write_sealed(path: Path, data: bytes) -> None:
    """Seal data in a file, so that two quizlabs at once never read half of it; without room or right, do nothing."""
    beside = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(_seal(data) + data)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=SEAL).digest()
