"""Attention over the hidden states (bonus task of lab 3)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .collate import real_steps


class Attention(nn.Module):
    """Bahdanau attention without a query: a = w₂·tanh(W₁h), α = softmax(a), Σ α·h.

    Source: Bahdanau, Cho and Bengio, "Neural Machine Translation by Jointly Learning to Align and
    Translate", ICLR 2015; without the decoder's state, for a classifier has none.
    """

    def __init__(self, state_size: int, attention_size: int | None = None) -> None:
        """Make the two layers.

        Args:
            state_size: Size D of a hidden state.
            attention_size: Rows of W₁; half of D when left out.
        """
        super().__init__()
        attention_size = max(1, state_size // 2) if attention_size is None else attention_size
        self.W1 = nn.Linear(state_size, attention_size, bias=False)
        self.w2 = nn.Linear(attention_size, 1, bias=False)

    def forward(self, states: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Pool the states of every sentence.

        Args:
            states: Hidden states (T, B, D), time first, padded.
            lengths: Lengths (B,) without padding, on the device of the states.

        Returns:
            The weighted sum (B, D) and the weights α (T, B), zero over padding, summing to 1 over time.
        """
        scores = self.w2(torch.tanh(self.W1(states))).squeeze(2)
        mask = real_steps(lengths, states.shape[0]).T
        # −inf before the softmax, not 0 after it: the weights of the real steps must still sum to 1.
        weights = scores.masked_fill(~mask, float("-inf")).softmax(dim=0)
        return (weights.unsqueeze(2) * states).sum(dim=0), weights
