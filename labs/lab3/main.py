"""Run lab 3: ``python -m labs.lab3 --model gru --data DIR``.

Exit codes: 0 done, 2 a command line or a file that cannot be used, 130 interrupted.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from . import report
from .arguments import Arguments, UsageError, parse_arguments
from .config import Config
from .dataset import NLPDataset, load_splits
from .embedding import read_vectors
from .errors import DataFileError
from .experiment import Epoch, Outcome, run_seed
from .instance import Split

INTERRUPTED = 130
UNUSABLE = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the experiment of a command line and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may start in a code page without č and ć.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    console = Console()
    try:
        run(parse_arguments(argv), console)
    except (UsageError, DataFileError) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(_explain(error))
    except KeyboardInterrupt:
        console.print("Prekinuto.")
        return INTERRUPTED
    return 0


def run(arguments: Arguments, console: Console) -> list[Outcome]:
    """Train and test one model for every seed, reporting as it goes.

    Raises:
        UsageError: A device that is not there.
        OSError: A file that cannot be opened.
        DataFileError: A malformed file.
    """
    device = choose_device(arguments.device)
    config = arguments.configs[0]
    splits = load_splits(arguments.data, max_size=config.max_size, min_freq=config.min_freq)
    vectors = None
    if arguments.glove is not None:
        vectors = read_vectors(arguments.glove, splits["train"].text_vocab, config.embedding_size)
    report.show_start(console, splits, config, device)
    outcomes = [
        _run_seed(config, console, splits=splits, vectors=vectors, device=device) for config in arguments.configs
    ]
    report.show_results(console, outcomes)
    return outcomes


def choose_device(name: str) -> torch.device:
    """The device of that name; ``auto`` takes the GPU if there is one.

    Raises:
        UsageError: torch does not know the name, or this machine has no such device.
    """
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
        # Only an allocation tells whether the device is really there.
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise UsageError(f"--device: uređaj {name!r} nije dostupan") from error
    return device


def _run_seed(
    config: Config,
    console: Console,
    *,
    splits: dict[Split, NLPDataset],
    vectors: dict[str, list[float]] | None,
    device: torch.device,
) -> Outcome:
    console.print(f"Sjeme {config.seed}", highlight=False)
    steps = config.epochs * -(-len(splits["train"]) // config.train_batch_size)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("učenje", total=steps)

        def on_epoch(epoch: Epoch) -> None:
            report.show_epoch(console, epoch)

        def on_batch(loss: float) -> None:
            progress.update(task, advance=1, description=f"gubitak {report.decimal(loss)}")

        outcome = run_seed(splits, config, device=device, vectors=vectors, on_epoch=on_epoch, on_batch=on_batch)
    report.show_test(console, outcome)
    return outcome


def _fail(sentence: str) -> int:
    # Text, not markup: a path may hold square brackets. soft_wrap keeps it on one line for grep.
    Console(stderr=True).print(Text(f"Greška: {sentence}"), soft_wrap=True, highlight=False)
    return UNUSABLE


def _explain(error: OSError) -> str:
    name = error.filename or "datoteka"
    if isinstance(error, FileNotFoundError):
        return f"{name}: datoteka ne postoji"
    # Asked of the path and not of the error: Windows reports a folder as a missing permission.
    if Path(name).is_dir():
        return f"{name}: to je mapa, a očekivana je datoteka"
    if isinstance(error, PermissionError):
        return f"{name}: nema dopuštenja za čitanje"
    return f"{name}: datoteka se ne može pročitati"


if __name__ == "__main__":
    sys.exit(main())
