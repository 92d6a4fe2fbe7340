"""No export has a character in it that nobody sees: a bank full of them, in every format; a file with an odd name."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from itertools import product
from pathlib import Path

import pytest

from quizlab import bank
from quizlab.log.entry import Entry
from quizlab.log.files import whole
from quizlab.unseen import UNPRINTABLE, in_json
from tests.stress import hostile
from tests.thinned import thinned

FORMATS = ("html", "json", "md", "sheet", "moodle", "anki", "anki-csv", "qti")


def written(path: Path, folder: Path) -> dict[str, str]:
    """Every text of an exported file, each under a name."""
    if not zipfile.is_zipfile(path):
        return {path.name: path.read_text(encoding="utf-8")}
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    found: dict[str, str] = {}
    for each in (part for part in folder.rglob("*") if part.is_file()):
        if each.suffix == ".anki2":
            with sqlite3.connect(each) as connection:
                tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
                rows = [row for name in tables for row in connection.execute(f'SELECT * FROM "{name}"')]
            connection.close()
            found[each.name] = "\n".join(
                str(cell).replace("\x1f", "") for row in rows for cell in row
            )  # between fields
        elif each.suffix in (".xml", ".html", ".json", "") and each.name != "media":
            found[each.name] = each.read_text(encoding="utf-8")
    return found


@pytest.mark.parametrize(("form", "name"), thinned(product(FORMATS, ["escaped-unseen", "bare-unseen"]), 3))
def test_no_export_has_one(quizlab, tmp_path, form, name) -> None:
    path = tmp_path / "banka.yaml"
    path.write_text(hostile.banks(100)[name], encoding="utf-8")
    out = tmp_path / f"izvoz-{form}"
    done = quizlab("export", f"--{form}", "banka", "--bank", str(path), "-o", str(out))
    assert done.returncode == 0, done.stderr
    texts = written(out, tmp_path / "razmotano")
    assert any("Što" in text for text in texts.values())
    for part, text in texts.items():
        assert not (found := UNPRINTABLE.search(text.replace("\r\n", "\n"))), (part, found)


def test_what_is_escaped_reads_back() -> None:
    for char in ("\x7f", "\x9b", "\u202e", "\ufeff", "\u2028", "\U000e0041", "\ud800"):
        encoded = in_json(json.dumps([f"a{char}b"], ensure_ascii=False))
        assert not UNPRINTABLE.search(encoded)
        assert json.loads(encoded) == [f"a{char}b"]


def test_an_answer_with_one_is_taken_along_and_read_back() -> None:
    entry = Entry("2026-01-02T03:04:05+00:00", "s", "q1", "{}", "kit\u200b\u202e", "kit", "wrong", "", 1.0)
    text = whole.written([entry])
    assert not UNPRINTABLE.search(text)
    assert whole.read(text.encode())[0] == [entry]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("command", thinned(["check", "practice", "list", "html", "json", "md"], 3))
def test_a_file_whose_name_is_no_text(environment, tmp_path, command) -> None:
    path = bytes(tmp_path) + b"/ba\xff\xfe.yaml"
    text = hostile.bank(hostile.question())
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(text)
    arguments = {
        "check": [b"check", path],
        "practice": [b"practice", b"z1", b"--plain", b"--bank", path],
        "list": [b"list", b"--bank", path],
    }.get(command, [b"export", b"--" + command.encode(), b"z1", b"--bank", path])
    done = subprocess.run(
        [sys.executable, "-m", "quizlab", *arguments], env=environment, input=b"2\n\n", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert bank.load(Path(path.decode("utf-8", "surrogateescape"))).name == "ba\ufffd\ufffd"
    assert not UNPRINTABLE.search(done.stdout.decode().replace("\x1b", ""))
