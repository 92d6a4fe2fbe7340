"""The data set of lab 3: examples as tensors of indices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.utils.data import Dataset

from .instance import Instance, Split, read_instances, split_path, token_frequencies
from .vocab import Vocab, make_label_vocab

Item = tuple[Tensor, Tensor]
"""Numericalised text (T,) and label (), both int64."""


class NLPDataset(Dataset[Item]):
    """Examples of one split together with the vocabularies that turn them into numbers.

    Attributes:
        instances: The examples as they stand in the file.
        text_vocab: Vocabulary of the training split.
        label_vocab: positive 0, negative 1.
    """

    def __init__(self, instances: Sequence[Instance], text_vocab: Vocab, label_vocab: Vocab | None = None) -> None:
        self.instances = tuple(instances)
        self.text_vocab = text_vocab
        self.label_vocab = make_label_vocab() if label_vocab is None else label_vocab

    @classmethod
    def from_file(
        cls, path: Path | str, text_vocab: Vocab | None = None, *, max_size: int = -1, min_freq: int = 0
    ) -> NLPDataset:
        """Read a file of examples.

        Args:
            path: File in the lab's format.
            text_vocab: Vocabulary of the training split. Left out, this file IS the training split and
                the vocabulary is built from it; `max_size` and `min_freq` count only then.
            max_size: As in `Vocab`.
            min_freq: As in `Vocab`.

        Raises:
            OSError: The file cannot be opened.
            ValueError: A malformed file (`DataFileError`) or limits that `Vocab` refuses.
        """
        instances = read_instances(Path(path))
        if text_vocab is None:
            text_vocab = Vocab(token_frequencies(instances), max_size=max_size, min_freq=min_freq)
        return cls(instances, text_vocab)

    @property
    def frequencies(self) -> Counter[str]:
        """Number of occurrences of every token of this split, in order of first appearance."""
        return token_frequencies(self.instances)

    def __len__(self) -> int:
        return len(self.instances)

    def __getitem__(self, index: int) -> Item:
        instance = self.instances[index]
        return self.text_vocab.encode(instance.text), torch.tensor(self.label_vocab.encode(instance.label))


def load_splits(folder: Path, *, max_size: int = -1, min_freq: int = 0) -> dict[Split, NLPDataset]:
    """Load the three splits of a folder; the vocabulary is built from the training split only.

    Raises:
        OSError: A split is missing or cannot be opened.
        ValueError: As in `NLPDataset.from_file`.
    """
    train = NLPDataset.from_file(split_path(folder, "train"), max_size=max_size, min_freq=min_freq)
    valid = NLPDataset.from_file(split_path(folder, "valid"), train.text_vocab)
    test = NLPDataset.from_file(split_path(folder, "test"), train.text_vocab)
    return {"train": train, "valid": valid, "test": test}
