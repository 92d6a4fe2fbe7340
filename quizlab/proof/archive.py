"""Evidence computed once: kept under all that it depends on, so that it cannot be stale.

A hook's evidence depends on its name, its parameters, the modules that were really imported to compute it, the data
of its lab, and the versions of Python and torch. Only evidence is kept; judging is cheap and done anew. Any trouble
with the cache is ignored.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import platform
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import msgspec

from quizlab import home
from quizlab.hooks import registry
from quizlab.model import Evidence, Given
from quizlab.proof import sources
from quizlab.proof.budget import Budget
from quizlab.proof.source import Source
from quizlab.proof.worker import Reply

GENERATIONS = 3
"""So many states of installation and versions are kept at once."""


class Kept(msgspec.Struct, frozen=True):
    """Evidence with what it was computed with and how long that took."""

    evidence: Evidence
    seconds: float
    versions: dict[str, str]
    sources: dict[str, str]


class Archive:
    """Runs hooks for `quizlab.proof.verify`: what is kept is taken, what is not is computed by a worker and kept.

    What was recorded in place of being computed is not kept. Use as a context manager, which ends the worker.

    Args:
        cache: the folder of caches; None keeps nothing.

    Raises:
        QuizlabError: the time limit set for proofs is no number.
    """

    def __init__(self, cache: Path | None) -> None:
        self.versions: dict[str, str] = {}
        self._folder = folder(cache) if cache else None
        self._source = Source()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._source.close()

    def run(self, hook: str, params: Mapping[str, Given], budget: Budget | None = None) -> Reply:
        """The reply of a hook; a failure is never kept, and what is kept takes nothing from the budget."""
        path = self._folder / entry(hook, params) if self._folder else None
        if path and (kept := recalled(path)):
            self.versions = self.versions or kept.versions
            return Reply(0, kept.seconds, kept.evidence)
        reply = self._source.run(hook, params, budget)
        self.versions = self._source.versions or self.versions
        if path and reply.evidence and not reply.recorded and all(reply.sources.values()):
            keep(path, Kept(reply.evidence, reply.seconds, self.versions, reply.sources))
        return reply


def entry(hook: str, params: Mapping[str, Given]) -> str:
    """The name of the file with the evidence of a hook for these parameters, of a lab that lies where it does."""
    data = msgspec.json.encode([hook, dict(params), _places(registry.lab_of(hook))], order="sorted")
    return hashlib.blake2b(data, digest_size=16).hexdigest() + ".evidence"


@functools.cache
def _places(lab: str) -> list[str]:
    """Where a lab lies: the evidence of one that was moved is not that of what lies elsewhere now."""
    return [
        os.fsencode(path).hex() for one in registry.labs() if one.lab.name == lab for path in registry.places(one.lab)
    ]


def recalled(path: Path) -> Kept | None:
    """The evidence that was kept; None if there is none, if its sources changed or anything is wrong with it."""
    data = home.read_sealed(path)
    try:
        kept = msgspec.msgpack.decode(data, type=Kept) if data else None
    except msgspec.MsgspecError:
        return None
    return kept if kept and sources.unchanged(kept.sources) else None


def keep(path: Path, kept: Kept) -> None:
    """Keep evidence; with the first of a new state the oldest states go."""
    try:
        if not path.parent.is_dir():
            for old in _states(path.parent.parent)[GENERATIONS - 1 :]:
                shutil.rmtree(old, ignore_errors=True)
        home.write_sealed(path, msgspec.msgpack.encode(kept))
    except (OSError, UnicodeEncodeError):  # a disk that refuses; a text that is none
        return


def folder(cache: Path) -> Path:
    """Where evidence of this installation and the present versions is kept.

    Without torch nothing can be computed, so whatever torch computed here is better than nothing.
    """
    root = cache / "evidence"
    here = hashlib.blake2b(os.fsencode(registry.PACKAGE), digest_size=6).hexdigest()
    try:
        torch = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return next((each for each in _states(root) if each.name.startswith(f"{here}-")), root / here)
    return root / f"{here}-{platform.python_version()}-{torch}"


def _states(root: Path) -> list[Path]:
    """The folders of all states, the newest first."""
    try:
        found = [(each.stat().st_mtime_ns, each) for each in root.iterdir() if each.is_dir()]
    except OSError:
        return []
    return [each for _, each in sorted(found, reverse=True)]
