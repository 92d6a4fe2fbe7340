"""GIFT, read by npm's gift-pegjs (tests/web: npm ci)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from quizlab.export import Entry
from quizlab.export.gift import gift
from quizlab.export.items import Item, items, mathjax
from tests.export import platforms
from tests.export.moodle_reader import GRADES
from tests.export.platforms import EVIL, TYPED, plain, shown

HERE = Path(__file__).parent
PARSER = HERE.parent / "web" / "node_modules" / "gift-pegjs"
needs_parser = pytest.mark.skipif(
    shutil.which("node") is None or not PARSER.is_dir(),
    reason="gift-pegjs is not installed: npm ci in tests/web, with node",
)


def parsed(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    document = gift("Vodič // za ::blic::\n{", entries).text(str)
    command = ["node", str(HERE / "gift.js"), str(PARSER)]
    done = subprocess.run(command, input=document.encode(), capture_output=True, check=False, timeout=120)
    assert not done.returncode, done.stderr.decode()[-2000:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def everything() -> list[Entry]:
    return [*platforms.shipped(), *platforms.hostile(), *platforms.proved()]


@pytest.fixture(scope="module")
def read(everything: list[Entry]) -> list[dict[str, Any]]:
    return parsed(everything)


def _meant(item: Item) -> str:
    if item.kind == "essay":
        return "Essay"
    if item.options:
        return "MC"
    return "Numerical" if len(item.gaps) == 1 and item.gaps[0].kind == "numerical" else "Short"


def _weight(choice: dict[str, Any]) -> float:
    return float(choice["weight"] if choice["weight"] is not None else 100 * choice["isCorrect"])


@needs_parser
def test_every_item_is_read_as_it_was_meant(everything: list[Entry], read: list[dict[str, Any]]) -> None:
    meant = {item.id.replace("]", ")"): item for item in items(everything, mathjax)}
    questions = [each for each in read if each["type"] != "Category"]
    assert len(questions) == len(list(items(everything, mathjax)))
    for each in questions:
        item = meant[each["id"]]
        assert each["type"] == _meant(item), item.id
        assert each["tags"] == [tag.replace("]", ")") for tag in item.tags]
        assert each["title"] == item.name
        assert each["stem"]["format"] == "html"
        assert item.prompt in each["stem"]["text"]
        assert each["globalFeedback"] == {"format": "html", "text": item.feedback}
        answers = item.options or (item.gaps[0].answers if len(item.gaps) == 1 else item.joined)
        choices = each.get("choices", [])
        assert len(choices) == len(answers)
        for choice, answer in zip(choices, answers, strict=True):
            assert _weight(choice) == pytest.approx(answer.fraction, abs=1e-5)
            assert min(abs(abs(_weight(choice)) - grade) for grade in GRADES) < 1e-5
            assert ((choice["feedback"] or {}).get("text") or "") == answer.says.replace("%50%x", "&#37;50%x")
            if each["type"] == "Numerical":
                assert choice["text"]["number"] == float(answer.text)
                assert choice["text"]["range"] == float(answer.tolerance)
            elif each["type"] == "Short":
                # Moodle's short answers: \\* is a star, * any text
                assert choice["text"]["text"] == answer.text.replace("*", "\\*").replace("->", "-*>")


@needs_parser
def test_categories(read: list[dict[str, Any]]) -> None:
    titles = [each["title"] for each in read if each["type"] == "Category"]
    assert "$course$/top/quizlab/lab4/arhitektura" in titles
    assert "$course$/top/quizlab/b//1 <x>/tema//s kosom ::crtom::" in titles


@needs_parser
def test_hostile_texts_come_through_as_they_are(read: list[dict[str, Any]]) -> None:
    found = {each["id"]: each for each in read if each["type"] != "Category"}
    evil = plain(EVIL)
    choice = found["e1"]
    assert shown(choice["stem"]["text"]) == evil
    assert shown(choice["choices"][0]["text"]["text"]) == evil
    assert [shown(each["text"]["text"]) for each in choice["choices"][1:]] == ["%50% [html]", "[html]=x", "<b>~d~</b>"]
    assert shown(choice["choices"][2]["feedback"]["text"]) == "%50%x"
    words = found["e4"]["choices"][0]
    assert words["text"]["format"] == "plain"
    assert words["text"]["text"] == TYPED.replace("*", "\\*").replace("->", "-*>")
    several = found["e5"]
    assert shown(several["stem"]["text"]).startswith(evil)
    assert several["choices"][0]["text"]["text"] == "jedan {#1}; 7"
    wrong = [each for each in several["choices"] if each["weight"] == 0]
    assert wrong[0]["text"]["text"] == "tri }; 8"
    assert shown(wrong[0]["feedback"]["text"]) == evil


def test_no_question_has_a_blank_line_in_it(everything: list[Entry]) -> None:
    """A blank line ends a question, and in Moodle a line that begins with // is a comment."""
    for block in gift("V", everything).text(str).strip().split("\n\n"):
        lines = block.split("\n")
        assert all(line.strip() for line in lines)
        assert block.startswith(("// ", "$CATEGORY: "))
        assert not any(line.strip().startswith("//") for line in lines[1:])


def test_a_matching_question_is_never_made(everything: list[Entry]) -> None:
    """In Moodle's reader ``->`` anywhere among short answers makes one."""
    for block in gift("V", everything).text(str).split("\n\n"):
        answers = block.partition("{\n")[2].rpartition("\t####")[0]
        assert "->" not in answers
