"""The documentation is true: every session in it is run again, every command and file it names exists.

``QUIZLAB_UPDATE_DOCS=1`` writes the sessions anew instead; read the difference before committing it.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "upute.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
UPDATE = bool(os.environ.get("QUIZLAB_UPDATE_DOCS"))


def stable(text: str) -> str:
    """Text without what changes from run to run: durations, versions, blanks at ends of lines."""
    text = re.sub(r"\d+(,\d+)? s\b", "0 s", text)
    text = re.sub(r"torch [\w.+]+", "torch", text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def session(block: str, quizlab: Run, environment: dict[str, str]) -> str:
    """What running the block's command shows, typing what the block types."""
    command, *shown = block.splitlines()
    arguments = shlex.split(command.removeprefix("$ quizlab "))
    if arguments[0] != "practice":
        done = quizlab(*arguments)
        assert done.returncode == 0
        return f"{command}\n{done.stdout.rstrip()}\n"
    from tests.test_practice_terminal import AFTER, PROMPT, Terminal

    terminal = Terminal(environment, *arguments[1:])
    for typed in (line.removeprefix("> ") for line in shown if line.startswith("> ")):
        terminal.until(PROMPT)
        terminal.child.sendline(typed)
        terminal.until(AFTER)
    terminal.child.sendline("")
    terminal.rest()
    kept = [line.rstrip() for line in terminal.seen.splitlines() if "računam dokaz" not in line]
    return command + "\n" + "\n".join(kept).rstrip() + "\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX terminal is needed")
@pytest.mark.parametrize("number", range(len(BLOCK.findall(README.read_text(encoding="utf-8")))))
def test_the_sessions_of_the_readme_are_real(number: int, quizlab: Run, environment: dict[str, str]) -> None:
    text = README.read_text(encoding="utf-8")
    block = BLOCK.findall(text)[number]
    real = session(block, quizlab, environment)
    if UPDATE:
        README.write_text(text.replace(block, real), encoding="utf-8")
        return
    assert stable(real) == stable(block)


def commands(path: Path) -> list[list[str]]:
    """Every quizlab command in the code blocks and code spans of a page."""
    text = path.read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```\w+\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    lines = re.findall(r"^(?:\$ )?(quizlab .*?)(?:\s{2,}#.*)?$", code, re.MULTILINE)
    return [shlex.split(line.split(" > ")[0])[1:] for line in [*lines, *re.findall(r"`(quizlab [^`…]+)`", text)]]


@pytest.mark.parametrize("path", [README, GUIDE], ids=lambda path: path.name)
def test_every_command_and_option_in_the_docs_exists(path: Path, quizlab: Run) -> None:
    found = commands(path)
    assert len(found) > 8
    pages = {name: quizlab(name, "--help").stdout for name in {command[0] for command in found}}
    for command in found:
        page = pages[command[0]]
        assert page.startswith("Uporaba:"), command
        for option in (word for word in command[1:] if re.match(r"--?[a-z]", word)):
            assert re.search(rf"(^|[ ,]){re.escape(option)}\b", page, re.MULTILINE), (command, option)


def test_every_option_is_in_the_guide_or_the_readme(quizlab: Run) -> None:
    docs = README.read_text(encoding="utf-8") + GUIDE.read_text(encoding="utf-8")
    for name in ("practice", "verify", "answer", "export", "list"):
        for option in re.findall(r"--[a-z]+", quizlab(name, "--help").stdout):
            assert option in docs or option == "--help", (name, option)


def test_the_json_fields_in_the_guide_are_the_real_ones(quizlab: Run) -> None:
    import json

    guide = GUIDE.read_text(encoding="utf-8")
    finding = json.loads(quizlab("verify", "q1", "--json").stdout)["findings"][0]
    for field in finding:
        assert f"`{field}`" in guide or f"findings[].{field}`" in guide, field
    for outcome in ("9280", "(9"):
        for field in json.loads(quizlab("answer", "q1", outcome, "--json").stdout):
            assert f"`{field}`" in guide, field


def test_links_between_pages_lead_somewhere() -> None:
    for page in (README, GUIDE, ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
