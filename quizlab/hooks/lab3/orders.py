"""The sentences in several orders, and how far the logits of both models move with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from quizlab.hooks.faces import Lab3, once_per_lab
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.corpus import CLOSE
from quizlab.model import Claim
from quizlab.numbers import gap

if TYPE_CHECKING:
    from torch import Tensor

SHUFFLES = (1, 2, 3)
"""Seeds of the random orders."""

MODELS = {"baseline": "osnovni model", "rnn": "RNN"}


def models(lab: Lab3) -> dict[str, Any]:
    """Both trained models by their names."""
    return {"baseline": corpus.learned(lab).baseline, "rnn": corpus.learned(lab).rnn}


@once_per_lab
def orders(lab: Lab3) -> list[list[tuple[Tensor, Tensor, Tensor]]]:
    """The training sentences in batches: first as they are, then shuffled with every seed."""
    sentences = corpus.items(lab)
    return [corpus.batches(lab, each) for each in (sentences, *(corpus.shuffled(sentences, s) for s in SHUFFLES))]


def moved_by(lab: Lab3, model: Any, change: Callable[[Lab3], list[Any]] | None = None) -> float:
    """How far any logit of a model moves when the sentences are changed, by shuffling unless told otherwise."""
    asked, *shuffled = orders(lab)
    start = corpus.logits(model, asked)
    changed = [change(lab)] if change else shuffled
    return max(float((corpus.logits(model, each) - start).abs().max()) for each in changed)


def order_claims(moved: Mapping[str, float]) -> tuple[Claim, Claim]:
    """Neither of the two is about a value of the loss: logits stay, or they do not."""
    return (
        Claim(
            "baseline_ignores_order",
            moved["baseline"] < CLOSE,
            f"najveći pomak logita osnovnog modela nakon miješanja riječi: {gap(moved['baseline'])}",
        ),
        Claim(
            "rnn_sees_order",
            moved["rnn"] > CLOSE,
            f"najveći pomak logita RNN-a nakon miješanja riječi: {gap(moved['rnn'])}",
        ),
    )
