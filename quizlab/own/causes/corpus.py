"""Known mistakes of lab 3 around the sentences: reading the file, batches, the embedding."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

from quizlab.hooks.lab3.corpus import OWN_SIZES
from quizlab.hooks.owned import material, needs
from quizlab.own.causes.cause import Cause, Probe
from quizlab.own.causes.vocabulary import WORDS

LENGTHS = (3, 6, 4, 5)


def collating(lab: Any) -> Iterator[Cause]:
    """What pad_collate_fn makes of three sentences."""
    import torch

    needs(lab, "collate")
    sentences = [torch.arange(2, 2 + length) for length in LENGTHS]
    batch = [(each, torch.tensor(0)) for each in sentences]
    texts = lab.pad_collate_fn(batch)[0]
    answer = "Na blicu je oblik (broj rečenica, duljina najdulje), a kraće se dopunjuju nulama."
    if tuple(texts.shape) == (max(LENGTHS), len(LENGTHS)):
        says = "Grupa tekstova ima oblik (duljina najdulje, broj rečenica), a vježba traži rečenice u retcima."
        yield Cause("texts-time-first", "collate", "", says, answer, ("q44", "q60"))
    elif texts.shape[-1] == min(LENGTHS):
        says = "Rečenice se skraćuju na najkraću, a vježba traži da se kraće dopune do najdulje."
        yield Cause("texts-cut", "collate", "", says, answer, ("q44", "q46", "q51", "q60"))
    elif tuple(texts.shape) == (len(LENGTHS), max(LENGTHS)) and texts[0, LENGTHS[0] :].any():
        says = "Kraće se rečenice ne dopunjuju nulom, a vježba traži indeks znaka <PAD>, to jest 0."
        yield Cause("filled-with-other", "collate", "", says, answer, ("q44", "q46", "q60"))


def labels(lab: Any) -> Iterator[Cause]:
    """Whether the student's own function gives its labels as a tensor."""
    import torch

    raw = lab.part("collate")
    given = raw([(torch.arange(2, 2 + length), torch.tensor(0)) for length in LENGTHS])
    if any(isinstance(each, tuple | list) and len(each) == len(LENGTHS) for each in tuple(given)[1:2]):
        says = "pad_collate_fn oznake vraća kao n-torku, a vježba traži tenzor."
        yield Cause("labels-tuple", "collate", "", says, "Na blicu su oznake grupe tenzor oblika (B,).")


def embedding(lab: Any) -> Iterator[Cause]:
    """The row of the padding in the matrix."""
    needs(lab, "embedding")
    vocab = material(lab, "vocab").Vocab(WORDS)
    if lab.embedding_matrix(vocab, OWN_SIZES[0])[0].any():
        yield Cause(
            "pad-row",
            "embedding",
            "",
            "Redak znaka <PAD> u matrici ugrađivanja nije nula, a vježba traži nul-vektor.",
            "Na blicu je vektor znaka <PAD> nula i ne uči se.",
            ("q44", "q61"),
        )


def first_row(lab: Any) -> Iterator[Cause]:
    """Whether pandas takes the first sentence of the file for its header."""
    for part in ("instances", "vocab", "dataset"):
        try:
            source = textwrap.dedent(inspect.getsource(lab.part(part)))
            calls = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)]
        except Exception:
            continue
        if any(_reads_a_header(each) for each in calls):
            yield Cause(
                "first-row",
                part,
                "",
                "Datoteka se čita s read_csv bez header=None, pa prva rečenica postane zaglavlje i izgubi se.",
                "Na blicu: datoteke skupa SST nemaju zaglavlje, svaki je redak jedan primjer.",
            )
            return


def _reads_a_header(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name == "read_csv" and not {each.arg for each in call.keywords} & {"header", "names", None}


PROBES: tuple[Probe, ...] = (collating, labels, embedding, first_row)
