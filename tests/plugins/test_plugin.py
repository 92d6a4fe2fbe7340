"""A lab of somebody else's, installed beside quizlab, is one like ours; one that is broken costs the others nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.plugins import plugin
from tests.thinned import thinned

HEAVY = "[name for name in ('torch', 'numpy', 'quizlab_lab5.code', 'quizlab_lab5.hooks') if name in sys.modules]"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that sees ours, with the third-party lab installed by pip."""
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    seen = [sysconfig.get_path("purelib"), *(path for path in sys.path if path.endswith("site-packages")), str(ROOT)]
    (Path(site) / "seen.pth").write_text("\n".join(dict.fromkeys(seen)), encoding="utf-8")
    plugin.sources(folder / "project")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--quiet"]
    subprocess.run([python, "-m", "pip", "install", *options, folder / "project"], check=True)
    return python


@pytest.mark.stress
def test_it_is_practised_proved_and_exported_like_ours(
    clean: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    def quizlab(*arguments: str, typed: str = "") -> str:
        done = subprocess.run(
            [clean, "-m", "quizlab", *arguments],
            input=typed,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), arguments
        return done.stdout

    listed = quizlab("list", "--plain")
    assert all(name in listed for name in ("Gusti slojevi", "d1", "d2", "q1", "q27"))
    practised = quizlab("practice", "d1", "--limit", "1", "--plain", typed="6\n")
    assert "Zaboravljene su pristranosti (2)." in practised
    found = json.loads(quizlab("verify", "lab5", "q1", "--json"))["findings"]
    assert [(each["id"], each["verdict"]) for each in found] == [(name, "confirmed") for name in ("q1", "d1", "d2")]
    varied = json.loads(quizlab("verify", "d1", "--set", "inputs=5", "--json"))["findings"]
    assert (varied[0]["verdict"], varied[0]["key"]) == ("confirmed", "12")
    for _ in range(2):  # computed, then kept
        assert "Gusti slojevi" in quizlab("export", "--md", "lab5")
    assert "quizlab.grade" in quizlab("export", "--html", "lab5")
    assert "lab5.dense_parameters" in quizlab("hooks", "--plain")
    assert quizlab("check").splitlines()[-1] == "lab5: 2 pitanja, bez primjedbi."
    assert quizlab("list", "lab5", "--plain").count("d1") == 1


def test_finding_labs_loads_neither_their_code_nor_their_hooks(tmp_path: Path, environment: dict[str, str]) -> None:
    plugin.installed(tmp_path)
    code = (
        f"import sys; from quizlab.hooks import registry; print([each.lab.name for each in registry.labs()], {HEAVY})"
    )
    env = environment | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "['lab3', 'lab4', 'torch', 'lab5'] []\n"


BROKEN = {
    "no module": ({"init": ""}, "Vježba lab5 iz paketa quizlab-lab5 ne učitava se: AttributeError"),
    "syntax": ({"init": "x = 1\ndef (\n"}, "ne učitava se: SyntaxError (__init__.py:2)"),
    "raises": ({"init": "raise RuntimeError('ne danas')\n"}, "ne učitava se: RuntimeError (__init__.py:1): ne danas."),
    "exits": ({"init": "import sys\nsys.exit(3)\n"}, "ne učitava se: SystemExit (__init__.py:2): 3."),
    "no lab": ({"init": "LAB = 5\n"}, "ne učitava se: TypeError"),
    "bad bank": ({"bank": "title: x\n"}, "Vježba lab5 iz paketa quizlab-lab5 izostavljena je."),
    "shared id": ({"bank": plugin.BANK.replace("id: d1", "id: q1")}, "izostavljena je."),
    "unknown hook": ({"bank": plugin.BANK.replace("dense_parameters", "nema")}, "izostavljena je."),
    "no hooks": ({"hooks": "import no_such_package\n"}, "izostavljena je."),
    "foreign hooks": ({"hooks": plugin.HOOKS.replace('"lab5.', '"lab4x.')}, "izostavljena je."),
    "strange types": ({"hooks": plugin.HOOKS.replace("inputs: int", "inputs: 'Nothing'")}, "izostavljena je."),
}


@pytest.mark.parametrize("what", thinned(BROKEN, 3))
def test_one_that_is_broken_is_a_sentence_with_its_distribution_and_the_others_work(
    quizlab: Run, tmp_path: Path, what: str
) -> None:
    changed, sentence = BROKEN[what]
    plugin.installed(tmp_path / "plugins", **changed)
    done = quizlab("list", "--plain", env={"PYTHONPATH": str(tmp_path / "plugins")})
    assert done.returncode == 0
    assert "q1" in done.stdout
    assert "d2" not in done.stdout
    assert done.stderr.count("\n") == 1
    assert "quizlab-lab5" in done.stderr
    assert sentence in done.stderr


def test_a_bank_that_is_not_there_and_a_name_that_is_taken(quizlab: Run, tmp_path: Path) -> None:
    (plugin.installed(tmp_path / "a") / "lab5.yaml").unlink()
    plugin.installed(tmp_path / "b", name="lab4")
    env = {"PYTHONPATH": os.pathsep.join([str(tmp_path / "a"), str(tmp_path / "b")])}
    done = quizlab("list", "--plain", env=env)
    assert done.returncode == 0
    assert sorted(done.stderr.splitlines()) == [
        "Vježba lab4 iz paketa quizlab-lab4 izostavljena je: tako se već zove vježba iz paketa quizlab.",
        "Vježba lab5 iz paketa quizlab-lab5 izostavljena je. Što nije u redu, ispisuje `quizlab check`.",
    ]
    checked = quizlab("check", env=env)
    assert checked.returncode == 2
    assert "Banka pitanja ne postoji." in checked.stderr
    assert "quizlab-lab4" in checked.stderr
    assert "d1" not in done.stdout


def test_the_code_of_one_that_cannot_be_imported_is_said_with_its_place(quizlab: Run, tmp_path: Path) -> None:
    plugin.installed(tmp_path / "plugins", code="import torch\nimport no_such_package\n")
    done = quizlab("verify", "d1", "q1", "--plain", env={"PYTHONPATH": str(tmp_path / "plugins")})
    assert done.returncode == 3
    assert "Kôd vježbe lab5 ne može se učitati: ModuleNotFoundError (code.py:2)" in done.stdout
    assert "9312" in done.stdout


def test_a_distribution_installed_twice_counts_once(tmp_path: Path, environment: dict[str, str]) -> None:
    for folder in ("first", "second"):
        plugin.installed(tmp_path / folder)
    code = "from quizlab.hooks import registry; print(registry.found().problems, registry.labs()[-1].bank)"
    env = environment | {"PYTHONPATH": os.pathsep.join(str(tmp_path / each) for each in ("first", "second"))}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == f"() {tmp_path / 'first' / 'quizlab_lab5' / 'lab5.yaml'}\n"
