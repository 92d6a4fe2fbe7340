"""The log as a whole at the command line: carried, emptied, graded again, with a sentence for everything."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizlab import errors
from quizlab.commands import _log, _screen, import_, reset
from quizlab.errors import QuizlabError
from quizlab.log import Entry, Log
from tests.entries import ENTRY, entries


@pytest.fixture
def folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of this test, with three answers in it."""
    monkeypatch.setenv("QUIZLAB_HOME", str(home))
    with Log(home) as log:
        log.append_all(entries(3))
    return home


def history(home: Path) -> tuple[Entry, ...]:
    with Log(home) as log:
        return log.history()


def test_json_on_standard_output_is_all_there_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _log.export_log(Path("-")) == errors.RIGHT
    shown, complaints = capsys.readouterr()
    data = json.loads(shown)
    assert (data["version"], len(data["answers"]), complaints) == (1, 3, "")
    assert set(data["answers"][0]) == set(Entry.__struct_fields__)


@pytest.mark.parametrize("name", ["a.json", "B.JSON", "a.csv"])
def test_out_and_in_again(
    folder: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _log.export_log(tmp_path / name) == errors.RIGHT
    assert capsys.readouterr().out == f"Izvezeno: 3 odgovora. Datoteka: {tmp_path / name}\n"
    assert import_.import_log(tmp_path / name) == errors.RIGHT
    assert capsys.readouterr().out == "Ništa novo. Odgovora u datoteci: 3; napredak ih već ima.\n"
    monkeypatch.setenv("QUIZLAB_HOME", str(tmp_path / "drugi"))
    assert import_.import_log(tmp_path / name) == errors.RIGHT
    assert capsys.readouterr().out == "Uvezeno: 3 odgovora. U datoteci ih je 3.\n"
    assert len(history(tmp_path / "drugi")) == 3
    assert (history(tmp_path / "drugi") == history(folder)) == (name != "a.csv")


def test_a_bad_file_imports_nothing(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = ['{"at": 1}'] * 3 + [json.dumps({name: getattr(ENTRY, name) for name in Entry.__struct_fields__})]
    (tmp_path / "x.json").write_text('{"version": 1, "answers": [' + ",".join(bad) + "]}", encoding="utf-8")
    before = history(folder)
    assert import_.import_log(tmp_path / "x.json") == errors.USAGE
    shown, told = capsys.readouterr()
    assert shown == ""
    assert len(told.splitlines()) == 21
    assert told.endswith("\nJoš 7 problema u toj datoteci. Ništa nije uvezeno.\n")
    assert history(folder) == before


def test_an_unknown_suffix_and_a_place_that_takes_nothing(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(QuizlabError, match="export_suffix") as caught:
        _log.export_log(tmp_path / "a.xlsx")
    assert caught.value.status == errors.USAGE
    for path in (tmp_path / "no" / "a.json", tmp_path / "a\x00.json"):
        with pytest.raises(QuizlabError, match="export_failed"):
            _log.export_log(path)
    (tmp_path / "mapa.json").mkdir()
    with pytest.raises(QuizlabError, match="export_failed"):
        _log.export_log(tmp_path / "mapa.json")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["dom", "mapa.json"]


def test_nobody_to_ask_deletes_nothing(folder: Path) -> None:
    with pytest.raises(QuizlabError, match="reset_unasked") as caught:
        reset.reset_log(yes=False)
    assert caught.value.status == errors.USAGE
    assert len(history(folder)) == 3


def test_yes_deletes_and_says_where_the_copy_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reset.reset_log(yes=True) == errors.RIGHT
    shown = capsys.readouterr().out
    copy = Path(shown.strip().rpartition(": ")[2])
    assert shown.startswith("Obrisano: 3 odgovora. Kopija: ")
    assert history(folder) == ()
    copy.rename(folder / "napredak.sqlite")
    assert len(history(folder)) == 3
    reset.reset_log(yes=True)
    capsys.readouterr()
    assert reset.reset_log(yes=True) == errors.RIGHT
    assert capsys.readouterr().out == "Napredak je prazan, pa nema što obrisati.\n"


@pytest.mark.parametrize(("typed", "left"), [("d\n", 0), ("DA\n", 0), ("\n", 3), ("n\n", 3), ("", 3), ("dakako\n", 3)])
def test_only_a_plain_yes_deletes(
    folder: Path, typed: str, left: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (reset, _screen):
        monkeypatch.setattr(module, "is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert reset.reset_log(yes=False) == errors.RIGHT
    shown = capsys.readouterr().out
    assert f"Obrisati 3 odgovora? Kopija ostaje u mapi {folder}. [d/N] " in shown
    assert ("Ništa nije obrisano." in shown) == (left == 3)
    assert len(history(folder)) == left


def test_ctrl_c_deletes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    for module in (reset, _screen):
        monkeypatch.setattr(module, "is_terminal", lambda: True)
    monkeypatch.setattr("quizlab.view.prompts.line", interrupted)
    assert reset.reset_log(yes=False) == errors.INTERRUPTED
    assert len(history(folder)) == 3


def test_grading_again_shows_first_and_writes_when_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Log(folder) as log:
        log.reset()
        asked = '{"kernel":3,"c_in":32,"c_out":32}'
        wrong = replace(ENTRY, params=asked, typed="9280", understood="9280", outcome="right", share=1.0)
        log.append_all([wrong, replace(wrong, typed="9312"), replace(ENTRY, question="gone"), replace(ENTRY, typed="")])
        before = log.history()
    next(folder.glob("napredak-*")).unlink()
    assert _log.regrade([], write=False) == errors.RIGHT
    assert capsys.readouterr().out.splitlines() == [
        "q1, odgovor „9280”: bilo točno, sada krivo (bez-pristranosti).",
        "Promijenilo bi se: 1 odgovor. Za upis dodaj --write.",
        "Preskočeno jer tog pitanja više nema: 1 odgovor.",
        "Preskočeno jer se ne može ponovno pročitati: 1 odgovor.",
    ]
    assert history(folder) == before
    assert not list(folder.glob("napredak-*"))
    assert _log.regrade([], write=True) == errors.RIGHT
    shown = capsys.readouterr().out.splitlines()
    assert "Promijenjeno: 1 odgovor." in shown
    (copy,) = folder.glob("napredak-*")
    assert shown[-1] == f"Kopija prijašnjeg napretka: {copy}"
    assert [each.outcome for each in history(folder)] == ["wrong", "right", "right", "right"]
    assert _log.regrade([], write=True) == errors.RIGHT
    assert capsys.readouterr().out.startswith("Sve ocjene vrijede i dalje. Provjereno: 2 odgovora.\n")


def test_on_a_terminal_the_changes_are_a_table(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_screen, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    assert _log.regrade([], write=False) == errors.RIGHT
    shown = capsys.readouterr().out
    assert "pitanje" in shown
    assert "bilo" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())
