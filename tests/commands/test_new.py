"""The walk of an author: from `quizlab new`, by what the guide says, to a proved question with two mistakes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from quizlab import bank, home
from quizlab.commands import new
from quizlab.commands._proving import proof, ready
from quizlab.commands.new import KINDS
from quizlab.proof import binding
from quizlab.telling.proofs import PROOFS
from tests.conftest import ROOT, Run

GUIDE = (ROOT / "docs" / "upute.md").read_text(encoding="utf-8")
CHOICE = ["izbor", "arhitektura", "Što je ReLU?", "max(0, x)", "min(0, x)", "", "a", "To je obratno.", "Zato."]


def typed(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def walk(number: int = 0) -> list[str]:
    """What the guide types, line after line, as it stands there; the first, second or third of its walks."""
    block = re.findall(r"```text\n(\$ quizlab new moja\.yaml\n.*?)```", GUIDE, re.DOTALL)[number]
    return [line.partition("> ")[2] for line in block.splitlines() if re.match(r".*: ?> ?", line)]


@pytest.mark.stress
def test_the_walk_of_the_guide_leads_to_a_proved_question_with_two_mistakes(quizlab: Run, tmp_path: Path) -> None:
    made = quizlab("new", "moja.yaml", typed=typed(walk()))
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.endswith("Dalje: quizlab verify m1 --bank moja.yaml\n")
    assert quizlab("check", "moja.yaml").stdout == "moja: 1 pitanje, bez primjedbi.\n"
    done = quizlab("verify", "m1", "--bank", "moja.yaml", "--json")
    (finding,) = json.loads(done.stdout)["findings"]
    assert (done.returncode, finding["verdict"], finding["problems"]) == (0, "confirmed", [])
    assert [each["verdict"] for each in finding["mistakes"]] == ["refuted", "refuted"]
    text = (tmp_path / "moja.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=bank-file.schema.json\n")
    assert (tmp_path / "bank-file.schema.json").is_file()
    wrong = text.replace("k**2*c*maps + maps", "k**2*c*maps - maps", 1)
    assert wrong != text
    (tmp_path / "moja.yaml").write_text(wrong, encoding="utf-8")
    assert quizlab("verify", "m1", "--bank", "moja.yaml").returncode == 1


def test_every_walk_of_the_guide_leads_to_a_proved_question(quizlab: Run, tmp_path: Path) -> None:
    for number in range(3):
        made = quizlab("new", "moja.yaml", typed=typed(walk(number)))
        assert (made.returncode, made.stderr) == (0, "")
        assert f"Zapisano u moja.yaml: m{number + 1}." in made.stdout
        asked = [line for line in re.findall(r"^(.*): > ?", GUIDE, re.MULTILINE) if line in made.stdout]
        assert asked
    assert quizlab("check", "moja.yaml").stdout == "moja: 3 pitanja, bez primjedbi.\n"
    done = quizlab("verify", "moja", "--bank", "moja.yaml", "--json")
    findings = json.loads(done.stdout)["findings"]
    assert [(each["verdict"], each["problems"]) for each in findings] == [("confirmed", [])] * 3
    assert [[one["verdict"] for one in each["mistakes"]] for each in findings] == [["refuted", "refuted"]] * 3
    wrong = (tmp_path / "moja.yaml").read_text(encoding="utf-8").replace('cell: "lstm"', 'cell: "gru"', 1)
    (tmp_path / "moja.yaml").write_text(wrong, encoding="utf-8")
    assert quizlab("verify", "m2", "--bank", "moja.yaml").returncode == 1


FAULTS = [
    (["model", "Conv2dd(1, c, 3)", "", "Conv2d(1, c, 3)", "", ""], "Conv2dd"),
    (["poziv", "os.system([3])", "topk([9, 4], 2)", "", ""], "os"),
    (["nešto", "model", "Conv2d(1, c, 3)", "", "sve", "parameters"], "nije ponuđeno"),
    (["gotov", "99", "lab9.hook", "lab4.unit_parameters", ""], "nema"),
]


@pytest.mark.parametrize(("lines", "said"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_in_a_proof_is_said_and_asked_again(lines: list[str], said: str) -> None:
    told: list[str] = []
    left = iter(lines)
    found = proof(lambda question: next(left), told.append, "number", {"c": 4})
    assert said in " ".join(told)
    assert found is None or not binding.check(found.hook, found.fixed, "")


def test_only_proofs_that_take_the_numbers_of_the_question_are_offered() -> None:
    told: list[str] = []
    left = iter(["gotov", "1", "cell: gru"])
    found = proof(lambda question: next(left), told.append, "number", {"input": 4, "hidden": 3})
    assert found is not None
    assert (found.hook, found.fixed) == ("lab3.cell_parameters", {"cell": "gru"})
    assert not any(line.startswith("2)") for line in told)


def test_every_proof_on_the_list_is_told_by_a_sentence_of_its_own() -> None:
    offered = {kind: ready(kind) for kind in KINDS.values()}
    assert all(offered[kind] for kind in ("number", "shape", "formula", "type", "text"))
    hooks = {hook for each in offered.values() for hook in each}
    assert hooks == set(PROOFS)
    assert all(told.endswith(".") and told[0].isupper() for told in PROOFS.values())


@pytest.mark.stress
def test_a_question_without_a_proof_says_so_wherever_it_appears(quizlab: Run, tmp_path: Path) -> None:
    made = quizlab("new", "moja.yaml", typed=typed(CHOICE))
    assert "Pitanje je nedokazano." in made.stdout
    own = ("--bank", "moja.yaml")
    assert "nedokazano" in quizlab("list", "moja", *own).stdout
    assert "nedokazano" in quizlab("list", "moja", *own, "--plain").stdout
    assert "nedokazano" in quizlab("show", "m1", *own).stdout
    verified = quizlab("verify", "m1", *own)
    assert (verified.returncode, "nedokazano" in verified.stdout) == (3, True)
    assert "nedokazano" in quizlab("practice", "m1", *own, typed="a\n").stdout
    for form in ("--md", "--sheet", "--html", "--moodle", "--anki-csv"):
        assert "nedokazano" in quizlab("export", form, "m1", *own).stdout, form
    (finding,) = json.loads(quizlab("export", "--json", "m1", *own).stdout)["findings"]
    assert finding["verdict"] == "unproved"
    assert quizlab("answer", "m1", "a", *own).returncode == 0
    assert quizlab("answer", "m1", "b", *own).returncode == 1


def test_a_shipped_bank_may_hold_no_such_question(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "lab9.yaml"
    path.write_text(
        "questions:\n  - {id: x, topic: t, kind: number, prompt: p, answer: 3, explain: e, recollections: []}\n",
        encoding="utf-8",
    )
    assert bank.load(path).questions[0].verify is None
    monkeypatch.setattr(sys.modules["quizlab.bank.load"], "shipped", lambda: (path,))
    with pytest.raises(bank.BankError) as caught:
        bank.load(path)
    assert [(each.code, each.field, each.line) for each in caught.value.problems] == [("missing_field", "verify", 2)]


def test_what_would_not_be_sound_is_not_written(quizlab: Run, tmp_path: Path) -> None:
    quizlab("new", "moja.yaml", typed=typed(CHOICE))
    before = (tmp_path / "moja.yaml").read_bytes()
    bad = ["broj", "", "Koliko je {n}?", "", "3", "", "", "Zato."]
    done = quizlab("new", "moja.yaml", typed=typed(bad))
    assert done.returncode == 2
    assert "Tekst spominje {n}, a pitanje nema takav parametar." in done.stderr
    assert "ništa nije zapisano" in done.stderr
    assert (tmp_path / "moja.yaml").read_bytes() == before
    assert quizlab("new", "moja.yaml", typed="broj\n").returncode == 130
    assert (tmp_path / "moja.yaml").read_bytes() == before


def test_hostile_answers_stay_text(quizlab: Run, tmp_path: Path) -> None:
    evil = '"]}\n'.strip() + " &a *b !!python/object: # {}"
    lines = ["riječ", evil.replace("{}", ""), f"{evil[:-3]} 'x'", "", "da", "", "", f"x: [1, {evil[:-3]}"]
    assert quizlab("new", "moja.yaml", typed=typed(lines)).returncode == 0
    (question,) = yaml.safe_load((tmp_path / "moja.yaml").read_text(encoding="utf-8"))["questions"]
    assert question["explain"] == lines[-1]


THREAD = """blic je bio u 8
koliko epoha treba da točnost prijeđe 95 %?
zadnji sloj je GAP
Što vraća torch.svd? a) tensor b) tuple
"""


def test_a_new_statement_of_a_thread_is_where_a_question_begins(quizlab: Run, tmp_path: Path) -> None:
    (tmp_path / "nit.txt").write_text(THREAD, encoding="utf-8")
    first = ["1", "", "razno", "", "", "3", "", "", "Zato."]
    done = quizlab("new", "moja.yaml", "--from-thread", "nit.txt", typed=typed(first))
    assert (done.returncode, done.stderr) == (0, "")
    second = ["2", "", "razno", "", "", "b", "Vraća ih tri.", "Zato."]
    assert quizlab("new", "moja.yaml", "--from-thread", "nit.txt", typed=typed(second)).returncode == 0
    one, two = bank.load(tmp_path / "moja.yaml").questions
    assert (one.prompt, type(one).__name__) == ("koliko epoha treba da točnost prijeđe 95 %?", "NumberQuestion")
    assert (two.prompt, type(two).__name__) == ("Što vraća torch.svd?", "ChoiceQuestion")
    (tmp_path / "nit.txt").write_text("zadnji sloj je GAP\n", encoding="utf-8")
    none = quizlab("new", "moja.yaml", "--from-thread", "nit.txt")
    assert (none.returncode, "nema pitanja kojega" in none.stderr) == (2, True)


LIMITED = """
import resource, runpy, sys
sys.argv[0] = "quizlab"
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
runpy.run_module("quizlab", run_name="__main__", alter_sys=True)
"""


def test_what_cannot_be_written_leaves_the_bank_and_shows_what_was_typed(
    quizlab: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    pytest.importorskip("resource", reason="no limits on Windows")
    assert quizlab("new", "moja.yaml", typed=typed(CHOICE)).returncode == 0
    before = (tmp_path / "moja.yaml").read_bytes()
    made = subprocess.run(
        [sys.executable, "-c", LIMITED, "new", "moja.yaml"],
        input=typed(CHOICE),
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert (made.returncode, made.stderr) == (
        3,
        "Ne mogu zapisati moja.yaml (datoteka je prevelika). Odaberi drugo mjesto.\n",
    )
    assert (tmp_path / "moja.yaml").read_bytes() == before
    assert 'prompt: "Što je ReLU?"' in made.stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bank-file.schema.json", "dom", "moja.yaml"]


def test_where_no_bank_can_be_nothing_is_asked(quizlab: Run) -> None:
    made = quizlab("new", "nema/moja.yaml", typed=typed(CHOICE))
    assert (made.returncode, made.stdout) == (3, "")
    assert "nema/moja.yaml" in made.stderr


def test_of_two_at_once_both_are_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each began when no question was there."""
    monkeypatch.setenv(home.VARIABLE, str(tmp_path / "dom"))
    path = tmp_path / "moja.yaml"
    left = iter(CHOICE)
    entry = new.asked(lambda _: next(left), lambda _: None, "m1")
    assert [new._added(path, "m1", entry), new._added(path, "m1", entry)] == ["m1", "m2"]
    assert [each.id for each in bank.load(path).questions] == ["m1", "m2"]
