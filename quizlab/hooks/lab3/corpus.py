"""The lab's small corpus, and the two models of the lab trained on it, shared by the proofs that need sentences.

Computed once for each lab, with the lab's own models and training loop. The training is short and sees the
training split only: enough for both models to know it by heart, which is all that the proofs ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.adam import Adam
from quizlab.hooks.common import seeded, set_mode
from quizlab.hooks.faces import Lab3, once_per_lab
from quizlab.hooks.owned import MissingPartError, has, is_own, material, reference_of

if TYPE_CHECKING:
    from torch import Tensor, nn

Item = tuple["Tensor", "Tensor"]

PAD = "<PAD>"
UNK = "<UNK>"

SIZE = 32
"""Of a word's vector and of every hidden layer: a tenth of the lab's, for speed."""

OWN_SIZES = (300, 150)
"""Of a word's vector and of every hidden layer of a student's models: the lab's numbers may be written into them."""

BATCH = 120
EPOCHS = 8
OWN_EPOCHS = 2
"""Enough for what is asked of a student's models: that depends on what they see, not on how good they are."""

RATES = {"baseline": 4e-2, "rnn": 2e-2}
OWN_RATE = 1e-3
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
    return splits(lab)


def splits(lab: Lab3, **limits: int) -> Any:
    """The lab's corpus with a limited vocabulary."""
    ours = reference_of(lab)
    return ours.load_splits(ours.BUNDLED_DATA, **limits)


@once_per_lab
def items(lab: Lab3) -> list[Item]:
    """The training split as the lab's data set gives it out: (words, label)."""
    train = reviews(lab)["train"]
    return [train[index] for index in range(len(train))]


def items_of(lab: Lab3, sentences: Sequence[Sequence[int]]) -> list[Item]:
    """Sentences of these indices with the label of the lab's first one."""
    import torch

    return [(torch.tensor(words), items(lab)[0][1]) for words in sentences]


@once_per_lab
def learned(lab: Lab3) -> Learned:
    """The lab's baseline and its plain RNN, trained on the training split."""
    losses: dict[str, list[float]] = {}
    with_baseline = material(lab, "baseline")
    with_rnn = lab if has(lab, "recurrent") and has_cell(lab, "rnn") else reference_of(lab)
    baseline, losses["baseline"] = train(with_baseline, "baseline", items(lab))
    rnn, losses["rnn"] = train(with_rnn, "rnn", items(lab))
    return Learned(baseline, rnn, losses)


def train(lab: Lab3, name: str, sentences: Sequence[Item]) -> tuple[Any, list[float]]:
    """Build the baseline or the plain RNN and train it with the lab's own `train_epoch`.

    The criterion is torch's: these proofs are about what a model sees and not about its loss.
    """
    with seeded(0):
        model = build(lab, name, embedding(lab))
        optimizer = Adam(model.parameters(), OWN_RATE if is_own(lab) else RATES[name])
        loader = batches(lab, sentences)
        losses = [_epoch(lab, model, loader, optimizer) for _ in range(OWN_EPOCHS if is_own(lab) else EPOCHS)]
    set_mode(model, training=False)
    return model, losses


def _epoch(lab: Lab3, model: Any, loader: Sequence[tuple[Tensor, Tensor, Tensor]], optimizer: Any) -> float:
    """One pass of the lab's own loop; a student's model is trained by a few lines that ask nothing else of it."""
    import torch
    from torch import nn

    criterion = nn.BCEWithLogitsLoss()
    if not is_own(lab):
        return float(lab.train_epoch(model, loader, optimizer, criterion, clip=CLIP, device=torch.device("cpu")))
    set_mode(model, training=True)
    total = 0.0
    for texts, labels, lengths in loader:
        optimizer.zero_grad()
        loss = criterion(model(texts, lengths).flatten(), labels.flatten().float())
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        total += loss.item() * len(labels)
    return total / sum(len(labels) for _, labels, _ in loader)


def build(
    lab: Lab3, name: str, vectors: nn.Embedding, size: int | None = None, layers: int | None = None, **more: Any
) -> Any:
    """The lab's baseline, or its recurrent classifier with the named cell, as its configuration makes them.

    Raises:
        MissingPartError: a student's code has no such model.
    """
    if not is_own(lab):
        sizes = {"embedding_size": vectors.embedding_dim, "hidden_size": size or SIZE, "num_layers": layers or 1}
        return lab.make_model(lab.Config(model=name, **sizes, **more), vectors)
    size, layers = size or OWN_SIZES[1], layers or 2
    if name == "baseline":
        return lab.Baseline(vectors, size)
    model = lab.RecurrentClassifier(vectors, name, size, layers)
    if not networks(model, name):
        raise MissingPartError(name)
    return model


def tokens(vocab: Any) -> list[str]:
    """The words of a vocabulary in the order of their indices; from `stoi`, which every student's has."""
    return sorted(vocab.stoi, key=vocab.stoi.__getitem__)


def networks(model: Any, cell: str) -> list[Any]:
    """Torch's recurrent modules of this kind inside a model."""
    from torch import nn

    kinds = {"rnn": (nn.RNN, nn.RNNCell), "gru": (nn.GRU, nn.GRUCell), "lstm": (nn.LSTM, nn.LSTMCell)}
    return [each for each in model.modules() if isinstance(each, kinds[cell])]


def has_cell(lab: Lab3, name: str) -> bool:
    """Whether the lab has a model with this cell; ours has all three."""
    if not is_own(lab):
        return True
    try:
        build(lab, name, made(lab, 3))
    except MissingPartError:
        return False
    return True


def embedding(lab: Lab3) -> Any:
    """A random embedding layer over the corpus's vocabulary, trainable; frozen for a student's models.

    Frozen, it stays what it is in whatever place a student's code keeps it.
    """
    return made(lab, len(reviews(lab)["train"].text_vocab))


def made(lab: Lab3, words: int, size: int = SIZE) -> Any:
    """An embedding layer of so many random vectors.

    The row of the padding is zero for a student's models, as the lab has it: a mean taken as sum over length is
    right only then.
    """
    import torch

    if not is_own(lab):
        return lab.make_embedding(torch.randn(words, size), freeze=False)
    ours = reference_of(lab)
    matrix = torch.randn(words, OWN_SIZES[0])
    matrix[ours.PAD_INDEX] = 0
    return ours.make_embedding(matrix, freeze=True)


@once_per_lab
def time_first(lab: Lab3) -> bool:
    """Whether a student's batches are (T, B), as `pad_sequence` gives them when it is told nothing."""
    import torch

    if not is_own(lab):
        return False
    texts = lab.pad_collate_fn([(torch.ones(length, dtype=torch.int64), torch.tensor(0)) for length in (3, 5)])[0]
    return tuple(texts.shape) == (5, 2)


def collate(lab: Lab3, sentences: Sequence[Item]) -> tuple[Tensor, Tensor, Tensor]:
    """One batch as the lab's collate function makes it; ours where a student's code has none."""
    texts, labels, lengths = material(lab, "collate").pad_collate_fn(sentences)
    if has(lab, "collate") and time_first(lab):
        texts = texts.T  # whoever asks for the shape asks the function itself
    return texts.long(), labels, lengths


def batches(lab: Lab3, sentences: Sequence[Item]) -> list[tuple[Tensor, Tensor, Tensor]]:
    """The sentences in batches as the lab's collate function makes them, in order."""
    return [collate(lab, sentences[start : start + BATCH]) for start in range(0, len(sentences), BATCH)]


def shuffled(sentences: Sequence[Item], seed: int) -> list[Item]:
    """The same sentences, the words of each in a random order."""
    import torch

    chance = torch.Generator().manual_seed(seed)
    return [(words[torch.randperm(len(words), generator=chance)], label) for words, label in sentences]


def logits(model: Any, loader: Sequence[tuple[Tensor, Tensor, Tensor]]) -> Tensor:
    """The logits of all sentences in one row, in evaluation mode, without gradients."""
    import torch

    set_mode(model, training=False)
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
