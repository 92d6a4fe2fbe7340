"""The export command: prove the chosen questions and write them in a format."""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from quizlab import errors, home
from quizlab.commands import _banks
from quizlab.commands._files import STANDARD, unfit, write_whole
from quizlab.commands._gathering import entries_of, questions_with
from quizlab.commands._stamp import Times, stamp
from quizlab.errors import QuizlabError
from quizlab.export import FORMATS, Document, Exported
from quizlab.model import NO_TORCH, SPENT
from quizlab.proof.archive import Archive
from quizlab.telling import sentences, words
from quizlab.view.screen import Screen, tell

TYPE = "image/svg+xml"
PAGES = (".html", ".htm")
"""A file with such a name is a page, where a format has both."""
ANSWERS = ("inline", "end", "none")


class ExportOptions(Struct, frozen=True, kw_only=True):
    """What the command line asks for."""

    names: tuple[str, ...]
    formats: Mapping[str, bool]
    output: Path | None = None
    answers: str | None = None
    variants: int | None = None
    banks: tuple[Path, ...] = ()


def export_bank(options: ExportOptions) -> int:
    """Write the chosen questions with their proofs; a proof that cannot be had stops nothing and is said.

    Raises:
        QuizlabError: no format or several, options that do not fit it, the output cannot be written.
    """
    name = format_of(options)
    extra = extra_of(options, name)
    title = words.TITLES["sheet" if name == "sheet" else "blank" if options.answers == "none" else "guide"]
    form = FORMATS[name]
    output = None if options.output == STANDARD else options.output
    if output is not None:
        check_output(output)  # before the proofs take their time
    elif form.binary and sys.stdout.isatty():
        raise QuizlabError("binary_to_terminal", {"option": f"--{name}"}, errors.USAGE)
    found = _banks.opened(options.banks)
    questions = _banks.chosen(found, options.names)
    number = form.variants if options.variants is None else options.variants
    with Archive(home.cache_folder()) as archive:
        entries = entries_of(found, questions_with(questions, number), archive.run)
        versions = archive.versions
    missing(entries)
    if "versions" in form.takes:
        extra["versions"] = versions
    if "form" in form.takes:
        extra["form"] = "html" if output is not None and output.suffix.lower() in PAGES else "md"
    times = None
    if "times" in form.takes:
        extra["times"] = times = Times(stamp(options.banks), home.cache_folder())
    try:
        made: Document | bytes = form(title, entries, **extra)
    except ModuleNotFoundError as error:
        raise QuizlabError("library_missing", {"option": f"--{name}", "name": error.name or str(error)}) from None
    put(made, output)
    if times:
        times.keep()
    return errors.CONFIRMED


def format_of(options: ExportOptions) -> str:
    """The one format that was asked for.

    Raises:
        QuizlabError: none or several were.
    """
    wanted = [name for name, asked in options.formats.items() if asked]
    if len(wanted) != 1:
        known = ", ".join(f"--{name}" for name in options.formats)
        raise QuizlabError("two_formats" if wanted else "no_format", {"known": known}, errors.USAGE)
    return wanted[0]


def extra_of(options: ExportOptions, name: str) -> dict[str, Any]:
    """What the format is called with besides title and entries.

    Raises:
        QuizlabError: an option that does not fit the format.
    """
    if options.variants and not FORMATS[name].varies:
        raise QuizlabError("no_variants_there", {"option": f"--{name}"}, errors.USAGE)
    if options.answers is None:
        return {}
    if "answers" not in FORMATS[name].takes:
        raise QuizlabError("answers_only_md", status=errors.USAGE)
    if options.answers not in ANSWERS:
        raise QuizlabError("bad_answers", {"text": options.answers, "known": ", ".join(ANSWERS)}, errors.USAGE)
    return {"answers": options.answers}


def missing(entries: Sequence[Exported]) -> None:
    """Say in one sentence for which questions there is no proof, and in one that proofs were recorded."""
    if recorded := next((each.finding.recorded for each in entries if each.finding.recorded), None):
        tell(sentences.say("exported_recorded", {"torch": recorded.torch, "date": words.day(recorded.date)}))
    codes = {each.question.id: {problem.code for problem in each.finding.problems} for each in entries}
    if short := [name for name, found in codes.items() if found & SPENT]:
        tell(sentences.say("exported_in_part", {"names": words.some_questions(short)}))
    lost = [each for each in entries if each.finding.verdict == "error"]
    if not lost:
        return
    names = words.some_questions([each.question.id for each in lost])
    torch = any(problem.code in NO_TORCH for each in lost for problem in each.finding.problems)
    tell(sentences.say("exported_without_torch" if torch else "exported_unproved", {"names": names}))


def put(made: Document | bytes, output: Path | None) -> None:
    """Write an export to a file, or without one to standard output.

    Raises:
        QuizlabError: something there cannot be written.
    """
    if isinstance(made, bytes):
        put_bytes(made, output)
    elif output is None:
        Screen().raw(inlined(made))
    else:
        write(made, output)


def put_bytes(data: bytes, output: Path | None) -> None:
    """Write a binary export to a file, or without one to standard output.

    Raises:
        QuizlabError: the file cannot be written.
    """
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        writing(output, {output: data})


def inlined(document: Document) -> str:
    """The text with its images in it."""
    return document.text(lambda name: f"data:{TYPE};base64,{base64.b64encode(document.images[name]).decode('ascii')}")


def check_output(output: Path) -> None:
    """Refuse a place that cannot hold a file.

    Raises:
        QuizlabError: it is a folder, or lies in none.
    """
    if why := unfit(output):
        raise QuizlabError("output_failed", {"path": str(output), "why": why})


def write(document: Document, output: Path) -> None:
    """Write the text to a file and its images to a folder beside it.

    Raises:
        QuizlabError: something there cannot be written.
    """
    check_output(output)
    folder = output.with_name(f"{output.stem}-slike")
    # bytes, because the name of a file need not be UTF-8
    text = document.text(lambda name: f"{quote(os.fsencode(folder.name))}/{quote(name)}")
    writing(output, {folder / name: data for name, data in document.images.items()} | {output: text.encode()})


def writing(output: Path, files: Mapping[Path, bytes]) -> None:
    """Write files, those in a folder beside the output, too.

    Raises:
        QuizlabError: the system refused; then what was there before is there still.
    """
    try:
        for folder in {path.parent for path in files} - {output.parent}:
            folder.mkdir(exist_ok=True)
        write_whole(files)
    except OSError as error:
        raise QuizlabError("output_failed", {"path": str(output), "why": error.strerror or str(error)}) from None
