"""Proof about the plain RNN's non-linearity: which function is left when all else is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizlab.hooks.common import apart, rounded
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.weights import CLOSE, drawing, lab_cell, numpy_network, torch_cell
from quizlab.hooks.owned import is_own, needs
from quizlab.model import Claim, Evidence, Plot, Series, Snippet, Table
from quizlab.numbers import form, gap

if TYPE_CHECKING:
    from torch import Tensor

FUNCTIONS = {"is_tanh": "tanh", "is_sigmoid": "sigmoida", "is_relu": "ReLU", "is_softmax": "softmax"}
"""The non-linearities on offer, by the claim that puts each to the test."""


def cell_nonlinearity(lab: Lab3) -> Evidence:
    """Reduce every plain RNN at hand to its non-linearity alone and compare that with the ones on offer.

    With W_xh the identity and W_hh and b_h zero the new state is f(x), whatever else a cell may do wrong.
    Measured are the lab's cell, its NumPy network, its classifier and torch's cell.
    """
    import torch

    needs(lab, "recurrent")
    x = torch.linspace(-4, 4, 17, dtype=torch.float64)
    answers = _bare(lab, x)
    main = next(iter(answers))
    offered = {
        "is_tanh": x.tanh(),
        "is_sigmoid": x.sigmoid(),
        "is_relu": x.relu(),
        "is_softmax": x.softmax(dim=0),
    }
    off = {name: {who: apart(answer, values) for who, answer in answers.items()} for name, values in offered.items()}
    return Evidence(
        claims=tuple(
            Claim(
                name,
                max(differences.values()) < CLOSE,
                f"{FUNCTIONS[name]}: za 17 ulaza od −4 do 4 najveća razlika od novog stanja u {len(answers)} "
                f"{form(len(answers), 'izvedbi', 'izvedbe', 'izvedbi')} RNN-a iznosi {gap(max(differences.values()))}",
            )
            for name, differences in off.items()
        ),
        blocks=(
            Plot(
                title="Novo stanje ćelije iz vježbe kad je W_xh jedinična matrica, a W_hh i b_h nule",
                x_label="x",
                y_label="h",
                series=(
                    Series(main, tuple(x.tolist()), tuple(answers[main].tolist())),
                    *(
                        Series(FUNCTIONS[name], tuple(x.tolist()), tuple(offered[name].tolist()))
                        for name in ("is_sigmoid", "is_relu")
                    ),
                ),
            ),
            Table(
                ("funkcija", *answers),
                tuple(
                    (FUNCTIONS[name], *(round(difference, 4) for difference in differences.values()))
                    for name, differences in off.items()
                ),
                title="Najveća razlika od novog stanja",
            ),
        ),
        snippet=_snippet(answers["nn.RNNCell"], offered),
    )


def _bare(lab: Lab3, x: Tensor) -> dict[str, Tensor]:
    """What every plain RNN answers to x when nothing is left of it but its non-linearity."""
    import torch

    size = len(x)
    nothing = torch.zeros(size, size, dtype=torch.float64)
    weights = {"W_xh": torch.eye(size, dtype=torch.float64), "W_hh": nothing, "b_h": nothing[0]}
    if is_own(lab):
        return {
            "RecurrentClassifier": _in_classifier(lab, x),
            "nn.RNNCell": torch_cell("RNNCell", weights)(x[None], nothing[:1])[0],
        }
    row, state = x[None], nothing[:1]
    with torch.no_grad():
        network = numpy_network(lab, weights, 2)
        return {
            "RNNCell": lab_cell(lab, "RNNCell", weights)(row, state)[0],
            "PlainRNN": torch.from_numpy(network.step(row.numpy(), state.numpy()))[0],
            "PlainRNN, cijeli niz": torch.from_numpy(network.forward(row[None].numpy()).states[1])[0],
            "RecurrentClassifier": _in_classifier(lab, x),
            "nn.RNNCell": torch_cell("RNNCell", weights)(row, state)[0],
        }


def _in_classifier(lab: Lab3, x: Tensor) -> Tensor:
    """The same of the lab's classifier: of its first plain RNN the first layer, as wide as it is.

    Raises:
        MissingPartError: a student's classifier has no plain RNN.
    """
    import torch
    from torch import nn

    with drawing():
        model = corpus.build(lab, "rnn", corpus.made(lab, 3))
    layer = corpus.networks(model, "rnn")[0].double()
    with torch.no_grad():
        for name, parameter in layer.named_parameters():
            parameter.copy_(
                torch.eye(*parameter.shape) if name.startswith("weight_ih") else torch.zeros_like(parameter)
            )
        row = torch.zeros(1, layer.input_size, dtype=torch.float64)
        row[0, : len(x)] = x
        if isinstance(layer, nn.RNNCell):
            state: Tensor = layer(row)[0]
        else:
            state = layer(row[None])[1][0, 0]
    return state[: len(x)]


def _snippet(answer: Tensor, offered: Mapping[str, Tensor]) -> Snippet:
    """Torch's cell reduced to its non-linearity, beside the functions on offer."""
    places = (0, 6, 8, 10, 16)
    functions = {name: values for name, values in offered.items() if name != "is_softmax"}
    lines = [rounded(values[list(places)]) for values in (answer, *functions.values())]
    return Snippet(
        """\
import torch
from torch import nn

x = torch.tensor([[-4.0, -1.0, 0.0, 1.0, 4.0]])
celija = nn.RNNCell(5, 5, bias=False)
nn.init.eye_(celija.weight_ih)
nn.init.zeros_(celija.weight_hh)
for h in (celija(x), x.tanh(), x.sigmoid(), x.relu()):
    print([round(v, 4) for v in h[0].tolist()])
""",
        "\n".join(map(str, lines)),
    )
