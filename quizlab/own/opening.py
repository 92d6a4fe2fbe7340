"""From a path to a student's lab: find its parts, load them, adapt them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from quizlab.own import rules3, rules4
from quizlab.own.chains3 import with_chains
from quizlab.own.finding import Definition, Rule, definitions, find
from quizlab.own.lab import OwnLab
from quizlab.own.loader import Loader
from quizlab.own.reading import Read, Trouble, read
from quizlab.own.unbound import unbound
from quizlab.own.unfinished import is_vital, leave_out, unfinished

MAPPING = re.compile(r"(?P<part>\w+)=(?P<file>.+):(?P<name>\w+(\.\w+)?)")
SETTINGS = "quizlab.toml"


class Place(Struct, frozen=True):
    """Where a part is: the file and the line, both also as they are said, and the name there."""

    part: str
    name: str
    file: str
    line: int
    said: str


class Opened(Struct, frozen=True):
    """A student's lab with what was found of it."""

    lab: Any
    places: tuple[Place, ...]
    troubles: tuple[Trouble, ...]
    found: Any
    """Part → `Definition`, for lines of members."""
    loader: Any

    def place(self, part: str, member: str = "") -> str:
        """Where a part, or one of its members, is: ``model.py:9``; empty for a part that is not there."""
        one: Definition | None = self.found.get(part)
        return one.source.place(one.member(member)) if one else ""


class Kind(Struct, frozen=True):
    """How the parts of one lab are recognised and adapted; ``names`` is how they are said to be sought."""

    rules: Mapping[str, Rule]
    names: str
    adapt: str
    prepared: Callable[[Read], Read] = lambda found: found


def kind_of(lab: str) -> Kind | None:
    """The kind of a lab; None for one that knows no student's code."""
    if lab == "lab4":
        return Kind(rules4.RULES, rules4.NAMES, "quizlab.own.lab4:OwnLab4")
    if lab == "lab3":
        return Kind(rules3.RULES, rules3.NAMES, "quizlab.own.lab3:OwnLab3", with_chains)
    return None


class MappingError(ValueError):
    """A ``part=file.py:Class`` that leads nowhere; ``why`` is one of ``form``, ``part``, ``file`` and ``name``."""

    def __init__(self, text: str, why: str, known: str = "") -> None:
        super().__init__(text)
        self.text, self.why, self.known = text, why, known


def open_lab(path: Path, lab: str, chosen: Sequence[str], scratch: Path) -> Opened:
    """Find, load and adapt the parts of a lab.

    Args:
        path: a folder, a file or the root of a repository.
        lab: ``lab4`` or ``lab3``.
        chosen: mappings ``part=file.py:Class``, those of the command line after those of ``quizlab.toml``.
        scratch: where the student's code may write.

    Raises:
        MappingError: a mapping leads nowhere.
        KeyError: no such lab.
    """
    kind = kind_of(lab)
    if kind is None:
        raise KeyError(lab)
    sources = kind.prepared(read(path))
    found, more = find(sources, kind.rules, lab, mapped(sources, chosen, kind.rules))
    loader = Loader(sources)
    parts = {part: thing for part, one in found.items() if (thing := loaded(one, loader)) is not None}
    undone = list(_undone(parts, found))
    others = {part: [thing for one in ones if (thing := loaded(one, loader))] for part, ones in more.items()}
    places = tuple(
        Place(part, one.name, one.source.shown, one.node.lineno, one.source.place(one.node.lineno))
        for part, one in found.items()
        if part in parts
    )
    files = {one.source.path: one.source for one in found.values()}
    stops = [trouble for each in files.values() if (trouble := unbound(each))]
    troubles = (*sources.troubles, *dict.fromkeys(loader.troubles), *undone, *stops)
    return Opened(_adapter(kind.adapt)(parts, loader.rooms, scratch, sources, others), places, troubles, found, loader)


def _undone(parts: dict[str, Any], found: Mapping[str, Definition]) -> Iterator[Trouble]:
    """Leave out of the parts what is not written yet, and say where that is."""
    for part in list(parts):
        one = found[part]
        for member, line in unfinished(part, one).items():
            yield Trouble("unfinished", one.source.place(line), 0, f"{part}.{member}" if member else part)
            if not is_vital(part, member):
                leave_out(parts[part], part, member)
            elif parts.pop(part, None) is not None and member:
                yield Trouble("unfinished", one.source.place(line), 0, part)


def loaded(one: Definition, loader: Loader) -> Any:
    """A definition as the Python object; None where it could not be made."""
    thing: Any = loader.load(one.source)
    for name in one.name.split("."):
        thing = getattr(thing, name, None)
    return thing


def mapped(sources: Read, chosen: Sequence[str], rules: Mapping[str, Rule]) -> dict[str, Definition]:
    """The definitions that mappings name.

    Raises:
        MappingError: one leads nowhere.
    """
    picked: dict[str, Definition] = {}
    for text in chosen:
        fields = MAPPING.fullmatch(text.strip())
        if not fields:
            raise MappingError(text, "form")
        if fields["part"] not in rules:
            raise MappingError(fields["part"], "part", ", ".join(rules))
        wanted = (sources.root / fields["file"]).resolve()
        source = next((each for each in sources.sources if each.path.resolve() == wanted), None)
        if source is None:
            raise MappingError(fields["file"], "file")
        named = {each.name: each for each in definitions(source)}
        if fields["name"] not in named:
            raise MappingError(fields["name"], "name", ", ".join(named) or "–")
        picked[fields["part"]] = named[fields["name"]]
    return picked


def _adapter(path: str) -> type[OwnLab]:
    import importlib

    module, _, name = path.partition(":")
    adapter: type[OwnLab] = getattr(importlib.import_module(module), name)
    return adapter
