"""Accuracy, F1 and the confusion matrix."""

from __future__ import annotations

import torch
from torch import Tensor


def confusion_matrix(targets: Tensor, predictions: Tensor, classes: int = 2) -> Tensor:
    """Count the pairs of true and predicted class.

    Args:
        targets: True classes (N,).
        predictions: Predicted classes (N,).
        classes: Number of classes C.

    Returns:
        Counts (C, C): the row is the true class, the column the predicted one.

    Raises:
        ValueError: No examples, different shapes, or a class outside [0, C).
    """
    if targets.dim() != 1 or targets.shape != predictions.shape or not len(targets):
        raise ValueError(f"two equally long vectors expected, got {tuple(targets.shape)}, {tuple(predictions.shape)}")
    both = torch.stack([targets, predictions]).long()
    if int(both.min()) < 0 or int(both.max()) >= classes:
        raise ValueError(f"classes outside [0, {classes})")
    # A pair of classes is a number with two digits in base C; counting those counts the pairs.
    return torch.bincount(both[0] * classes + both[1], minlength=classes**2).view(classes, classes)


def accuracy(confusion: Tensor) -> float:
    """Share of right predictions: the diagonal of the confusion matrix (C, C) over all."""
    return float(confusion.trace() / confusion.sum())


def f1_score(confusion: Tensor, positive: int) -> float:
    """Harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN).

    Args:
        confusion: Confusion matrix (C, C).
        positive: Index of the class that counts as positive. There is no default on purpose: in this lab
            the label `positive` has index 0, while most libraries take class 1.

    Returns:
        A number in [0, 1]; 0 where the class is neither present nor predicted.
    """
    hits = float(confusion[positive, positive])
    total = float(confusion[positive].sum() + confusion[:, positive].sum())
    return 2 * hits / total if total else 0.0
