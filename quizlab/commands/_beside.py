"""What a student's own code gives, beside the answers of a session: judged in the background, a lab at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from quizlab import errors
from quizlab.commands._own import Own, look
from quizlab.errors import QuizlabError
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, hook_of
from quizlab.own.opening import kind_of
from quizlab.own.runner import StoppedError
from quizlab.telling import own as telling
from quizlab.telling import sentences
from quizlab.telling.own import Report

CLOSING = 2.0
"""Seconds that the end of a session waits for the process with the student's code to end."""


class Beside:
    """Judges the questions of a session on a student's code while they are being answered.

    Args:
        path: the student's folder or file.
        questions: those of the session as the bank has them, in the order in which their labs are to be judged.
        parts: where the student's parts are, ``part=file.py:Class``.

    Raises:
        QuizlabError: there is no such path, or no lab of these questions knows a student's code.
    """

    def __init__(self, path: Path, questions: Iterable[AnyQuestion], parts: Sequence[str] = ()) -> None:
        if not path.exists():
            raise QuizlabError("own_no_path", {"path": str(path)}, errors.USAGE)
        self._own = Own(path, tuple(parts))
        self._questions = {each.id: each for each in questions if hook_of(each)}
        labs = dict.fromkeys(registry.lab_of(hook_of(each)) for each in self._questions.values())
        self._labs = [lab for lab in labs if kind_of(lab)]
        if not self._labs:
            raise QuizlabError("own_unknown_lab", {"lab": next(iter(labs), "")}, errors.USAGE)
        self._reports: dict[str, Report] = {}
        self._failures: dict[str, str] = {}
        self._stop = threading.Event()
        self._done = {lab: threading.Event() for lab in self._labs}
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> Beside:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(CLOSING)

    def line(self, question: AnyQuestion, *, wait: bool) -> str:
        """One line on what the student's code gives where that is not the key; else, or not known yet, nothing.

        Args:
            question: as it was asked; with other numbers than the bank's only the difference itself is told.
            wait: until its lab is judged.
        """
        lab = registry.lab_of(hook_of(question))
        if lab not in self._done:
            return ""
        while wait and not self._done[lab].wait(0.2):  # a wait without end cannot be interrupted on Windows
            pass
        if failure := self._failures.pop(lab, ""):  # said once
            return failure
        report = self._reports.get(lab)
        as_written = self._questions.get(question.id)
        if report is None or as_written is None:
            return ""
        return telling.beside(report, question, same=question.params == as_written.params)

    def _work(self) -> None:
        for lab, done in self._done.items():
            asked = [each for each in self._questions.values() if registry.lab_of(hook_of(each)) == lab]
            try:
                self._reports[lab] = look(lab, asked, self._own, quiet=True, stop=self._stop)[1]
            except StoppedError:
                return
            except QuizlabError as error:
                self._failures[lab] = " ".join(sentences.problem(each) for each in error.problems)
            finally:
                done.set()
