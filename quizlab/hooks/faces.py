"""The faces through which a hook sees the lab that it proves.

A hook never imports ``labs``: it receives a lab as its first argument. The modules ``labs.lab4`` and
``labs.lab3`` have these faces; so may a student's own code, and so have the broken labs of the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Protocol, TypeVar

from msgspec import Meta

Size = Annotated[int, Meta(ge=1, le=1_000_000_000)]
"""A size given by a bank or by ``--set``: channels, classes, batch …"""

Small = Annotated[int, Meta(ge=1, le=512)]
"""A size that is really allocated or looped over."""


class Lab4(Protocol):
    """What the proofs of lab 4 need: names that ``labs.lab4`` exports."""

    BatchNormConvReLU: Any
    SimpleMetricEmbedding: Any
    IdentityModel: Any
    MNISTMetricDataset: Any
    TripletMarginLoss: Any
    train: Any
    compute_representations: Any
    make_predictions: Any
    evaluate: Any


class Lab3(Protocol):
    """What the proofs of lab 3 need: names that ``labs.lab3`` exports."""

    Vocab: Any
    NLPDataset: Any
    Instance: Any
    pad_collate_fn: Any
    make_loader: Any
    embedding_matrix: Any
    make_embedding: Any
    make_label_vocab: Any
    unknown_share: Any
    load_splits: Any
    token_frequencies: Any
    Baseline: Any
    RecurrentClassifier: Any
    make_model: Any
    mean_pool: Any
    last_state: Any
    RNNCell: Any
    GRUCell: Any
    LSTMCell: Any
    unroll: Any
    from_torch: Any
    to_torch: Any
    PlainRNN: Any
    loss: Any
    clip_elements: Any
    parameter_count: Any
    Config: Any
    HYPERPARAMETERS: Any
    TEXT_SPECIALS: Any
    PAD_INDEX: Any
    UNK_INDEX: Any
    BUNDLED_DATA: Any
    make_criterion: Any
    make_optimizer: Any
    clip_gradients: Any
    train_epoch: Any
    evaluate: Any


Made = TypeVar("Made")


def once_per_lab(make: Callable[[Any], Made]) -> Callable[[Any], Made]:
    """Compute ``make(lab)`` once for each lab object, however many hooks ask.

    Keyed by the object itself and holding on to it: a broken lab never gets the proof of a sound one.
    """
    made: dict[int, tuple[Any, Made]] = {}

    def of(lab: Any) -> Made:
        if id(lab) not in made:
            made[id(lab)] = (lab, make(lab))
        return made[id(lab)][1]

    return of
