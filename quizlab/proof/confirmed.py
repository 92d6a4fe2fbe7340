"""What was confirmed earlier and by what, so that only what changed since then need be proved again.

A proof still stands when the question is the same to the letter, all files that computed and judged it are what they
were, and Python and all libraries have the same versions. Whatever is not known for certain counts as changed.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from quizlab import home
from quizlab.hooks import registry
from quizlab.model import AnyQuestion
from quizlab.proof import sources
from quizlab.proof.pool import STANDS, Proof

NAME = "confirmed"
MOST = 100_000
"""So many questions are kept in mind, those proved last."""

JUDGING = ("answers", "hooks", "labs", "proof", "question", "model.py", "numbers.py")
"""The rooms whose code decides what is computed and how it is judged."""


class Kept(msgspec.Struct, frozen=True):
    """Sets of sources (path → digest), and name of a question → the number of its set."""

    sources: list[dict[str, str]] = []
    entries: dict[str, int] = {}


class Confirmed:
    """The memory of confirmed proofs, a file in the cache; trouble with it only means that more is proved.

    Args:
        cache: the folder of caches; None remembers nothing.
    """

    def __init__(self, cache: Path | None) -> None:
        self._path = cache / NAME if cache else None
        self._judges = sources.Imported()
        self._judges.now()  # digests are taken while the files are what was imported
        self._with = ""
        self._kept = self._read()
        self._sound = [sources.unchanged(each) for each in self._kept.sources]

    def stands(self, question: AnyQuestion) -> bool:
        """Whether nothing has changed since this question was last confirmed."""
        number = self._kept.entries.get(self._name(question), len(self._sound))
        return number < len(self._sound) and self._sound[number]

    def keep(self, proved: Iterable[tuple[AnyQuestion, Proof]]) -> None:
        """Remember what of these was confirmed, and forget what was refuted."""
        if self._path is None:
            return
        before = self._read()  # another quizlab may have written meanwhile
        every = [each for each in before.sources if sources.unchanged(each)]
        places = {number: every.index(each) for number, each in enumerate(before.sources) if each in every}
        entries = {name: places[number] for name, number in before.entries.items() if number in places}
        judges = {path: found for path, found in self._judges.now().items() if _judging(path)}
        for question, proof in proved:
            name = self._name(question)
            entries.pop(name, None)
            mine = proof.sources | judges
            if proof.finding.verdict not in STANDS or not proof.sources or not all(mine.values()):
                continue
            if mine not in every:
                every.append(mine)
            entries[name] = every.index(mine)
        kept = Kept(every, dict(list(entries.items())[-MOST:]))
        try:
            home.write_sealed(self._path, msgspec.msgpack.encode(kept))
        except UnicodeEncodeError:  # a path that is no text
            return

    def _read(self) -> Kept:
        data = home.read_sealed(self._path) if self._path else None
        try:
            return msgspec.msgpack.decode(data, type=Kept) if data else Kept()
        except msgspec.MsgspecError:
            return Kept()

    def _name(self, question: AnyQuestion) -> str:
        """What tells a question apart, with the versions that it is computed with."""
        self._with = self._with or _versions()
        data = msgspec.msgpack.encode((self._with, question))
        return hashlib.blake2b(data, digest_size=16).hexdigest()


def _judging(path: str) -> bool:
    """Whether a file of the parent process has a say in a verdict."""
    found = Path(path)
    return found.is_relative_to(registry.PACKAGE) and found.relative_to(registry.PACKAGE).parts[0] in JUDGING


def _versions() -> str:
    """The machine, Python, and every library that is installed, each with its version.

    The names of their folders say it; `importlib.metadata` would open all of them, which takes a fifth of a second.
    """
    found = {name for folder in sys.path for name in _names(folder) if name.endswith((".dist-info", ".egg-info"))}
    return "\n".join([platform.machine(), platform.platform(), platform.python_version(), *sorted(found)])


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")  # noqa: PTH208 - pathlib gives no names without making paths
    except OSError:  # a zip file, or not there
        return []
