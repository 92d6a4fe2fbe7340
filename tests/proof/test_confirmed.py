"""What was confirmed stands until anything that it depends on changes; whatever is not certain has changed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from quizlab import home
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, Finding
from quizlab.proof import confirmed, sources
from quizlab.proof.confirmed import Confirmed
from quizlab.proof.pool import Proof
from quizlab.question.variants import varied
from tests.conftest import question

Q1, Q4, Q9 = question("q1"), question("q4"), question("q9")


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A file that a proof was computed by."""
    path = tmp_path / "code.py"
    path.write_text("x = 1\n", encoding="utf-8")
    return path


def proof(one: AnyQuestion, *paths: Path, verdict: str = "confirmed") -> tuple[AnyQuestion, Proof]:
    sources.digest.cache_clear()  # as in a process of its own
    finding = Finding(one.id, verdict, None, {})  # type: ignore[arg-type]
    return one, Proof(finding, {str(path): sources.digest(str(path)) for path in paths})


def known(cache: Path) -> Confirmed:
    sources.digest.cache_clear()
    return Confirmed(cache)


def test_what_was_confirmed_stands_in_another_process(tmp_path: Path, code: Path) -> None:
    assert not known(tmp_path).stands(Q1)
    known(tmp_path).keep([proof(Q1, code), proof(Q4, code, verdict="disputed")])
    again = known(tmp_path)
    assert [again.stands(each) for each in (Q1, Q4, Q9)] == [True, True, False]


@pytest.mark.parametrize("verdict", ["refuted", "error", "unproved"])
def test_only_a_key_that_stands_is_remembered_and_a_refuted_one_is_forgotten(
    tmp_path: Path, code: Path, verdict: str
) -> None:
    known(tmp_path).keep([proof(Q1, code, verdict=verdict)])
    assert not known(tmp_path).stands(Q1)
    known(tmp_path).keep([proof(Q1, code), proof(Q4, code)])
    known(tmp_path).keep([proof(Q1, code, verdict=verdict)])
    again = known(tmp_path)
    assert [again.stands(each) for each in (Q1, Q4)] == [False, True]


def test_anything_that_changes_in_a_question_counts(tmp_path: Path, code: Path) -> None:
    known(tmp_path).keep([proof(Q1, code)])
    again = known(tmp_path)
    replace = msgspec.structs.replace
    for changed in (
        replace(Q1, prompt=Q1.prompt + " "),
        replace(Q1, answer="9313"),  # type: ignore[call-arg]
        replace(Q1, mistakes=Q1.mistakes[:-1]),
        replace(Q1, recollections=Q1.recollections[1:]),
        replace(Q1, params={**Q1.params, "c_in": 16}),
        replace(Q1, aliases=("q0",)),
        varied(Q1, {"c_in": 1}),
    ):
        assert not again.stands(changed)
    assert again.stands(Q1)


def test_a_file_that_changes_counts_for_the_proofs_that_it_computed(tmp_path: Path, code: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text("y = 1\n", encoding="utf-8")
    known(tmp_path).keep([proof(Q1, code), proof(Q4, other), proof(Q9, code, other)])
    before = code.stat()
    code.write_text("x = 2\n", encoding="utf-8")  # as long as before
    import os

    os.utime(code, ns=(before.st_atime_ns, before.st_mtime_ns))
    again = known(tmp_path)
    assert [again.stands(each) for each in (Q1, Q4, Q9)] == [False, True, False]
    again.keep([proof(Q1, code)])
    code.write_text("x = 1\n", encoding="utf-8")  # what stood there at first was forgotten
    assert not known(tmp_path).stands(Q1)
    other.unlink()
    assert not known(tmp_path).stands(Q4)


def test_the_code_that_judges_counts(tmp_path: Path, code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = registry.PACKAGE / "proof" / "judge.py"
    known(tmp_path).keep([proof(Q1, code)])
    real = sources.digest
    monkeypatch.setattr(sources, "digest", lambda path: "other" if Path(path) == judge else real(path))
    assert not Confirmed(tmp_path).stands(Q1)
    monkeypatch.setattr(
        sources, "digest", lambda path: "other" if path == str(registry.PACKAGE / "cli.py") else real(path)
    )
    assert Confirmed(tmp_path).stands(Q1)


def test_other_versions_of_anything_that_is_installed_count(
    tmp_path: Path, code: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known(tmp_path).keep([proof(Q1, code)])
    versions = confirmed._versions()
    assert "\ntorch-" in versions
    for changed in (versions.replace("\ntorch-", "\ntorch-9"), versions + "\nscipy-1.17.dist-info"):
        monkeypatch.setattr(confirmed, "_versions", lambda changed=changed: changed)
        assert not known(tmp_path).stands(Q1)


def test_trouble_with_the_memory_means_proving_again(tmp_path: Path, code: Path) -> None:
    path = tmp_path / confirmed.NAME
    known(tmp_path).keep([proof(Q1, code)])
    whole = path.read_bytes()
    for place in (0, home.SEAL, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert not Confirmed(tmp_path).stands(Q1)
    home.write_sealed(path, msgspec.msgpack.encode({"sources": [], "entries": {"a": "b"}}))
    assert not known(tmp_path).stands(Q1)
    path.unlink()
    path.mkdir()
    known(tmp_path).keep([proof(Q1, code)])
    assert not known(tmp_path).stands(Q1)
    nowhere = Confirmed(None)
    nowhere.keep([proof(Q1, code)])
    assert not nowhere.stands(Q1)


def test_two_at_once_lose_nothing_that_the_other_one_wrote_before(tmp_path: Path, code: Path) -> None:
    one, other = known(tmp_path), known(tmp_path)
    one.keep([proof(Q1, code)])
    other.keep([proof(Q4, code)])
    again = known(tmp_path)
    assert [again.stands(each) for each in (Q1, Q4)] == [True, True]


def test_what_cannot_be_read_is_never_certain(tmp_path: Path, code: Path) -> None:
    known(tmp_path).keep([proof(Q1, code, tmp_path / "gone.py"), proof(Q4)])
    again = known(tmp_path)
    assert not again.stands(Q1)
    assert not again.stands(Q4)  # nobody said what it was computed by


def test_only_so_many_are_kept_and_those_proved_last(
    tmp_path: Path, code: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirmed, "MOST", 2)
    known(tmp_path).keep([proof(Q1, code)])
    known(tmp_path).keep([proof(Q4, code), proof(Q9, code)])
    again = known(tmp_path)
    assert [again.stands(each) for each in (Q1, Q4, Q9)] == [False, True, True]
