"""What a student's code is kept from where it runs in this process: saving with torch, which writes anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlab.own.guard import saving


@pytest.fixture(autouse=True)
def in_scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a student's code saves goes into a folder of the test's own."""
    torch = pytest.importorskip("torch")
    (tmp_path / "spremljeno").mkdir()
    monkeypatch.setattr(torch, "save", saving(str(tmp_path / "spremljeno"), torch.save))
    monkeypatch.chdir(tmp_path / "spremljeno")
