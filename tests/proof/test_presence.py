"""Whether torch is there: an installation that is on its way is not touched, one that died is not waited for."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from pathlib import Path

import pytest

from quizlab.model import Problem
from quizlab.proof import presence


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    return tmp_path / presence.FILE


def say(path: Path, state: str, age: float = 0.0, **more: str) -> None:
    path.write_text(json.dumps({"state": state, **more}), encoding="utf-8")
    os.utime(path, (time.time() - age, time.time() - age))


def test_while_it_arrives_torch_is_not_even_looked_for(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say(told, "arriving")
    with monkeypatch.context() as patched:
        patched.setattr(importlib.util, "find_spec", lambda name: pytest.fail("looked for"))
        assert presence.state() == "arriving"
    say(told, "arrived")
    assert presence.state() == "there"
    assert presence.ended() == Problem("torch_arrived")


def test_an_installation_that_says_nothing_any_more_has_ended(told: Path) -> None:
    say(told, "arriving", age=presence.QUIET + 5, log="torch.log")
    assert presence.state() == "there"
    assert presence.ended() == Problem("torch_failed", {"why": "prekinuto", "log": "torch.log"})


def test_one_that_failed_says_why(told: Path) -> None:
    say(told, "failed", why="nema mreže", log="torch.log")
    assert not presence.arriving()
    assert presence.ended() == Problem("torch_failed", {"why": "nema mreže", "log": "torch.log"})


@pytest.mark.parametrize("text", ["", "[]", "{", "\0", '{"state": 1}'])
def test_whatever_stands_there_is_no_news(told: Path, text: str) -> None:
    told.write_text(text, encoding="utf-8")
    assert not presence.arriving()


def test_without_torch_it_is_absent_and_a_strange_one_is_tried(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert presence.state() == "absent"

    def strange(name: str) -> None:
        raise ValueError("torch.__spec__ is None")

    monkeypatch.setattr(importlib.util, "find_spec", strange)
    assert presence.state() == "there"
