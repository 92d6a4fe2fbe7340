"""The workflows for public CI: what they name exists here, so that a job does not fail at night for a typing error."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizlab.bank.limits import COMBINATIONS
from quizlab.export import FORMATS
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def read(path: Path) -> dict[Any, Any]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def jobs(path: Path) -> list[dict[str, Any]]:
    return list(read(path)["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_one(path: Path) -> None:
    whole = read(path)
    assert set(whole) == {"name", True, "permissions", "jobs"}  # YAML 1.1 reads «on» as true
    assert whole["permissions"] == {"contents": "read"}
    for job in jobs(path):
        assert {"runs-on", "timeout-minutes", "steps"} <= set(job)
        known = {f"matrix.{name}" for name in job.get("strategy", {}).get("matrix", {})}
        used = re.findall(r"\$\{\{ *(\S+) *\}\}", yaml.safe_dump(job))
        assert set(used) - {"github.token", "github.ref_name"} <= known
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/x@v1"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_workflow_runs_is_here(path: Path) -> None:
    for job in jobs(path):
        for step in job["steps"]:
            for target in re.findall(r"\bmake ([a-z]+)", step.get("run", "")):
                assert target in TARGETS
            for module in re.findall(r"-m tools\.([a-z]+)", step.get("run", "")):
                assert (ROOT / "tools" / f"{module}.py").exists()


def test_every_python_that_is_promised_is_tried() -> None:
    (matrix,) = (job["strategy"]["matrix"] for job in jobs(WORKFLOWS[0]) if "resolution" in str(job.get("strategy")))
    tried = {*matrix["python"], *(each["python"] for each in matrix["include"])}
    assert tried == {"3.11", "3.12", "3.13", "3.14"}
    assert set(matrix["os"]) == {"ubuntu-latest", "macos-latest", "windows-latest"}
    assert {"resolution": "lowest", "python": "3.14"} in matrix["exclude"]


def test_the_night_proves_everything_and_keeps_what_it_found() -> None:
    (job,) = jobs(ROOT / ".github" / "workflows" / "nightly.yml")
    runs = [step.get("run") for step in job["steps"]]
    assert "make nightly" in runs
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nnightly:")[1].split("\n\n")[0]
    (kept,) = (step["with"]["path"] for step in job["steps"] if "upload" in step.get("uses", ""))
    assert f"verify --all --variants {COMBINATIONS} --junit {kept}" in recipe


def test_a_release_has_what_the_makefile_makes() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nrelease:")[1].split("\n\n")[0]
    formats = re.findall(r"export --([a-z-]+)", recipe)
    assert {"html", "sheet"} <= set(formats) <= set(FORMATS)
