"""The log as a file: what goes out comes back the same, and what is no log comes to sentences."""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from quizlab.errors import QuizlabError
from quizlab.learning import memory
from quizlab.log import Entry, Log, files
from quizlab.log.entry import milliseconds, rating
from quizlab.log.files import file, reviews, whole
from quizlab.model import Problem
from quizlab.telling import sentences
from tests.entries import ENTRY, entries, entry

LOGGED = st.lists(entry, max_size=12)


def read(folder: Path, data: bytes | str, name: str = "izvoz.json") -> tuple[Entry, ...] | list[Problem]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return outcome(path)


def outcome(path: Path) -> tuple[Entry, ...] | list[Problem]:
    """The answers of a file, or all that is wrong with it."""
    try:
        return files.read(path)
    except files.FileError as error:
        return list(error.problems)


def said(found: tuple[Entry, ...] | list[Problem]) -> list[str]:
    assert isinstance(found, list)
    return [sentences.problem(problem) for problem in found]


def taken(log: Log) -> tuple[Entry, ...]:
    """What is taken along of a log."""
    return tuple(each for _, each in log.written())


@settings(max_examples=60, deadline=None)
@given(LOGGED, st.booleans())
def test_json_gives_back_the_same_log(logged: list[Entry], mark: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, Log(Path(folder) / "a") as one, Log(Path(folder) / "b") as two:
        one.append_all(logged)
        text = whole.written(taken(one))
        found = read(Path(folder), ("\ufeff" if mark else "") + text, "x")
        assert found == taken(one)
        assert two.merge(found) == len(logged)
        assert taken(two) == taken(one)
        assert two.merge(found) == one.merge(found) == 0


@settings(max_examples=60, deadline=None)
@given(LOGGED)
def test_csv_gives_back_the_same_reviews(logged: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder, Log(Path(folder) / "a") as one, Log(Path(folder) / "b") as two:
        one.append_all(logged)
        found = read(Path(folder), reviews.written(taken(one)), "x.csv")
        assert not isinstance(found, list)
        assert [review(each) for each in found] == [review(each) for each in taken(one)]
        assert one.merge(found) == 0, "the log's own reviews add nothing to it"
        assert two.merge(found) == len(logged)
        assert two.merge(found) == 0
        assert reviews.written(taken(two)) == reviews.written(taken(one))
        assert Counter(each.typed for each in found) <= Counter({"": len(logged)})


def review(each: Entry) -> tuple[str, int, int, int]:
    return each.question, milliseconds(each.at), rating(each), round(each.seconds * 1000)


def test_the_columns_are_those_of_the_optimisers() -> None:
    logged = [ENTRY, replace(ENTRY, outcome="wrong"), replace(ENTRY, question="q2", hints=2)]
    assert reviews.written(logged) == (
        "card_id,review_time,review_rating,review_state,review_duration\n"
        "q1,1717362840000,3,0,4200\nq1,1717362840000,1,2,4200\nq2,1717362840000,2,0,4200\n"
    )


MUTATIONS = (
    *(b"{", b"}", b"[", b"]", b'"', b",", b":", b"\xff", b"\x00", b"null", b"-1", b"1e999", b"\\ud800", b"\n", b"NaN"),
    *(b"9" * 40, b"[" * 3000, b"{}", b'"x"', b"true", b"2024-13-45T99:00:00+00:00", b"\xc5", b"\xef\xbb\xbf", b";"),
)


@pytest.mark.stress
@settings(max_examples=400, deadline=None)
@given(LOGGED, st.sampled_from([".json", ".csv"]), st.integers(0, 2**32))
def test_a_mutated_file_is_read_or_refused_with_sentences(logged: list[Entry], suffix: str, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(files.FORMATS[suffix](logged).encode())
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(data) + 1)
        change = rng.randrange(4)
        if change == 0:
            del data[at : at + rng.randrange(1, 60)]
        elif change == 1:
            data[at:at] = rng.choice(MUTATIONS)
        elif change == 2 and at < len(data):
            data[at] = rng.randrange(256)
        else:
            data[at : at + rng.randrange(1, 20)] = rng.choice(MUTATIONS)
    with tempfile.TemporaryDirectory() as folder:
        found = read(Path(folder), bytes(data), rng.choice(["x.json", "x.csv", "x"]))
        if isinstance(found, list):
            assert found
            assert all(line.startswith(folder) and "\n" not in line for line in said(found))
            return
        with Log(Path(folder)) as log:
            assert log.merge(found) == len(found)
            assert Counter(log.history()) == Counter(found)
            assert all(memory.seconds(each.at) > -1e11 for each in found)
            assert read(Path(folder), whole.written(log.history())) == log.history()


def test_every_problem_has_its_place(tmp_path: Path) -> None:
    good = msgspec.json.encode(ENTRY).decode()
    bad = {
        '"at":"jučer"': "at: Vrijeme",
        '"seconds":-1': "seconds: Očekuje se broj od 0 do 1000000, a piše -1.",
        '"share":1.5': "share: Očekuje se broj od 0 do 1, a piše 1.5.",
        '"outcome":"maybe"': 'outcome: Vrijednost „"maybe"” nije dopuštena.',
        '"question":"Q 1"': "question: Oznaka „Q 1” nije valjana.",
        '"params":"[1]"': "params: Očekuje se tekst s JSON-objektom",
        '"typed":5': "typed: Očekuje se tekst u navodnicima, a piše 5.",
    }
    lines = [re.sub(rf'"{name.split(chr(34))[1]}":("[^"]*"|[0-9.]+)', lambda _, n=name: n, good) for name in bad]
    found = read(tmp_path, '{"version": 1, "answers": [\n' + ",\n".join([good, *lines]) + "\n]}")
    assert len(said(found)) == len(bad)
    for number, (line, wanted) in enumerate(zip(said(found), bad.values(), strict=True), 1):
        assert line.startswith(f"{tmp_path / 'izvoz.json'}:{number + 2}: answers[{number}]: {wanted}")


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.json", "", "JSON se ne može pročitati"),
        ("a.json", '{"version": 1, "answers": [}', ":1: JSON se ne može pročitati"),
        ("a.json", "[]", "JSON mora biti objekt"),
        ("a.json", '{"answers": []}', "JSON mora biti objekt"),
        ("a.json", '{"version": 2, "answers": []}', "Oblik 2 ove datoteke nije poznat"),
        ("a.json", '{"version": 1, "answers": [7]}', "answers[0]: Odgovor mora biti objekt"),
        ("a.json", '{"version": 1, "answers": [{}]}', "answers[0]: at: Nedostaje polje „at”"),
        ("a.json", '{"version": 1, "answers": [], "x": 1}', "x: Polje „x” nije poznato"),
        ("a.json", "{" * 100_000, "JSON se ne može pročitati"),
        ("a.json", "\n\xff".encode("latin-1"), ":2: Tekst nije u kodiranju UTF-8"),
        ("a", "bilješke", "Ovo nije izvezen napredak"),
        ("a.csv", "", ":1: Prvi redak CSV-a"),
        ("a.csv", "card_id,review_time\n", ":1: Prvi redak CSV-a"),
        ("a", "card_id,review_time,review_rating,nota\n", ":1: Prvi redak CSV-a"),
        ("a", "card_id,review_time,review_rating\nq1,1717362840000\n", ":2: Broj stupaca u retku je 2, a treba"),
        ("a", "card_id,review_time,review_rating\n17,1717362840000,3\n", ":2: card_id: Oznaka „17” nije valjana"),
        ("a", "card_id,review_time,review_rating\nq1,1717362840,3\n", ":2: review_time: Očekuje se broj od 100"),
        ("a", "card_id,review_time,review_rating\nq1,1717362840000,5\n", "review_rating: Očekuje se broj od 1 do 4"),
        ("a", "card_id,review_time,review_rating\nq1,²,\n", "review_time: Očekuje se broj"),
        ("a", 'card_id,review_time,review_rating\n"q1,1717362840000,3\n', "CSV se ne može pročitati"),
        ("a", "card_id,review_time,review_rating\n" + "x" * 200_000, "CSV se ne može pročitati"),
    ],
)
def test_what_is_no_log_is_refused(tmp_path: Path, name: str, data: str | bytes, wanted: str) -> None:
    assert wanted in said(read(tmp_path, data, name))[0]


def test_a_review_without_its_optional_columns_is_enough(tmp_path: Path) -> None:
    found = read(tmp_path, "review_rating,card_id,review_time\r\n2,q1,1717362840123\r\n\r\n4,q2,1717362840000\r\n", "r")
    assert not isinstance(found, list)
    assert [(each.question, each.at, each.session, rating(each)) for each in found] == [
        ("q1", "2024-06-02T21:14:00.123+00:00", "uvoz", 2),
        ("q2", "2024-06-02T21:14:00.000+00:00", "uvoz", 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "card_id;review_time;review_rating\r\nq1;1764000000000;3\r\n",
        "card_id\treview_time\treview_rating\nq1\t1764000000000\t3\n",
        '\ufeffcard_id;review_time;review_rating\r\n"q1"; 1764000000000 ;\u00a03\r\n;;\r\n\r\n',
        "card_id, review_time, review_rating\n q1, 1764000000000, 3\n",
    ],
)
def test_what_spreadsheets_make_of_the_csv_is_read(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text, "x.csv")
    assert isinstance(found, tuple), said(found)
    assert [review(each) for each in found] == [("q1", 1764000000000, 3, 0)]


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "LARGEST", 3_000_000)
    with (tmp_path / "big.json").open("wb") as big:
        big.truncate(10**12)
    assert "veća od 3 MB" in said(outcome(tmp_path / "big.json"))[0]


@pytest.mark.parametrize("name", ["nowhere.json", ".", "a\x00b"])
def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuizlabError, match="batch_failed"):
        files.read(tmp_path / name)


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        ("2024-06-02T21:14:00Z", "2024-06-02T21:14:00+00:00"),
        ("2024-06-02T23:14:00.5+02:00", "2024-06-02T21:14:00.500000+00:00"),
        ("2024-06-02T21:14:00.123+00:00", "2024-06-02T21:14:00.123+00:00"),
    ],
)
def test_times_of_other_zones_become_utc(tmp_path: Path, at: str, kept: str) -> None:
    found = read(tmp_path, whole.written([replace(ENTRY, at=at)]))
    assert found == (replace(ENTRY, at=kept),)


def test_an_undone_answer_does_not_come_back_with_an_older_copy(tmp_path: Path) -> None:
    with Log(tmp_path) as log:
        log.append_all(entries(3))
        text = whole.written(log.history())
        log.withdraw(2)
        found = read(tmp_path, text)
        assert not isinstance(found, list)
        assert log.merge(found) == 0
        assert len(log.history()) == 2


@pytest.mark.parametrize(
    "text",
    [
        "card_id;review_time;review_rating;;\r\nq1;1764000000000;3;;\r\n;;;;\r\n",
        "sep=;\r\ncard_id;review_time;review_rating\r\nq1;1764000000000;3\r\n",
        '"sep=;"\r\n\r\n"Card_ID";"REVIEW_TIME";"Review_Rating"\r\n"q1";"1764000000000";"3"\r\n',
        "\ufeff\ufeff Card_id\u00a0;review_time;review_rating\rq1;1764000000000;3\r",
        ";card_id;review_time;review_rating\n;q1;1764000000000;3\n",
        "card_id;review_time;review_rating;review_state;review_duration\nq1;1.764.000.000.000;3,0;;0,00\n",
        "card_id;review_time;review_rating\nq1;1 764 000 000 000;3\n",
        "card_id\treview_time\treview_rating\nq1\t1'764'000'000'000\t3\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1250"])
def test_whatever_a_spreadsheet_saves_is_read(tmp_path: Path, text: str, encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    data = (mark + text).encode(encoding, "ignore")
    for name in ("x.csv", "Izvoz"):
        found = read(tmp_path, data, name)
        assert isinstance(found, tuple), said(found)
        assert [review(each) for each in found] == [("q1", 1764000000000, 3, 0)]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("q1;1,764E+12;3", "Program za tablice zaokružio je broj na 1,764E+12. Izvezi napredak ponovno"),
        ("q1;1764000000000;3;nešto", "Broj stupaca u retku je 4, a treba ih biti 3"),
        ("q1;1764000000000", "Broj stupaca u retku je 2, a treba ih biti 3"),
        ("q1;1764000000000,5;3", "a piše 1764000000000,5"),
        ("q1;1764000000;3", "a piše 1764000000"),
    ],
)
def test_what_a_spreadsheet_spoiled_is_said_by_its_line(tmp_path: Path, line: str, wanted: str) -> None:
    found = said(read(tmp_path, "sep=;\ncard_id;review_time;review_rating\n" + line, "x.csv"))
    assert [f"{tmp_path / 'x.csv'}:3:" in found[0], wanted in found[0], len(found)] == [True, True, 1], found


STRANGE = st.sampled_from(
    [
        *("1900-01-01T00:00:00+00:00", "1970-01-01T00:00:07.5+00:00", "1980-01-01T00:00:00+00:00"),
        *("2038-01-19T03:14:07Z", "2150-01-01T00:00:00.250000+00:00", "2999-12-31T23:59:59+00:00"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(lambda each, at: replace(each, at=at), entry, STRANGE) | entry, max_size=6))
def test_answers_of_a_clock_that_was_wrong_come_back_and_count_now(logged: list[Entry]) -> None:
    logged = [replace(each, at=each.at.replace("Z", "+00:00")) for each in logged]
    with tempfile.TemporaryDirectory() as folder, Log(Path(folder) / "a") as one, Log(Path(folder) / "b") as two:
        one.append_all(logged)
        for name, form in (("x.json", whole.written), ("x.csv", reviews.written)):
            found = read(Path(folder), form(taken(one)), name)
            assert isinstance(found, tuple), said(found)
            assert one.merge(found) == 0
            if name == "x.json":
                assert two.merge(found) == len(logged)
                assert Counter(taken(two)) == Counter(taken(one))
                assert two.merge(found) == 0
        assert all("1973" <= each.at[:4] <= "2027" for each in two.history())
