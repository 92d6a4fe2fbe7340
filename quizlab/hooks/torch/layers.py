"""The layers that a model may be built of, each with the signature of its class in ``torch.nn``; no others exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from quizlab.hooks.torch.signatures import Given, checked, number, shown, words_of
from quizlab.hooks.torch.tree import Call, Group, Item, Pick, Repeat, text_of
from quizlab.hooks.torch.trouble import trouble

MOST = 1000
"""Layers that a model may have, repeats unrolled: each is built."""

_PADS = "zeros|reflect|replicate|circular=zeros"
_RECURRENT = (
    "input_size:1 hidden_size:1 num_layers:1-100=1 {}bias:flag=True batch_first:flag=False dropout:unit=0.0 "
    "bidirectional:flag=False"
)


def _convolution(n: int) -> str:
    return (
        f"in_channels:1 out_channels:1 kernel_size:1x{n} stride:1x{n}=1 padding:0x{n}|same|valid=0 "
        f"dilation:1x{n}=1 groups:1=1 bias:flag=True padding_mode:{_PADS}"
    )


def _transposed(n: int) -> str:
    return (
        f"in_channels:1 out_channels:1 kernel_size:1x{n} stride:1x{n}=1 padding:0x{n}=0 output_padding:0x{n}=0 "
        f"groups:1=1 bias:flag=True dilation:1x{n}=1 padding_mode:zeros=zeros"
    )


def _maximal(n: int) -> str:
    return (
        f"kernel_size:1x{n} stride:1x{n}|null=None padding:0x{n}=0 dilation:1x{n}=1 return_indices:flag=False "
        "ceil_mode:flag=False"
    )


def _mean(n: int) -> str:
    divisor = " divisor_override:1|null=None" if n > 1 else ""
    return (
        f"kernel_size:1x{n} stride:1x{n}|null=None padding:0x{n}=0 ceil_mode:flag=False "
        f"count_include_pad:flag=True{divisor}"
    )


_NORM = "num_features:1 eps:real=1e-05 momentum:real|null=0.1 affine:flag=True track_running_stats:flag=True"
_INSTANCE = _NORM.replace("=True track_running_stats:flag=True", "=False track_running_stats:flag=False")

LAYERS: dict[str, str] = {
    "Linear": "in_features:1 out_features:1 bias:flag=True",
    "Identity": "",
    **{f"Conv{n}d": _convolution(n) for n in (1, 2, 3)},
    **{f"ConvTranspose{n}d": _transposed(n) for n in (1, 2, 3)},
    **{f"MaxPool{n}d": _maximal(n) for n in (1, 2, 3)},
    **{f"AvgPool{n}d": _mean(n) for n in (1, 2, 3)},
    **{f"AdaptiveAvgPool{n}d": f"output_size:1x{n}" for n in (1, 2, 3)},
    **{f"AdaptiveMaxPool{n}d": f"output_size:1x{n} return_indices:flag=False" for n in (1, 2, 3)},
    **{f"BatchNorm{n}d": _NORM for n in (1, 2, 3)},
    **{f"InstanceNorm{n}d": _INSTANCE for n in (1, 2, 3)},
    "LayerNorm": "normalized_shape:1xn eps:real=1e-05 elementwise_affine:flag=True bias:flag=True",
    "RMSNorm": "normalized_shape:1xn eps:real|null=None elementwise_affine:flag=True",
    "GroupNorm": "num_groups:1 num_channels:1 eps:real=1e-05 affine:flag=True",
    "LocalResponseNorm": "size:1 alpha:real=0.0001 beta:real=0.75 k:real=1.0",
    "Dropout": "p:unit=0.5 inplace:flag=False",
    **{f"Dropout{n}d": "p:unit=0.5 inplace:flag=False" for n in (1, 2, 3)},
    "AlphaDropout": "p:unit=0.5 inplace:flag=False",
    "Flatten": "start_dim:int=1 end_dim:int=-1",
    "Unflatten": "dim:int unflattened_size:1tn",
    **dict.fromkeys(("ReLU", "ReLU6", "SELU", "SiLU", "Mish", "Hardsigmoid", "Hardswish"), "inplace:flag=False"),
    **dict.fromkeys(("Sigmoid", "Tanh", "LogSigmoid", "Softsign", "Tanhshrink"), ""),
    "LeakyReLU": "negative_slope:real=0.01 inplace:flag=False",
    "ELU": "alpha:real=1.0 inplace:flag=False",
    "CELU": "alpha:real=1.0 inplace:flag=False",
    "GELU": "approximate:none|tanh=none",
    "Softplus": "beta:real=1.0 threshold:real=20.0",
    "Hardtanh": "min_val:real=-1.0 max_val:real=1.0 inplace:flag=False",
    "PReLU": "num_parameters:1=1 init:real=0.25",
    "GLU": "dim:int=-1",
    **dict.fromkeys(("Softmax", "LogSoftmax", "Softmin"), "dim:int"),
    "Embedding": (
        "num_embeddings:1 embedding_dim:1 padding_idx:int|null=None max_norm:real|null=None norm_type:real=2.0 "
        "scale_grad_by_freq:flag=False sparse:flag=False"
    ),
    "RNN": _RECURRENT.format("nonlinearity:tanh|relu=tanh "),
    "LSTM": _RECURRENT.format("") + " proj_size:0=0",
    "GRU": _RECURRENT.format(""),
    "PixelShuffle": "upscale_factor:1-1000",
    "PixelUnshuffle": "downscale_factor:1-1000",
    "ChannelShuffle": "groups:1",
    "Upsample": "size:1xn|null=None scale_factor:1-1000|real|null=None mode:nearest|bilinear=nearest",
    **{f"ZeroPad{n}d": f"padding:0x{2 * n}" for n in (1, 2, 3)},
    **{f"ReflectionPad{n}d": f"padding:0x{2 * n}" for n in (1, 2, 3)},
    **{f"ReplicationPad{n}d": f"padding:0x{2 * n}" for n in (1, 2, 3)},
}
"""Name → signature, in torch's order."""

WORDS = words_of(LAYERS.values())
"""Names in a description that are no symbols: ``padding=same``."""

RECURRENT = ("RNN", "LSTM", "GRU")


class Layer(Struct, frozen=True):
    """A layer with its arguments worked out. ``number`` counts the layers of a model from 1; ``at`` is in its text."""

    kind: str
    given: dict[str, Given]
    number: int = 0
    at: int = 0

    @property
    def text(self) -> str:
        """The layer as Python writes it, without ``nn.``: ``Conv2d(1, 32, 3, bias=False)``."""
        return f"{self.kind}({written(self.kind, self.given)})"

    def value(self, name: str, default: Given) -> Given:
        """An argument, or what it is by default."""
        return self.given.get(name, default)


class Element(Struct, frozen=True):
    """An element picked from what the layer before it returns."""

    index: int


class Chain(Struct, frozen=True):
    """Steps one after another: the model, or a Sequential in it."""

    steps: tuple[Step, ...]


Step = Layer | Element | Chain


def written(kind: str, given: Mapping[str, Given]) -> str:
    """Arguments as Python writes them: those without a default by their place, the others by name."""
    signature = LAYERS[kind].split()
    places = [each.partition(":")[0] for each in signature if "=" not in each]
    values = [shown(given[name]) for name in places if name in given]
    return ", ".join([*values, *(f"{name}={shown(value)}" for name, value in given.items() if name not in places)])


def resolved(items: tuple[Item, ...], sizes: Mapping[str, int]) -> Chain:
    """The model with all its numbers: layers that exist, with arguments that fit; repeats are unrolled.

    Raises:
        QuizlabError: unknown layers, arguments that do not fit, too many layers; with the place in the text.
    """
    return numbered(Chain(tuple(_steps(items, sizes, _Count()))))


class _Count:
    """Counts what is made, layers or empty groups, so that repeats in repeats stop in time."""

    def __init__(self) -> None:
        self.made = 0

    def one(self) -> None:
        self.made += 1
        if self.made > MOST:
            raise trouble("spec_too_many_layers", limit=MOST)


def _steps(items: tuple[Item, ...], sizes: Mapping[str, int], made: _Count) -> Iterator[Step]:
    for item in items:
        if not isinstance(item, Repeat):
            made.one()
        if isinstance(item, Call):
            yield _layer(item, sizes)
        elif isinstance(item, Group):
            yield Chain(tuple(_steps(item.items, sizes, made)))
        elif isinstance(item, Pick):
            yield Element(item.index)
        else:
            times = number(item.count, sizes)
            if type(times) is not int or times < 0 or times > MOST:
                args = {"count": text_of(item.count), "value": times, "limit": MOST, "position": item.at}
                raise trouble("spec_repeat", **args)
            for _ in range(times):
                if not item.items:
                    made.one()
                yield from _steps(item.items, sizes, made)


CROATIAN = {
    "konvol": "Conv2d",
    "potpuno": "Linear",
    "linear": "Linear",
    "sažim": "MaxPool2d, AvgPool2d",
    "sazim": "MaxPool2d, AvgPool2d",
    "normal": "BatchNorm2d",
    "ugrađ": "Embedding",
    "ugrad": "Embedding",
    "povrat": "RNN, LSTM, GRU",
    "izravn": "Flatten",
    "zglob": "ReLU",
    "sigmoid": "Sigmoid",
    "tangens": "Tanh",
}
"""Layers by the beginnings of their Croatian names."""


def _layer(call: Call, sizes: Mapping[str, int]) -> Layer:
    if call.name not in LAYERS:
        folded = {name.lower(): name for name in LAYERS}
        near = difflib.get_close_matches(call.name.lower()[:60], folded, 3, 0.6)
        meant = next((name for word, name in CROATIAN.items() if call.name.lower().startswith(word)), "")
        names = meant or ", ".join(folded[each] for each in near) or "Linear, Conv2d, LSTM …"
        raise trouble("spec_layer", name=call.name[:60], position=call.at, near=names)
    return Layer(call.name, checked(call, LAYERS[call.name], sizes), at=call.at)


def numbered(chain: Chain) -> Chain:
    """The same chain with its layers counted from 1."""
    number = [0]

    def counted(step: Step) -> Step:
        if isinstance(step, Chain):
            return Chain(tuple(map(counted, step.steps)))
        if isinstance(step, Layer):
            number[0] += 1
            return Layer(step.kind, step.given, number[0], step.at)
        return step

    return Chain(tuple(map(counted, chain.steps)))


def leaves(chain: Chain) -> Iterator[Layer]:
    """The layers of a model in their order, those of inner groups as well."""
    for step in chain.steps:
        if isinstance(step, Layer):
            yield step
        elif isinstance(step, Chain):
            yield from leaves(step)
