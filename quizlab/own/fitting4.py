"""What fits a student's parts of lab 4 to our calls: values for what is no role, the split, the loss, the seed."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Mapping
from typing import Any

from quizlab.own.answers3 import Answers
from quizlab.own.binding import Fixed, Role, UnboundError, parameters_of, plain, plan
from quizlab.own.roles4 import CPU, SETTINGS, USUAL, WORDS

DATASET_FIXED = [Fixed("download", False), Fixed("transform", None, always=False), CPU, Fixed("seed", 0, always=False)]


def ready(model: Any) -> Any:
    """A model that answers to the lab's names: ``train`` is torch's, even where the student's class hides it.

    A loss or an embedding under another name is given the lab's; nothing is made up.
    """
    from torch import nn

    if isinstance(model, nn.Module) and type(model).train is not nn.Module.train:
        object.__setattr__(model, "train", types.MethodType(nn.Module.train, model))
    if not hasattr(model, "get_features") and type(model).forward is not nn.Module.forward:
        object.__setattr__(model, "get_features", model.forward)
    if not hasattr(model, "loss") and (name := next((each for each in dir(model) if "loss" in each.lower()), "")):
        object.__setattr__(model, "loss", getattr(model, name))
    return model


def fixed_values(values: Mapping[str, Any]) -> list[Fixed]:
    """What is no role: the processor, and a dictionary of settings that answers by the words of the key."""
    return [CPU, Fixed(SETTINGS, Answers(values, WORDS, USUAL))]


def split_of(raw: Any, roles: Any, split: str) -> Any:
    """The split as the student's parameter takes it: ``train=True`` where it is a yes or no."""
    name = next((name for name, role in roles.items() if role == "split"), "")
    default = next((each.default for each in parameters_of(raw) if each.name == name), None)
    return split != "test" if isinstance(default, bool) or name == "train" else split


def as_written(function: Any, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """The roles; of a unit whose names say nothing the first size is the input's."""
    named = any(re.search("out|izlaz", plain(each.name)) for each in parameters_of(function))
    return roles if named else (roles[1], roles[0], *roles[2:])


def rows_of(found: Any) -> Any:
    """Class representations as one tensor, a row for each class, whether they came so, one by one or by class.

    Raises:
        TypeError: there is nothing of the kind in it.
    """
    import torch

    if isinstance(found, tuple) and found and isinstance(found[0], torch.Tensor) and found[0].dim() == 2:
        return found[0]
    if isinstance(found, Mapping):
        found = [found[key] for key in sorted(found)]
    if isinstance(found, list | tuple):
        return torch.stack([torch.as_tensor(each).flatten() for each in found])
    return torch.as_tensor(found)


def share_of(found: Any) -> float:
    """An accuracy between 0 and 1, whether it came so or in per cent, alone or before other things.

    Raises:
        TypeError: there is no number.
    """
    if isinstance(found, tuple | list) and found:
        found = found[0]
    share = float(found)
    return share / 100 if share > 1 else share


def asked_for(more: dict[str, Any], function: Any, roles: tuple[Role, ...], *ignored: str) -> dict[str, Any]:
    """What more was asked for.

    Raises:
        TypeError: the student's code has no parameter for it.
    """
    found = plan(function, roles, fixed_values({}))
    for name in more:
        if name not in ignored and not found.takes(name):
            raise TypeError(f"nema parametra {name}")
    return {name: value for name, value in more.items() if name not in ignored}


def signature_of(function: Any, roles: tuple[Role, ...]) -> inspect.Signature:
    """What a student's part can be asked for, under our names; nothing where that is not clear."""
    try:
        found = plan(function, roles, fixed_values({}))
    except UnboundError:
        return inspect.Signature()
    names = [role.name for role in roles if found.takes(role.name)]
    return inspect.Signature([inspect.Parameter(each, inspect.Parameter.KEYWORD_ONLY) for each in names])


def watch(model: Any, losses: list[float]) -> Any:
    """Note every loss of a model until what is returned is called."""
    original = getattr(model, "loss", None)
    if not callable(original):
        return lambda: None

    def noted(*given: Any, **named: Any) -> Any:
        loss = original(*given, **named)
        if hasattr(loss, "detach") and loss.numel() == 1:
            losses.append(float(loss.detach()))
        return loss

    object.__setattr__(model, "loss", noted)
    return lambda: vars(model).pop("loss", None)


def set_seed(seed: int) -> None:
    """Let what is drawn from now on be the same every time, whoever draws it."""
    import random

    import numpy as np
    import torch

    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
