"""A lab whose source is edited in some places, loaded beside the sound one: all of its parts see the change.

Replacing a name in a copy of the package's names would leave every other part with the sound one; a lab that trains
with another optimiser, say, has to train with it in its own loop too.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import itertools
import sys
from collections.abc import Mapping
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent / "labs"
NUMBERS = itertools.count()


class Edit(NamedTuple):
    """One place of a file: what stands there, once, and what is to stand there."""

    file: str
    old: str
    new: str


class _Compiled:
    """Files that nothing changes are compiled once for all the labs."""

    def __init__(self) -> None:
        self.codes: dict[Path, CodeType] = {}

    def of(self, path: Path) -> CodeType:
        if path not in self.codes:
            self.codes[path] = compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True)
        return self.codes[path]


COMPILED = _Compiled()


class _Loader(importlib.abc.Loader):
    def __init__(self, path: Path, edits: tuple[Edit, ...]) -> None:
        self.path = path
        self.edits = edits

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        code = COMPILED.of(self.path)
        if self.edits:
            text = self.path.read_text(encoding="utf-8")
            for edit in self.edits:
                if text.count(edit.old) != 1:
                    raise ValueError(f"{edit.file}: stands there {text.count(edit.old)} times: {edit.old}")
                text = text.replace(edit.old, edit.new)
            code = compile(text, str(self.path), "exec", dont_inherit=True)
        exec(code, module.__dict__)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, name: str, folder: Path, edits: tuple[Edit, ...]) -> None:
        self.name = name
        self.folder = folder
        self.edits = edits

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname.split(".", maxsplit=1)[0] != self.name:
            return None
        package = fullname == self.name
        file = self.folder / ("__init__.py" if package else f"{fullname.partition('.')[2]}.py")
        edits = tuple(each for each in self.edits if each.file == file.name)
        return importlib.util.spec_from_file_location(
            fullname,
            file,
            loader=_Loader(file, edits),
            submodule_search_locations=[str(self.folder)] if package else None,
        )


def edited(lab: str, *edits: Edit) -> ModuleType:
    """A fresh copy of a lab with these edits.

    Raises:
        ValueError: what an edit is to replace does not stand in its file exactly once.
    """
    name = f"edited_{lab}_{next(NUMBERS)}"
    finder = _Finder(name, ROOT / lab, edits)
    sys.meta_path.insert(0, finder)
    try:
        return importlib.import_module(name)
    finally:
        sys.meta_path.remove(finder)


def replaced(lab: str, names: Mapping[str, Any]) -> ModuleType:
    """A fresh copy of a lab in which these names mean something else, wherever they are used."""
    copy = edited(lab)
    for module in [each for name, each in sys.modules.items() if name.split(".")[0] == copy.__name__]:
        for name, value in names.items():
            if hasattr(module, name):
                setattr(module, name, value)
    return copy
