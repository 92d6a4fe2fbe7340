"""Proofs about a loss of exactly zero: never in exact arithmetic, at a finite logit in floating point.

Exact means decimals of as many digits as the number needs: e⁻¹⁰⁰⁰ beside 1 needs over four hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, localcontext
from functools import partial
from math import inf, log
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from msgspec import Meta

from quizlab.hooks.adam import Adam
from quizlab.hooks.common import decimal, scientific, seeded
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.model import Claim, Evidence, Plot, Series, Snippet, Table

if TYPE_CHECKING:
    import torch
    from torch import Tensor

Vocabulary = Annotated[int, Meta(ge=2, le=1000)]

GAPS = (1, 10, 50, 100, 1000)
"""Logits at which the exact loss is computed; the last is far beyond what any float can tell from zero."""

MODERATE = (0.0, 0.5, 1.0, 2.0, 5.0, 8.0)
"""Logits at which floats are trustworthy: there the lab's loss must be the formula's."""

SMALL = (3, 10, 100, 300)
"""Exponents k of the bounds 10⁻ᵏ that the loss falls below."""

SAME = 1e-6
"""Relative difference up to which two losses are equal."""

FARTHEST = 2000.0
"""A logit at which every float has long rounded the loss to zero."""

STEPS = (10, 20, 40, 80)
"""Steps of training after which the loss is looked at; plain descent about halves it when they double."""

RATE = 0.1
BATCHES = (4, 1)
HIDDEN = (16, 64)
"""Batch and hidden sizes of the network that learns the next word, the usual one first."""

FLOATS = ("float32", "float64")


class Rounded(NamedTuple):
    """The first logit at which something is exactly 0 (or 1) in each of the `FLOATS`; infinite if never."""

    float32: float
    float64: float


def zero_loss(lab: Lab3, *, vocabulary: Vocabulary = 100) -> Evidence:
    """Look for a zero of the cross-entropy of the next word: exactly, in floats, and by training.

    The loss is the one of the lab's NumPy network; what moves is the gap between the right word's logit and all
    others. The training looks for what the other options promise: many steps, a batch of one, a large state.
    """
    exact = {each: exact_loss(each, vocabulary) for each in GAPS}
    off = max(_relative(_lab_loss(lab, vocabulary, each), exact_loss(each, vocabulary)) for each in MODERATE)
    bounded = {k: exact_loss(log(vocabulary) + (k + 1) * log(10), vocabulary) for k in SMALL}
    rounded = _rounded(lambda gap, kind: _cross_entropy(gap, vocabulary, kind) == 0)
    in_numpy = first(lambda gap: _lab_loss(lab, vocabulary, gap) == 0)
    usual, one_at_a_time, large = (
        _trained(lab, vocabulary, batch=batch, hidden=hidden) for batch, hidden in _trainings()
    )
    return Evidence(
        claims=(
            Claim(
                "loss_never_zero",
                off < SAME and all(each > 0 for each in exact.values()),
                f"točno izračunat gubitak za prednost logita {_numbers(GAPS)} iznosi redom "
                f"{_powers(exact.values())}; gubitak iz vježbe od formule odstupa relativno do {scientific(off)}",
            ),
            Claim(
                "training_reaches_zero",
                min(usual.values()) == 0,
                f"nakon {_numbers(STEPS)} koraka učenja gubitak iznosi redom {_powers(usual.values())}",
            ),
            Claim(
                "batch_of_one_reaches_zero",
                min(one_at_a_time.values()) == 0,
                f"uz veličinu grupe {BATCHES[1]} nakon {_numbers(STEPS)} koraka gubitak iznosi redom "
                f"{_powers(one_at_a_time.values())}",
            ),
            Claim(
                "large_state_reaches_zero",
                min(large.values()) == 0,
                f"uz skriveno stanje dimenzije {HIDDEN[1]} nakon {_numbers(STEPS)} koraka gubitak iznosi redom "
                f"{_powers(large.values())}",
            ),
            _infimum_claim(bounded, off),
            Claim(
                "floats_round_to_zero",
                max(rounded) < FARTHEST,
                f"zaokružen, gubitak je točno 0 već za prednost logita {_bound(rounded.float32)} u float32 i "
                f"{_bound(rounded.float64)} u float64, a u NumPyju u vježbi za {_bound(in_numpy)}",
            ),
        ),
        blocks=(
            Plot(
                title=f"Unakrsna entropija uz {vocabulary} riječi i prednost logita točne riječi",
                x_label="prednost logita",
                y_label="gubitak",
                series=(
                    _curve("točno", range(0, 61, 2), lambda gap: float(exact_loss(gap, vocabulary))),
                    *(
                        _curve(kind, range(0, 61, 2), partial(_cross_entropy, classes=vocabulary, kind=kind))
                        for kind in reversed(FLOATS)
                    ),
                ),
                log_y=True,
            ),
            Table(
                ("prednost logita", *(f"gubitak uz {size} riječi" for size in _vocabularies(vocabulary))),
                tuple(
                    (each, *(scientific(exact_loss(each, size)) for size in _vocabularies(vocabulary))) for each in GAPS
                ),
                title="Točno izračunat gubitak; s vokabularom raste",
            ),
            Table(
                ("koraka", *(f"grupa {batch}, stanje {hidden}" for batch, hidden in _trainings())),
                tuple((steps, *(scientific(each[steps]) for each in (usual, one_at_a_time, large))) for steps in STEPS),
                title="Gubitak dok povratna mreža iz vježbe uči sljedeću riječ",
            ),
        ),
        snippet=_entropy_snippet(vocabulary, rounded),
    )


def zero_loss_of_lab(lab: Lab3) -> Evidence:
    """Look for a zero of the lab's own criterion on one logit: exactly, in floats, and by training.

    Also where the sigmoid is rounded to 1 and to 0, and where the gradient stops: that comes first.
    """
    criterion = lab.make_criterion()
    exact = {each: exact_loss(each, 2) for each in GAPS}
    sigmoid = {each: _exact_sigmoid(each) for each in (*GAPS, *(-each for each in GAPS))}
    off = max(
        _relative(_criterion_loss(criterion, sign * each, label, "float64"), exact_loss(each, 2))
        for each in MODERATE
        for sign, label in ((1, 1.0), (-1, 0.0))
    )
    bounded = {k: exact_loss((k + 1) * log(10), 2) for k in SMALL}
    rounded = _rounded(lambda logit, kind: _criterion_loss(criterion, logit, 1.0, kind) == 0)
    other_label = _rounded(lambda logit, kind: _criterion_loss(criterion, -logit, 0.0, kind) == 0)
    two_classes = _rounded(lambda logit, kind: _cross_entropy(logit, 2, kind) == 0)
    to_one = _rounded(lambda logit, kind: float(_one(logit, kind).sigmoid()) == 1)
    to_zero = _rounded(lambda logit, kind: float(_one(-logit, kind).sigmoid()) == 0)
    stopped = _rounded(lambda logit, kind: _criterion_slope(criterion, logit, kind) == 0)
    losses = _trained_baseline(lab, criterion)
    by_steps = {steps: losses[steps - 1] for steps in STEPS[:-1]}
    right, right_loss, right_largest = _right_sentences(lab, criterion)
    lowest = min(
        _criterion_loss(criterion, float(logit), label, "float32")
        for logit in range(-60, 61, 5)
        for label in (0.0, 1.0)
    )
    return Evidence(
        claims=(
            Claim(
                "sigmoid_never_0_or_1",
                off < SAME and all(0 < each < 1 for each in sigmoid.values()) and all(x > 0 for x in exact.values()),
                f"točno izračunat gubitak za logite {_numbers(GAPS)} i oznaku 1 iznosi redom "
                f"{_powers(exact.values())}, sigmoida je uvijek manja od 1, a za suprotne logite veća od 0; gubitak iz "
                f"vježbe od formule odstupa relativno do {scientific(off)}",
            ),
            Claim(
                "training_reaches_zero",
                min(by_steps.values()) == 0,
                f"nakon {_numbers(by_steps)} koraka učenja osnovnog modela na jednoj grupi gubitak iznosi redom "
                f"{_powers(by_steps.values())}",
            ),
            Claim(
                "right_predictions_cost_nothing",
                right > 0 and right_loss == 0,
                f"naučeni osnovni model točno je klasificirao {right} rečenica, a na njima samima gubitak iznosi "
                f"{scientific(right_loss)} (najveći logit po iznosu je {decimal(right_largest, 1)})",
            ),
            Claim(
                "loss_goes_below_zero",
                lowest < 0,
                f"najmanji gubitak za logite od −60 do 60 i obje oznake iznosi {scientific(lowest)}",
            ),
            _infimum_claim(bounded, off),
            Claim(
                "floats_round_to_zero",
                max(*rounded, *other_label) < FARTHEST,
                f"zaokružen, gubitak iz vježbe točno je 0 za logit {_bound(rounded.float32)} u float32 i "
                f"{_bound(rounded.float64)} u float64 (oznaka 1); za oznaku 0 već za {_bound(-other_label.float32)} i "
                f"{_bound(-other_label.float64)}, a unakrsna entropija dvaju razreda za "
                f"{_bound(two_classes.float32)} i {_bound(two_classes.float64)}",
            ),
            Claim(
                "sigmoid_rounds_to_0_and_1",
                max(*to_one, *to_zero) < FARTHEST,
                f"u float32 sigmoida je točno 1 za logit {_bound(to_one.float32)}, a točno 0 za logit "
                f"{_bound(-to_zero.float32)}",
            ),
            Claim(
                "gradient_stops_before_loss",
                max(stopped) < FARTHEST and all(one < other for one, other in zip(stopped, rounded, strict=True)),
                f"gradijent gubitka u float32 točno je 0 već za logit {_bound(stopped.float32)}, gdje gubitak iznosi "
                f"{scientific(_criterion_loss(criterion, stopped.float32, 1.0, 'float32'))}",
            ),
        ),
        blocks=(
            Plot(
                title="Gubitak za oznaku 1",
                x_label="logit",
                y_label="gubitak",
                series=(
                    _curve("točno", range(0, 121, 4), lambda logit: float(exact_loss(logit, 2))),
                    _curve(
                        "vježba, float32",
                        range(0, 121, 4),
                        lambda logit: _criterion_loss(criterion, logit, 1.0, "float32"),
                    ),
                    _curve("dva razreda, float32", range(0, 121, 4), lambda logit: _cross_entropy(logit, 2, "float32")),
                ),
                log_y=True,
            ),
            Table(
                ("što se zaokruži", "u float32 od logita", "u float64 od logita"),
                tuple(
                    (what, *(_whole(sign * each) for each in where))
                    for what, sign, where in (
                        ("gubitak iz vježbe na 0, oznaka 1", 1, rounded),
                        ("gubitak iz vježbe na 0, oznaka 0", -1, other_label),
                        ("unakrsna entropija dvaju razreda na 0", 1, two_classes),
                        ("sigmoida na 1", 1, to_one),
                        ("sigmoida na 0", -1, to_zero),
                        ("gradijent gubitka na 0, oznaka 1", 1, stopped),
                    )
                ),
                title="Računanje s pomičnim zarezom",
                marked=(0,),
            ),
            Table(
                ("logit", "gubitak, oznaka 1", "sigmoida nedostaje do 1"),
                tuple((each, scientific(exact[each]), scientific(1 - sigmoid[each])) for each in GAPS),
                title="Točno izračunato",
            ),
        ),
        snippet=_criterion_snippet(criterion, rounded),
    )


def exact_loss(gap: float, classes: int) -> Decimal:
    """−ln softmax of the right class whose logit is ``gap`` above all others: ln(1 + (C − 1)·e^−gap), exactly.

    The precision grows with the gap, so that what is added to 1 keeps thirty digits of its own.
    """
    with localcontext() as context:
        context.prec = 30 + int(abs(gap) / log(10)) + 1
        return (1 + (classes - 1) * Decimal(-gap).exp()).ln()


def first(happens: Callable[[float], bool]) -> float:
    """The smallest number up to `FARTHEST` from which on something happens, by bisection; infinite if it never does."""
    low, high = 0.0, FARTHEST
    if not happens(high):
        return inf
    while high - low > 1e-4:
        middle = (low + high) / 2
        low, high = (low, middle) if happens(middle) else (middle, high)
    return high


def _rounded(happens: Callable[..., bool]) -> Rounded:
    """Bisect for a condition ``happens(logit, kind=…)`` in each of the `FLOATS`."""
    return Rounded(*(first(partial(happens, kind=kind)) for kind in FLOATS))


def _exact_sigmoid(logit: float) -> Decimal:
    """1 / (1 + e^−z), with enough digits to tell it from 0 and from 1."""
    with localcontext() as context:
        context.prec = 30 + int(abs(logit) / log(10)) + 1
        return 1 / (1 + Decimal(-logit).exp())


def _cross_entropy(gap: float, classes: int, kind: str) -> float:
    """Cross-entropy, by torch, of one example whose right logit is ``gap`` and all others zero."""
    import torch
    from torch.nn.functional import cross_entropy

    logits = torch.zeros(1, classes, dtype=_dtype(kind))
    logits[0, 0] = gap
    return float(cross_entropy(logits, torch.tensor([0])))


def _lab_loss(lab: Lab3, classes: int, gap: float) -> float:
    """The loss of the lab's NumPy network when the right word's logit is ``gap`` and all others zero."""
    import numpy as np

    network = lab.PlainRNN(1, 1, classes, np.random.default_rng(0))
    for array in network.parameters.arrays().values():
        array[...] = 0
    network.parameters.b_y[0] = gap
    return float(lab.loss(network.forward(np.zeros((1, 1, 1))), np.zeros((1, 1), dtype=np.int64)))


def _criterion_loss(criterion: Any, logit: float, label: float, kind: str) -> float:
    import torch

    return float(criterion(_one(logit, kind), torch.tensor([label], dtype=_dtype(kind))))


def _criterion_slope(criterion: Any, logit: float, kind: str) -> float:
    """The derivative of the loss with respect to the logit, label 1."""
    import torch

    at = _one(logit, kind).requires_grad_()
    return float(torch.autograd.grad(criterion(at, torch.ones_like(at)), at)[0])


def _one(logit: float, kind: str) -> Tensor:
    import torch

    return torch.tensor([logit], dtype=_dtype(kind))


def _dtype(kind: str) -> torch.dtype:
    import torch

    return {"float32": torch.float32, "float64": torch.float64}[kind]


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


def _trained_baseline(lab: Lab3, criterion: Any) -> list[float]:
    """The lab's loss of a small baseline in each of many steps of training on one and the same batch."""
    import torch

    with seeded(0):
        model = corpus.build(lab, "baseline", corpus.embedding(lab), 8)
        optimizer = Adam(model.parameters(), 2e-2)
        batch = [lab.pad_collate_fn(corpus.items(lab)[:16])]
        return [
            float(lab.train_epoch(model, batch, optimizer, criterion, clip=corpus.CLIP, device=torch.device("cpu")))
            for _ in range(STEPS[-2])
        ]


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


def _infimum_claim(bounded: dict[int, Decimal], off: float) -> Claim:
    """The loss falls below every bound, so its infimum is 0; only of the formula's loss can that be said."""
    return Claim(
        "infimum_is_zero",
        off < SAME and all(0 < loss < Decimal(10) ** -k for k, loss in bounded.items()),
        "uz dovoljno velik, ali konačan logit točno izračunat gubitak manji je od "
        f"{'; '.join(scientific(Decimal(10) ** -k, 0) for k in bounded)}: "
        f"{_powers(bounded.values())}",
    )


def _vocabularies(vocabulary: int) -> tuple[int, ...]:
    return tuple(sorted({2, vocabulary, 10_000}))


def _curve(name: str, xs: Iterable[int], loss: Callable[[float], float]) -> Series:
    """A curve for a logarithmic axis: it ends where the loss becomes zero."""
    points = [(float(x), loss(float(x))) for x in xs]
    kept = [(x, y) for x, y in points if y > 0]
    return Series(name, tuple(x for x, _ in kept), tuple(y for _, y in kept))


def _relative(measured: float, expected: Decimal) -> float:
    return abs(measured - float(expected)) / float(expected)


def _bound(logit: float) -> str:
    return "nijedan" if abs(logit) == inf else f"{decimal(logit, 1)} i {'više' if logit > 0 else 'manje'}"


def _whole(logit: float) -> str:
    return "nikad" if abs(logit) == inf else decimal(logit, 1)


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(str(each) for each in numbers)


def _powers(numbers: Iterable[float | Decimal]) -> str:
    return "; ".join(scientific(each) for each in numbers)


def _shown_at(rounded: Rounded) -> tuple[int, ...]:
    """Three logits for a snippet: well before the first rounding to zero, in the middle, and behind it."""
    end = rounded.float32 if rounded.float32 < inf else 100.0
    return (1, max(2, int(end / 2)), int(end) + 10)


def _entropy_snippet(vocabulary: int, rounded: Rounded) -> Snippet:
    """The exact cross-entropy beside torch's, around where float32 rounds it to zero."""
    shown = _shown_at(rounded)
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
            f"{each} {exact_loss(each, vocabulary):.1e} {_cross_entropy(each, vocabulary, 'float32'):.1e}"
            for each in shown
        ),
    )


def _criterion_snippet(criterion: Any, rounded: Rounded) -> Snippet:
    """The exact loss beside the lab's in float32, around where it is rounded to zero."""
    shown = _shown_at(rounded)
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
            f"{each} {exact_loss(each, 2):.1e} {_criterion_loss(criterion, each, 1.0, 'float32'):.1e} "
            f"{float(_one(each, 'float32').sigmoid()) == 1}"
            for each in shown
        ),
    )
