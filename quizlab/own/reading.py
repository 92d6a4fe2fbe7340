"""A student's files: which there are, and each as a tree; nothing is run."""

from __future__ import annotations

import ast
import json
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

MOST_FILES = 2000
LARGEST = 4_000_000
"""Bytes; a notebook with its pictures may be large, code never is."""

SKIPPED = {"node_modules", "site-packages", "__pycache__", "venv", "env", "build", "dist"}
NOTEBOOK = ".ipynb"


class Trouble(Struct, frozen=True):
    """What of the student's code could not be read or loaded: a code with the place and a detail.

    ``what`` is one of ``syntax``, ``unreadable``, ``package``, ``import``, ``name``, ``definition``, ``unbound`` (a
    name that nothing defines) and ``unfinished`` (of which ``file`` is the whole place, and
    the detail the part or its member).
    """

    what: str
    file: str
    line: int = 0
    detail: str = ""


class Cell(NamedTuple):
    """A cell of a notebook: its number (from 1) and the line before its first one in the joined text."""

    number: int
    before: int


class Source(NamedTuple):
    """One file: its path, how it is called on screens, and its tree; ``cells`` of a notebook."""

    path: Path
    shown: str
    tree: ast.Module
    cells: tuple[Cell, ...] = ()

    def place(self, line: int) -> str:
        """A line as people find it: ``model.py:6``, and in the third cell of a notebook ``lab4.ipynb[3]:6``."""
        for cell in reversed(self.cells):
            if line > cell.before:
                return f"{self.shown}[{cell.number}]:{line - cell.before}"
        return f"{self.shown}:{line}"


class Read(NamedTuple):
    """What was read: the files that could be, and why the others could not."""

    root: Path
    sources: tuple[Source, ...]
    troubles: tuple[Trouble, ...]


def read(path: Path) -> Read:
    """Read a file or every ``.py`` and ``.ipynb`` below a folder."""
    root = path if path.is_dir() else path.parent
    sources: list[Source] = []
    troubles: list[Trouble] = []
    for each in _files(path):
        found = read_file(each, root)
        if isinstance(found, Source):
            sources.append(found)
        else:
            troubles.append(found)
    return Read(root, tuple(sources), tuple(troubles))


def read_file(path: Path, root: Path) -> Source | Trouble:
    """One file as a tree, or why it has none."""
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        if path.stat().st_size > LARGEST:
            return Trouble("unreadable", shown, 0, "prevelika je")
        text = _text(path)
        if path.suffix == NOTEBOOK:
            return _notebook(path, shown, text)
        return Source(path, shown, _parsed(text, path))
    except SyntaxError as error:
        return Trouble("syntax", shown, error.lineno or 0, error.msg)
    except OSError as error:
        return Trouble("unreadable", shown, 0, error.strerror or type(error).__name__)
    except (ValueError, RecursionError, MemoryError) as error:
        return Trouble("unreadable", shown, 0, type(error).__name__)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(each for each in folders if each not in SKIPPED and not each.startswith("."))
        if "pyvenv.cfg" in names:
            folders[:] = []
            continue
        found += [Path(folder, each) for each in sorted(names) if each.endswith((".py", NOTEBOOK))]
        if len(found) > MOST_FILES:
            break
    return found[:MOST_FILES]


def _text(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _parsed(text: str, path: Path) -> ast.Module:
    with warnings.catch_warnings():  # "\d" in a string of theirs is none of our business
        warnings.simplefilter("ignore")
        return ast.parse(text, str(path))


def _notebook(path: Path, shown: str, text: str) -> Source | Trouble:
    """The code cells one behind another, each parsed by itself: one that cannot be read takes no other along."""
    book = json.loads(text)
    body: list[ast.stmt] = []
    cells: list[Cell] = []
    before, broken = 0, 0
    for number, lines in enumerate(_code_cells(book), 1):
        cells.append(Cell(number, before))
        try:
            tree = _parsed("\n".join(_without_magics(lines)), path)
        except SyntaxError:
            broken = broken or number
        else:
            body += [ast.increment_lineno(each, before) for each in tree.body]
        before += len(lines)
    if broken and not body:
        return Trouble("syntax", shown, 0, f"ćelija {broken}")
    return Source(path, shown, ast.Module(body=body, type_ignores=[]), tuple(cells))


def _code_cells(book: Any) -> Iterator[list[str]]:
    for cell in book.get("cells", []) if isinstance(book, dict) else []:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", "")
            yield ("".join(source) if isinstance(source, list) else str(source)).splitlines()


def _without_magics(lines: list[str]) -> list[str]:
    """Lines that only IPython understands are left empty, so that the numbers of the others stay."""
    first = next((each for each in lines if each.strip()), "")
    if first.lstrip().startswith("%%"):
        return []
    return ["" if each.lstrip().startswith(("%", "!", "?")) or each.rstrip().endswith("?") else each for each in lines]
