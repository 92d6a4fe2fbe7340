"""Start-up is a feature: commands that need no proof load nothing heavy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "numpy", "sympy", "matplotlib", "labs", "plotille", "fsrs", "pylatexenc")

PROBE = """\
import json, sys
from quizlab.cli import run
status = run(json.loads(sys.argv[1]))
heavy = [name for name in json.loads(sys.argv[2]) if name in sys.modules]
print("\\n" + json.dumps([status, heavy]))
"""


def loaded(arguments: list[str], home: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(arguments), json.dumps(HEAVY)],
        capture_output=True,
        encoding="utf-8",
        env={**__import__("os").environ, "QUIZLAB_HOME": home},
        check=True,
    )
    status, heavy = json.loads(done.stdout.splitlines()[-1])
    return status, heavy


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, json; import quizlab.cli; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = json.loads(done.stdout)
    assert not {*HEAVY, "yaml", "rich.table", "sqlite3", "msgspec"} & set(modules)


THREAD = str(Path(__file__).parent / "thread" / "threads" / "scan.txt")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help"],
        ["list", "lab4"],
        ["show", "q4"],
        ["answer", "q4", "b"],
        ["answer", "q1", "9 312"],
        ["thread", THREAD, "--json"],
    ],
)
def test_commands_without_proofs_load_nothing_heavy(arguments: list[str], tmp_path: object) -> None:
    loaded(arguments, str(tmp_path))  # the first run reads the YAML and fills the cache
    status, heavy = loaded(arguments, str(tmp_path))
    assert (status, heavy) == (0, [])


def test_what_to_do_now_opens_nothing_where_there_is_no_log(tmp_path: Path) -> None:
    home = tmp_path / "dom"
    environment = {**os.environ, "QUIZLAB_HOME": str(home)}
    code = "import sys; from quizlab.cli import run; run([]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=environment, check=True
    )
    modules = set(done.stdout.splitlines()[-1].split())
    assert not {"sqlite3", "rich", "quizlab.answers", "quizlab.bank", "quizlab.log", "quizlab.learning"} & modules
    assert not home.exists()


def test_a_list_of_kept_banks_loads_nothing_that_reads_answers_or_banks(tmp_path: object) -> None:
    environment = {**os.environ, "QUIZLAB_HOME": str(tmp_path)}
    code = "import sys; from quizlab.cli import run; run(['list', 'lab4']); print(*sys.modules)"
    for _ in range(2):  # the first one keeps the banks
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=environment, check=True
        )
    rooms = {name.split(".")[1] for name in done.stdout.splitlines()[-1].split() if name.startswith("quizlab.")}
    assert not {"answers", "learning", "log", "export", "session"} & rooms
    assert "quizlab.bank.decode" not in done.stdout


def test_ctrl_c_while_quizlab_loads_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from quizlab import __main__
    from quizlab.view import streams

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(streams, "opened", interrupted)
    monkeypatch.setattr(sys, "argv", ["quizlab", "list"])
    with pytest.raises(SystemExit) as stopped:
        __main__.main()
    assert stopped.value.code == 130
    assert capsys.readouterr().err == "Prekinuto.\n"
