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
    """In one file of a lab: what stands there so many times, and what is to stand there."""

    file: str
    old: str
    new: str
    times: int = 1


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
                if text.count(edit.old) != edit.times:
                    raise ValueError(f"{edit.file}: stands there {text.count(edit.old)} times: {edit.old}")
                text = text.replace(edit.old, edit.new)
            code = compile(text, str(self.path), "exec", dont_inherit=True)
        exec(code, module.__dict__)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the edited labs and their modules, also those that are imported only when they are needed."""

    def __init__(self) -> None:
        self.labs: dict[str, tuple[Path, tuple[Edit, ...]]] = {}

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        package, _, module = fullname.partition(".")
        if package not in self.labs:
            return None
        folder, edits = self.labs[package]
        file = folder / (f"{module}.py" if module else "__init__.py")
        return importlib.util.spec_from_file_location(
            fullname,
            file,
            loader=_Loader(file, tuple(each for each in edits if each.file == file.name)),
            submodule_search_locations=None if module else [str(folder)],
        )


_FINDER = _Finder()


def edited(lab: str, *edits: Edit) -> ModuleType:
    """A fresh copy of a lab with these edits.

    Raises:
        ValueError: what an edit is to replace does not stand in its file as many times as it says.
    """
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)
    name = f"edited_{lab}_{next(NUMBERS)}"
    _FINDER.labs[name] = (ROOT / lab, edits)
    copy = importlib.import_module(name)
    for file in sorted({each.file for each in edits}):  # one that the package itself does not import yet
        importlib.import_module(f"{name}.{file.removesuffix('.py')}")
    return copy


def replaced(lab: str, names: Mapping[str, Any]) -> ModuleType:
    """A fresh copy of a lab in which these names mean something else, wherever they are used."""
    copy = edited(lab)
    for module in [each for name, each in sys.modules.items() if name.split(".")[0] == copy.__name__]:
        for name, value in names.items():
            if hasattr(module, name):
                setattr(module, name, value)
    return copy
