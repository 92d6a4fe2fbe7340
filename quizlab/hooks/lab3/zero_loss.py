"""Proof about a loss of exactly zero for a network that predicts the next word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import log
from typing import Annotated

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
from quizlab.numbers import grouped, scientific

Vocabulary = Annotated[int, Meta(ge=2, le=1000)]

STEPS = (10, 20, 40, 80)
"""Steps of training after which the loss is looked at; plain descent about halves it when they double."""

RATE = 0.1
BATCHES = (4, 1)
HIDDEN = (16, 64)
"""Batch and hidden sizes of the network that learns the next word, the usual one first."""


def zero_loss(lab: Lab3, *, vocabulary: Vocabulary = 100) -> Evidence:
    """Look for a zero of the cross-entropy of the next word: exactly, in floats, and by training.

    The loss is the one of the lab's NumPy network; what moves is the gap between the right word's logit and all
    others. The training looks for what the other options promise: many steps, a batch of one, a large state.
    """
    exact = {each: exact_loss(each, vocabulary) for each in GAPS}
    off = max(relative(_lab_loss(lab, vocabulary, each), exact_loss(each, vocabulary)) for each in MODERATE)
    bounded = {k: exact_loss(log(vocabulary) + (k + 1) * log(10), vocabulary) for k in SMALL}
    rounded = rounded_from(lambda gap, kind: cross_entropy(gap, vocabulary, kind) == 0)
    in_numpy = first(lambda gap: _lab_loss(lab, vocabulary, gap) == 0)
    usual, one_at_a_time, large = (
        _trained(lab, vocabulary, batch=batch, hidden=hidden) for batch, hidden in _trainings()
    )
    return Evidence(
        claims=(
            Claim(
                "loss_never_zero",
                off < SAME and all(each > 0 for each in exact.values()),
                f"točno izračunat gubitak za prednost logita {commas(GAPS)} iznosi redom "
                f"{powers(exact.values())}; gubitak iz vježbe od formule odstupa relativno do {scientific(off)}",
            ),
            Claim(
                "training_reaches_zero",
                min(usual.values()) == 0,
                f"nakon {commas(STEPS)} koraka učenja gubitak iznosi redom {powers(usual.values())}",
            ),
            Claim(
                "batch_of_one_reaches_zero",
                min(one_at_a_time.values()) == 0,
                f"uz veličinu grupe {BATCHES[1]} nakon {commas(STEPS)} koraka gubitak iznosi redom "
                f"{powers(one_at_a_time.values())}",
            ),
            Claim(
                "large_state_reaches_zero",
                min(large.values()) == 0,
                f"uz skriveno stanje dimenzije {HIDDEN[1]} nakon {commas(STEPS)} koraka gubitak iznosi redom "
                f"{powers(large.values())}",
            ),
            infimum_claim(bounded, off),
            Claim(
                "floats_round_to_zero",
                max(rounded) < FARTHEST,
                f"zaokružen, gubitak je točno 0 već za prednost logita {bound(rounded.float32)} u float32 i "
                f"{bound(rounded.float64)} u float64, a u NumPyju u vježbi za {bound(in_numpy)}",
            ),
        ),
        blocks=_blocks(vocabulary, (usual, one_at_a_time, large)),
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


def _trained(lab: Lab3, vocabulary: int, *, batch: int, hidden: int) -> dict[int, float]:
    """Train the lab's NumPy network by gradient descent on short texts: the mean loss after each of `STEPS`.

    Every word is always followed by the same one, so nothing but the loss itself keeps it above zero.
    """
    import numpy as np

    network = lab.PlainRNN(vocabulary, hidden, vocabulary, np.random.default_rng(0), scale=0.1)
    length = min(4, vocabulary - 1)
    texts = (np.arange(length + 1)[:, None] + np.arange(batch) * (length + 1)) % vocabulary
    inputs, targets = np.eye(vocabulary)[texts[:-1]], texts[1:]
    losses = {}
    for step in range(STEPS[-1] + 1):
        trace = network.forward(inputs)
        if step in STEPS:
            losses[step] = float(lab.loss(trace, targets)) / targets.size
        gradients = network.backward(trace, targets).parameters.arrays()
        weights = network.parameters.arrays()
        for name in weights:
            weights[name] -= RATE * gradients[name]
    return losses


def _blocks(vocabulary: int, trained: Sequence[Mapping[int, float]]) -> tuple[Plot, Table, Table]:
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
            tuple((steps, *(scientific(each[steps]) for each in trained)) for steps in STEPS),
            title="Gubitak dok povratna mreža iz vježbe uči sljedeću riječ",
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
