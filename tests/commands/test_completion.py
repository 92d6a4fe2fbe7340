"""Completion by the Tab key, as each shell asks for it; a real bash; the version; and none of it at the start."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from quizlab import __version__, bank
from quizlab.commands import _banks, completion
from tests.bank.small import HEAD, NUMBER, write
from tests.conftest import Run

SHELLS = ("bash", "zsh", "fish", "powershell")
LAZY = ("torch", "numpy", "psutil", "shellingham.posix")


def asked(shell: str, line: str) -> dict[str, str]:
    """What a shell sets when Tab is pressed at the end of a line."""
    words = line.split(" ")
    own = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)} if shell == "bash" else {}
    return {
        "_QUIZLAB_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        **own,
    }


def offered(quizlab: Run, line: str, shell: str = "bash") -> list[str]:
    done = quizlab(env=asked(shell, line))
    assert (done.returncode, done.stderr) == (0, "")
    if shell == "zsh":
        return [word.split('"')[0] for word in done.stdout.split('"')[1::2]]
    return [line.split("\t")[0].split(":::")[0] for line in done.stdout.splitlines() if line]


def test_every_shell_gets_the_names_that_there_are(quizlab: Run) -> None:
    banks = [bank.load(path) for path in bank.shipped()]
    questions = [question for each in banks for question in each.questions]
    wanted = {
        "quizlab practice la": {each.name for each in banks if each.name.startswith("la")},
        "quizlab show q1": {each.id for each in questions if each.id.startswith("q1")},
        "quizlab list --topic g": {each.topic.replace(" ", "-") for each in questions if each.topic.startswith("g")},
    }
    assert all(len(words) > 1 for words in wanted.values())
    for shell in SHELLS:
        for line, words in wanted.items():
            assert sorted(offered(quizlab, line, shell)) == sorted(words), (shell, line)


def test_commands_and_options_are_completed(quizlab: Run) -> None:
    assert offered(quizlab, "quizlab pr") == ["practice"]
    assert {"practice", "verify", "export", "import"} <= set(offered(quizlab, "quizlab "))
    assert offered(quizlab, "quizlab practice --se") == ["--seed"]
    assert offered(quizlab, "quizlab --ver") == ["--version"]


def test_an_added_bank_is_completed_too_and_a_broken_one_is_silent(quizlab: Run, tmp_path: Path) -> None:
    good = write(tmp_path, HEAD + NUMBER, "moja.yaml")
    assert offered(quizlab, f"quizlab practice --bank {good} mo") == ["moja"]
    broken = write(tmp_path, "questions: [", "kriva.yaml")
    assert offered(quizlab, f"quizlab practice --bank {broken} la") == []


@pytest.mark.stress
@pytest.mark.parametrize("topic", ["$(touch x)", "a;b", "a'b", 'a"b', "a`b", "[red]x"])
def test_a_topic_that_a_shell_could_run_is_not_offered(quizlab: Run, tmp_path: Path, topic: str) -> None:
    text = HEAD + NUMBER
    hostile = write(tmp_path, text.replace("topic: ", f"topic: {json.dumps('zz' + topic)} # "), "moja.yaml")
    assert "zz" not in "".join(offered(quizlab, f"quizlab list --bank {hostile} --topic "))
    assert quizlab("check", str(hostile)).returncode == 0


def test_a_completed_topic_is_one_that_can_be_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZLAB_HOME", str(home))
    banks = _banks.opened()
    found = [_banks.chosen(banks, [], word) for word in completion.words("topics", None, "")]
    assert all(len({each.topic for each in some}) == 1 for some in found)
    assert sum(map(len, found)) == sum(len(each.questions) for each in banks), "every question has its topic offered"


PROBE = """\
import json, os, sys
from quizlab.cli import run
status = run(json.loads(sys.argv[1]))
print("\\n" + json.dumps([status, [name for name in json.loads(sys.argv[2]) if name in sys.modules]]))
"""


def loaded(environment: dict[str, str], *arguments: str) -> tuple[int, list[str]]:
    call = [sys.executable, "-c", PROBE, json.dumps(arguments), json.dumps(LAZY)]
    done = subprocess.run(call, capture_output=True, encoding="utf-8", env=environment, check=True)
    status, found = json.loads(done.stdout.splitlines()[-1])
    return status, found


@pytest.mark.stress
def test_what_only_completion_needs_is_not_loaded_at_the_start(environment: dict[str, str]) -> None:
    assert loaded(environment, "--help") == loaded(environment, "list", "lab4") == (0, [])
    assert loaded({**environment, **asked("bash", "quizlab show q1")}) == (0, [])
    if sys.platform != "win32":
        assert "shellingham.posix" in loaded(environment, "--show-completion")[1], "then it is loaded, and seen here"


@pytest.mark.stress
@pytest.mark.skipif(sys.platform == "win32", reason="another shell")
def test_a_real_bash_completes(environment: dict[str, str], quizlab: Run, tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash")
    program = tmp_path / "quizlab"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quizlab "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = tmp_path / "dopuna.sh"
    script.write_text(quizlab(env={"_QUIZLAB_COMPLETE": "source_bash"}).stdout, encoding="utf-8")
    env = {**environment, "PATH": f"{tmp_path}{os.pathsep}{environment['PATH']}", "PS1": "$ ", "TERM": "dumb"}
    child = pexpect.spawn(bash, ["--norc", "--noprofile", "-i"], env=env, encoding="utf-8", timeout=60)
    child.sendline(f"bind 'set enable-bracketed-paste off'; source '{script}'; echo spremno'!'")
    child.expect_exact("spremno!\r\n")
    child.send("quizlab sh\t")
    child.expect("quizlab show ")
    child.send("q2\tzz")  # q2 and q20 to q29: the word stays what it is
    child.expect("q2.*zz")
    child.send("\b\b0\t\n")
    child.expect_exact("q20 · ")
    child.expect_exact("$ ")
    child.send("quizlab list --topic gradi\t\n")
    child.expect("--topic gradijent-kroz-vrijeme")
    child.expect("lab3 · .* pitanj")
    child.close(force=True)


# --- setting it up -----------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="another shell")
def test_setting_completion_up_writes_what_the_shell_reads(environment: dict[str, str], tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash")
    env = {**environment, "HOME": str(tmp_path)}

    def called(option: str) -> subprocess.CompletedProcess[str]:
        line = f'"{sys.executable}" -m quizlab {option}; exit $?'  # more than one command, so that bash stays
        return subprocess.run([bash, "-c", line], capture_output=True, encoding="utf-8", env=env, check=False)

    shown = called("--show-completion")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "complete -o default -F _quizlab_completion quizlab" in shown.stdout
    done = called("--install-completion")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Dopunjavanje tipkom Tab je postavljeno.")
    assert "quizlab.sh" in (tmp_path / ".bashrc").read_text("utf-8")
    assert (tmp_path / ".bash_completions" / "quizlab.sh").read_text("utf-8").strip() == shown.stdout.strip()
    (tmp_path / ".bashrc").unlink()
    (tmp_path / ".bashrc").mkdir()
    failed = called("--install-completion")
    assert failed.returncode == 3
    assert failed.stderr.startswith("Dopunjavanje se ne može postaviti (to je mapa).")


def test_a_shell_that_nobody_knows_is_said(environment: dict[str, str]) -> None:
    code = (
        "import sys, shellingham\n"
        "def nobody(*args): raise shellingham.ShellDetectionFailure\n"
        "shellingham.detect_shell = nobody\n"
        "from quizlab.cli import run; sys.exit(run([sys.argv[1]]))\n"
    )
    for option in ("--show-completion", "--install-completion"):
        call = [sys.executable, "-c", code, option]
        done = subprocess.run(call, capture_output=True, encoding="utf-8", env=environment, check=False)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("Ne prepoznajem ovu ljusku.")


# --- the version -------------------------------------------------------------------------------------


def test_the_version_names_torch_without_loading_it(quizlab: Run, environment: dict[str, str]) -> None:
    done = quizlab("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"quizlab {__version__}, torch {metadata.version('torch')}\n"
    assert metadata.version("quizlab") == __version__
    assert loaded(environment, "--version") == (0, [])


def test_without_torch_the_version_is_quizlabs_alone(environment: dict[str, str]) -> None:
    code = (
        "import sys; from importlib import metadata\n"
        "def version(name): raise metadata.PackageNotFoundError(name)\n"
        "metadata.version = version\n"
        "from quizlab.cli import run; sys.exit(run(['--version']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=environment, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"quizlab {__version__}\n")
