"""Proof about the unrolled RNN: the folded network and the unrolled one are one, with the same weights every step."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from quizlab.hooks.common import apart, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import head
from quizlab.hooks.lab3.weights import (
    BATCH,
    CLOSE,
    HIDDEN,
    INPUT,
    Weights,
    drawing,
    drawn,
    lab_cell,
    noise,
    numpy_network,
    torch_cell,
)
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import gap

if TYPE_CHECKING:
    from torch import Tensor

Steps = Annotated[int, Meta(ge=2, le=8)]


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
    module = _layer(weights)(inputs)[0]
    off_loop, off_module = apart(states, loop), apart(states, module)
    off_copies, off_gradients = _off_copies(cell, inputs, states)
    off_start = apart(states, lab.unroll(cell, inputs, torch.zeros(BATCH, HIDDEN, dtype=torch.float64))[0])
    changed = apart(states[-1], _loop([cell] * steps, torch.cat([inputs[:1] + 1, inputs[1:]]))[-1])
    off_outputs, first_state = _numpy_run(lab, weights, inputs)
    off_last = head.off_last_state(lab)
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
                off_start < CLOSE and not first_state.any(),
                f"najveća razlika stanja bez zadanog početka i stanja uz h₀ = 0 iznosi {gap(off_start)}",
            ),
            Claim(
                "output_from_the_state",
                off_outputs < CLOSE,
                f"najveća razlika izlaza svih koraka od W_hy·h_t + b_y iznosi {gap(off_outputs)}",
            ),
            Claim(
                "classifier_takes_the_last_state",
                off_last < head.CLOSE,
                f"ono što u klasifikatoru iz vježbe ulazi u izlazni sloj razlikuje se od posljednjeg stanja za "
                f"{gap(off_last)}",
            ),
        ),
        blocks=(
            _folded(),
            _drawn_out(steps),
            _steps_table(cell, inputs, states, module),
        ),
        snippet=_snippet(steps, states, off_module < CLOSE),
    )


def _off_copies(cell: Any, inputs: Tensor, states: Tensor) -> tuple[float, float]:
    """How far a copy of the cell for each step is from the shared one: its states, and its gradients added up."""
    import torch

    copies = [deepcopy(cell) for _ in inputs]
    apart_states = _loop(copies, inputs)
    shared = _gradients(states, [cell])
    added = [sum(each, torch.zeros_like(each[0])) for each in zip(*_gradients(apart_states, copies), strict=True)]
    return apart(states, apart_states), max(apart(one, other) for one, other in zip(shared[0], added, strict=True))


def _numpy_run(lab: Lab3, weights: Weights, inputs: Tensor) -> tuple[float, Any]:
    """How far the outputs of the lab's NumPy network are from W_hy·h_t + b_y, and the state it starts from."""
    import torch

    network = numpy_network(lab, weights, 2)
    b_y = network.parameters.b_y
    b_y += 1.0  # it starts at zero, and a bias that is left out would not show
    trace = network.forward(inputs.numpy())
    outputs = trace.states[1:] @ network.parameters.W_hy.T + network.parameters.b_y
    return apart(torch.from_numpy(trace.logits), torch.from_numpy(outputs)), trace.states[0]


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
    """The folded network with its loop, input at the bottom."""
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
    """A number as a subscript."""
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def _steps_table(cell: Any, inputs: Tensor, states: Tensor, module: Tensor) -> Table:
    """Step by step: the shapes, and how far the state is from that of torch's layer."""
    counted = sum(parameter.numel() for parameter in cell.parameters())
    return Table(
        ("korak", "ulaz x_t", "stanje h_t", "razlika od nn.RNN"),
        tuple(
            (t + 1, shape_of(inputs[t]), shape_of(states[t]), round(apart(states[t], module[t]), 9))
            for t in range(len(inputs))
        ),
        title=f"Parametara je {counted}, koliko god bilo koraka",
    )


def _snippet(steps: int, states: Tensor, same: bool) -> Snippet:
    """Torch's cell in a loop against torch's layer."""
    return Snippet(
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
        f"{shape_of(states)} {same}",
    )
