"""Files that a command reads and writes: ``-`` is a standard stream, what is written is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

STANDARD = Path("-")


def bytes_of(path: Path) -> bytes:
    """What is in a file, or in standard input.

    Raises:
        OSError: it cannot be read.
    """
    return sys.stdin.buffer.read() if path == STANDARD else path.read_bytes()


def unfit(path: Path) -> str:
    """Why no file can be there; empty where it may."""
    try:
        return "a folder" if path.is_dir() else "" if path.parent.is_dir() else "in no folder"
    except (OSError, ValueError) as error:  # behind a folder that may not be entered; a name with a zero byte
        return getattr(error, "strerror", None) or str(error)


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files beside where they go and then move them there: until all are written, all that was there stays.

    What is no file (a device, a pipe) is written into and never replaced; a link stays, and what it leads to is new.

    Raises:
        OSError: something cannot be written; then no file has changed.
        ValueError: a path with a zero byte.
    """
    streams = [path for path in files if path.exists() and not path.is_file() and not path.is_dir()]
    places = {path: Path(os.path.realpath(path)) for path in files if path not in streams}
    beside = {place: place.with_name(f".{place.name}.{os.getpid()}") for place in places.values()}
    try:
        for path, place in places.items():
            beside[place].write_bytes(files[path])
            if place.exists():
                shutil.copymode(place, beside[place])
        for path in streams:
            with path.open("wb", buffering=0) as stream:
                stream.write(files[path])
        for path, written in beside.items():
            written.replace(path)
    finally:
        for written in beside.values():
            with contextlib.suppress(OSError, ValueError):
                written.unlink(missing_ok=True)
