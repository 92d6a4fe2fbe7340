"""The time that follows what an export is made of."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from quizlab import bank
from quizlab.commands._stamp import Times, stamp


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def test_it_is_the_newest_change_of_a_bank_or_the_code(tmp_path: Path) -> None:
    before = stamp()
    assert max(int(path.stat().st_mtime) for path in bank.shipped()) <= before <= time.time()
    added = tmp_path / "moja.yaml"
    added.write_text("x")
    os.utime(added, (5, 4_000_000_000))
    assert stamp([added]) == 4_000_000_000
    os.utime(added, (5, 5))
    assert stamp([added]) == before
    assert stamp([tmp_path / "nema.yaml"]) == before


def test_no_later_change_has_the_same_time(tmp_path: Path) -> None:
    added = tmp_path / "moja.yaml"
    added.write_text("jedno")
    first = stamp([added])
    added.write_text("drugo")
    assert stamp([added]) > first


def test_only_a_changed_note_is_newer_and_always_newer_than_before(tmp_path: Path) -> None:
    first = Times(100, tmp_path)
    assert [first.of(note, "jedno") for note in "ab"] == [100, 100]
    assert Times(200, tmp_path).of("a", "jedno") == 200, "what was not written has no time"
    first.keep()
    later = Times(200, tmp_path)
    assert [later.of(note, text) for note, text in (("a", "jedno"), ("b", "drugo"), ("c", "jedno"))] == [100, 200, 200]
    later.keep()
    back = Times(50, tmp_path)  # a program put back from a copy
    assert [back.of(note, text) for note, text in (("a", "jedno"), ("b", "treće"))] == [100, 201]


def test_it_can_be_set_for_reproducible_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert stamp() == 1_234_567_890
    assert Times(stamp(), tmp_path).of("a", "jedno") == 1_234_567_890
    Times(stamp(), tmp_path).keep()
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "jučer")
    assert stamp() > 1_234_567_890
