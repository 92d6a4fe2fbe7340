"""Vocabulary: words to indices and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import overload

import torch
from torch import Tensor

from .instance import LABELS

PAD = "<PAD>"
UNK = "<UNK>"
PAD_INDEX = 0
UNK_INDEX = 1
TEXT_SPECIALS = (PAD, UNK)


class Vocab:
    """Words of the training split in the lab's order.

    The special tokens come first, then the words by falling frequency; words of equal frequency keep the
    order in which `frequencies` lists them, that is, of first appearance (lab 3, "Učitavanje podataka").

    Attributes:
        itos: Index to word.
        stoi: Word to index.
    """

    def __init__(
        self,
        frequencies: Mapping[str, int],
        max_size: int = -1,
        min_freq: int = 0,
        specials: Sequence[str] = TEXT_SPECIALS,
    ) -> None:
        """Build the vocabulary.

        Args:
            frequencies: Word to number of occurrences, in order of first appearance.
            max_size: Largest length, special tokens counted; -1 keeps every word.
            min_freq: Words that occur less often are left out; special tokens are never left out.
            specials: Tokens that take the first indices; empty for the labels.

        Raises:
            ValueError: `max_size` is neither -1 nor enough for the special tokens, `min_freq` is negative,
                or a special token is listed twice.
        """
        if max_size != -1 and max_size < len(specials):
            raise ValueError(f"max_size is -1 or at least {len(specials)} (special tokens), not {max_size}")
        if min_freq < 0:
            raise ValueError(f"min_freq is at least 0, not {min_freq}")
        if len(set(specials)) != len(specials):
            raise ValueError(f"a special token is listed twice: {list(specials)}")
        kept = [word for word, count in frequencies.items() if count >= min_freq and word not in specials]
        # sorted() is stable, also with reverse: ties keep the order of first appearance.
        kept = sorted(kept, key=frequencies.__getitem__, reverse=True)
        words = [*specials, *kept]
        self.itos: tuple[str, ...] = tuple(words if max_size == -1 else words[:max_size])
        self.stoi: dict[str, int] = {word: index for index, word in enumerate(self.itos)}
        self._unknown = self.stoi[UNK] if UNK in specials else None

    def __len__(self) -> int:
        return len(self.itos)

    def __contains__(self, word: object) -> bool:
        return word in self.stoi

    @overload
    def encode(self, tokens: str) -> int: ...

    @overload
    def encode(self, tokens: list[str] | tuple[str, ...]) -> Tensor: ...

    def encode(self, tokens: str | list[str] | tuple[str, ...]) -> int | Tensor:
        """Index of one token, or the indices of a sequence as an int64 tensor of shape (T,).

        Raises:
            KeyError: The token is not in the vocabulary, and the vocabulary has no ``<UNK>``.
        """
        if isinstance(tokens, str):
            return self._index(tokens)
        return torch.tensor([self._index(token) for token in tokens], dtype=torch.int64)

    @overload
    def decode(self, indices: int) -> str: ...

    @overload
    def decode(self, indices: Sequence[int] | Tensor) -> list[str]: ...

    def decode(self, indices: int | Sequence[int] | Tensor) -> str | list[str]:
        """Word of one index, or the words of a sequence of indices (list, or tensor of shape (T,)).

        Raises:
            IndexError: An index outside [0, length); a negative one does not count from the end.
        """
        if isinstance(indices, int):
            return self._word(indices)
        numbers = indices.tolist() if isinstance(indices, Tensor) else indices
        return [self._word(index) for index in numbers]

    def _index(self, token: str) -> int:
        index = self.stoi.get(token, self._unknown)
        if index is None:
            raise KeyError(token)
        return index

    def _word(self, index: int) -> str:
        if not 0 <= index < len(self.itos):
            raise IndexError(f"index {index} outside a vocabulary of {len(self.itos)}")
        return self.itos[index]


def make_label_vocab() -> Vocab:
    """Vocabulary of the labels: positive 0, negative 1, no special tokens."""
    return Vocab(dict.fromkeys(LABELS, 1), specials=())


def unknown_share(vocab: Vocab, tokens: Iterable[str]) -> float:
    """Share of the tokens, repetitions counted, that the vocabulary reads as ``<UNK>``.

    Raises:
        ValueError: No tokens.
    """
    known = [token in vocab for token in tokens]
    if not known:
        raise ValueError("no tokens to look up")
    return known.count(False) / len(known)
