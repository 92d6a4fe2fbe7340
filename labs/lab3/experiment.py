"""One seed of the lab from start to end: train on one split, watch the second, test on the third."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch.utils.data import DataLoader

from .collate import pad_collate_fn
from .config import Config
from .dataset import Item, NLPDataset
from .embedding import embedding_matrix, make_embedding
from .instance import Split
from .model import make_model
from .training import Evaluation, evaluate, make_criterion, make_optimizer, train_epoch


@dataclass(frozen=True, slots=True)
class Epoch:
    """One epoch: number from 1, mean training loss, the validation split, seconds of training."""

    number: int
    train_loss: float
    valid: Evaluation
    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One seed: its configuration, its epochs and the evaluation on the test split."""

    config: Config
    epochs: tuple[Epoch, ...]
    test: Evaluation


def make_loader(dataset: NLPDataset, batch_size: int, *, shuffle: bool = False, seed: int = 0) -> DataLoader[Item]:
    """Batches of a data set as `pad_collate_fn` makes them; the order depends on the seed only."""
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(dataset, batch_size, shuffle=shuffle, collate_fn=pad_collate_fn, generator=generator)


def run_seed(
    splits: Mapping[Split, NLPDataset],
    config: Config,
    *,
    device: torch.device,
    vectors: Mapping[str, Sequence[float]] | None = None,
    on_epoch: Callable[[Epoch], None] | None = None,
    on_batch: Callable[[float], None] | None = None,
) -> Outcome:
    """Train and evaluate one model; the same configuration gives the same outcome on one machine.

    Args:
        splits: The three splits, as from `load_splits`.
        config: Hyperparameters, with the seed.
        device: Where to compute.
        vectors: Pre-trained word vectors, which then stay frozen; left out, the embedding is learned.
        on_epoch: Called after every epoch.
        on_batch: Called with the loss of every training batch.
    """
    torch.manual_seed(config.seed)
    matrix = embedding_matrix(splits["train"].text_vocab, config.embedding_size, vectors=vectors, seed=config.seed)
    model = make_model(config, make_embedding(matrix, freeze=vectors is not None)).to(device)
    # After the move: an optimiser made before it could hold the parameters that stayed behind.
    optimizer = make_optimizer(model, config)
    criterion = make_criterion()
    train = make_loader(splits["train"], config.train_batch_size, shuffle=True, seed=config.seed)
    valid = make_loader(splits["valid"], config.eval_batch_size)
    test = make_loader(splits["test"], config.eval_batch_size)
    epochs = []
    for number in range(1, config.epochs + 1):
        start = time.perf_counter()
        train_loss = train_epoch(model, train, optimizer, criterion, clip=config.clip, device=device, on_batch=on_batch)
        seconds = time.perf_counter() - start
        epochs.append(Epoch(number, train_loss, evaluate(model, valid, criterion, device=device), seconds))
        if on_epoch is not None:
            on_epoch(epochs[-1])
    return Outcome(config, tuple(epochs), evaluate(model, test, criterion, device=device))
