"""What must hold after every act of the soak."""

from __future__ import annotations

import contextlib
import json
import re
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol
from xml.etree import ElementTree

from tests.stress.world import Row, World

ASKING = ("practice", "blic", "recall", "new", "reset", "thread")
"""Commands that ask something."""

QUESTION = re.compile(r"· (q\d+)\b")
STATUSES = {0, 1, 2, 3, 130}
MEGABYTES = 400
"""That a command may take at most; proofs have a process of their own."""

FILES, THREADS = 40, 12
"""That a command has open and running at most."""

INTERPRETER = re.compile(r'Traceback(?:(?!File "[^"]*/quizlab/).)*KeyboardInterrupt', re.DOTALL)
"""Interrupted before or after quizlab itself: while Python starts or ends."""

GONE = 20.0
"""Seconds after a command in which its processes are gone."""


class Played(Protocol):
    command: str
    arguments: list[str]
    sent: set[int]
    stuck: str
    megabytes: int
    files: int
    threads: int
    status: int

    def text(self) -> str: ...
    def untidy(self) -> list[str]: ...


def wrong(world: World, plays: Sequence[Played], trouble: str, before: set[Row]) -> list[str]:
    """All that is wrong after an act."""
    found = [what for play in plays for what in _of_one(play, trouble)]
    killed = any(9 in play.sent for play in plays)
    found += _left_running(world)
    if litter := [name for name in world.litter() if not killed]:
        found.append(f"litter {litter} {_told(world)}")
    if not trouble.startswith(("broken", "limit NOFILE")):
        found += _lost(world, plays, before)
    found += _broken_exports(world)
    return found


def _of_one(play: Played, trouble: str) -> Iterator[str]:
    text = play.text()
    if play.stuck:
        yield f"stuck: {play.stuck}: {text[-700:]!r}"
    elif play.status not in STATUSES | {-number for number in play.sent} | {128 + number for number in play.sent}:
        yield f"status {play.status}: {text[-700:]!r}"
    clean = INTERPRETER.sub("", text)
    for word in ("Traceback", "neočekivana pogreška", "Exception ignored", "Fatal Python", "Error:"):
        if word in clean and not (trouble.startswith("limit NOFILE") and "quizlab" not in clean):
            yield f"{word}: {clean[max(0, clean.index(word) - 100) :][:1500]}"
            break
    if untidy := play.untidy():
        yield f"terminal: {untidy} status {play.status} sent {play.sent} {text[-300:]!r}"
    if play.megabytes > MEGABYTES or play.files > FILES or play.threads > THREADS:
        yield f"{play.megabytes} MB, {play.files} open files, {play.threads} threads"


def _told(world: World) -> str:
    texts = [path.read_text(encoding="utf-8")[-1500:] for path in world.tmp.glob("quizlab-*.txt")]
    return "\n".join(texts)


def _left_running(world: World) -> Iterator[str]:
    until = time.monotonic() + GONE
    while left := world.running():
        if time.monotonic() > until:
            lines = []
            for pid in left:
                with contextlib.suppress(OSError):
                    lines.append(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode())
            yield f"left running: {lines}"
            return
        time.sleep(0.05)


def acknowledged(play: Played) -> int:
    """How many answers were seen to be judged; at least, where the screen was too narrow to tell."""
    text = play.text()
    if play.command in ("practice", "thread"):
        seen, asked = 0, False
        for mark in re.findall(r"n trag|p cijeli dokaz", text):
            seen += asked and mark != "n trag"
            asked = mark == "n trag"
        plain = re.findall(r"^(?:Odgovor: .*)?(?:TOČNO|KRIVO|DJELOMIČNO|BEZ ODGOVORA)\.", text, re.MULTILINE)
        return max(seen, len(plain))
    if play.command == "blic" and re.search(r"^Blic.*: [\d,]+/\d+ za ", text, re.MULTILINE):
        plain = re.findall(r"^\d+\. q\d+, (?:točno|krivo|djelomično):", text, re.MULTILINE)
        return len(re.findall(r"^[✓✗◐] +\d+\. q\d+ ", text, re.MULTILINE)) + len(plain)
    return 0


def _lost(world: World, plays: Sequence[Played], before: set[Row]) -> Iterator[str]:
    rows, damage = world.rows()
    if damage:
        yield f"the log: {damage}"
    if gone := before - rows:
        yield f"{len(gone)} answers are lost: {sorted(gone)[:3]}"
    seen = sum(acknowledged(play) for play in plays)
    if len(rows - before) < seen:
        yield f"{seen} answers were acknowledged, {len(rows - before)} are new"
    recalling = [play for play in plays if play.command == "recall"]
    if not any("--merge" in play.arguments for play in recalling):
        yield from _forgotten(world, [play.text() for play in recalling])
    for play in plays:
        for path, name in re.findall(r"^Zapisano u (\S+): (m\d+)\.", play.text(), re.MULTILINE):
            text = Path(path).read_text(encoding="utf-8", errors="replace") if Path(path).exists() else ""
            if f"id: {name}" not in text and not getattr(play, "deeds", {}).get("bank changed"):
                yield f"{name} is not in {path}"


def _forgotten(world: World, texts: Sequence[str]) -> Iterator[str]:
    """What recall said that it kept, and did not; what one took back, another may have kept as well."""
    said = [(name, did) for text in texts for did, name in re.findall(r"^(Zapisano|Poništeno): (q\d+)", text, re.M)]
    file = world.home / "prisjecanja.yaml"
    kept = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    back = {name for name, did in said if did == "Poništeno"} if len(texts) > 1 else set()
    for name, did in dict(said).items():
        there = f"question: {name}," in kept or f"question: {name}}}" in kept
        if did == "Zapisano" and name not in back and not there:
            yield f"recall said that {name} is kept"


def _broken_exports(world: World) -> Iterator[str]:
    for path in world.out.glob("*"):
        try:
            if path.suffix == ".json" and not path.name.endswith("schema.json"):
                json.loads(path.read_text(encoding="utf-8"))
            elif path.suffix in (".zip", ".apkg"):
                assert zipfile.ZipFile(path).testzip() is None
            elif path.suffix == ".xml":
                ElementTree.parse(path)
            elif path.suffix == ".html":
                assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
        except (OSError, ValueError, AssertionError, zipfile.BadZipFile, ElementTree.ParseError) as error:
            yield f"{path.name} is broken: {error!r}"


def state(pid: int) -> str:
    """What a process does at this moment, as the system tells it."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        wanted = ("State", "SigPnd", "ShdPnd", "SigBlk", "SigIgn", "SigCgt", "Threads")
        return ", ".join(line.replace("\t", " ") for line in lines if line.startswith(wanted))
    return "gone"
