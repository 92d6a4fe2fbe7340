"""Lab 4 with its source edited: the whole package imported anew, under a name of its own, with some texts replaced.

So one edit breaks every path that runs through it: the loss by itself as well as the loss that the model learns by.
Nothing is written to disk, and torch is imported once for all of them.
"""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import sys
from collections.abc import Iterable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

SOURCE = Path(__file__).parent.parent.parent / "labs" / "lab4"
PREFIX = "edited_lab4_"
NUMBERS = itertools.count()


class Edit(NamedTuple):
    """In one file of the lab, what stands there and what shall stand there instead."""

    file: str
    old: str
    new: str


class Mutant(NamedTuple):
    """One edited lab and what is expected of its proofs.

    Attributes:
        what: what is edited, in words; "harmless" first where no proof may mind.
        edits: the replacements.
        red: the questions that have to notice.
        may: those that may notice as well, since they hang on the same thing.
    """

    what: str
    edits: tuple[Edit, ...]
    red: str = ""
    may: str = ""


class _Edited(Loader):
    """Compiles one file of the lab with its edits."""

    def __init__(self, path: Path, edits: Iterable[Edit]) -> None:
        self.path = path
        self.edits = [each for each in edits if each.file == path.name]

    def code(self) -> CodeType:
        text = self.path.read_text(encoding="utf-8")
        for each in self.edits:
            if each.old not in text:
                raise ValueError(f"{each.file} has no {each.old!r}")
            text = text.replace(each.old, each.new)
        return compile(text, str(self.path), "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code(), module.__dict__)


class _Finder(MetaPathFinder):
    """Finds the edited packages and their modules; nothing else."""

    def __init__(self) -> None:
        self.edits: dict[str, tuple[Edit, ...]] = {}

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        package, _, module = fullname.partition(".")
        if package not in self.edits:
            return None
        file = SOURCE / (f"{module}.py" if module else "__init__.py")
        places = None if module else [str(SOURCE)]
        loader = _Edited(file, self.edits[package])
        return importlib.util.spec_from_file_location(fullname, file, loader=loader, submodule_search_locations=places)


_FINDER = _Finder()


def edited(*edits: Edit) -> Any:
    """The lab with these edits, a package like ``labs.lab4``.

    Raises:
        ValueError: an edit replaces nothing.
    """
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)
    name = f"{PREFIX}{next(NUMBERS)}"
    _FINDER.edits[name] = edits
    files = {each.file for each in edits}
    lab = importlib.import_module(name)
    for file in sorted(files):  # one that the package does not import by itself is wrong when it is needed, not before
        importlib.import_module(f"{name}.{file.removesuffix('.py')}")
    return lab
