"""What a sound question lacks: a fault in a shipped bank, advice in one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlab import bank
from quizlab.bank.omissions import omissions
from tests.bank.small import loaded, refused
from tests.conftest import Run

NUMBER = """\
questions:
  - id: n
    topic: t
    kind: number
    prompt: Koliko je {a}?
    params: {a: 3, b: 4}
    answer: a
    explain: Zato.
    recollections: []
"""
CHOICE = """\
questions:
  - id: c
    topic: t
    kind: choice
    prompt: Koje?
    options:
      a: {text: "KEY"}
      b: {text: da, says: Nije., tag: x}
      c: {text: možda, says: Nije., tag: y}
    answer: a
    explain: Zato.
    recollections: []
"""


def codes(folder: Path, text: str) -> list[str]:
    return [problem.code for problem in omissions(loaded(folder, text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (NUMBER, ["no_mistakes", "unused_parameter"]),
        (NUMBER.replace("answer: a", "answer: a + b"), ["no_mistakes"]),
        (NUMBER.replace("kind: number", "kind: text"), ["unused_parameter"]),
        (CHOICE.replace("KEY", "uvijek"), []),
        (CHOICE.replace("KEY", "ne, nikad"), ["key_only_no"]),
        (CHOICE.replace("KEY", "ne").replace("možda", "nije"), []),
        (CHOICE.replace("KEY", "ovaj je odgovor mnogo dulji od ostalih"), ["key_longest"]),
    ],
)
def test_what_is_lacking(tmp_path: Path, text: str, wanted: list[str]) -> None:
    assert codes(tmp_path, text) == wanted


def test_a_claim_without_a_proof_is_refused(tmp_path: Path) -> None:
    claimed = CHOICE.replace('text: "KEY"', "text: uvijek, claim: x").replace(
        "answer: a", "answer: a\n    requires: [y]"
    )
    found = [(each.code, each.args.get("claim")) for each in refused(tmp_path, claimed)]
    assert found == [("claim_without_proof", "x"), ("claim_without_proof", "y")]


def test_nothing_is_lacking_in_the_shipped_banks() -> None:
    assert [problem for path in bank.shipped() for problem in omissions(bank.load(path))] == []


def test_in_a_bank_of_ones_own_it_is_only_said(quizlab: Run, tmp_path: Path) -> None:
    (tmp_path / "moja.yaml").write_text(NUMBER, encoding="utf-8")
    done = quizlab("check", "moja.yaml")
    assert (done.returncode, done.stdout) == (0, "moja: 1 pitanje, bez primjedbi.\n")
    assert "Parametar „b” nigdje se ne spominje." in done.stderr
    assert done.stderr.startswith("moja.yaml:2: n: ")


def test_unknown_claims_are_found_by_running_the_proofs(quizlab: Run, tmp_path: Path) -> None:
    text = NUMBER.replace("{a: 3, b: 4}", "{a: 3}").replace(
        "    answer: a\n", "    answer: 4*a + 4\n    requires: [nema]\n"
    )
    text = text.replace("    explain", "    verify: {hook: torch.module, with: {layers: 'Linear(a, 4)'}}\n    explain")
    (tmp_path / "moja.yaml").write_text(text, encoding="utf-8")
    assert quizlab("check", "moja.yaml").returncode == 0
    done = quizlab("check", "moja.yaml", "--proofs")
    assert done.returncode == 2
    assert "Dokaz ne računa tvrdnju „nema”." in done.stderr


def test_a_question_in_all_its_states(quizlab: Run) -> None:
    shown = quizlab("show", "t3", "--all").stdout
    for said in ("Tragovi", "Što se kaže krivom odgovoru", "S drugim brojevima", "(4, 16, 30, 30)"):
        assert said in shown
    assert "Tragovi" not in quizlab("show", "t3").stdout
