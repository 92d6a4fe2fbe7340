"""The labs that are installed: what each is called, and where its code, its hooks and its bank are.

A lab is a plug-in: an entry point of the group ``quizlab.labs`` names a `Lab`. Finding the labs loads no hooks and
no code of a lab, so never torch. A lab that cannot be had is a problem with its distribution's name; the others are
there.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from quizlab.errors import QuizlabError, said
from quizlab.model import Evidence, Problem

GROUP = "quizlab.labs"
OWN = "quizlab"
"""The distribution and the package that this file belongs to."""

PACKAGE = Path(__file__).resolve().parent.parent
NAME = re.compile(r"[a-z][a-z0-9_]*")

Hook = Callable[..., Evidence]


class Lab(Struct, frozen=True):
    """A lab as its author describes it.

    Attributes:
        name: what it is called; the names of its hooks begin with it and a dot, and its bank is called so.
        code: the module that its hooks get as their first argument, ``quizlab_lab5.lab5``.
        hooks: the module whose ``HOOKS`` maps the names of the hooks to functions.
        bank: the file with its questions, as a path that begins with a package: ``quizlab_lab5/lab5.yaml``.
        aside: whether its questions come up only where it is named: nobody remembers them from a quiz.
    """

    name: str
    code: str
    hooks: str
    bank: str
    aside: bool = False


class Installed(NamedTuple):
    """A lab that was found, with the distribution that brought it and the path of its bank."""

    lab: Lab
    distribution: str
    bank: Path


class EntryPoint(NamedTuple):
    """An entry point of the group, not yet loaded."""

    distribution: str
    name: str
    value: str


class Found(NamedTuple):
    """The labs, those of quizlab first, and one problem for each that cannot be had."""

    labs: tuple[Installed, ...]
    problems: tuple[Problem, ...]


@functools.cache
def found() -> Found:
    """All labs that are installed."""
    entries = list(_entries())
    known = {each.name for each in entries if each.distribution == OWN}
    for name, each in vars(importlib.import_module(GROUP)).items():  # a checkout may be newer than its installation
        if isinstance(each, Lab) and each.name not in known:
            entries.append(EntryPoint(OWN, each.name, f"{GROUP}:{name}"))
    labs_of: dict[str, Installed] = {}
    problems: list[Problem] = []
    for entry in sorted(entries, key=lambda each: (each.distribution != OWN, _natural(each.name), each.distribution)):
        if other := labs_of.get(entry.name):
            args = {"lab": entry.name, "distribution": entry.distribution, "other": other.distribution}
            problems.append(Problem("lab_twice", args))
            continue
        try:
            labs_of[entry.name] = _installed(entry)
        except BaseException as error:  # whatever a stranger's module does when it is imported
            args = {"lab": entry.name, "distribution": entry.distribution, "why": said(error)}
            problems.append(Problem("lab_unusable", args))
    return Found(tuple(labs_of.values()), tuple(problems))


def _natural(name: str) -> tuple[str, int]:
    """So that lab10 comes after lab9."""
    digits = name[len(name.rstrip("0123456789")) :]
    return name.removesuffix(digits), int(digits or 0)


def _installed(entry: EntryPoint) -> Installed:
    module, _, attribute = entry.value.partition(":")
    lab = getattr(importlib.import_module(module.strip()), attribute.strip())
    if not isinstance(lab, Lab) or lab.name != entry.name or not NAME.fullmatch(lab.name):
        raise TypeError(f"{entry.value} is no quizlab.hooks.registry.Lab named {entry.name}")
    if Path(lab.bank).name != f"{lab.name}.yaml":
        raise ValueError(f"{lab.bank} is not called {lab.name}.yaml")
    package, _, inside = lab.bank.partition("/")
    folders = [PACKAGE, PACKAGE.parent] if package == OWN else _folders(package)
    files = [folder / inside for folder in folders]
    return Installed(lab, entry.distribution, next((each for each in files if each.is_file()), files[0]))


def _folders(package: str) -> list[Path]:
    """Where a package lies; found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"No package named {package!r}")
    return [Path(each) for each in spec.submodule_search_locations]


def _entries() -> Iterator[EntryPoint]:
    """The entry points of the group in what is installed; of a distribution installed twice the first counts.

    The files are read here, as their format is laid down, since ``importlib.metadata`` alone takes longer to import
    than all of this command line.
    """
    seen: set[str] = set()
    for folder in sys.path:
        try:
            names = [each.name for each in os.scandir(folder or ".") if each.name.endswith(".dist-info")]
        except OSError:
            continue
        for name in sorted(names):
            distribution = name.partition("-")[0].replace("_", "-").lower()
            if distribution not in seen:
                seen.add(distribution)
                yield from (EntryPoint(distribution, *each) for each in _group(Path(folder, name, "entry_points.txt")))


def _group(path: Path) -> Iterator[tuple[str, str]]:
    """Name and value of each entry of the group in one file."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    _, _, section = text.partition(f"[{GROUP}]")
    for line in section.splitlines():
        if line.startswith("["):
            return
        name, equals, value = line.partition("=")
        if equals and not line.startswith(("#", ";")):
            yield name.strip(), value.strip()


def labs() -> tuple[Installed, ...]:
    """The labs that are installed, those of quizlab first."""
    return found().labs


def places(lab: Lab) -> Iterator[Path]:
    """Where the code and the hooks of a lab lie: folders, or files of single modules; nothing of them is imported."""
    for module in (lab.code, lab.hooks):
        with contextlib.suppress(Exception):  # a package that cannot be found is said elsewhere
            spec = importlib.util.find_spec(module)
            if spec and spec.origin:
                yield from map(Path, spec.submodule_search_locations or [spec.origin])


def usual() -> str:
    """The lab to propose to somebody who named none: the last one of quizlab's own course."""
    return [each.lab.name for each in labs() if each.distribution == OWN and not each.lab.aside][-1]


def aside() -> frozenset[str]:
    """The labs whose questions come up only where they are named."""
    return frozenset(each.lab.name for each in labs() if each.lab.aside)


def lab_of(hook: str) -> str:
    """The lab that a hook proves: the part of its name before the dot."""
    return hook.partition(".")[0]


def code_of(lab: str) -> str:
    """The module with a lab's code.

    Raises:
        KeyError: no such lab is installed.
    """
    return {each.lab.name: each.lab.code for each in labs()}[lab]


@functools.cache
def hooks_of(name: str) -> Mapping[str, Hook]:
    """The hooks of a lab by their whole names; none if no such lab is installed.

    Raises:
        QuizlabError: the module with the hooks cannot be imported, or is none.
    """
    one = next((each for each in labs() if each.lab.name == name), None)
    if one is None:
        return {}
    try:
        hooks: Mapping[str, Hook] = importlib.import_module(one.lab.hooks).HOOKS
        if strange := [each for each in hooks if lab_of(each) != name]:
            raise ValueError(f"HOOKS: {', '.join(strange)}")
    except BaseException as error:
        args = {"lab": name, "distribution": one.distribution, "why": said(error)}
        raise QuizlabError("hooks_unusable", args) from error
    return hooks


def hook(name: str) -> Hook:
    """The function that computes a proof.

    Raises:
        KeyError: there is no such hook.
        QuizlabError: the hooks of its lab cannot be loaded.
    """
    return hooks_of(lab_of(name))[name]


def catalogue() -> dict[str, Hook]:
    """Every hook by its name; without those of a lab whose hooks cannot be loaded."""
    whole: dict[str, Hook] = {}
    for each in labs():
        try:
            whole |= hooks_of(each.lab.name)
        except QuizlabError:
            continue
    return whole
