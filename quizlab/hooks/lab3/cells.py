"""Proof about the number of parameters of one recurrent cell, plain or gated."""

from __future__ import annotations

from math import prod
from typing import Literal

from quizlab.hooks.common import parameter_shapes
from quizlab.hooks.faces import Lab3, Size
from quizlab.hooks.lab3.shapes import Shapes
from quizlab.hooks.lab3.weights import Kind
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import grouped

CELLS: dict[str, Kind] = {"rnn": "RNNCell", "gru": "GRUCell", "lstm": "LSTMCell"}


SIZES = (300, 150)
"""What a question says of the lab's word vector and hidden state."""


def cell_parameters(
    lab: Lab3,
    *,
    input: Size = 300,
    hidden: Size = 150,
    cell: Literal["rnn", "gru", "lstm"] = "rnn",
    biases: Literal["default", "none", "two"] = "default",
    matrices: Literal["both", "input", "state"] = "both",
) -> Evidence:
    """Count the parameters of the lab's cell tensor by tensor, and show torch's beside it.

    The cells live on the meta device: their tensors have shapes and no memory.

    ``cell``, ``biases`` and ``matrices`` build the cells behind the usual mistakes: gated, without or with
    two bias vectors, with one of the two matrices left out of the count.
    """
    import torch
    from torch import nn

    number = {"default": {}, "none": {"biases": 0}, "two": {"biases": 2}}[biases]
    with torch.device("meta"):
        built = getattr(lab, CELLS[cell])(input, hidden, **number)
        plain = lab.RNNCell(input, hidden)
        # half precision: torch stacks its gates, and four of a billion by a billion fit no other way
        torchs = getattr(nn, CELLS[cell])(input, hidden, dtype=torch.half)
    own, in_torch = parameter_shapes(built), parameter_shapes(torchs)
    left_out = {"both": "", "input": "W_h", "state": "W_x"}[matrices]
    counted = {name: shape for name, shape in own.items() if not left_out or not name.startswith(left_out)}
    total, two = _total(counted), _total(in_torch)
    told = tuple(getattr(lab.Config(), name) for name in ("embedding_size", "hidden_size"))
    vectors = [shape for shape in parameter_shapes(plain).values() if len(shape) == 1]
    return Evidence(
        cases=(Case(value=total),),
        claims=(
            Claim(
                "one_bias_vector",
                vectors == [(hidden,)],
                f"vektora pristranosti u ćeliji iz vježbe: {len(vectors)}, u njima elemenata: "
                f"{grouped(sum(map(prod, vectors)))}",
            ),
            Claim(
                "torch_has_two",
                sum(len(shape) == 1 for shape in in_torch.values()) == 2,
                f"činjenica o PyTorchu: ćelija {CELLS[cell]} ima dva vektora pristranosti, a parametara ukupno "
                f"{grouped(two)}",
            ),
            Claim(
                "same_as_torch",
                total == two,
                f"brojeno je {grouped(total)}, a parametara u PyTorchovoj ćeliji {CELLS[cell]} ima {grouped(two)}",
            ),
            Claim(
                "sizes_as_told",
                told == SIZES,
                f"u postavkama vježbe vektor riječi ima dimenziju {told[0]}, a skriveno stanje {told[1]}",
            ),
        ),
        blocks=(
            _tensors_table(counted, f"Ćelija iz vježbe ({CELLS[cell]})"),
            _tensors_table(
                in_torch,
                f"nn.{CELLS[cell]}: dvije pristranosti, a računa se samo s njihovim zbrojem"
                if cell == "rnn"
                else f"nn.{CELLS[cell]}: dvije pristranosti",
            ),
        ),
        snippet=_snippet(input, hidden, CELLS[cell], biases, matrices, _listing(in_torch) + f"{two} {total}"),
    )


def _total(shapes: Shapes) -> int:
    """The number of all elements."""
    return sum(map(prod, shapes.values()))


def _tensors_table(shapes: Shapes, title: str) -> Table:
    """Tensor by tensor: its shape and its size."""
    return Table(
        ("tenzor", "oblik", "elemenata"),
        tuple((name, str(shape), prod(shape)) for name, shape in shapes.items()),
        title=title,
        total=("ukupno", "", _total(shapes)),
    )


def _listing(shapes: Shapes) -> str:
    """Tensor by tensor, as the snippet prints them."""
    return "".join(f"{name} {shape}\n" for name, shape in shapes.items())


def _snippet(inputs: int, hidden: int, cell: str, biases: str, matrices: str, prints: str) -> Snippet:
    """Torch's cell with its two bias vectors, and the sum over the tensors that the count took in."""
    names = {"both": ["weight_ih", "weight_hh"], "input": ["weight_ih"], "state": ["weight_hh"]}[matrices]
    names += {"default": ["bias_ih"], "none": [], "two": ["bias_ih", "bias_hh"]}[biases]
    return Snippet(
        f"""\
from torch import nn

celija = nn.{cell}({inputs}, {hidden}, device="meta")
tenzori = dict(celija.named_parameters())
for ime, tenzor in tenzori.items():
    print(ime, tuple(tenzor.shape))
brojeno = {names}
print(sum(t.numel() for t in tenzori.values()), sum(tenzori[ime].numel() for ime in brojeno))
""",
        prints,
    )
