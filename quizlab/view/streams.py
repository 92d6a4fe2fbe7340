"""Standard streams as they are found: closed, full, or with a reader that left."""

from __future__ import annotations

import contextlib
import errno
import os
import sys

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EIO, errno.EFBIG, errno.EBADF)
"""What writing to a stream fails with when the disk behind it takes no more."""

DIGITS = 4
"""Of the columns that a terminal may have at most."""


def opened() -> None:
    """Streams that were closed stand open on nothing: input at its end, output that goes nowhere.

    In their order, so that each gets its own number and no file opened later is taken for a stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            with contextlib.suppress(OSError):
                setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - for the whole process


def refused(error: Exception) -> OSError | None:
    """The error with which standard output refused what was written to it, if that is what this error is."""
    if not isinstance(error, OSError):
        return None
    try:
        sys.stdout.flush()  # what it could not write is still waiting
    except OSError as again:
        return again
    except ValueError:  # closed meanwhile
        return error
    return error if error.errno in FULL and error.filename is None else None


def silence(name: str) -> None:
    """What a stream holds or gets from now on goes nowhere: nothing is said of it again at exit."""
    with contextlib.suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), getattr(sys, name).fileno())


def measured() -> None:
    """A size of the terminal in the environment that is no size of any terminal is as if it were not there."""
    for name in ("COLUMNS", "LINES"):
        said = os.environ.get(name, "1").strip()
        if not (said.isascii() and said.isdecimal() and len(said) <= DIGITS and int(said)):
            del os.environ[name]
