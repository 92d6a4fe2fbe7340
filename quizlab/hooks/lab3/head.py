"""Proof about the head of lab 3's recurrent classifier: what it is fed with and what it returns."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import apart, listed, seeded, set_mode, shape_of, watching
from quizlab.hooks.faces import Lab3, once_per_lab
from quizlab.hooks.lab3 import corpus, recurrence
from quizlab.hooks.owned import MissingPartError, is_own, needs, reference_of
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, gap

if TYPE_CHECKING:
    from torch import Tensor, nn

CLOSE = 1e-5
"""How far apart two float32 computations of one sentence may come out."""

FAR = 10.0
"""Logits near zero have either sign by chance; this much lower none is positive."""

LAYERS = [(150, 150), (150, 1)]
"""What the question says of the fully connected layers."""

WORDS = 20
LENGTHS = (6, 3, 1)
"""Sentences of unlike lengths: in one batch the shorter ones are padded."""


class Seen(NamedTuple):
    """One fully connected layer as it ran: its name, its size, what came in and what went out."""

    name: str
    parameters: int
    came: Tensor
    went: Tensor


class Read(NamedTuple):
    """One classifier on the padded batch, and what it should have been fed with.

    ``logits`` are those of the batch, ``alone`` those of every sentence on its own, without padding; ``fed`` came into
    the head (``fed_alone`` of the first sentence alone), ``last`` is the last layer's hidden state after the last word
    of each sentence, and ``padded`` the one after the last step of the batch, padding included. ``one_by_one`` says
    whether the recurrent network got the words one after another; ``lowest`` is the lowest output once the bias of the
    last layer is far below zero, and ``off_output`` how far the outputs are from what the last layer gave.
    """

    layers: tuple[Seen, ...]
    logits: Tensor
    alone: Tensor
    fed: Tensor
    last: Tensor
    padded: Tensor
    one_by_one: bool
    lowest: float
    off_output: float
    fed_alone: Tensor


@once_per_lab
def reads(lab: Lab3) -> dict[str, Read]:
    """The lab's classifier with each cell that it has, looked into.

    Raises:
        MissingPartError: a student's code has no such classifier.
    """
    needs(lab, "recurrent")
    read = {cell: _read(lab, cell) for cell in ("rnn", "gru", "lstm") if corpus.has_cell(lab, cell)}
    if not read:
        raise MissingPartError("recurrent")
    return read


def off_last_state(lab: Lab3) -> float:
    """How far what enters the head for a sentence alone, without padding, is from its last state; with each cell."""
    return max(apart(one.fed_alone, one.last[:1]) if one.one_by_one else float("inf") for one in reads(lab).values())


def output_layer(lab: Lab3) -> Evidence:
    """Run the lab's classifier with each cell on a padded batch, and every sentence again on its own.

    What the fully connected layers got and gave is seen from outside. The state they should get is the one that the
    last of the model's recurrent networks has after each sentence without padding, if the first of them gets the
    words one by one.
    """
    read = reads(lab)
    off_last = {cell: apart(one.fed, one.last) if one.one_by_one else float("inf") for cell, one in read.items()}
    first = next(iter(read.values()))
    off_alone = {cell: apart(one.logits, one.alone) for cell, one in read.items()}
    off_padded = {cell: apart(one.padded, one.last) for cell, one in read.items()}
    off_relu = {cell: _off_relu(one.layers) for cell, one in read.items()}
    sizes = [(seen.came.shape[-1], seen.went.shape[-1]) for seen in first.layers]
    shapes = {shape_of(one.logits) for one in read.values()}
    lowest = min(float(one.logits.min()) for one in read.values())
    highest = max(float(one.logits.max()) for one in read.values())
    off_output = max(one.off_output for one in read.values())
    heads = {cell: sum(seen.parameters for seen in one.layers) for cell, one in read.items()}
    return Evidence(
        claims=(
            Claim(
                "fed_with_last_state",
                max(off_last.values()) < CLOSE,
                "razlika ulaza izlaznog sloja i skrivenog stanja posljednjeg sloja nakon posljednje stvarne riječi: "
                f"{_each(off_last)}",
            ),
            Claim(
                "padding_not_read",
                max(off_alone.values()) < CLOSE,
                f"razlika logita u nadopunjenoj grupi i logita svake rečenice zasebno: {_each(off_alone)}",
            ),
            Claim(
                "padding_would_matter",
                min(off_padded.values()) > CLOSE,
                "razlika stanja nakon posljednjeg koraka nadopunjene grupe i stanja nakon posljednje stvarne riječi: "
                f"{_each(off_padded)}",
            ),
            Claim(
                "two_layers_with_relu",
                sizes == LAYERS and max(off_relu.values()) < CLOSE,
                f"potpuno povezani slojevi redom su {listed(f'{a} → {b}' for a, b in sizes) or '–'}; razlika "
                f"ulaza drugoga i ReLU-a izlaza prvoga: {_each(off_relu)}",
            ),
            Claim(
                "one_logit_for_sentence",
                shapes <= _one_each(lab),
                f"uz {len(LENGTHS)} rečenice u grupi izlaz ima oblik {listed(sorted(shapes))}",
            ),
            Claim(
                "logits_and_no_probabilities",
                max(one.lowest for one in read.values()) < 0 and (is_own(lab) or off_output < CLOSE),
                f"izlazi su između {decimal(lowest)} i {decimal(highest)}, a najveća razlika od onoga što daje "
                f"posljednji potpuno povezani sloj iznosi {gap(off_output)}",
            ),
            *_both_ways(lab),
        ),
        blocks=(
            Table(
                ("mjesto", "oblik"),
                (
                    (
                        "stanja posljednjeg sloja, svi koraci",
                        f"({max(LENGTHS)}, {len(LENGTHS)}, {first.last.shape[-1]})",
                    ),
                    ("posljednje stanje posljednjeg sloja", shape_of(first.last)),
                    *(
                        row
                        for seen in first.layers
                        for row in (
                            (f"ulaz sloja {seen.name}", shape_of(seen.came)),
                            (f"izlaz sloja {seen.name}", shape_of(seen.went)),
                        )
                    ),
                    ("logiti", shape_of(first.logits)),
                ),
                title=f"Grupa od {len(LENGTHS)} rečenice duljina {listed(LENGTHS)}",
            ),
            Table(
                (
                    "ćelija",
                    "ulaz i posljednje stanje",
                    "u grupi i zasebno",
                    "s punjenjem i bez njega",
                    "parametara izlaza",
                ),
                tuple(
                    (cell, *(round(off[cell], 6) for off in (off_last, off_alone, off_padded)), heads[cell])
                    for cell in read
                ),
                title="Najveće razlike: ulaz izlaznog sloja, logiti, stanja",
            ),
        ),
        snippet=_snippet(first),
    )


def _both_ways(lab: Lab3) -> tuple[Claim, ...]:
    """How many components enter the head of the lab's classifier that reads both ways."""
    from torch import nn

    if is_own(lab):
        return ()
    config = lab.Config()
    with seeded(0):
        model = lab.make_model(lab.Config(bidirectional=True), corpus.made(lab, 3, config.embedding_size))
        with watching(model, (nn.Linear,)) as ran, suppress(RuntimeError):  # another head may not take so many
            corpus.logits(model, [corpus.collate(lab, corpus.items_of(lab, [[1, 2], [2]]))])
    entered = ran[0].came[0].shape[-1] if ran else 0
    return (
        Claim(
            "both_ways_double_the_input",
            entered == 2 * LAYERS[0][0],
            f"broj komponenata na ulazu izlaznog sloja uz dvosmjernu mrežu: {entered}",
        ),
    )


def _one_each(lab: Lab3) -> set[str]:
    """The shapes of one number a sentence; a student's model may leave out the dimension of one."""
    column, row = f"({len(LENGTHS)}, 1)", f"({len(LENGTHS)},)"
    return {column, row} if is_own(lab) else {column}


def _read(lab: Lab3, cell: str) -> Read:
    """Build the lab's classifier with one kind of cell, with the lab's sizes, and look into it."""
    import torch
    from torch import nn

    ours = reference_of(lab)
    config = ours.Config()
    with seeded(0):
        vectors = torch.randn(WORDS, config.embedding_size)
        vectors[ours.PAD_INDEX] = 0
        embedding = ours.make_embedding(vectors, freeze=True)
        model: Any = (
            lab.RecurrentClassifier(embedding, cell, config.hidden_size, config.num_layers, config.dropout)
            if is_own(lab)
            else lab.make_model(lab.Config(model=cell), embedding)
        )
        set_mode(model, training=False)
        sentences = [torch.randint(2, WORDS, (length,)) for length in LENGTHS]
    label = torch.tensor(0)
    texts, _, lengths = corpus.collate(lab, [(sentence, label) for sentence in sentences])
    with torch.no_grad():
        with watching(model, (nn.Linear,)) as ran:
            logits = model(texts, lengths)
        layers = tuple(Seen(each.name, _size(each.layer), each.came[0], each.went) for each in ran)
        with watching(model, (nn.Linear,)) as ran_alone:
            every = [recurrence.alone(model, one) for one in sentences]
        in_order = [apart(each.words, embedding(one)) < CLOSE for each, one in zip(every, sentences, strict=True)]
        padded = recurrence.through(every[0].networks, embedding(texts))
        lowest = _lowest(ran[-1].layer if ran else None, lambda: model(texts, lengths))
    return Read(
        layers,
        logits,
        torch.cat([each.logits for each in every]),
        layers[0].came if layers else logits,
        torch.cat([each.state for each in every]),
        padded,
        all(in_order),
        lowest,
        apart(layers[-1].went.flatten(), logits.flatten()) if layers else 0.0,
        ran_alone[0].came[0] if ran_alone else every[0].logits,
    )


def _lowest(last: Any, run: Callable[[], Tensor]) -> float:
    """The lowest output when the last fully connected layer's bias is lowered by `FAR`: a probability stays above 0."""
    if last is None or last.bias is None:
        return float(run().min())
    last.bias -= FAR
    lowest = float(run().min())
    last.bias += FAR
    return lowest


def _size(layer: nn.Module) -> int:
    return sum(tensor.numel() for tensor in layer.parameters())


def _off_relu(layers: tuple[Seen, ...]) -> float:
    """How far the second layer's input is from the first one's output with its negative part cut off."""
    return apart(layers[1].came, layers[0].went.relu()) if len(layers) > 1 else float("inf")


def _each(differences: dict[str, float]) -> str:
    return "; ".join(f"{cell} {gap(off)}" for cell, off in differences.items())


def _snippet(read: Read) -> Snippet:
    """The same head over torch's own RNN, with packing and with the padding read."""
    return Snippet(
        f"""\
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

torch.manual_seed(0)
rnn = nn.RNN(300, {read.last.shape[-1]}, num_layers=2)
glava = nn.Sequential(nn.Linear({read.last.shape[-1]}, 150), nn.ReLU(), nn.Linear(150, 1))
recenice = [torch.randn(n, 300) for n in {LENGTHS}]
zasebno = torch.stack([glava(rnn(r)[1][-1]) for r in recenice])
vektori = pad_sequence(recenice)
pakirano = pack_padded_sequence(vektori, torch.tensor({LENGTHS}), enforce_sorted=False)
logiti, s_punjenjem = glava(rnn(pakirano)[1][-1]), glava(rnn(vektori)[1][-1])
print(tuple(logiti.shape))
print(torch.allclose(logiti, zasebno, atol={CLOSE}), torch.allclose(s_punjenjem, zasebno, atol={CLOSE}))
""",
        f"{shape_of(read.logits)}\n{apart(read.logits, read.alone) < CLOSE} {apart(read.padded, read.last) < CLOSE}",
    )
