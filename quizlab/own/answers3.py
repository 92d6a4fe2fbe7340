"""A dictionary of settings that answers by the words of the key: ``args["hidden_dim"]``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizlab.own.binding import called

WORDS = (
    ("max_size", "max"),
    ("min_freq", "min"),
    ("bidirectional", "bidir|bi_dir|dvosmj"),
    ("dropout", "drop"),
    ("num_layers", "layer|sloj"),
    ("cell", "cell|type|mode|rnn|model|vrst|celij"),
    ("hidden_size", "hid|dim2|skriv"),
    ("output", "out|class|labels"),
    ("embedding_size", "emb|input|dim|size"),
    ("seed", "seed"),
    ("learning_rate", "lr|learn"),
    ("clip", "clip|grad"),
    ("batch_size", "batch"),
    ("epochs", "epoch"),
    ("device", "dev"),
    ("activation", "activ"),
)
USUAL: dict[str, Any] = {
    "max_size": -1, "min_freq": 0, "bidirectional": False, "dropout": 0.0, "num_layers": 2, "cell": "rnn",
    "hidden_size": 150, "embedding_size": 300, "seed": 0, "learning_rate": 1e-4, "clip": 0.25, "batch_size": 10,
    "epochs": 1, "device": "cpu", "output": 1, "activation": "relu",
}  # fmt: skip


class Answers(dict[str, Any]):
    """Settings under whatever key a student asks for them; also as attributes."""

    def __init__(
        self,
        values: Mapping[str, Any],
        words: Sequence[tuple[str, str]] = WORDS,
        usual: Mapping[str, Any] = USUAL,
    ) -> None:
        super().__init__({**usual, **values})
        self.__dict__["words"] = tuple(words)

    def __missing__(self, key: str) -> Any:
        for name, pattern in self.__dict__["words"]:
            if called(key, pattern) and dict.__contains__(self, name):
                return self[name]
        raise KeyError(key)

    def __getattr__(self, key: str) -> Any:
        try:
            return self[key]
        except KeyError as error:
            raise AttributeError(key) from error

    def get(self, key: str, default: Any = None) -> Any:
        """The answer to a key, or the default value."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or (isinstance(key, str) and self.get(key) is not None)
