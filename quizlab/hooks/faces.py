"""The faces through which a hook sees the lab that it proves.

A hook never imports ``labs``: it receives a lab as its first argument. The modules ``labs.lab4`` and
``labs.lab3`` have these faces; so may a student's own code, and so have the broken labs of the tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol, Self, TypeVar

from msgspec import Meta

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor, nn
    from torch.optim import Optimizer

Size = Annotated[int, Meta(ge=1, le=1_000_000_000)]
"""A size given by a bank or by ``--set``: channels, classes, batch …"""

Small = Annotated[int, Meta(ge=1, le=512)]
"""A size that is really allocated or looped over."""


class Module(Protocol):
    """A model as far as proofs look at it: a ``torch.nn.Module`` that is called with tensors."""

    training: bool

    def __call__(self, *tensors: Any) -> Any: ...
    def eval(self) -> Self: ...
    def train(self, mode: bool = True) -> Self: ...
    def parameters(self) -> Iterator[nn.Parameter]: ...
    def named_parameters(self) -> Iterator[tuple[str, nn.Parameter]]: ...
    def named_buffers(self) -> Iterator[tuple[str, Tensor]]: ...
    def children(self) -> Iterator[nn.Module]: ...
    def modules(self) -> Iterator[nn.Module]: ...
    def named_modules(self) -> Iterator[tuple[str, nn.Module]]: ...
    def get_submodule(self, target: str) -> nn.Module: ...
    def get_parameter(self, target: str) -> nn.Parameter: ...
    def state_dict(self) -> dict[str, Any]: ...
    def load_state_dict(self, state_dict: Mapping[str, Any], strict: bool = True) -> Any: ...


class Embedder(Module, Protocol):
    """A model of lab 4."""

    def get_features(self, img: Tensor, /) -> Tensor:
        """(B, C, H, W) → (B, D)."""


class Trainable(Embedder, Protocol):
    """A model of lab 4 that learns."""

    def loss(self, anchor: Tensor, positive: Tensor, negative: Tensor, /) -> Tensor:
        """Three batches of images → ()."""


class Triplets(Protocol):
    """The data set of lab 4: triplets while training, otherwise images with their labels."""

    images: Tensor
    targets: Tensor

    def __getitem__(self, index: int, /) -> Any: ...
    def __len__(self) -> int: ...
    def _sample_positive(self, index: int, /) -> object: ...
    def _sample_negative(self, index: int, /) -> object: ...


class Lab4(Protocol):
    """What the proofs of lab 4 need: names that ``labs.lab4`` exports.

    They are called as the lab defines them; here stands what they give.
    """

    @property
    def BatchNormConvReLU(self) -> type[nn.Module]: ...
    @property
    def SimpleMetricEmbedding(self) -> Callable[..., Trainable]: ...
    @property
    def IdentityModel(self) -> Callable[..., Embedder]: ...
    @property
    def MNISTMetricDataset(self) -> Callable[..., Triplets]: ...
    @property
    def TripletMarginLoss(self) -> Callable[..., Callable[[Tensor, Tensor, Tensor], Tensor]]: ...
    @property
    def train(self) -> Callable[..., float]: ...
    @property
    def compute_representations(self) -> Callable[..., Tensor]: ...
    @property
    def make_predictions(self) -> Callable[[Tensor, Tensor], Tensor]: ...
    @property
    def evaluate(self) -> Callable[..., float]: ...
    @property
    def pca_projection(self) -> Callable[[Tensor], Tensor]: ...


class Vocabulary(Protocol):
    """The vocabulary of lab 3."""

    stoi: dict[str, int]
    itos: Any

    def __len__(self) -> int: ...
    def encode(self, tokens: Any, /) -> Any: ...


class Config(Protocol):
    """One run of lab 3."""

    @property
    def hidden_size(self) -> int: ...
    @property
    def embedding_size(self) -> int: ...
    @property
    def num_layers(self) -> int: ...
    @property
    def learning_rate(self) -> float: ...
    @property
    def dropout(self) -> float: ...
    @property
    def model(self) -> str: ...


class PlainRNN(Protocol):
    """The network of lab 3 in NumPy."""

    parameters: Any

    def forward(self, inputs: NDArray[np.float64], /) -> Any: ...
    def backward(self, trace: Any, targets: NDArray[np.int64], /) -> Any: ...


class Evaluation(Protocol):
    """What one pass over a split found."""

    @property
    def loss(self) -> float: ...
    @property
    def accuracy(self) -> float: ...


class Sentences(Protocol):
    """The data set of lab 3: pairs of a text (T,) and a label ()."""

    def __getitem__(self, index: int, /) -> tuple[Tensor, Tensor]: ...
    def __len__(self) -> int: ...


class Lab3(Protocol):
    """What the proofs of lab 3 need: names that ``labs.lab3`` exports, as in `Lab4`."""

    @property
    def Vocab(self) -> Callable[..., Vocabulary]: ...
    @property
    def NLPDataset(self) -> Callable[..., Sentences]: ...
    @property
    def pad_collate_fn(self) -> Callable[..., tuple[Tensor, Tensor, Tensor]]: ...
    @property
    def embedding_matrix(self) -> Callable[..., Tensor]: ...
    @property
    def make_embedding(self) -> Callable[..., nn.Embedding]: ...
    @property
    def make_label_vocab(self) -> Callable[[], Vocabulary]: ...
    @property
    def load_splits(self) -> Callable[..., Mapping[Any, Any]]: ...
    @property
    def token_frequencies(self) -> Callable[..., Counter[str]]: ...
    @property
    def Baseline(self) -> Callable[..., nn.Module]: ...
    @property
    def RecurrentClassifier(self) -> Callable[..., nn.Module]: ...
    @property
    def make_model(self) -> Callable[..., nn.Module]: ...
    @property
    def mean_pool(self) -> Callable[[Tensor, Tensor], Tensor]: ...
    @property
    def RNNCell(self) -> type[nn.Module]: ...
    @property
    def GRUCell(self) -> type[nn.Module]: ...
    @property
    def LSTMCell(self) -> type[nn.Module]: ...
    @property
    def unroll(self) -> Callable[..., tuple[Tensor, Any]]: ...
    @property
    def PlainRNN(self) -> Callable[..., PlainRNN]: ...
    @property
    def loss(self) -> Callable[..., float]: ...
    @property
    def parameter_count(self) -> Callable[[int, int, int], int]: ...
    @property
    def Config(self) -> Callable[..., Config]: ...
    @property
    def HYPERPARAMETERS(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def PAD_INDEX(self) -> int: ...
    @property
    def BUNDLED_DATA(self) -> Path: ...
    @property
    def make_criterion(self) -> Callable[[], nn.Module]: ...
    @property
    def make_optimizer(self) -> Callable[..., Optimizer]: ...
    @property
    def clip_gradients(self) -> Callable[..., Tensor]: ...
    @property
    def train_epoch(self) -> Callable[..., float]: ...
    @property
    def evaluate(self) -> Callable[..., Evaluation]: ...


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
