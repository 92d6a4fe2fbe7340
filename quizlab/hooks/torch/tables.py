"""How a built model is told: its layers, its tensors, its buffers, and what must be noticed."""

from __future__ import annotations

from math import prod

from quizlab.hooks.torch import making
from quizlab.hooks.torch.layers import RECURRENT
from quizlab.hooks.torch.making import Made, Ran, Shape
from quizlab.model import Block, Note, Table

LAYERS = ("", "sloj", "izlaz", "parametara", "FLOPs")
TENSORS = ("tenzor", "oblik", "elemenata")
BUFFERS = ("međuspremnik", "oblik", "elemenata")
INPUT = "ulaz"
EXACT = 2**63
"""Whole numbers from here on are told as real ones: no message between processes holds them."""


def count(number: int) -> int | float:
    """A count as a cell holds it."""
    return number if number < EXACT else float(number)


def blocks(made: Made, shape: Shape | None) -> tuple[Block, ...]:
    """The tables and notes of a model; ``shape`` is its input where it has one."""
    found: list[Block] = [_layers(made, shape), _tensors(made.parameters)]
    if made.buffers:
        rows = tuple((name, str(size), prod(size)) for name, size in made.buffers.items())
        found.append(Table(BUFFERS, rows, title="Međuspremnici: ne uče se i ne broje se u parametre"))
    found += [Note(note) for note in _notes(made)] if shape is not None else []
    return tuple(found)


def _layers(made: Made, shape: Shape | None) -> Table:
    total = sum(each.parameters for each in made.ran)
    rows = [
        (
            str(each.layer.number),
            each.layer.text,
            making.text_of(each.output) if shape is not None else "",
            count(each.parameters),
            count(each.flops),
        )
        for each in made.ran
    ]
    if shape is None:
        few = tuple((number, text, parameters) for number, text, _, parameters, _ in rows)
        return Table((LAYERS[0], LAYERS[1], LAYERS[3]), few, total=("", "ukupno", count(total)))
    first = ("", INPUT, str(shape), "", "")
    return Table(LAYERS, (first, *rows), total=("", "ukupno", "", count(total), count(made.flops)))


def _tensors(parameters: dict[str, Shape]) -> Table:
    rows = tuple((name, str(size), prod(size)) for name, size in parameters.items())
    total = sum(prod(size) for size in parameters.values())
    return Table(TENSORS, rows, title="Tenzori koji se uče", total=("ukupno", "", count(total)))


def _notes(made: Made) -> list[str]:
    """What a recurrent layer returns, and what would come to the next one."""
    said = [_returned(each) for each in made.ran if each.layer.kind in RECURRENT]
    if isinstance(made.output, tuple) and made.ran and made.ran[-1].layer.kind in RECURRENT:
        said.append("Sljedeći sloj dobio bi cijelu n-torku i odbio je; s [0] iza sloja dobiva output")
    return list(dict.fromkeys(said))


def _returned(ran: Ran) -> str:
    kind = ran.layer.kind
    states = "(h_n, c_n)" if kind == "LSTM" else "h_n"
    said = f"{kind} vraća n-torku (output, {states})"
    if not isinstance(ran.output, tuple) or len(ran.output) != 2 or isinstance(ran.output[0], tuple):
        return f"{said}; dalje ide njezin odabrani element"
    output, rest = ran.output
    hidden = rest[0] if isinstance(rest, tuple) else rest
    shapes = [f"output {making.text_of(output)}", f"h_n {making.text_of(hidden)}"]
    if isinstance(rest, tuple):
        shapes.append(f"c_n {making.text_of(rest[1])}")
    return f"{said}: {', '.join(shapes)}"
