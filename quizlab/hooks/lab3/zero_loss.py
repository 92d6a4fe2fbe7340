"""Proof about a loss of exactly zero for a network that predicts the next word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from math import log
from typing import Annotated, Any, NamedTuple

from msgspec import Meta

from quizlab.hooks.common import commas
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.entropy import (
    FARTHEST,
    FLOATS,
    GAPS,
    MODERATE,
    SAME,
    SMALL,
    Rounded,
    bound,
    cross_entropy,
    curve,
    exact_loss,
    first,
    infimum_claim,
    powers,
    relative,
    rounded_from,
    shown_at,
)
from quizlab.model import Claim, Evidence, Plot, Snippet, Table
from quizlab.numbers import grouped, scientific, shortest

Vocabulary = Annotated[int, Meta(ge=2, le=1000)]

STEPS = (10, 20, 40, 80)
"""Steps of training after which the loss is looked at."""

RATES = (0.1, 20.0)
"""The lab's rate, and one with which float64 soon rounds the loss to 0: neither decides anything."""

ROUNDS = 1e-15
"""Beside 1 float64 rounds less than that away."""

BATCHES = (4, 1)
HIDDEN = (16, 64)
"""Batch and hidden sizes of the network that learns the next word, the usual one first."""


def zero_loss(lab: Lab3, *, vocabulary: Vocabulary = 100) -> Evidence:
    """Look for a zero of the cross-entropy of the next word: exactly, in floats, and by training.

    The loss is the one of the lab's NumPy network; what moves is the gap between the right word's logit and all
    others. The training looks for what the other options promise: many steps, a batch of one, a large state. It is the
    lab's own step; and where floats round the loss to 0, the same logits, which are finite, tell that it is above it.
    """
    exact = {each: exact_loss(each, vocabulary) for each in GAPS}
    off = max(relative(_lab_loss(lab, vocabulary, each), exact_loss(each, vocabulary)) for each in MODERATE)
    bounded = {k: exact_loss(log(vocabulary) + (k + 1) * log(10), vocabulary) for k in SMALL}
    rounded = rounded_from(lambda gap, kind: cross_entropy(gap, vocabulary, kind) == 0)
    in_numpy = first(lambda gap: _lab_loss(lab, vocabulary, gap) == 0)
    trained = [
        [_trained(lab, vocabulary, batch=batch, hidden=hidden, rate=rate) for rate in RATES]
        for batch, hidden in _trainings()
    ]
    usual, one_at_a_time, large = trained
    return Evidence(
        claims=(
            Claim(
                "loss_never_zero",
                off < SAME and all(each > 0 for each in exact.values()),
                f"točno izračunat gubitak za prednost logita {commas(GAPS)} iznosi redom "
                f"{powers(exact.values())}; najveća relativna razlika "
                f"gubitka iz vježbe od formule iznosi {scientific(off)}",
            ),
            Claim("training_reaches_zero", _reached(usual), _told(usual)),
            Claim(
                "batch_of_one_reaches_zero",
                _reached(one_at_a_time),
                f"veličina grupe {BATCHES[1]}: {_told(one_at_a_time)}",
            ),
            Claim(
                "large_state_reaches_zero",
                _reached(large),
                f"skriveno stanje dimenzije {HIDDEN[1]}: {_told(large)}",
            ),
            infimum_claim(bounded, off),
            Claim(
                "floats_round_to_zero",
                max(*rounded, in_numpy) < FARTHEST,
                f"zaokružen, PyTorchov je gubitak točno 0 već za prednost logita {bound(rounded.float32)} u float32 i "
                f"{bound(rounded.float64)} u float64, a u NumPyju u vježbi za {bound(in_numpy)}",
            ),
        ),
        blocks=_blocks(vocabulary, trained),
        snippet=_snippet(vocabulary, rounded),
    )


def _lab_loss(lab: Lab3, classes: int, gap: float) -> float:
    """The loss of the lab's NumPy network when the right word's logit is ``gap`` and all others zero."""
    import numpy as np

    network = lab.PlainRNN(1, 1, classes, np.random.default_rng(0))
    for array in network.parameters.arrays().values():
        array[...] = 0
    network.parameters.b_y[0] = gap
    return float(lab.loss(network.forward(np.zeros((1, 1, 1))), np.zeros((1, 1), dtype=np.int64)))


def _trainings() -> tuple[tuple[int, int], ...]:
    """Batch and hidden size of each training: the usual one, a batch of one, a large state."""
    return (BATCHES[0], HIDDEN[0]), (BATCHES[1], HIDDEN[0]), (BATCHES[0], HIDDEN[1])


class Looked(NamedTuple):
    """The mean loss after some steps: as the lab computes it, and from the same logits, rounded to no 0."""

    said: float
    exact: Decimal


Training = Mapping[int, Looked]


def _trained(lab: Lab3, vocabulary: int, *, batch: int, hidden: int, rate: float) -> Training:
    """Train the lab's NumPy network with the lab's own step on short texts and look after each of `STEPS`.

    Every word is always followed by the same one, so nothing but the loss itself keeps it above zero.
    """
    import numpy as np

    network = lab.PlainRNN(vocabulary, hidden, vocabulary, np.random.default_rng(0), scale=0.1)
    optimizer = lab.Adagrad(network.parameters, rate)
    length = min(4, vocabulary - 1)
    texts = (np.arange(length + 1)[:, None] + np.arange(batch) * (length + 1)) % vocabulary
    inputs, targets = np.eye(vocabulary)[texts[:-1]], texts[1:]
    losses = {}
    for step in range(1, STEPS[-1] + 1):
        lab.train_step(network, optimizer, inputs, targets)
        if step in STEPS:
            trace = network.forward(inputs)
            losses[step] = Looked(float(lab.loss(trace, targets)) / targets.size, _from_logits(trace.logits, targets))
    return losses


def _from_logits(logits: Any, targets: Any) -> Decimal:
    """The mean of ln(1 + Σ e^(o_j − o_y)) over all j ≠ y, by its logarithm, which finite logits make finite."""
    import numpy as np

    behind = logits - np.take_along_axis(logits, targets[..., None], -1)
    np.put_along_axis(behind, targets[..., None], -np.inf, -1)
    total = np.logaddexp.reduce(behind, axis=-1)
    loss = np.logaddexp(0, total)
    tiny = total < log(ROUNDS)  # ln(1 + e^s) is e^s there
    logs = np.where(tiny, total, np.log(np.where(tiny, 1, loss)))
    return Decimal(float(np.logaddexp.reduce(logs, axis=None) - log(targets.size))).exp()


def _reached(trainings: Sequence[Training]) -> bool:
    """Whether a loss was 0 that is not rounded: one whose logits do not say that it is tiny, but above zero."""
    return any(each.said == 0 and not 0 < each.exact < ROUNDS for one in trainings for each in one.values())


def _told(trainings: Sequence[Training]) -> str:
    """What came of the trainings, in words."""
    said = "; ".join(
        f"uz stopu {shortest(rate)}: {powers(each.said for each in one.values())}"
        for rate, one in zip(RATES, trainings, strict=True)
    )
    least = min(each.exact for one in trainings for each in one.values())
    zeros = sum(each.said == 0 for one in trainings for each in one.values())
    return (
        f"nakon {commas(STEPS)} koraka učenja iz vježbe gubitak u float64 iznosi redom: {said}; zaokruženih na 0: "
        f"{zeros}; iz istih konačnih logita, bez tog zaokruživanja, najmanji iznosi {scientific(least)}"
    )


def _blocks(vocabulary: int, trained: Sequence[Sequence[Training]]) -> tuple[Plot, Table, Table]:
    """The loss over the gap, exact and in floats; the exact loss for other vocabularies; the loss in training."""
    return (
        Plot(
            title=f"Unakrsna entropija uz {vocabulary} riječi i prednost logita točne riječi",
            x_label="prednost logita",
            y_label="gubitak",
            series=(
                curve("točno", range(0, 61, 2), lambda gap: float(exact_loss(gap, vocabulary))),
                *(
                    curve(kind, range(0, 61, 2), partial(cross_entropy, classes=vocabulary, kind=kind))
                    for kind in reversed(FLOATS)
                ),
            ),
            log_y=True,
        ),
        Table(
            ("prednost logita", *(f"gubitak uz {grouped(size)} riječi" for size in _vocabularies(vocabulary))),
            tuple((each, *(scientific(exact_loss(each, size)) for size in _vocabularies(vocabulary))) for each in GAPS),
            title="Točno izračunat gubitak; s vokabularom raste",
        ),
        Table(
            ("koraka", *(f"grupa {batch}, stanje {hidden}" for batch, hidden in _trainings())),
            tuple((steps, *(scientific(each[0][steps].said) for each in trained)) for steps in STEPS),
            title=f"Gubitak dok povratna mreža iz vježbe uči sljedeću riječ, stopa učenja {shortest(RATES[0])}",
        ),
    )


def _vocabularies(vocabulary: int) -> tuple[int, ...]:
    """Sizes of vocabulary to compare: the smallest, the one asked for, a large one."""
    return tuple(sorted({2, vocabulary, 10_000}))


def _snippet(vocabulary: int, rounded: Rounded) -> Snippet:
    """The exact cross-entropy beside torch's, around where float32 rounds it to zero."""
    shown = shown_at(rounded)
    return Snippet(
        f"""\
from decimal import Decimal, getcontext

import torch
from torch.nn.functional import cross_entropy

getcontext().prec = 100
for prednost in {shown}:
    logiti = torch.zeros(1, {vocabulary})
    logiti[0, 0] = prednost
    tocno = (1 + {vocabulary - 1} * Decimal(-prednost).exp()).ln()
    print(prednost, f"{{tocno:.1e}}", f"{{cross_entropy(logiti, torch.tensor([0])).item():.1e}}")
""",
        "\n".join(
            f"{each} {exact_loss(each, vocabulary):.1e} {cross_entropy(each, vocabulary, 'float32'):.1e}"
            for each in shown
        ),
    )
