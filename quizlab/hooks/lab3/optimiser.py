"""Proof about lab 3's optimiser: which rule its steps follow."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from quizlab.hooks.common import rounded
from quizlab.hooks.faces import Lab3
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, row

if TYPE_CHECKING:
    from torch import Tensor

OPTIMISERS = {"adam": "Adam", "sgd": "SGD", "adagrad": "Adagrad", "rmsprop": "RMSprop"}
"""The optimisers on offer, by the claim that puts each to the test."""

GRADIENTS = ((1.0, -2.0, 0.5), (3.0, 0.1, -0.5), (-0.5, 1.0, 4.0), (0.2, -2.0, 1.0))
"""Gradients of three weights in four steps. One step is not enough: Adagrad's first equals Adam's."""

ROUNDING = 0.01
"""In learning rates: float32 near 1 is rounded to 6e-8, and the lab's rate is 1e-4."""

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
                f"uz gradijente {row(GRADIENTS[0])} prvi su koraci, izraženi u stopama učenja ({row([rate])}), dugi "
                f"{row(rounded(first, 2))}",
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
        snippet=_snippet(rate, places[-1], by_hand["adam"][-1]),
    )


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


def _snippet(rate: float, last: Tensor, by_hand: Tensor) -> Snippet:
    """Torch's Adam and Adam by hand, four steps each."""
    return Snippet(
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
        f"{rounded(last, 5)}\n{rounded(by_hand, 5)}",
    )
