"""The start of an entry: a statement of a thread that no question of the banks is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from quizlab import errors
from quizlab.commands import _banks
from quizlab.commands.thread import text_in
from quizlab.errors import QuizlabError
from quizlab.telling import words
from quizlab.thread.fold import plain
from quizlab.thread.said import offered
from quizlab.thread.statements import read
from quizlab.view.screen import Screen

KINDS = (
    (r"\bkoliko\b|\bkolik[ai]\b|\bbroj\b", "broj"),
    (r"\boblik\w*|\bdimenzij\w*|\bshape\b", "oblik"),
    (r"\btip\w*\b|\bvrac\w*", "tip"),
    (r"\bformul\w*|\bizraz\w*", "formula"),
)
"""Words that tell what kind of answer is asked for, by the interface's names; the first that is there counts."""


class Begun(Struct, frozen=True):
    """What is known of a question before it is asked about: its text and, by that, its kind and its options."""

    prompt: str
    kind: str
    options: tuple[str, ...] = ()


def begun(text: str) -> Begun:
    """The start of an entry from a statement as it stands."""
    stem, choices = offered(" ".join(text.split()))
    asked = stem.strip()
    if (end := asked.find("?")) > 0:
        asked = asked[: end + 1]
    if len(choices) > 1:
        return Begun(asked, "izbor", tuple(each.text for each in choices))
    folded = plain(asked)
    return Begun(asked, next((kind for pattern, kind in KINDS if re.search(pattern, folded)), "riječ"))


def from_thread(screen: Screen, path: Path, ask: Callable[[str], str]) -> Begun:
    """The start of an entry from a new statement of a thread, chosen where there are several.

    Raises:
        QuizlabError: the file cannot be read, or nothing in it is new.
    """
    questions = [question for bank in _banks.opened() for question in bank.questions]
    new = [one for one in read(text_in(path), questions).statements if not one.id and not one.near and one.text.strip()]
    if not new:
        raise QuizlabError("thread_not_new", {"path": str(path)}, errors.USAGE)
    for number, one in enumerate(new, 1):
        screen.line(f"{number}) r. {one.first_line}: {words.one_line(one.text)}")
    while len(new) > 1:
        said = ask(f"Koje (1–{len(new)}, prazno: 1)") or "1"
        if said.isdecimal() and 1 <= int(said) <= len(new):
            return begun(new[int(said) - 1].text)
    return begun(new[0].text)
