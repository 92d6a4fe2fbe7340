"""Proofs about the accuracy and the loss once the words are shuffled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from quizlab.hooks.faces import Lab3, once_per_lab
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.baseline import averages_claims
from quizlab.hooks.lab3.corpus import CLOSE
from quizlab.hooks.lab3.orders import MODELS, SHUFFLES, models, moved_by, order_claims, orders
from quizlab.hooks.owned import is_own, needs, reference_of
from quizlab.model import Claim, Evidence, Note, Snippet, Table
from quizlab.numbers import decimal, decimals, gap, percent


def word_order_accuracy(lab: Lab3) -> Evidence:
    """Shuffle the words of every sentence, several times, and measure the accuracy of both trained models.

    The baseline is the model without recurrent layers; the RNN is there to show that order could matter.
    """
    needs(lab, "baseline")
    found = _on_torchs_loss(lab)
    measured = {name: [float(each.accuracy) for each in orders] for name, orders in found.items()}
    moved = {name: moved_by(lab, model) for name, model in models(lab).items()}
    asked, *shuffled = measured["baseline"]
    steps = [each - asked for each in shuffled]
    says = (
        f"točnost osnovnog modela je {percent(asked)}, a nakon miješanja riječi (pokušaja: {len(SHUFFLES)}) redom "
        f"{_percents(shuffled)}"
    )
    return Evidence(
        claims=(
            Claim("accuracy_unchanged", not any(steps), says),
            Claim("accuracy_falls", max(steps) <= 0 and min(steps) < 0, says),
            Claim("accuracy_rises", min(steps) >= 0 and max(steps) > 0, says),
            Claim("accuracy_both_ways", min(steps) < 0 < max(steps), says),
            *order_claims(moved),
            _loss_claim([float(each.loss) for each in found["baseline"]]),
            *averages_claims(lab),
            *_right_claims(lab, found),
        ),
        blocks=(
            Table(
                ("model", "točnost", "nakon miješanja riječi", "najveći pomak logita"),
                tuple(
                    (MODELS[name], percent(whole), _percents(parts), gap(moved[name]))
                    for name, (whole, *parts) in measured.items()
                ),
                title=f"{len(corpus.items(lab))} rečenica na kojima su oba modela učena",
                marked=(0,),
            ),
            Note(
                "Modeli su manji i kraće učeni nego u vježbi, pa točnost nije ona iz vježbe; o njoj odgovor ne ovisi."
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn

torch.manual_seed(0)
rijeci, poredak = torch.randn(9, 1, 300), torch.randperm(9)
rnn = nn.RNN(300, 150)
modeli = (lambda x: x.mean(dim=0), lambda x: rnn(x)[1])
for model in modeli:  # prosjek vektora riječi, pa stanje RNN-a
    print(torch.allclose(model(rijeci), model(rijeci[poredak]), atol={CLOSE}))
""",
            f"{moved['baseline'] < CLOSE}\n{moved['rnn'] < CLOSE}",
        ),
    )


def word_order_loss(lab: Lab3) -> Evidence:
    """Shuffle the words of every sentence and measure the lab's loss of both models, trained and in training."""
    needs(lab, "baseline")
    found = _evaluated(lab, reference_of(lab).make_criterion())
    measured = {name: [float(each.loss) for each in orders] for name, orders in found.items()}
    moved = {name: moved_by(lab, model) for name, model in models(lab).items()}
    asked, *shuffled = measured["baseline"]
    falls, rises = (any(sign * (each - asked) > CLOSE for each in shuffled) for sign in (-1, 1))
    says = _loss_says(measured["baseline"])
    kept = corpus.learned(lab).losses["baseline"]
    again = corpus.train(lab, "baseline", corpus.shuffled(corpus.items(lab), SHUFFLES[0]))[1]
    off = max(abs(one - other) for one, other in zip(kept, again, strict=True))
    return Evidence(
        claims=(
            _loss_claim(measured["baseline"]),
            Claim("loss_grows", rises and not falls, says),
            Claim("loss_falls", falls and not rises, says),
            Claim("loss_both_ways", falls and rises, says),
            *order_claims(moved),
            Claim(
                "training_unchanged",
                off < 0.01,
                f"osnovni model učen od početka na izmiješanim rečenicama ima nakon {len(kept)} epoha gubitak "
                f"{decimal(again[-1], 4)}, a na neizmiješanima {decimal(kept[-1], 4)}",
            ),
            *averages_claims(lab),
            *_right_claims(lab, found, reference_of(lab).make_criterion()),
        ),
        blocks=(
            Table(
                ("model", "gubitak", "nakon miješanja riječi", "najveći pomak logita"),
                tuple(
                    (MODELS[name], decimal(whole, 4), decimals(parts, 4), gap(moved[name]))
                    for name, (whole, *parts) in measured.items()
                ),
                title=f"Gubitak iz vježbe na {len(corpus.items(lab))} rečenica iz učenja",
                marked=(0,),
            ),
            _epochs_table(kept, again),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as gubitak

torch.manual_seed(0)
rijeci, poredak, oznaka = torch.randn(9, 1, 300), torch.randperm(9), torch.ones(1, 1)
rnn, fc = nn.RNN(300, 150), nn.Linear(300, 1)
modeli = (lambda x: fc(x.mean(dim=0)), lambda x: rnn(x)[1][0, :, :1])
for model in modeli:  # osnovni model, pa RNN
    prije, poslije = (gubitak(model(x), oznaka).item() for x in (rijeci, rijeci[poredak]))
    print(abs(prije - poslije) < {CLOSE})
""",
            "\n".join(str(all(abs(each - whole) < CLOSE for each in parts)) for whole, *parts in measured.values()),
        ),
    )


@once_per_lab
def _on_torchs_loss(lab: Lab3) -> dict[str, list[Any]]:
    """For each model what the lab's `evaluate` finds with torch's loss, which no change of the lab's can spoil."""
    from torch import nn

    return _evaluated(lab, nn.BCEWithLogitsLoss())


def _evaluated(lab: Lab3, criterion: Any) -> dict[str, list[Any]]:
    """For each model what the lab's `evaluate` finds: first on the sentences as they are, then on the shuffled ones."""
    import torch

    cpu = torch.device("cpu")
    run = _evaluate if is_own(lab) else lab.evaluate
    return {
        name: [run(model, order, criterion, device=cpu) for order in orders(lab)] for name, model in models(lab).items()
    }


def _right_claims(lab: Lab3, found: dict[str, list[Any]], criterion: Any = None) -> tuple[Claim, ...]:
    """Whether the lab's `evaluate` finds what the logits say: the loss where there is one, else accuracy."""
    if is_own(lab):
        return ()
    by_hand = {
        name: [_evaluate(model, order, criterion or (lambda *_: 0.0)) for order in orders(lab)]
        for name, model in models(lab).items()
    }
    field = "loss" if criterion else "accuracy"
    off = max(
        abs(float(getattr(one, field)) - getattr(other, field))
        for name, each in found.items()
        for one, other in zip(each, by_hand[name], strict=True)
    )
    both = "gubitak koji računa vježba i onaj izračunat" if criterion else "točnost koju računa vježba i ona izračunata"
    return (Claim("evaluated_right", off < CLOSE, f"{both} iz logita: najveća razlika iznosi {gap(off)}"),)


class Evaluated(NamedTuple):
    """What one pass over the sentences found."""

    loss: float
    accuracy: float


def _evaluate(model: Any, order: Sequence[Any], criterion: Any, **_: Any) -> Evaluated:
    """One pass that asks nothing of a student's model but its logits."""
    import torch

    logits = corpus.logits(model, order)
    labels = torch.cat([labels.flatten() for _, labels, _ in order])
    right = (logits > 0) == (labels > 0)
    return Evaluated(float(criterion(logits, labels.to(logits.dtype))), float(right.float().mean()))


def _loss_claim(losses: list[float]) -> Claim:
    """Whether the baseline's loss stays where it was."""
    asked, *shuffled = losses
    return Claim("loss_unchanged", all(abs(each - asked) <= CLOSE for each in shuffled), _loss_says(losses))


def _loss_says(losses: list[float]) -> str:
    """The baseline's loss before and after, in words."""
    asked, *shuffled = losses
    return (
        f"gubitak osnovnog modela je {decimal(asked, 4)}, a nakon miješanja riječi (pokušaja: {len(shuffled)}) "
        f"redom {decimals(shuffled, 4)}"
    )


def _epochs_table(kept: Sequence[float], again: Sequence[float]) -> Table:
    """The training loss of the baseline, epoch by epoch, in both orders."""
    return Table(
        ("epoha", "izvorni poredak", "izmiješane riječi"),
        tuple(
            (epoch, decimal(one, 4), decimal(other, 4))
            for epoch, (one, other) in enumerate(zip(kept, again, strict=True), start=1)
        ),
        title="Osnovni model: gubitak pri učenju",
    )


def _percents(shares: Sequence[float]) -> str:
    """Shares one after another, each in per cent."""
    return "; ".join(percent(each) for each in shares)
