"""A file of answers as editors and spreadsheets save it: each line is graded or named, whatever the others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlab.commands import _batch
from tests.conftest import Run

PLAIN = "q1\t9312\nq8\tsređivanje šuma\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        ("\ufeff" + PLAIN).encode("utf-16-be"),
        PLAIN.encode("cp1250"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("\n", "\t\t\n").encode(),
        ("Oznaka\tOdgovor\n" + PLAIN + "\t\t\n\n").encode(),
        ("sep=;\noznaka;odgovor;;\n" + PLAIN.replace("\t", ";").replace("\n", ";;\n") + ";;;\n").encode("utf-8-sig"),
        b'"q1","9312"\r\n"q8","sre\xc4\x91ivanje \xc5\xa1uma"\r\n',
        PLAIN.replace("\t", "; ").encode("cp1250"),
    ],
)
def test_a_batch_is_read_however_it_was_saved(data: bytes) -> None:
    found = [row for _, row in _batch.rows(data)]
    assert found == [("q1", "9312"), ("q8", "sređivanje šuma")]


@pytest.mark.parametrize("bad", [b"q2\t2\xff", b"q2\t\xe82", b"q2\tna\xefve", b"\x80\x81"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_byte_that_is_no_text_spoils_its_own_line_only(bad: bytes, place: int) -> None:
    lines = [b"q1\t9312", "q8\tšuma".encode()]
    lines.insert(place, bad)
    found = list(_batch.rows(b"\n".join(lines)))
    assert [number for number, row in found if row is None] == [place + 1]
    assert [row for _, row in found if row is not None] == [("q1", "9312"), ("q8", "šuma")]


def test_what_is_an_answer_stays_one() -> None:
    lines = {
        "q7\t3; 4": ("q7", "3; 4"),
        'q7;"3; 4"': ("q7", "3; 4"),
        "q5,0,6": ("q5", "0,6"),
        'q5;"a ""b"""': ("q5", 'a "b"'),
        'q5\t"a" i "b"': ("q5", '"a" i "b"'),
        "q1 9312": "q1 9312",
        "što, nešto": "što, nešto",
        "oznaka\todgovor": None,
    }
    found = [next((row for _, row in _batch.rows(line.encode())), None) for line in lines]
    assert found == list(lines.values())


def test_the_bad_line_is_named_and_the_others_are_graded(quizlab: Run, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(b"q1\t9312\nq1\t\xff\nq2\t2\n")
    done = quizlab("answer", "--batch", "a.tsv")
    assert (done.returncode, done.stdout.splitlines()) == (2, ["q1\ttočno\t9312", "q2\ttočno\t2"])
    assert done.stderr.startswith("a.tsv:2: Tekst nije u kodiranju UTF-8.")
