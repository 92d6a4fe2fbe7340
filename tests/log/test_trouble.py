"""Whatever is wrong with the file of the log: one sentence, the file as it was, and never a traceback."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from quizlab.errors import COULD_NOT_RUN, QuizlabError
from quizlab.log import FILE, Log, store, trouble
from quizlab.telling import sentences
from tests.conftest import ROOT, Run
from tests.entries import ENTRY, entries


def filled(folder: Path, number: int = 400) -> Path:
    """The file of a log with so many answers."""
    with Log(folder) as log:
        log.append_all(entries(number))
    return folder / FILE


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database, but somebody's notes" * 100)


def short_garbage(path: Path) -> None:
    path.write_bytes(b"oh")


def bad_header(path: Path) -> None:
    path.write_bytes(b"SQLite format 4\x00" + path.read_bytes()[16:])


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 5 + 77])


def bad_pages(path: Path) -> None:
    """Pages behind the first hold nonsense, so that opening the file notices nothing."""
    whole = path.read_bytes()
    path.write_bytes(whole[: 4096 * 3] + bytes([0xAB]) * (len(whole) - 4096 * 3))


def another(path: Path) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE songs (name TEXT); INSERT INTO songs VALUES ('a');")


def robbed(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TABLE sessions")


def newer(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


BROKEN = (garbage, short_garbage, bad_header, truncated, bad_pages, another, robbed)


@pytest.mark.parametrize("spoil", [*BROKEN, newer])
def test_a_spoilt_file_is_refused_and_left_as_it_is(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    path = filled(tmp_path)
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(QuizlabError) as caught, Log(tmp_path) as log:
        log.history()
    assert caught.value.problems[0].code == ("progress_newer" if spoil is newer else "progress_broken")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("spoil", [*BROKEN, newer])
def test_practice_says_so_in_one_sentence(quizlab: Run, home: Path, spoil: Callable[[Path], None]) -> None:
    path = filled(home)
    spoil(path)
    before = path.read_bytes()
    done = quizlab("practice", "q1", typed="9312\n")
    assert told(done, path)
    assert ("nije dirana" in done.stderr) == (spoil is not newer)
    assert path.read_bytes() == before


def told(done: subprocess.CompletedProcess[str], path: Path) -> bool:
    """Whether a command ended with one sentence about a file, and the status of what could not run."""
    assert done.returncode == COULD_NOT_RUN, (done.stdout, done.stderr)
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert str(path) in done.stderr
    assert not any(word in done.stderr for word in ("database", "disk I/O", "Error", "unable"))
    return True


def test_a_folder_in_the_place_of_the_file(quizlab: Run, home: Path) -> None:
    (home / FILE).mkdir(parents=True)
    assert told(quizlab("practice", "q1", typed="9312\n"), home / FILE)
    with pytest.raises(QuizlabError, match="progress_is_folder"):
        Log(home)


def test_a_file_in_the_place_of_the_folder(quizlab: Run, home: Path) -> None:
    home.write_text("notes", encoding="utf-8")
    assert told(quizlab("practice", "q1", typed="9312\n"), home)
    with pytest.raises(QuizlabError, match="progress_folder"):
        Log(home / "below")
    assert home.read_text(encoding="utf-8") == "notes"


def test_a_long_hold_by_another_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    path = filled(tmp_path, 3)
    with Log(tmp_path) as log, contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        for act in (
            lambda: log.append(ENTRY),
            lambda: log.save("s", "practice", "x"),
            log.reset,
            lambda: Log(tmp_path),
        ):
            with pytest.raises(QuizlabError, match="progress_busy"):
                act()
        other.rollback()
        assert log.append(ENTRY) == 4


def test_a_short_hold_is_waited_for(tmp_path: Path) -> None:
    path = filled(tmp_path, 3)
    with Log(tmp_path) as log, contextlib.closing(sqlite3.connect(path, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.3, other.rollback).start()
        start = time.monotonic()
        assert log.append(ENTRY) == 4
        assert time.monotonic() - start > 0.2


@pytest.mark.stress
def test_practice_waits_and_then_says_who_holds_the_file(quizlab: Run, home: Path) -> None:
    path = filled(home, 3)
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = quizlab("practice", "q1", typed="9312\n")
    assert told(done, path)
    assert "drugi quizlab" in done.stderr


def test_a_full_disk_takes_nothing_that_was_there(tmp_path: Path) -> None:
    filled(tmp_path, 20)
    with Log(tmp_path) as log:
        before = log.history()
        connection = log._store.connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(QuizlabError, match="progress_full"):
            log.append(replace(ENTRY, typed="x" * 100_000), "state" * 10_000)
        assert log.history() == before
        connection.execute("PRAGMA max_page_count = 100000")
        log.append(ENTRY)


@pytest.fixture
def tiny() -> Iterator[Path]:
    """A disk of 160 KiB."""
    folder = Path(tempfile.mkdtemp(prefix="quizlab-tiny-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def test_practice_on_a_full_disk(quizlab: Run, tiny: Path) -> None:
    path = filled(tiny, 1)
    with (tiny / "rest").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    done = quizlab("practice", "q1", typed="9312\n" * 3, env={"QUIZLAB_HOME": str(tiny)})
    assert told(done, path)
    (tiny / "rest").write_bytes(b"")
    with Log(tiny) as log:
        assert len(log.history()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_file_that_may_not_grow(environment: dict[str, str], home: Path) -> None:
    path = filled(home, 1)
    limited = (
        "import resource, sys; from quizlab.cli import run\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)\n"
        "sys.exit(run(['practice', 'q1', '--seed', '1']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "2000"],
        input="9312\n" * 3,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
        cwd=ROOT,
    )
    assert told(done, path)
    with Log(home) as log:
        assert len(log.history()) == 1


@pytest.fixture
def bound() -> list[str]:
    """What to put before a command so that permissions bind it, though this is root."""
    if sys.platform == "win32":
        pytest.skip("permissions of POSIX")
    if os.getuid() != 0:
        return []
    command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if shutil.which("setpriv") is None or subprocess.run([*command, "true"], check=False).returncode:
        pytest.skip("permissions do not bind root")
    return command


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o700, 0o400), (0o500, 0o600), (0o700, 0o000), (0o000, 0o600)])
def test_practice_without_the_right(
    environment: dict[str, str], home: Path, bound: list[str], folder_mode: int, file_mode: int
) -> None:
    path = filled(home, 2)
    before = path.read_bytes()
    path.chmod(file_mode)
    home.chmod(folder_mode)
    done = subprocess.run(
        [*bound, sys.executable, "-m", "quizlab", "practice", "q1"],
        input="9312\n",
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
        cwd=ROOT,
    )
    home.chmod(0o700)
    path.chmod(0o600)
    assert told(done, path)
    assert path.read_bytes() == before


def test_a_read_only_database_is_said(tmp_path: Path) -> None:
    filled(tmp_path, 2)
    with Log(tmp_path) as log:
        log._store.connection.close()
        log._store.connection = sqlite3.connect(f"{(tmp_path / FILE).as_uri()}?mode=ro", uri=True, isolation_level=None)
        with pytest.raises(QuizlabError, match="progress_readonly"):
            log.append(ENTRY)
        assert len(log.history()) == 2


def test_a_lost_table_is_said(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as other:
            other.executescript("DROP TABLE answers")
        with pytest.raises(QuizlabError, match="progress_broken"):
            log.append(ENTRY)
        with pytest.raises(QuizlabError, match="progress_broken"):
            log.history()


def test_whatever_bytes_are_damaged_it_is_a_log_or_refused(tmp_path: Path) -> None:
    whole = filled(tmp_path / "whole", 120).read_bytes()
    used = 0
    for seed in range(150):
        rng = random.Random(seed)
        data = bytearray(whole)
        for _ in range(rng.choice([1, 3, 30, 300])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.2:
            del data[rng.randrange(len(data)) :]
        folder = tmp_path / str(seed)
        folder.mkdir()
        (folder / FILE).write_bytes(data)
        with contextlib.suppress(QuizlabError):
            use(folder)
            used += 1
    assert 0 < used < 130


def use(folder: Path) -> None:
    """Read and write everything that there is to."""
    with Log(folder) as log:
        log.history()
        log.last("q1")
        log.times("x")
        log.of_session("s")
        log.interrupted("practice")
        log.revision()
        log.append(ENTRY, "state")
        log.withdraw(5, "", "state")
        log.merge(entries(3))
        log.reset()


def test_every_trouble_has_its_sentence() -> None:
    for code in {*trouble.CODES.values(), "progress_is_folder"}:
        said = sentences.say(code, {"path": "napredak.sqlite", "why": "disk I/O error"})
        assert "napredak.sqlite" in said
        assert "I/O" not in said


@pytest.mark.parametrize(("act", "code"), [("emptied", "progress_broken"), ("moved", "progress_gone")])
def test_a_log_that_goes_away_while_it_is_used_is_said_to_be_gone(tmp_path: Path, act: str, code: str) -> None:
    folder = tmp_path / "h"
    with Log(folder) as log:
        log.append_all(entries(1))
    log = Log(folder)
    log.history()
    if act == "emptied":
        (folder / "napredak.sqlite").write_bytes(b"")
    else:
        folder.rename(tmp_path / "drugdje")
    with pytest.raises(QuizlabError) as caught:
        log.append_all(entries(2))
    assert [each.code for each in caught.value.problems] == [code]
    assert "no such table" not in sentences.problem(caught.value.problems[0])
    log.close()
