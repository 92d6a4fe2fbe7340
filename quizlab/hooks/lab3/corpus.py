"""The lab's small corpus, and the two models of the lab trained on it, shared by the proofs that need sentences.

Computed once for each lab, with the lab's own models and training loop. The training is short and sees the
training split only: enough for both models to know it by heart, which is all that the proofs ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.adam import Adam
from quizlab.hooks.common import seeded
from quizlab.hooks.faces import Lab3, once_per_lab

if TYPE_CHECKING:
    from torch import Tensor, nn

Item = tuple["Tensor", "Tensor"]

PAD = "<PAD>"
UNK = "<UNK>"

SIZE = 32
"""Of a word's vector and of every hidden layer: a tenth of the lab's, for speed."""

BATCH = 120
EPOCHS = 8
RATES = {"baseline": 4e-2, "rnn": 2e-2}
CLIP = 0.25

CLOSE = 1e-4
"""Logits and losses this near are equal: a mean over words in another order is rounded in another way."""


class Learned(NamedTuple):
    """The two trained models, and the mean training loss of each of their epochs."""

    baseline: Any
    rnn: Any
    losses: dict[str, list[float]]


@once_per_lab
def reviews(lab: Lab3) -> Any:
    """The lab's corpus: split → data set."""
    return lab.load_splits(lab.BUNDLED_DATA)


@once_per_lab
def items(lab: Lab3) -> list[Item]:
    """The training split as the lab's data set gives it out: (words, label)."""
    train = reviews(lab)["train"]
    return [train[index] for index in range(len(train))]


@once_per_lab
def learned(lab: Lab3) -> Learned:
    """The lab's baseline and its plain RNN, trained on the training split."""
    losses: dict[str, list[float]] = {}
    baseline, losses["baseline"] = train(lab, "baseline", items(lab))
    rnn, losses["rnn"] = train(lab, "rnn", items(lab))
    return Learned(baseline, rnn, losses)


def train(lab: Lab3, name: str, sentences: Sequence[Item]) -> tuple[Any, list[float]]:
    """Build the baseline or the plain RNN and train it with the lab's own `train_epoch`.

    The criterion is torch's: these proofs are about what a model sees and not about its loss.
    """
    import torch
    from torch import nn

    with seeded(0):
        model = build(lab, name, embedding(lab))
        optimizer = Adam(model.parameters(), RATES[name])
        loader = batches(lab, sentences)
        losses = [
            float(
                lab.train_epoch(model, loader, optimizer, nn.BCEWithLogitsLoss(), clip=CLIP, device=torch.device("cpu"))
            )
            for _ in range(EPOCHS)
        ]
    return model.eval(), losses


def build(lab: Lab3, name: str, vectors: nn.Embedding, size: int = SIZE, layers: int = 1) -> Any:
    """The lab's baseline, or its recurrent classifier with the named cell."""
    return lab.Baseline(vectors, size) if name == "baseline" else lab.RecurrentClassifier(vectors, name, size, layers)


def embedding(lab: Lab3) -> Any:
    """A random embedding layer over the corpus's vocabulary, trainable."""
    import torch

    return lab.make_embedding(torch.randn(len(reviews(lab)["train"].text_vocab), SIZE), freeze=False)


def batches(lab: Lab3, sentences: Sequence[Item]) -> list[tuple[Tensor, Tensor, Tensor]]:
    """The sentences in batches as the lab's collate function makes them, in order."""
    return [lab.pad_collate_fn(sentences[start : start + BATCH]) for start in range(0, len(sentences), BATCH)]


def shuffled(sentences: Sequence[Item], seed: int) -> list[Item]:
    """The same sentences, the words of each in a random order."""
    import torch

    chance = torch.Generator().manual_seed(seed)
    return [(words[torch.randperm(len(words), generator=chance)], label) for words, label in sentences]


def logits(model: Any, loader: Sequence[tuple[Tensor, Tensor, Tensor]]) -> Tensor:
    """The logits of all sentences in one row, in evaluation mode, without gradients."""
    import torch

    model.eval()
    with torch.no_grad():
        return torch.cat([model(texts, lengths).flatten() for texts, _, lengths in loader])


@once_per_lab
def twins(lab: Lab3) -> list[tuple[Any, Any]]:
    """Pairs of sentences of the corpus with exactly the same words in another order and opposite labels."""
    by_words: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for split in reviews(lab).values():
        for instance in split.instances:
            by_words[tuple(sorted(instance.text))].append(instance)
    pairs = [(group[0], other) for group in by_words.values() for other in group[1:]]
    return [(one, other) for one, other in pairs if one.label != other.label]
