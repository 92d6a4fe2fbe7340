"""Small banks as text, and the questions they are made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from quizlab import bank
from quizlab.model import Bank, Problem

HEAD = """\
title: Mala banka
groups:
  A: {title: bilješke, date: 2024-06-02}
questions:
"""

NUMBER = """\
  - id: n1
    topic: arhitektura
    kind: number
    prompt: Koliko parametara ima jedinica s {c_in} ulaznih kanala?
    params: {kernel: 3, c_in: 32, c_out: 32}
    variants: {c_in: [1, 3]}
    answer: 9*c_in*c_out + c_out + 2*c_in
    verify: {hook: lab4.unit_parameters}
    mistakes:
      - tag: bez-pristranosti
        with: {bias: false}
        answer: 9*c_in*c_out + 2*c_in
        says: Zaboravljene su pristranosti ({c_out}).
    explain: Zato.
    recollections:
      - {group: A, answer: "9312"}
"""

CHOICE = """\
  - id: c1
    aliases: [c1-staro]
    topic: arhitektura
    kind: choice
    prompt: Što je istina?
    options:
      a: {text: prvo, claim: one}
      b:
        text: drugo
        value: 7
        says: Nije.
        tag: drugo-umjesto-prvog
    answer: a
    verify: {hook: lab4.unit_parameters}
    explain: Zato.
    recollections:
      - group: A
        option: b
        ruling:
          verdict: depends
          because: [one]
"""

OPEN = """\
  - id: o1
    topic: gubitak
    kind: open
    prompt: Objasni.
    points:
      - {text: prvo, claim: one}
      - text: drugo
    verify: {hook: lab4.unit_parameters}
    explain: Zato.
    recollections: []
"""

WHOLE = HEAD + NUMBER + CHOICE + OPEN


def bounded(examples: int) -> settings:
    """The same examples in every run, and no deadline on a busy machine."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


def write(folder: Path, text: str | bytes, name: str = "mala.yaml") -> Path:
    """A bank file."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loaded(folder: Path, text: str | bytes) -> Bank:
    """The bank that a text is."""
    return bank.load(write(folder, text))


def refused(folder: Path, text: str | bytes) -> tuple[Problem, ...]:
    """The problems of a text that is no bank."""
    with pytest.raises(bank.BankError) as caught:
        loaded(folder, text)
    assert caught.value.problems
    return caught.value.problems


def short(problems: tuple[Problem, ...]) -> list[tuple[int, str, str, str]]:
    """Line, code, id and field of each problem."""
    return [(problem.line, problem.code, problem.id, problem.field) for problem in problems]


def line_of(text: str, fragment: str, nth: int = 1) -> int:
    """The line on which a fragment stands for the nth time."""
    found = [number for number, line in enumerate(text.split("\n"), 1) if fragment in line]
    return found[nth - 1]


def changed(old: str, new: str, text: str = WHOLE) -> str:
    """A text with one fragment replaced; that it stood there once is part of the test."""
    assert text.count(old) == 1, (old, text.count(old))
    return text.replace(old, new)
