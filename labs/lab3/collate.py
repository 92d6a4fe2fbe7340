"""Batches of sentences of different lengths."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from .dataset import Item
from .vocab import PAD_INDEX

Batch = tuple[Tensor, Tensor, Tensor]
"""Texts (B, T_max), labels (B,), lengths of the unpadded texts (B,), all int64."""


def pad_collate_fn(batch: Sequence[Item], pad_index: int = PAD_INDEX) -> Batch:
    """Make one rectangular batch of ragged examples: the ``collate_fn`` of a ``DataLoader``.

    Args:
        batch: Pairs of a text (T_i,) and a label ().
        pad_index: Index that fills the texts up to the longest one.

    Returns:
        Texts (B, T_max), labels (B,), lengths (B,) of the examples before padding.

    Raises:
        ValueError: An empty batch or an example without tokens.
    """
    if not batch:
        raise ValueError("an empty batch has no shape")
    texts, labels = zip(*batch, strict=True)
    lengths = torch.tensor([len(text) for text in texts])
    if not bool(lengths.all()):
        raise ValueError("an example without tokens has no mean and no last step")
    padded = pad_sequence(list(texts), batch_first=True, padding_value=pad_index)
    return padded, torch.stack(list(labels)), lengths


def real_steps(lengths: Tensor, steps: int) -> Tensor:
    """Mask (B, steps), True where a step belongs to the sentence and not to its padding.

    The mask comes from the lengths and not from ``texts != pad_index``: what padding is, is decided once,
    by `pad_collate_fn`.
    """
    return torch.arange(steps, device=lengths.device) < lengths.unsqueeze(1)
