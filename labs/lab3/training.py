"""One epoch of training, one evaluation, and the pieces that both are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .collate import Batch
from .config import Config
from .instance import LABELS
from .metrics import accuracy, confusion_matrix, f1_score

Criterion = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one pass over a split found.

    Attributes:
        loss: Mean loss of an example.
        accuracy: Share of right predictions.
        f1: F1 of the class `positive`.
        confusion: Counts, row the true class, column the predicted one, classes in the order of `LABELS`.
    """

    loss: float
    accuracy: float
    f1: float
    confusion: tuple[tuple[int, int], tuple[int, int]]


def make_criterion() -> nn.BCEWithLogitsLoss:
    """The loss of the lab: binary cross-entropy on logits (B,) and labels (B,) as floats, mean → scalar.

    Equal to two-class cross-entropy over the outputs [0, logit].
    """
    return nn.BCEWithLogitsLoss()


def make_optimizer(model: nn.Module, config: Config) -> torch.optim.Optimizer:
    """The optimiser of the lab: Adam (Kingma and Ba, ICLR 2015) over every parameter that is not frozen."""
    trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
    return torch.optim.Adam(trainable, lr=config.learning_rate)


def clip_gradients(parameters: Iterable[nn.Parameter], max_norm: float) -> Tensor:
    """Scale all gradients together, in place, so that their common L2 norm is at most `max_norm`.

    The direction stays; gradients that are small enough are not touched.

    Returns:
        The norm before clipping, a scalar.

    Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013.
    """
    return nn.utils.clip_grad_norm_(parameters, max_norm)


def train_epoch(
    model: nn.Module,
    batches: Iterable[Batch],
    optimizer: torch.optim.Optimizer,
    criterion: Criterion,
    *,
    clip: float,
    device: torch.device,
    on_batch: Callable[[float], None] | None = None,
) -> float:
    """Pass once over the training batches and update the model after each.

    Args:
        model: Maps texts (B, T) and lengths (B,) to logits (B, 1).
        batches: As from `pad_collate_fn`.
        optimizer: Over the model's parameters.
        criterion: Mean loss of a batch.
        clip: As in `clip_gradients`.
        device: Device of the model.
        on_batch: Called with the loss of every batch, for a progress bar.

    Returns:
        Mean loss of an example over the epoch.

    Raises:
        ValueError: No batches.
    """
    model.train()
    total, examples = 0.0, 0
    for texts, labels, lengths in batches:
        optimizer.zero_grad()
        logits = model(texts.to(device), lengths).squeeze(1)
        loss = criterion(logits, labels.to(device, logits.dtype))
        loss.backward()  # type: ignore[no-untyped-call]
        # After backward and before the step: only there does the gradient that the step uses exist.
        clip_gradients(model.parameters(), clip)
        optimizer.step()
        # The last batch may be smaller, so batches are weighted by their size.
        total += loss.item() * len(labels)
        examples += len(labels)
        if on_batch is not None:
            on_batch(loss.item())
    if not examples:
        raise ValueError("no batches to train on")
    return total / examples


@torch.no_grad()
def evaluate(model: nn.Module, batches: Iterable[Batch], criterion: Criterion, *, device: torch.device) -> Evaluation:
    """Pass once over batches without training; a logit above 0 predicts label 1.

    Raises:
        ValueError: No batches.
    """
    was_training = model.training
    model.eval()
    logits, labels = [], []
    for texts, targets, lengths in batches:
        logits.append(model(texts.to(device), lengths).squeeze(1).cpu())
        labels.append(targets)
    model.train(was_training)
    if not labels:
        raise ValueError("no batches to evaluate on")
    all_logits, all_labels = torch.cat(logits), torch.cat(labels)
    loss = criterion(all_logits, all_labels.to(all_logits.dtype))
    confusion = confusion_matrix(all_labels, (all_logits > 0).long())
    (a, b), (c, d) = confusion.tolist()
    f1 = f1_score(confusion, positive=LABELS.index("positive"))
    return Evaluation(float(loss), accuracy(confusion), f1, ((a, b), (c, d)))
