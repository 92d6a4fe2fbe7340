"""Proof about a loss of exactly zero for the lab's own criterion, on one logit and one label."""

from __future__ import annotations

from decimal import Decimal, localcontext
from math import inf, log
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import commas, seeded
from quizlab.hooks.compiler import without_compiler
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
from quizlab.hooks.lab3.run import main_run, off_loss
from quizlab.model import Claim, Evidence, Plot, Snippet, Table
from quizlab.numbers import decimal, gap, scientific, shortest

if TYPE_CHECKING:
    from torch import Tensor

STEPS = (5, 10, 20, 40)
"""Steps of training after which the loss is looked at."""

RATES = (2e-2, 1.0)
"""One with which the loss goes down slowly, and one with which float32 soon rounds it to 0: neither decides."""

ROUNDS = 1e-6
"""Beside 1 float32 rounds less than that away."""


CLOSE = 1e-5
"""How far apart two float32 derivatives of the same loss may come out."""


class Looked(NamedTuple):
    """The loss of a batch after some steps: as the lab computes it, and from the same logits, rounded to no 0."""

    said: float
    exact: Decimal

    @property
    def nothing(self) -> bool:
        """Whether it is 0, and not rounded to it: one whose logits do not say that it is tiny, but above zero."""
        return self.said == 0 and not 0 < self.exact < ROUNDS


def zero_loss_of_lab(lab: Lab3) -> Evidence:
    """Look for a zero of the lab's own criterion on one logit: exactly, in floats, and by training.

    Also where the sigmoid is rounded to 1 and to 0, and where the gradient stops: that comes first.
    """
    import torch

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
    by_steps, unclipped = (
        {rate: _trained_baseline(lab, criterion, clip, rate) for rate in RATES} for clip in (lab.Config().clip, inf)
    )
    right, right_loss, right_largest = _right_sentences(lab, criterion)
    off_run = off_loss(main_run(lab), criterion, torch.float)
    losses = _losses(criterion)
    return Evidence(
        claims=(
            Claim(
                "sigmoid_never_0_or_1",
                off < SAME and all(0 < each < 1 for each in sigmoid.values()) and all(x > 0 for x in exact.values()),
                f"točno izračunat gubitak za logite {commas(GAPS)} i oznaku 1 iznosi redom "
                f"{powers(exact.values())}, sigmoida je uvijek manja od 1, a za suprotne logite veća od 0; "
                f"najveća relativna razlika gubitka iz vježbe od formule iznosi {scientific(off)}",
            ),
            Claim(
                "training_reaches_zero",
                _reached(by_steps),
                f"nakon {commas(STEPS)} koraka učenja osnovnog modela na jednoj grupi gubitak iznosi {_told(by_steps)}",
            ),
            Claim(
                "right_predictions_cost_nothing",
                right > 0 and right_loss.nothing,
                f"rečenica koje je naučeni osnovni model točno klasificirao: {right}; na njima samima gubitak iznosi "
                f"{scientific(right_loss.said)} (najveći logit po iznosu je {decimal(right_largest, 1)})",
            ),
            Claim(
                "clipping_keeps_it_above_zero",
                not _reached(by_steps) and _reached(unclipped),
                f"bez podrezivanja gradijenata gubitak nakon {commas(STEPS)} koraka iznosi {_told(unclipped)}; s "
                f"podrezivanjem iznosi {_told(by_steps)}",
            ),
            Claim(
                "never_below_zero",
                min(losses) >= 0,
                f"među gubicima za logite od −60 do 60 i obje oznake negativnih je {sum(each < 0 for each in losses)}; "
                f"najmanji, zaokružen u float32, iznosi {scientific(min(losses))}",
            ),
            infimum_claim(bounded, off),
            *rounding_claims(criterion, where),
            Claim(
                "loss_outlasts_sigmoid",
                all(one < other for one, other in zip(where.sigmoid_to_1, where.loss_of_1, strict=True)),
                f"u float32 sigmoida je točno 1 već za logit {decimal(where.sigmoid_to_1.float32, 1)}, gdje gubitak iz "
                f"vježbe iznosi {scientific(loss_at(criterion, where.sigmoid_to_1.float32, 1.0, 'float32'))}",
            ),
            Claim(
                "trained_with_it",
                off_run < CLOSE,
                f"derivacija po logitima u učenju modela iz vježbe i derivacija tog gubitka: najveća razlika iznosi "
                f"{gap(off_run)}",
            ),
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


def _trained_baseline(lab: Lab3, criterion: Any, clip: float, rate: float) -> dict[int, Looked]:
    """The lab's loss of a small baseline after some steps of its own training on one and the same batch."""
    import torch

    found = {}
    with seeded(0), without_compiler():
        model = corpus.build(lab, "baseline", corpus.embedding(lab), 8)
        optimizer = lab.make_optimizer(model, lab.Config(learning_rate=rate))
        batch = [corpus.collate(lab, corpus.items(lab)[:16])]
        for step in range(1, STEPS[-1] + 1):
            lab.train_epoch(model, batch, optimizer, criterion, clip=clip, device=torch.device("cpu"))
            if step in STEPS:
                found[step] = _looked(criterion, corpus.logits(model, batch), batch[0][1])
    return found


def _right_sentences(lab: Lab3, criterion: Any) -> tuple[int, Looked, float]:
    """Of the training sentences that the trained baseline gets right: their number, loss, and largest |logit|."""
    import torch

    loader = corpus.batches(lab, corpus.items(lab))
    logits = corpus.logits(corpus.learned(lab).baseline, loader)
    labels = torch.cat([labels for _, labels, _ in loader])
    right = (logits > 0) == (labels == 1)
    if not bool(right.any()):
        return 0, Looked(inf, Decimal(1)), 0.0
    looked = _looked(criterion, logits[right], labels[right])
    return int(right.sum()), looked, float(logits[right].abs().max())


def _looked(criterion: Any, logits: Tensor, labels: Tensor) -> Looked:
    """The loss as the lab computes it, and the mean of ln(1 + e^m) by its logarithm, m being the logit against."""
    import torch

    said = float(criterion(logits, labels.to(logits.dtype)))
    against = ((1 - 2 * labels.double()) * logits.double()).flatten()
    tiny = against < log(ROUNDS) - 30  # ln(1 + e^m) is e^m there
    logs = torch.where(tiny, against, torch.nn.functional.softplus(against.clamp(min=-700)).log())
    return Looked(said, Decimal(float(logs.logsumexp(0)) - log(len(logs))).exp())


def _reached(trainings: dict[float, dict[int, Looked]]) -> bool:
    """Whether any loss of them is 0 and not rounded to it."""
    return any(each.nothing for one in trainings.values() for each in one.values())


def _told(trainings: dict[float, dict[int, Looked]]) -> str:
    """What came of the trainings, in words."""
    every = [each for one in trainings.values() for each in one.values()]
    said = "; ".join(
        f"uz stopu {shortest(rate)}: {powers(each.said for each in one.values())}" for rate, one in trainings.items()
    )
    return (
        f"redom: {said}; zaokruženih na 0: {sum(each.said == 0 for each in every)}; iz istih konačnih logita, bez tog "
        f"zaokruživanja, najmanji iznosi {scientific(min(each.exact for each in every))}"
    )


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
