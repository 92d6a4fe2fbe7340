"""Proof about the clipping of gradients in lab 3: what it does to a large gradient and to a small one."""

from __future__ import annotations

from collections.abc import Mapping
from math import hypot
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from quizlab.hooks.common import rounded, seeded
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.steps import training_claims
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, gap, row, scientific

if TYPE_CHECKING:
    from torch import Tensor, nn

CLOSE = 1e-5
"""Relative difference up to which two norms in float32 are equal."""

Component = Annotated[float, Meta(ge=0.1, le=1000)]
Limit = Annotated[float, Meta(ge=0.001, le=1000)]

LIMITS = (0.25, 1.0, 5.0)
"""Norms to clip to; the first is that of the lab's GRU run."""


def clipping(lab: Lab3) -> Evidence:
    """Clip a gradient that exploded over a long sequence, and a small one, with the lab's own function.

    Both are gradients of a plain RNN of torch, so that nothing but the clipping is the lab's; the limit is put
    on the norm of all tensors together. Then the same in the lab's own step of training.
    """
    with seeded(0):
        exploded, small = _rnn_with_gradients(steps=30, scale=4.0), _rnn_with_gradients(steps=1, scale=1.0)
    large_before, small_before = _flat(exploded), _flat(small)
    small_before *= 0.9 * LIMITS[0] / float(small_before.norm())
    weights_before = _weight_norm(exploded)
    large = {limit: _clipped(lab, exploded, large_before, limit) for limit in LIMITS}
    little = {limit: _clipped(lab, small, small_before, limit) for limit in LIMITS}
    weights_after = _weight_norm(exploded)
    untouched, raised, zeroed = _small_claims(small_before, little)
    return Evidence(
        claims=(
            *_large_claims(large_before, large),
            untouched,
            raised,
            Claim(
                "shrinks_weights",
                weights_after < weights_before * (1 - CLOSE),
                f"norma težina prije podrezivanja je {decimal(weights_before, 3)}, a poslije "
                f"{decimal(weights_after, 3)}",
            ),
            zeroed,
            *training_claims(lab),
        ),
        blocks=(_norms_table(large_before, large, small_before, little),),
        snippet=_snippet(lab),
    )


def _large_claims(gradient: Tensor, clipped: Mapping[float, Tensor]) -> tuple[Claim, Claim]:
    """What clipping does to a gradient above every limit: to its norm, and to its direction."""
    import torch

    before, norms = float(gradient.norm()), {limit: float(after.norm()) for limit, after in clipped.items()}
    cosines = [float(torch.cosine_similarity(gradient.double(), each.double(), dim=0)) for each in clipped.values()]
    return (
        Claim(
            "limits_norm",
            all(before > limit >= norm * (1 - CLOSE) for limit, norm in norms.items()),
            f"eksplodirajući gradijent ima normu {scientific(before)}; uz granice {row(LIMITS)} norma nakon "
            f"podrezivanja iznosi redom {row(round(norm, 4) for norm in norms.values())}",
        ),
        Claim(
            "direction_kept",
            all(cosine > 1 - 1e-9 for cosine in cosines),
            f"kosinus kuta između gradijenta prije i poslije podrezivanja najmanje je {decimal(min(cosines), 6)}",
        ),
    )


def _small_claims(gradient: Tensor, clipped: Mapping[float, Tensor]) -> tuple[Claim, Claim, Claim]:
    """What clipping does to a gradient below every limit: leaves it, raises its norm, zeroes its components."""
    import torch

    before, norms = float(gradient.norm()), [float(each.norm()) for each in clipped.values()]
    zeros = sum(int((each == 0).sum() - (gradient == 0).sum()) for each in clipped.values())
    return (
        Claim(
            "small_untouched",
            all(torch.equal(gradient, each) for each in clipped.values()),
            f"gradijent norme {decimal(before, 3)}, manje od svih granica, pomaknuo se za "
            f"{gap(max(float((each - gradient).abs().max()) for each in clipped.values()))}",
        ),
        Claim(
            "raises_small",
            min(norms) > before * (1 + CLOSE),
            f"mali gradijent prije podrezivanja ima normu {decimal(before, 3)}, a poslije najviše "
            f"{decimal(max(norms), 3)}",
        ),
        Claim(
            "zeroes_small",
            zeros > 0,
            f"broj komponenata malog gradijenta postavljenih na nulu: {zeros} od {gradient.numel()}",
        ),
    )


def _norms_table(
    large: Tensor, large_clipped: Mapping[float, Tensor], small: Tensor, small_clipped: Mapping[float, Tensor]
) -> Table:
    """The norms of both gradients before and after, for each limit."""
    return Table(
        ("granica", "norma prije", "norma poslije", "mala norma prije", "mala norma poslije"),
        tuple(
            (
                limit,
                scientific(float(large.norm())),
                *(round(float(each.norm()), 4) for each in (large_clipped[limit], small, small_clipped[limit])),
            )
            for limit in LIMITS
        ),
        title="Gradijent kroz 30 koraka s prevelikom W_hh i mali gradijent, prije i poslije podrezivanja",
    )


def _rnn_with_gradients(*, steps: int, scale: float) -> nn.Module:
    """A small plain RNN of torch, W_hh enlarged, with the gradient of its last state by its weights."""
    import torch
    from torch import nn

    network = nn.RNN(4, 16)
    with torch.no_grad():
        network.get_parameter("weight_hh_l0").normal_(0, scale / 4)
    states, _ = network(0.1 * torch.randn(steps, 1, 4))
    torch.autograd.backward(states[-1].sum())
    return network


def _weight_norm(network: nn.Module) -> float:
    """The norm of all weights together, to see whether clipping touches them."""
    from torch.nn.utils import parameters_to_vector

    return float(parameters_to_vector(network.parameters()).detach().norm())


def _flat(network: nn.Module) -> Tensor:
    """The gradients of all parameters in one vector."""
    import torch

    return torch.cat([p.grad.flatten() for p in network.parameters() if p.grad is not None])


def _clipped(lab: Lab3, network: nn.Module, gradient: Tensor, limit: float) -> Tensor:
    """What the lab's clipping leaves of this gradient, given to the network's parameters piece by piece."""
    import torch

    parameters = list(network.parameters())
    for p, piece in zip(parameters, torch.split(gradient, [p.numel() for p in parameters]), strict=True):
        p.grad = piece.view_as(p).clone()
    lab.clip_gradients(parameters, limit)
    return _flat(network)


def _snippet(lab: Lab3) -> Snippet:
    """Two gradients small enough to follow by hand: (3, 4) has the norm 5."""
    import torch

    limit = LIMITS[1]
    lines = []
    for gradient in ((3.0, 4.0), (0.3, 0.4)):
        p = torch.nn.Parameter(torch.zeros(2))
        p.grad = torch.tensor(gradient)
        lab.clip_gradients([p], limit)
        lines.append(f"{list(gradient)} {rounded(p.grad)}")
    return Snippet(
        f"""\
import torch
from torch import nn

w = nn.Parameter(torch.zeros(2))
for gradijent in ([3.0, 4.0], [0.3, 0.4]):
    w.grad = torch.tensor(gradijent)
    nn.utils.clip_grad_norm_([w], max_norm={limit})
    print(gradijent, [round(x, 4) for x in w.grad.tolist()])
""",
        "\n".join(lines),
    )


def clipped_component(
    lab: Lab3,
    *,
    first: Component = 6.0,
    second: Component = 8.0,
    limit: Limit = 1.0,
    clip: Literal["lab", "nothing", "values", "sum"] = "lab",
    look_at: Literal["first", "second", "norm"] = "first",
) -> Evidence:
    """Clip a gradient of two components with the lab's own function and look at the first of them.

    ``clip`` clips nothing, each component alone, or the sum of the components instead of their norm; ``look_at``
    takes the second component or the norm for the first component.
    """
    found = {how: _clip_pair(lab, first, second, limit, how) for how in ("lab", clip)}
    after = found["lab"]
    norm_before, norm = hypot(first, second), hypot(*after)
    looked_at = {"first": found[clip][0], "second": found[clip][1], "norm": hypot(*found[clip])}[look_at]
    return Evidence(
        cases=(Case(value=looked_at),),
        claims=(
            Claim(
                "norm_is_the_limit",
                norm_before > limit and abs(norm - limit) < CLOSE * limit,
                f"norma gradijenta prije podrezivanja je {decimal(norm_before, 4)}, a poslije {decimal(norm, 4)}",
            ),
            Claim(
                "ratio_kept",
                abs(after[0] * second - after[1] * first) < CLOSE * first * second,
                f"omjer komponenata prije je {decimal(first / second, 4)}, a poslije {decimal(after[0] / after[1], 4)}",
            ),
        ),
        blocks=(
            Table(
                ("gradijent", "prva komponenta", "druga komponenta", "L2-norma"),
                (
                    ("prije podrezivanja", first, second, round(norm_before, 4)),
                    ("poslije", round(after[0], 4), round(after[1], 4), round(norm, 4)),
                ),
                title=f"Podrezivanje na normu {row([limit])}",
            ),
        ),
        snippet=Snippet(
            f"""\
import torch

tezine = torch.zeros(2, dtype=torch.float64, requires_grad=True)
tezine.grad = torch.tensor([{first}, {second}], dtype=torch.float64)
torch.nn.utils.clip_grad_norm_([tezine], {limit})
print([round(g, 4) for g in tezine.grad.tolist()])
""",
            str([round(each, 4) for each in after]),
        ),
    )


def _clip_pair(lab: Lab3, first: float, second: float, limit: float, clip: str) -> list[float]:
    """The two components after clipping in one of the ways."""
    import torch
    from torch import nn

    weights = nn.Parameter(torch.zeros(2, dtype=torch.float64))
    weights.grad = torch.tensor([first, second], dtype=torch.float64)
    if clip == "lab":
        lab.clip_gradients([weights], limit)
    if clip == "values":
        nn.utils.clip_grad_value_([weights], limit)
    if clip == "sum":
        nn.utils.clip_grad_norm_([weights], limit, norm_type=1)
    return [float(each) for each in weights.grad]
