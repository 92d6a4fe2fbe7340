"""Proofs about lab 3's training: its criterion, its optimiser and the clipping of its gradients."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from quizlab.hooks.common import decimal, gap, listed, scientific, seeded, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.model import Claim, Evidence, Snippet, Table

if TYPE_CHECKING:
    from torch import Tensor, nn

CLOSE = 1e-5
"""How far apart two float32 computations of the same number may come out."""

LOGITS, LABELS = (-2.0, -0.5, 1.0, 3.0), (0, 1, 1, 0)
"""Four examples for tables and snippets: two right, two wrong."""

LIMITS = (0.25, 1.0, 5.0)
"""Norms to clip to; the first is that of the lab's GRU run."""

GRADIENTS = ((1.0, -2.0, 0.5), (3.0, 0.1, -0.5), (-0.5, 1.0, 4.0), (0.2, -2.0, 1.0))
"""Gradients of three weights in four steps. One step is not enough: Adagrad's first equals Adam's."""

Losses = Callable[["Tensor", "Tensor"], "Tensor"]


# --- the criterion ------------------------------------------------------------------------------------

CRITERIA = {
    "cross_entropy": "unakrsna entropija",
    "squared_error": "srednja kvadratna pogreška",
    "hinge": "zglobni gubitak",
    "absolute_error": "srednja apsolutna pogreška",
}
"""The losses on offer, by the claim that puts each to the test."""


def criterion(lab: Lab3) -> Evidence:
    """Compare the lab's criterion with every loss on offer, on random examples.

    Two-class cross-entropy is computed by softmax over the logits (0, z) of an example with the logit z:
    σ(z) is the softmax of that pair, so it is the same loss as binary cross-entropy.
    """
    import torch
    from torch.nn.functional import binary_cross_entropy

    measure = lab.make_criterion()
    examples = [(z.view(1), y.view(1)) for logits, labels in _batches() for z, y in zip(logits, labels, strict=True)]
    lab_says = [_number(measure(z, y.float())) for z, y in examples]
    losses = _losses()
    off = {
        name: max(abs(float(loss(*example)) - said) for example, said in zip(examples, lab_says, strict=True))
        for name, loss in losses.items()
    }
    off_binary = max(
        # in float64, where σ(z) keeps the digits that 1 − σ(z) needs
        abs(float(binary_cross_entropy(z.double().sigmoid(), y.double())) - said)
        for (z, y), said in zip(examples, lab_says, strict=True)
    )
    few = torch.tensor(LOGITS), torch.tensor(LABELS)
    on_few = _number(measure(few[0], few[1].float()))
    return Evidence(
        claims=(
            *(
                Claim(
                    name,
                    off[name] < CLOSE,
                    f"{CRITERIA[name]}: na {len(examples)} nasumičnih primjera najveća je razlika od gubitka iz vježbe "
                    f"{gap(off[name])}",
                )
                for name in CRITERIA
            ),
            Claim(
                "binary_on_logits",
                off_binary < CLOSE,
                "binarna unakrsna entropija vjerojatnosti σ(z) od gubitka iz vježbe, kojemu se daju logiti z, "
                f"razlikuje se do {gap(off_binary)}",
            ),
        ),
        blocks=(
            Table(
                ("gubitak", "na četiri primjera", "najveća razlika od vježbe"),
                tuple((CRITERIA[name], round(float(losses[name](*few)), 4), round(off[name], 4)) for name in CRITERIA),
                title=f"Logiti {_row(LOGITS)}, oznake {_row(LABELS)}; gubitak iz vježbe ({type(measure).__name__}) "
                f"iznosi {decimal(on_few, 4)}",
                marked=tuple(at for at, name in enumerate(CRITERIA) if off[name] < CLOSE),
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

z, y = torch.tensor({list(LOGITS)}), torch.tensor({list(LABELS)})
dva_logita = torch.stack([torch.zeros_like(z), z], dim=1)  # razred 0 ima logit 0
print(round(binary_cross_entropy_with_logits(z, y.float()).item(), 4))
print(round(cross_entropy(dva_logita, y).item(), 4))
""",
            f"{round(on_few, 4)}\n{round(float(losses['cross_entropy'](*few)), 4)}",
        ),
    )


def loss_value(lab: Lab3) -> Evidence:
    """Look at what the lab's criterion returns, and how that moves with the prediction and with the class."""
    import torch

    measure = lab.make_criterion()
    results = {size: measure(torch.zeros(size), torch.zeros(size)) for size in (1, 10, 32)}
    kinds = {(shape_of(each), str(each.dtype)) for each in results.values()}
    path = torch.linspace(-6, 6, 25)
    curves = {label: [_number(measure(z.view(1), torch.tensor([float(label)]))) for z in path] for label in (0, 1)}
    (logits, labels), *_ = _batches()
    whole, other = _number(measure(logits, labels.float())), _number(measure(logits, 1 - labels.float()))
    singly = [_number(measure(z.view(1), y.view(1).float())) for z, y in zip(logits, labels, strict=True)]
    off_mean = abs(whole - sum(singly) / len(singly))
    of_few = [round(_number(measure(torch.tensor([z]), torch.tensor([1.0]))), 4) for z in LOGITS]
    weight = torch.zeros(3, requires_grad=True)
    start = measure(weight, torch.ones(3))
    gradient = torch.autograd.grad(start, weight)[0] if start.dim() == 0 else torch.zeros(0)
    return Evidence(
        claims=(
            Claim(
                "compares_with_class",
                abs(other - whole) > CLOSE,
                f"za iste predikcije gubitak je {decimal(whole, 4)} uz točne oznake, a "
                f"{decimal(other, 4)} kad se oznake zamijene",
            ),
            Claim(
                "zero_dimensional_float",
                len(kinds) == 1 and all(shape == "()" and kind.startswith("torch.float") for shape, kind in kinds),
                f"za grupe od {listed(results)} primjera rezultat ima oblik i tip: "
                + "; ".join(f"{shape} {kind}" for shape, kind in sorted(kinds)),
            ),
            Claim(
                "larger_for_worse",
                _rises(curves[0]) and _rises(curves[1][::-1]),
                "za primjer razreda 1 gubitak uz logite "
                f"{_row(LOGITS)} iznosi redom {_row(of_few)}; za razred 0 obrnuto",
            ),
            Claim(
                "mean_of_examples",
                off_mean < CLOSE,
                f"gubitak grupe od {len(singly)} primjera i prosjek njihovih pojedinačnih gubitaka razlikuju se "
                f"za {gap(off_mean)}",
            ),
            Claim(
                "gradient_starts_here",
                len(gradient) == 3 and bool((gradient != 0).all()),
                "derivacija gubitka po logitima triju primjera iznosi "
                + (_row(round(each, 3) for each in gradient.tolist()) or "– (rezultat nije jedan broj)"),
            ),
        ),
        blocks=(
            Table(
                ("logit z", "σ(z)", "gubitak za razred 0", "gubitak za razred 1"),
                tuple(
                    (z, round(float(torch.tensor(z).sigmoid()), 4), *(round(curves[label][at], 4) for label in (0, 1)))
                    for at, z in enumerate(path.tolist())
                    if at % 4 == 0
                ),
                title="Što je predikcija lošija, gubitak je veći",
            ),
            Table(
                ("veličina grupe", "oblik", "tip", "vrijednost za logite 0"),
                tuple(
                    (size, shape_of(each), str(each.dtype), round(_number(each), 4)) for size, each in results.items()
                ),
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn

kriterij = nn.BCEWithLogitsLoss()
gubitak = kriterij(torch.zeros(10), torch.zeros(10))
print(tuple(gubitak.shape), gubitak.dtype)
print([round(kriterij(torch.tensor([z]), torch.tensor([1.0])).item(), 4) for z in {list(LOGITS)}])
""",
            f"{shape_of(results[10])} {results[10].dtype}\n{of_few}",
        ),
    )


def _batches() -> list[tuple[Tensor, Tensor]]:
    """Ten batches of eight random logits with their labels."""
    import torch

    chance = torch.Generator().manual_seed(0)
    return [(3 * torch.randn(8, generator=chance), torch.randint(2, (8,), generator=chance)) for _ in range(10)]


def _losses() -> dict[str, Losses]:
    """The losses on offer, written for a logit of class 1 and a label 0 or 1."""
    import torch

    def two_class_cross_entropy(z: Tensor, y: Tensor) -> Tensor:
        logits = torch.stack([torch.zeros_like(z), z], dim=1)
        return -logits.log_softmax(dim=1).gather(1, y.unsqueeze(1)).mean()

    return {
        "cross_entropy": two_class_cross_entropy,
        "squared_error": lambda z, y: (z.sigmoid() - y).square().mean(),
        "hinge": lambda z, y: (1 - (2 * y - 1) * z).clamp(min=0).mean(),
        "absolute_error": lambda z, y: (z.sigmoid() - y).abs().mean(),
    }


def _number(loss: Tensor) -> float:
    """The loss as one number, the mean if the criterion returned several."""
    return float(loss.detach().mean())


def _rises(values: list[float]) -> bool:
    return all(low < high for low, high in pairwise(values))


def _row(numbers: Any) -> str:
    """Numbers as a row of a sentence: −2; −0,5; 1; 3."""
    return "; ".join(f"{number:g}".replace("-", "−").replace(".", ",") for number in numbers)


# --- the optimiser ------------------------------------------------------------------------------------

OPTIMISERS = {"adam": "Adam", "sgd": "SGD", "adagrad": "Adagrad", "rmsprop": "RMSprop"}
"""The optimisers on offer, by the claim that puts each to the test."""

Rule = Callable[["Tensor", int, dict[str, Any]], "Tensor"]
"""A gradient, the number of the step from 1 and a memory of its own → the direction to go, times the rate."""


def optimiser(lab: Lab3) -> Evidence:
    """Take four steps with the optimiser that the lab's training builds, and by hand with each one on offer."""
    import torch

    config = lab.Config()
    rate = float(config.learning_rate)
    model = torch.nn.Linear(len(GRADIENTS[0]), 1, bias=False)
    with torch.no_grad():
        model.weight.fill_(1.0)
    with without_compiler():
        built = lab.make_optimizer(model, config)
    places = _places(model.weight, built)
    by_hand = {name: _walk(rule, rate) for name, rule in _rules().items()}
    off = {
        name: [float((a - b).abs().max()) / rate for a, b in zip(places, own, strict=True)]
        for name, own in by_hand.items()
    }
    first = (1 - places[0]).abs() / rate
    return Evidence(
        claims=(
            *(
                Claim(
                    name,
                    max(off[name]) < ROUNDING,
                    f"nakon {len(GRADIENTS)} koraka težine se od ručno izvedenog postupka {OPTIMISERS[name]} "
                    f"razlikuju do {decimal(max(off[name]), 3)} stope učenja",
                )
                for name in OPTIMISERS
            ),
            Claim(
                "first_step_is_rate",
                bool(((first - 1).abs() < ROUNDING).all()),
                f"uz gradijente {_row(GRADIENTS[0])} prvi je korak, u stopama učenja ({_row([rate])}), dug "
                f"{_row(round(each, 2) for each in first.tolist())}",
            ),
        ),
        blocks=(
            Table(
                ("ručno izveden postupak", *(f"korak {step}" for step in range(1, len(GRADIENTS) + 1))),
                tuple((OPTIMISERS[name], *(round(each, 3) for each in off[name])) for name in OPTIMISERS),
                title=f"Razlika od optimizatora iz vježbe ({type(built).__name__}), u stopama učenja",
                marked=tuple(at for at, name in enumerate(OPTIMISERS) if max(off[name]) < ROUNDING),
            ),
        ),
        snippet=Snippet(
            f"""\
import torch

w = torch.ones({len(GRADIENTS[0])}, requires_grad=True)
adam = torch.optim.Adam([w], lr={rate})
rucno, m, v = torch.ones({len(GRADIENTS[0])}), 0, 0
for t, g in enumerate(torch.tensor({[list(each) for each in GRADIENTS]}), 1):
    w.grad = g
    adam.step()
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    rucno = rucno - {rate} * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)).sqrt() + 1e-8)
print([round(x, 5) for x in w.tolist()])
print([round(x, 5) for x in rucno.tolist()])
""",
            "\n".join(str([round(each, 5) for each in last.tolist()]) for last in (places[-1], by_hand["adam"][-1])),
        ),
    )


ROUNDING = 0.01
"""In learning rates: float32 near 1 is rounded to 6e-8, and the lab's rate is 1e-4."""


@contextmanager
def without_compiler() -> Iterator[None]:
    """Have torch build an optimiser without its compiler, whose import takes a second.

    ``add_param_group`` is only wrapped to keep the compiler away; the function inside does all the work.
    """
    from torch.optim import Optimizer

    wrapped = Optimizer.add_param_group
    Optimizer.add_param_group = inspect.unwrap(wrapped)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Optimizer.add_param_group = wrapped  # type: ignore[method-assign]


def _places(weight: Tensor, built: Any) -> list[Tensor]:
    """Where the optimiser's steps take the weight."""
    import torch

    step = inspect.unwrap(type(built).step)  # as above: the wrapper imports the compiler
    places = []
    for gradient in GRADIENTS:
        weight.grad = torch.tensor([gradient])
        with torch.no_grad():
            step(built)
        places.append(weight.detach().clone()[0])
    return places


def _walk(rule: Rule, rate: float) -> list[Tensor]:
    """Where the same gradients take the weight by a rule."""
    import torch

    place, memory = torch.ones(len(GRADIENTS[0])), dict[str, Any]()
    places = []
    for number, gradient in enumerate(torch.tensor(GRADIENTS), 1):
        place = place - rate * rule(gradient, number, memory)
        places.append(place)
    return places


def _rules() -> dict[str, Rule]:
    """Each optimiser in its own few lines, with torch's default settings."""

    def adam(g: Tensor, t: int, memory: dict[str, Any]) -> Tensor:
        memory["m"] = 0.9 * memory.get("m", 0) + 0.1 * g
        memory["v"] = 0.999 * memory.get("v", 0) + 0.001 * g**2
        direction: Tensor = (memory["m"] / (1 - 0.9**t)) / ((memory["v"] / (1 - 0.999**t)).sqrt() + 1e-8)
        return direction

    def adagrad(g: Tensor, _: int, memory: dict[str, Any]) -> Tensor:
        memory["v"] = memory.get("v", 0) + g**2
        direction: Tensor = g / (memory["v"].sqrt() + 1e-10)
        return direction

    def rmsprop(g: Tensor, _: int, memory: dict[str, Any]) -> Tensor:
        memory["v"] = 0.99 * memory.get("v", 0) + 0.01 * g**2
        direction: Tensor = g / (memory["v"].sqrt() + 1e-8)
        return direction

    return {"adam": adam, "sgd": lambda g, _, __: g, "adagrad": adagrad, "rmsprop": rmsprop}


# --- clipping -----------------------------------------------------------------------------------------


def clipping(lab: Lab3) -> Evidence:
    """Clip a gradient that exploded over a long sequence, and a small one, with the lab's own function.

    Both are gradients of a plain RNN of torch, so that nothing but the clipping is the lab's; the limit is put
    on the norm of all tensors together.
    """
    import torch

    with seeded(0):
        exploded, small = _rnn_with_gradients(steps=30, scale=4.0), _rnn_with_gradients(steps=1, scale=1.0)
    large_before, small_before = _flat(exploded), _flat(small)
    small_before *= 0.9 * LIMITS[0] / float(small_before.norm())
    weights_before = _weight_norm(exploded)
    large = {limit: _clipped(lab, exploded, large_before, limit) for limit in LIMITS}
    little = {limit: _clipped(lab, small, small_before, limit) for limit in LIMITS}
    weights_after = _weight_norm(exploded)
    norms = {limit: float(after.norm()) for limit, after in large.items()}
    cosines = [float(torch.cosine_similarity(large_before.double(), each.double(), dim=0)) for each in large.values()]
    before, small_norm = float(large_before.norm()), float(small_before.norm())
    small_norms = [float(each.norm()) for each in little.values()]
    zeros = sum(int((each == 0).sum() - (small_before == 0).sum()) for each in little.values())
    return Evidence(
        claims=(
            Claim(
                "limits_norm",
                all(before > limit >= norm * (1 - CLOSE) for limit, norm in norms.items()),
                f"eksplodirajući gradijent ima normu {scientific(before)}; uz granice {_row(LIMITS)} norma nakon "
                f"podrezivanja iznosi redom {_row(round(norm, 4) for norm in norms.values())}",
            ),
            Claim(
                "direction_kept",
                all(cosine > 1 - 1e-9 for cosine in cosines),
                f"kosinus kuta između gradijenta prije i poslije podrezivanja najmanje je {decimal(min(cosines), 6)}",
            ),
            Claim(
                "small_untouched",
                all(torch.equal(small_before, each) for each in little.values()),
                f"gradijent norme {decimal(small_norm, 3)}, manje od svih granica, pomaknuo se za "
                f"{gap(max(float((each - small_before).abs().max()) for each in little.values()))}",
            ),
            Claim(
                "raises_small",
                min(small_norms) > small_norm * (1 + CLOSE),
                f"mali gradijent prije podrezivanja ima normu {decimal(small_norm, 3)}, a poslije najviše "
                f"{decimal(max(small_norms), 3)}",
            ),
            Claim(
                "shrinks_weights",
                weights_after < weights_before * (1 - CLOSE),
                f"norma težina prije podrezivanja je {decimal(weights_before, 3)}, a poslije "
                f"{decimal(weights_after, 3)}",
            ),
            Claim(
                "zeroes_small",
                zeros > 0,
                f"od {small_before.numel()} komponenata malog gradijenta na nulu ih je postavljeno {zeros}",
            ),
        ),
        blocks=(
            Table(
                ("granica", "norma prije", "norma poslije", "mala norma prije", "mala norma poslije"),
                tuple(
                    (limit, scientific(before), round(norm, 4), round(small_norm, 4), round(each, 4))
                    for (limit, norm), each in zip(norms.items(), small_norms, strict=True)
                ),
                title="Gradijent kroz 30 koraka s prevelikom W_hh i mali gradijent, prije i poslije podrezivanja",
            ),
        ),
        snippet=_clipping_snippet(lab),
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


def _clipping_snippet(lab: Lab3) -> Snippet:
    """Two gradients small enough to follow by hand: (3, 4) has the norm 5."""
    import torch

    limit = LIMITS[1]
    lines = []
    for gradient in ((3.0, 4.0), (0.3, 0.4)):
        p = torch.nn.Parameter(torch.zeros(2))
        p.grad = torch.tensor(gradient)
        lab.clip_gradients([p], limit)
        lines.append(f"{list(gradient)} {[round(each, 4) for each in p.grad.tolist()]}")
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
