"""Proofs about the LSTM: its equations one by one, and how its cell state moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizlab.hooks.common import apart
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
    torch_cell,
)
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import gap

if TYPE_CHECKING:
    from torch import Tensor

EQUATIONS = {
    "forget_gate": "f_t = σ(W_f·[h, x] + b_f)",
    "input_gate": "i_t = σ(W_i·[h, x] + b_i)",
    "candidate": "c̃_t = tanh(W_c·[h, x] + b_c)",
    "cell_state": "c_t = f_t ⊙ c_(t−1) + i_t ⊙ c̃_t",
    "output_gate": "o_t = σ(W_o·[h, x] + b_o)",
    "hidden_state": "h_t = o_t ⊙ tanh(c_t)",
}
"""The equations of the LSTM, by the claim that puts each to the test."""

OPEN = 40.0
"""A bias that opens a gate altogether, or makes a candidate 1: σ(40) and tanh(40) are 1 in float64."""

UPDATES = {
    "forget_old_add_new": "f_t ⊙ c_(t−1) + i_t ⊙ c̃_t",
    "gates_swapped": "i_t ⊙ c_(t−1) + f_t ⊙ c̃_t",
    "squashed": "tanh(f_t ⊙ c_(t−1) + i_t ⊙ c̃_t)",
    "one_gate_for_both": "(1 − i_t) ⊙ c_(t−1) + i_t ⊙ c̃_t",
}
"""The updates of the cell state on offer, by the claim that puts each to the test."""


def lstm_equations(lab: Lab3) -> Evidence:
    """Write the LSTM out from drawn weights, one equation after another, and compare the lab's cell with each.

    The gates are the lab's own, or found by what they do; c and h are those that one whole step returns. torch's cell
    gets the same weights. The concatenated form W·[h, x] and the form with two matrices are one.
    """
    off = dict.fromkeys(EQUATIONS, 0.0)
    off_torch = off_form = 0.0
    example: tuple[dict[str, Tensor], dict[str, Tensor]] = ({}, {})
    for seed in SEEDS:
        weights, x, h, c = _step(seed)
        cell = lab_cell(lab, "LSTMCell", weights)
        expected, found = _written_out(weights, x, h, c), _found(lab, weights, x, h, c)
        off = {name: max(off[name], apart(found[name], expected[name])) for name in EQUATIONS}
        theirs = torch_cell("LSTMCell", weights, share=0.25)(x, (h, c))
        off_torch = max(off_torch, *(apart(one, other) for one, other in zip(cell(x, (h, c)), theirs, strict=True)))
        off_form = max(off_form, apart(_concatenated(weights, "f", x, h), linear(weights, "f", x, h)))
        example = example if example[0] else (expected, found)
    return Evidence(
        claims=(
            *(
                Claim(
                    name,
                    off[name] < CLOSE,
                    f"{EQUATIONS[name]}: najveća razlika od ćelije iz vježbe iznosi {gap(off[name])}",
                )
                for name in EQUATIONS
            ),
            Claim(
                "equals_torch_cell",
                off_torch < CLOSE,
                f"najveća razlika ćelije iz vježbe od nn.LSTMCell s istim težinama iznosi {gap(off_torch)}",
            ),
            Claim(
                "concatenation_is_the_same",
                off_form < CLOSE,
                "činjenica o množenju matrica, ista u svakoj vježbi: najveća razlika oblika W·[h, x] i W_h·h + "
                "W_x·x iznosi "
                f"{gap(off_form)}",
            ),
        ),
        blocks=(
            Table(
                ("jednadžba", "po jednadžbi", "vježba", "najveća razlika"),
                tuple(
                    (
                        EQUATIONS[name],
                        *(round(float(values[name].detach().flatten()[0]), 4) for values in example),
                        round(off[name], 4),
                    )
                    for name in EQUATIONS
                ),
                title="Prva komponenta jednog koraka i najveća razlika u svima",
            ),
        ),
        snippet=_equations_snippet(max(*off.values(), off_torch) < CLOSE),
    )


def cell_state_update(lab: Lab3) -> Evidence:
    """Compare the cell state that the lab's LSTM and torch's return with every update on offer."""
    import torch

    off = {name: {"vježba": 0.0, "nn.LSTMCell": 0.0} for name in UPDATES}
    shown: list[tuple[str, float]] = []
    for seed in SEEDS:
        weights, x, h, c = _step(seed)
        gates = _written_out(weights, x, h, c)
        f, i, new = gates["forget_gate"], gates["input_gate"], gates["candidate"]
        offered = {
            "forget_old_add_new": f * c + i * new,
            "gates_swapped": i * c + f * new,
            "squashed": torch.tanh(f * c + i * new),
            "one_gate_for_both": (1 - i) * c + i * new,
        }
        found = {
            "vježba": lab_cell(lab, "LSTMCell", weights)(x, (h, c))[1],
            "nn.LSTMCell": torch_cell("LSTMCell", weights, share=0.25)(x, (h, c))[1],
        }
        off = {
            name: {who: max(off[name][who], apart(state, offered[name])) for who, state in found.items()}
            for name in UPDATES
        }
        shown = shown or [(name, float(values.detach()[0, 0])) for name, values in (*found.items(), *offered.items())]
    return Evidence(
        claims=tuple(
            Claim(
                name,
                max(off[name].values()) < CLOSE,
                f"c_t = {UPDATES[name]}: najveća razlika od stanja ćelije iznosi {gap(off[name]['vježba'])} u vježbi, "
                f"a {gap(off[name]['nn.LSTMCell'])} u PyTorchu",
            )
            for name in UPDATES
        ),
        blocks=(
            Table(
                ("c_t", "razlika u vježbi", "razlika u PyTorchu"),
                tuple((UPDATES[name], *(round(each, 4) for each in off[name].values())) for name in UPDATES),
                title="Najveća razlika svake formule od izmjerenog stanja ćelije",
            ),
            Table(
                ("odakle", "c_t"),
                tuple((UPDATES.get(name, name), round(value, 4)) for name, value in shown),
                title="Prva komponenta jednog koraka",
            ),
        ),
        snippet=_state_snippet(),
    )


def _step(seed: int) -> tuple[Weights, Tensor, Tensor, Tensor]:
    """Weights of an LSTM, an input (B, I), a hidden state and a cell state (B, H) that reaches beyond ±1."""
    x, h, c = (noise(BATCH, size, seed=seed + place) for place, size in ((100, INPUT), (200, HIDDEN), (300, HIDDEN)))
    return drawn("LSTMCell", INPUT, HIDDEN, seed=seed), x, h.tanh(), 2 * c


def _written_out(weights: Weights, x: Tensor, h: Tensor, c: Tensor) -> dict[str, Tensor]:
    """One step by the equations."""
    f, i, o = (linear(weights, gate, x, h).sigmoid() for gate in "fio")
    new = linear(weights, "g", x, h).tanh()
    after = f * c + i * new
    return {
        "forget_gate": f,
        "input_gate": i,
        "candidate": new,
        "cell_state": after,
        "output_gate": o,
        "hidden_state": o * after.tanh(),
    }


def _found(lab: Lab3, weights: Weights, x: Tensor, h: Tensor, c: Tensor) -> dict[str, Tensor]:
    """The same of the lab's cell; where it does not tell its gates its states do, c' being linear in c."""
    cell = lab_cell(lab, "LSTMCell", weights)
    hidden, after = cell(x, (h, c))
    states = {"cell_state": after, "hidden_state": hidden}
    if hasattr(cell, "gate_values"):
        gates = cell.gate_values(x, h)
        return {"forget_gate": gates.f, "input_gate": gates.i, "candidate": gates.g, "output_gate": gates.o, **states}

    def added(**driven: float) -> Tensor:
        """I ⊙ c̃ with one of them decided by its bias."""
        decided = {name: bias + 0 * weights[name] if name.startswith("b_") else 0 * weights[name]
                   for gate, bias in driven.items() for name in (f"W_x{gate}", f"W_h{gate}", f"b_{gate}")}  # fmt: skip
        state: Tensor = lab_cell(lab, "LSTMCell", {**weights, **decided})(x, (h, 0 * c))[1]
        return state

    return {
        "forget_gate": cell(x, (h, 1 + 0 * c))[1] - cell(x, (h, 0 * c))[1],
        "input_gate": added(g=OPEN),
        "candidate": added(i=OPEN),
        "output_gate": hidden / after.tanh(),
        **states,
    }


def _concatenated(weights: Weights, gate: str, x: Tensor, h: Tensor) -> Tensor:
    """W·[h, x] + b with one matrix (H, H + I)."""
    import torch

    matrix = torch.cat([weights[f"W_h{gate}"], weights[f"W_x{gate}"]], dim=1)
    return torch.cat([h, x], dim=1) @ matrix.T + weights[f"b_{gate}"]


def _equations_snippet(same: bool) -> Snippet:
    """The equations against torch's cell, whose two biases are added up."""
    return Snippet(
        f"""\
import torch
from torch import nn

torch.manual_seed(0)
celija = nn.LSTMCell({INPUT}, {HIDDEN})
x, h, c = torch.randn({BATCH}, {INPUT}), torch.randn({BATCH}, {HIDDEN}), torch.randn({BATCH}, {HIDDEN})
zbroj = x @ celija.weight_ih.T + h @ celija.weight_hh.T + celija.bias_ih + celija.bias_hh
i, f, g, o = zbroj.chunk(4, dim=1)
i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
novo_c = f * c + i * g
novo_h = o * novo_c.tanh()
h_t, c_t = celija(x, (h, c))
print(torch.allclose(h_t, novo_h, atol=1e-6) and torch.allclose(c_t, novo_c, atol=1e-6))
""",
        str(same),
    )


def _state_snippet() -> Snippet:
    """The updates on offer against torch's cell."""
    import torch
    from torch import nn

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        cell = nn.LSTMCell(2, 2)
        x, h, c = torch.randn(1, 2), torch.randn(1, 2), torch.tensor([[2.0, -1.5]])
    with torch.no_grad():
        summed = x @ cell.weight_ih.T + h @ cell.weight_hh.T + cell.bias_ih + cell.bias_hh
        i, f, g, _ = summed.chunk(4, dim=1)
        i, f, g = i.sigmoid(), f.sigmoid(), g.tanh()
        lines = (cell(x, (h, c))[1], f * c + i * g, i * c + f * g, (f * c + i * g).tanh(), (1 - i) * c + i * g)
    return Snippet(
        """\
import torch
from torch import nn

torch.manual_seed(0)
celija = nn.LSTMCell(2, 2)
x, h, c = torch.randn(1, 2), torch.randn(1, 2), torch.tensor([[2.0, -1.5]])
zbroj = x @ celija.weight_ih.T + h @ celija.weight_hh.T + celija.bias_ih + celija.bias_hh
i, f, g, o = zbroj.chunk(4, dim=1)
i, f, g = i.sigmoid(), f.sigmoid(), g.tanh()
for s in (celija(x, (h, c))[1], f * c + i * g, i * c + f * g, (f * c + i * g).tanh(), (1 - i) * c + i * g):
    print([round(v, 3) for v in s[0].tolist()])
""",
        "\n".join(str([round(value, 3) for value in line[0].tolist()]) for line in lines),
    )
