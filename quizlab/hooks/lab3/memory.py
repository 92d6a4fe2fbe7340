"""Proof about long memory: the product that explodes in the plain RNN, and the LSTM's path around it."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import apart
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.fading import Faded, jacobians, norms, series
from quizlab.hooks.lab3.update import off_formula
from quizlab.hooks.lab3.weights import CLOSE, drawing, drawn, lab_cell, linear, noise
from quizlab.model import Claim, Evidence, Plot, Snippet, Table
from quizlab.numbers import decimal, gap, scientific

if TYPE_CHECKING:
    from torch import Tensor

SEEDS = range(3)
"""Few are enough where an equation is checked or a scale decides: chance has no say."""

INPUT, HIDDEN, BATCH = 3, 8, 4
STEPS = 40

LIMIT = 1.0
"""The norm to which the exploded gradient is clipped."""


def long_memory(lab: Lab3) -> Evidence:
    """From the plain RNN's update to the product that explodes, and to the LSTM's path that does not.

    ∂h_T/∂h_0 is compared with the product of diag(1 − h_t²)·W_hh; the scale of W_hh decides what becomes of it.
    On the LSTM's direct path, with h cut off from the graph, ∂c_T/∂c_0 is compared with the product of f_t.
    """
    off_update = max(off_formula(lab, seed=seed) for seed in SEEDS)
    off_product = max(_off_product(lab, seed) for seed in SEEDS)
    scaled = {scale: Faded(tuple(_scaled(lab, scale, seed) for seed in SEEDS)) for scale in (0.5, 2.0)}
    small, large = (median(faded.ends) for faded in scaled.values())
    paths = [_path(lab, seed) for seed in SEEDS]
    opened = [_path(lab, seed, forget=5.0) for seed in SEEDS]
    off_path = max(apart(path.direct[-1], path.product[-1]) / float(path.product[-1].max()) for path in paths)
    through = [float(path.direct[-1].median()) for path in opened]
    largest = max(float(path.direct.max()) for path in (*paths, *opened))
    off_rest = max(apart(path.whole, path.direct[-1]) for path in opened)
    off_state = max(_off_state(lab, seed) for seed in SEEDS)
    before, clipped = _clipped(lab, 2.0)
    return Evidence(
        claims=(
            Claim(
                "update_formula",
                off_update < CLOSE,
                f"najveća razlika ćelije iz vježbe od tanh(W_hh·h + W_xh·x + b_h) iznosi {gap(off_update)}",
            ),
            Claim(
                "gradient_is_a_product",
                off_product < CLOSE,
                f"relativna razlika ∂h_T/∂h_0 kroz {STEPS} koraka od umnoška matrica diag(1 − h_t²)·W_hh iznosi "
                f"{gap(off_product)}",
            ),
            Claim(
                "scale_of_W_hh_decides",
                max(scaled[0.5].ends) < 1e-6 and min(scaled[2.0].ends) > 1e6,
                f"norma kroz {STEPS} koraka iznosi {scientific(small)} kad W_hh svaki vektor prepolovi, a "
                f"{scientific(large)} kad ga udvostruči",
            ),
            Claim(
                "cell_state_is_a_sum",
                off_state < CLOSE,
                f"najveća razlika stanja ćelije od f_t ⊙ c_(t−1) + i_t ⊙ c̃_t iznosi {gap(off_state)}",
            ),
            Claim(
                "path_is_product_of_f",
                off_path < CLOSE,
                f"relativna razlika ∂c_T/∂c_0 na izravnom putu kroz {STEPS} koraka od umnoška svih f_t iznosi "
                f"{gap(off_path)}",
            ),
            Claim(
                "open_forget_gate_keeps_gradient",
                min(through) > 0.1,
                f"uz b_f = 5 (f ≈ 0,99) gradijent kroz {STEPS} koraka ima medijan {decimal(median(through))}",
            ),
            Claim(
                "path_cannot_explode",
                0 < largest <= 1,
                f"najveći faktor na izravnom putu u svim pokusima iznosi {decimal(largest, 4)}",
            ),
            Claim(
                "clipping_limits_norm",
                before > 1e6 and abs(clipped - LIMIT) < CLOSE,
                f"norma eksplodirajućega gradijenta prije podrezivanja iznosi {scientific(before)}, a poslije "
                f"{decimal(clipped)}",
            ),
            Claim(
                "other_paths_remain",
                off_rest > CLOSE,
                f"kad se računaju i putovi preko h i vrata, najveća razlika gradijenta od umnoška f_t iznosi "
                f"{gap(off_rest)}",
            ),
        ),
        blocks=(
            Plot(
                title=f"Norma gradijenta kroz k koraka, medijan za {len(SEEDS)} sjemena",
                x_label="k koraka unatrag",
                y_label="norma",
                series=(
                    series("RNN, W_hh · 2", scaled[2.0].median),
                    series("RNN, W_hh · 0,5", scaled[0.5].median),
                    series("LSTM, put kroz c, b_f = 5", tuple(opened[0].direct.median(dim=1).values.tolist())),
                    series("LSTM, put kroz c, b_f = 0", tuple(paths[0].direct.median(dim=1).values.tolist())),
                ),
                log_y=True,
            ),
            Table(
                ("komponenta", "∂c_T/∂c_0 (autograd)", "umnožak f_t"),
                tuple(
                    (place, *(round(float(values[-1][place]), 6) for values in (opened[0].direct, opened[0].product)))
                    for place in range(HIDDEN)
                ),
                title=f"Izravan put kroz {STEPS} koraka, b_f = 5",
            ),
        ),
        snippet=_path_snippet(),
    )


class Path(NamedTuple):
    """∂c_T/∂c_{T−k} for k = 1 … T on the direct path and as a product of f, (T, H); over all paths, (H,)."""

    direct: Tensor
    product: Tensor
    whole: Tensor


def _scaled(lab: Lab3, scale: float, seed: int) -> tuple[float, ...]:
    """The gradient through the lab's plain RNN whose W_hh stretches every vector by ``scale``.

    Inputs and biases are 0, so that no tanh is saturated and W_hh alone decides.
    """
    import torch

    return norms(_stretching(lab, scale, seed), torch.zeros(STEPS, INPUT, dtype=torch.float64), HIDDEN)


def _stretching(lab: Lab3, scale: float, seed: int) -> Any:
    """The lab's plain RNN cell without bias whose W_hh stretches every vector by ``scale``."""
    import torch

    weights = drawn("RNNCell", INPUT, HIDDEN, seed=seed)
    rotation = torch.linalg.qr(weights["W_hh"])[0]
    return lab_cell(lab, "RNNCell", {**weights, "W_hh": scale * rotation, "b_h": 0 * weights["b_h"]})


def _clipped(lab: Lab3, scale: float) -> tuple[float, float]:
    """The norm of the gradient by the first state before and after the lab's clipping."""
    import torch

    start = torch.nn.Parameter(torch.zeros(1, HIDDEN, dtype=torch.float64))
    cell, state = _stretching(lab, scale, SEEDS[0]), start
    for _ in range(STEPS):
        state = cell(torch.zeros(1, INPUT, dtype=torch.float64), state)
    start.grad = torch.autograd.grad(state.sum(), start, allow_unused=True, materialize_grads=True)[0]
    before = float(start.grad.norm())
    lab.clip_gradients([start], LIMIT)
    return before, float(start.grad.norm())


def _off_product(lab: Lab3, seed: int) -> float:
    """How far, relatively, ∂h_T/∂h_0 is from the product of diag(1 − h_t²)·W_hh."""
    import torch

    weights = drawn("RNNCell", INPUT, HIDDEN, seed=seed, scale=0.5)
    inputs = noise(STEPS, INPUT, seed=seed + 300)
    whole = jacobians(lab_cell(lab, "RNNCell", weights), inputs, HIDDEN)[-1]
    state, product = torch.zeros(1, HIDDEN, dtype=torch.float64), torch.eye(HIDDEN, dtype=torch.float64)
    for x in inputs:
        state = linear(weights, "h", x[None], state).tanh()
        product = (1 - state[0] ** 2)[:, None] * weights["W_hh"] @ product
    return apart(whole, product) / float(product.abs().max())


def _path(lab: Lab3, seed: int, forget: float = 0.0) -> Path:
    """One sequence through the lab's LSTM, differentiated along its cell state."""
    import torch

    weights = drawn("LSTMCell", INPUT, HIDDEN, seed=seed, scale=0.3)
    weights["b_f"] = torch.full_like(weights["b_f"], forget)
    cell, inputs = lab_cell(lab, "LSTMCell", weights), noise(STEPS, INPUT, seed=seed + 300)
    start = torch.zeros(1, HIDDEN, dtype=torch.float64, requires_grad=True)
    h, states, factors = start.detach(), [start], []
    for x in inputs:
        factors.append(linear(weights, "f", x[None], h).sigmoid()[0])
        after, c = cell(x[None], (h, states[-1]))
        h = after.detach()  # only the path through c stays in the graph
        states.append(c)
    direct = torch.autograd.grad(states[-1].sum(), states[-2::-1], allow_unused=True, materialize_grads=True)
    whole: tuple[Any, Any] = (start.detach(), start)
    for x in inputs:
        whole = cell(x[None], whole)
    (everything,) = torch.autograd.grad(whole[1].sum(), start)
    product = torch.stack(factors[::-1]).cumprod(dim=0)
    return Path(torch.cat(direct), product.detach(), everything[0])


def _off_state(lab: Lab3, seed: int) -> float:
    """How far the lab's cell state is from its update formula."""
    weights = drawn("LSTMCell", INPUT, HIDDEN, seed=seed)
    x, h = noise(BATCH, INPUT, seed=seed + 100), noise(BATCH, HIDDEN, seed=seed + 200).tanh()
    c = 2 * noise(BATCH, HIDDEN, seed=seed + 400)
    f, i = (linear(weights, gate, x, h).sigmoid() for gate in "fi")
    return apart(lab_cell(lab, "LSTMCell", weights)(x, (h, c))[1], f * c + i * linear(weights, "g", x, h).tanh())


def _path_snippet() -> Snippet:
    """The direct path through torch's LSTM cell, and the product of its forget gates."""
    import torch
    from torch import nn

    with drawing(), torch.no_grad():
        cell, h, c = nn.LSTMCell(3, 4), torch.zeros(1, 4), torch.zeros(1, 4)
        product = torch.ones(1, 4)
        for x in torch.randn(5, 1, 3):
            summed = x @ cell.weight_ih.T + h @ cell.weight_hh.T + cell.bias_ih + cell.bias_hh
            product = product * summed.chunk(4, dim=1)[1].sigmoid()
            h, c = cell(x, (h, c))
    shown = str([round(value, 4) for value in product[0].tolist()])
    return Snippet(
        """\
import torch
from torch import nn

torch.manual_seed(0)
celija, h = nn.LSTMCell(3, 4), torch.zeros(1, 4)
c0 = c = torch.zeros(1, 4, requires_grad=True)
umnozak = torch.ones(1, 4)
for x in torch.randn(5, 1, 3):
    zbroj = x @ celija.weight_ih.T + h @ celija.weight_hh.T + celija.bias_ih + celija.bias_hh
    umnozak = umnozak * zbroj.chunk(4, dim=1)[1].sigmoid().detach()
    h, c = celija(x, (h, c))
    h = h.detach()  # ostaje samo put kroz c
c.sum().backward()
print([round(v, 4) for v in c0.grad[0].tolist()])
print([round(v, 4) for v in umnozak[0].tolist()])
""",
        f"{shown}\n{shown}",
    )
