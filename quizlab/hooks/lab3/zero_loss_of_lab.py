"""Proof about a loss of exactly zero for the lab's own criterion, on one logit and one label."""

from __future__ import annotations

from decimal import Decimal, localcontext
from math import inf, log
from typing import Any

from quizlab.hooks.adam import Adam
from quizlab.hooks.common import commas, seeded
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.entropy import (
    GAPS,
    MODERATE,
    SAME,
    SMALL,
    Rounded,
    cross_entropy,
    curve,
    exact_loss,
    infimum_claim,
    powers,
    relative,
    shown_at,
)
from quizlab.hooks.lab3.rounding import loss_at, one_logit, rounding_claims, rounding_table, roundings
from quizlab.model import Claim, Evidence, Plot, Snippet, Table
from quizlab.numbers import decimal, scientific

STEPS = (10, 20, 40)
"""Steps of training after which the loss is looked at."""


def zero_loss_of_lab(lab: Lab3) -> Evidence:
    """Look for a zero of the lab's own criterion on one logit: exactly, in floats, and by training.

    Also where the sigmoid is rounded to 1 and to 0, and where the gradient stops: that comes first.
    """
    criterion = lab.make_criterion()
    exact = {each: exact_loss(each, 2) for each in GAPS}
    sigmoid = {each: _exact_sigmoid(each) for each in (*GAPS, *(-each for each in GAPS))}
    off = max(
        relative(loss_at(criterion, sign * each, label, "float64"), exact_loss(each, 2))
        for each in MODERATE
        for sign, label in ((1, 1.0), (-1, 0.0))
    )
    bounded = {k: exact_loss((k + 1) * log(10), 2) for k in SMALL}
    where = roundings(criterion)
    by_steps, unclipped = (_trained_baseline(lab, criterion, clip) for clip in (corpus.CLIP, inf))
    right, right_loss, right_largest = _right_sentences(lab, criterion)
    losses = _losses(criterion)
    return Evidence(
        claims=(
            Claim(
                "sigmoid_never_0_or_1",
                off < SAME and all(0 < each < 1 for each in sigmoid.values()) and all(x > 0 for x in exact.values()),
                f"točno izračunat gubitak za logite {commas(GAPS)} i oznaku 1 iznosi redom "
                f"{powers(exact.values())}, sigmoida je uvijek manja od 1, a za suprotne logite veća od 0; gubitak iz "
                f"vježbe od formule odstupa relativno do {scientific(off)}",
            ),
            Claim(
                "training_reaches_zero",
                min(by_steps.values()) == 0,
                f"nakon {commas(by_steps)} koraka učenja osnovnog modela na jednoj grupi gubitak iznosi redom "
                f"{powers(by_steps.values())}",
            ),
            Claim(
                "right_predictions_cost_nothing",
                right > 0 and right_loss == 0,
                f"naučeni osnovni model točno je klasificirao {right} rečenica, a na njima samima gubitak iznosi "
                f"{scientific(right_loss)} (najveći logit po iznosu je {decimal(right_largest, 1)})",
            ),
            Claim(
                "clipping_keeps_it_above_zero",
                min(by_steps.values()) > 0 and min(unclipped.values()) == 0,
                f"bez podrezivanja gradijenata gubitak nakon {commas(unclipped)} koraka iznosi redom "
                f"{powers(unclipped.values())}, a s podrezivanjem {powers(by_steps.values())}",
            ),
            Claim(
                "never_below_zero",
                min(losses) >= 0,
                f"među gubicima za logite od −60 do 60 i obje oznake negativnih je {sum(each < 0 for each in losses)}; "
                f"najmanji, zaokružen u float32, iznosi {scientific(min(losses))}",
            ),
            infimum_claim(bounded, off),
            *rounding_claims(criterion, where),
        ),
        blocks=(
            _plot(criterion),
            rounding_table(where),
            _exact_table(),
        ),
        snippet=_snippet(criterion, where.loss_of_1),
    )


def _losses(criterion: Any) -> list[float]:
    """The losses of either label on a grid of logits, in float32."""
    return [loss_at(criterion, float(logit), label, "float32") for logit in range(-60, 61, 5) for label in (0.0, 1.0)]


def _plot(criterion: Any) -> Plot:
    """The loss of label 1 over the logit: exact, the lab's, and cross-entropy with two classes."""
    return Plot(
        title="Gubitak za oznaku 1",
        x_label="logit",
        y_label="gubitak",
        series=(
            curve("točno", range(0, 121, 4), lambda logit: float(exact_loss(logit, 2))),
            curve(
                "vježba, float32",
                range(0, 121, 4),
                lambda logit: loss_at(criterion, logit, 1.0, "float32"),
            ),
            curve("dva razreda, float32", range(0, 121, 4), lambda logit: cross_entropy(logit, 2, "float32")),
        ),
        log_y=True,
    )


def _exact_table() -> Table:
    """The exact loss, and what the sigmoid lacks of 1."""
    return Table(
        ("logit", "gubitak, oznaka 1", "sigmoida nedostaje do 1"),
        tuple((each, scientific(exact_loss(each, 2)), scientific(1 - _exact_sigmoid(each))) for each in GAPS),
        title="Točno izračunato",
    )


def _exact_sigmoid(logit: float) -> Decimal:
    """1 / (1 + e^−z), with enough digits to tell it from 0 and from 1."""
    with localcontext() as context:
        context.prec = 30 + int(abs(logit) / log(10)) + 1
        return 1 / (1 + Decimal(-logit).exp())


def _trained_baseline(lab: Lab3, criterion: Any, clip: float) -> dict[int, float]:
    """The lab's loss of a small baseline after some steps of training on one and the same batch."""
    import torch

    with seeded(0):
        model = corpus.build(lab, "baseline", corpus.embedding(lab), 8)
        optimizer = Adam(model.parameters(), 2e-2)
        batch = [lab.pad_collate_fn(corpus.items(lab)[:16])]
        losses = [
            float(lab.train_epoch(model, batch, optimizer, criterion, clip=clip, device=torch.device("cpu")))
            for _ in range(STEPS[-1])
        ]
    return {steps: losses[steps - 1] for steps in STEPS}


def _right_sentences(lab: Lab3, criterion: Any) -> tuple[int, float, float]:
    """Of the training sentences that the trained baseline gets right: their number, loss, and largest |logit|."""
    import torch

    loader = corpus.batches(lab, corpus.items(lab))
    logits = corpus.logits(corpus.learned(lab).baseline, loader)
    labels = torch.cat([labels for _, labels, _ in loader])
    right = (logits > 0) == (labels == 1)
    if not bool(right.any()):
        return 0, inf, 0.0
    loss = float(criterion(logits[right], labels[right].to(logits.dtype)))
    return int(right.sum()), loss, float(logits[right].abs().max())


def _snippet(criterion: Any, rounded: Rounded) -> Snippet:
    """The exact loss beside the lab's in float32, around where it is rounded to zero."""
    shown = shown_at(rounded)
    return Snippet(
        f"""\
from decimal import Decimal, getcontext

import torch
from torch.nn.functional import binary_cross_entropy_with_logits

getcontext().prec = 100
for logit in {shown}:
    tocno = (1 + Decimal(-logit).exp()).ln()
    z, oznaka = torch.tensor([float(logit)]), torch.ones(1)
    gubitak = binary_cross_entropy_with_logits(z, oznaka)
    print(logit, f"{{tocno:.1e}}", f"{{gubitak.item():.1e}}", z.sigmoid().item() == 1)
""",
        "\n".join(
            f"{each} {exact_loss(each, 2):.1e} {loss_at(criterion, each, 1.0, 'float32'):.1e} "
            f"{float(one_logit(each, 'float32').sigmoid()) == 1}"
            for each in shown
        ),
    )
