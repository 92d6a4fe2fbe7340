"""Lab 3 broken in one place at a time, and the questions whose proof must notice."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch
from torch import nn

import labs.lab3 as sound
from tests.broken import lab3_cells
from tests.broken.lab3_cells import lab

# --- the network in NumPy ---


class NumpyWithoutHiddenBias(sound.PlainRNN):
    """The hidden layer has no bias."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parameters = dataclasses.replace(self.parameters, b_h=np.zeros(0))

    def step(self, x: Any, h: Any) -> Any:
        p = self.parameters
        return np.tanh(h @ p.W_hh.T + x @ p.W_xh.T)


class NumpyWithoutOutputBias(sound.PlainRNN):
    """The output layer has no bias."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parameters = dataclasses.replace(self.parameters, b_y=np.zeros(0))

    def output(self, h: Any) -> Any:
        return h @ self.parameters.W_hy.T


class NumpyWithoutPast(sound.PlainRNN):
    """The previous state is left out."""

    def step(self, x: Any, h: Any) -> Any:
        p = self.parameters
        return np.tanh(0 * h + x @ p.W_xh.T + p.b_h)


class NumpyWithoutTanh(sound.PlainRNN):
    """The state is not squashed."""

    def step(self, x: Any, h: Any) -> Any:
        p = self.parameters
        return h @ p.W_hh.T + x @ p.W_xh.T + p.b_h


class NumpyDiagonal(sound.PlainRNN):
    """W_hh is a vector."""

    def __init__(self, input_size: int, hidden_size: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(input_size, hidden_size, *args, **kwargs)
        self.parameters = dataclasses.replace(self.parameters, W_hh=np.zeros(hidden_size))

    def step(self, x: Any, h: Any) -> Any:
        p = self.parameters
        return np.tanh(h * p.W_hh + x @ p.W_xh.T + p.b_h)


def hinge(trace: Any, targets: Any) -> float:
    """A loss that reaches 0 honestly, in place of cross-entropy."""
    right = np.take_along_axis(trace.logits, targets[..., None], -1)
    others = trace.logits.copy()
    np.put_along_axis(others, targets[..., None], -np.inf, -1)
    return float(np.maximum(0, 1 - (right[..., 0] - others.max(-1))).sum())


# --- the classifier and the baseline ---


def classifier(forward: Callable[..., torch.Tensor]) -> Any:
    """A lab whose recurrent classifier computes something else."""
    return lab(RecurrentClassifier=type("Broken", (sound.RecurrentClassifier,), {"forward": forward}))


def padding_read(model: Any, texts: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """Packing is forgotten: the state after the last padded step is taken."""
    last = model.rnn(model.embedding(texts.T))[0][-1]
    return model.fc2(model.fc1(last).relu())


class OneWay(sound.RecurrentClassifier):
    """Nobody reads the sentence from its end."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "bidirectional": False})


def first_layer(model: Any, texts: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The first layer's last state is taken."""
    packed = nn.utils.rnn.pack_padded_sequence(model.embedding(texts.T), lengths, enforce_sorted=False)
    states = model.rnn(packed)[1]
    states = states[0] if isinstance(states, tuple) else states
    return model.fc2(model.fc1(states[0]).relu())


def probabilities(model: Any, texts: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The output goes through the sigmoid."""
    return sound.RecurrentClassifier.forward(model, texts, lengths).sigmoid()


def bag(model: Any, texts: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The network is fed once, with the mean of the words."""
    mean = sound.mean_pool(model.embedding(texts), lengths)
    return model.fc2(model.fc1(model.rnn(mean.unsqueeze(0))[0][-1]).relu())


class PaddingCounted(sound.Baseline):
    """The mean counts the padding."""

    def forward(self, texts: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        return super().forward(texts, torch.full_like(lengths, texts.shape[1]))


class LastWord(sound.Baseline):
    """Only the last word is read."""

    def forward(self, texts: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        last = texts[torch.arange(len(texts)), lengths - 1].unsqueeze(1)
        return super().forward(last, torch.ones_like(lengths))


# --- training ---


class SquaredError(nn.Module):
    """The criterion measures squared error of probabilities."""

    def forward(self, logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return (logits.sigmoid() - targets).square().mean()


def optimiser(kind: Any, **settings: Any) -> Any:
    """A lab whose training builds another optimiser."""
    return lab(
        make_optimizer=lambda model, config: kind(model.parameters(), **{"lr": config.learning_rate, **settings})
    )


def clips_nothing(parameters: Iterable[Any], limit: float) -> torch.Tensor:
    """Clipping that does not clip."""
    return torch.tensor(0.0)


def clips_by_value(parameters: Iterable[Any], limit: float) -> torch.Tensor:
    """Clipping that changes the gradient's direction."""
    kept = list(parameters)
    norm = torch.cat([each.grad.flatten() for each in kept]).norm()
    nn.utils.clip_grad_value_(kept, limit)
    return norm


# --- data ---


def vocabulary(*specials: str) -> Any:
    """A lab whose vocabulary has other special tokens, or another order of them."""

    class Other(sound.Vocab):
        def __init__(self, frequencies: Any, max_size: int = -1, min_freq: int = 0, specials: Any = specials) -> None:
            super().__init__(frequencies, max_size, min_freq, specials)

    return lab(Vocab=Other)


class Unlimited(sound.Vocab):
    """min_freq and max_size are ignored."""

    def __init__(
        self, frequencies: Any, max_size: int = -1, min_freq: int = 0, specials: Any = sound.TEXT_SPECIALS
    ) -> None:
        super().__init__(frequencies, specials=specials)


def cut(batch: Any, pad_index: int = 0) -> Any:
    """Texts are cut to the shortest instead of padded to the longest."""
    shortest = min(len(text) for text, _ in batch)
    texts = torch.stack([text[:shortest] for text, _ in batch])
    return texts, torch.stack([label for _, label in batch]), torch.full((len(batch),), shortest)


def padding_not_zero(vocab: Any, size: int = 300, **options: Any) -> torch.Tensor:
    """The embedding of the padding token is not zero."""
    matrix = sound.embedding_matrix(vocab, size, **options)
    matrix[0] = 1
    return matrix


WITHOUT_DROPOUT = {name: field for name, field in sound.HYPERPARAMETERS.items() if name != "dropout"}

# A network without a bias vector cannot be trained by the lab's backward pass either (q27, q32, q37), and what
# is read in another way no longer equals torch's own network (q48, q51).
BROKEN: dict[str, tuple[Any, set[str]]] = {
    **lab3_cells.BROKEN,
    "NumPy: no hidden bias": (lab(PlainRNN=NumpyWithoutHiddenBias), {"q27", "q32", "q33", "q36", "q37", "q54"}),
    "NumPy: no output bias": (lab(PlainRNN=NumpyWithoutOutputBias), {"q27", "q36", "q37", "q48", "q54"}),
    "NumPy: without a past": (lab(PlainRNN=NumpyWithoutPast), {"q30", "q33", "q50"}),
    "NumPy: without tanh": (lab(PlainRNN=NumpyWithoutTanh), {"q28", "q30", "q32", "q33", "q50"}),
    "NumPy: W_hh a vector": (
        lab(PlainRNN=NumpyDiagonal),
        {"q27", "q30", "q32", "q33", "q35", "q36", "q37", "q50", "q54", "q55"},
    ),
    "NumPy: hinge loss": (lab(loss=hinge), {"q27", "q37"}),
    "packing forgotten": (classifier(padding_read), {"q44", "q51"}),
    "one direction only": (lab(RecurrentClassifier=OneWay), {"q62"}),
    "first layer's state": (classifier(first_layer), {"q51"}),
    "probabilities instead of logits": (classifier(probabilities), {"q46", "q51"}),
    "RNN of a bag of words": (classifier(bag), {"q34", "q46", "q51", "q53"}),
    "padding counted in the mean": (lab(Baseline=PaddingCounted), {"q44", "q46"}),
    "baseline reads the last word": (lab(Baseline=LastWord), {"q34", "q46", "q53"}),
    "squared error": (lab(make_criterion=SquaredError), {"q29", "q47", "q56"}),
    "summed loss": (lab(make_criterion=lambda: nn.BCEWithLogitsLoss(reduction="sum")), {"q47"}),
    "SGD": (optimiser(torch.optim.SGD), {"q31"}),
    "AdamW": (optimiser(torch.optim.AdamW), {"q31"}),
    "no clipping": (lab(clip_gradients=clips_nothing), {"q43", "q52", "q63"}),
    "clipping by value": (lab(clip_gradients=clips_by_value), {"q43", "q52", "q63"}),
    "specials swapped": (vocabulary("<UNK>", "<PAD>"), {"q38", "q42", "q44", "q61"}),
    "a start token added": (vocabulary("<PAD>", "<UNK>", "<BOS>"), {"q38", "q61"}),
    "no unknown token": (vocabulary("<PAD>"), {"q38", "q42", "q61"}),
    "limits of the vocabulary ignored": (lab(Vocab=Unlimited), {"q38", "q42"}),
    "texts cut to the shortest": (lab(pad_collate_fn=cut), {"q34", "q44", "q46", "q51", "q53", "q60"}),
    "padding's embedding not zero": (lab(embedding_matrix=padding_not_zero), {"q44", "q61"}),
    "a hyperparameter not listed": (lab(HYPERPARAMETERS=WITHOUT_DROPOUT), {"q49"}),
}

GENERAL = {"q41"}
"""The range of tanh is the same in every lab."""
