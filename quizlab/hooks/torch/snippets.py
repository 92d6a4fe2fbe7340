"""A model as plain PyTorch that anyone can paste, and what it prints when it is run."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

from quizlab.errors import QuizlabError
from quizlab.hooks.torch import making, reasons
from quizlab.hooks.torch.layers import Chain, Element, Layer, leaves
from quizlab.hooks.torch.making import Made, Shape
from quizlab.hooks.torch.trouble import trouble
from quizlab.model import Snippet

LIGHT = 20_000_000
"""Elements and operations up to which a snippet computes with real tensors; beyond that its tensors have no memory."""
MANY = 40
"""Layers of which a snippet prints every shape."""


def of_model(chain: Chain, made: Made, shape: Shape | None, *, last: str, prints: str, output: bool) -> Snippet:
    """The model built, run where that is light, and ``last`` printed at the end.

    Args:
        chain: the model.
        made: the same, built and run.
        shape: its input; None where it is only built.
        last: code that prints the rest, of ``model`` and of ``x``, the output.
        prints: what that comes to.
        output: whether ``last`` needs ``x``; where it does not, a heavy model is only built.

    Raises:
        QuizlabError: run in this process, the snippet prints something else.
    """
    heavy = _weight(made, shape) > LIGHT
    runs = shape is not None and (output or not heavy)
    lines = ["import torch", "from torch import nn", ""] if runs or heavy else ["from torch import nn", ""]
    body = [f"model = {_sequence(chain)}" + (".eval()" if runs and _differs(chain) else "")]
    if runs and shape is not None:
        kind = ", dtype=torch.long" if making.takes_indices(chain) else ""
        body.append(f"x = torch.zeros({', '.join(map(str, shape)) or '()'}{kind})")
    if heavy:
        body = ['with torch.device("meta"):  # oblici bez memorije', *(_indented(each) for each in body)]
    said: list[str] = []
    if runs:
        shown = [str(each.output.shape)[len("torch.Size(") : -1] for each in made.ran if hasattr(each.output, "shape")]
        plain = len(shown) == len(made.ran) == len(chain.steps) <= MANY
        body += ["", *(_loop() if plain else _calls(chain))]
        said += [_tuple(text) for text in shown] if plain else []
    code = "\n".join([*lines, *body, last]) + "\n"
    snippet = Snippet(code, "\n".join([*said, prints]) + "\n")
    if (found := printed(code)) != snippet.prints:
        raise trouble("snippet_differs", found=found.strip()[-200:], wanted=snippet.prints.strip()[-200:])
    return snippet


def _tuple(text: str) -> str:
    """The sizes of torch.Size as a tuple."""
    return str(tuple(int(size) for size in text.strip("[]").split(",") if size.strip()))


def _weight(made: Made, shape: Shape | None) -> int:
    """How much would be allocated and computed."""
    elements = sum(tensor.numel() for tensor in made.model.parameters())
    if shape is None:
        return elements
    tensors = [size for each in made.ran for size in _elements(each.output)]
    return elements + sum(tensors) + made.flops // 100 + _product(shape)


def _elements(output: object) -> Iterator[int]:
    if isinstance(output, tuple):
        for each in output:
            yield from _elements(each)
    else:
        yield output.numel()  # type: ignore[attr-defined]


def _product(shape: Shape) -> int:
    whole = 1
    for size in shape:
        whole *= size
    return whole


def _differs(chain: Chain) -> bool:
    """Whether a layer works otherwise in training."""
    changing = ("BatchNorm", "InstanceNorm", "Dropout", "AlphaDropout")
    return any(reasons.family(each.kind) in changing or each.value("dropout", 0) for each in leaves(chain))


def _sequence(chain: Chain, depth: int = 0) -> str:
    """``nn.Sequential(…)`` with a layer a line."""
    space = "    " * (depth + 1)
    rows = [
        f"{space}{_sequence(step, depth + 1) if isinstance(step, Chain) else f'nn.{step.text}'},\n"
        for step in chain.steps
        if not isinstance(step, Element)
    ]
    return f"nn.Sequential(\n{''.join(rows)}{'    ' * depth})" if rows else "nn.Sequential()"


def _loop() -> list[str]:
    return ["for layer in model:", "    x = layer(x)", "    print(tuple(x.shape))"]


def _calls(chain: Chain) -> list[str]:
    """The model called at once, or step by step where elements are picked."""
    if not any(isinstance(step, Element) for step in _every(chain)):
        return ["x = model(x)"]
    return [f"x = {called}" for called in _stepwise(chain, "model")]


def _every(chain: Chain) -> Iterator[object]:
    for step in chain.steps:
        yield step
        if isinstance(step, Chain):
            yield from _every(step)


def _stepwise(chain: Chain, name: str) -> Iterator[str]:
    at, pending = 0, ""
    for step in chain.steps:
        if isinstance(step, Element):
            pending = f"{pending or 'x'}[{step.index}]"
            continue
        if pending:
            yield pending
        pending = ""
        if isinstance(step, Layer):
            pending = f"{name}[{at}](x)"
        else:
            yield from _stepwise(step, f"{name}[{at}]")
        at += 1
    if pending:
        yield pending


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def printed(code: str) -> str:
    """What a snippet prints when it is run here.

    The code was written by this module out of allowed layers and numbers, never out of text that somebody typed.

    Raises:
        QuizlabError: it broke off.
    """
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(compile(code, "isječak", "exec"), {"__name__": "__main__"})
    except QuizlabError:
        raise
    except Exception as error:
        raise trouble("snippet_failed", what=type(error).__name__, message=str(error)[:200]) from error
    return said.getvalue()
