"""Everything that a person sees of lab 3: sentences, progress and tables, in Croatian."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import mean, stdev

import torch
from rich.console import Console
from rich.table import Table

from .config import Config
from .dataset import NLPDataset
from .experiment import Epoch, Outcome
from .instance import Split
from .training import Evaluation
from .vocab import unknown_share

MODEL_NAMES = {"baseline": "osnovni model", "rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}


def decimal(value: float, digits: int = 3) -> str:
    """A number with a decimal comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def grouped(value: int) -> str:
    """An integer with a narrow space between thousands."""
    return f"{value:,}".replace(",", "\u202f")


def spread(values: Sequence[float]) -> str:
    """Mean ± sample standard deviation; one value alone has no deviation."""
    return decimal(mean(values)) + (f" ± {decimal(stdev(values))}" if len(values) > 1 else "")


def show_start(console: Console, splits: Mapping[Split, NLPDataset], config: Config, device: torch.device) -> None:
    """Say what is going to be trained, and on what."""
    vocab = splits["train"].text_vocab
    sizes = " / ".join(grouped(len(splits[split])) for split in splits)
    unknown = unknown_share(vocab, Counter(splits["valid"].frequencies).elements())
    console.print(f"Model: {MODEL_NAMES[config.model]}, uređaj: {device}", highlight=False)
    console.print(f"Primjera (učenje / validacija / test): {sizes}", highlight=False)
    console.print(
        f"Vokabular: {grouped(len(vocab))}, udio <UNK> u validaciji: {decimal(100 * unknown, 1)} %",
        highlight=False,
    )
    console.print("Matrica zabune: redci stvarni, stupci predviđeni razred (positive, negative)", highlight=False)


def show_epoch(console: Console, epoch: Epoch) -> None:
    """One line after an epoch: the training loss and the validation split."""
    console.print(
        f"  epoha {epoch.number}: gubitak {decimal(epoch.train_loss, 4)}, {decimal(epoch.seconds, 1)} s"
        f" | validacija: {_metrics(epoch.valid)}",
        highlight=False,
        soft_wrap=True,
    )


def show_test(console: Console, outcome: Outcome) -> None:
    """One line after the last epoch: the test split."""
    console.print(f"  test: {_metrics(outcome.test)}", highlight=False, soft_wrap=True)


def show_results(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Table of the test split: a row for every seed, then mean ± deviation."""
    table = Table(title="Rezultati na testu")
    for heading in ("sjeme", "gubitak", "točnost", "F1 (positive)"):
        table.add_column(heading, justify="right")
    tests = [outcome.test for outcome in outcomes]
    for outcome, test in zip(outcomes, tests, strict=True):
        table.add_row(str(outcome.config.seed), decimal(test.loss), decimal(test.accuracy), decimal(test.f1))
    table.add_section()
    columns = [[test.loss for test in tests], [test.accuracy for test in tests], [test.f1 for test in tests]]
    table.add_row("prosjek", *map(spread, columns))
    console.print(table)


def _metrics(evaluation: Evaluation) -> str:
    rows = "; ".join(" ".join(str(count) for count in row) for row in evaluation.confusion)
    return (
        f"gubitak {decimal(evaluation.loss, 4)}, točnost {decimal(evaluation.accuracy)}, "
        f"F1 {decimal(evaluation.f1)}, matrica zabune [{rows}]"
    )
