"""The proof of what a function of torch returns: its type, and the shape of everything in it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from math import prod
from typing import Any, Literal

from quizlab.hooks.common import seeded
from quizlab.hooks.faces import Size
from quizlab.hooks.torch import grammar
from quizlab.hooks.torch.functions import FUNCTIONS, MOST
from quizlab.hooks.torch.signatures import Given, checked, parameters, shown
from quizlab.hooks.torch.snippets import printed
from quizlab.hooks.torch.trouble import trouble
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.model import Value as Measured

Asks = Literal["type", "shape", "length"]
"""The type of what is returned; the shape of a tensor or of one element of a tuple; the length of a tuple."""

TYPE = """\
def tip(x):
    return f"tuple[{', '.join(map(tip, x))}]" if isinstance(x, tuple) else type(x).__name__
"""


def described(call: str, sizes: Mapping[str, int]) -> tuple[str, dict[str, Given]]:
    """The function that a call names, and its arguments worked out; nothing is called.

    Raises:
        QuizlabError: the call cannot be read, or it is none of the allowed.
    """
    read = grammar.call(call)
    name = read.name.removeprefix("torch.")
    if name not in FUNCTIONS:
        near = difflib.get_close_matches(name[:60], FUNCTIONS, 3, 0.5) or list(FUNCTIONS)[:3]
        raise trouble("spec_function", name=name[:60], near=", ".join(near))
    return name, checked(read, FUNCTIONS[name], sizes)


def returned(
    lab: Any,
    *,
    call: str,
    asks: Asks = "type",
    element: int = 0,
    indices: bool = False,
    **sizes: Size,
) -> Evidence:
    """Call a function on random tensors and measure what it returns.

    Args:
        lab: has ``torch``.
        call: the function with the shapes of its tensors and its other arguments: ``topk([64, n], k=3)``.
        asks: what is measured.
        element: which element of a tuple, where its shape is asked.
        indices: whether the tensors hold small whole numbers.
        sizes: numbers for the names in ``call``.

    Raises:
        QuizlabError: the call cannot be read, it is none of the allowed, or torch refuses it.
    """
    name, given = described(call, sizes)
    value = _called(lab.torch, name, given, indices=indices)
    measured = _measured(value, asks, element)
    code = _snippet(name, given, asks, element, indices=indices)
    if (found := printed(code)) != f"{measured}\n":
        raise trouble("snippet_differs", found=found.strip(), wanted=measured)
    return Evidence(Snippet(code, f"{measured}\n"), (Case(measured),), _claims(value), (_table(name, value),))


def _tensors(name: str) -> list[str]:
    return [each.name for each in parameters(FUNCTIONS[name]) if each.takes == ("tensor",)]


def _called(torch: Any, name: str, given: Mapping[str, Given], *, indices: bool) -> Any:
    arguments: dict[str, Any] = dict(given)
    with seeded(0):
        for each in _tensors(name):
            shape = arguments[each]
            if prod(shape) > MOST:
                raise trouble("spec_too_big", shape=shape)
            arguments[each] = torch.randint(0, 5, shape) if indices else torch.randn(shape)
        function = torch
        for part in name.split("."):
            function = getattr(function, part)
        placed = [arguments.pop(each) for each in _tensors(name)]
        try:
            value = function(*placed, **arguments)
        except Exception as error:  # torch refuses with whatever its authors found fit
            raise trouble("spec_refused", name=name, why=" ".join(str(error).split())[:200]) from None
    return tuple(value) if isinstance(value, list) else value


def type_of(value: Any) -> str:
    """``Tensor``, ``int``, ``tuple[Tensor, Tensor]``: a named tuple of torch is a tuple, too."""
    return f"tuple[{', '.join(map(type_of, value))}]" if isinstance(value, tuple) else type(value).__name__


def _measured(value: Any, asks: Asks, element: int) -> Measured:
    if asks == "type":
        return type_of(value)
    if asks == "length":
        if not isinstance(value, tuple):
            raise trouble("spec_no_tuple", type=type(value).__name__)
        return len(value)
    one = value[element] if isinstance(value, tuple) and -len(value) <= element < len(value) else value
    if not hasattr(one, "shape"):
        raise trouble("spec_no_shape", type=type_of(value))
    return tuple(one.shape)


def _claims(value: Any) -> tuple[Claim, ...]:
    several = isinstance(value, tuple)
    named = (several and hasattr(value, "_fields")) or type(value).__module__ == "torch.return_types"
    return (
        Claim("returns_tuple", several, f"vraća {type_of(value)}"),
        Claim("returns_named_tuple", bool(named), f"razred vraćenoga: {type(value).__module__}.{type(value).__name__}"),
    )


def _table(name: str, value: Any) -> Table:
    parts = value if isinstance(value, tuple) else (value,)
    rows = tuple(
        (
            f"[{at}]" if isinstance(value, tuple) else "",
            type(each).__name__,
            str(tuple(each.shape)) if hasattr(each, "shape") else "",
            str(getattr(each, "dtype", "")),
        )
        for at, each in enumerate(parts)
    )
    return Table(("element", "tip", "oblik", "brojevi"), rows, title=f"Što vraća torch.{name}")


def _snippet(name: str, given: Mapping[str, Given], asks: Asks, element: int, *, indices: bool) -> str:
    """The same call in plain PyTorch."""
    tensors = _tensors(name)
    made = "torch.randint(0, 5, {})" if indices else "torch.randn{}"
    shapes = [shown(given[each]) for each in tensors]
    first = "\n".join(f"{letter} = {made.format(shape)}" for letter, shape in zip("AB", shapes, strict=False))
    rest = [f"{each}={shown(value)}" for each, value in given.items() if each not in tensors]
    call = f"torch.{name}({', '.join([*'AB'[: len(tensors)], *rest])})"
    last = {
        "type": "print(tip(x))",
        "length": "print(len(x))",
        "shape": f"print(tuple((x[{element}] if isinstance(x, tuple) else x).shape))",
    }[asks]
    helper = f"\n\n{TYPE}\n\n" if asks == "type" else ""
    return f"import torch\n{helper or chr(10)}torch.manual_seed(0)\n{first}\nx = {call}\n{last}\n"
