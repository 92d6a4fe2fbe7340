"""The snippet of a proof is run, and what is shown as its output is what it printed.

A hook writes down what it measured on the lab. The snippet computes the same without the lab, so where the two differ
the lab and plain PyTorch disagree: what the hook measured is kept beside what was printed, and the judge says so.
"""

from __future__ import annotations

import contextlib
import decimal
import io
import sys
import types
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizlab.model import Snippet
from quizlab.proof.outputs import alike

if TYPE_CHECKING:
    import torch

NAME = "<isječak>"
"""The file that a snippet seems to be, in a traceback."""


class SnippetError(Exception):
    """A snippet broke off.

    Args:
        line: the line of its code; 0 where that is not known.
    """

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def ran(snippet: Snippet) -> Snippet:
    """A snippet with what it printed, and with what the lab measured where that is something else.

    Raises:
        SnippetError: it broke off; the cause is what it raised.
    """
    found = printed(snippet.code)
    if found.strip() == snippet.prints.strip():
        return snippet
    if alike(found, snippet.prints):
        return msgspec.structs.replace(snippet, prints=found, measured=None)
    return Snippet(snippet.code, found, snippet.prints)


def printed(code: str) -> str:
    """What a snippet prints, in a namespace of its own; it leaves no seed, setting or mode behind.

    A snippet that draws without a seed gets the same numbers every time.

    Raises:
        SnippetError: it broke off; the cause is what it raised.
    """
    said = io.StringIO()
    try:
        with _apart() as namespace, contextlib.redirect_stdout(said):
            exec(compile(code, NAME, "exec", dont_inherit=True), namespace)
    except BaseException as error:  # SystemExit, too: whoever pastes it would see nothing
        raise SnippetError(_line(error)) from error
    return said.getvalue()


@contextlib.contextmanager
def _apart() -> Iterator[dict[str, object]]:
    """A main module of the snippet's own; random generators and settings are put back behind it."""
    import numpy as np
    import torch

    from quizlab.hooks.common import seeded
    from quizlab.hooks.compiler import without_compiler

    main, before = types.ModuleType("__main__"), sys.modules["__main__"]
    kind, device, printing = torch.get_default_dtype(), _device(), np.get_printoptions()
    threads, strict = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    with seeded(0), decimal.localcontext(decimal.Context()), np.errstate(), torch.enable_grad(), without_compiler():
        sys.modules["__main__"] = main  # where pickle looks for classes
        try:
            yield main.__dict__
        finally:
            sys.modules["__main__"] = before
            torch.set_default_dtype(kind)
            torch.set_printoptions(profile="default")  # type: ignore[no-untyped-call]
            np.set_printoptions(**printing)
            if _device() != device:
                torch.set_default_device(None)
            if torch.get_num_threads() != threads:
                torch.set_num_threads(threads)
            if torch.are_deterministic_algorithms_enabled() != strict:  # setting it loads torch's compiler
                torch.use_deterministic_algorithms(strict)


def _device() -> torch.device:
    """Where tensors are made; `torch.get_default_device` of 2.6 breaks once a default was taken back."""
    import torch

    return torch.empty(0).device


def _line(error: BaseException) -> int:
    """The line of the snippet in which it broke off."""
    if isinstance(error, SyntaxError) and error.filename == NAME:
        return error.lineno or 0
    at, line = error.__traceback__, 0
    while at:
        if at.tb_frame.f_code.co_filename == NAME:
            line = at.tb_lineno
        at = at.tb_next
    return line
