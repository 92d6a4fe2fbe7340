"""Proofs about the plain RNN's step and its unrolling: the update formula, the same weights at every step."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from quizlab.hooks.common import apart, gap, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.weights import (
    CLOSE,
    Weights,
    drawing,
    drawn,
    lab_cell,
    linear,
    noise,
    numpy_network,
    torch_cell,
)
from quizlab.model import Case, Claim, Evidence, Snippet, Table

if TYPE_CHECKING:
    from torch import Tensor

Steps = Annotated[int, Meta(ge=2, le=8)]

SEEDS = range(3)
INPUT, HIDDEN, BATCH = 3, 4, 5

# one value of each symbol a case; no two of equal size, so that no two formulas agree by chance
SCALARS = (
    {"W_hh": 0.8, "W_xh": -0.5, "h": 0.6, "x": 1.2, "b_h": 0.3},
    {"W_hh": -0.4, "W_xh": 0.9, "h": -0.7, "x": 0.5, "b_h": -0.2},
    {"W_hh": 1.1, "W_xh": 0.3, "h": 0.2, "x": -0.8, "b_h": 0.7},
    {"W_hh": 0.5, "W_xh": -1.3, "h": -0.9, "x": -0.4, "b_h": 0.1},
)


def state_update(
    lab: Lab3,
    *,
    bias: bool = True,
    carried: bool = True,
    swapped: bool = False,
) -> Evidence:
    """Take one step of the lab's plain RNN with one hidden value, and compare it with vectors too.

    Numbers are enough for the formula; vectors notice what numbers cannot, such as a transposed W_hh. They are
    compared with torch's cell, whose two bias vectors add up to b_h, and with the lab's NumPy network.

    ``bias`` builds the cell without one, ``carried`` forgets the state, ``swapped`` exchanges the matrices.
    """
    off_torch = max(_off_torch(lab, seed) for seed in SEEDS)
    off_numpy = max(_off_numpy(lab, seed) for seed in SEEDS)
    with_bias = [_scalar(lab, given) for given in SCALARS]
    without = [_scalar(lab, {**given, "b_h": 0.0}) for given in SCALARS]
    plain = [_tanh_without_bias(given) for given in SCALARS]
    missing = max(abs(one - other) for one, other in zip(with_bias, plain, strict=True))
    off_without = max(abs(one - other) for one, other in zip(without, plain, strict=True))
    measured = [_scalar(lab, given, bias=bias, carried=carried, swapped=swapped) for given in SCALARS]
    return Evidence(
        cases=tuple(Case(value=value, given=dict(given)) for value, given in zip(measured, SCALARS, strict=True)),
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
                f"najveća razlika koraka mreže u NumPyju od formule na vektorima iznosi {gap(off_numpy)}",
            ),
            Claim(
                "right_if_bias_is_zero",
                off_without < CLOSE,
                f"uz b_h = 0 najveća razlika formule bez pristranosti od ćelije iznosi {gap(off_without)}",
            ),
            Claim(
                "bias_matters",
                missing > CLOSE,
                f"uz b_h ≠ 0 formula bez pristranosti griješi do {gap(missing)}",
            ),
        ),
        blocks=(
            Table(
                (*SCALARS[0], "novo stanje", "bez pristranosti"),
                tuple(
                    (*given.values(), round(value, 4), round(bare, 4))
                    for given, value, bare in zip(SCALARS, measured, plain, strict=True)
                ),
                title="Ćelija s jednom skrivenom i jednom ulaznom vrijednosti",
            ),
            Table(
                ("tenzor", "vježba", "PyTorch (nn.RNNCell)"),
                _tensors(lab),
                title=f"Ulaz {INPUT}, stanje {HIDDEN}: PyTorch ima dvije pristranosti, u formuli je njihov zbroj",
            ),
        ),
        snippet=_update_snippet(lab),
    )


def unrolled(lab: Lab3, *, steps: Steps = 3) -> Evidence:
    """Draw the plain RNN folded and unrolled, and show that the two are one network.

    The loop over the lab's cell is compared with torch's whole layer. That every step has the same weights is
    shown with one copy of the cell for each step: the same states, and its gradients add up to the shared one's.
    """
    import torch

    weights = drawn("RNNCell", INPUT, HIDDEN, seed=0)
    inputs = noise(steps, BATCH, INPUT, seed=1)
    cell = lab_cell(lab, "RNNCell", weights)
    states, last = lab.unroll(cell, inputs)
    loop = _loop([cell] * steps, inputs)
    copies = [deepcopy(cell) for _ in range(steps)]
    apart_states = _loop(copies, inputs)
    shared = _gradients(states, [cell])
    added = [sum(each, torch.zeros_like(each[0])) for each in zip(*_gradients(apart_states, copies), strict=True)]
    module = _layer(weights)(inputs)[0]
    off_loop, off_module = apart(states, loop), apart(states, module)
    off_copies = apart(states, apart_states)
    off_gradients = max(apart(one, other) for one, other in zip(shared[0], added, strict=True))
    off_start = apart(states, lab.unroll(cell, inputs, torch.zeros(BATCH, HIDDEN, dtype=torch.float64))[0])
    changed = apart(states[-1], _loop([cell] * steps, torch.cat([inputs[:1] + 1, inputs[1:]]))[-1])
    network = numpy_network(lab, weights, 2)
    trace = network.forward(inputs.numpy())
    outputs = trace.states[1:] @ network.parameters.W_hy.T + network.parameters.b_y
    off_outputs = apart(torch.from_numpy(trace.logits), torch.from_numpy(outputs))
    counted = sum(parameter.numel() for parameter in cell.parameters())
    return Evidence(
        claims=(
            Claim(
                "loop_equals_module",
                max(off_loop, off_module) < CLOSE and apart(last, states[-1]) < CLOSE,
                f"najveća razlika petlje kroz {steps} koraka od PyTorchova sloja nn.RNN iznosi "
                f"{gap(max(off_loop, off_module))}",
            ),
            Claim(
                "same_weights_every_step",
                max(off_copies, off_gradients) < CLOSE,
                f"s posebnom kopijom ćelije za svaki korak stanja su ista (razlika {gap(off_copies)}), a zbroj "
                f"gradijenata svih kopija jednak je gradijentu zajedničkih težina (razlika {gap(off_gradients)})",
            ),
            Claim(
                "state_carries_the_past",
                changed > CLOSE,
                f"promjena samo prvog ulaza pomakne posljednje stanje za {gap(changed)}",
            ),
            Claim(
                "starts_from_zero",
                off_start < CLOSE and not trace.states[0].any(),
                f"najveća razlika stanja bez zadanog početka i stanja uz h₀ = 0 iznosi {gap(off_start)}",
            ),
            Claim(
                "output_from_the_state",
                off_outputs < CLOSE,
                f"najveća razlika izlaza svih koraka od W_hy·h_t + b_y iznosi {gap(off_outputs)}",
            ),
        ),
        blocks=(
            _folded(),
            _drawn_out(steps),
            Table(
                ("korak", "ulaz x_t", "stanje h_t", "razlika od nn.RNN"),
                tuple(
                    (t + 1, shape_of(inputs[t]), shape_of(states[t]), round(apart(states[t], module[t]), 9))
                    for t in range(steps)
                ),
                title=f"Parametara je {counted}, koliko god bilo koraka",
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn

torch.manual_seed(0)
sloj, celija = nn.RNN({INPUT}, {HIDDEN}), nn.RNNCell({INPUT}, {HIDDEN})
celija.load_state_dict({{ime.removesuffix("_l0"): t for ime, t in sloj.state_dict().items()}})
x = torch.randn({steps}, {BATCH}, {INPUT})
h, stanja = torch.zeros({BATCH}, {HIDDEN}), []
for x_t in x:  # ista ćelija, iste težine u svakom koraku
    h = celija(x_t, h)
    stanja.append(h)
print(tuple(torch.stack(stanja).shape), torch.allclose(torch.stack(stanja), sloj(x)[0], atol=1e-6))
""",
            f"{shape_of(states)} {off_module < CLOSE}",
        ),
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
    weights, x, h = _vectors(seed)
    return apart(lab_cell(lab, "RNNCell", weights)(x, h), torch_cell("RNNCell", weights, share=0.25)(x, h))


def _off_numpy(lab: Lab3, seed: int) -> float:
    import torch

    weights, x, h = _vectors(seed)
    stepped = numpy_network(lab, weights, 2).step(x.numpy(), h.numpy())
    return apart(torch.from_numpy(stepped), linear(weights, "h", x, h).tanh())


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
    from math import tanh

    return tanh(given["W_hh"] * given["h"] + given["W_xh"] * given["x"])


def _tensors(lab: Lab3) -> tuple[tuple[str, str, str], ...]:
    """The tensors of the lab's cell beside those of torch's."""
    weights, _, _ = _vectors(0)
    own = {name: shape_of(tensor) for name, tensor in lab_cell(lab, "RNNCell", weights).named_parameters()}
    torchs = [f"{name} {shape_of(tensor)}" for name, tensor in torch_cell("RNNCell", weights).named_parameters()]
    width = max(len(own), len(torchs))
    rows = [*own.items(), *[("", "")] * (width - len(own))]
    return tuple((*row, other) for row, other in zip(rows, [*torchs, *[""] * (width - len(torchs))], strict=True))


def _loop(cells: list[Any], inputs: Tensor) -> Tensor:
    """The states (T, B, H) of a sequence, one cell for each step."""
    import torch

    states = [inputs.new_zeros(inputs.shape[1], HIDDEN)]
    for cell, x in zip(cells, inputs, strict=True):
        states.append(cell(x, states[-1]))
    return torch.stack(states[1:])


def _gradients(states: Tensor, cells: list[Any]) -> list[list[Tensor]]:
    """Gradients of one loss over all states, cell by cell."""
    import torch

    parameters = [parameter for cell in cells for parameter in cell.parameters()]
    found = torch.autograd.grad(states.square().sum(), parameters, allow_unused=True, materialize_grads=True)
    each = len(found) // len(cells)
    return [list(found[at : at + each]) for at in range(0, len(found), each)]


def _layer(weights: Weights) -> Any:
    """Torch's whole layer with these weights."""
    import torch
    from torch import nn

    with drawing():
        layer = nn.RNN(INPUT, HIDDEN, dtype=torch.float64)
    cell = torch_cell("RNNCell", weights, share=0.25)
    layer.load_state_dict({f"{name}_l0": tensor for name, tensor in cell.state_dict().items()})
    return layer


def _folded() -> Table:
    return Table(
        ("presavijeno", "korak t"),
        (
            ("izlaz", "o_t"),
            ("W_hy, b_y", "↑"),
            ("stanje", "h_t ⟲ W_hh, b_h"),
            ("W_xh", "↑"),
            ("ulaz", "x_t"),
        ),
        title="Petlja ⟲ vraća stanje u istu ćeliju u idućem koraku",
        marked=(2,),
    )


def _drawn_out(steps: int) -> Table:
    """The unrolled network as a grid: time to the right, input at the bottom."""
    times = range(1, steps + 1)
    return Table(
        ("odmotano", *(f"t = {t}" for t in times)),
        (
            ("izlaz", *(f"o{_low(t)}" for t in times)),
            ("W_hy, b_y", *("↑" for _ in times)),
            ("stanje", *(f"{'h₀ ' if t == 1 else ''}→ h{_low(t)}" for t in times)),
            ("W_xh", *("↑" for _ in times)),
            ("ulaz", *(f"x{_low(t)}" for t in times)),
        ),
        title="Svaka strelica → ista je W_hh (i b_h), svaka ↑ ista W_xh odnosno W_hy",
        marked=(2,),
    )


def _low(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _update_snippet(lab: Lab3) -> Snippet:
    """One step of torch's cell and the formula with the sum of its two bias vectors."""
    given = SCALARS[0]
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
