"""Verifying many questions: what is proved, in which order it is told, when it stops, and that nothing outlives it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import Run
from tests.plugins import plugin
from tests.thinned import thinned

BANK = """\
title: Moja
groups: {{A: {{title: bilješke}}}}
questions:
{questions}
"""

QUESTION = """\
  - id: {id}
    topic: brojevi
    kind: number
    prompt: Koliko parametara ima konvolucija (pitanje {id})?
    answer: {answer}
    verify: {{hook: lab4.unit_parameters, with: {{c_in: 1, c_out: 1, kernel: {kernel}}}}}
    recollections: [{{group: A}}]
    explain: Težine i pristranosti.
"""


def bank(path: Path, *answers: str) -> str:
    """A bank of one question an answer; that to kernel n is n² + 3."""
    questions = [
        QUESTION.format(id=f"m{number}", kernel=number, answer=answer) for number, answer in enumerate(answers, 1)
    ]
    path.write_text(BANK.format(questions="".join(questions)), encoding="utf-8")
    return str(path)


RIGHT = ("4", "7", "12", "19")


def findings(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return {each["id"]: each["verdict"] for each in json.loads(done.stdout)["findings"]}


def test_the_order_is_that_of_the_bank_whatever_the_number_of_workers(quizlab: Run, tmp_path: Path) -> None:
    path = bank(tmp_path / "moja.yaml", "4", "8", "12", "19")
    outputs = []
    for jobs in ("1", "3"):
        done = quizlab("verify", "moja", "--bank", path, "--jobs", jobs, "--json")
        assert (done.returncode, done.stderr) == (1, "")
        assert findings(done) == {"m1": "confirmed", "m2": "refuted", "m3": "confirmed", "m4": "confirmed"}
        outputs.append(re.sub(r'"seconds": [\d.e-]+', "", done.stdout))
    assert outputs[0] == outputs[1]


def test_fail_fast_stops_and_says_so(quizlab: Run, tmp_path: Path) -> None:
    path = bank(tmp_path / "moja.yaml", "4", "8", "11", "19")
    done = quizlab("verify", "moja", "--bank", path, "--jobs", "2", "--fail-fast")
    assert done.returncode == 1
    assert "1/2 potvrđeno, 1 opovrgnuto" in done.stdout
    assert "Zaustavljeno na m2 (--fail-fast); bez provjere ostaju 2 pitanja." in " ".join(done.stdout.split())
    data = quizlab("verify", "moja", "--bank", path, "--fail-fast", "--json")
    assert findings(data) == {"m1": "confirmed", "m2": "refuted"}
    assert data.stderr == "Zaustavljeno na m2 (--fail-fast); bez provjere ostaju 2 pitanja.\n"
    sound = quizlab("verify", "moja", "--bank", bank(tmp_path / "moja.yaml", *RIGHT), "--fail-fast")
    assert sound.returncode == 0
    assert "Zaustavljeno" not in sound.stdout


def test_changed_proves_what_changed_since_it_was_confirmed(quizlab: Run, tmp_path: Path) -> None:
    path = bank(tmp_path / "moja.yaml", "4", "7", "12", "18")
    command = ("verify", "moja", "--bank", path, "--changed", "--json")
    first = quizlab(*command)
    assert (first.returncode, len(findings(first)), first.stderr) == (1, 4, "")
    second = quizlab(*command)
    assert findings(second) == {"m4": "refuted"}  # what was not confirmed is proved every time
    assert second.returncode == 1
    assert "Izostavljena su 3 pitanja" in second.stderr
    bank(tmp_path / "moja.yaml", "4", "5 + 2", "12", "19")
    third = quizlab(*command)
    assert (findings(third), third.returncode) == ({"m2": "confirmed", "m4": "confirmed"}, 0)
    last = quizlab("verify", "moja", "--bank", path, "--changed")
    assert last.returncode == 0
    assert "Izostavljena su 4 pitanja" in last.stdout
    whole = quizlab("verify", "moja", "--bank", path, "--json")
    assert len(findings(whole)) == 4


def test_junit_is_written_whole_or_not_at_all(quizlab: Run, tmp_path: Path) -> None:
    path = bank(tmp_path / "moja.yaml", "4", "8")
    file = tmp_path / "nalazi.xml"
    done = quizlab("verify", "moja", "--bank", path, "--junit", str(file))
    assert done.returncode == 1
    assert "1/2 potvrđeno" in done.stdout
    (suite,) = ElementTree.parse(file).getroot()
    assert [case.get("name") for case in suite.iter("testcase")] == ["m1", "m2"]
    (failure,) = suite.iter("failure")
    assert (failure.get("message") or "").startswith("m2: answer: Ključ 8 opovrgnut je: izračunato je 7.")
    piped = quizlab("verify", "moja", "--bank", path, "--junit", "-")
    assert ElementTree.fromstring(piped.stdout)[0].get("failures") == "1"
    for where in (tmp_path, tmp_path / "nema" / "nalazi.xml"):
        refused = quizlab("verify", "moja", "--bank", path, "--junit", str(where))
        assert (refused.returncode, refused.stdout) == (3, "")
        assert refused.stderr.startswith("Ne mogu zapisati")
    assert sorted(each.name for each in tmp_path.iterdir() if each.suffix == ".xml") == ["nalazi.xml"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--jobs", "0"], "Vrijednost za --jobs nije valjana: očekuje se cijeli broj"),
        (["--jobs", "dva"], "Vrijednost za --jobs nije valjana: očekuje se cijeli broj"),
        (["--changed", "--set", "c_in=1"], "Uz --changed ne vrijedi „--set”."),
        (["--junit", "-", "--json"], "Uz --junit - ne vrijedi „--json”."),
        (["--code", ".", "--jobs", "2"], "Uz --code ne vrijedi „--jobs”."),
        (["--code", ".", "--fail-fast"], "Uz --code ne vrijedi „--fail-fast”."),
        (["--code", ".", "--changed"], "Uz --code ne vrijedi „--changed”."),
        (["--code", ".", "--junit", "x.xml"], "Uz --code ne vrijedi „--junit”."),
    ],
)
def test_what_does_not_go_together_is_said(quizlab: Run, arguments: list[str], sentence: str) -> None:
    done = quizlab("verify", "q1", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)


def children(process: int) -> set[int]:
    return {int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()}


def gone(process: int) -> bool:
    """Whether a process has ended; one that nobody has waited for counts as ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def until(what: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="children are read from /proc")
def test_ctrl_c_ends_all_workers_at_once_in_the_middle_of_their_proofs(
    environment: dict[str, str], tmp_path: Path
) -> None:
    plugin.installed(tmp_path, code=plugin.SLOW.replace("30", "300"))
    command = [sys.executable, "-m", "quizlab", "verify", "lab5", "--jobs", "2"]
    env = {**environment, "PYTHONPATH": str(tmp_path)}
    process = subprocess.Popen(
        command,
        env=env,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # it is ignored where the tests run behind a shell
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    try:
        until(lambda: len(children(process.pid)) == 2)
        workers = children(process.pid)
        time.sleep(1.0)
        start = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to all of them
        out, err = process.communicate(timeout=20)
        assert time.monotonic() - start < 5
    finally:
        process.kill()
    assert (process.returncode, out) == (130, b"")
    assert "Prekinuto" in err.decode("utf-8")
    until(lambda: all(map(gone, workers)), 5)


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX terminal is needed")
@pytest.mark.parametrize("columns", thinned([80, 40], 2, 1))
def test_progress_is_shown_on_the_terminal_while_the_output_is_piped(
    environment: dict[str, str], tmp_path: Path, columns: int
) -> None:
    import pexpect

    path = bank(tmp_path / "moja.yaml", *RIGHT)
    line = f'"{sys.executable}" -m quizlab verify moja --bank "{path}" --jobs 2 --json > "{tmp_path / "izlaz.json"}"'
    child = pexpect.spawn(
        "sh",
        ["-c", line],
        env={**environment, "COLUMNS": str(columns)},
        encoding="utf-8",
        timeout=60,
        dimensions=(20, columns),
    )
    shown = child.read()
    child.close()
    assert child.exitstatus == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert re.search(r"dokazujem.*0/4 +m1, m2", text)
    assert "4/4" in text
    assert all(len(each) <= columns for each in re.split(r"[\r\n]+", text))
    assert len(json.loads((tmp_path / "izlaz.json").read_text("utf-8"))["findings"]) == 4
