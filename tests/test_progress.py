"""The answer log: what `append` returned from is on disk, whatever happens next."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from quizlab.errors import QuizlabError
from quizlab.progress import FILE, Entry, Log

ENTRY = Entry("2024-06-02T21:14:00+00:00", "s", "q1", "{}", "9 312", "9312", "right", "", 4.2)


def test_what_was_appended_is_read_back_in_order(tmp_path: Path) -> None:
    entries = [msgspec.structs.replace(ENTRY, typed=f"'; DROP TABLE answers; -- {n} š", seconds=n) for n in range(5)]
    with Log(tmp_path / "new" / "folder") as log:
        for entry in entries:
            log.append(entry)
    with Log(tmp_path / "new" / "folder") as log:
        assert log.history() == tuple(entries)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_an_answer_survives_a_process_killed_right_after_it(tmp_path: Path) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path; from quizlab.progress import Log, Entry\n"
        "log = Log(Path(sys.argv[1]))\n"
        "for n in range(1000000):\n"
        "    log.append(Entry('t', 's', f'q{n}', '{}', 'x', 'x', 'wrong', '', 0.0))\n"
        "    print(n, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(20):
        said = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    said = max([said, *(int(line) for line in process.stdout if line.endswith("\n"))])
    process.wait()
    with Log(tmp_path) as log:
        history = log.history()
    assert len(history) >= said + 1
    assert [entry.question for entry in history] == [f"q{n}" for n in range(len(history))]


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from quizlab.progress import Log, Entry\n"
        "with Log(Path(sys.argv[1])) as log:\n"
        "    for n in range(50): log.append(Entry('t', sys.argv[2], 'q1', '{}', 'x', 'x', 'right', '', 0.0))\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "ab"]
    assert [process.wait() for process in processes] == [0, 0]
    with Log(tmp_path) as log:
        sessions = [entry.session for entry in log.history()]
    assert (sessions.count("a"), sessions.count("b")) == (50, 50)


def test_a_file_that_is_no_log_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, but somebody's notes" * 100)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(QuizlabError) as caught:
        Log(tmp_path)
    assert caught.value.code == "progress_broken"
    assert (tmp_path / FILE).read_bytes() == before


def test_a_newer_log_is_refused(tmp_path: Path) -> None:
    Log(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(QuizlabError) as caught:
        Log(tmp_path)
    assert caught.value.code == "progress_newer"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(QuizlabError) as caught:
        Log(tmp_path / "file" / "below")
    assert caught.value.code == "progress_folder"
    assert str(tmp_path) in caught.value.particulars["path"]


def test_an_answer_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        with sqlite3.connect(tmp_path / FILE) as connection:
            connection.execute("DROP TABLE answers")
        with pytest.raises(QuizlabError) as caught:
            log.append(ENTRY)
        assert caught.value.code == "progress_write"
        with pytest.raises(QuizlabError):
            log.history()
