"""Evidence computed once: kept under all that it depends on, so that it cannot be stale.

A hook's evidence depends on its name, its parameters, the source of hooks and labs, and the versions of Python and
torch. Only evidence is kept; judging is cheap and done anew. Any trouble with the cache is ignored.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import platform
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

import msgspec

from quizlab import checked_file
from quizlab.model import Atom, Evidence
from quizlab.proof.runner import Worker, time_limit
from quizlab.proof.worker import Reply

PACKAGE = Path(__file__).resolve().parent.parent
SOURCES = ("hooks/**/*", "*.py", "question/texts.py", "proof/worker.py")
"""What of quizlab evidence depends on; the labs are added to it."""

GENERATIONS = 3
"""So many states of source and versions are kept at once."""


class Kept(msgspec.Struct, frozen=True):
    """Evidence with what it was computed with and how long that took."""

    evidence: Evidence
    seconds: float
    versions: dict[str, str]


class Archive:
    """Runs hooks for `quizlab.proof.verify`: what is kept is taken, what is not is computed by a worker and kept.

    The worker starts with the first hook that is not kept. Use as a context manager, which ends it.

    Args:
        cache: the folder of caches; None keeps nothing.

    Raises:
        QuizlabError: the time limit set for proofs is no number.
    """

    def __init__(self, cache: Path | None) -> None:
        self.versions: dict[str, str] = {}
        self._folder = folder(cache) if cache else None
        self._limit = time_limit()
        self._worker: Worker | None = None

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._worker:
            self._worker.close()

    def run(self, hook: str, params: Mapping[str, Atom]) -> Reply:
        """The reply of a hook; a failure is never kept."""
        path = self._folder / entry(hook, params) if self._folder else None
        if path and (kept := recalled(path)):
            self.versions = self.versions or kept.versions
            return Reply(0, kept.seconds, kept.evidence)
        if self._worker is None:
            self._worker = Worker(self._limit)
        reply = self._worker.run(hook, params)
        self.versions = self._worker.versions or self.versions
        if path and reply.evidence:
            keep(path, Kept(reply.evidence, reply.seconds, self._worker.versions))
        return reply


def entry(hook: str, params: Mapping[str, Atom]) -> str:
    """The name of the file with the evidence of a hook for these parameters."""
    data = msgspec.json.encode([hook, dict(params)], order="sorted")
    return hashlib.blake2b(data, digest_size=16).hexdigest() + ".evidence"


def recalled(path: Path) -> Kept | None:
    """The evidence that was kept; None if there is none or anything is wrong with it."""
    data = checked_file.read(path)
    try:
        return msgspec.msgpack.decode(data, type=Kept) if data else None
    except msgspec.MsgspecError:
        return None


def keep(path: Path, kept: Kept) -> None:
    """Keep evidence; with the first of a new state of source or versions the oldest states go."""
    try:
        if not path.parent.is_dir():
            for old in _states(path.parent.parent)[GENERATIONS - 1 :]:
                shutil.rmtree(old, ignore_errors=True)
        checked_file.write(path, msgspec.msgpack.encode(kept))
    except (OSError, UnicodeEncodeError):  # a disk that refuses; a text that is none
        return


def folder(cache: Path) -> Path:
    """Where evidence of the present source and versions is kept.

    Without torch nothing can be computed, so whatever torch computed from this source is better than nothing.
    """
    root = cache / "evidence"
    state = source()
    try:
        torch = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return next((each for each in _states(root) if each.name.startswith(f"{state}-")), root / state)
    return root / f"{state}-{platform.python_version()}-{torch}"


def _states(root: Path) -> list[Path]:
    """The folders of all states, the newest first."""
    try:
        found = [(each.stat().st_mtime_ns, each) for each in root.iterdir() if each.is_dir()]
    except OSError:
        return []
    return [each for _, each in sorted(found, reverse=True)]


def source() -> str:
    """A digest of all source that evidence is computed by: hooks and labs with their data, whatever is imported."""
    code = hashlib.blake2b(digest_size=12)
    for root, path in _sources():
        try:
            data = path.read_bytes()
        except OSError:
            continue
        code.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode("utf-8", "surrogateescape"))
        code.update(data)
    return code.hexdigest()


def _sources() -> Iterator[tuple[Path, Path]]:
    spec = importlib.util.find_spec("labs")
    labs = [Path(each) for each in spec.submodule_search_locations or ()] if spec else []
    for root, pattern in [(PACKAGE, each) for each in SOURCES] + [(each, "**/*") for each in labs]:
        for path in sorted(root.glob(pattern)):
            if "__pycache__" not in path.parts and path.is_file():
                yield root, path
