"""Lab 3 as a student may have written it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

import labs.lab3 as ours
from quizlab.hooks.owned import MissingPartError
from tests.manuscripts_mistakes.own import Own

CELLS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


def vocab(mistake: str, structure: str) -> Any:
    """The class of the vocabulary."""

    class Vocab:
        def __init__(self, freq: Mapping[str, int], max_size: int = -1, min_freq: int = 0, text: bool = True) -> None:
            words = list(freq)
            if mistake == "ties":
                words = sorted(words)
            if mistake != "not-by-frequency":
                words.sort(key=lambda word: -freq[word])
            if mistake == "two-words-lost":
                words = words[:-2]
            if mistake == "min-freq-strict":
                words = [word for word in words if freq[word] > min_freq]
            elif mistake != "min-freq-ignored":
                words = [word for word in words if freq[word] >= min_freq]
            special = ["<PAD>", "<UNK>"] if text else ["<UNK>"] if mistake == "label-unk" else []
            if mistake == "specials" and text:
                special = ["<UNK>", "<PAD>"]
            limit = max_size + 2 if mistake == "max-size" and max_size > 0 else max_size
            every = [*special, *words]
            every = every if limit == -1 else every[:limit]
            if mistake == "specials-counted" and min_freq > 1:
                every = every[2:]
            self.stoi = {word: index for index, word in enumerate(every)}
            kept = every[2:] if mistake == "itos-lacks" else every
            self.itos: Any = dict(enumerate(kept)) if structure == "itos-dict" else kept

        def encode(self, tokens: Any) -> torch.Tensor:
            if mistake == "unknown-dropped":
                tokens = [each for each in tokens if each in self.stoi]
            indices = [self.stoi.get(each, self.stoi.get("<UNK>", 0)) for each in tokens]
            return torch.tensor(indices, dtype=torch.float32 if mistake == "float-indices" else torch.int64)

    if mistake != "no-len":
        Vocab.__len__ = lambda self: len(self.stoi)  # type: ignore[attr-defined]
    return Vocab


def collate(mistake: str) -> Any:
    """The function that makes a batch."""

    def pad_collate_fn(batch: Any, pad_index: int = 0) -> Any:
        texts, labels = zip(*batch, strict=True)
        lengths = torch.tensor([len(text) for text in texts])
        if mistake == "texts-cut":
            shortest = int(lengths.min())
            padded = torch.stack([text[:shortest] for text in texts])
        else:
            padded = pad_sequence(
                texts, batch_first=True, padding_value=1 if mistake == "filled-with-other" else pad_index
            )
        return padded, labels if mistake == "labels-tuple" else torch.stack(labels), lengths

    return pad_collate_fn


def baseline(mistake: str, structure: str) -> Any:
    """The class of the model without recurrent layers."""

    class Baseline(nn.Module):
        def __init__(self, embedding: nn.Embedding) -> None:
            super().__init__()
            self.embedding = embedding
            self.layers = nn.Sequential(
                nn.Linear(300, 150),
                nn.ReLU(inplace=structure == "in-place"),
                nn.Linear(150, 150),
                nn.ReLU(),
                nn.Linear(150, 1),
            )

        def forward(self, x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
            vectors = self.embedding(x)
            if mistake == "padding-in-mean":
                pooled = vectors.mean(dim=1)
            elif mistake == "not-mean":
                pooled = vectors.amax(dim=1)
            else:
                pooled = vectors.sum(dim=1) / lengths.unsqueeze(1)
            return self.layers(pooled)

    return Baseline


def recurrent(mistake: str, structure: str) -> Any:
    """The class of the recurrent model."""

    class Recurrent(nn.Module):
        def __init__(
            self, embedding: nn.Embedding, cell: str = "gru", layers: int = 2, bidirectional: bool = False
        ) -> None:
            super().__init__()
            self.embedding = embedding
            more = {"nonlinearity": "relu"} if mistake == "rnn-relu" and cell == "rnn" else {}
            first = structure == "batch-first"
            two = structure == "two-networks" or mistake == "depth-4"
            depth = 1 if structure == "two-networks" and mistake != "depth-4" else layers
            self.rnn = CELLS[cell](300, 150, depth, batch_first=first, bidirectional=bidirectional, **more)
            width = 300 if bidirectional else 150
            self.second = (
                CELLS[cell](width, 150, depth, batch_first=first, bidirectional=bidirectional) if two else None
            )
            self.fc1, self.fc2 = nn.Linear(width, 150), nn.Linear(150, 1)

        def train(self, mode: bool = True) -> Any:
            if structure == "own-train":
                raise RuntimeError("trains the whole program")
            return super().train(mode)

        def forward(self, x: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
            first = structure == "batch-first"
            vectors = self.embedding(x if first else x.T)
            if mistake != "padding-read":
                vectors = pack_padded_sequence(vectors, lengths, batch_first=first, enforce_sorted=False)
            if mistake == "not-word-by-word":
                vectors = (self.embedding(x).sum(1) / lengths.unsqueeze(1)).unsqueeze(0)
            states, last = self.rnn(vectors)
            if self.second is not None:
                states, last = self.second(states)
            hidden = last[0] if isinstance(last, tuple) else last
            hidden = hidden[0] if mistake == "not-last-state" else hidden[-1]
            out = self.fc2(torch.relu(self.fc1(hidden)))
            out = out.sigmoid() if mistake == "probabilities" else out
            return out.squeeze(1) if structure == "one-dimension" else out

    return Recurrent


def embedding_of(mistake: str, structure: str) -> Any:
    """The function that makes the matrix."""

    def make(words: Any, size: int = 300) -> torch.Tensor:
        matrix = torch.randn(len(words.stoi), size)
        if mistake != "pad-row":
            matrix[0] = 0
        return matrix

    return make


def read(mistake: str) -> Any:
    """The function that reads a file."""

    def without_header(path: str) -> Any:
        import pandas as pd

        return pd.read_csv(path, header=None)

    def with_header(path: str) -> Any:
        import pandas as pd

        return pd.read_csv(path)

    return with_header if mistake == "first-row" else without_header


STRUCTURES = (
    "",
    "itos-dict",
    "in-place",
    "two-networks",
    "batch-first",
    "one-dimension",
    "own-train",
    "one-way",
    "no-rnn",
)


def lab3(mistake: str = "", structure: str = "", without: tuple[str, ...] = ()) -> Any:
    """A whole lab with at most one mistake; ``without`` leaves parts out."""
    parts: dict[str, Any] = {
        "vocab": vocab(mistake, structure),
        "instances": read(mistake),
        "collate": collate(mistake),
        "embedding": embedding_of(mistake, structure),
        "baseline": baseline(mistake, structure),
        "recurrent": recurrent(mistake, structure),
    }
    parts = {name: None if name in without else part for name, part in parts.items()}
    kind, network = parts["vocab"], parts["recurrent"]

    def built(
        vectors: Any, cell: str = "gru", size: int = 150, layers: int = 2, *_: Any, bidirectional: bool = False
    ) -> Any:
        if structure == "no-rnn" and cell == "rnn":
            raise MissingPartError("rnn")
        if structure == "one-way" and bidirectional:
            raise MissingPartError("bidirectional")
        return network(vectors, cell, layers, bidirectional)

    faces = {
        "Vocab": ("vocab", lambda freq, max_size=-1, min_freq=0: kind(freq, max_size, min_freq)),
        "make_label_vocab": ("vocab", lambda: kind({"positive": 2, "negative": 1}, text=False)),
        "pad_collate_fn": ("collate", lambda batch: _stacked(parts["collate"](batch))),
        "embedding_matrix": ("embedding", parts["embedding"]),
        "Baseline": ("baseline", lambda vectors, size=150: parts["baseline"](vectors)),
        "RecurrentClassifier": ("recurrent", built),
    }
    return Own(ours, parts, faces)


def _stacked(batch: Any) -> Any:
    texts, labels, lengths = batch
    return texts, torch.stack(list(labels)) if isinstance(labels, tuple) else labels, lengths
