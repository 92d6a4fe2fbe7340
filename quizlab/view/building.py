"""A built model on screen: layers, tensors, buffers, what must be noticed, a snippet; or two of them compared."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence

from quizlab.model import Evidence, Table
from quizlab.view import blocks, finding, tables
from quizlab.view.paragraphs import caption
from quizlab.view.screen import Screen


@contextlib.contextmanager
def progress(*, quiet: bool) -> Iterator[None]:
    """That something is being built, on a terminal's standard error."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status("gradim model"):
        yield


def one(screen: Screen, found: Evidence) -> None:
    """One model whole."""
    blocks.evidence(screen, found, whole=True)
    finding.snippet(screen, found.snippet)


def both(screen: Screen, found: Sequence[Evidence], heads: Sequence[str], compared: Sequence[Table]) -> None:
    """Two models: the layers of each, what differs, and a snippet of each."""
    for evidence, head in zip(found, heads, strict=True):
        screen.gap()
        caption(screen, f"{head}:" if screen.plain else head, "bold")
        blocks.evidence(screen, evidence, whole=False)
    for table in compared:
        screen.gap()
        tables.table(screen, table)
    for evidence in found:
        finding.snippet(screen, evidence.snippet)
