"""What an export is made from: questions, variants in an order of their own, findings; and the command around it."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from quizlab import export
from quizlab.commands import export as command
from quizlab.commands._gathering import entries_of, numbers, questions_with
from quizlab.commands._stamp import Times
from quizlab.errors import USAGE, QuizlabError
from quizlab.export import FORMATS, Format
from quizlab.model import Atom, Bank, Case, Problem
from quizlab.proof.budget import Budget
from quizlab.proof.worker import Reply
from quizlab.question.variants import combinations
from tests import samples
from tests.conftest import FAKES, ROOT, Run, question
from tests.plugins import plugin

VARIED = samples.number(
    params={"c": 32}, prompt="Koliko za {c}?", variants={"c": tuple(range(1, 41))}, answer="9*c*c + 3*c"
)
BANK = Bank("mala", "Mala", {}, (VARIED,), {})


def measured(hook: str, params: Mapping[str, Atom], budget: Budget) -> Reply:
    c = int(params["c"])
    return Reply(1, 0.1, samples.evidence(Case(9 * c * c + (2 if "bias" in params else 3) * c)))


@pytest.mark.parametrize("number", [0, 1, 5, 39, 40, 1000])
def test_variants_are_different_and_none_is_the_question(number: int) -> None:
    found = numbers(VARIED, number)
    assert len(found) == min(number, 39)
    assert len({each["c"] for each in found}) == len(found)
    assert {"c": 32} not in found
    assert all(each in list(combinations(VARIED)) for each in found)


def test_more_variants_begin_like_fewer() -> None:
    whole = numbers(VARIED, 1000)
    assert all(numbers(VARIED, number) == whole[:number] for number in range(40))
    assert whole != sorted(whole, key=lambda each: each["c"])


def test_another_question_has_another_order() -> None:
    assert numbers(VARIED, 39) != numbers(samples.number(id="n2", params={"c": 32}, variants=VARIED.variants), 39)


@pytest.mark.stress
def test_the_order_is_the_same_in_other_processes() -> None:
    code = (
        "from tests.conftest import question; from quizlab.commands._gathering import numbers;"
        "print([numbers(question(name), 6) for name in ('q1', 'q5', 'q39')])"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in "12"
    }
    assert made == {str([numbers(question(name), 6) for name in ("q1", "q5", "q39")])}


def test_symbols_get_numbers_too() -> None:
    found = numbers(question("q5"), 3)
    assert len(found) == 3
    assert all(found)


def test_entries_are_proved_with_their_variants() -> None:
    (entry,) = entries_of([BANK], questions_with([VARIED], 3), measured)
    assert entry.bank is BANK
    assert entry.finding.verdict == "confirmed"
    assert [each.finding.parameters for each in entry.variants] == numbers(VARIED, 3)
    assert {each.finding.verdict for each in entry.variants} == {"confirmed"}


def test_a_refuted_variant_is_left_out_and_one_without_evidence_stays() -> None:
    bad, lost, sound = (each["c"] for each in numbers(VARIED, 3))

    def run(hook: str, params: Mapping[str, Atom], budget: Budget) -> Reply:
        if params["c"] == lost:
            return Reply(1, 0.1, problem=Problem("worker_died"))
        return measured(hook, {"c": 7} if params["c"] == bad else params, budget)

    (entry,) = entries_of([BANK], questions_with([VARIED], 3), run)
    assert [(each.question.params["c"], each.finding.verdict) for each in entry.variants] == [
        (lost, "error"),
        (sound, "confirmed"),
    ]


def test_a_failure_stops_nothing() -> None:
    def run(hook: str, params: Mapping[str, Atom], budget: Budget) -> Reply:
        return Reply(1, 0.1, problem=Problem("torch_missing"))

    entries = entries_of([BANK], questions_with([VARIED], 2), run)
    assert [each.finding.evidence for each in entries] == [None]
    assert [each.finding.key for each in entries[0].variants] != ["", ""]


# --- the registry ------------------------------------------------------------------------------------


def test_every_format_is_there_and_is_imported_only_when_it_is_called() -> None:
    code = (
        "import sys; from quizlab.export import FORMATS; import quizlab.commands.export;"
        "print(sorted(name for name in sys.modules if name.startswith('quizlab.export.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['quizlab.export.document']"
    for name, form in FORMATS.items():
        made = form("Naslov", [], **({"times": Times(1, None)} if "times" in form.takes else {}))
        assert isinstance(made, bytes if form.binary else export.Document), name


def test_a_missing_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUIZLAB_HOME", str(tmp_path))
    monkeypatch.setitem(FORMATS, "html", Format("nema", "nema"))
    with pytest.raises(QuizlabError) as caught:
        command.export_bank(command.ExportOptions(names=("q4",), formats={"html": True}))
    assert caught.value.problems[0].code == "library_missing"


# --- the command -------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.binary])
def test_bytes_do_not_go_to_a_terminal(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(QuizlabError) as caught:
        command.export_bank(command.ExportOptions(names=("q4",), formats={name: True}))
    assert (caught.value.problems[0].code, caught.value.status) == ("binary_to_terminal", USAGE)


def test_bytes_go_to_a_pipe_and_to_a_file(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    command.put(b"\x00\xff", tmp_path / "x.bin")
    assert (tmp_path / "x.bin").read_bytes() == b"\x00\xff"
    code = "from quizlab.commands.export import put; put(bytes([0, 255, 10]), None)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"\x00\xff\n"
    with pytest.raises(QuizlabError) as caught:
        command.put(b"", tmp_path / "nema" / "x.bin")
    assert caught.value.problems[0].code == "output_failed"


@pytest.mark.stress
def test_without_torch_exports_work_and_say_what_is_missing(quizlab: Run, tmp_path: Path) -> None:
    without = {"PYTHONPATH": str(FAKES / "no_torch")}
    for name in FORMATS:
        done = quizlab("export", f"--{name}", "q1", "q4", "q6", "-o", f"izvoz.{name}", env=without)
        assert (done.returncode, done.stdout) == (0, ""), (name, done.stderr)
        assert done.stderr.startswith("Dokazi nisu izračunati sada, nego zapisani "), name
        assert done.stderr.count("\n") == 1
        assert (tmp_path / f"izvoz.{name}").stat().st_size > 200
    for name in ("md", "html", "anki-csv", "moodle"):
        assert re.search("apisani dokaz, torch [0-9.]+, [0-9. ]+", (tmp_path / f"izvoz.{name}").read_text("utf-8")), (
            name
        )
    found = json.loads((tmp_path / "izvoz.json").read_text("utf-8"))["findings"]
    assert all(each["recorded"]["torch"] and each["snippet"] for each in found)


def test_without_torch_and_a_recording_an_export_says_what_is_missing(quizlab: Run, tmp_path: Path) -> None:
    plugin.installed(tmp_path / "plugins", code=plugin.SLOW)
    env = {"PYTHONPATH": os.pathsep.join([str(FAKES / "no_torch"), str(tmp_path / "plugins")])}
    done = quizlab("export", "--md", "d1", env=env)
    assert done.returncode == 0
    assert done.stderr.startswith("Bez PyTorcha nema dokaza za: d1. ")
    assert "**Dokaz nije izračunat.**" in done.stdout


def test_what_was_computed_before_needs_no_torch(quizlab: Run) -> None:
    first = quizlab("export", "--md", "q4")
    again = quizlab("export", "--md", "q4", env={"PYTHONPATH": str(FAKES / "no_torch")})
    assert (first.returncode, first.stderr) == (0, "")
    assert (again.returncode, again.stderr, again.stdout) == (0, "", first.stdout)


def test_a_hook_that_fails_stops_nothing(quizlab: Run, tmp_path: Path) -> None:
    plugin.installed(tmp_path / "plugins", code=plugin.RUDE)
    done = quizlab("export", "--md", "d1", env={"PYTHONPATH": str(tmp_path / "plugins")})
    assert done.returncode == 0
    assert done.stderr == "Dokaz nije izračunat za: d1. Razlog ispisuje `quizlab verify`.\n"
    assert "**Dokaz nije izračunat.** Izračun je prekinut zbog pogreške" in done.stdout
