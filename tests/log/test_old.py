"""A log of the first version becomes one of today's: every answer kept, a copy beside it, or nothing done at all."""

from __future__ import annotations

import contextlib
import multiprocessing
import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizlab.errors import QuizlabError
from quizlab.log import FILE, SHARES, Entry, Log, schema
from tests.entries import ENTRY, entries

FIRST = """
CREATE TABLE answers (
    number     INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,      -- UTC, ISO 8601
    session    TEXT NOT NULL,      -- the same for all answers of one sitting
    question   TEXT NOT NULL,
    params     TEXT NOT NULL,      -- JSON of the parameters asked with
    typed      TEXT NOT NULL,      -- as typed
    understood TEXT NOT NULL,      -- as read
    outcome    TEXT NOT NULL CHECK (outcome IN ('right', 'wrong', 'partial')),
    tag        TEXT NOT NULL,      -- the mistake's stable tag, or empty
    seconds    REAL NOT NULL       -- from the question shown to the answer read
);
CREATE INDEX answers_by_question ON answers (question, number);
PRAGMA user_version = 1;
"""
COLUMNS = ("at", "session", "question", "params", "typed", "understood", "outcome", "tag", "seconds")


def first(folder: Path, logged: list[Entry]) -> Path:
    """A log as the first version wrote it."""
    folder.mkdir(exist_ok=True)
    with contextlib.closing(sqlite3.connect(folder / FILE)) as connection:
        connection.executescript(FIRST)
        rows = [tuple(getattr(each, name) for name in COLUMNS) for each in logged]
        connection.executemany(f"INSERT INTO answers ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.commit()
    return folder / FILE


def tables(path: Path) -> list[tuple[str, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master ORDER BY name")]
        columns = [
            tuple(map(str, row)) for name in names for row in connection.execute(f"PRAGMA table_xinfo('{name}')")
        ]
        return [tuple(names), *columns]


def dump(path: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump(), str(connection.execute("PRAGMA user_version").fetchone())]


def opened(folder: str) -> int:
    with Log(Path(folder)) as log:
        return len(log.history())


def test_every_answer_is_kept_with_its_share(tmp_path: Path) -> None:
    old = [replace(each, outcome=outcome) for each, outcome in zip(entries(3), SHARES, strict=True)]
    before = dump(first(tmp_path, old))
    with Log(tmp_path) as log:
        assert log.history() == tuple(replace(each, share=SHARES[each.outcome]) for each in old)
        assert log.append(replace(ENTRY, at="2025-01-01T00:00:00.000+00:00")) == 4
    copies = list(tmp_path.glob("napredak-v1-*.sqlite"))
    assert [dump(copy) for copy in copies] == [before]
    with Log(tmp_path):
        assert list(tmp_path.glob("napredak-v1-*")) == copies


def test_an_old_log_and_a_new_one_have_the_same_tables(tmp_path: Path) -> None:
    first(tmp_path / "old", [ENTRY])
    for folder in ("old", "new"):
        Log(tmp_path / folder).close()
    assert tables(tmp_path / "old" / FILE) == tables(tmp_path / "new" / FILE)


def test_an_old_log_that_cannot_be_copied_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = first(tmp_path, [ENTRY])
    before = path.read_bytes()
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(QuizlabError) as caught:
        Log(tmp_path)
    assert caught.value.problems[0].code == "progress_copy"
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("at", range(4))
def test_an_upgrade_that_breaks_off_anywhere_did_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    path = first(tmp_path, [ENTRY])
    statements = schema.STEPS[1].split(";")
    place = len(statements) * at // 4
    broken = ";".join([*statements[:place], "SELECT * FROM nowhere", *statements[place:]])
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", (schema.STEPS[0], broken))
        with pytest.raises(QuizlabError):
            Log(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (1,)
    assert opened(str(tmp_path)) == 1


def test_of_several_first_openings_one_upgrades(tmp_path: Path) -> None:
    first(tmp_path, entries(50))
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert pool.map(opened, [str(tmp_path)] * 6) == [50] * 6
    assert len(list(tmp_path.glob("napredak-v1-*"))) == 1
