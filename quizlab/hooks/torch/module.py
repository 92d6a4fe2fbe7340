"""The proof of any model that can be written as a list of layers: its tensors, shapes and counts.

A bank describes the model as data (`grammar`); nothing of it is executed, every layer is one of `layers.LAYERS`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from math import prod
from typing import Any, Literal, NamedTuple

from quizlab.hooks.faces import Size
from quizlab.hooks.torch import changing, grammar, making, snippets, tables
from quizlab.hooks.torch.layers import WORDS, Chain, leaves, resolved
from quizlab.hooks.torch.making import Made, Shape
from quizlab.hooks.torch.signatures import number
from quizlab.hooks.torch.tree import Argument, Call, Item, Value, names_in
from quizlab.hooks.torch.trouble import trouble
from quizlab.model import Case, Claim, Evidence
from quizlab.model import Value as Measured

Asks = Literal["parameters", "shape", "buffers", "tensors", "tensor", "elements", "type"]
"""What is asked of a model: how many learnt numbers it has, the shape (or the type, or the number of elements) of what
it returns, how many numbers its buffers have, how many tensors are learnt, the shape of one of them."""

OF_OUTPUT = ("shape", "elements", "type")
"""What is asked of what a model returns."""

Text = str | tuple[str | int | float, ...]
"""A text, or its pieces between commas."""

SEED = 814
CASES = 4
"""So many times symbols without a number are given one."""


class Model(NamedTuple):
    """A model as it is described, before the numbers are known."""

    items: tuple[Item, ...]
    input: tuple[Value, ...] | None
    without: str
    order: str
    bias: bool

    def names(self) -> list[str]:
        """The symbols that it is written with."""
        arguments = tuple(Argument(value) for value in self.input or ())
        found = dict.fromkeys(names_in((*self.items, Call("", arguments, 1))))
        return [name for name in found if name not in WORDS]

    def chain(self, sizes: Mapping[str, int]) -> Chain:
        """Its layers with these numbers, changed as it says."""
        found = resolved(self.items, sizes)
        if self.order:
            found = changing.ordered(found, self.order)
        if not self.bias:
            found = changing.without(found, "bias")
        return changing.without(found, self.without) if self.without else found

    def shape(self, sizes: Mapping[str, int]) -> Shape | None:
        """The shape of its input with these numbers; None where it has none.

        Raises:
            QuizlabError: a size is no whole number from 1 on.
        """
        if self.input is None:
            return None
        found = tuple(number(each, sizes) for each in self.input)
        if not all(type(each) is int and each > 0 for each in found):
            raise trouble("spec_input", text=str(found))
        return tuple(int(each) for each in found)


def text_of(given: Text) -> str:
    """A text that a bank may write as a list."""
    return given if isinstance(given, str) else ", ".join(map(str, given))


def described(layers: Text, input: Text, *, without: str = "", order: str = "", bias: bool = True) -> Model:
    """Read a description.

    Raises:
        QuizlabError: it cannot be read, and where.
    """
    sizes = grammar.sizes(text_of(input)) if input not in ("", ()) else None
    return Model(grammar.model(text_of(layers)), sizes, without, order, bias)


def module(
    lab: Any,
    *,
    layers: Text,
    input: Text = "",
    asks: Asks = "parameters",
    tensor: str = "",
    without: str = "",
    order: str = "",
    bias: bool = True,
    **sizes: Size,
) -> Evidence:
    """Build a model on the meta device and run it, layer by layer.

    Args:
        lab: has ``nn``, where the layers are found.
        layers: the model, ``Conv2d(1, c, 3), ReLU`` or a list of layers.
        input: the shape of its input, ``64, 1, 28, 28`` or a list of sizes; without one it is only built.
        asks: what is measured.
        tensor: the name of the parameter whose shape is asked.
        without: what to leave out, see `changing.without`.
        order: another order of the layers, see `changing.ordered`.
        bias: false leaves out every bias.
        sizes: numbers for the names in ``layers`` and ``input``; what has none is a symbol of the answer and
            measured with several numbers.

    Raises:
        QuizlabError: the description cannot be read, or a layer does not take what it gets.
    """
    described_as = described(layers, input, without=without, order=order, bias=bias)
    if described_as.input is None and asks in OF_OUTPUT:
        raise trouble("spec_needs_input", asks=asks)
    cases = []
    for given in _numbers(described_as.names(), sizes):
        known = {**sizes, **given}
        made, shape = made_of(described_as, known, lab.nn)
        cases.append(Case(_measured(made, asks, tensor), dict(given)))
    chain, shown = described_as.chain(known), str(cases[-1].value)
    return Evidence(
        cases=tuple(cases),
        claims=_claims(made, shape),
        blocks=tables.blocks(made, shape),
        snippet=snippets.of_model(chain, made, shape, last=_last(asks, tensor), prints=shown, output=asks in OF_OUTPUT),
    )


def made_of(described_as: Model, sizes: Mapping[str, int], classes: Any) -> tuple[Made, Shape | None]:
    """The model with these numbers, run where it has an input."""
    chain, shape = described_as.chain(sizes), described_as.shape(sizes)
    model = making.build(chain, classes)
    if sum(tensor.numel() for tensor in model.parameters()) >= tables.EXACT:
        raise trouble("spec_too_big", shape="")
    if shape is None:
        pairs = zip(leaves(chain), making.modules_of(chain, model), strict=True)
        return Made(model, tuple(making.Ran(each, None, making.size_of(part), 0) for each, part in pairs), None), None
    given = making.empty(shape, whole_numbers=making.takes_indices(chain))
    return making.run(chain, model, given), shape


def _numbers(names: list[str], sizes: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Numbers for the names that have none: several, so that a formula cannot hold by chance."""
    free = [name for name in names if name not in sizes]
    if not free:
        yield {}
        return
    chance = random.Random(SEED)
    for _ in range(CASES):
        yield {name: chance.randint(2, 9) for name in free}


def _measured(made: Made, asks: Asks, tensor: str) -> Measured:
    """What is asked, of one model."""
    if asks == "shape":
        if isinstance(made.output, tuple):
            raise trouble("spec_tuple_shape", shape=making.text_of(made.output))
        return tuple(made.output.shape)
    if asks == "tensor":
        if tensor not in made.parameters:
            raise trouble("spec_tensor", name=tensor[:60], known=", ".join(made.parameters)[:400] or "–")
        return made.parameters[tensor]
    if asks == "type":
        return making.type_of(made.output)
    if asks == "elements":
        if isinstance(made.output, tuple):
            raise trouble("spec_tuple_shape", shape=making.text_of(made.output))
        return int(made.output.numel())
    counted = {
        "parameters": sum(prod(size) for size in made.parameters.values()),
        "buffers": sum(prod(size) for size in made.buffers.values()),
        "tensors": len(made.parameters),
    }
    return tables.count(counted[asks])


TYPE = """\
def tip(x):
    return f"tuple[{', '.join(map(tip, x))}]" if isinstance(x, tuple) else type(x).__name__
"""


def _last(asks: Asks, tensor: str) -> str:
    """The code that prints what is asked, of ``model`` and its output ``x``."""
    printing = {
        "parameters": "sum(p.numel() for p in model.parameters())",
        "buffers": "sum(b.numel() for b in model.buffers())",
        "tensors": "len(list(model.parameters()))",
        "shape": "tuple(x.shape)",
        "elements": "x.numel()",
        "type": "tip(x)",
        "tensor": f"tuple(model.get_parameter({tensor!r}).shape)",
    }
    return ("\n" + TYPE + "\n\n" if asks == "type" else "") + f"print({printing[asks]})"


def _claims(made: Made, shape: Shape | None) -> tuple[Claim, ...]:
    """What is true of the model, whichever number is asked."""
    found = [
        Claim("has_parameters", bool(made.parameters), f"tenzora u parameters(): {len(made.parameters)}"),
        Claim("has_buffers", bool(made.buffers), f"međuspremnika u buffers(): {len(made.buffers)}"),
        Claim(
            "has_bias",
            any(name.rpartition(".")[2].startswith("bias") for name in made.parameters),
            f"tenzora s pristranostima: {sum('bias' in name.rpartition('.')[2] for name in made.parameters)}",
        ),
    ]
    if shape is not None:
        several = isinstance(made.output, tuple)
        found.append(Claim("output_is_tuple", several, f"model vraća {making.type_of(made.output)}"))
        same = not several and tuple(made.output.shape) == shape
        found.append(Claim("keeps_shape", same, f"ulaz {shape}, izlaz {making.text_of(made.output)}"))
    return tuple(found)
