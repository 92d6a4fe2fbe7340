"""The worker finds quizlab wherever quizlab itself was found."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import quizlab
from quizlab.proof import spawn

HERE = str(Path(quizlab.__file__).parent.parent)


@pytest.mark.parametrize(
    ("found", "given", "named"),
    [
        ([HERE, "/elsewhere"], "", HERE),
        ([HERE, "/elsewhere"], "/own", os.pathsep.join(["/own", HERE])),
        ([HERE, "/elsewhere", HERE], "", None),
        (["/elsewhere", HERE], "", None),
    ],
    ids=["own folder", "with paths of one's own", "installed, too", "installed"],
)
def test_a_folder_that_is_not_installed_is_named(
    found: list[str], given: str, named: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", found)
    monkeypatch.setenv("PYTHONPATH", given)
    assert spawn._path().get("PYTHONPATH") == named
