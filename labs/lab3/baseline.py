"""The baseline: mean of the word vectors and a feed-forward network."""

from __future__ import annotations

from torch import Tensor, nn

from .collate import real_steps


def mean_pool(vectors: Tensor, lengths: Tensor) -> Tensor:
    """Mean over time that leaves padding out.

    Args:
        vectors: Word vectors (B, T, E), padded.
        lengths: Lengths (B,) without padding, each at least 1.

    Returns:
        Means (B, E); dividing by T instead would shrink the mean of every sentence shorter than T.
    """
    mask = real_steps(lengths, vectors.shape[1]).unsqueeze(2)
    return vectors.masked_fill(~mask, 0.0).sum(dim=1) / lengths.unsqueeze(1)


class Baseline(nn.Module):
    """Mean pooling → fc(E, 150) → ReLU → fc(150, 150) → ReLU → fc(150, 1) (lab 3, task 2).

    The mean does not depend on the order of the words, so neither do the logits.
    """

    def __init__(self, embedding: nn.Embedding, hidden_size: int = 150) -> None:
        super().__init__()
        self.embedding = embedding
        self.fc1 = nn.Linear(embedding.embedding_dim, hidden_size)
        self.fc2 = nn.Linear(hidden_size, hidden_size)
        self.fc3 = nn.Linear(hidden_size, 1)

    def forward(self, texts: Tensor, lengths: Tensor) -> Tensor:
        """Logits (B, 1) of label 1 for texts (B, T) of the given lengths (B,)."""
        lengths = lengths.to(texts.device)
        pooled = mean_pool(self.embedding(texts), lengths)
        hidden = self.fc2(self.fc1(pooled).relu()).relu()
        logits: Tensor = self.fc3(hidden)
        return logits
