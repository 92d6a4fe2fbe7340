"""Numbers agree with their nouns: in every text of the banks with every number it may have, and in every proof."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quizlab import bank
from quizlab.hooks import registry
from quizlab.proof import recorded
from quizlab.question import variants
from quizlab.telling import sentences, words
from tests.agreement import disagreeing

ODD = (0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 101, 102, 112, 1_021, 67_804)
"""Numbers of all three kinds, with thousands and without."""


@pytest.mark.parametrize(
    "text",
    [
        "od 352 komponenata",
        "ima 784 komponenata",
        "u 3 od 3 provjerenih elemenata",
        "s 21 tenzora, dakle 21 elemenata",
        "od 64 slika",
        "1 ulaznih kanala",
        "12\u202f344 parametara",
        "5 elementa",
        "prije 2 dan",
    ],
)
def test_what_does_not_agree_is_seen(text: str) -> None:
    assert list(disagreeing(text))


@pytest.mark.parametrize(
    "text",
    [
        "od 352 komponente i 21 skupa, 5 elemenata, 9312 parametara, 12\u202f343 parametra",
        "28·28 elemenata, 0,5 bodova, 99,9 % znamenki, M − 1 primjera, 3 elementa, 1 sliku, 111 slika",
        "ima 5 ulaznih kanala, a 21 element",
    ],
)
def test_what_agrees_is_let_be(text: str) -> None:
    assert list(disagreeing(text)) == []


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in ("snippet", "code"):
                yield from strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)


@pytest.mark.parametrize("path", [each.bank for each in registry.labs()], ids=lambda path: path.stem)
def test_every_text_of_a_bank_with_every_number(path: Path) -> None:
    for question in bank.load(path).questions:
        numbers = [{**question.params}, *({**question.params, **each} for each in variants.combinations(question))]
        for template in {each for each in strings(msgspec.to_builtins(question)) if "{" in each}:
            named = {name for name in re.findall(r"\{(\w+)\}", template) if name in question.params}
            for params in {tuple(sorted((name, each[name]) for name in named)): each for each in numbers}.values():
                text = words.text(template, params)
                assert not list(disagreeing(text)), (question.id, text)


@pytest.mark.parametrize("path", sorted(recorded.FOLDER.glob("*/*.jsonl")), ids=lambda path: path.stem)
def test_every_sentence_of_a_proof(path: Path) -> None:
    said = {each for line in path.read_text(encoding="utf-8").splitlines() for each in strings(json.loads(line))}
    assert not [(found, each) for each in said for found in disagreeing(each)]


@pytest.mark.parametrize("number", ODD)
def test_every_sentence_with_odd_numbers(number: int) -> None:
    templates = {each for table in vars(sentences).values() if isinstance(table, dict) for each in strings(table)}
    assert len(templates) > 200
    for template in templates:
        try:
            named = {name for _, name, _, _ in string.Formatter().parse(template) if name and name.isidentifier()}
        except ValueError:
            continue
        for name in named - {"limit", "most", "seconds"}:  # constants, looked at below
            text = template.replace("{" + name + "}", words.count(number))
            assert not list(disagreeing(text)), text


@pytest.mark.parametrize("number", ODD)
def test_counting_agrees(number: int) -> None:
    assert not list(disagreeing(words.counted(number, "element", "elementa", "elemenata")))
    assert not list(disagreeing(words.questions(number)))
    assert not list(disagreeing(words.about(60 * number)))
