"""The thread command: what it prints, in which form, and how bad input is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from quizlab.telling.thread import ranges
from tests.commands.test_cli import one_sentence
from tests.conftest import FAKES, ROOT, Run

NIT = ROOT / "docs" / "nit.txt"
HOSTILE = "<b>Whh</b> [x](http://a.b) *y* `z` \x1b[31m [red]r[/red] \u202e"


def test_json_is_one_object_with_the_documented_fields(quizlab: Run) -> None:
    done = quizlab("thread", str(NIT), "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert [(one["first_line"], one["last_line"], one["id"], one["verdict"]) for one in found["statements"]] == [
        (3, 3, "q10", "right"),
        (4, 4, "q19", "wrong"),
        (5, 5, "q1", "right"),
        (6, 6, None, "none"),
        (8, 8, "q19", "right"),
    ]
    assert found["contradictions"] == ["q19"]
    assert "q10" not in found["unmentioned"]
    assert "q2" in found["unmentioned"]
    guide = (ROOT / "docs" / "upute.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"`quizlab thread --json` ispisuje.*?\n\n(.*?)\n\n", guide, re.DOTALL)
    first = " ".join(line.split("|")[1] for line in table.splitlines()[2:])
    documented = {name.removeprefix("statements[].") for name in re.findall(r"`([^`]+)`", first)}
    assert documented == set(found["statements"][0]) | set(found) - {"statements"}


def test_standard_input_and_a_file_are_read_alike(quizlab: Run) -> None:
    text = NIT.read_text(encoding="utf-8")
    assert quizlab("thread", "-", typed=text).stdout == quizlab("thread", str(NIT)).stdout != ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1250"])
def test_a_thread_of_another_encoding_is_read(quizlab: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "nit.txt"
    path.write_text("čemu služi <PAD>? da rečenice u grupi budu iste duljine", encoding=encoding)
    found = json.loads(quizlab("thread", str(path), "--json").stdout)["statements"]
    assert [(one["id"], one["verdict"]) for one in found] == [("q44", "right")]


def test_other_sizes_are_judged_by_the_built_model(quizlab: Run, tmp_path: Path) -> None:
    path = tmp_path / "nit.txt"
    path.write_text("bnreluconv jedinica, k = 5, 16 -> 32, koliko parametara? 12864\n", encoding="utf-8")
    (proved,) = json.loads(quizlab("thread", str(path), "--json").stdout)["statements"]
    assert (proved["verdict"], proved["says"]) == ("right", "")
    (formula,) = json.loads(
        quizlab(
            "thread", str(path), "--json", env={"PYTHONPATH": str(FAKES / "no_torch"), "QUIZLAB_HOME": str(tmp_path)}
        ).stdout
    )["statements"]
    assert formula["verdict"] == "right"
    assert "Za živi dokaz treba PyTorch" in formula["says"]
    path.write_text("bnreluconv jedinica, k = 5, 999999 -> 999999, koliko parametara? 12864\n", encoding="utf-8")
    (refused,) = json.loads(quizlab("thread", str(path), "--json").stdout)["statements"]
    assert refused["verdict"] == "none"


@pytest.mark.parametrize("form", [[], ["--plain"], ["--md"]])
def test_text_of_a_thread_is_harmless(quizlab: Run, tmp_path: Path, form: list[str]) -> None:
    path = tmp_path / "nit.txt"
    path.write_text(f"zbog cega gradijent eksplodira: {HOSTILE}\nsto je skip connection {HOSTILE}?\n", encoding="utf-8")
    done = quizlab("thread", str(path), *form)
    assert done.returncode == 0
    assert "\x1b[31m" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "[red]r[/red]" in done.stdout.replace("\\", "")
    if form == ["--md"]:
        page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(done.stdout)
        assert not re.search(r"<b>|<a |<em>y", page)


def test_markdown_names_lines_questions_and_verdicts(quizlab: Run) -> None:
    shown = quizlab("thread", str(NIT), "--md").stdout
    assert (
        "- r. 4 · `q19` Koji je posljednji sloj modela SimpleMetricEmbedding?\n  - ✗ **krivo**: potpuno povezani"
        in shown
    )
    assert "### Proturječja" in shown
    assert "### Novo: takvog pitanja u bankama nema" in shown


def test_a_thread_about_nothing_says_so(quizlab: Run) -> None:
    for form in ([], ["--md"]):
        done = quizlab("thread", "-", *form, typed="hvala svima\nsretno sutra\n")
        assert done.stdout.strip() == "U ovoj niti nema nijedne tvrdnje o gradivu."


def test_practice_asks_what_the_thread_asks_most_repeated_first(quizlab: Run) -> None:
    shown = quizlab("thread", str(NIT), "--practice", "--plain", typed="b\n").stdout
    prompts = ("Koji je posljednji sloj", "Koliko ulaznih kanala", "Koliko parametara ima konvolucijska")
    places = [shown.find(prompt) for prompt in prompts]
    assert places[0] >= 0  # q19 stands in the thread twice, the others once
    assert all(place < 0 or place > places[0] for place in places[1:])


def test_bad_input_is_one_sentence(quizlab: Run, tmp_path: Path) -> None:
    missing = quizlab("thread", "nema.txt")
    assert (missing.returncode, one_sentence(missing)[:28]) == (2, "Ne mogu pročitati nema.txt (")
    two = quizlab("thread", str(NIT), "--json", "--md")
    assert two.returncode == 2
    assert "Ostavi jedno od toga" in one_sentence(two)
    big = tmp_path / "big.txt"
    big.write_bytes(b"a" * (5 * 2**20))
    assert quizlab("thread", str(big)).returncode == 2


def test_ids_in_a_row_are_put_together() -> None:
    assert ranges(["q2", "q3", "q4", "q7", "q8", "x", "q65"]) == "q2–q4, q7, q8, x, q65"
    assert ranges([]) == ""
