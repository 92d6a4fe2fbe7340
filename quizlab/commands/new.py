"""The new command: asks about a question of one's own and writes it into a bank file, commented and checked."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizlab import bank, errors, locks
from quizlab.bank.decode import decode
from quizlab.bank.schema import schema
from quizlab.commands._files import write_whole
from quizlab.commands._proving import Ask, Proof, Speak, change, proof
from quizlab.commands._values import value, written
from quizlab.errors import QuizlabError
from quizlab.telling import sentences
from quizlab.telling.words import one_line
from quizlab.view import editing, interrupting
from quizlab.view.screen import Screen, is_terminal, tell

if TYPE_CHECKING:
    from quizlab.commands._begun import Begun

KINDS = {"broj": "number", "oblik": "shape", "formula": "formula", "tip": "type", "riječ": "text", "izbor": "choice"}

LETTERS = "abcdefghijklmnopqrstuvwxyz"

SCHEMA = "bank-file.schema.json"
"""The schema for editors; it lies beside the bank."""

HEAD = """\
# yaml-language-server: $schema=bank-file.schema.json
# Vlastita pitanja. Pišu se u YAML-u; provjerava ih `quizlab check`, a dokazuje `quizlab verify`.
title: Vlastita pitanja

questions:
"""


def write_new(path: Path, *, plain: bool, thread: Path | None = None) -> int:
    """Ask for a question and add it to a bank file, which is made where there is none.

    With a thread, one of its new statements is where the question begins: what it says needs no typing.

    Raises:
        QuizlabError: the question would not be sound, or the file cannot be written; then nothing is.
    """
    screen = Screen(plain=plain)
    before = _before(path)
    if not path.parent.is_dir():
        raise QuizlabError("new_unwritten", {"path": str(path), "why": os.strerror(errno.ENOENT)})
    name = _free_name(path) if before else "m1"
    ask = _asker(screen)
    entry = asked(ask, screen.line, name, _begun(screen, thread, ask) if thread else None)
    try:
        name = _added(path, name, entry)
    except QuizlabError:
        screen.raw(entry)  # what was typed is not lost with it
        raise
    proved = "verify:" in entry
    screen.line(f"Zapisano u {path}: {name}." + ("" if proved else " Pitanje je nedokazano."))
    screen.line(f"Dalje: quizlab {'verify' if proved else 'show'} {name} --bank {path}")
    return errors.RIGHT


def _added(path: Path, name: str, entry: str) -> str:
    """Add an entry to a bank as it is by now, another question of which may have got the name; the name it has then.

    Raises:
        QuizlabError: the bank would not be sound, or cannot be written; then nothing has changed.
    """
    with locks.alone(path):
        before = _before(path)
        free = _free_name(path) if before else "m1"
        whole = (before or HEAD) + entry.replace(f"  - id: {name}\n", f"  - id: {free}\n", 1)
        try:
            decode(whole.encode(), path, thorough=True)
        except bank.BankError as error:
            for problem in error.problems:
                tell(sentences.problem(problem))
            raise QuizlabError("new_broken", {"path": str(path)}, errors.USAGE) from None
        files = {path: whole.encode()}
        beside = path.with_name(SCHEMA)
        if not beside.exists():
            files[beside] = (json.dumps(schema(), ensure_ascii=False, indent=2) + "\n").encode()
        try:
            write_whole(files)
        except OSError as error:
            raise QuizlabError("new_unwritten", {"path": str(path), "why": error.strerror or str(error)}) from None
    return free


def _begun(screen: Screen, thread: Path, ask: Ask) -> Begun:
    from quizlab.commands._begun import from_thread  # it loads all that reads threads

    return from_thread(screen, thread, ask)


def _before(path: Path) -> str:
    """The text of the bank as it is; "" where there is none yet.

    Raises:
        BankError: it is not sound as it is.
    """
    if not path.exists():
        return ""
    bank.load(path)
    text = path.read_text(encoding="utf-8")
    return text if text.endswith("\n") else text + "\n"


def _free_name(path: Path) -> str:
    taken = bank.load(path).places
    return next(name for name in (f"m{number}" for number in range(1, 10_000)) if name not in taken)


def _asker(screen: Screen) -> Ask:
    """Asks a line of the student; the end of the input is an interruption."""

    def ask(question: str) -> str:
        try:
            if is_terminal():
                with interrupting.heard():
                    return one_line(editing.line(f"{question}: ")).strip()
            screen.raw(f"{question}:\n")
            return input().strip()
        except EOFError:
            raise KeyboardInterrupt from None

    return ask


def asked(ask: Ask, speak: Speak, name: str, begun: Begun | None = None) -> str:
    """The entry of a question in YAML, from what is answered to ``ask``; what has begun is what an empty line means."""
    kind = _kind(ask, begun)
    lines = [f"  - id: {name}", f"    topic: {_text(ask('Tema') or 'razno')}", f"    kind: {kind}"]
    lines.append(f"    prompt: {_text(_prompt(ask, begun))}")
    if kind == "choice":
        return "\n".join(["", *lines, *_choice(ask, begun.options if begun else ()), *_end(ask), ""])
    params = _pairs(ask("Brojevi u pitanju, npr. k=3, c=16 (prazno: nema ih)"))
    if params:
        lines.append(f"    params: {{{', '.join(f'{each}: {value}' for each, value in params)}}}  # brojevi iz pitanja")
    if kind == "formula":
        symbols = _needed(ask, "Oznake u formuli, npr. K, M")
        lines.append(f"    symbols: [{', '.join(each.strip() for each in symbols.split(','))}]")
    lines.append(f"    answer: {_text(_needed(ask, 'Ključ (broj ili izraz s brojevima iz pitanja)'))}")
    numbers = {each: value(one) for each, one in params}
    proved = proof(ask, speak, kind, numbers)
    lines += proved.lines() if proved else ["    # bez verify je pitanje nedokazano"]
    return "\n".join(["", *lines, *_mistakes(ask, speak, proved, numbers), *_end(ask), ""])


def _kind(ask: Ask, begun: Begun | None) -> str:
    usual = begun.kind if begun else "broj"
    while True:
        said = ask(f"Vrsta ({', '.join(KINDS)}{f'; prazno: {usual}' if begun else ''})").lower() or usual
        if said in KINDS or said in KINDS.values():
            return KINDS.get(said, said)


def _prompt(ask: Ask, begun: Begun | None) -> str:
    if begun is None:
        return _needed(ask, "Pitanje")
    return ask(f"Pitanje (prazno: „{one_line(begun.prompt)}”)") or begun.prompt


def _needed(ask: Ask, question: str) -> str:
    while not (said := ask(question)):
        pass
    return said


def _text(said: str) -> str:
    """A text as YAML writes it in double quotes."""
    return json.dumps(said, ensure_ascii=False)


def _pairs(said: str) -> list[tuple[str, str]]:
    found = (each.partition("=") for each in said.split(",") if each.strip())
    return [(name.strip(), value.strip() or "0") for name, _, value in found]


def _mistakes(ask: Ask, speak: Speak, proved: Proof | None, numbers: Mapping[str, object]) -> list[str]:
    lines: list[str] = []
    while answer := ask("Moguća pogreška: odgovor do kojeg vodi (prazno: nema više)"):
        says = _needed(ask, "Što reći onomu tko tako odgovori")
        changed = change(ask, speak, proved, numbers) if proved else {}
        lines += [] if lines else ["    mistakes:"]
        lines.append(f"      - tag: pogreska-{sum(each.startswith('      - tag') for each in lines) + 1}")
        if changed:
            lines.append(f"        with: {{{', '.join(f'{name}: {written(one)}' for name, one in changed.items())}}}")
        lines += [f"        answer: {_text(answer)}", f"        says: {_text(says)}"]
    return lines


def _choice(ask: Ask, offered: Sequence[str] = ()) -> list[str]:
    """Options with their reasons; which is right is decided by the key alone, so the question is unproved."""
    texts = list(offered)
    there = "".join(f"{letter}) {one_line(text)}; " for letter, text in zip(LETTERS, texts, strict=False))
    while len(texts) < len(LETTERS) and (said := ask(f"Odgovor {LETTERS[len(texts)]} ({there}prazno: nema više)")):
        there = ""
        texts.append(said)
    key = _needed(ask, "Slovo točnog odgovora").lower()
    lines = ["    options:"]
    for letter, text in zip(LETTERS, texts, strict=False):
        says = (
            ""
            if letter == key
            else f", says: {_text(_needed(ask, f'Zašto {letter} nije točno'))}, tag: odgovor-{letter}"
        )
        lines.append(f"      {letter}: {{text: {_text(text)}{says}}}")
    return [*lines, f"    answer: {key}", "    # bez verify je pitanje nedokazano"]


def _end(ask: Ask) -> Sequence[str]:
    return [
        f"    explain: {_text(_needed(ask, 'Objašnjenje'))}",
        "    recollections: []  # nitko ga nije zapamtio s blica",
    ]
