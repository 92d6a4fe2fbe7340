"""Embedding matrix: random, or read from a file of pre-trained vectors."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from .errors import DataFileError
from .vocab import PAD, PAD_INDEX, Vocab

EMBEDDING_SIZE = 300


def read_vectors(path: Path, vocab: Vocab, size: int = EMBEDDING_SIZE) -> dict[str, list[float]]:
    """Read the vectors of the vocabulary's words from a text file in GloVe's format.

    A line is a word and `size` numbers, separated by spaces (Pennington et al., "GloVe: Global Vectors for
    Word Representation", EMNLP 2014). Only words of the vocabulary are kept, so the size of the file does
    not matter; of a word listed twice the first line counts.

    Raises:
        OSError: The file cannot be opened.
        DataFileError: A line without exactly `size` finite numbers, or a file that is not UTF-8.
    """
    vectors: dict[str, list[float]] = {}
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                # Split from the right: a few "words" of the published files hold spaces themselves.
                word, *fields = line.rstrip("\n").rstrip(" ").rsplit(" ", size)
                if len(fields) != size or not word:
                    raise DataFileError(path, f"očekivana riječ i {size} brojeva", number)
                if word in vocab and word not in vectors:
                    vectors[word] = _numbers(path, number, fields)
    except UnicodeDecodeError as error:
        raise DataFileError(path, "datoteka nije zapisana u UTF-8") from error
    return vectors


def embedding_matrix(
    vocab: Vocab,
    size: int = EMBEDDING_SIZE,
    *,
    vectors: Mapping[str, Sequence[float]] | None = None,
    seed: int = 0,
) -> Tensor:
    """Matrix (V, size) whose rows stand in the order of the vocabulary.

    Rows are drawn from N(0, 1); words of `vectors` (as from `read_vectors`) get their vector instead and
    only the rest stay random. The row of ``<PAD>`` is zero.

    Raises:
        ValueError: The vocabulary does not start with ``<PAD>``, or a vector is not of the given size.
    """
    if vocab.stoi.get(PAD) != PAD_INDEX:
        raise ValueError(f"the vocabulary of an embedding starts with {PAD}")
    generator = torch.Generator().manual_seed(seed)
    matrix = torch.randn(len(vocab), size, generator=generator)
    for word, vector in (vectors or {}).items():
        if len(vector) != size:
            raise ValueError(f"the vector of {word!r} has {len(vector)} numbers, {size} expected")
        if word in vocab:
            matrix[vocab.encode(word)] = torch.tensor(vector)
    # Last, so that neither the random rows nor a vector file can give <PAD> a value.
    matrix[PAD_INDEX] = 0.0
    return matrix


def make_embedding(matrix: Tensor, *, freeze: bool) -> nn.Embedding:
    """Embedding layer of a matrix (V, size): indices (…) → vectors (…, size).

    Args:
        matrix: As from `embedding_matrix`; copied, so several models can start from the same one.
        freeze: True for pre-trained vectors, False for random ones, which have to be learned.
    """
    # from_pretrained keeps the tensor it is given: without clone() training one model changes the others.
    layer: nn.Embedding = nn.Embedding.from_pretrained(  # type: ignore[no-untyped-call]
        matrix.clone(), freeze=freeze, padding_idx=PAD_INDEX
    )
    return layer


def _numbers(path: Path, line: int, fields: list[str]) -> list[float]:
    try:
        numbers = [float(field) for field in fields]
    except ValueError as error:
        raise DataFileError(path, "vektor sadrži nešto što nije broj", line) from error
    if not all(map(math.isfinite, numbers)):
        raise DataFileError(path, "vektor sadrži beskonačnost ili NaN", line)
    return numbers
