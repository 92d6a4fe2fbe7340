"""Proof about the GRU beside the plain RNN: what its gates do, and what that does to the gradient."""

from __future__ import annotations

from math import prod
from statistics import median
from typing import TYPE_CHECKING

from quizlab.hooks.common import apart
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.fading import Faded, norms, series
from quizlab.hooks.lab3.weights import CLOSE, Kind, Weights, drawing, drawn, lab_cell, linear, noise, torch_cell
from quizlab.model import Claim, Evidence, Plot, Snippet, Table
from quizlab.numbers import decimal, gap, grouped, scientific

if TYPE_CHECKING:
    from torch import Tensor

SEEDS = range(5)
INPUT, HIDDEN, BATCH = 3, 8, 4
STEPS = 40
FAR_OPEN = 20.0
"""A bias that opens or closes a gate altogether: σ(±20) is 1 or 0 to eight digits."""

ALIKE = 1e-6
"""How much an open gate may still let slip."""

SIZES = ((300, 150), (100, 1000), (7, 5))


def gru_against_rnn(lab: Lab3) -> Evidence:
    """Show what the lab's GRU has that its plain RNN has not, and what that does to the gradient.

    The gates are driven open and shut by their biases. The gradient through 40 steps is compared as the cells
    are built, over several seeds, and once more with an update gate that has learnt to keep (b_z + 4).
    """
    off_mix, low, high = _mixing(lab)
    kept, forgotten = _update_gate_driven(lab)
    hidden, seen = _reset_gate_driven(lab)
    faded = {
        "obični RNN": _fading(lab, "RNNCell"),
        "GRU": _fading(lab, "GRUCell"),
        "GRU, b_z + 4": _fading(lab, "GRUCell", raised={"b_z": 4.0}),
    }
    plain, gated, keeping = faded.values()
    counts = {size: [_count(lab, kind, *size) for kind in ("RNNCell", "GRUCell", "LSTMCell")] for size in SIZES}
    first = counts[SIZES[0]]
    one_bias = {kind: _off_one_bias(kind) for kind in ("RNNCell", "LSTMCell", "GRUCell")}
    return Evidence(
        claims=(
            Claim(
                "update_gate_mixes",
                off_mix < CLOSE and 0 < low < high < 1,
                f"najveća razlika novog stanja od (1 − z) ⊙ n + z ⊙ h iznosi {gap(off_mix)}, a z je između "
                f"{decimal(low, 4)} i {decimal(high, 4)}",
            ),
            Claim(
                "open_update_gate_copies",
                kept < ALIKE < forgotten,
                f"najveća promjena stanja iznosi {gap(kept)} uz z ≈ 1, a {gap(forgotten)} uz z ≈ 0",
            ),
            Claim(
                "closed_reset_gate_hides_state",
                hidden < ALIKE < seen,
                f"najveća promjena novoga stanja kad se, uz z ≈ 0, promijeni staro: {gap(hidden)} uz r ≈ 0, "
                f"{gap(seen)} uz r ≈ 1",
            ),
            Claim(
                "gradient_lasts_longer",
                median(gated.ends) > 10 * median(plain.ends)
                and min(keeping.ends) > 1000 * max(*plain.ends, *gated.ends),
                f"medijan norme gradijenta kroz {STEPS} koraka za {len(SEEDS)} sjemena; obični RNN: "
                f"{scientific(median(plain.ends))}, GRU: {scientific(median(gated.ends))}, GRU kojemu je b_z "
                f"povećan za 4: {scientific(median(keeping.ends))}",
            ),
            Claim(
                "three_and_four_times_the_parameters",
                all((gru, lstm) == (3 * rnn, 4 * rnn) for rnn, gru, lstm in counts.values()),
                f"parametara za ulaz {SIZES[0][0]} i stanje {SIZES[0][1]}: obični RNN {grouped(first[0])}, GRU "
                f"{grouped(first[1])}, LSTM {grouped(first[2])}",
            ),
            Claim(
                "one_bias_does_not_replace_two_in_gru",
                max(one_bias["RNNCell"], one_bias["LSTMCell"]) < CLOSE < one_bias["GRUCell"],
                "činjenica o PyTorchu, a ne o vježbi: kad se njegove dvije pristranosti zamijene zbrojem, najveća "
                "promjena novog stanja iznosi "
                f"{gap(one_bias['RNNCell'])} (RNN), {gap(one_bias['LSTMCell'])} (LSTM), odnosno "
                f"{gap(one_bias['GRUCell'])} (GRU)",
            ),
        ),
        blocks=(
            Plot(
                title=f"‖∂h_T/∂h_(T−k)‖, medijan za {len(SEEDS)} sjemena",
                x_label="k koraka unatrag",
                y_label="norma",
                series=tuple(series(name, each.median) for name, each in faded.items()),
                log_y=True,
            ),
            Table(
                ("ulaz", "stanje", "RNN", "GRU", "LSTM"),
                tuple((*size, *numbers) for size, numbers in counts.items()),
                title="Parametara ćelije: omjer je 1 : 3 : 4",
            ),
            Table(
                ("ćelija", "promjena uz zbroj pristranosti"),
                tuple((kind, round(difference, 4)) for kind, difference in one_bias.items()),
                title="Zbroj može zamijeniti PyTorchove dvije pristranosti, osim u GRU-u: tamo jednu množi r",
            ),
        ),
        snippet=_gru_snippet(),
    )


def _mixing(lab: Lab3) -> tuple[float, float, float]:
    """How far the lab's GRU is from its mixture, and the least and the largest z."""
    worst, gates = 0.0, []
    for seed in SEEDS:
        weights, x, h = _drawn_step("GRUCell", seed)
        z, expected = _gru(weights, x, h)
        worst = max(worst, apart(lab_cell(lab, "GRUCell", weights)(x, h), expected))
        gates.append(z)
    return worst, min(float(z.min()) for z in gates), max(float(z.max()) for z in gates)


def _gru(weights: Weights, x: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
    """The update gate and the new state, by the equations with one bias vector a gate."""
    r, z = (linear(weights, gate, x, h).sigmoid() for gate in "rz")
    n = (x @ weights["W_xn"].T + weights["b_n"] + r * (h @ weights["W_hn"].T)).tanh()
    return z, (1 - z) * n + z * h


def _update_gate_driven(lab: Lab3) -> tuple[float, float]:
    """How far the state moves with the update gate driven open, and driven shut."""
    weights, x, h = _drawn_step("GRUCell", 0)
    kept, forgotten = (
        apart(lab_cell(lab, "GRUCell", _driven(weights, z=bias))(x, h), h) for bias in (FAR_OPEN, -FAR_OPEN)
    )
    return kept, forgotten


def _reset_gate_driven(lab: Lab3) -> tuple[float, float]:
    """How far another old state moves the new one, the reset gate shut and open; nothing is copied (z ≈ 0)."""
    weights, x, h = _drawn_step("GRUCell", 0)
    cells = [lab_cell(lab, "GRUCell", _driven(weights, z=-FAR_OPEN, r=bias)) for bias in (-FAR_OPEN, FAR_OPEN)]
    hidden, seen = (apart(cell(x, h), cell(x, -h)) for cell in cells)
    return hidden, seen


def _driven(weights: Weights, **biases: float) -> Weights:
    """The weights with some gates decided by their bias alone."""
    decided = dict(weights)
    for gate, bias in biases.items():
        for name in (f"W_x{gate}", f"W_h{gate}", f"b_{gate}"):
            decided[name] = weights[name] * 0 + (bias if name.startswith("b_") else 0)
    return decided


def _drawn_step(kind: Kind, seed: int) -> tuple[Weights, Tensor, Tensor]:
    weights = drawn(kind, INPUT, HIDDEN, seed=seed)
    return weights, noise(BATCH, INPUT, seed=seed + 100), noise(BATCH, HIDDEN, seed=seed + 200).tanh()


def _fading(lab: Lab3, kind: Kind, raised: dict[str, float] | None = None) -> Faded:
    """The gradient through the lab's cell as it is built, with some of its biases raised."""
    import torch

    runs = []
    for seed in SEEDS:
        with drawing(seed):
            cell = getattr(lab, kind)(INPUT, HIDDEN).double()
        with torch.no_grad():
            for name, parameter in cell.named_parameters():
                parameter.add_((raised or {}).get(name, 0.0))
        runs.append(norms(cell, noise(STEPS, INPUT, seed=seed + 300), HIDDEN))
    return Faded(tuple(runs))


def _count(lab: Lab3, kind: Kind, input_size: int, hidden_size: int) -> int:
    import torch

    with torch.device("meta"):
        cell = getattr(lab, kind)(input_size, hidden_size)
    return sum(prod(parameter.shape) for parameter in cell.parameters())


def _off_one_bias(kind: Kind) -> float:
    """How far torch's cell moves when its two bias vectors become their sum and zero."""
    weights, x, h = _drawn_step(kind, 0)
    state = (h, 2 * h) if kind == "LSTMCell" else h
    two, one = (torch_cell(kind, weights, share=share)(x, state) for share in (0.25, 1.0))
    return apart(two[1], one[1]) if kind == "LSTMCell" else apart(two, one)


def _gru_snippet() -> Snippet:
    """The sizes of torch's cells and the gradient through them as they are built; printed are powers of ten."""
    import torch
    from torch import nn

    cells = (nn.RNNCell, nn.GRUCell, nn.LSTMCell)
    inputs, hidden = SIZES[0]
    lines = [
        f"{cell.__name__} {sum(p.numel() for p in cell(inputs, hidden, bias=False, device='meta').parameters())}"
        for cell in cells
    ]
    with drawing():
        x = torch.randn(STEPS, INPUT)
        for cell in (nn.RNNCell(INPUT, HIDDEN), nn.GRUCell(INPUT, HIDDEN)):
            start = h = torch.zeros(HIDDEN, requires_grad=True)
            for x_t in x:
                h = cell(x_t, h)
            (gradient,) = torch.autograd.grad(h.sum(), start)
            lines.append(f"{type(cell).__name__} 1e{gradient.norm().log10().round().int().item()}")
    return Snippet(
        f"""\
import torch
from torch import nn

for celija in (nn.RNNCell, nn.GRUCell, nn.LSTMCell):
    tezine = celija({inputs}, {hidden}, bias=False, device="meta").parameters()
    print(celija.__name__, sum(t.numel() for t in tezine))
torch.manual_seed(0)
x = torch.randn({STEPS}, {INPUT})
for celija in (nn.RNNCell({INPUT}, {HIDDEN}), nn.GRUCell({INPUT}, {HIDDEN})):
    h0 = h = torch.zeros({HIDDEN}, requires_grad=True)
    for x_t in x:
        h = celija(x_t, h)
    h.sum().backward()
    print(type(celija).__name__, f"1e{{h0.grad.norm().log10().round().int().item()}}")
""",
        "\n".join(lines),
    )
