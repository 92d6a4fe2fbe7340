"""A student's lab 4 behind the faces that its hooks see."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quizlab.hooks.owned import MissingPartError
from quizlab.own.binding import Fixed, Role, UnboundError, arguments, call, parameters_of, plan
from quizlab.own.digits4 import Digits, idx_folder
from quizlab.own.lab import OwnLab
from quizlab.own.methods import call_bound
from quizlab.own.roles4 import CPU, DATASET, EVALUATE, MODEL, PREDICTIONS, REPRESENTATIONS, TRAIN, UNIT


class OwnLab4(OwnLab):
    """The names of ``labs.lab4``, made of a student's parts."""

    name = "lab4"

    @property
    def BatchNormConvReLU(self) -> Any:  # noqa: N802 (the name is the lab's)
        """The student's unit; ``order`` other than the student's own is taken from our lab."""
        unit = self.part("unit")

        def build(num_maps_in: int, num_maps_out: int, k: int = 3, bias: bool = True, **more: Any) -> Any:
            if more.get("order", "bn-relu-conv") != "bn-relu-conv":
                return self.reference.BatchNormConvReLU(num_maps_in, num_maps_out, k=k, bias=bias, **more)
            values = {"num_maps_in": num_maps_in, "num_maps_out": num_maps_out, "k": k, "bias": bias}
            return call(unit, _as_written(unit, UNIT), values | _given(more, unit, UNIT, "order"), [CPU])

        return build

    @property
    def SimpleMetricEmbedding(self) -> Any:  # noqa: N802
        """The student's model, on the processor; its signature has what can really be asked for."""
        model = self.part("model")

        def build(input_channels: int = 1, emb_size: int = 32, **more: Any) -> Any:
            values = {"input_channels": input_channels, "emb_size": emb_size}
            return ready(call(model, MODEL, values | _given(more, model, MODEL), [CPU]))

        build.__signature__ = _signature(model, MODEL)  # type: ignore[attr-defined]
        return build

    @property
    def IdentityModel(self) -> Any:  # noqa: N802
        """The student's model of the image space."""
        identity = self.part("identity")
        return lambda: ready(call(identity, (), {}, [CPU, Fixed("", None, always=False)]))

    @property
    def MNISTMetricDataset(self) -> Any:  # noqa: N802
        """The student's data set over the digits of the proof."""
        return lambda split="train", remove_class=None, seed=None, digits=None: self._dataset(
            split, remove_class, seed, digits
        )

    def _dataset(self, split: str, remove_class: int | None, seed: int | None, digits: Any) -> Any:
        raw = self.part("dataset")
        found = plan(raw, DATASET, DATASET_FIXED)
        if remove_class is not None and not found.takes("remove_class"):
            raise MissingPartError("remove_class")
        if seed is not None:
            _seed(seed)
        if digits is not None and "digits" in {each.name for each in parameters_of(raw)}:
            return Digits(raw(split=split, remove_class=remove_class, digits=digits))
        self.rooms.digits = None if digits is None else (digits[0], digits[1].long())
        values = {"root": idx_folder(self.reference, digits, self.scratch), "split": _split(raw, found.roles, split)}
        values |= {} if remove_class is None else {"remove_class": remove_class}
        given, named = arguments(found, values)
        return Digits(raw(*given, **named))

    @property
    def train(self) -> Any:
        """The student's training for one pass, with the mean loss whether it returns one or not."""
        function = self.part("train")

        def run(model: Any, optimizer: Any, loader: Iterable[Any], device: Any = "cpu") -> float:
            values = {"model": model, "optimizer": optimizer, "loader": loader, "device": device}
            losses: list[float] = []
            watched = _watch(model, losses)
            try:
                returned = call_bound(function, TRAIN, values, self._fixed())
            finally:
                watched()
            if isinstance(returned, int | float) or getattr(returned, "numel", lambda: 0)() == 1:
                return float(returned)
            return sum(losses) / len(losses) if losses else float("nan")

        return run

    def _fixed(self) -> list[Fixed]:
        return [
            Fixed("path|file|name|save|dir", str(Path(self.scratch, "spremljeno.pt"))),
            Fixed("^(num_|n_)?epochs$", 1),
            Fixed("epoch", 1, always=False),
            Fixed("verb|print|log|every|iter", 10**9, always=False),
            Fixed("sched|writer", None, always=False),
        ]

    @property
    def compute_representations(self) -> Any:
        """The student's class representations."""
        function = self.part("representations")

        def run(model: Any, loader: Any, identities_count: int, emb_size: int, device: Any = "cpu") -> Any:
            values = {"model": model, "loader": loader, "identities_count": identities_count, "emb_size": emb_size}
            return call_bound(function, REPRESENTATIONS, values | {"device": device}, self._fixed())

        return run

    @property
    def make_predictions(self) -> Any:
        """The student's predictions."""
        function = self.part("predictions")
        return lambda representations, r: call_bound(
            function, PREDICTIONS, {"representations": representations, "r": r}, [CPU]
        )

    @property
    def evaluate(self) -> Any:
        """The student's evaluation."""
        function = self.part("evaluate")

        def run(model: Any, representations: Any, loader: Any, device: Any = "cpu") -> float:
            values = {"model": model, "representations": representations, "loader": loader, "device": device}
            return float(call_bound(function, EVALUATE, values, self._fixed()))

        return run


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


def _split(raw: Any, roles: Any, split: str) -> Any:
    """The split as the student's parameter takes it: ``train=True`` where it is a yes or no."""
    name = next((name for name, role in roles.items() if role == "split"), "")
    default = next((each.default for each in parameters_of(raw) if each.name == name), None)
    return split != "test" if isinstance(default, bool) or name == "train" else split


def _as_written(function: Any, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """The roles; of a unit whose names say nothing the first size is the input's."""
    named = any("out" in each.name.lower() for each in parameters_of(function))
    return roles if named else (roles[1], roles[0], *roles[2:])


def _given(more: dict[str, Any], function: Any, roles: tuple[Role, ...], *ignored: str) -> dict[str, Any]:
    """What more was asked for.

    Raises:
        TypeError: the student's code has no parameter for it.
    """
    found = plan(function, roles, [CPU])
    for name in more:
        if name not in ignored and not found.takes(name):
            raise TypeError(f"nema parametra {name}")
    return {name: value for name, value in more.items() if name not in ignored}


def _signature(function: Any, roles: tuple[Role, ...]) -> inspect.Signature:
    try:
        found = plan(function, roles, [CPU])
    except UnboundError:
        return inspect.Signature()
    names = [role.name for role in roles if found.takes(role.name)]
    return inspect.Signature([inspect.Parameter(each, inspect.Parameter.KEYWORD_ONLY) for each in names])


def _watch(model: Any, losses: list[float]) -> Any:
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


def _seed(seed: int) -> None:
    import random

    import numpy as np
    import torch

    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
