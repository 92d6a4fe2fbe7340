"""Proof about lab 3's optimiser: which rule its steps follow."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from quizlab.hooks.common import rounded
from quizlab.hooks.compiler import without_compiler
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.run import Run, main_run
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, row, scientific

if TYPE_CHECKING:
    from torch import Tensor

OPTIMISERS = {"adam": "Adam", "sgd": "SGD", "adagrad": "Adagrad", "rmsprop": "RMSprop"}
"""The optimisers on offer, by the claim that puts each to the test."""

GRADIENTS = ((1.0, -2.0, 0.5), (3.0, 0.1, -0.5), (-0.5, 1.0, 4.0), (0.2, -2.0, 1.0))
"""Gradients of three weights in four steps. One step is not enough: Adagrad's first equals Adam's."""

CLOSE = 1e-6
ROUNDING = 0.01
"""In learning rates: float32 near 1 is rounded to 6e-8, and the lab's rate is 1e-4."""

RATE = 1e-4
"""What the question says of the lab's rate."""

Rule = Callable[["Tensor", int, dict[str, Any]], "Tensor"]
"""A gradient, the number of the step from 1 and a memory of its own → the direction to go, times the rate."""


def optimiser(lab: Lab3) -> Evidence:
    """Take four steps with the lab's optimiser, and by hand with each one on offer; the same in the lab's own run."""
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
    watched = main_run(lab)
    off_run = off_rules(watched)
    first = (1 - places[0]).abs() / rate
    longest = max((float((step.after - step.before).abs().max()) for step in watched.steps[:1]), default=0.0)
    return Evidence(
        claims=(
            *(
                Claim(
                    name,
                    max(*off[name], off_run[name]) < ROUNDING,
                    f"najveća razlika težina od ručno izvedenog postupka {OPTIMISERS[name]}, u stopama učenja, "
                    f"iznosi {decimal(max(off[name]), 3)} (koraka: {len(GRADIENTS)}), a u učenju modela iz vježbe "
                    f"{decimal(off_run[name], 3)} (koraka: {len(watched.steps)})",
                )
                for name in OPTIMISERS
            ),
            Claim(
                "first_step_is_rate",
                bool(((first - 1).abs() < ROUNDING).all()),
                f"uz gradijente {row(GRADIENTS[0])} prvi su koraci, izraženi u stopama učenja ({row([rate])}), dugi "
                f"{row(rounded(first, 2))}",
            ),
            Claim(
                "rate_as_told",
                abs(rate - RATE) < CLOSE * RATE and abs(longest - RATE) < ROUNDING * RATE,
                f"stopa učenja u postavkama vježbe je {row([rate])}, a najveći pomak težine u prvom koraku "
                "učenja modela "
                f"iznosi {scientific(longest)}",
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


def _places(weight: Tensor, built: Any) -> list[Tensor]:
    """Where the optimiser's steps take the weight."""
    import torch

    step = inspect.unwrap(type(built).step)  # the wrapper imports the compiler
    places = []
    for gradient in GRADIENTS:
        weight.grad = torch.tensor([gradient])
        with torch.no_grad():
            step(built)
        places.append(weight.detach().clone()[0])
    return places


def off_rules(watched: Run) -> dict[str, float]:
    """How far the weights of a run come from where each rule takes them, in rates; infinite where no step was seen."""
    rate, off = float(watched.config.learning_rate), {}
    for name, rule in _rules().items():
        memory, place = dict[str, Any](), None
        off[name] = 0.0 if watched.steps else float("inf")
        for number, step in enumerate(watched.steps, 1):
            place = (step.before.double() if place is None else place) - rate * rule(
                step.gradients.double(), number, memory
            )
            off[name] = max(off[name], float((step.after - place).abs().max()) / rate)
    return off


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
