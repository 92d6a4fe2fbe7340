"""Arguments as people type them and as other systems wrote them: read, or refused in a sentence that is true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.thinned import thinned

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes, and folders can be deleted")
BANK = """
title: T
questions:
- {id: n1, topic: arhitektura, kind: number, prompt: Koliko?, answer: 7, explain: Zato., recollections: []}
"""


@LINUX
@pytest.mark.parametrize("stem", thinned([b"zavr\x9ani", b"\xff", "završni".encode()], 3))
def test_a_bank_whose_name_is_no_text(quick: dict[str, str], tmp_path: Path, stem: bytes) -> None:
    (tmp_path / os.fsdecode(stem + b".yaml")).write_text(BANK, encoding="utf-8")

    def run(*arguments: bytes, typed: bytes = b"") -> bytes:
        command = [os.fsencode(sys.executable), b"-m", b"quizlab", *arguments, b"--bank", stem + b".yaml"]
        done = subprocess.run(command, input=typed, capture_output=True, env=quick, cwd=tmp_path, check=False)
        assert b"neo\xc4\x8dekivana" not in done.stderr
        return done.stdout

    run(b"practice", stem, b"--plain", typed=b"7\n")
    run(b"blic", stem, b"--plain", typed=b"7\n")
    assert json.loads(run(b"stats", b"--json"))["totals"]["answers"] == 2
    whole = json.loads(run(b"export", b"--json", stem))
    assert stem.decode("utf-8", "replace") in json.dumps(whole, ensure_ascii=False)
    assert b"<html" in run(b"export", b"--html", stem)
    assert json.loads(run(b"answer", b"n1", b"7\x9a", b"--json"))["id"] == "n1"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["q41", "-1 < x < 1"], 0),
        (["q41", "-1 < x < 2"], 1),
        (["q1", "-9312"], 1),
        (["--plain", "q1", "-9312"], 1),
        (["q1", "-9312", "--plain"], 1),
        (["q1", "--", "-9312"], 1),
        (["q1", "--plain", "--", "9312"], 0),
        (["q1", "--plain"], 2),
        (["q1", "-x+1"], 2),
    ],
)
def test_an_answer_may_begin_with_a_minus(quizlab: Run, arguments: list[str], status: int) -> None:
    done = quizlab("answer", *arguments)
    assert done.returncode == status
    assert "ne postoji" not in done.stderr


def test_what_is_looked_for_may_begin_with_a_minus_and_a_slip_is_still_said(quizlab: Run) -> None:
    assert quizlab("search", "-1").returncode == 0
    assert "Misliš li na --json?" in quizlab("answer", "q1", "--jsno").stderr
    assert "stavi ispred --" in quizlab("practice", "-5").stderr


@pytest.mark.parametrize("minutes", thinned(["0,5", "0.5", " 1,25 ", "10", "6e2"], 3))
def test_minutes_with_a_comma(quizlab: Run, minutes: str) -> None:
    assert "Preostalo vrijeme" in quizlab("blic", "lab4", "--minutes", minutes).stdout


@pytest.mark.parametrize("minutes", ["0,05", "nan", "1e9", "pet", "1,2,3", "-1"])
def test_minutes_that_are_none(quizlab: Run, minutes: str) -> None:
    done = quizlab("blic", "--minutes", minutes)
    assert "očekuje se broj minuta od 0,1 do 600" in done.stderr
    assert done.returncode == 2


def test_other_numbers_with_a_comma(quizlab: Run) -> None:
    comma = quizlab("verify", "q63", "--set", "limit=0,25", "--plain", env={"QUIZLAB_TIME_LIMIT": "59,5"}).stdout
    assert "POTVRĐENO" in comma
    assert comma.splitlines()[0] == quizlab("verify", "q63", "--set", "limit=0.25", "--plain").stdout.splitlines()[0]


@pytest.mark.parametrize("size", thinned(["0", "-5", "", "abc", "1e3", "99999999999"], 3))
def test_a_size_of_the_terminal_that_is_none_is_as_if_not_set(quizlab: Run, size: str) -> None:
    for arguments in (["show", "q1"], ["answer", "q1", "7"]):
        wanted = quizlab(*arguments, without=("COLUMNS",)).stdout
        assert wanted
        assert quizlab(*arguments, env={"COLUMNS": size, "LINES": size}).stdout == wanted


@pytest.mark.parametrize(
    ("arguments", "bounds"),
    [
        (["export", "--html", "--variants", "5000", "q1"], "cijeli broj od 0 do 1000."),
        (["verify", "q1", "--variants", "0"], "cijeli broj od 1 nadalje."),
        (["practice", "--limit", "0"], "cijeli broj od 1 nadalje."),
        (["blic", "--seed", "abc"], "cijeli broj, bilo koji."),
    ],
)
def test_bounds_are_said_as_they_are(quizlab: Run, arguments: list[str], bounds: str) -> None:
    assert f"očekuje se {bounds}" in quizlab(*arguments).stderr


@LINUX
@pytest.mark.parametrize("command", thinned(["check", "list --bank", "import", "answer --batch", "thread"], 2))
def test_without_the_right_to_read(quick: dict[str, str], tmp_path: Path, command: str) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(BANK, encoding="utf-8")
    path.chmod(0)
    drop = "-dac_override,-dac_read_search"
    without = ["setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}"] if os.geteuid() == 0 else []
    run = [*without, sys.executable, "-m", "quizlab", *command.split(), str(path)]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", env=quick, check=False)
    assert "nema prava pristupa" in done.stderr


@pytest.mark.stress
@LINUX
@pytest.mark.parametrize(
    "command",
    [
        *("recall --merge zatvoreno/x", "thread zatvoreno/x", "check zatvoreno/x", "new zatvoreno/x.yaml"),
        *("export --md q1 -o zatvoreno/x.md", "export --anki q1 -o zatvoreno/x.apkg", "verify q1 --junit zatvoreno/x"),
        *("practice q1 --plain --code zatvoreno/x.py", "stats --export zatvoreno/x.json", "import zatvoreno/x.csv"),
        *("verify lab4 --code zatvoreno/x.py", "verify lab4 --code zatvoreno", "recall --merge zaseban.py"),
    ],
)
def test_behind_a_folder_that_may_not_be_entered(quick: dict[str, str], tmp_path: Path, command: str) -> None:
    (tmp_path / "zatvoreno").mkdir()
    (tmp_path / "zaseban.py").write_text("x = 1\n", encoding="utf-8")
    for name in ("zatvoreno", "zaseban.py"):
        (tmp_path / name).chmod(0)
    drop = "-dac_override,-dac_read_search"
    without = ["setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}"] if os.geteuid() == 0 else []
    run = [*without, sys.executable, "-m", "quizlab", *command.split()]
    done = subprocess.run(
        run, capture_output=True, encoding="utf-8", env=quick, cwd=tmp_path, check=False, stdin=subprocess.DEVNULL
    )
    (tmp_path / "zatvoreno").chmod(0o755)
    assert "nema prava pristupa" in done.stderr
    assert done.returncode in (2, 3)


@LINUX
@pytest.mark.stress
def test_a_folder_that_was_deleted_meanwhile(environment: dict[str, str], tmp_path: Path) -> None:
    def run(arguments: str, home: str) -> subprocess.CompletedProcess[str]:
        script = f'mkdir g; cd g; rmdir ../g; "{sys.executable}" -m quizlab {arguments}'
        env = {**environment, "QUIZLAB_HOME": home}
        return subprocess.run(
            ["sh", "-c", script], capture_output=True, encoding="utf-8", env=env, cwd=tmp_path, check=False
        )

    whole = str(tmp_path / "dom")
    assert "POTVRĐENO" in run("verify q1 --plain", whole).stdout
    for arguments, home in (("list --bank b.yaml", whole), ("stats", "napredak")):
        done = run(arguments, home)
        assert done.stderr.startswith("Mapa u kojoj stoji ovaj terminal više ne postoji.")
        assert done.returncode == 3


@pytest.mark.stress
@LINUX
@pytest.mark.parametrize("number", [7, 8, 9, 10, 12])
def test_few_descriptors_are_one_sentence(quick: dict[str, str], number: int) -> None:
    script = f'ulimit -n {number}; "{sys.executable}" -m quizlab verify q1'
    done = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8", env=quick, check=False)
    assert "Traceback" not in done.stderr
    assert "neočekivana" not in done.stderr
    assert done.returncode == 3


def test_a_tilde_is_the_home_folder(quizlab: Run, tmp_path: Path) -> None:
    env = {"HOME": str(tmp_path / "osobno"), "USERPROFILE": str(tmp_path / "osobno"), "QUIZLAB_HOME": "~/napredak"}
    quizlab("practice", "q1", typed="9312\n", env=env)
    assert (tmp_path / "osobno/napredak/napredak.sqlite").exists()
    assert quizlab("stats", "--export", "~/dnevnik.json", env=env).returncode == 0
    assert (tmp_path / "osobno/dnevnik.json").exists()
    assert quizlab("import", "~/dnevnik.json", env=env).returncode == 0
    assert not list(tmp_path.glob("~*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["stats", "q63", "--export", "f.json"],
        ["stats", "--export", "f.json", "--json"],
        ["stats", "--export", "f.json", "--regrade"],
        ["stats", "--export", "f.json", "--write"],
        ["stats", "--regrade", "--json"],
        ["stats", "--regrade", "q1"],
        ["stats", "--regrade", "--exam", "sutra"],
        ["practice", "--resume", "lab4"],
        ["practice", "--resume", "--seed", "0"],
        ["practice", "--resume", "--no-oral"],
        ["blic", "--resume", "-n", "3"],
        ["blic", "--resume", "--minutes", "5"],
        ["verify", "--all", "q1"],
        ["verify", "q1", "--json", "--snippet"],
        ["answer", "--batch", "-", "q1"],
        ["answer", "--batch", "-", "--proof"],
        ["stats", "--export", "f.json", "--bank", "b.yaml"],
        ["verify", "q1", "--snippet", "--variants", "3"],
        ["recall", "lab4", "--merge", "b.yaml"],
        ["recall", "--merge", "b.yaml", "--when", "danas"],
        ["recall", "--merge", "b.yaml", "--group", "prva"],
        ["--version", "list"],
        ["--version", "--show-completion"],
        ["--show-completion", "practice"],
        ["thread", "-", "--json", "--md"],
        ["thread", "-", "--practice", "--md"],
    ],
)
def test_what_would_be_passed_over_in_silence_is_refused(quizlab: Run, tmp_path: Path, arguments: list[str]) -> None:
    done = quizlab(*arguments)
    assert done.returncode == 2
    assert "ne vrijedi" in done.stderr or "vrijedi samo" in done.stderr
    assert not (tmp_path / "f.json").exists()


@pytest.mark.parametrize(
    "topic",
    [
        "gra\u0111a mrez\u030ce",
        "građa  mreže",
        "gradja mreze",
        "GRAĐA-MREŽE",
        "građa\u00a0mreže",
        "građa–mreže",
        "građa\u200b mreže",
    ],
)
def test_a_topic_in_any_form(quizlab: Run, topic: str) -> None:
    wanted = quizlab("list", "--topic", "građa mreže").stdout
    assert wanted
    assert quizlab("list", "--topic", topic).stdout == wanted


def test_a_bank_in_any_form_and_topics_in_croatian_order(quizlab: Run, tmp_path: Path) -> None:
    (tmp_path / "z\u030celjko.yaml").write_text(BANK, encoding="utf-8")
    for name in ("željko", "ŽELJKO", "zeljko", "z\u030celjko"):
        assert "n1" in quizlab("list", name, "--bank", "z\u030celjko.yaml").stdout
    said = quizlab("list", "--topic", "nema").stderr
    assert said.index("arhitektura") < said.index("LSTM i GRU") < said.index("učenje") < said.index("ugrađivanje")


@LINUX
@pytest.mark.parametrize("command", ["check", "import", "thread", "answer --batch", "list --bank"])
def test_a_name_of_bytes_alone_is_still_named(quizlab: Run, command: str) -> None:
    assert "\ufffd\ufffd" in quizlab(*command.split(), "\udcff\udcfe").stderr


@pytest.mark.parametrize("named", ["~nema-me/napredak", "$NEMA_ME/napredak", "${NEMA_ME}/x", "%NEMA_ME%/x"])
def test_a_home_that_cannot_be_expanded_scatters_no_progress(quizlab: Run, tmp_path: Path, named: str) -> None:
    done = quizlab("practice", "q1", typed="9312\n", env={"QUIZLAB_HOME": named})
    assert done.returncode == 3
    assert done.stderr.startswith(f"Varijabla QUIZLAB_HOME je „{named}”")
    assert not [each for each in tmp_path.iterdir() if each.name[0] in "~$%"]


def test_a_home_in_a_variable_is_expanded(quizlab: Run, tmp_path: Path) -> None:
    quizlab("practice", "q1", typed="9312\n", env={"QUIZLAB_HOME": "$MOJA/napredak", "MOJA": str(tmp_path / "m")})
    assert (tmp_path / "m/napredak/napredak.sqlite").exists()


@LINUX
def test_what_to_do_now_is_told_from_a_medium_that_can_only_be_read(
    quizlab: Run, quick: dict[str, str], tmp_path: Path
) -> None:
    home = tmp_path / "h"
    quizlab("practice", "q1", typed="5\n", env={"QUIZLAB_HOME": str(home)})
    for path, mode in ((home / "napredak.sqlite", 0o444), (home, 0o555)):
        path.chmod(mode)
    drop = "-dac_override,-dac_read_search"
    without = ["setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}"] if os.geteuid() == 0 else []
    run = [*without, sys.executable, "-m", "quizlab"]
    env = {**quick, "QUIZLAB_HOME": str(home)}
    done = subprocess.run(run, capture_output=True, encoding="utf-8", env=env, check=False, stdin=subprocess.DEVNULL)
    home.chmod(0o755)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Još nema odgovora" not in done.stdout


def test_answers_that_cannot_be_read_are_not_said_to_be_none(quizlab: Run, tmp_path: Path) -> None:
    (tmp_path / "h").mkdir()
    (tmp_path / "h/napredak.sqlite").write_text("nije baza " * 900, encoding="utf-8")
    done = quizlab(env={"QUIZLAB_HOME": str(tmp_path / "h")})
    assert done.returncode == 3
    assert "oštećena" in done.stderr
    assert done.stdout.startswith("Što sada:")
