"""The contract of the commands: output, exit statuses, and one clear sentence for every kind of bad input."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from quizlab.telling import words
from tests.conftest import FAKES, Run, shipped_bank
from tests.plugins import plugin

LAB3, LAB4 = (len(shipped_bank(name).questions) for name in ("lab3", "lab4"))
"""How many questions the banks have."""


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The only sentence on standard error; no traceback, nothing on standard output."""
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["verify"], 2, "Navedi što treba provjeriti: oznaku pitanja, ime vježbe ili --all."),
        (["verify", "q999"], 2, "Ne poznajem „q999”."),
        (["show", "nema"], 2, "Ne poznajem „nema”."),
        (["practice", "lab9"], 2, "Ne poznajem „lab9”."),
        (["list", "lab4", "--topic", "kuhanje"], 2, "Nema pitanja na temu „kuhanje”. Teme su: arhitektura,"),
        (["verify", "q1", "--set", "c_in"], 2, "„c_in” nije oblika ime=vrijednost"),
        (["verify", "q1", "--set", "c_in=deset"], 2, "Parametar c_in ne može biti „deset”."),
        (["verify", "q1", "--set", "c_in=0"], 2, "Parametar c_in ne može biti „0”."),
        (["verify", "q1", "--set", "c_in=1.5"], 2, "Parametar c_in ne može biti „1.5”."),
        (["verify", "q1", "--set", "dubina=3"], 2, "Pitanje q1 nema parametar „dubina”. Može se mijenjati: kernel,"),
        (["verify", "q4", "--set", "c_in=3"], 2, "Pitanje q4 nema parametara"),
        (["verify", "lab4", "--set", "c_in=3"], 2, f"--set vrijedi za jedno pitanje, a odabrano ih je {LAB4}."),
        (["answer", "q1"], 2, "Navedi odgovor, na primjer: quizlab answer q4 a"),
        (["answer", "--batch", "nema.tsv"], 2, "Ne mogu pročitati nema.tsv"),
        (["export"], 2, "Navedi oblik izvoza: --md, --sheet,"),
        (["export", "--md", "--json"], 2, "Odaberi samo jedan oblik izvoza."),
        (["export", "--json", "--answers", "end"], 2, "--answers vrijedi samo uz --md."),
        (["export", "--md", "--answers", "nigdje"], 2, "Odgovori ne mogu biti „nigdje”."),
        (["export", "--sheet", "--variants", "2"], 2, "Uz --sheet nema mjesta za varijante."),
        (["list", "--bank", "nema.yaml"], 2, "nema.yaml: Banka pitanja ne postoji."),
        (["vježbaj"], 2, "Naredba „vježbaj” ne postoji."),
        (["list", "--boja"], 2, "Mogućnost --boja ne postoji."),
        (["practice", "--limit", "pet"], 2, "Vrijednost za --limit nije valjana"),
        (["practice", "--limit", "0"], 2, "Vrijednost za --limit nije valjana"),
        (["practice", "--limit"], 2, "Mogućnost --limit traži vrijednost."),
        (["show", "q1", "q2"], 2, "Suvišno je „q2”."),
        (["show"], 2, "Nedostaje PITANJE."),
    ],
)
def test_bad_input_gets_one_sentence_and_a_status(
    quizlab: Run, arguments: list[str], status: int, sentence: str
) -> None:
    done = quizlab(*arguments)
    assert one_sentence(done).startswith(sentence)
    assert done.returncode == status


def test_every_command_has_croatian_help(quizlab: Run) -> None:
    top = quizlab("--help")
    assert top.returncode == 0
    commands = [
        line.split()[0]
        for line in top.stdout.split("Naredbe:")[1].split("Mogućnosti:")[0].splitlines()
        if line[:3].strip()
    ]
    assert {"practice", "verify", "answer", "export", "list", "show", "hooks", "check"} <= set(commands)
    for command in commands:
        page = quizlab(command, "--help", env={"COLUMNS": "40"})
        assert page.returncode == 0
        assert page.stdout.startswith(f"Uporaba: quizlab {command}")
        for english in ("Usage", "Options", "Arguments", "Show this", "INTEGER", "TEXT", "PATH"):
            assert english not in page.stdout, (command, english)


def test_verify_shows_where_9312_comes_from(quizlab: Run) -> None:
    done = quizlab("verify", "q1")
    assert (done.returncode, done.stderr) == (0, "")
    flat = " ".join(done.stdout.split())
    for shown in (
        "conv.weight",
        "(32, 32, 3, 3)",
        "9216",
        "ukupno 9312",
        "294 912",
        "opovrgnuto",
        "potvrđeno",
        "→ 9312",
    ):
        assert shown in flat, shown


def test_verify_json_is_one_documented_object(quizlab: Run) -> None:
    done = quizlab("verify", "q1", "q15", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    assert set(data) == {"findings", "versions"}
    assert {"torch", "python"} <= set(data["versions"])
    q1, q15 = data["findings"]
    fields = {
        "id",
        "verdict",
        "key",
        "value",
        "parameters",
        "claims",
        "options",
        "mistakes",
        "recollections",
        "snippet",
        "seconds",
    }
    assert fields <= set(q1)
    assert (q1["id"], q1["verdict"], q1["key"], q1["value"]) == ("q1", "confirmed", "9312", 9312)
    assert {(one["group"], one["verdict"]) for one in q1["recollections"]} == {
        ("A", "confirmed"),
        ("A", "refuted"),
        ("E", "confirmed"),
    }
    assert {one["verdict"] for one in q15["recollections"]} == {"confirmed", "depends", "unanswered"}


def test_verify_with_other_numbers(quizlab: Run) -> None:
    done = quizlab("verify", "q1", "--set", "c_in=1", "--json")
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["verdict"], finding["value"], finding["recollections"]) == ("confirmed", 322, [])
    assert "384" in quizlab("verify", "q1", "--set", "c_in=1").stdout


def test_the_snippet_alone_can_be_piped_into_python(quizlab: Run, tmp_path: Path) -> None:
    done = quizlab("verify", "q1", "--snippet")
    ran = subprocess.run(
        [sys.executable, "-I", "-c", done.stdout], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert ran.stdout.strip() == "9312"


@pytest.mark.parametrize(
    ("typed", "status", "outcome"), [("9 312", 0, "right"), ("9280", 1, "wrong"), ("(9312", 2, "unreadable")]
)
def test_answer_grades_one_answer(quizlab: Run, typed: str, status: int, outcome: str) -> None:
    assert quizlab("answer", "q1", typed).returncode == status
    done = quizlab("answer", "q1", typed, "--json")
    assert (done.returncode, done.stderr) == (status, "")
    assert json.loads(done.stdout)["outcome"] == outcome


def test_answer_with_proof(quizlab: Run) -> None:
    done = quizlab("answer", "q1", "9280", "--proof", "--json")
    data = json.loads(done.stdout)
    assert (done.returncode, data["tag"], data["finding"]["verdict"]) == (1, "bez-pristranosti", "confirmed")


def test_answer_grades_a_file(quizlab: Run, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("q1\t9 312\nq4\tb\n\n", encoding="utf-8")
    assert quizlab("answer", "--batch", "a.tsv").returncode == 0
    (tmp_path / "a.tsv").write_text("q1\t9 312\nq1\t9280\nq14\t(10 32\n", encoding="utf-8")
    done = quizlab("answer", "--batch", "a.tsv")
    assert done.returncode == 2
    assert done.stdout.splitlines() == ["q1\ttočno\t9312", "q1\tkrivo\t9280\tbez-pristranosti", "q14\tnečitljivo"]
    (tmp_path / "a.tsv").write_text("q1 9312\n", encoding="utf-8")
    assert one_sentence(quizlab("answer", "--batch", "a.tsv")).startswith("Redak 1 datoteke a.tsv nije oblika")


def test_a_line_that_cannot_be_graded_stops_no_other(quizlab: Run, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("q1\t32*32*9\u2028+ 96\r\nq999\t1\nq2\t2\n", encoding="utf-8")
    done = quizlab("answer", "--batch", "a.tsv")
    assert done.returncode == 2
    assert done.stdout.splitlines() == ["q1\ttočno\t9312", "q2\ttočno\t2"]
    assert done.stderr.startswith("a.tsv:2: Ne poznajem „q999”.")
    rows = json.loads(quizlab("answer", "--batch", "a.tsv", "--json").stdout)["answers"]
    assert [(row["id"], row["outcome"]) for row in rows] == [("q1", "right"), ("", "unreadable"), ("q2", "right")]


def test_a_dash_is_a_standard_stream_everywhere(quizlab: Run, tmp_path: Path) -> None:
    assert quizlab("answer", "--batch", "-", typed="q1\t9312\n").stdout == "q1\ttočno\t9312\n"
    assert quizlab("import", "-", typed='{"version": 1, "answers": []}').stdout.startswith("Ništa novo")
    assert quizlab("export", "--md", "--answers", "none", "q4", "-o", "-").stdout.startswith("# ")
    assert list(tmp_path.glob("-*")) == []


@pytest.mark.stress
def test_answers_are_graded_without_torch_and_proofs_say_what_is_missing(quizlab: Run) -> None:
    without = {"PYTHONPATH": str(FAKES / "no_torch")}
    assert quizlab("answer", "q1", "9280", env=without).returncode == 1
    assert quizlab("list", env=without).returncode == 0
    done = quizlab("verify", "q1", env=without)
    assert done.returncode == 3
    assert "Za živi dokaz treba PyTorch" in done.stdout
    assert quizlab("verify", "--all", env=without).returncode == 3
    exported = quizlab("export", "--md", "q1", "lab3", env=without)
    assert (exported.returncode, exported.stderr.count("\n")) == (0, 1)
    assert exported.stderr.startswith("Dokazi nisu izračunati sada, nego zapisani ")
    assert exported.stdout.count("**Dokaz** (zapisani dokaz, torch ") == LAB3 + 1
    assert "izračunato sada" not in exported.stdout
    practised = quizlab("practice", "q1", typed="9312\n", env=without)
    assert practised.returncode == 0
    assert "TOČNO." in practised.stdout
    assert re.search(
        r"^Dokaz: .*\nZapisani dokaz, torch [0-9.]+, [0-9]+\. [0-9]+\. 20[0-9]+\.$", practised.stdout, re.M
    )
    assert practised.stdout.count("Za živi dokaz treba PyTorch") == 1


@pytest.mark.stress
def test_a_hook_that_runs_out_of_time_is_neither_confirmed_nor_refuted(quizlab: Run, tmp_path: Path) -> None:
    plugin.installed(tmp_path / "plugins", code=plugin.SLOW)
    env = {"PYTHONPATH": str(tmp_path / "plugins"), "QUIZLAB_TIME_LIMIT": "4"}
    done = quizlab("verify", "d1", env=env)
    assert done.returncode == 3
    assert "Izračun nije završio za 4 s" in done.stdout
    assert one_sentence(quizlab("verify", "q1", env={"QUIZLAB_TIME_LIMIT": "brzo"})).startswith(
        "Varijabla QUIZLAB_TIME_LIMIT"
    )


def test_a_failing_lab_is_said_in_a_sentence_with_its_place(quizlab: Run, tmp_path: Path) -> None:
    plugin.installed(tmp_path / "plugins", code=plugin.RUDE)
    done = quizlab("verify", "d1", env={"PYTHONPATH": str(tmp_path / "plugins")})
    assert done.returncode == 3
    assert "[bold]3[/bold]" in done.stdout
    assert "code.py:11" in done.stdout
    assert "noise" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its home folder elsewhere")
def test_without_a_home_folder_practice_says_what_to_set(quizlab: Run) -> None:
    gone = ("QUIZLAB_HOME", "HOME", "XDG_DATA_HOME")
    code = (
        "import pwd, sys\n"
        "def nobody(uid): raise KeyError(uid)\n"
        "pwd.getpwuid = nobody\n"
        "sys.argv = ['quizlab', *sys.argv[1:]]\n"
        "from quizlab.__main__ import main; main()\n"
    )
    env = {name: value for name, value in os.environ.items() if name not in gone}
    run = [sys.executable, "-c", code]
    done = subprocess.run(
        [*run, "practice", "q1"], input="", capture_output=True, encoding="utf-8", env=env, check=False
    )
    assert one_sentence(done).startswith("Nema osobne mape")
    assert done.returncode == 3
    listed = subprocess.run([*run, "list", "lab4"], capture_output=True, encoding="utf-8", env=env, check=False)
    assert (listed.returncode, listed.stderr) == (0, "")


def test_a_home_folder_that_is_a_file_is_said(quizlab: Run, home: Path) -> None:
    home.write_text("", encoding="utf-8")
    done = quizlab("practice", "q1")
    assert one_sentence(done).startswith("Ne mogu napraviti mapu za napredak")
    assert done.returncode == 3


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise there")
def test_a_closed_pipe_is_silent(environment: dict[str, str]) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "w") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "quizlab", "list"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
            check=False,
        )
    assert done.stderr == ""
    assert done.returncode == 3


def test_output_is_utf8_whatever_the_locale_says(quizlab: Run) -> None:
    done = quizlab("list", "lab4", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert "ugrađivanje" in done.stdout


def test_no_colour_where_none_is_wanted(quizlab: Run) -> None:
    for arguments in (["verify", "q6"], ["list"], ["show", "q1"], ["verify", "q1", "--plain"]):
        assert "\x1b" not in quizlab(*arguments).stdout


def test_listing_can_be_narrowed(quizlab: Run) -> None:
    every = quizlab("list", "lab4").stdout
    some = quizlab("list", "lab4", "--topic", "gubitak").stdout
    assert 0 < some.count("\nq") < every.count("\nq") == LAB4


def test_check_names_the_banks(quizlab: Run) -> None:
    done = quizlab("check")
    assert done.returncode == 0
    assert f"lab4: {words.questions(LAB4)}, bez primjedbi." in done.stdout


def test_hooks_lists_every_proof_with_its_questions(quizlab: Run) -> None:
    done = quizlab("hooks", "--plain")
    assert done.returncode == 0
    assert "lab4.unit_parameters" in done.stdout
    assert "q1" in done.stdout


def test_other_sizes_flip_the_answer_of_a_choice_and_it_is_said(quizlab: Run) -> None:
    done = quizlab("verify", "q35", "--set", "vocab=50000", "--set", "hidden=150")
    assert done.returncode == 1
    said = " ".join(done.stdout.split())
    assert "S tim brojevima odgovor je drukčiji: ključ a ne vrijedi, izračunato je W_xh i W_hy." in said
    assert quizlab("verify", "q35", "--set", "vocab=500").returncode == 0
    assert quizlab("verify", "q35", "--set", "vocab=2000000000").returncode == 2


def test_verify_q36_shows_both_counts(quizlab: Run) -> None:
    said = quizlab("verify", "q36").stdout
    assert "1\u202f201\u202f100" in said
    assert "1\u202f202\u202f100" in said


def test_a_fault_of_our_own_is_one_sentence_and_a_file(environment: dict[str, str], tmp_path: Path) -> None:
    code = (
        "import quizlab.commands.list as looking\n"
        "def fail(*args, **kwargs): raise ZeroDivisionError('naša greška')\n"
        "looking.list_all = fail\n"
        "import sys; from quizlab.cli import run; sys.exit(run(['list']))\n"
    )
    env = {**environment, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=env, check=False)
    sentence = one_sentence(done)
    assert sentence.startswith("Dogodila se neočekivana pogreška (ZeroDivisionError).")
    assert done.returncode == 3
    (kept,) = tmp_path.glob("quizlab-*.txt")
    assert str(kept) in sentence
    assert "naša greška" in kept.read_text(encoding="utf-8")


def test_practice_refuses_a_bad_time_limit_before_it_asks(quizlab: Run) -> None:
    done = quizlab("practice", "q1", typed="9312\n", env={"QUIZLAB_TIME_LIMIT": "brzo"})
    assert one_sentence(done).startswith("Varijabla QUIZLAB_TIME_LIMIT")
    assert done.returncode == 2


def test_practice_without_torch_says_so_once(quizlab: Run) -> None:
    env = {"PYTHONPATH": str(FAKES / "no_torch")}
    done = quizlab("practice", "q1", "q4", "q20", typed="b\n9312\nc\n" * 5, env=env)
    assert done.returncode == 0
    assert done.stdout.count("Objašnjenje:") >= 3
    assert done.stdout.count("Za živi dokaz treba PyTorch") == 1
