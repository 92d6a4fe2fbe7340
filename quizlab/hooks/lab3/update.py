"""Proof about the plain RNN's step: the update formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from quizlab.hooks.common import apart, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.weights import (
    BATCH,
    CLOSE,
    HIDDEN,
    INPUT,
    SEEDS,
    Weights,
    drawn,
    lab_cell,
    linear,
    noise,
    numpy_network,
    torch_cell,
)
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import gap

if TYPE_CHECKING:
    from torch import Tensor

Weight = Annotated[float, Meta(ge=-10, le=10)]
Scalars = dict[str, float]

# one value of each symbol a case; no two of equal size, so that no two formulas agree by chance
SCALARS: tuple[Scalars, ...] = (
    {"W_hh": 0.8, "W_xh": -0.5, "h": 0.6, "x": 1.2, "b_h": 0.3},
    {"W_hh": -0.4, "W_xh": 0.9, "h": -0.7, "x": 0.5, "b_h": -0.2},
    {"W_hh": 1.1, "W_xh": 0.3, "h": 0.2, "x": -0.8, "b_h": 0.7},
    {"W_hh": 0.5, "W_xh": -1.3, "h": -0.9, "x": -0.4, "b_h": 0.1},
)


def state_update(
    lab: Lab3,
    *,
    W_hh: Weight | None = None,
    W_xh: Weight | None = None,
    b_h: Weight | None = None,
    bias: bool = True,
    carried: bool = True,
    swapped: bool = False,
) -> Evidence:
    """Take one step of the lab's plain RNN with one hidden value, and compare it with vectors too.

    Numbers are enough for the formula; vectors notice what numbers cannot, such as a transposed W_hh. They are
    compared with torch's cell, whose two bias vectors add up to b_h, and with the lab's NumPy network.

    ``W_hh``, ``W_xh`` and ``b_h`` fix the weights; ``bias`` builds the cell without one, ``carried`` forgets the
    state, ``swapped`` exchanges the matrices.
    """
    fixed = {name: value for name, value in (("W_hh", W_hh), ("W_xh", W_xh), ("b_h", b_h)) if value is not None}
    scalars = tuple({**given, **fixed} for given in SCALARS)
    off_torch = max(_off_torch(lab, seed) for seed in SEEDS)
    off_numpy = max(_off_numpy(lab, seed) for seed in SEEDS)
    with_bias = [_scalar(lab, given) for given in scalars]
    without = [_scalar(lab, {**given, "b_h": 0.0}) for given in scalars]
    plain = [_tanh_without_bias(given) for given in scalars]
    missing = max(abs(one - other) for one, other in zip(with_bias, plain, strict=True))
    off_without = max(abs(one - other) for one, other in zip(without, plain, strict=True))
    measured = [_scalar(lab, given, bias=bias, carried=carried, swapped=swapped) for given in scalars]
    return Evidence(
        cases=tuple(Case(value=value, given=dict(given)) for value, given in zip(measured, scalars, strict=True)),
        claims=(
            Claim(
                "equals_torch_cell",
                off_torch < CLOSE,
                f"na vektorima (ulaz {INPUT}, stanje {HIDDEN}) najveća razlika ćelije iz vježbe i PyTorchove, "
                f"kojoj je b_h zbroj dviju pristranosti, iznosi {gap(off_torch)}",
            ),
            Claim(
                "numpy_step_agrees",
                off_numpy < CLOSE,
                f"najveća razlika stanja mreže u NumPyju (jedan korak i niz od dva) od formule na vektorima iznosi "
                f"{gap(off_numpy)}",
            ),
            Claim(
                "right_if_bias_is_zero",
                off_without < CLOSE,
                f"uz b_h = 0 najveća razlika formule bez pristranosti od ćelije iznosi {gap(off_without)}",
            ),
            Claim(
                "bias_matters",
                missing > CLOSE,
                f"uz b_h ≠ 0 najveća pogreška formule bez pristranosti iznosi {gap(missing)}",
            ),
        ),
        blocks=(
            _scalars_table(scalars, measured, plain),
            Table(
                ("tenzor", "vježba", "PyTorch (nn.RNNCell)"),
                _tensors(lab),
                title=f"Ulaz {INPUT}, stanje {HIDDEN}: PyTorch ima dvije pristranosti, u formuli je njihov zbroj",
            ),
        ),
        snippet=_snippet(lab, scalars[0]),
    )


def off_formula(lab: Lab3, *, seed: int) -> float:
    """How far the lab's cell is from tanh(W_hh·h + W_xh·x + b_h) on random vectors."""
    weights, x, h = _vectors(seed)
    return apart(lab_cell(lab, "RNNCell", weights)(x, h), linear(weights, "h", x, h).tanh())


def _vectors(seed: int) -> tuple[Weights, Tensor, Tensor]:
    """Weights, inputs (B, I) and states (B, H)."""
    weights = drawn("RNNCell", INPUT, HIDDEN, seed=seed)
    return weights, noise(BATCH, INPUT, seed=seed + 100), noise(BATCH, HIDDEN, seed=seed + 200).tanh()


def _off_torch(lab: Lab3, seed: int) -> float:
    """How far the lab's cell is from torch's on random vectors."""
    weights, x, h = _vectors(seed)
    return apart(lab_cell(lab, "RNNCell", weights)(x, h), torch_cell("RNNCell", weights, share=0.25)(x, h))


def _off_numpy(lab: Lab3, seed: int) -> float:
    """How far the lab's NumPy network is from the formula on random vectors: one step of it, and two in a sequence."""
    import torch

    weights, x, h = _vectors(seed)
    network = numpy_network(lab, weights, 2)
    first = linear(weights, "h", x, h).tanh()
    second = linear(weights, "h", x, first).tanh()
    stepped = network.step(x.numpy(), h.numpy())
    states = network.forward(torch.stack([x, x]).numpy(), h.numpy()).states
    found = (stepped, states[1], states[2])
    return max(apart(torch.from_numpy(one), other) for one, other in zip(found, (first, first, second), strict=True))


def _scalar(
    lab: Lab3, given: dict[str, float], *, bias: bool = True, carried: bool = True, swapped: bool = False
) -> float:
    """The new state of the lab's cell where every quantity is one number."""
    import torch

    numbers = {name: torch.tensor([[value]], dtype=torch.float64) for name, value in given.items()}
    weights = {"W_xh": numbers["W_xh"], "W_hh": numbers["W_hh"], "b_h": numbers["b_h"][0]}
    if swapped:
        weights["W_xh"], weights["W_hh"] = weights["W_hh"], weights["W_xh"]
    # With a bias the cell is whatever the lab builds when nothing is said, so that a missing one shows.
    cell = lab_cell(lab, "RNNCell", weights, **({} if bias else {"biases": 0}))
    return float(cell(numbers["x"], numbers["h"] if carried else 0 * numbers["h"]).detach())


def _tanh_without_bias(given: dict[str, float]) -> float:
    """The new state by the formula without b_h."""
    from math import tanh

    return tanh(given["W_hh"] * given["h"] + given["W_xh"] * given["x"])


def _scalars_table(scalars: Sequence[Scalars], measured: Sequence[float], plain: Sequence[float]) -> Table:
    """One step with one hidden value, and what the formula without a bias gives."""
    return Table(
        (*SCALARS[0], "novo stanje", "bez pristranosti"),
        tuple(
            (*given.values(), round(value, 4), round(bare, 4))
            for given, value, bare in zip(scalars, measured, plain, strict=True)
        ),
        title="Ćelija s jednom skrivenom i jednom ulaznom vrijednosti",
    )


def _tensors(lab: Lab3) -> tuple[tuple[str, str, str], ...]:
    """The tensors of the lab's cell beside those of torch's."""
    weights, _, _ = _vectors(0)
    own = {name: shape_of(tensor) for name, tensor in lab_cell(lab, "RNNCell", weights).named_parameters()}
    torchs = [f"{name} {shape_of(tensor)}" for name, tensor in torch_cell("RNNCell", weights).named_parameters()]
    width = max(len(own), len(torchs))
    rows = [*own.items(), *[("", "")] * (width - len(own))]
    return tuple((*row, other) for row, other in zip(rows, [*torchs, *[""] * (width - len(torchs))], strict=True))


def _snippet(lab: Lab3, given: Scalars) -> Snippet:
    """One step of torch's cell and the formula with the sum of its two bias vectors."""
    return Snippet(
        f"""\
import torch
from torch import nn

W_hh, W_xh, h, x, b_h = {", ".join(str(value) for value in given.values())}
celija = nn.RNNCell(1, 1)
for tezina, vrijednost in zip(celija.parameters(), (W_xh, W_hh, b_h / 4, 3 * b_h / 4)):
    nn.init.constant_(tezina, vrijednost)
nova = celija(torch.tensor([[x]]), torch.tensor([[h]])).item()
print(round(nova, 4))
print(round(torch.tanh(torch.tensor(W_hh * h + W_xh * x + b_h)).item(), 4))
print(round(torch.tanh(torch.tensor(W_hh * h + W_xh * x)).item(), 4), "bez pristranosti")
""",
        "\n".join(
            (
                *([str(round(_scalar(lab, given), 4))] * 2),
                f"{round(_tanh_without_bias(given), 4)} bez pristranosti",
            )
        ),
    )
