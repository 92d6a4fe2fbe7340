"""Random chains of layers that fit: each as text for quizlab and, by itself, as modules of torch."""

from __future__ import annotations

import random
from typing import Any

import torch
from torch import nn

Shape = tuple[int, ...]


class Drawn:
    """A chain being drawn: its text, its modules, and the shape that it has come to by torch's own run."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.texts: list[str] = []
        self.modules: list[nn.Module] = []
        self.outputs: list[Shape] = []
        kind = rng.choice(["image", "sequence", "words", "rows"])
        n = rng.randint(1, 3)
        self.indices = kind == "words"
        self.input: Shape = {
            "image": (n, rng.choice([1, 3, 4]), rng.randint(9, 20), rng.randint(9, 20)),
            "sequence": (n, rng.choice([2, 4]), rng.randint(8, 20)),
            "words": (n, rng.randint(3, 7)),
            "rows": (n, rng.randint(2, 9)),
        }[kind]
        self.value: Any = torch.zeros(self.input, dtype=torch.long if self.indices else torch.float32)
        wanted = rng.randint(1, 7)
        while len(self.modules) < wanted:
            self.step()

    def add(self, kind: str, *given: object, **named: object) -> None:
        module = getattr(nn, kind)(*given, **named).eval()
        with torch.no_grad():
            value = module(self.value)
        picked = ""
        if isinstance(value, tuple):
            value, picked = value[0], "[0]"
        self.value = value
        words = [*map(repr, given), *(f"{name}={value!r}" for name, value in named.items())]
        self.texts.append(f"{kind}({', '.join(words)}){picked}" if words else f"{kind}{picked}")
        self.modules.append(module)
        self.outputs.append(tuple(value.shape))

    def step(self) -> None:
        rng, shape = self.rng, tuple(self.value.shape)
        if not self.value.is_floating_point():
            self.add("Embedding", rng.randint(5, 50), rng.randint(2, 9))
            return
        ways = [self.pointwise, self.linear]
        if len(shape) in (3, 4):
            ways += [self.convolution, self.convolution, self.pooling, self.norm, self.flatten, self.transposed]
        if len(shape) == 3:
            ways += [self.recurrent, self.recurrent]
        if len(shape) == 2:
            ways.append(self.rows)
        rng.choice(ways)()

    def pointwise(self) -> None:
        kind = self.rng.choice(
            ["ReLU", "Tanh", "Sigmoid", "GELU", "LeakyReLU", "Dropout", "Identity", "ELU", "Softmax"]
        )
        self.add(kind, **({"dim": -1} if kind == "Softmax" else {}))

    def linear(self) -> None:
        bias = {} if self.rng.random() < 0.6 else {"bias": self.rng.random() < 0.5}
        self.add("Linear", self.value.shape[-1], self.rng.randint(1, 12), **bias)

    def spatial(self) -> int:
        return int(self.value.dim()) - 2

    def convolution(self) -> None:
        n, rng, channels = self.spatial(), self.rng, self.value.shape[1]
        smallest = min(self.value.shape[2:])
        kernel = rng.randint(1, min(5, smallest))
        groups = channels if rng.random() < 0.2 else 1
        named: dict[str, object] = {}
        if rng.random() < 0.5:
            named["stride"] = rng.randint(1, 3)
        if rng.random() < 0.5:
            named["padding"] = rng.choice([0, 1, 2, tuple(rng.randint(0, 2) for _ in range(n))])
        if rng.random() < 0.3:
            named["bias"] = False
        if groups > 1:
            named["groups"] = groups
        if kernel > 1 and 2 * (kernel - 1) + 1 <= smallest and rng.random() < 0.3:
            named["dilation"] = 2
        self.add(f"Conv{n}d", channels, groups * rng.randint(1, 4), kernel, **named)

    def transposed(self) -> None:
        if max(self.value.shape[2:]) < 12:
            kernel = self.rng.randint(1, 4)
            self.add(f"ConvTranspose{self.spatial()}d", self.value.shape[1], 3, kernel, stride=self.rng.randint(1, 2))

    def pooling(self) -> None:
        n, rng = self.spatial(), self.rng
        kernel = rng.randint(1, min(3, *self.value.shape[2:]))
        kind = rng.choice(["MaxPool", "AvgPool", "AdaptiveAvgPool", "AdaptiveMaxPool"])
        if kind.startswith("Adaptive"):
            self.add(f"{kind}{n}d", rng.randint(1, 3))
        else:
            named = {} if rng.random() < 0.4 else {"stride": rng.randint(1, 2), "padding": kernel // 2}
            self.add(f"{kind}{n}d", kernel, **named, **({"ceil_mode": True} if rng.random() < 0.2 else {}))

    def norm(self) -> None:
        channels = self.value.shape[1]
        kind = self.rng.choice(["BatchNorm", "BatchNorm", "GroupNorm", "LayerNorm"])
        if kind == "GroupNorm" and self.value[:1, :channels].numel() > 1:
            self.add(kind, 1, channels)
        elif kind == "LayerNorm":
            self.add(kind, self.value.shape[-1])
        else:
            self.add(f"BatchNorm{self.spatial()}d", channels, **({"affine": False} if self.rng.random() < 0.2 else {}))

    def flatten(self) -> None:
        self.add("Flatten", **({} if self.rng.random() < 0.7 else {"start_dim": 2}))

    def recurrent(self) -> None:
        rng = self.rng
        named: dict[str, object] = {"batch_first": rng.random() < 0.5, "bidirectional": rng.random() < 0.5}
        if rng.random() < 0.5:
            named["num_layers"] = rng.randint(1, 3)
        if rng.random() < 0.3:
            named["bias"] = False
        self.add(rng.choice(["RNN", "LSTM", "GRU"]), self.value.shape[-1], rng.randint(1, 6), **named)

    def rows(self) -> None:
        self.add("BatchNorm1d", self.value.shape[1])


def drawn(number: int, seed: int = 0) -> list[Drawn]:
    """So many chains, the same every time."""
    rng = random.Random(seed)
    return [Drawn(rng) for _ in range(number)]
