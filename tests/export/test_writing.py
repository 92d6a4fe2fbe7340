"""Where an export goes: to standard output with its images in it, or to a file with a folder beside it."""

from __future__ import annotations

import base64
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess, run
from urllib.parse import unquote

import pytest

from quizlab.commands.export import inlined, write
from quizlab.errors import COULD_NOT_RUN, QuizlabError
from quizlab.export import FORMATS, Document, Picture
from tests.export import helpers

DOCUMENT = Document(("![a][1.svg] {folder}/1.svg\n\n[1.svg]: ", Picture("1.svg"), "\n"), {"1.svg": b"<svg/>"})


def sources(text: str) -> list[str]:
    return [
        str(child.attrs["src"])
        for token in helpers.tokens(text)
        for child in token.children or []
        if child.type == "image"
    ]


def test_images_can_be_in_the_text() -> None:
    document = FORMATS["md"]("x", helpers.entries())
    found = [base64.b64decode(each.removeprefix("data:image/svg+xml;base64,")) for each in sources(inlined(document))]
    assert found == list(document.images.values())


def test_images_stand_at_the_end_so_that_the_text_can_be_read() -> None:
    lines = inlined(FORMATS["md"]("x", helpers.entries())).splitlines()
    data = [at for at, line in enumerate(lines) if "data:image" in line]
    assert data == list(range(len(lines) - 3, len(lines)))


@pytest.mark.parametrize("name", ["vodič.md", "moj vodič (1).md", "bez-nastavka", "a#b%20?.md", ".md", "{folder}.md"])
def test_images_lie_beside_the_file(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    write(DOCUMENT, target)
    text = target.read_text(encoding="utf-8")
    assert text.startswith("![a][1.svg] {folder}/1.svg\n")
    (source,) = sources(text)
    assert (tmp_path / unquote(source)).read_bytes() == b"<svg/>"


def test_writes_over_what_it_wrote(tmp_path: Path) -> None:
    for _ in range(2):
        write(DOCUMENT, tmp_path / "v.md")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["v-slike", "v.md"]


def test_makes_no_folder_without_images(tmp_path: Path) -> None:
    write(Document(("tekst\n",)), tmp_path / "v.md")
    assert [each.name for each in tmp_path.iterdir()] == ["v.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_name_that_is_no_text_still_works(tmp_path: Path) -> None:
    target = tmp_path / os.fsdecode(b"\xff.md")
    write(DOCUMENT, target)
    assert "](%FF-slike/1.svg" in target.read_text(encoding="utf-8").replace("[1.svg]: ", "](")


@pytest.mark.parametrize("where", [".", "mapa", "nema/v.md", "datoteka/v.md", "zauzeto.md"])
def test_what_cannot_be_written_is_one_error(tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mapa").mkdir()
    Path("datoteka").touch()
    Path("zauzeto-slike").touch()
    with pytest.raises(QuizlabError) as caught:
        write(DOCUMENT, Path(where))
    assert caught.value.problems[0].code == "output_failed"
    assert caught.value.status == COULD_NOT_RUN
    assert caught.value.problems[0].args["path"] == where
    assert not Path(where).is_file()


def test_what_was_there_stays_until_all_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "v.md"
    write(DOCUMENT, target)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    changed = Document((*DOCUMENT.pieces, "novo"), {"1.svg": b"<svg>novo</svg>", "2.svg": b"<svg>2</svg>"})
    whole = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if data.endswith(b"novo"):
            whole(path, data[:10])
            raise OSError(28, "No space left on device")
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(QuizlabError, match="output_failed"):
        write(changed, target)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()} == before


BANK = """\
title: Pokusna banka
groups: {A: {title: bilješke}}
questions:
  - id: pokus-1
    topic: arhitektura
    kind: number
    prompt: Koliko parametara ima jedinica za {c_in} ulaznih kanala?
    params: {c_in: 32}
    answer: 9*c_in*32 + 32 + 2*c_in
    verify: {hook: lab4.unit_parameters}
    explain: Zato.
    recollections: [{group: A, answer: "9312"}]
"""


def test_the_command_writes_a_guide(quizlab: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    (tmp_path / "pokus.yaml").write_text(BANK, encoding="utf-8")
    run = quizlab("export", "--md", "pokus-1", "--bank", "pokus.yaml", "-o", "moj vodič.md")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert ("h4", "pokus-1") in helpers.headings((tmp_path / "moj vodič.md").read_text(encoding="utf-8"))


def test_the_command_says_in_one_sentence_what_it_cannot_write(
    quizlab: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "pokus.yaml").write_text(BANK, encoding="utf-8")
    run = quizlab("export", "--md", "pokus-1", "--bank", "pokus.yaml", "-o", "nema/vodič.md")
    assert (run.returncode, run.stdout) == (COULD_NOT_RUN, "")
    assert run.stderr.count("\n") == 1
    assert "nema/vodič.md" in run.stderr


@pytest.mark.stress
def test_cards_need_no_room_beside_their_file(environment: dict[str, str], tmp_path: Path) -> None:
    code = """
import runpy, tempfile
def refuse(*_, **__):
    raise OSError(28, "No space left on device")
tempfile.mkdtemp = refuse
runpy.run_module("quizlab", run_name="__main__", alter_sys=True)
"""
    command = [sys.executable, "-c", code, "export", "--anki", "q4", "-o", "k.apkg"]
    made = run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr
    assert zipfile.is_zipfile(tmp_path / "k.apkg")
