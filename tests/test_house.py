"""The house: few rooms, few doors, no way round in a circle, and a plan that shows what is there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT, Run

grimp = pytest.importorskip("grimp", reason="grimp, which reads imports, comes with import-linter")

PACKAGE = ROOT / "quizlab"
FOLDERS = {each.parent.name for each in PACKAGE.glob("*/__init__.py")}
MODULES = {each.stem for each in PACKAGE.glob("*.py")}
ROOMS = FOLDERS | MODULES


def arrows() -> set[tuple[str, str]]:
    """Which room imports from which other."""
    graph = grimp.build_graph("quizlab", cache_dir=None)

    def room(module: str) -> str:
        return module.split(".")[1] if "." in module else "__init__"

    imports = {
        (room(one), room(other)) for one in graph.modules for other in graph.find_modules_directly_imported_by(one)
    }
    return {(one, other) for one, other in imports if one != other}


def test_the_house_is_small_and_has_no_circle() -> None:
    found = arrows()
    assert len(MODULES) <= 9, sorted(MODULES)
    assert len(ROOMS) <= 24, sorted(ROOMS)
    assert len(found) <= 103, sorted(found)
    left = set(found)
    while ends := {other for _, other in left} - {one for one, _ in left}:  # rooms that need none of those left
        left = {(one, other) for one, other in left if other not in ends}
    assert left == set(), "every room that is left leads back to itself"


def test_the_plan_names_the_rooms_that_there_are() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (tree,) = re.findall(r"^quizlab/\n((?:  .*\n)+)", text, re.MULTILINE)
    names = [word for line in tree.splitlines() for word in re.match(r"  ((?:\S+(?:/|\.py) )+)", line + " ")[1].split()]  # type: ignore[index]
    assert sorted(names) == sorted(set(names))
    rest = {f"{name}.py" for name in MODULES - {"__init__", "__main__"}}
    assert set(names) == {f"{name}/" for name in FOLDERS} | rest


def test_a_module_of_commands_is_named_as_it_is_typed(quizlab: Run) -> None:
    shown = quizlab("--help").stdout.split("Naredbe:")[1].split("Mogućnosti:")
    commands = {line.split()[0] for line in shown[0].splitlines() if line[:3].strip()}
    options = {word for option in re.findall(r"--([a-z-]+)", shown[1]) for word in option.split("-")}
    modules = {each.stem.rstrip("_") for each in (PACKAGE / "commands").glob("*.py") if not each.stem.startswith("_")}
    assert commands <= modules <= commands | options
