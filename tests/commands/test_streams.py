"""Standard streams that are closed or full: a status that still says what it means, one sentence, no traceback."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from quizlab import errors
from quizlab.commands._files import write_whole
from quizlab.view import failing
from tests.thinned import thinned

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")


def shell(environment: dict[str, str], arguments: str, streams: str) -> subprocess.CompletedProcess[str]:
    command = f'"{sys.executable}" -m quizlab {arguments} {streams}'
    return subprocess.run(
        ["sh", "-c", command], input="7\n", capture_output=True, encoding="utf-8", env=environment, check=False
    )


NOBODY = ["2>&-", "2>/dev/full", "2>/dev/full >&-", "2>&- <&- >&-"]
REFUSED = [("show q999", 2), ("lista", 2), ("answer q1 '?x'", 2), ("import nema.json", 2)]


@pytest.mark.parametrize(
    ("arguments", "status", "streams"), thinned([(*each, streams) for each in REFUSED for streams in NOBODY], 5)
)
def test_the_status_is_the_same_when_nobody_hears_the_sentence(
    quick: dict[str, str], arguments: str, status: int, streams: str
) -> None:
    assert shell(quick, arguments, "").returncode == status
    assert shell(quick, arguments, streams).returncode == status


@pytest.mark.parametrize(
    "arguments", thinned(["list", "export --md q4", "answer q1 7", "show q1", "--help", "stats --json"], 2)
)
def test_a_full_disk_behind_the_output_is_said(quick: dict[str, str], arguments: str) -> None:
    done = shell(quick, arguments, ">/dev/full")
    sentence = "Ispis se ne može zapisati do kraja (nema više mjesta na disku)."
    assert done.stderr.splitlines()[-1].startswith(sentence)
    assert done.returncode == errors.COULD_NOT_RUN
    assert shell(quick, arguments, ">/dev/full 2>/dev/full").returncode == errors.COULD_NOT_RUN


@pytest.mark.parametrize(
    ("arguments", "streams"),
    thinned(product(["practice q1", "blic q1 -n 1", "reset", "list"], ["<&-", "<&- >&-", ">&-", "<&- 2>&-"]), 5),
)
def test_a_closed_stream_is_one_at_its_end(quick: dict[str, str], arguments: str, streams: str) -> None:
    done = shell(quick, arguments, streams)
    assert done.returncode == shell(quick, arguments, "</dev/null").returncode
    assert "neočekivana" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_whatever_the_system_calls_a_full_disk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(sys, "stdout", Full())
    assert failing.report(OSError(number, os.strerror(number))) == errors.COULD_NOT_RUN
    assert capsys.readouterr().err.startswith("Ispis se ne može zapisati do kraja (")


def test_a_fault_that_cannot_be_kept_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    with pytest.raises(ZeroDivisionError) as raised:
        _ = 1 // 0
    assert failing.report(raised.value) == errors.COULD_NOT_RUN
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_what_is_no_file_is_written_into_and_a_link_stays(tmp_path: Path) -> None:
    pipe, link, target = tmp_path / "pipe", tmp_path / "link.md", tmp_path / "target.md"
    os.mkfifo(pipe)
    target.write_bytes(b"old")
    link.symlink_to(target)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole({pipe: b"whole", link: b"new"})
        assert os.read(end, 100) == b"whole"
    finally:
        os.close(end)
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
