"""Text of a bank is only text: nothing in it reaches the terminal as a command, a colour or a template."""

from __future__ import annotations

import json
import unicodedata
from itertools import product

import pytest

from tests.bank.small import CHOICE, HEAD, NUMBER, OPEN, write
from tests.thinned import thinned

# as YAML's double quotes write it → as it must be shown
HOSTILE = {
    "[red]crveno[/red]": "[red]crveno[/red]",
    "[/] [link=http://x.y]a": "[/] [link=http://x.y]a",
    "[bold": "[bold",
    ":smile: :warning:": ":smile: :warning:",
    "\\e[31mcrveno\\e[0m": "[31mcrveno[0m",
    "\\e]8;;http://x.y\\e\\\\klik\\e]8;;\\e\\\\": "]8;;http://x.y\\klik]8;;\\",
    "\\e[2J\\e[Hprazno\\a\\b\\b": "[2J[Hprazno",
    "\\x9b31mcrveno": "31mcrveno",
    "\\u202Eobrnuto\\u202C \\u2066a\\u2069": "obrnuto a",
    "ni\\u200Bš\\u200Dta\\uFEFF\\xAD": "ništa",
    "a\\U000E0041b\\u061Cc": "abc",
    "<b>debelo</b><script>": "<b>debelo</b><script>",
    "&lt;&#27;": "&lt;&#27;",
    "{0} {} {0.x} {!r}": "{0} {} {0.x} {!r}",
    "%s %(x)d %n": "%s %(x)d %n",
    "$HOME $(id) `id`": "$HOME $(id) `id`",
}


def hostile_bank(written: str) -> str:
    quoted = f'"{written}"'
    text = HEAD + CHOICE.replace("c1", "zz-c1") + OPEN.replace("o1", "zz-o1")
    text = text.replace("Mala banka", quoted).replace("bilješke", quoted).replace("topic: gubitak", f"topic: {quoted}")
    text = (
        text.replace("topic: arhitektura", f"topic: {quoted}")
        .replace("Objasni.", quoted)
        .replace("text: prvo", f"text: {quoted}")
    )
    return text.replace("drugo\n", f'{quoted[:-1]} 2"\n').replace("Zato.", quoted).replace("Nije.", quoted)


def assert_clean(output: str) -> None:
    odd = {char for char in output if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert odd == set()


@pytest.mark.parametrize(("written", "plain"), thinned(product(HOSTILE, [True, False]), 3))
def test_through_list_and_show(tmp_path, capsys, monkeypatch, written, plain):
    from quizlab.cli import run

    monkeypatch.setenv("QUIZLAB_HOME", str(tmp_path / "dom"))
    monkeypatch.setenv("COLUMNS", "200")
    added = ["--bank", str(write(tmp_path, hostile_bank(written))), *(["--plain"] if plain else [])]
    shown = HOSTILE[written]
    assert run(["list", "mala", *added]) == 0
    heard = capsys.readouterr()
    assert_clean(heard.out + heard.err)
    assert shown in heard.out
    for name, times in (("zz-c1", 5), ("zz-o1", 4)):
        assert run(["show", name, *added]) == 0
        heard = capsys.readouterr()
        assert_clean(heard.out + heard.err)
        assert heard.out.count(shown) >= times


@pytest.mark.parametrize("written", HOSTILE)
def test_through_check_and_its_sentences(tmp_path, capsys, written):
    from quizlab.cli import run

    quoted = f'"{written}"'
    path = write(tmp_path, hostile_bank(written))
    assert run(["check", str(path)]) == 0
    text = HEAD + NUMBER.replace("kind: number", f"kind: {quoted}") + CHOICE.replace("c1", written.replace("\\", ""))
    text += OPEN.replace("o1", f"{quoted}\n    {quoted}: 1").replace("gubitak", f"!<{'x' * 9}> {quoted}")
    assert run(["check", str(write(tmp_path, text))]) == 2
    heard = capsys.readouterr()
    assert_clean(heard.out + heard.err)
    assert heard.err.count("\n") >= 1


def test_everything_at_once_on_a_terminal(quizlab, tmp_path):
    """With colours forced, the only escapes are Rich's own."""
    path = write(tmp_path, hostile_bank("\\e[35;1mA\\e[0m \\e]0;B\\a [red]C[/]"))
    done = quizlab("show", "zz-c1", "--bank", str(path), env={"FORCE_COLOR": "1"})
    assert done.returncode == 0
    assert "\x1b[35" not in done.stdout
    assert "\x1b]" not in done.stdout
    assert "\x07" not in done.stdout
    assert "[35;1mA[0m ]0;B [red]C[/]" in done.stdout


def test_names_of_attributes_are_no_placeholders(quizlab, tmp_path):
    path = write(tmp_path, hostile_bank("{__class__} {id.__class__}"))
    done = quizlab("check", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Tekst spominje {__class__}, a pitanje nema takav parametar." in done.stderr
    assert "<class" not in done.stderr


def test_very_long_words(quizlab, tmp_path):
    path = write(tmp_path, hostile_bank("x" * 5000))
    done = quizlab("show", "zz-c1", "--bank", str(path), env={"COLUMNS": "60"})
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 60
    assert done.stdout.count("x") >= 5 * 5000
    graded = quizlab("answer", "zz-c1", "b", "--json", "--bank", str(path))
    assert json.loads(graded.stdout)


def test_a_file_name_with_escapes(quizlab, tmp_path):
    path = write(tmp_path, "a", "\x1b[31m\n[red]{0}.yaml")
    done = quizlab("check", str(path))
    assert done.returncode == 2
    assert_clean(done.stderr)
    assert done.stderr.count("\n") == 1
    assert "[31m [red]{0}.yaml:1: " in done.stderr
