"""Twenty labs written by hand, each in another style, and what must come of them; the findings were written first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.manuscripts import notebook

HERE = Path(__file__).parent
ALL4 = ("unit", "model", "identity", "dataset", "train", "representations", "predictions", "evaluate")
ALL3 = ("vocab", "instances", "collate", "embedding", "baseline", "recurrent")


class Expected(NamedTuple):
    """What must come of a lab: the causes named, the notes, what is not checked; nothing else may differ.

    ``unchecked`` are questions; ``parts`` those that must be found.
    """

    parts: tuple[str, ...]
    causes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


LABS: dict[str, Expected] = {
    "lab4_one_script": Expected(ALL4, notes=("anchor-as-positive",), unchecked=("q4",)),
    "lab4_notebook": Expected(ALL4, notes=("anchor-as-positive",)),
    "lab4_package": Expected(ALL4, causes=("order",)),
    "lab4_trainer": Expected(ALL4, causes=("query-not-normalised",), notes=("anchor-as-positive",), unchecked=("q4",)),
    "lab4_functions": Expected(ALL4, notes=("anchor-as-positive",)),
    "lab4_half": Expected(
        ("unit", "model", "dataset", "train", "evaluate"),
        causes=("class-not-removed",),
        unchecked=(
            "q3", "q5", "q6", "q7", "q8", "q11", "q13", "q14", "q15", "q17", "q18", "q20", "q22", "q23", "q24", "q25",
            "q64",
        ),
    ),
    "lab3_one_script": Expected(ALL3),
    "lab3_notebook": Expected(ALL3, causes=("min-freq-strict",), notes=("padding-in-mean",)),
    "lab3_package": Expected(ALL3),
    "lab3_lightning": Expected(ALL3, causes=("probabilities",)),
    "lab3_dicts": Expected(ALL3, causes=("max-size",), unchecked=("q62",)),
    "lab3_half": Expected(
        ("vocab", "instances", "embedding", "baseline"), unchecked=("q28", "q42", "q44", "q46", "q51", "q60", "q62")
    ),
    "lab4_two_mistakes": Expected(
        ("unit", "model", "identity", "dataset"),
        causes=("groupnorm", "loss-sum"),
        unchecked=("q7", "q13", "q14", "q18", "q23", "q24", "q25"),
    ),
    "lab4_backup": Expected(
        ("unit", "model", "identity"),
        unchecked=("q5", "q7", "q8", "q11", "q13", "q14", "q17", "q18", "q23", "q24", "q25", "q64"),
    ),
    "lab3_attention": Expected(ALL3),
    "lab3_template": Expected(
        ALL3,
        causes=("ties", "no-len", "labels-tuple", "first-row", "depth-4"),
        notes=("padding-in-mean", "padding-read"),
        unchecked=("q62",),
    ),
    "lab4_other_returns": Expected(ALL4, notes=("anchor-as-positive",)),
    "lab3_time_first": Expected(ALL3, causes=("texts-time-first",)),
    "lab4_epochs": Expected(ALL4, notes=("anchor-as-positive",), unchecked=("q4",)),
    "lab3_vocab_inside": Expected(ALL3),
}  # fmt: skip


def files(name: str) -> Iterator[tuple[str, str]]:
    """The files of a lab: each begins with a line ``### name``, the cells of a notebook are set apart by a line."""
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    for part in re.split(r"(?m)^### (?=\S)", text)[1:]:
        path, _, body = part.partition("\n")
        yield path, notebook(re.split(r"(?m)^--- cell\n", body)) if path.endswith(".ipynb") else body


def write(name: str, folder: Path) -> Path:
    """Put the files of a lab into a folder."""
    for path, text in files(name):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder
