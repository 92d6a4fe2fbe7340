"""Look at a student's code in this process: what tests do where safety is not the matter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quizlab import bank
from quizlab.model import AnyQuestion
from quizlab.own.child import examine
from quizlab.own.general import is_general
from quizlab.own.messages import Found, Job, Judged, Loaded, Named
from tests.manuscripts import Manuscript


class Looked(NamedTuple):
    """What was found: parts, questions by outcome, causes."""

    loaded: Loaded
    judged: dict[str, Judged]
    causes: tuple[Named, ...]

    def of(self, outcome: str) -> dict[str, str]:
        """The questions that came out so, and why."""
        return {name: each.why or each.missing for name, each in self.judged.items() if each.outcome == outcome}

    @property
    def named(self) -> set[str]:
        """The causes that are no notes."""
        return {each.id for each in self.causes if not each.note}


def questions(lab: str, *names: str) -> tuple[AnyQuestion, ...]:
    """The questions of a lab that a student's code is asked about, or those named."""
    path = next(each for each in bank.shipped() if each.stem == lab)
    every = bank.load(path, None).questions
    return tuple(each for each in every if (each.id in names if names else not is_general(each)))


def look(
    path: Path, lab: str, scratch: Path, asked: Sequence[AnyQuestion] | None = None, *, chosen: Sequence[str] = ()
) -> Looked:
    """Find, load and judge in this process."""
    asked = questions(lab) if asked is None else asked
    loaded, judged, causes = Loaded(), {}, ()
    for message in examine(Job(lab, str(path), str(scratch), tuple(chosen), tuple(asked))):
        if isinstance(message, Loaded):
            loaded = message
        elif isinstance(message, Judged):
            judged[message.id] = message
        elif isinstance(message, Found):
            causes = message.causes
    return Looked(loaded, judged, causes)


def look_at(manuscript: Manuscript, folder: Path) -> Looked:
    """The same for a manuscript, written into a folder."""
    scratch = folder / "scratch"
    scratch.mkdir()
    return look(manuscript.write(folder / "du"), manuscript.lab, scratch)
