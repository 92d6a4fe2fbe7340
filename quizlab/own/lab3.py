"""A student's lab 3 behind the faces that its hooks see."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from quizlab.hooks.owned import MissingPartError
from quizlab.own import models3
from quizlab.own.answers3 import Answers
from quizlab.own.binding import Fixed, Role, call, called, parameters_of
from quizlab.own.both3 import Both
from quizlab.own.lab import OwnLab
from quizlab.own.vocab3 import Vocabularies, Vocabulary

COLLATE = (Role("batch", "batch|data|samples|items|grupa|primjer"), Role("pad_index", "pad", placed=False))
EMBEDDING = (Role("vocab", "voc|vok|rjecn"), Role("size", "dim|size|len|velic", placed=False))


class OwnLab3(OwnLab):
    """The names of ``labs.lab3``, made of a student's parts."""

    name = "lab3"

    @cached_property
    def _memory(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _vocabularies(self) -> Vocabularies:
        return Vocabularies(self.part("vocab"), self.sources)

    @property
    def Vocab(self) -> Any:  # noqa: N802 (the name is the lab's)
        """The student's vocabulary."""
        made = self._vocabularies
        return lambda frequencies, max_size=-1, min_freq=0: made.make(frequencies, max_size, min_freq)

    @property
    def make_label_vocab(self) -> Any:
        """The student's vocabulary of labels; ours where it is not built with the same class."""
        return lambda: self._vocabularies.labels() or self.reference.make_label_vocab()

    @property
    def pad_collate_fn(self) -> Any:
        """The student's collate function: texts, labels and lengths, in this order."""
        function = self.part("collate")
        if "self" in inspect.signature(function).parameters:
            function = function.__get__(object())
        return lambda batch, pad_index=0: collated(function, batch, pad_index)

    @property
    def embedding_matrix(self) -> Any:
        """The student's matrix of word vectors."""
        return self._matrix

    def _matrix(self, vocab: Any, size: int = 300, **_: Any) -> Any:
        import torch
        from torch import nn

        function = self.part("embedding")
        raw = vocab.raw if isinstance(vocab, Vocabulary) else vocab
        error: BaseException | None = None
        for path in (None, str(self._glove(size))):
            fixed = [
                Fixed("path|file|glove|source|from|datot|putan", path, always=path is not None),
                Fixed("freeze|random|train", False, always=False),
                Fixed("^dev", "cpu"),
                Fixed(models3.SETTINGS, Answers({"embedding_size": size})),
            ]
            try:
                if "self" in inspect.signature(function).parameters:
                    made = call(function.__get__(raw), EMBEDDING, {"size": size, "vocab": raw}, fixed)
                else:
                    made = call(function, EMBEDDING, {"vocab": raw, "size": size}, fixed)
                break
            except BaseException as fault:
                error = error or fault
        else:
            assert error is not None
            raise error
        if isinstance(made, nn.Module):
            made = next(each for each in made.modules() if isinstance(each, nn.Embedding)).weight.detach()
        return torch.as_tensor(made).detach().float()

    def _glove(self, size: int) -> Path:
        """A file with the vector of one word, for code that cannot do without."""
        path = self.scratch / "sst_glove_6b_300d.txt"
        if not path.is_file():
            path.write_text("the " + " ".join(["0.1"] * size) + "\n", encoding="utf-8")
        return path

    @property
    def Baseline(self) -> Any:  # noqa: N802
        """The student's baseline."""
        classes = [self.part("baseline")]
        return lambda embedding, hidden_size=150: models3.build(
            classes, {"hidden_size": hidden_size}, embedding, self._memory, "baseline"
        )

    @property
    def RecurrentClassifier(self) -> Any:  # noqa: N802
        """The student's recurrent model with the cell that is asked for."""
        classes = [self.part("recurrent"), *self._more.get("recurrent", ())]

        def make(
            embedding: Any,
            cell: str = "gru",
            hidden_size: int = 150,
            num_layers: int = 2,
            dropout: float = 0.0,
            *,
            bidirectional: bool = False,
            **_: Any,
        ) -> Any:
            values = {"cell": cell, "hidden_size": hidden_size, "num_layers": num_layers, "dropout": dropout}
            if bidirectional and not self._both_ways(classes):
                raise MissingPartError("bidirectional")
            values["bidirectional"] = bidirectional
            return models3.build(classes, values, embedding, self._memory, f"{cell}, {bidirectional}")

        return make

    def _both_ways(self, classes: Sequence[Any]) -> bool:
        return any(
            called(each.name, f"{models3.BOTH}|{models3.SETTINGS}") for cls in classes for each in parameters_of(cls)
        )


def collated(function: Any, batch: Sequence[Any], pad_index: int) -> tuple[Any, Any, Any]:
    """What a student's collate function gives, told apart by what it is.

    Raises:
        TypeError: there is no tensor of texts in it.
    """
    import torch

    values: Mapping[str, Any] = {"batch": batch, "pad_index": pad_index}
    try:
        found = call(function, COLLATE, values, [Fixed("^dev", "cpu")])
    except (TypeError, KeyError, AttributeError, IndexError):
        # its data set gives examples as dictionaries or objects
        values = {"batch": [Both(each) for each in batch], "pad_index": pad_index}
        found = call(function, COLLATE, values, [Fixed("^dev", "cpu")])
    flat = [torch.as_tensor(each) for each in _flattened(found)]
    texts = next((each for each in flat if each.dim() == 2 and not (each.shape[1] == 1 and len(flat) > 1)), None)
    if texts is None:
        texts = max(flat, key=torch.Tensor.dim)
    rest = [each for each in flat if each is not texts]
    real = torch.tensor([len(text) for text, _ in batch])
    given = torch.tensor([int(label) for _, label in batch])
    lengths = next((each for each in reversed(rest) if _alike(each, real)), None)
    rest = [each for each in rest if each is not lengths]
    labels = next((each for each in rest if _alike(each, given)), rest[0] if rest else given)
    if lengths is None:
        others = [each for each in rest if each is not labels]
        lengths = others[0] if others else real
    return texts, labels, lengths


def _flattened(found: Any) -> list[Any]:
    import torch

    if isinstance(found, Mapping):
        found = tuple(found.values())
    if (
        isinstance(found, tuple | list)
        and found
        and all(isinstance(each, torch.Tensor) and not each.dim() for each in found)
    ):
        return [torch.stack(list(found))]  # labels that nobody made one tensor of
    if isinstance(found, tuple | list) and not all(isinstance(each, int | float) for each in found):
        return [part for each in found for part in ([each] if isinstance(each, torch.Tensor) else _flattened(each))]
    return [found]


def _alike(one: Any, other: Any) -> bool:
    return one.numel() == other.numel() and bool((one.flatten() == other).all())
