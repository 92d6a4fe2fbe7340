"""Builds a model of allowed layers and runs it layer by layer, on the meta device: shapes without memory.

The usual layers are not run but reckoned: those that keep a shape, linear and recurrent ones, windows. On the meta
device torch takes a recurrent layer apart step by step in Python, so that a long sequence would take as long as a real
one; for the others it first imports its compiler, for two seconds. Tests hold them all against torch run for real.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.errors import QuizlabError
from quizlab.hooks.torch import reasons
from quizlab.hooks.torch.layers import RECURRENT, Chain, Element, Layer, Step
from quizlab.hooks.torch.trouble import trouble

if TYPE_CHECKING:
    from torch import Tensor, nn

Shape = tuple[int, ...]
Shapes = Shape | tuple["Shapes", ...]
"""The shape of a tensor, or those of a tuple of what a layer returns."""


class Ran(NamedTuple):
    """One layer as it ran: what it returned, how many parameters it has, what it computed."""

    layer: Layer
    output: Any
    parameters: int
    flops: int


class Made(NamedTuple):
    """A model with what became of its input, layer by layer; ``output`` is a tensor or a tuple of them."""

    model: nn.Sequential
    ran: tuple[Ran, ...]
    output: Any

    @property
    def parameters(self) -> dict[str, Shape]:
        """Name → shape of every parameter."""
        return {name: tuple(tensor.shape) for name, tensor in self.model.named_parameters()}

    @property
    def buffers(self) -> dict[str, Shape]:
        """Name → shape of every buffer."""
        return {name: tuple(tensor.shape) for name, tensor in self.model.named_buffers()}

    @property
    def flops(self) -> int:
        """Multiplications and additions of matrix products and convolutions."""
        return sum(each.flops for each in self.ran)


def build(chain: Chain, classes: Any) -> nn.Sequential:
    """The model as a Sequential on the meta device; what is picked from tuples has no module.

    Args:
        chain: the model.
        classes: where its layers are found by their names: ``torch.nn``.

    Raises:
        QuizlabError: a layer cannot be made so.
    """
    import torch

    with torch.device("meta"):
        return _sequence(chain, classes)


def _sequence(chain: Chain, classes: Any) -> nn.Sequential:
    made: nn.Sequential = classes.Sequential()
    for step in chain.steps:
        if isinstance(step, Chain):
            made.append(_sequence(step, classes))
        elif isinstance(step, Layer):
            made.append(_module(step, classes))
    return made


def _module(layer: Layer, classes: Any) -> nn.Module:
    if reason := reasons.against_making(layer):
        raise refused(layer, reason)
    try:
        module: nn.Module = getattr(classes, layer.kind)(**layer.given)
    except Exception as error:  # torch refuses with whatever its authors found fit
        raise refused(layer, _torch_says(error)) from None
    return module


def refused(layer: Layer, why: str, shape: str = "") -> QuizlabError:
    """The problem of a layer that cannot be made, or that does not take what it gets."""
    args = {"number": layer.number, "layer": layer.text, "why": why}
    return trouble("chain_input", **args, shape=shape) if shape else trouble("chain_layer", **args)


def _torch_says(error: Exception) -> str:
    text = " ".join(str(error).split())[:200]
    if re.search("overflow|too large|numel|out of memory|invalid.*size", text, re.IGNORECASE):
        return "tenzor bi bio veći nego što PyTorch može zabilježiti"
    return f"PyTorch kaže „{text}”"


def empty(shape: Shape, *, whole_numbers: bool) -> Tensor:
    """An input without memory.

    Raises:
        QuizlabError: too large to be counted.
    """
    import torch

    try:
        return torch.empty(shape, device="meta", dtype=torch.int64 if whole_numbers else torch.float32)
    except (RuntimeError, OverflowError, TypeError):
        raise trouble("spec_too_big", shape=str(shape)) from None


def takes_indices(chain: Chain) -> bool:
    """Whether the model begins with an embedding, so that its input are whole numbers."""
    for step in _flat(chain):
        if isinstance(step, Layer) and step.kind not in ("Flatten", "Identity", "Unflatten"):
            return step.kind == "Embedding"
    return False


def _flat(chain: Chain) -> Iterator[Step]:
    for step in chain.steps:
        if isinstance(step, Chain):
            yield from _flat(step)
        else:
            yield step


def run(chain: Chain, model: nn.Sequential, given: Tensor) -> Made:
    """Run a model in evaluation mode on an input of the meta device.

    Raises:
        QuizlabError: a layer does not take what the one before it gives, and why.
    """
    import torch

    ran: list[Ran] = []
    modules = modules_of(chain, model.eval())
    value: Any = given
    before: Layer | None = None
    with torch.no_grad(), torch.device("meta"):
        for step in _flat(chain):
            if isinstance(step, Element):
                value = _picked(value, step, before)
                ran[-1:] = [ran[-1]._replace(output=value)] if ran and ran[-1].layer is before else []
            elif isinstance(step, Layer):
                module, taken = next(modules), value
                value = _step(step, module, taken, before)
                ran.append(Ran(step, value, size_of(module), operations(step, module, taken, value)))
                before = step
    return Made(model, tuple(ran), value)


def modules_of(chain: Chain, model: Any) -> Iterator[Any]:
    """The modules of a model's layers in their order."""
    children = iter(model)
    for step in chain.steps:
        if isinstance(step, Chain):
            yield from modules_of(step, next(children))
        elif isinstance(step, Layer):
            yield next(children)


def _step(layer: Layer, module: Any, value: Any, before: Layer | None) -> Any:
    """What a layer returns."""
    if isinstance(value, tuple):
        kind = before.kind if before else ""
        args = {"number": layer.number, "layer": layer.text, "before": kind, "shape": text_of(value)}
        raise trouble("chain_tuple", **args)
    shape = tuple(value.shape)
    if reason := reasons.against_input(layer, shape, whole_numbers=not value.is_floating_point()):
        raise refused(layer, reason, str(shape))
    try:
        name = reasons.family(layer.kind)
        if layer.kind in reasons.SAME or name in reasons.SAME:
            return value
        reckoned = RECKONED.get(layer.kind) or RECKONED.get(name)
        if reckoned and module_is_plain(module):
            return reckoned(layer, module, value)
        return module(value)
    except QuizlabError:
        raise
    except Exception as error:
        raise refused(layer, _torch_says(error), str(shape)) from None


def module_is_plain(module: Any) -> bool:
    """Whether the plain rule for its shape holds: rounding up and odd paddings are torch's own affair."""
    return not getattr(module, "ceil_mode", False) and getattr(module, "padding_mode", "zeros") == "zeros"


def _linear(layer: Layer, module: Any, value: Tensor) -> Tensor:  # noqa: ARG001
    return value.new_empty((*value.shape[:-1], module.out_features))


def _embedded(layer: Layer, module: Any, value: Tensor) -> Tensor:  # noqa: ARG001
    weight: Tensor = module.weight
    return weight.new_empty((*value.shape, module.embedding_dim))


def _convolved(layer: Layer, module: Any, value: Tensor) -> Tensor:
    """What a convolution returns."""
    number = reasons.dimensions(layer.kind)
    sizes = tuple(value.shape[-number:])
    before = (*value.shape[: -number - 1], module.out_channels)
    if module.padding == "same":
        return value.new_empty((*before, *sizes))
    padding = (0,) * number if module.padding == "valid" else module.padding
    if not module.transposed:
        made = _windows(sizes, module.kernel_size, module.stride, padding, module.dilation)
        return value.new_empty((*before, *made))
    spread = [step * (size - 1) for step, size in zip(module.dilation, module.kernel_size, strict=True)]
    steps = zip(sizes, module.stride, padding, spread, module.output_padding, strict=True)
    made = [(size - 1) * step - 2 * pad + wide + more + 1 for size, step, pad, wide, more in steps]
    if min(made) < 0:
        raise refused(layer, f"nadopunjavanje je veće od onoga što nastaje: {tuple(made)}", str(tuple(value.shape)))
    return value.new_empty((*before, *made))


def _pooled(layer: Layer, module: Any, value: Tensor) -> Any:
    """What a pooling returns, indices as well where they are wanted."""
    number = reasons.dimensions(layer.kind)
    kernel, padding = reasons.each(module.kernel_size, number), reasons.each(module.padding, number)
    stride = reasons.each(module.stride, number)
    dilation = reasons.each(getattr(module, "dilation", 1), number)
    made = _windows(tuple(value.shape[-number:]), kernel, stride, padding, dilation)
    output = value.new_empty((*value.shape[:-number], *made))
    return (output, output) if getattr(module, "return_indices", False) else output


def _adapted(layer: Layer, module: Any, value: Tensor) -> Any:
    number = reasons.dimensions(layer.kind)
    output = value.new_empty((*value.shape[:-number], *reasons.each(module.output_size, number)))
    return (output, output) if getattr(module, "return_indices", False) else output


def _windows(sizes: Shape, kernel: Shape, stride: Shape, padding: Shape, dilation: Shape) -> list[int]:
    """How many places a window has in each dimension."""
    each = zip(sizes, kernel, stride, padding, dilation, strict=True)
    return [(size + 2 * pad - step * (wide - 1) - 1) // hop + 1 for size, wide, hop, pad, step in each]


def _recurrent(layer: Layer, module: Any, value: Tensor) -> Any:
    """(output, h_n) or (output, (h_n, c_n)) of a recurrent layer."""
    batched = value.dim() == 3
    length = value.shape[1 if batched and module.batch_first else 0]
    batch = (value.shape[0 if module.batch_first else 1],) if batched else ()
    ways = 2 if module.bidirectional else 1
    out: int = getattr(module, "proj_size", 0) or module.hidden_size
    lengths = (*batch, length) if module.batch_first else (length, *batch)
    output = value.new_empty((*lengths, ways * out))
    states = value.new_empty((ways * module.num_layers, *batch, out))
    if layer.kind != "LSTM":
        return output, states
    return output, (states, value.new_empty((*states.shape[:-1], module.hidden_size)))


RECKONED: dict[str, Callable[[Layer, Any, Tensor], Any]] = {
    "Linear": _linear,
    "Embedding": _embedded,
    **dict.fromkeys(("Conv", "ConvTranspose"), _convolved),
    **dict.fromkeys(("MaxPool", "AvgPool"), _pooled),
    **dict.fromkeys(("AdaptiveAvgPool", "AdaptiveMaxPool"), _adapted),
    **dict.fromkeys(RECURRENT, _recurrent),
}
"""How the output of a layer is reckoned, by its kind or its family."""


def size_of(module: Any) -> int:
    """How many numbers a module learns."""
    return sum(int(tensor.numel()) for tensor in module.parameters())


def operations(layer: Layer, module: Any, taken: Tensor, output: Any) -> int:
    """Multiplications and additions of the matrix products or the convolution of a layer, as torch counts FLOPs.

    Each weight multiplies once at each place it is applied to; a multiplication and an addition are two operations.
    """
    weights = sum(tensor.numel() for name, tensor in module.named_parameters() if name.startswith("weight"))
    name = reasons.family(layer.kind)
    if layer.kind == "Linear":
        places = taken.numel() // module.in_features
    elif layer.kind in RECURRENT:
        places = taken.numel() // module.input_size
    elif name in ("Conv", "ConvTranspose"):
        over = taken if name == "ConvTranspose" else output
        places = over.numel() // (module.in_channels if name == "ConvTranspose" else module.out_channels)
    else:
        return 0
    return int(2 * weights * places)


def _picked(value: Any, step: Element, before: Layer | None) -> Any:
    """An element of a tuple, or of a tensor along its first dimension."""
    length = len(value) if isinstance(value, tuple) or value.dim() else 0
    if not -length <= step.index < length:
        kind = before.text if before else "ulaz"
        raise trouble("chain_element", index=step.index, layer=kind, shape=text_of(value), length=length)
    return value[step.index]


def shapes_of(value: Any) -> Shapes:
    """The shape of a tensor, or those of a tuple."""
    return tuple(map(shapes_of, value)) if isinstance(value, tuple) else tuple(value.shape)


def text_of(value: Any) -> str:
    """The shape of a tensor as Python writes it; those of a tuple between brackets."""
    if isinstance(value, tuple):
        return f"({', '.join(map(text_of, value))})"
    return str(tuple(value.shape))


def type_of(value: Any) -> str:
    """``Tensor``, or ``tuple[Tensor, tuple[Tensor, Tensor]]``."""
    return f"tuple[{', '.join(map(type_of, value))}]" if isinstance(value, tuple) else "Tensor"
