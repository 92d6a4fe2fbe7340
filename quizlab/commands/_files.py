"""Files that a command reads and writes: ``-`` is a standard stream, what is written is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

STANDARD = Path("-")


def text_of(path: Path) -> str:
    """The text of a file, or of standard input.

    Raises:
        OSError: it cannot be read.
        UnicodeDecodeError: it is not UTF-8.
    """
    return (sys.stdin.buffer.read() if path == STANDARD else path.read_bytes()).decode("utf-8-sig")


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files beside where they go and then move them there: until all are written, all that was there stays.

    What stands there and is no file (a device, a pipe) is written to, and a link stays the link that it is.

    Raises:
        OSError: something cannot be written; then nothing has changed.
        ValueError: a path with a zero byte.
    """
    places = {path: Path(os.path.realpath(path)) if path.is_symlink() else path for path in files}
    straight = [path for path, place in places.items() if place.exists() and not (place.is_file() or place.is_dir())]
    beside = {
        place: place.with_name(f".{place.name}.{os.getpid()}") for path, place in places.items() if path not in straight
    }
    try:
        for path, data in files.items():
            (path if path in straight else beside[places[path]]).write_bytes(data)
        for path, written in beside.items():
            written.replace(path)
    finally:
        for written in beside.values():
            with contextlib.suppress(OSError, ValueError):
                written.unlink(missing_ok=True)
