"""The command line of the lab."""

import argparse
from collections.abc import Callable
from pathlib import Path


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m labs.lab4", description="Metričko ugrađivanje: učenje i vrednovanje na MNIST-u."
    )
    add = parser.add_argument
    add("--data", type=Path, metavar="DIR", help="mapa s MNIST-om u formatu IDX (inače uzorak uz vježbu)")
    add("--epochs", type=_whole(0), metavar="N", help="broj epoha (3, a uz --load 0: samo vrednovanje)")
    add("--batch-size", type=_whole(1), default=64, metavar="N", help="veličina mini-grupe (%(default)s)")
    add("--lr", type=_real(False), default=1e-3, metavar="X", help="stopa učenja (%(default)s)")
    add("--emb-size", type=_whole(1), default=32, metavar="N", help="dimenzija ugrađivanja (%(default)s)")
    add(
        "--padding",
        type=_whole(0),
        nargs="?",
        const=1,
        default=0,
        metavar="N",
        help="nadopunjavanje konvolucija (%(default)s, bez broja %(const)s); uz --load isto kao pri učenju",
    )
    add("--margin", type=_real(True), default=1.0, metavar="X", help="margina trojnog gubitka (%(default)s)")
    add("--model", choices=["metric", "identity"], default="metric", help="model (%(default)s)")
    add(
        "--remove-class",
        type=int,
        choices=range(10),
        metavar="C",
        help="razred (0-9) koji se izostavlja iz učenja, ali ne i iz vrednovanja",
    )
    add("--seed", type=_whole(0), default=0, metavar="N", help="sjeme slučajnih brojeva (%(default)s)")
    add("--device", choices=["auto", "cpu", "cuda"], default="auto", help="uređaj (%(default)s)")
    add("--save", type=Path, metavar="FILE", help="spremi parametre i međuspremnike modela (state_dict)")
    add("--load", type=Path, metavar="FILE", help="učitaj ih prije rada")
    add("--plots", type=Path, metavar="DIR", help="nacrtaj PCA slika i ugrađivanja u ovu mapu")
    return parser


def _whole(least: int) -> Callable[[str], int]:
    """Return a reader of whole numbers that are at least the given one."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        # Larger ones do not fit into the 64 bits of torch's sizes and seeds.
        if not least <= number < 2**63:
            raise argparse.ArgumentTypeError(f"očekujem cijeli broj od {least} naviše, a ne {text!r}")
        return number

    return read


def _real(zero_allowed: bool) -> Callable[[str], float]:
    """Return a reader of finite positive numbers, or of zero as well."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        # A chained comparison, so that inf and nan fall out too.
        if not (0 <= number < float("inf") and (number or zero_allowed)):
            raise argparse.ArgumentTypeError(f"očekujem pozitivan broj, a ne {text!r}")
        return number

    return read
