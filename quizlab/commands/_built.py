"""A model that was built, as plain data taken from its evidence; and two of them side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from quizlab.hooks.torch import tables
from quizlab.model import Atom, Evidence, Note, Table

Shapes = list["int | Shapes"]


class BuiltLayer(Struct, frozen=True):
    """A layer: its number from 1, how it is written, the shape of its output (null without an input), its counts."""

    number: int
    layer: str
    output: Any
    parameters: float
    flops: float | None


class BuiltTensor(Struct, frozen=True):
    """A tensor that is learnt, or a buffer."""

    name: str
    shape: Any
    elements: int


class Built(Struct, frozen=True):
    """What ``quizlab build --json`` says of one model; shapes are lists, those of a tuple lists of lists."""

    model: str
    input: Any
    output: Any
    parameters: float
    flops: float | None
    layers: tuple[BuiltLayer, ...]
    tensors: tuple[BuiltTensor, ...]
    buffers: tuple[BuiltTensor, ...]
    notes: tuple[str, ...]
    snippet: str
    prints: str


def built(model: str, found: Evidence) -> Built:
    """The model that evidence of ``torch.module`` is about."""
    rows = {
        block.columns[1 if block.columns[0] == "" else 0]: block for block in found.blocks if isinstance(block, Table)
    }
    layers = rows[tables.LAYERS[1]]
    ran = layers.columns == tables.LAYERS
    inputs = [row for row in layers.rows if row[1] == tables.INPUT]
    each = tuple(_layer(row, ran=ran) for row in layers.rows if row[1] != tables.INPUT)
    return Built(
        model=model,
        input=shape(inputs[0][2]) if inputs else None,
        output=each[-1].output if each else None,
        parameters=_number(layers.total[3 if ran else 2]),
        flops=_number(layers.total[4]) if ran else None,
        layers=each,
        tensors=tuple(_tensors(rows.get(tables.TENSORS[0]))),
        buffers=tuple(_tensors(rows.get(tables.BUFFERS[0]))),
        notes=tuple(block.text for block in found.blocks if isinstance(block, Note)),
        snippet=found.snippet.code,
        prints=found.snippet.prints,
    )


def _layer(row: Sequence[Atom], *, ran: bool) -> BuiltLayer:
    if not ran:
        return BuiltLayer(int(row[0]), str(row[1]), None, _number(row[2]), None)
    return BuiltLayer(int(row[0]), str(row[1]), shape(row[2]), _number(row[3]), _number(row[4]))


def _tensors(table: Table | None) -> Iterator[BuiltTensor]:
    for name, size, elements in table.rows if table else ():
        yield BuiltTensor(str(name), shape(size), int(elements))


def _number(cell: Atom) -> int | float:
    return cell if isinstance(cell, int | float) else 0


def shape(text: Atom) -> Any:
    """A shape as lists: ``((5, 20), (1,))`` becomes [[5, 20], [1]]."""
    return json.loads(str(text).replace(",)", ")").replace("(", "[").replace(")", "]"))


def compared(first: Built, second: Built, heads: tuple[str, str]) -> tuple[Table, ...]:
    """What two models have in common and what not: their counts, then the tensors that differ."""
    counts: list[tuple[Atom, ...]] = [("parametara", first.parameters, second.parameters, _apart(first, second))]
    elements = [sum(each.elements for each in one.buffers) for one in (first, second)]
    if any(elements):
        counts.append(("u međuspremnicima", *elements, elements[1] - elements[0]))
    if first.flops is not None and second.flops is not None:
        counts.append(("FLOPs", first.flops, second.flops, second.flops - first.flops))
    found = [Table(("", *heads, "razlika"), tuple(counts), title="Usporedba")]
    if first.output is not None and second.output is not None:
        shapes = tuple(_text(one.output) for one in (first, second))
        found.append(Table(("", *heads), (("izlaz", *shapes),)))
    if rows := tuple(_differing(first.tensors, second.tensors)):
        found.append(Table(("tenzor", *heads), rows, title="Tenzori koji se razlikuju"))
    return tuple(found)


def _apart(first: Built, second: Built) -> float:
    return second.parameters - first.parameters


def _text(shapes: Any) -> str:
    if not isinstance(shapes, list):
        return str(shapes)
    inner = ", ".join(map(_text, shapes))
    return f"({inner},)" if len(shapes) == 1 else f"({inner})"


def _differing(one: Sequence[BuiltTensor], other: Sequence[BuiltTensor]) -> Iterator[tuple[str, str, str]]:
    left, right = ({each.name: _text(each.shape) for each in tensors} for tensors in (one, other))
    for name in dict.fromkeys([*left, *right]):
        if left.get(name) != right.get(name):
            yield name, left.get(name, "nema"), right.get(name, "nema")


def versioned(models: Sequence[Built], versions: Mapping[str, str]) -> dict[str, Any]:
    """What ``quizlab build --json`` prints."""
    return {"models": list(models), "versions": dict(versions)}
