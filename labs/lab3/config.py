"""Hyperparameters of the lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

CellName = Literal["rnn", "gru", "lstm"]
ModelName = Literal["baseline", "rnn", "gru", "lstm"]
CELLS: tuple[CellName, ...] = get_args(CellName)
MODELS: tuple[ModelName, ...] = get_args(ModelName)

HYPERPARAMETERS: dict[str, tuple[str, ...]] = {
    "stopa učenja": ("learning_rate",),
    "broj epoha": ("epochs",),
    "veličina grupe": ("train_batch_size", "eval_batch_size"),
    "dimenzija skrivenog stanja": ("hidden_size",),
    "dimenzija ugrađivanja": ("embedding_size",),
    "dropout": ("dropout",),
    "optimizator": ("optimizer",),
    "broj slojeva": ("num_layers",),
    "vrsta ćelije": ("model",),
}
"""The nine that the lab asks for, by their Croatian name, and the fields of `Config` that hold them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One run of lab 3; the defaults are the lab's.

    Attributes:
        learning_rate: Step size of the optimiser.
        epochs: Passes over the training split; the lab asks for at least 5.
        train_batch_size: Examples of one step of training.
        eval_batch_size: Examples of one batch of evaluation.
        hidden_size: Size of the hidden state and of the hidden fully connected layers.
        embedding_size: Length of a word's vector.
        dropout: Probability of dropout between recurrent layers (so it needs at least two of them).
        optimizer: Name of the optimiser.
        num_layers: Number of stacked recurrent layers.
        model: Cell of the recurrent network, or the baseline without one.
        bidirectional: Whether a second network reads the sentence from its end.
        attention: Whether attention pools all states instead of taking the last one.
        clip: Largest L2 norm of the gradient of all parameters together.
        min_freq: Least frequency of a word of the vocabulary.
        max_size: Largest vocabulary, -1 for no limit.
        seed: Seed of the embedding, the weights, the order of the examples and dropout.

    Raises:
        ValueError: A value outside its range; the message is a Croatian sentence that names the field.
    """

    learning_rate: float = 1e-4
    epochs: int = 5
    train_batch_size: int = 10
    eval_batch_size: int = 32
    hidden_size: int = 150
    embedding_size: int = 300
    dropout: float = 0.0
    optimizer: Literal["adam"] = "adam"
    num_layers: int = 2
    model: ModelName = "gru"
    bidirectional: bool = False
    attention: bool = False
    clip: float = 0.25
    min_freq: int = 0
    max_size: int = -1
    seed: int = 1

    def __post_init__(self) -> None:
        for name in (
            "epochs",
            "train_batch_size",
            "eval_batch_size",
            "hidden_size",
            "embedding_size",
            "num_layers",
        ):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} mora biti barem 1, a zadan je {getattr(self, name)}")
        for name in ("learning_rate", "clip"):
            if not 0 < getattr(self, name) < float("inf"):
                raise ValueError(f"{name} mora biti pozitivan broj, a zadan je {getattr(self, name)}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout mora biti u [0, 1), a zadan je {self.dropout}")
        if self.min_freq < 0:
            raise ValueError(f"min_freq ne smije biti negativan, a zadan je {self.min_freq}")
        if self.max_size != -1 and self.max_size < 2:
            raise ValueError(f"max_size mora biti -1 ili barem 2 (posebni znakovi), a zadan je {self.max_size}")
        if self.model not in MODELS:
            raise ValueError(f"model mora biti jedan od {', '.join(MODELS)}, a zadan je {self.model}")
        if self.optimizer != "adam":
            raise ValueError(f"optimizer mora biti adam, a zadan je {self.optimizer}")
