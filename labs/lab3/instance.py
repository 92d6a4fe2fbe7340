"""Examples of the sentiment data set and the text files that hold them.

File format (lab text): UTF-8, one example a line, ``text, label``; the tokens of the text are separated
by exactly one space and the label is ``positive`` or ``negative``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .errors import DataFileError

Split = Literal["train", "valid", "test"]

LABELS = ("positive", "negative")
"""The labels in the order of their indices: positive is 0, negative is 1."""

BUNDLED_DATA = Path(__file__).parent / "data"
"""Folder of the small corpus that comes with the project."""

SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class Instance:
    """One example: its tokens and its label.

    Attributes:
        text: The tokens, in the order of the sentence, at least one.
        label: One of ``LABELS``.
    """

    text: tuple[str, ...]
    label: str


def parse_line(line: str) -> Instance:
    """Read one line, without its line break.

    Raises:
        ValueError: No separator, an unknown label, or an empty token (two spaces in a row, no text).
    """
    # The text itself may hold commas, so the label is what follows the LAST separator.
    text, separator, label = line.rpartition(SEPARATOR)
    if not separator:
        raise ValueError("redak nije oblika 'tekst, oznaka'")
    if label not in LABELS:
        raise ValueError(f"nepoznata oznaka {label!r}, očekivano {' ili '.join(LABELS)}")
    tokens = tuple(text.split(" "))
    if "" in tokens:
        raise ValueError("prazan token; riječi dijeli točno jedan razmak")
    return Instance(tokens, label)


def read_instances(path: Path) -> list[Instance]:
    """Read a whole file of examples.

    Raises:
        OSError: The file cannot be opened.
        DataFileError: A malformed line (named with its number), an empty file, or text that is not UTF-8.
    """
    instances = []
    try:
        # utf-8-sig: an editor's byte order mark would otherwise become part of the first word.
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    instances.append(parse_line(line.rstrip("\n")))
                except ValueError as error:
                    raise DataFileError(path, str(error), number) from error
    except UnicodeDecodeError as error:
        raise DataFileError(path, "datoteka nije zapisana u UTF-8") from error
    if not instances:
        raise DataFileError(path, "datoteka nema nijedan primjer")
    return instances


def split_path(folder: Path, split: Split) -> Path:
    """Path of one split, in the layout of the lab (``sst_train_raw.csv``) or of our corpus (``train.csv``).

    Raises:
        DataFileError: There is no such folder, or it holds neither of the two.
    """
    if not folder.is_dir():
        raise DataFileError(folder, "mapa ne postoji")
    candidates = [folder / f"sst_{split}_raw.csv", folder / f"{split}.csv"]
    for path in candidates:
        if path.is_file():
            return path
    names = " ni ".join(path.name for path in candidates)
    raise DataFileError(folder, f"u mapi nema datoteke {names}")


def token_frequencies(instances: Iterable[Instance]) -> Counter[str]:
    """Count the tokens; the keys stand in order of first appearance, which `Vocab` uses to break ties."""
    return Counter(token for instance in instances for token in instance.text)
