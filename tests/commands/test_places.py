"""Where results are written: what is no file there is never replaced by one."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from quizlab.commands._files import write_whole


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe with a name")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "cijev"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_whole({pipe: b"sve"})
    assert pipe.is_fifo()
    reader.join(20)
    assert read == [b"sve"]
    assert [each.name for each in tmp_path.iterdir()] == ["cijev"]


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    there, link = tmp_path / "ovdje" / "izvoz.md", tmp_path / "veza.md"
    there.parent.mkdir()
    there.write_bytes(b"staro")
    try:
        link.symlink_to(there)
    except OSError:
        pytest.skip("this account may not make links")
    write_whole({link: b"novo"})
    assert link.is_symlink()
    assert there.read_bytes() == b"novo"
    assert [each.name for each in there.parent.iterdir()] == ["izvoz.md"]
