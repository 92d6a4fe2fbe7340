"""Files of a cache that are either whole or not there: sealed with a digest, written beside and renamed."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

SEAL = 16
"""Bytes of the digest that a sealed file begins with."""


def read(path: Path) -> bytes | None:
    """What was sealed; None if there is no file, if it cannot be read or if a single bit of it changed."""
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    seal, data = whole[:SEAL], whole[SEAL:]
    return data if seal == _seal(data) else None


def write(path: Path, data: bytes) -> None:
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
