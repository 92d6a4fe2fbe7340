"""Labs as students write them, all of our own writing: structures that must never alarm, times mistakes to be named."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Axes = Mapping[str, Sequence[str]]
Choice = dict[str, str]


class Manuscript(NamedTuple):
    """One student's lab: its files, how it was made, and the mistake in it."""

    lab: str
    files: dict[str, str]
    choice: Choice
    mistake: str = ""

    def write(self, folder: Path) -> Path:
        """Put the files into a folder."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    @property
    def called(self) -> str:
        """What is unusual about it, for the name of a test."""
        return ", ".join([*(f"{axis}={each}" for axis, each in self.choice.items()), self.mistake])


def one_at_a_time(axes: Axes) -> Iterator[Choice]:
    """The plain structure, then each other option alone."""
    plain = {axis: options[0] for axis, options in axes.items()}
    yield plain
    for axis, options in axes.items():
        for each in options[1:]:
            yield plain | {axis: each}


def drawn(axes: Axes, number: int, seed: int) -> Iterator[Choice]:
    """So many structures by chance, every option as likely as the others of its axis."""
    rng = random.Random(seed)
    for _ in range(number):
        yield {axis: rng.choice(list(options)) for axis, options in axes.items()}


def notebook(cells: Sequence[str]) -> str:
    """The text of a notebook with these code cells."""
    found = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": each.splitlines(True)}
        for each in cells
    ]
    return json.dumps({"cells": found, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
