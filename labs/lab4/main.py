"""The lab from the command line: ``python -m labs.lab4`` trains, evaluates, saves and draws."""

import argparse
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from rich.console import Console
from rich.progress import track
from torch import Tensor
from torch.utils.data import DataLoader, Subset

from .arguments import build_parser
from .dataset import MNISTMetricDataset
from .model import IdentityModel, SimpleMetricEmbedding
from .plots import pca_projection, save_scatter
from .utils import compute_representations, evaluate, train

CLASSES = 10
FAILED, INTERRUPTED = 1, 130
EVAL_BATCH = 256


class CannotRunError(Exception):
    """The run cannot go on; the message is one sentence for the student."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the lab and return the exit code: 0 done, 1 could not run, 2 wrong usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = build_parser().parse_args(argv)
    errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    try:
        Run(args, Console(highlight=False, markup=False, soft_wrap=True), errors).all()
    except CannotRunError as error:
        errors.print(f"Greška: {error}")
        return FAILED
    # From torch: out of memory, or sizes for which no layer can be built.
    except RuntimeError as error:
        errors.print(f"Greška: {str(error).splitlines()[0]}")
        return FAILED
    except KeyboardInterrupt:
        errors.print("Prekinuto.")
        return INTERRUPTED
    return 0


class Run:
    """One run of the lab.

    Args:
        args: The parsed command line.
        out: Where results go.
        err: Where progress goes.
    """

    def __init__(self, args: argparse.Namespace, out: Console, err: Console) -> None:
        self.args = args
        self.out = out
        self.err = err
        self.is_metric = args.model == "metric"
        self.emb_size = args.emb_size if self.is_metric else 784

    def all(self) -> None:
        """Train, evaluate, save and draw, as the arguments ask.

        Raises:
            CannotRunError: Something that the arguments name cannot be read, written or used.
        """
        self._check_targets()
        self.device = _device(self.args.device)
        self._read_data()
        torch.manual_seed(self.args.seed)
        self.model = self._build()
        self._train_and_evaluate()
        if self.args.save:
            self._save(self.args.save)
        if self.args.plots:
            self._draw(self.args.plots)

    def _check_targets(self) -> None:
        """Find out before the training whether its results can be written."""
        save, plots = self.args.save, self.args.plots
        if save and (save.is_dir() or not save.parent.is_dir() or not os.access(save.parent, os.W_OK)):
            raise CannotRunError(f"u datoteku {save} ne može se pisati.")
        if plots:
            try:
                plots.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise CannotRunError(f"mapa za slike {plots} ne može se stvoriti: {error.strerror}.") from error

    def _read_data(self) -> None:
        """Read the three splits."""
        root, removed, seed = self.args.data, self.args.remove_class, self.args.seed
        try:
            self.train_set = MNISTMetricDataset(root, "train", remove_class=removed, seed=seed)
            # The class left out of training still gets a representation from its images.
            self.reference_set = MNISTMetricDataset(root, "traineval")
            self.test_set = MNISTMetricDataset(root, "test")
        except (OSError, ValueError) as error:
            raise CannotRunError(f"podaci se ne mogu učitati: {error}.") from error
        source = root or "uzorak uz vježbu"
        counts = f"{_count(len(self.train_set))} slika za učenje, {_count(len(self.test_set))} za ispitivanje"
        self.out.print(f"Podaci: {counts} ({source})")

    def _build(self) -> SimpleMetricEmbedding | IdentityModel:
        """Return the model on its device, with the loaded parameters if there are any."""
        if not self.is_metric:
            self.out.print("Model: IdentityModel, 0 parametara, nema što učiti")
            return IdentityModel()
        model = SimpleMetricEmbedding(1, self.args.emb_size, self.args.padding, self.args.margin)
        if self.args.load:
            _load(model, self.args.load)
        parameters = sum(p.numel() for p in model.parameters())
        self.out.print(f"Model: SimpleMetricEmbedding, {_count(parameters)} parametara, {self.device}")
        return model.to(self.device)

    def _train_and_evaluate(self) -> None:
        """Train epoch by epoch and report after each; without training report once."""
        model, epochs = self.model, self.args.epochs
        if epochs is None:
            epochs = 0 if self.args.load else 3
        if isinstance(model, IdentityModel) or epochs == 0:
            self.out.print(self._report())
            return
        optimizer = torch.optim.Adam(model.parameters(), lr=self.args.lr)
        shuffle = torch.Generator().manual_seed(self.args.seed)
        loader = DataLoader(self.train_set, self.args.batch_size, shuffle=True, generator=shuffle)
        for epoch in range(1, epochs + 1):
            label = f"epoha {epoch}/{epochs}"
            try:
                loss = train(model, optimizer, self._progress(loader, label), self.device)
            except ValueError as error:
                raise CannotRunError(f"učenje nije moguće: {error}.") from error
            self.out.print(f"{label}: gubitak {_decimal(loss, 4)}, {self._report()}")

    def _report(self) -> str:
        """Return the accuracy on the test images, and on those of the class left out of training."""
        reference = DataLoader(self.reference_set, EVAL_BATCH)
        try:
            means = compute_representations(self.model, reference, CLASSES, self.emb_size, self.device)
        except ValueError as error:
            raise CannotRunError(f"vrednovanje nije moguće: {error}.") from error
        report = f"točnost {self._accuracy(means, range(len(self.test_set)))}"
        removed = self.args.remove_class
        if removed in self.test_set.target2indices:
            accuracy = self._accuracy(means, self.test_set.target2indices[removed])
            report += f", točnost na izostavljenom razredu {removed} {accuracy}"
        return report

    def _accuracy(self, means: Tensor, indices: Sequence[int]) -> str:
        """Return the accuracy on the test images of the given indices, ready to print."""
        loader = DataLoader(Subset(self.test_set, indices), EVAL_BATCH)
        return f"{_decimal(100 * evaluate(self.model, means, loader, self.device), 1)} %"

    def _save(self, path: Path) -> None:
        """Write the state dict; an interrupted or failed write leaves no half of a file under the name."""
        unfinished = path.with_name(f"{path.name}.part")
        try:
            torch.save(self.model.state_dict(), unfinished)
            unfinished.replace(path)
        # torch reports a file that it cannot write as a RuntimeError.
        except (OSError, RuntimeError) as error:
            raise CannotRunError(f"u datoteku {path} ne može se pisati.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.out.print(f"Parametri: {path}")

    @torch.no_grad()
    def _draw(self, folder: Path) -> None:
        """Draw the test images in image space and in feature space."""
        self.model.eval()
        batches = [self.model.get_features(x.to(self.device)) for x, _ in DataLoader(self.test_set, EVAL_BATCH)]
        spaces = {
            "pca_images.png": ("Prostor slike", self.test_set.images.flatten(start_dim=1)),
            "pca_embeddings.png": ("Prostor značajki", torch.cat(batches)),
        }
        for name, (title, x) in spaces.items():
            try:
                path = save_scatter(pca_projection(x), self.test_set.targets, f"{title}, PCA", folder / name)
            except (OSError, ValueError) as error:
                raise CannotRunError(f"slika {folder / name} ne može se nacrtati: {error}.") from error
            self.out.print(f"Slika: {path}")

    def _progress(self, loader: DataLoader[Any], label: str) -> Iterator[Any]:
        """Give the loader's batches and show how far they are, in a terminal only."""
        hidden = not self.err.is_terminal
        yield from track(loader, label, total=len(loader), console=self.err, transient=True, disable=hidden)


def _load(model: SimpleMetricEmbedding, path: Path) -> None:
    """Load a state dict into the model."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise CannotRunError(f"datoteka s parametrima {path} ne može se pročitati: {error.strerror}.") from error
    # What is no parameter file at all fails in many ways, depending on the bytes in it.
    except Exception as error:
        raise CannotRunError(f"{path} nije datoteka s parametrima modela.") from error
    try:
        model.load_state_dict(state)
    except (RuntimeError, TypeError, AttributeError) as error:
        raise CannotRunError(f"parametri u {path} ne odgovaraju ovom modelu; provjeri --emb-size.") from error


def _device(name: str) -> torch.device:
    """Return the device of the given name; auto is the GPU if there is one."""
    available = torch.cuda.is_available()
    if name == "cuda" and not available:
        raise CannotRunError("grafička kartica (cuda) nije dostupna.")
    if name == "auto":
        name = "cuda" if available else "cpu"
    return torch.device(name)


def _count(number: int) -> str:
    """Return a whole number with narrow spaces between thousands."""
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _decimal(number: float, places: int) -> str:
    """Return a number with a decimal comma."""
    return f"{number:.{places}f}".replace(".", ",")
