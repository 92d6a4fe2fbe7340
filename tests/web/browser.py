"""The JavaScript grader run in node, and what Python says of the same answers, in one form."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quizlab.answers import Unreadable
from quizlab.export.web.answers import plain, script
from quizlab.model import AnyQuestion, Atom
from quizlab.question.grading import grade
from quizlab.telling import sentences

HERE = Path(__file__).resolve().parent
NODE = shutil.which("node") or ""
needs_node = pytest.mark.skipif(not NODE, reason="node, which runs the JavaScript, is not installed")

Asked = tuple[AnyQuestion, str, dict[str, Atom]]
"""A question as it is posed, what was typed, and settings."""


def one_browser_string(text: str) -> str:
    """The text as a browser would hold it: there, two surrogates side by side are one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def node(program: Path, lines: list[str], *arguments: Path | str) -> list[str]:
    """Runs a program of node's with these lines as its input; gives the lines that it prints."""
    command = [NODE, str(program), *map(str, arguments)]
    done = subprocess.run(
        command, input="\n".join(lines), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.split("\n")


def with_settings(question: AnyQuestion, settings: dict[str, Atom]) -> AnyQuestion:
    """The question as a page has it: there, settings are parameters and the answers are worked out with them."""
    return msgspec.structs.replace(question, params={**question.params, **settings})


def in_node(batch: list[Asked], folder: Path) -> list[dict[str, Any]]:
    """What the JavaScript says of each; ``ms`` is how long it took."""
    (folder / "script.js").write_text(script(), "utf-8")
    tables = {"unreadable": sentences.UNREADABLE, "hints": sentences.HINTS}
    (folder / "tables.json").write_text(json.dumps(tables), "utf-8")
    places: dict[tuple[int, str], int] = {}
    questions: list[AnyQuestion] = []
    lines: list[str] = []
    for question, typed, settings in batch:
        place = places.setdefault((id(question), str(settings)), len(questions))
        if place == len(questions):
            questions.append(with_settings(question, settings))
        lines.append(json.dumps([place, typed]))
    lines = [json.dumps([plain(one) for one in questions]), *lines]
    answered = node(HERE / "grade.js", lines, folder / "script.js", folder / "tables.json")
    return [json.loads(line) for line in answered]


def in_python(question: AnyQuestion, typed: str, settings: dict[str, Atom]) -> dict[str, Any]:
    """What Python says of an answer, with the fields that JavaScript gives."""
    found = grade(with_settings(question, settings), typed)
    if isinstance(found, Unreadable):
        kind = str(question.__struct_config__.tag)
        says = sentences.unreadable(found.code, found.args, found.part, kind)
        return {"outcome": "unreadable", "code": found.code, "args": found.args, "part": found.part, "sentence": says}
    fields = ("outcome", "understood", "key", "tag", "says", "special", "share")
    return {**{field: getattr(found, field) for field in fields}, "missing": list(found.missing)}


def differences(batch: list[Asked], folder: Path) -> tuple[list[Any], list[float]]:
    """Where the two differ, as (question, numbers, typed, field, Python's, JavaScript's); the milliseconds of each."""
    found, spent = [], []
    for (question, typed, settings), browser in zip(batch, in_node(batch, folder), strict=True):
        spent.append(browser["ms"])
        for field, value in in_python(question, typed, settings).items():
            if browser[field] != value:
                found.append((question.id, settings or question.params, typed, field, value, browser[field]))
    return found, spent
