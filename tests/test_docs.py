"""The documentation is true: every session in it is run again, every command and file it names exists.

``QUIZLAB_UPDATE_DOCS=1`` writes the sessions anew instead; read the difference before committing it.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "upute.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
ROWS = 24
"""Rows of the terminal in which the sessions run."""
UPDATE = bool(os.environ.get("QUIZLAB_UPDATE_DOCS"))


def stable(text: str) -> str:
    """Text without what changes from run to run: durations, versions, blanks at ends of lines."""
    text = re.sub(r"\d+(,\d+)? s\b", "0 s", text)
    text = re.sub(r"torch [\w.+]+", "torch", text)
    text = re.sub(r"\b\d+:\d\d\b", "0:00", text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def pages(written: str) -> str:
    """What a person has seen in the end: each page once, without the rows that pushed the one before it away."""
    found = []
    for page in re.split(r"(?:\r\n|\n){24,}", written):
        *_, last = page.split("\x1b[H\x1b[2J")  # written over, once its proof was there
        found.append(last.lstrip("\r\n") if found else last)
    return "\n\n".join(found)


def steps(shown: list[str]) -> list[tuple[str, str]]:
    """What a session types, in order: ("line", after a prompt) and ("key", at the keys below a page: «[p]»)."""
    found = []
    for line in shown:
        if said := re.match(r"(?:\d+:\d\d )?> (\S.*)$", line):
            found.append(("line", said[1]))
        elif pressed := re.fullmatch(r"\[(\S+)\]", line):
            found.append(("key", pressed[1]))
    return found


def session(block: str, quizlab: Run, environment: dict[str, str]) -> str:
    """What running the block's command shows, typing what the block types after its prompts."""
    command, *shown = block.splitlines()
    arguments = shlex.split(command.removeprefix("$ quizlab"))
    if arguments[:1] == ["recall"]:
        asked = r"(?:\d+\. pitanje|(?:Koje|Označeno|Pitanje|Ponuđeno|Točno)[^(]*\([^)]*\)): ?(.*)"
        typed = [found[1] for line in shown if (found := re.fullmatch(asked, line))]
        done = quizlab(*arguments, typed="".join(f"{line}\n" for line in typed))
        assert done.returncode == 0
        there = done.stdout.replace(environment["QUIZLAB_HOME"], "~/.local/share/quizlab")
        return "\n".join([command, *(line.rstrip() for line in there.rstrip().splitlines())]) + "\n"
    if arguments and arguments[0] not in ("practice", "blic"):
        done = quizlab(*arguments)
        assert done.returncode == 0
        return f"{command}\n{done.stdout.rstrip()}\n"
    from tests.commands.test_practice import ESCAPES, Terminal

    name = arguments[0] if arguments else ""
    terminal = Terminal(environment, *arguments[1:], command=name, rows=ROWS)
    terminal.child.logfile_read = io.StringIO()
    for how, text in steps(shown):
        if how == "key":
            terminal.until("? pomoć")
            terminal.child.logfile_read.write(f"\n[{text}]\n")
            terminal.child.send("\r" if text == "⏎" else text)
            continue
        terminal.child.expect(r"\n(\d+:\d\d )?> ")
        before = ESCAPES.sub("", terminal.child.before)
        terminal.seen += before + ESCAPES.sub("", terminal.child.after)
        choice = re.search(r"^a–\w", before, re.MULTILINE)
        terminal.child.send(text if choice else text + "\r")
    leave = {"": [], "practice": [("? pomoć", "q")], "blic": [("⏎ predaj", "\r"), ("q kraj ", "q")]}[name]
    if shown and "[p]" in shown:  # the pager is left first, and the page under it is as it was
        leave = [("⏎ natrag", "q"), ("\x1b[?1049l", "q")]
    for until, key in leave:
        terminal.until(until)
        terminal.child.send(key)
    terminal.rest()
    written = terminal.child.logfile_read.getvalue().replace("\x1b[?1049h", "\n").replace("\x1b[?1049l", "\n\n")
    seen = ESCAPES.sub("", pages(written)).replace("\r\n", "\n")
    seen = re.sub(r"^(?:\d+:\d\d > )+(\d+:\d\d > )", r"\1", seen, flags=re.MULTILINE)  # the clock ran
    kept = [line.rstrip() for line in seen.splitlines() if "računam dokaz" not in line]
    return command + "\n" + re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).rstrip() + "\n"


BEFORE = ("q65", "right"), ("q1", "wrong"), ("q10", "right"), ("q9", "wrong")
"""What was answered before the sessions that show somebody who comes back."""

RETURNS = re.compile(r"quizlab(?: practice q65)?\n")
"""The commands of those sessions."""


def remembered(home: Path) -> None:
    """An evening on which something was answered already."""
    from datetime import UTC, datetime, timedelta

    from quizlab.log import Entry, Log

    with Log(home) as log:
        for number, (name, outcome) in enumerate(BEFORE):
            when = (datetime.now(UTC) - timedelta(days=1, minutes=-number)).isoformat(timespec="milliseconds")
            log.append(Entry(when, "s", name, "{}", "1", "1", outcome, "", 30.0))  # type: ignore[arg-type]


SESSIONS = [
    (page, number) for page in (README, GUIDE) for number in range(len(BLOCK.findall(page.read_text(encoding="utf-8"))))
]


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX terminal is needed")
@pytest.mark.parametrize(("page", "number"), SESSIONS, ids=[f"{page.name}-{number}" for page, number in SESSIONS])
def test_the_sessions_in_the_docs_are_real(
    page: Path, number: int, quizlab: Run, environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    shutil.copy(ROOT / "docs" / "nit.txt", tmp_path)
    text = page.read_text(encoding="utf-8")
    block = BLOCK.findall(text)[number]
    if RETURNS.match(block.removeprefix("$ ")):
        remembered(home)
    real = session(block, quizlab, environment)
    if UPDATE:
        page.write_text(text.replace(block, real), encoding="utf-8")
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
    for name in ("practice", "blic", "stats", "import", "reset", "verify", "answer", "export", "list"):
        for option in re.findall(r"--[a-z]+", quizlab(name, "--help").stdout):
            assert option in docs or option == "--help", (name, option)


def test_the_json_fields_in_the_guide_are_the_real_ones(quizlab: Run) -> None:
    import json

    guide = GUIDE.read_text(encoding="utf-8")
    finding = json.loads(quizlab("verify", "q1", "--json").stdout)["findings"][0]
    for field in finding:
        assert f"`{field}`" in guide or f"findings[].{field}`" in guide, field
    for name, value in json.loads(quizlab("stats", "--json").stdout).items():
        assert f"`{name}`" in guide or f"`{name}[]`" in guide, name
        for field in value if isinstance(value, dict) else ():
            assert f"`{field}`" in guide or f"`{field}[]`" in guide, field
    for outcome in ("9280", "(9"):
        for field in json.loads(quizlab("answer", "q1", outcome, "--json").stdout):
            assert f"`{field}`" in guide, field


RELEASES = "../../releases/latest/download/"


def test_links_between_pages_lead_somewhere() -> None:
    released = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nrelease:")[1].split("\n\n")[0]
    for page in (README, GUIDE, ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if target.startswith(RELEASES):
                assert f"dist/{target.removeprefix(RELEASES)}" in released, target
            else:
                assert (page.parent / target).exists(), (page.name, target)
