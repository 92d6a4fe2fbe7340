"""Verify a student's own code: ``quizlab verify lab4 --code DIR``."""

from __future__ import annotations

import json
import os
import threading
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from quizlab import errors
from quizlab.commands import _banks
from quizlab.commands._files import write_whole
from quizlab.errors import QuizlabError
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, hook_of
from quizlab.own.general import is_general
from quizlab.own.messages import LOADING
from quizlab.own.opening import SETTINGS, Place, kind_of
from quizlab.own.runner import Examined, examine
from quizlab.telling import own as telling
from quizlab.telling import toml
from quizlab.view import own as view
from quizlab.view.screen import Screen
from quizlab.view.verifying import progress

SHOWN_WHOLE = 3


class Own(NamedTuple):
    """What a command was told of a student's code."""

    path: Path
    parts: tuple[str, ...] = ()
    write_parts: bool = False


def prove_own(names: Sequence[str], own: Own, *, banks: Sequence[Path], json: bool, plain: bool) -> int:
    """Judge the chosen questions on a student's code, lab by lab, and say what came of it.

    Raises:
        QuizlabError: no such folder, nothing found in it, a mapping that leads nowhere, or a lab without parts.
    """
    if not own.path.exists():
        raise QuizlabError("own_no_path", {"path": str(own.path)}, errors.USAGE)
    opened = _banks.opened(banks)
    chosen = [each for each in _banks.chosen(opened, names) if hook_of(each)]
    by_name = bool({name.strip().lower() for name in names} - {bank.name.lower() for bank in opened})
    screen, reports = Screen(plain=plain), []
    if not json:
        view.head(screen, shown(own.path))
    for lab in dict.fromkeys(registry.lab_of(hook_of(each)) for each in chosen):
        questions = [each for each in chosen if registry.lab_of(hook_of(each)) == lab]
        found, told = look(lab, questions, own, quiet=json)
        reports.append(told)
        if own.write_parts:
            write_parts(own.path, lab, found.places)
        if json:
            continue
        if by_name and len(questions) <= SHOWN_WHOLE:
            for question, one in zip(questions, told.questions, strict=True):
                judged = found.judged.get(question.id)
                view.whole(screen, question, one, judged.evidence if judged else None)
        else:
            view.report(screen, told, shown(own.path))
    if json:
        from quizlab.telling.machine import encode

        screen.raw(encode(reports[0] if len(reports) == 1 else reports))
    return status(reports)


def look(
    lab: str, questions: Sequence[AnyQuestion], own: Own, *, quiet: bool, stop: threading.Event | None = None
) -> tuple[Examined, telling.Report]:
    """Judge questions of one lab.

    Raises:
        QuizlabError: see `prove_own`.
        StoppedError: another thread has set ``stop``.
    """
    kind = kind_of(lab)
    if kind is None:
        raise QuizlabError("own_unknown_lab", {"lab": lab}, errors.USAGE)
    asked = [each for each in questions if not is_general(each)]
    general = frozenset(each.id for each in questions if is_general(each))
    start = time.perf_counter()
    with progress(len(asked) + 2, quiet=quiet) as advance:
        chosen = (*settings(own.path, lab), *(each for each in own.parts if _is_for(each, lab)))
        found = examine(own.path, lab, chosen, asked, advance=advance, stop=stop)
    seconds = time.perf_counter() - start
    if found.problem:
        raise QuizlabError([found.problem])
    if found.refused:
        raise _refused(*found.refused)
    if LOADING in found.broken:
        raise QuizlabError("own_not_loaded", {"path": str(own.path)})
    if not found.places:
        raise _nothing(own.path, lab, kind.names, found)
    return found, telling.reported(lab, questions, general, found, seconds)


def _is_for(mapping: str, lab: str) -> bool:
    """Whether a mapping is this lab's: a part that only another lab has is none of it."""
    part = mapping.partition("=")[0].strip()
    return not any((kind := kind_of(other)) and part in kind.rules for other in OTHERS[lab])


OTHERS = {"lab3": ("lab4",), "lab4": ("lab3",)}
"""No part of one lab is called like one of the other."""


def _refused(text: str, why: str, known: str) -> QuizlabError:
    """Why a mapping leads nowhere."""
    return {
        "form": QuizlabError("own_mapping_form", {"text": text}, errors.USAGE),
        "part": QuizlabError("own_mapping_part", {"text": text, "known": known}, errors.USAGE),
        "file": QuizlabError("own_mapping_file", {"text": text}, errors.USAGE),
        "name": QuizlabError("own_mapping_name", {"text": text, "known": known}, errors.USAGE),
    }[why]


def _nothing(path: Path, lab: str, names: str, found: Examined) -> QuizlabError:
    """Why no part was found: a file that cannot be read, a package that is missing, or nothing of the kind."""
    for each in found.troubles:
        if each.what == "package":
            return QuizlabError(
                "own_package", {"file": each.file, "package": each.detail, "python": found.python or "python"}
            )
    for each in found.troubles:
        if each.what in ("syntax", "unreadable"):
            return QuizlabError("own_unread", {"message": telling.unread(each)})
    return QuizlabError("own_nothing", {"path": shown(path), "lab": lab, "names": names}, errors.USAGE)


def settings(path: Path, lab: str) -> tuple[str, ...]:
    """The mappings of ``quizlab.toml`` in the student's folder.

    Raises:
        QuizlabError: it cannot be read.
    """
    file = _settings_file(path)
    return tuple(f"{part}={where}" for part, where in _sections(file).get(lab, {}).items())


def _settings_file(path: Path) -> Path:
    return (path if path.is_dir() else path.parent) / SETTINGS


def _sections(file: Path) -> dict[str, dict[str, str]]:
    if not file.is_file():
        return {}
    why = ""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise QuizlabError(
            "batch_failed", {"path": str(file), "why": error.strerror or str(error)}, errors.USAGE
        ) from None
    except UnicodeDecodeError:
        why = "nije u kodiranju UTF-8"
    except (ValueError, RecursionError) as error:
        why = toml.said(error)
    else:
        stray = next((name for name, parts in found.items() if not isinstance(parts, dict)), None)
        if stray is None:
            return {lab: {str(part): str(where) for part, where in parts.items()} for lab, parts in found.items()}
        why = f"iznad retka s imenom {stray} nedostaje vježba, npr. [lab4]"
    raise QuizlabError("own_settings", {"path": str(file), "message": why}, errors.USAGE)


def write_parts(path: Path, lab: str, places: Sequence[Place]) -> None:
    """Write where the parts are into ``quizlab.toml``, for the student to change.

    Raises:
        QuizlabError: it cannot be written.
    """
    file = _settings_file(path)
    sections = _sections(file) | {lab: {each.part: f"{each.file}:{each.name}" for each in places}}
    lines: list[str] = []
    for name, parts in sections.items():
        lines += [f"[{name}]", *(f"{part} = {_quoted(where)}" for part, where in parts.items()), ""]
    try:
        write_whole({file: "\n".join(lines).encode()})
    except OSError as error:
        raise QuizlabError("output_failed", {"path": str(file), "why": error.strerror or str(error)}) from error


def _quoted(text: str) -> str:
    """A text as TOML has it: in its plain quotes, unless they are in it."""
    return json.dumps(text, ensure_ascii=False) if "'" in text else f"'{text}'"


def shown(path: Path) -> str:
    """A path as it is shown: with ``~`` for the home folder."""
    home = str(Path.home())
    text = str(path)
    return f"~{text[len(home) :]}" if home != os.sep and text.startswith(home + os.sep) else text


def status(reports: Sequence[telling.Report]) -> int:
    """The exit status: something differs before nothing could be run before all agrees."""
    if any(each.outcomes("differs") for each in reports):
        return errors.REFUTED
    every = [one for each in reports for one in each.questions]
    if any(each.outcome == "unchecked" for each in every) and all(
        each.outcome in ("unchecked", "general") for each in every
    ):
        return errors.COULD_NOT_RUN
    return errors.CONFIRMED
