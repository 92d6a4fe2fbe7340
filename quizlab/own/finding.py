"""Where a student's parts are: by their names, then by what they are. Pure: looks at trees and runs nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from quizlab.own.reading import Read, Source

EXACT = 100
OURS = 1000
"""Of a definition in ``quizlab_lab4.py``: the student wrote it for us."""

PUT_AWAY = re.compile(
    r"(^|[\W_])(old|older|backup|bak|copy|kopija|star[aio]|archived?|arhiva|tmp|temp|draft|deprecated|unused|template|predlozak)"
    r"([\W_\d]|$)"
)
"""Folders and files with what was written once and is kept beside what is used."""

Node = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


class Definition:
    """A class or a function at the top of a file (or under a condition there), or a method of such a class."""

    def __init__(self, node: Node, source: Source, home: ast.ClassDef | None = None) -> None:
        self.node = node
        self.source = source
        self.home = Definition(home, source) if home else None
        self.owner = home.name if home else ""
        self.name = f"{home.name}.{node.name}" if home else node.name

    @property
    def is_class(self) -> bool:
        """Whether it is a class."""
        return isinstance(self.node, ast.ClassDef)

    @cached_property
    def mentions(self) -> frozenset[str]:
        """Every name and attribute inside, and of a class its bases: what it is made of."""
        names = (getattr(node, "attr", None) or getattr(node, "id", None) for node in ast.walk(self.node))
        return frozenset(str(name) for name in names if name)

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """The last names of the bases of a class: ``Module``."""
        nodes = self.node.bases if isinstance(self.node, ast.ClassDef) else []
        return tuple(str(getattr(each, "attr", None) or getattr(each, "id", "")) for each in nodes)

    @cached_property
    def methods(self) -> tuple[str, ...]:
        """The methods of a class."""
        body = self.node.body if isinstance(self.node, ast.ClassDef) else []
        return tuple(each.name for each in body if isinstance(each, ast.FunctionDef))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of a function, of a class those of its constructor without ``self``."""
        node: ast.AST | None = self.node
        if isinstance(self.node, ast.ClassDef):
            node = next((each for each in self.node.body if getattr(each, "name", "") == "__init__"), None)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return ()
        names = tuple(each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))
        static = any(getattr(each, "id", "") == "staticmethod" for each in node.decorator_list)
        return names[1:] if self.is_class or (self.owner and not static) else names

    @cached_property
    def given(self) -> tuple[str, ...]:
        """What a function gets, of a method with what its object was made with."""
        return (*self.parameters, *(self.home.parameters if self.home else ()))

    def member(self, name: str) -> int:
        """The line of a method of this name, or of the definition where it has none."""
        body = self.node.body if isinstance(self.node, ast.ClassDef) else []
        return next((each.lineno for each in body if getattr(each, "name", "") == name), self.node.lineno)

    helpers: Mapping[str, Definition] = {}
    """Functions of the same code by name; what is made by one of them is made of what it is made of."""

    component = False
    """Whether another class of the same code is made of it, as a model is of its attention."""

    @property
    def is_put_away(self) -> bool:
        """Whether its file or folder is called like something that is no longer used."""
        return any(PUT_AWAY.search(part.lower()) for part in Path(self.source.shown).with_suffix("").parts)

    def reaches(self, *names: str) -> bool:
        """Whether any of these names is mentioned inside, or in a helper that is mentioned inside."""
        near = [self.helpers[each] for each in self.mentions & self.helpers.keys() if each != self.name]
        return self.has(*names) or any(each.has(*names) for each in near if not each.owner)

    def has(self, *names: str) -> bool:
        """Whether any of these names is mentioned inside."""
        return not self.mentions.isdisjoint(names)


class Rule(Struct, frozen=True):
    """How a part is recognised: its usual names, and a score (0: not it) for anything else; ``fits`` excludes."""

    names: tuple[str, ...]
    looks: Callable[[Definition], int]
    fits: Callable[[Definition], bool] = lambda definition: True  # noqa: ARG005
    methods: bool = False
    """Whether a method of a class may be it."""

    several: bool = False
    """Whether several definitions may be it together: a class for each kind of cell."""

    def score(self, one: Definition) -> int:
        """How surely a definition is this part."""
        named = plain_name(one.name) in {plain_name(each) for each in self.names}
        if named and one.source.path.name.startswith("quizlab_"):
            return OURS
        if not self.fits(one) or (one.owner and not self.methods):
            return 0
        looks = self.looks(one)
        called = bool(one.owner and looks) and plain_name(one.node.name) in {plain_name(each) for each in self.names}
        return EXACT if named else looks + called


def plain_name(name: str) -> str:
    """A name without underscores and capitals: ``_BNReluConv`` and ``bn_relu_conv`` are one."""
    return name.replace("_", "").lower()


def definitions(source: Source) -> Iterator[Definition]:
    """The classes, their methods and the functions of a file; a later one of the same name replaces an earlier one."""
    found: dict[str, Definition] = {}
    for node in _definers(source.tree.body):
        found[node.name] = Definition(node, source)
        for each in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(each, ast.FunctionDef) and not each.name.startswith("__") and isinstance(node, ast.ClassDef):
                found[f"{node.name}.{each.name}"] = Definition(each, source, node)
    yield from found.values()


def _definers(body: Sequence[ast.stmt]) -> Iterator[Node]:
    for each in body:
        if isinstance(each, Node):
            yield each
        elif isinstance(each, ast.If | ast.Try | ast.With):
            yield from _definers([*each.body, *getattr(each, "orelse", ())])


class Parts(NamedTuple):
    """The definition of each part, and of some parts the others that may be it, too."""

    found: dict[str, Definition]
    more: dict[str, tuple[Definition, ...]]


def find(found: Read, rules: Mapping[str, Rule], lab: str, chosen: Mapping[str, Definition]) -> Parts:
    """The parts of a lab: those chosen by the student, and the likeliest definition for each of the others."""
    every = [one for source in found.sources for one in definitions(source)]
    helpers = {one.name: one for one in every if not one.is_class and not one.owner}
    used = {name for one in every if "forward" in one.methods for name in one.mentions - {*one.bases, one.name}}
    for one in every:
        one.helpers = helpers
        one.component = one.is_class and one.name in used
    other = re.compile(rf"quizlab_(?!{lab}\.).*\.py")
    every = [one for one in every if not other.fullmatch(one.source.path.name)]
    scored: dict[str, list[tuple[int, Definition]]] = {
        part: [(score, one) for one in every if (score := rule.score(one))] for part, rule in rules.items()
    }
    folder = _folder(found.root, scored, lab)
    inside = {
        part: [(score, one) for score, one in ones if one.source.path.is_relative_to(folder)]
        for part, ones in scored.items()
    }
    crowd = _crowd(inside)
    best = {part: _best(ones, crowd) for part, ones in inside.items() if ones}
    taken: dict[str, Definition] = {}
    for part, one in sorted(best.items(), key=lambda each: -rules[each[0]].score(each[1])):
        others = [(score, each) for score, each in inside[part] if each not in taken.values()]
        if one not in taken.values():
            taken[part] = one
        elif others:
            taken[part] = _best(others, crowd)
    taken |= dict(chosen)
    more = {
        part: tuple(one for _, one in sorted(inside[part], key=lambda each: -each[0]) if one not in taken.values())
        for part, rule in rules.items()
        if rule.several and part not in chosen
    }
    return Parts({part: taken[part] for part in rules if part in taken}, more)


def _folder(root: Path, scored: Mapping[str, list[tuple[int, Definition]]], lab: str) -> Path:
    """The deepest folder with most parts; of two alike the one that is called like the lab."""
    worth: dict[Path, dict[str, float]] = {}
    for part, ones in scored.items():
        for score, one in ones:
            for folder in one.source.path.parents:
                if folder.is_relative_to(root):
                    sure = 1.0 if score >= EXACT else 0.5
                    mine = worth.setdefault(folder, {})
                    mine[part] = max(mine.get(part, 0.0), sure)
    number = lab.removeprefix("lab")

    def rank(folder: Path) -> tuple[float, bool, int, bool, list[int]]:
        called = bool(re.search(rf"(?<!\d)0*{number}(?!\d)", folder.name))
        used = not any(PUT_AWAY.search(part.lower()) for part in folder.relative_to(root).parts)
        return sum(worth[folder].values()), used, len(folder.parts), called, [-ord(each) for each in folder.name]

    return max(worth, key=rank, default=root)


def _crowd(inside: Mapping[str, list[tuple[int, Definition]]]) -> dict[Path, int]:
    """How many parts each file may hold."""
    holds: dict[Path, set[str]] = {}
    for part, ones in inside.items():
        for _, one in ones:
            holds.setdefault(one.source.path, set()).add(part)
    return {path: len(parts) for path, parts in holds.items()}


def _best(ones: Sequence[tuple[int, Definition]], crowd: Mapping[Path, int]) -> Definition:
    """The likeliest: by its score, a module before a notebook, a file with more parts before one with fewer."""

    def rank(each: tuple[int, Definition]) -> tuple[int, bool, bool, int, int, str]:
        score, one = each
        path = one.source.path
        return score, not one.is_put_away, path.suffix == ".py", crowd[path], -len(path.parts), _backwards(path.name)

    return max(ones, key=rank)[1]


def _backwards(name: str) -> str:
    return "".join(chr(0x10FFFF - ord(each)) for each in name)
