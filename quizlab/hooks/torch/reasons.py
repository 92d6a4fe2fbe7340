"""Why a layer cannot be made, or cannot take what it gets: in Croatian, by rules that torch has too. Pure.

What no rule here knows torch says itself, when it refuses; the rules only say it better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from quizlab.hooks.torch.layers import RECURRENT, Layer
from quizlab.hooks.torch.signatures import Given
from quizlab.numbers import form, grouped

Shape = tuple[int, ...]

_WINDOWS = ("Conv", "MaxPool", "AvgPool")
_SPATIAL = (*_WINDOWS, "ConvTranspose", "AdaptiveAvgPool", "AdaptiveMaxPool", "InstanceNorm")
_AXES = {1: "L", 2: "H, W", 3: "D, H, W"}
_MAPS = ("kanal", "kanala", "kanala")


SAME = frozenset(
    (
        *("Identity", "BatchNorm", "InstanceNorm", "LayerNorm", "RMSNorm", "GroupNorm", "LocalResponseNorm", "Dropout"),
        *("AlphaDropout", "ReLU", "ReLU6", "SELU", "SiLU", "Mish", "Hardsigmoid", "Hardswish", "Sigmoid", "Tanh"),
        *("LogSigmoid", "Softsign", "Tanhshrink", "LeakyReLU", "ELU", "CELU", "GELU", "Softplus", "Hardtanh", "PReLU"),
        *("Softmax", "LogSoftmax", "Softmin"),
    )
)
"""Layers and families that return the shape they get; what speaks against an input of theirs is all said here."""


def whole(layer: Layer, name: str, default: int = 0) -> int:
    """An argument that is a whole number."""
    value = layer.value(name, default)
    return value if isinstance(value, int) else default


def each(value: Given, number: int) -> tuple[int, ...]:
    """A size that may be given once for all dimensions."""
    if isinstance(value, tuple):
        return tuple(one for one in value if isinstance(one, int))
    return (value,) * number if isinstance(value, int) else (0,) * number


def dimensions(kind: str) -> int:
    """The spatial dimensions of a layer by its name: 2 for Conv2d, 0 for Linear."""
    return int(kind[-2]) if kind[-1] == "d" and kind[-2].isdigit() else 0


def family(kind: str) -> str:
    """The name of a layer without its dimensions: Conv for Conv2d."""
    return kind[:-2] if dimensions(kind) else kind


def against_making(layer: Layer) -> str:
    """Why no such layer can be made; "" where nothing speaks against it."""
    return next(_against_making(layer), "")


def _against_making(layer: Layer) -> Iterator[str]:
    name = family(layer.kind)
    if name in ("Conv", "ConvTranspose"):
        yield from filter(None, [_against_convolution(layer)])
    if name in ("MaxPool", "AvgPool"):
        yield from filter(None, [_against_pooling(layer)])
    if layer.kind == "GroupNorm" and whole(layer, "num_channels") % whole(layer, "num_groups", 1):
        yield f"num_groups ({whole(layer, 'num_groups')}) mora dijeliti num_channels ({whole(layer, 'num_channels')})"
    if layer.kind == "LSTM" and whole(layer, "proj_size") >= whole(layer, "hidden_size"):
        yield f"proj_size ({whole(layer, 'proj_size')}) mora biti manji od hidden_size ({layer.given['hidden_size']})"
    if layer.kind == "Embedding" and layer.value("padding_idx", None) is not None:
        rows = whole(layer, "num_embeddings")
        if not -rows <= whole(layer, "padding_idx") < rows:
            yield f"padding_idx ({layer.given['padding_idx']}) mora biti redak tablice: od 0 do {rows - 1}"
    low, high = layer.value("min_val", -1.0), layer.value("max_val", 1.0)
    if layer.kind == "Hardtanh" and isinstance(low, int | float) and isinstance(high, int | float) and low >= high:
        yield f"min_val ({low}) mora biti manji od max_val ({high})"
    if layer.kind == "Upsample" and (layer.value("size", None) is None) == (layer.value("scale_factor", None) is None):
        yield "Upsampleu treba točno jedno: size ili scale_factor"


def _against_convolution(layer: Layer) -> str:
    groups = whole(layer, "groups", 1)
    for name in ("in_channels", "out_channels"):
        if whole(layer, name) % groups:
            return f"groups ({groups}) mora dijeliti {name} ({whole(layer, name)})"
    number = dimensions(layer.kind)
    if layer.value("padding", 0) == "same" and set(each(layer.value("stride", 1), number)) != {1}:
        return "padding='same' moguć je samo uz korak (stride) 1"
    if layer.kind.startswith("ConvTranspose"):
        more, step, wide = (
            each(layer.value(name, default), number)
            for name, default in (("output_padding", 0), ("stride", 1), ("dilation", 1))
        )
        if any(pad >= max(sizes) for pad, *sizes in zip(more, step, wide, strict=True)):
            return "output_padding mora biti manji od koraka (stride) ili od dilation"
    return ""


def _against_pooling(layer: Layer) -> str:
    number = dimensions(layer.kind)
    kernel, padding = (each(layer.value(name, 0), number) for name in ("kernel_size", "padding"))
    if any(2 * pad > size for pad, size in zip(padding, kernel, strict=True)):
        return f"nadopunjavanje ({max(padding)}) smije biti najviše pola jezgre ({min(kernel)})"
    return ""


def against_input(layer: Layer, shape: Shape, *, whole_numbers: bool) -> str:
    """Why a layer does not take a tensor of this shape; "" where nothing speaks against it.

    Args:
        layer: the layer.
        shape: what it gets.
        whole_numbers: whether these are indices and not real numbers.
    """
    kind = layer.kind
    if kind == "Embedding":
        return "" if whole_numbers else "Embedding očekuje cijele brojeve (indekse), a dobiva realne"
    if whole_numbers and kind not in ("Flatten", "Identity", "Unflatten"):
        return f"{kind} očekuje realne brojeve, a dobiva cijele (indekse)"
    return _dimensions(layer, shape) or _sizes(layer, shape) or next(_others(layer, shape), "")


def _sizes(layer: Layer, shape: Shape) -> str:
    """Channels that a convolution or a norm was made for, and a window that must fit."""
    kind, name = layer.kind, family(layer.kind)
    if name in ("Conv", "ConvTranspose"):
        channels, place = whole(layer, "in_channels"), -1 - dimensions(kind)
        if shape[place] != channels:
            words = ("ulazni kanal", "ulazna kanala", "ulaznih kanala")
            return _expects(kind, channels, words, shape[place])
    if name in ("BatchNorm", "InstanceNorm") or kind == "GroupNorm":
        return _normalised(layer, shape)
    return _window(layer, shape) if name in _WINDOWS else ""


def _normalised(layer: Layer, shape: Shape) -> str:
    """Channels must be those of the layer, and where it reckons with its input alone there must be some to average."""
    kind, name = layer.kind, family(layer.kind)
    channels = whole(layer, "num_channels" if kind == "GroupNorm" else "num_features")
    place = 1 if name != "InstanceNorm" else -1 - dimensions(kind)
    usual = name == "BatchNorm"
    uses = layer.value("affine", name != "InstanceNorm") or (
        kind != "GroupNorm" and layer.value("track_running_stats", usual)
    )
    if uses and shape[place] != channels:
        return _expects(kind, channels, _MAPS, shape[place])
    if kind == "GroupNorm" and shape[1] % (groups := whole(layer, "num_groups", 1)):
        return f"num_groups ({groups}) mora dijeliti broj kanala ({shape[1]})"
    alone = kind == "GroupNorm" or (name == "InstanceNorm" and not layer.value("track_running_stats", False))
    values = prod(shape[place + 1 :] if place < 0 else shape[2:])
    if kind == "GroupNorm":
        values *= shape[0] * shape[1] // whole(layer, "num_groups", 1)
    if alone and values == 1 and place + 1:
        return f"{kind} očekuje više od jedne vrijednosti po kanalu, a dobiva jednu"
    return ""


def _expects(kind: str, wanted: int, words: Sequence[str], found: int) -> str:
    return f"{kind} očekuje {grouped(wanted)} {form(wanted, *words)}, a dobiva {grouped(found)}"


_LEAST = {
    **dict.fromkeys(("PixelShuffle", "PixelUnshuffle", "ChannelShuffle", "Upsample", "LocalResponseNorm"), 3),
    **{f"ZeroPad{number}d": number for number in (1, 2, 3)},
    "GroupNorm": 2,
}
"""The least number of dimensions of what a layer takes."""


def _dimensions(layer: Layer, shape: Shape) -> str:
    kind, number = layer.kind, len(shape)
    if number < _LEAST.get(kind, 0):
        return f"{kind} očekuje barem {_dims(_LEAST[kind])}, a dobiva {number}"
    allowed = _allowed(layer, number)
    if not allowed or number in allowed:
        return ""
    said = " ili ".join(f"{_dims(count)} ({axes})" for count, axes in allowed.items())
    return f"{kind} očekuje {said}, a dobiva {number}"


def _allowed(layer: Layer, found: int) -> dict[int, str]:
    """Numbers of dimensions that a layer takes, with what they are called; none where it takes any."""
    kind, name, number = layer.kind, family(layer.kind), dimensions(layer.kind)
    axes = _AXES.get(number, "")
    both = {number + 2: f"N, C, {axes}", number + 1: f"C, {axes}"}
    if name in (*_SPATIAL, "ReflectionPad", "ReplicationPad") or kind == "Dropout1d":
        return {} if _means_of_all(layer) and found >= number else both
    if name == "BatchNorm":
        return {number + 2: f"N, C, {axes}"} | ({2: "N, C"} if number == 1 else {})
    if kind in RECURRENT:
        return {3: "N, L, H" if layer.value("batch_first", False) else "L, N, H", 2: "L, H"}
    return {}


def _means_of_all(layer: Layer) -> bool:
    """Whether torch takes plain means over the last dimensions, however many others there are."""
    lenient = layer.kind in ("AdaptiveAvgPool2d", "AdaptiveAvgPool3d")
    return lenient and set(each(layer.given["output_size"], 1)) == {1}


def _window(layer: Layer, shape: Shape) -> str:
    """A kernel must fit into the padded input."""
    number = dimensions(layer.kind)
    if layer.value("padding", 0) == "same" or layer.value("ceil_mode", False):
        return ""
    kernel, padding, dilation = (
        each(layer.value(name, default), number)
        for name, default in (("kernel_size", 1), ("padding", 0), ("dilation", 1))
    )
    spread = [step * (size - 1) + 1 for size, step in zip(kernel, dilation, strict=True)]
    if layer.kind == "AvgPool3d":  # torch asks this one to fit without its padding
        padding = (0,) * number
    room = [size + 2 * pad for size, pad in zip(shape[-number:], padding, strict=True)]
    if all(size <= space for size, space in zip(spread, room, strict=True)):
        return ""
    return f"jezgra {_by(spread)} ne stane u ulaz {_by(room)}" + (" ni uz nadopunjavanje" if any(padding) else "")


def _by(sizes: Sequence[int]) -> str:
    return "×".join(map(str, sizes))


def _others(layer: Layer, shape: Shape) -> Iterator[str]:
    kind = layer.kind
    if kind == "Linear" and (not shape or shape[-1] != whole(layer, "in_features")):
        words = ("ulaznu značajku", "ulazne značajke", "ulaznih značajki")
        yield _expects(kind, whole(layer, "in_features"), words, shape[-1] if shape else 0)
    if kind in RECURRENT and shape[-1] != whole(layer, "input_size"):
        words = ("značajku", "značajke", "značajki")
        yield _expects(kind, whole(layer, "input_size"), words, shape[-1])
    if kind in ("LayerNorm", "RMSNorm"):
        wanted = each(layer.given["normalized_shape"], 1)
        if shape[-len(wanted) :] != wanted:
            yield f"{kind} očekuje da oblik završava na {wanted}, a dobiva {shape}"
    if kind == "PReLU" and (number := whole(layer, "num_parameters", 1)) > 1 and shape[1:2] != (number,):
        yield _expects(kind, number, _MAPS, shape[1] if len(shape) > 1 else 0)
    if kind in ("Flatten", "Unflatten", "Softmax", "LogSoftmax", "Softmin", "GLU"):
        yield from _places(layer, shape)
    if kind == "PixelShuffle" and shape[-3] % whole(layer, "upscale_factor") ** 2:
        yield f"broj kanala ({shape[-3]}) mora biti djeljiv s {whole(layer, 'upscale_factor') ** 2}"
    if kind == "ChannelShuffle" and shape[1] % whole(layer, "groups"):
        yield f"groups ({whole(layer, 'groups')}) mora dijeliti broj kanala ({shape[1]})"
    if family(kind) == "ReflectionPad":
        pads = each(layer.given["padding"], 2 * dimensions(kind))
        if any(pad >= shape[-1 - at // 2] for at, pad in enumerate(pads)):
            yield "nadopunjavanje mora biti manje od stranice koja se zrcali"


def _places(layer: Layer, shape: Shape) -> Iterator[str]:
    """Dimensions that are named by their number must be there."""
    kind = layer.kind
    for name in ("dim", "start_dim", "end_dim"):
        place = layer.value(name, 1 if (kind, name) == ("Flatten", "start_dim") else -1)
        if isinstance(place, int) and not -len(shape) <= place < max(len(shape), 1):
            yield f"{name} = {place}, a ulaz ima {_dims(len(shape))}"
    if kind == "Unflatten":
        parts, size = each(layer.given["unflattened_size"], 1), shape[whole(layer, "dim")]
        if prod(parts) != size:
            yield f"umnožak {_by(parts)} je {prod(parts)}, a dimenzija ima {size}"
    if kind == "GLU" and shape[whole(layer, "dim", -1)] % 2:
        yield f"GLU dijeli dimenziju napola, a ona ima {shape[whole(layer, 'dim', -1)]}"
    if kind == "Flatten" and whole(layer, "start_dim", 1) % len(shape) > whole(layer, "end_dim", -1) % len(shape):
        yield "start_dim dolazi iza end_dim"


def _dims(number: int) -> str:
    return f"{number} {form(number, 'dimenziju', 'dimenzije', 'dimenzija')}"
