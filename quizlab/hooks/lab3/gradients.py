"""Proofs about the gradient through time: which matrix makes it explode or vanish, and what the state carries."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import listed
from quizlab.hooks.faces import Lab3, once_per_lab
from quizlab.model import Claim, Evidence, Plot, Series, Snippet, Table
from quizlab.numbers import decimal, gap, row, scientific, shortest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

INPUTS, HIDDEN, STEPS = 8, 24, 60
SEEDS = range(5)
TINY = 1e-150
"""Imaginary step of the complex-step derivative: so small that its square vanishes, and exact for it."""

FOLD = 100.0
"""A gradient grows or vanishes with T when T = 60 and T = 1 differ at least so many times."""

DRIFT = 1e-9
"""Relative error that float64 may gather in a product of 60 matrices."""

CLOSE = 1e-6
"""Relative error of a sum of sixty such products."""

MATRICES = {"W_hh": "recurrent_matrix", "W_xh": "input_matrix", "W_hy": "output_matrix", "b_h": "state_bias"}
"""The parameters on offer, by the claim that puts each to the test."""

SCALES = {"W_hh": (0.5, 1.0, 2.0, 4.0), "W_xh": (0.05, 0.5, 1.0, 4.0, 20.0), "W_hy": (0.05, 20.0), "b_h": (0.05, 20.0)}
"""By how much each of them is multiplied while the others stay."""


class Run(NamedTuple):
    """One network over one sequence: for T = 1 … 60 the norms of ∂h_T/∂h_0 and ∂o_T/∂h_0, and the mean |h|."""

    states: Array
    outputs: Array
    size: float


class Curve(NamedTuple):
    """The medians over the seeds, for T = 1 … 60."""

    norms: tuple[float, ...]
    size: float

    @property
    def grows(self) -> bool:
        """Whether the last norm is many times the first."""
        return self.norms[-1] > FOLD * self.norms[0]

    @property
    def vanishes(self) -> bool:
        """Whether the first norm is many times the last."""
        return FOLD * self.norms[-1] < self.norms[0]


def exploding_matrix(lab: Lab3) -> Evidence:
    """Scale one matrix of the lab's plain RNN at a time and follow the norm of ∂h_T/∂h_0 for T = 1 … 60.

    A matrix decides if one of its scales makes the gradient grow with T and another makes it vanish
    (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013). W_hy
    is not on the way from h_0 to h_T, so for it the gradient of the output, ∂o_T/∂h_0, is followed.
    """
    curves = swept(lab)
    base, saturated = curves["W_xh", 1.0], curves["W_xh", 20.0]
    drawn = (("W_hh", 4.0), ("W_hh", 2.0), ("W_hh", 1.0), ("W_xh", 20.0), ("W_hh", 0.5))
    return Evidence(
        claims=(
            *(_decides(curves, matrix) for matrix in MATRICES),
            Claim(
                "large_input_saturates",
                saturated.size > base.size and saturated.norms[-1] * FOLD < base.norms[-1],
                f"uz W_xh × {shortest(20.0)} prosječni je |h| {decimal(saturated.size)} umjesto "
                f"{decimal(base.size)}, a norma za T = {STEPS} iznosi {scientific(saturated.norms[-1])} umjesto "
                f"{scientific(base.norms[-1])}: zasićeni tangens hiperbolni gradijent smanjuje",
            ),
            _backward_claim(lab),
        ),
        blocks=(
            Plot(
                title=f"‖∂h_T/∂h_0‖ za T = 1 … {STEPS}, {len(SEEDS)} sjemena, medijan",
                x_label="T",
                y_label="norma",
                series=tuple(
                    Series(
                        "sve × 1" if scale == 1 else f"{matrix} × {shortest(scale)}",
                        tuple(range(1, STEPS + 1)),
                        curves[matrix, scale].norms,
                    )
                    for matrix, scale in drawn
                ),
                log_y=True,
            ),
            Table(
                ("parametar", "faktor", "T = 1", "T = 10", f"T = {STEPS}", "s T"),
                tuple(
                    (matrix, shortest(scale), *(scientific(curve.norms[at]) for at in (0, 9, -1)), _course(curve))
                    for (matrix, scale), curve in curves.items()
                ),
                title="Množi se samo jedan parametar, ostali stoje (za W_hy norma je ‖∂o_T/∂h_0‖)",
                marked=tuple(at for at, curve in enumerate(curves.values()) if curve.grows),
            ),
        ),
        snippet=_snippet(lab, ((1.0, 1.0), (0.5, 1.0), (4.0, 1.0), (1.0, 0.05), (1.0, 20.0))),
    )


def hidden_state(lab: Lab3) -> Evidence:
    """Look at what the hidden state of the lab's plain RNN carries, and at its gradient over many steps."""
    import numpy as np

    curves = swept(lab)
    network, inputs = _network(lab, 0)
    states = network.forward(inputs).states
    other = inputs.copy()
    other[0] += 1.0
    moved = float(np.abs(network.forward(other).states[1:4] - states[1:4]).max(axis=(1, 2)).min())
    resumed = network.forward(inputs[10:], states[10]).states
    off_resumed = float(np.abs(resumed - states[10:]).max())
    shapes = {network.forward(inputs[:steps]).states[-1].shape for steps in (1, 10, STEPS)}
    off_product = _off_product(network, inputs)
    vanishing, exploding = curves["W_hh", 0.5], curves["W_hh", 4.0]
    return Evidence(
        claims=(
            Claim(
                "carries_the_past",
                moved > 1e-3 and off_resumed == 0,
                "kad se promijeni samo prvi ulaz, prva tri stanja pomaknu se barem za "
                f"{decimal(moved, 3)}; nastavak iz zapamćenog stanja h_10, bez ranijih ulaza, razlikuje se za "
                f"{gap(off_resumed)}",
            ),
            Claim(
                "fixed_size",
                shapes == {(1, HIDDEN)},
                f"nakon 1, 10 i {STEPS} riječi stanje ima oblik {listed(sorted(map(str, shapes)))}",
            ),
            Claim(
                "product_of_jacobians",
                off_product < DRIFT,
                f"najveća relativna razlika između ∂h_T/∂h_0 i umnoška matrica diag(1 − h_t²)·W_hh za t = 1 … T: "
                f"{gap(off_product)}",
            ),
            _backward_claim(lab),
            Claim(
                "gradient_vanishes",
                vanishing.vanishes,
                f"uz W_hh × {shortest(0.5)} norma ide od {scientific(vanishing.norms[0])} za T = 1 do "
                f"{scientific(vanishing.norms[-1])} za T = {STEPS}",
            ),
            Claim(
                "gradient_explodes",
                exploding.grows,
                f"uz W_hh × {shortest(4.0)} norma ide od {scientific(exploding.norms[0])} za T = 1 do "
                f"{scientific(exploding.norms[-1])} za T = {STEPS}",
            ),
        ),
        blocks=(
            Plot(
                title=f"‖∂h_T/∂h_0‖ za T = 1 … {STEPS}, {len(SEEDS)} sjemena, medijan",
                x_label="T",
                y_label="norma",
                series=tuple(
                    Series(f"W_hh × {shortest(scale)}", tuple(range(1, STEPS + 1)), curves["W_hh", scale].norms)
                    for scale in (4.0, 1.0, 0.5)
                ),
                log_y=True,
            ),
            Table(
                ("riječi pročitano", "oblik stanja", "prosječni |h|"),
                tuple(
                    (steps, str(states[steps].shape), round(float(np.abs(states[steps]).mean()), 3))
                    for steps in (1, 10, STEPS)
                ),
                title="Stanje je jednako veliko koliko god riječi sažimalo",
            ),
        ),
        snippet=_snippet(lab, ((0.5, 1.0), (4.0, 1.0))),
    )


@once_per_lab
def swept(lab: Lab3) -> dict[tuple[str, float], Curve]:
    """For each parameter and each scale of it: the median norms over the seeds, the rest left as it was."""
    base = [_run(*_network(lab, seed)) for seed in SEEDS]
    curves = {}
    for matrix, scales in SCALES.items():
        for scale in scales:
            runs = base if scale == 1.0 else [_run(*_network(lab, seed, {matrix: scale})) for seed in SEEDS]
            curves[matrix, scale] = _median(runs, of_output=matrix == "W_hy")
    return curves


def _network(lab: Lab3, seed: int, scales: dict[str, float] | None = None) -> tuple[Any, Array]:
    """The lab's plain RNN with weights of its size drawn here, some of them scaled, and 60 random inputs.

    W_hh has a spectral radius near 1, the border between vanishing and exploding. The order of the draws is
    that of the snippets.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    network = lab.PlainRNN(INPUTS, HIDDEN, INPUTS, np.random.default_rng(0))
    arrays = network.parameters.arrays()

    def draw(name: str, spread: float) -> None:
        if name in arrays:
            arrays[name][...] = (scales or {}).get(name, 1.0) * rng.normal(0, spread, arrays[name].shape)

    draw("W_xh", 0.1)
    draw("W_hh", HIDDEN**-0.5)
    draw("b_h", 0.1)
    inputs = rng.normal(size=(STEPS, 1, INPUTS))
    draw("W_hy", HIDDEN**-0.5)
    return network, inputs


def _run(network: Any, inputs: Array) -> Run:
    """Norms of the exact derivatives by the state before the first step.

    By complex steps (Squire and Trapp, SIAM Review 1998): row j of the batch starts with a tiny imaginary part
    in coordinate j, and what the network makes of it is column j of the Jacobian, without cancellation.
    """
    import numpy as np

    h = 1j * TINY * np.eye(HIDDEN)
    states, outputs = [], []
    for x in inputs:
        h = network.step(x, h)
        states.append(h)
        outputs.append(network.output(h))
    of_states, of_outputs = (np.linalg.norm(np.stack(each).imag / TINY, axis=(1, 2)) for each in (states, outputs))
    return Run(of_states, of_outputs, float(np.abs(np.stack(states).real).mean()))


def _median(runs: list[Run], *, of_output: bool) -> Curve:
    import numpy as np

    norms = np.median([run.outputs if of_output else run.states for run in runs], axis=0)
    return Curve(tuple(norms.tolist()), float(np.median([run.size for run in runs])))


def _off_product(network: Any, inputs: Array) -> float:
    """Relative distance of ∂h_T/∂h_0 from the product of the per-step Jacobians, the worst over T."""
    import numpy as np

    W_hh = network.parameters.W_hh
    h, product, worst = 1j * TINY * np.eye(HIDDEN), np.eye(HIDDEN), 0.0
    for x in inputs:
        h = network.step(x, h)
        product = (1 - h[0].real[:, None] ** 2) * W_hh @ product
        jacobian = h.imag.T / TINY
        worst = max(worst, float(np.linalg.norm(jacobian - product) / np.linalg.norm(product)))
    return worst


def _backward_claim(lab: Lab3) -> Claim:
    """Whether the lab's backward pass sends back to h_0 what the derivatives of its own steps say."""
    off = max(_off_backward(*_network(lab, seed)) for seed in SEEDS[:2])
    return Claim(
        "backward_agrees",
        off < CLOSE,
        f"gradijent gubitka po h_0 koji kroz {STEPS} koraka unatrag računa mreža iz vježbe i onaj iz derivacija "
        "njezinih "
        f"koraka: najveća relativna razlika iznosi {gap(off)}",
    )


def _off_backward(network: Any, inputs: Array) -> float:
    """Relative distance of the lab's ∂L/∂h_0 from the sum of (ŷ_t − y_t)·∂o_t/∂h_0; infinite if there is none."""
    import numpy as np

    targets = np.arange(STEPS)[:, None] % INPUTS
    trace = network.forward(inputs)
    probabilities = np.exp(trace.logits - trace.logits.max(-1, keepdims=True))
    slopes = probabilities / probabilities.sum(-1, keepdims=True) - np.eye(INPUTS)[targets]
    h, expected = 1j * TINY * np.eye(HIDDEN), np.zeros(HIDDEN)
    for x, slope in zip(inputs, slopes, strict=True):
        h = network.step(x, h)
        expected += network.output(h).imag / TINY @ slope[0]
    found = network.backward(trace, targets).states[0][0]
    return float(np.linalg.norm(found - expected) / np.linalg.norm(expected)) if expected.any() else math.inf


def _decides(curves: dict[tuple[str, float], Curve], matrix: str) -> Claim:
    """Whether the scale of this parameter alone makes the gradient explode and vanish."""
    own = {scale: curves[matrix, scale] for scale in SCALES[matrix]}
    growing = "; ".join(shortest(scale) for scale, curve in own.items() if curve.grows)
    vanishing = "; ".join(shortest(scale) for scale, curve in own.items() if curve.vanishes)
    most = max(own.values(), key=lambda curve: curve.norms[-1])
    return Claim(
        MATRICES[matrix],
        bool(growing and vanishing),
        f"{matrix} se množi s: {row(own)}; gradijent raste s brojem koraka T uz: {growing or '–'}; "
        f"nestaje uz: {vanishing or '–'}; najveća norma za T = {STEPS} iznosi {scientific(most.norms[-1])}",
    )


def _course(curve: Curve) -> str:
    return "raste" if curve.grows else "nestaje" if curve.vanishes else "ni jedno ni drugo"


def _magnitude(norm: float) -> int | None:
    """The power of ten nearest to a norm; a gradient that is gone has none."""
    return round(math.log10(norm)) if norm else None


def _snippet(lab: Lab3, settings: tuple[tuple[float, float], ...]) -> Snippet:
    """The same measurement in plain NumPy; what is printed are powers of ten."""
    lines = []
    for hh, xh in settings:
        norms = _run(*_network(lab, 0, {"W_hh": hh, "W_xh": xh})).states
        lines.append(f"{hh} {xh} {[_magnitude(norms[at]) for at in (9, 29, 59)]}")
    return Snippet(
        f"""\
import numpy as np

for puta_hh, puta_xh in {settings}:
    rng = np.random.default_rng(0)
    W_xh = puta_xh * rng.normal(0, 0.1, ({HIDDEN}, {INPUTS}))
    W_hh = puta_hh * rng.normal(0, {HIDDEN}**-0.5, ({HIDDEN}, {HIDDEN}))
    b_h, h, J, norme = rng.normal(0, 0.1, {HIDDEN}), np.zeros({HIDDEN}), np.eye({HIDDEN}), []
    for x in rng.normal(size=({STEPS}, {INPUTS})):
        h = np.tanh(W_hh @ h + W_xh @ x + b_h)
        J = (1 - h[:, None] ** 2) * W_hh @ J  # dh_t / dh_0
        norme.append(np.linalg.norm(J))
    print(puta_hh, puta_xh, [round(np.log10(norme[T - 1])) for T in (10, 30, {STEPS})])
""",
        "\n".join(lines),
    )
