"""The export command: prove the chosen questions and write them in a format."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from quizlab import errors
from quizlab.commands import banks as opening
from quizlab.commands.proving import run_all
from quizlab.errors import QuizlabError
from quizlab.export import FORMATS, Document, Entry
from quizlab.runner import Worker
from quizlab.view.screen import Screen

TITLE = "Vodič za blic"
TYPE = "image/svg+xml"


def export_bank(
    names: Sequence[str], formats: Mapping[str, bool], output: Path | None, *, banks: Sequence[Path]
) -> int:
    """Write the chosen questions with their proofs.

    Raises:
        QuizlabError: no format or several, PyTorch missing, the output cannot be written.
    """
    wanted = [name for name, asked in formats.items() if asked]
    if len(wanted) != 1:
        known = ", ".join(f"--{name}" for name in formats)
        raise QuizlabError("two_formats" if wanted else "no_format", {"known": known}, errors.USAGE)
    if output is not None:
        check_output(output)  # before the proofs take their time
    found = opening.opened(banks)
    questions = opening.chosen(found, names)
    with Worker() as worker:
        findings = run_all(worker, questions, quiet=False)
    for finding in findings:
        if any(problem.code.startswith("torch_") for problem in finding.problems):
            raise QuizlabError(finding.problems[0].code, finding.problems[0].args)
    owner = {question.id: bank for bank in found for question in bank.questions}
    entries = [
        Entry(owner[question.id], question, finding) for question, finding in zip(questions, findings, strict=True)
    ]
    document = FORMATS[wanted[0]](TITLE, entries)
    if output is None:
        Screen().raw(inlined(document))
    else:
        write(document, output)
    return errors.CONFIRMED


def inlined(document: Document) -> str:
    """The text with its images in it."""
    return document.text(lambda name: f"data:{TYPE};base64,{base64.b64encode(document.images[name]).decode('ascii')}")


def check_output(output: Path) -> None:
    """Refuse a place that cannot hold a file.

    Raises:
        QuizlabError: it is a folder, or lies in none.
    """
    if output.is_dir() or not output.parent.is_dir():
        why = "to je mapa, a ne datoteka" if output.is_dir() else "nema te mape"
        raise QuizlabError("output_failed", {"path": str(output), "why": why})


def write(document: Document, output: Path) -> None:
    """Write the text to a file and its images to a folder beside it.

    Raises:
        QuizlabError: something there cannot be written.
    """
    check_output(output)
    try:
        folder = output.with_name(f"{output.stem}-slike")
        # bytes, because the name of a file need not be UTF-8
        text = document.text(lambda name: f"{quote(os.fsencode(folder.name))}/{quote(name)}")
        if document.images:
            folder.mkdir(exist_ok=True)
        for name, data in document.images.items():
            (folder / name).write_bytes(data)
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise QuizlabError("output_failed", {"path": str(output), "why": error.strerror or str(error)}) from None
