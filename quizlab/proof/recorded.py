"""Evidence that comes with quizlab, for machines without torch: recorded by ``make proofs``, never passed off as live.

A lab has a folder with a file for each hook: a line for each set of parameters, as JSON that a person can read and
compare. Beside the folder stands what all of it was computed with. Where a lab, its hooks or what they are made of
has changed since, none of the lab's evidence is shown.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from quizlab.hooks import registry
from quizlab.model import Atom, Evidence, Recorded
from quizlab.proof.sources import digest

FOLDER = Path(__file__).with_name("recordings")

CODE, HOOKS = "code", "hooks"
"""What stands for the places of a lab's code and of its hooks, wherever they lie."""


class Made(msgspec.Struct, frozen=True):
    """What a lab's evidence was recorded with: versions, the day (ISO), and name → digest of each source."""

    torch: str
    python: str
    date: str
    sources: dict[str, str]


def evidence(hook: str, params: Mapping[str, Atom], folder: Path | None = None) -> tuple[Evidence, Recorded] | None:
    """What was recorded of a hook for these parameters; None if nothing was, or if it no longer fits its code."""
    root = folder or FOLDER
    lab = registry.lab_of(hook)
    made = _sound(root, lab)
    if made is None:
        return None
    start = key(params) + ","
    try:
        with (root / lab / f"{hook}.jsonl").open(encoding="utf-8") as lines:
            line = next((each for each in lines if each.startswith(start)), "")
        found = msgspec.convert(json.loads(line)["evidence"], Evidence) if line else None
    except (OSError, ValueError, KeyError, msgspec.ValidationError):  # gone, or no evidence: the proof is not there
        return None
    return (found, Recorded(made.torch.partition("+")[0], made.date)) if found else None


def key(params: Mapping[str, Atom]) -> str:
    """How the line for these parameters begins; 1, 1.0 and true are told apart."""
    return '{"params": ' + json.dumps(dict(sorted(params.items())), ensure_ascii=False)


def line(params: Mapping[str, Atom], found: Evidence) -> str:
    """The line for these parameters, without a line break; infinity is written as Python's json does."""
    return f'{key(params)}, "evidence": {json.dumps(msgspec.to_builtins(found), ensure_ascii=False)}}}'


def made_with(root: Path, lab: str) -> Made | None:
    """What a lab's recording was made with; None if there is none."""
    try:
        return msgspec.json.decode((root / f"{lab}.json").read_bytes(), type=Made)
    except (OSError, msgspec.MsgspecError):
        return None


@functools.cache
def _sound(root: Path, lab: str) -> Made | None:
    """What a lab's recording was made with, if all of that is unchanged."""
    made = made_with(root, lab)
    return made if made and made.sources and fingerprint(lab, made.sources) == made.sources else None


def fingerprint(lab: str, names: Iterable[str]) -> dict[str, str]:
    """Name → digest of these sources of a lab, wherever it is installed; empty for one that cannot be read."""
    return {name: digest(str(path)) if (path := _place(lab, name)) else "" for name in names}


def _place(lab: str, name: str) -> Path | None:
    """Where a source lies: a place of the lab, or a file of quizlab."""
    if name not in (CODE, HOOKS):
        return registry.PACKAGE / name
    one = next((each.lab for each in registry.labs() if each.lab.name == lab), None)
    places = list(registry.places(one)) if one else []
    return places[(CODE, HOOKS).index(name)] if len(places) == 2 else None


def named(paths: Iterable[str]) -> list[str]:
    """The names of those sources of evidence that decide what it says, besides the lab's own places.

    What carries evidence (`quizlab.model`, the worker, the registry) changes none of it, and is left out.
    """
    found = (Path(path).resolve() for path in paths)
    inside = [path.relative_to(registry.PACKAGE) for path in found if path.is_relative_to(registry.PACKAGE)]
    shared = [path.as_posix() for path in inside if path.parent.as_posix() == "hooks" and path.suffix == ".py"]
    return sorted({CODE, HOOKS, "numbers.py", *shared} - {"hooks/__init__.py", "hooks/registry.py"})
