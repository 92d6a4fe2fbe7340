"""The command line of lab 3, with its messages in Croatian."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from .config import MODELS, Config, ModelName
from .instance import BUNDLED_DATA

T = TypeVar("T", int, float)


class UsageError(Exception):
    """A command line that cannot be understood; the message is a Croatian sentence."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The command line, read: one configuration for every seed, the folder, the vectors, the device."""

    configs: tuple[Config, ...]
    data: Path
    glove: Path | None
    device: str


def parse_arguments(argv: Sequence[str] | None = None) -> Arguments:
    """Read the command line.

    Raises:
        UsageError: An unknown option, a value that cannot be used, or options that exclude one another.
        SystemExit: After ``--help``.
    """
    parser = _make_parser()
    try:
        options, unknown = parser.parse_known_args(argv)
    except argparse.ArgumentError as error:
        # Our own types write Croatian; what argparse says itself is about a value missing or not wanted.
        said = "nedostaje vrijednost" if error.message.startswith("expected") else error.message
        said = "ne prima vrijednost" if error.message.startswith("ignored explicit") else said
        raise UsageError(f"{error.argument_name}: {said}") from error
    if unknown:
        raise UsageError(f"nepoznata opcija {unknown[0]}")
    if options.model == "baseline" and (options.bidirectional or options.attention or options.dropout):
        raise UsageError("--bidirectional, --attention i --dropout traže povratni model (rnn, gru ili lstm)")
    named = vars(options)
    seeds, data, glove, device = (named.pop(name) for name in ("seeds", "data", "glove", "device"))
    try:
        configs = tuple(Config(seed=seed, **named) for seed in seeds)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return Arguments(configs, data, glove, device)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, prefix or "upotreba: ")


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m labs.lab3",
        description="Laboratorijska vježba 3: klasifikacija sentimenta.",
        formatter_class=_Formatter,
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
    )
    lab = Config()
    add = parser.add_argument_group("opcije").add_argument
    add("-h", "--help", action="help", help="ispiši ovu pomoć")
    add("--model", type=_model, default="baseline", metavar="IME", help=f"{', '.join(MODELS)} (baseline)")
    add("--data", type=Path, default=BUNDLED_DATA, metavar="MAPA", help="mapa s podatcima (priloženi skup)")
    add("--glove", type=Path, metavar="DATOTEKA", help="vektori riječi u obliku GloVe (slučajni, uče se)")
    add("--epochs", type=_at_least(int, 1), default=lab.epochs, metavar="N", help=f"broj epoha ({lab.epochs})")
    add("--hidden", type=_at_least(int, 1), default=lab.hidden_size, metavar="N", dest="hidden_size",
        help=f"dimenzija skrivenog stanja ({lab.hidden_size})")  # fmt: skip
    add("--embedding", type=_at_least(int, 1), default=lab.embedding_size, metavar="N", dest="embedding_size",
        help=f"dimenzija ugrađivanja ({lab.embedding_size})")  # fmt: skip
    add("--layers", type=_at_least(int, 1), default=lab.num_layers, metavar="N", dest="num_layers",
        help=f"broj povratnih slojeva ({lab.num_layers})")  # fmt: skip
    add("--dropout", type=_at_least(float, 0), default=lab.dropout, metavar="P",
        help="vjerojatnost dropouta između povratnih slojeva (0)")  # fmt: skip
    add("--bidirectional", action="store_true", help="čitaj rečenicu u oba smjera")
    add("--attention", action="store_true", help="pažnja umjesto posljednjeg stanja")
    add(
        "--clip",
        type=_at_least(float, 0),
        default=lab.clip,
        metavar="X",
        help="najveća norma gradijenta (0,25)",
    )
    add("--lr", type=_at_least(float, 0), default=lab.learning_rate, metavar="X", dest="learning_rate",
        help="stopa učenja (0,0001)")  # fmt: skip
    add("--batch", type=_at_least(int, 1), default=lab.train_batch_size, metavar="N", dest="train_batch_size",
        help=f"veličina grupe pri učenju ({lab.train_batch_size})")  # fmt: skip
    add("--seeds", type=_seeds, default=(lab.seed,), metavar="N,N,…", help="sjemena pokusa, npr. 1,2,3 (1)")
    add("--min-freq", type=_at_least(int, 0), default=lab.min_freq, metavar="N",
        help="najmanja frekvencija riječi u vokabularu (0)")  # fmt: skip
    add("--max-size", type=_at_least(int, -1), default=lab.max_size, metavar="N",
        help="najveći vokabular, -1 bez granice (-1)")  # fmt: skip
    add("--device", default="auto", metavar="IME", help="auto, cpu ili cuda (auto)")
    return parser


def _at_least(kind: type[T], least: int) -> Callable[[str], T]:
    def read(text: str) -> T:
        try:
            value = kind(text)
        except ValueError as error:
            wanted = "cijeli broj" if kind is int else "broj"
            raise argparse.ArgumentTypeError(f"{text!r} nije {wanted}") from error
        # Written so that NaN, which compares false with everything, is refused too.
        if not least <= value < 2**63:
            raise argparse.ArgumentTypeError(f"{text} je izvan dopuštenog raspona (najmanje {least})")
        return value

    return read


def _model(text: str) -> ModelName:
    for name in MODELS:
        if text == name:
            return name
    raise argparse.ArgumentTypeError(f"{text!r} nije model; na izboru su {', '.join(MODELS)}")


def _seeds(text: str) -> tuple[int, ...]:
    read = _at_least(int, 0)
    return tuple(read(part) for part in text.split(","))
