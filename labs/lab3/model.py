"""From a configuration to the model it describes."""

from __future__ import annotations

from torch import nn

from .baseline import Baseline
from .config import Config
from .recurrent import RecurrentClassifier


def make_model(config: Config, embedding: nn.Embedding) -> Baseline | RecurrentClassifier:
    """Baseline or recurrent classifier; both map texts (B, T) and lengths (B,) to logits (B, 1)."""
    if config.model == "baseline":
        return Baseline(embedding, config.hidden_size)
    return RecurrentClassifier(
        embedding,
        config.model,
        config.hidden_size,
        config.num_layers,
        config.dropout,
        bidirectional=config.bidirectional,
        attention=config.attention,
    )
