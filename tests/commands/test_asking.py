"""What happens in the background is said beside the answer, once, in a terminal as in a pipe."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any, cast

import pytest

from quizlab import bank
from quizlab.commands._asking import Sitting
from quizlab.commands._course import Course
from quizlab.commands.practice import PracticeOptions, _begun
from quizlab.log import Log
from quizlab.model import Problem
from quizlab.view.prompts import Typed
from quizlab.view.screen import Screen


class Fetching:
    """A prover whose torch has just come; its proofs are never there."""

    def __init__(self) -> None:
        self.versions: dict[str, str] = {}
        self.left = [Problem("torch_arrived")]

    def again(self, *_: Any) -> None:
        """It has nothing that failed."""

    def ready(self, *_: Any) -> bool:
        return False

    def finding(self, *_: Any) -> None:
        time.sleep(0)

    def news(self) -> Problem | None:
        return self.left.pop() if self.left else None


@pytest.mark.parametrize("plain", [False, True])
def test_that_torch_has_come_is_said_once_under_an_answer(tmp_path: Path, plain: bool) -> None:
    screen = Screen(plain=plain, file=io.StringIO())
    with Log(tmp_path) as log:
        course = Course(tuple(bank.load(path) for path in bank.shipped()), log)
        session = _begun(PracticeOptions(names=("q4",), seed=1), course)
        assert session is not None
        assert session.current is not None
        sitting = Sitting(screen, course, cast("Any", Fetching()), session)
        question = course.questions["q4"]
        for _ in range(2):
            answered = sitting._submit(question, Typed("nn.Sequential nasljeđuje nn.Module"), 1.0)
            assert answered is not None
            sitting._tell(answered)
            sitting.session = session
    assert cast("io.StringIO", screen.file).getvalue().count("PyTorch je stigao") == 1
