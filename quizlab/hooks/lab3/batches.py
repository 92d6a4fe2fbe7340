"""Proofs about the shapes of a batch of sentences: padded by the lab, and read by its recurrent network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta

from quizlab.hooks.common import listed, seeded, set_mode, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.padding import lengths_claims
from quizlab.hooks.owned import MissingPartError, is_own, needs, reference_of
from quizlab.model import Case, Claim, Evidence, Snippet, Table

if TYPE_CHECKING:
    from torch import Tensor

Length = Annotated[int, Meta(ge=1, le=200)]
Small = Annotated[int, Meta(ge=1, le=64)]
"""Words and sentences that a network of the greatest width runs over in about a second."""

Layers = Annotated[int, Meta(ge=1, le=4)]
Width = Annotated[int, Meta(ge=1, le=256)]

INPUT = 8
"""Size of a word's vector; the shapes of the states do not depend on it."""


def padded_shape(
    lab: Lab3,
    *,
    first: Length = 4,
    second: Length = 9,
    third: Length = 6,
    cut: Literal["nothing", "shortest", "last"] = "nothing",
    result: Literal["batch-first", "time-first", "joined", "repeated"] = "batch-first",
) -> Evidence:
    """Collate three sentences of these lengths with the lab's own function and measure the shape.

    ``cut`` shortens them to the shortest or to the last one instead; ``result`` turns the batch over, lays all
    words in a row, or gives every sentence a row with all of them.
    """
    import torch
    from torch.nn.utils.rnn import pad_sequence

    needs(lab, "collate")
    lengths = (first, second, third)
    sentences = [torch.arange(1, length + 1) for length in lengths]
    longest = {"nothing": max(lengths), "shortest": min(lengths), "last": third}[cut]
    shorter = [each[:longest] for each in sentences]
    texts, labels, kept = lab.pad_collate_fn([(each, torch.tensor(0)) for each in shorter])
    joined = torch.cat(sentences)
    found = {
        "batch-first": texts,
        "time-first": pad_sequence(shorter),
        "joined": joined,
        "repeated": joined.repeat(len(lengths), 1),
    }[result]
    whole, _, told = lab.pad_collate_fn([(each, torch.tensor(0)) for each in sentences])
    unchanged = whole.shape == (3, max(lengths)) and all(
        row[: len(words)].tolist() == words.tolist() and not row[len(words) :].any()
        for row, words in zip(whole, sentences, strict=True)
    )
    return Evidence(
        cases=(Case(value=tuple(found.shape)),),
        claims=(
            Claim(
                "words_kept_and_filled_with_zeros",
                unchanged,
                f"rečenice duljina {listed(lengths)} daju tenzor oblika {shape_of(whole)}; retci su im "
                f"{'nepromijenjeni i dopunjeni nulama' if unchanged else 'promijenjeni'}",
            ),
            *lengths_claims(lab, told, lengths),
        ),
        blocks=(
            Table(
                ("tenzor", "oblik"),
                (("indeksi", shape_of(texts)), ("oznake", shape_of(labels)), ("duljine", shape_of(kept))),
                title=f"Što vraća pad_collate_fn za rečenice duljina {listed(lengths)}",
                marked=(0,),
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch.nn.utils.rnn import pad_sequence

recenice = [torch.ones(d, dtype=torch.long) for d in {lengths}]
print(tuple(pad_sequence(recenice, batch_first=True, padding_value={reference_of(lab).PAD_INDEX}).shape))
""",
            shape_of(whole),
        ),
    )


def states_shape(
    lab: Lab3,
    *,
    steps: Small = 20,
    batch: Small = 10,
    hidden: Width = 150,
    layers: Layers = 2,
    bidirectional: bool = True,
    result: Literal["states", "batch-first", "last"] = "states",
) -> Evidence:
    """Run the recurrent network of the lab's classifier over a batch and measure the shape of its output.

    ``bidirectional`` reads one way only; ``result`` turns the output over or takes the last states instead.
    """
    import torch

    needs(lab, "recurrent")
    size = corpus.OWN_SIZES[0] if is_own(lab) else INPUT
    with seeded(0), torch.no_grad():
        vectors = corpus.made(lab, 3, size)
        both = {way: _network(lab, vectors, hidden, layers, bidirectional=way) for way in (True, False)}
        words = torch.randn(steps, batch, size)
        ran = {way: _time_first(network, words) for way, network in both.items()}
    states, (last, _) = ran[bidirectional]
    found: Tensor = {"states": states, "batch-first": states.transpose(0, 1), "last": last}[result]
    return Evidence(
        cases=(Case(value=tuple(found.shape)),),
        claims=(
            Claim(
                "two_directions_double_the_states",
                ran[True][0].shape[-1] == 2 * ran[False][0].shape[-1],
                f"u jednom smjeru izlaz ima oblik {shape_of(ran[False][0])}, a u oba {shape_of(ran[True][0])}",
            ),
        ),
        blocks=(
            Table(
                ("smjerova", "svi koraci", "posljednja stanja h"),
                tuple((1 + way, shape_of(every), shape_of(end)) for way, (every, (end, _)) in sorted(ran.items())),
                title=f"LSTM iz vježbe, slojeva {layers}, stanje {hidden}, grupa od {batch} rečenica po {steps} riječi",
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn

mreza = nn.LSTM({size}, {hidden}, num_layers={layers}, bidirectional={bidirectional})
svi, (zadnja, _) = mreza(torch.randn({steps}, {batch}, {size}))  # vrijeme je prva dimenzija
print(tuple(svi.shape), tuple(zadnja.shape))
""",
            f"{shape_of(states)} {shape_of(last)}",
        ),
    )


def _network(lab: Lab3, vectors: Any, hidden: int, layers: int, *, bidirectional: bool) -> Any:
    """The LSTM inside the lab's classifier; of several networks, one behind another, the first.

    Raises:
        MissingPartError: a student's classifier has no LSTM, or does not read both ways.
    """
    model: Any = (
        lab.RecurrentClassifier(vectors, "lstm", hidden, layers, bidirectional=bidirectional)
        if is_own(lab)
        else corpus.build(lab, "lstm", vectors, hidden, layers, bidirectional=bidirectional)
    )
    found = corpus.networks(model, "lstm")
    if not found:
        raise MissingPartError("lstm")
    if is_own(lab) and bool(getattr(found[0], "bidirectional", False)) != bidirectional:
        raise MissingPartError("bidirectional")
    set_mode(model, training=False)
    return found[0]


def _time_first(network: Any, words: Tensor) -> Any:
    """What the network gives for words (T, B, E), its states with the time first again."""
    if not network.batch_first:
        return network(words)
    states, last = network(words.transpose(0, 1))
    return states.transpose(0, 1), last
