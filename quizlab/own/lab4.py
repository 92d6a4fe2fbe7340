"""A student's lab 4 behind the faces that its hooks see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from quizlab.hooks.owned import MissingPartError
from quizlab.own.binding import Fixed, UnboundError, arguments, call, parameters_of, plan
from quizlab.own.digits4 import Digits, Keyed, idx_folder
from quizlab.own.fitting4 import (
    DATASET_FIXED,
    as_written,
    asked_for,
    fixed_values,
    ready,
    rows_of,
    set_seed,
    share_of,
    signature_of,
    split_of,
    watch,
)
from quizlab.own.lab import OwnLab
from quizlab.own.methods import call_bound
from quizlab.own.roles4 import (
    CPU,
    DATASET,
    EVALUATE,
    LOSS,
    MODEL,
    PREDICTIONS,
    REPRESENTATIONS,
    TRAIN,
    UNIT,
)


class OwnLab4(OwnLab):
    """The names of ``labs.lab4``, made of a student's parts."""

    name = "lab4"

    def takes(self, part: str, word: str) -> bool:
        """Whether a part has a parameter for what our lab calls so, under whatever name."""
        raw = self.part(part)
        roles = {"unit": as_written(raw, UNIT), "model": MODEL, "dataset": DATASET}[part]
        try:
            bound = plan(raw, roles, [*DATASET_FIXED, *fixed_values({})]).roles.values()
        except (UnboundError, TypeError):
            return False
        return any(word in role for role in bound)

    @property
    def BatchNormConvReLU(self) -> Any:  # noqa: N802 (the name is the lab's)
        """The student's unit; ``order`` other than the student's own is taken from our lab."""
        unit = self.part("unit")

        def build(num_maps_in: int, num_maps_out: int, k: int = 3, bias: bool = True, **more: Any) -> Any:
            if more.get("order", "bn-relu-conv") != "bn-relu-conv":
                return self.reference.BatchNormConvReLU(num_maps_in, num_maps_out, k=k, bias=bias, **more)
            values = {"num_maps_in": num_maps_in, "num_maps_out": num_maps_out, "k": k, "bias": bias}
            return call(
                unit, as_written(unit, UNIT), values | asked_for(more, unit, UNIT, "order"), fixed_values(values)
            )

        return build

    @property
    def SimpleMetricEmbedding(self) -> Any:  # noqa: N802
        """The student's model, on the processor; its signature has what can really be asked for."""
        model = self.part("model")

        def build(input_channels: int = 1, emb_size: int = 32, **more: Any) -> Any:
            values = {"input_channels": input_channels, "emb_size": emb_size}
            return self._with_loss(
                ready(call(model, MODEL, values | asked_for(more, model, MODEL), fixed_values(values)))
            )

        build.__signature__ = signature_of(model, MODEL)  # type: ignore[attr-defined]
        return build

    def _with_loss(self, model: Any) -> Any:
        """A model without a loss is given the function that the student wrote for it."""
        if hasattr(model, "loss") or not self.has("loss"):
            return model
        function = self.part("loss")

        def loss(anchor: Any, positive: Any, negative: Any) -> Any:
            batch = [anchor, positive, negative]
            if not plan(function, LOSS).takes("model"):
                batch = [model.get_features(each) for each in batch]
            values = dict(zip(("anchor", "positive", "negative"), batch, strict=True))
            return call(function, LOSS, {"model": model, **values}, [Fixed("marg|alpha", 1.0, always=False)])

        object.__setattr__(model, "loss", loss)
        return model

    @property
    def IdentityModel(self) -> Any:  # noqa: N802
        """The student's model of the image space."""
        identity = self.part("identity")
        return lambda: ready(call(identity, (), {}, [*fixed_values({}), Fixed("", None, always=False)]))

    @property
    def MNISTMetricDataset(self) -> Any:  # noqa: N802
        """The student's data set over the digits of the proof."""
        return lambda split="train", remove_class=None, seed=None, digits=None: self._dataset(
            split, remove_class, seed, digits
        )

    def _dataset(self, split: str, remove_class: int | None, seed: int | None, digits: Any) -> Any:
        raw = self.part("dataset")
        found = plan(raw, DATASET, [*DATASET_FIXED, *fixed_values({"split": split, "remove_class": remove_class})])
        if remove_class is not None and not found.takes("remove_class"):
            raise MissingPartError("remove_class")
        if seed is not None:
            set_seed(seed)
        single = split != "train"
        if digits is not None and "digits" in {each.name for each in parameters_of(raw)}:
            return Digits(raw(split=split, remove_class=remove_class, digits=digits), single=single)
        self.rooms.digits = None if digits is None else (digits[0], digits[1].long())
        values = {"root": idx_folder(self.reference, digits, self.scratch), "split": split_of(raw, found.roles, split)}
        values |= {} if remove_class is None else {"remove_class": remove_class}
        given, named = arguments(found, values)
        try:
            made = raw(*given, **named)
        except (AssertionError, ValueError, KeyError):
            if split != "traineval":
                raise
            # who knows two splits only has the same digits in the one for training
            given, named = arguments(found, values | {"split": split_of(raw, found.roles, "train")})
            made = raw(*given, **named)
        return Digits(made, single=single)

    @cached_property
    def _item(self) -> Any:
        """An item of the student's data set, as it gives it."""
        return self._dataset("train", None, 0, None).raw[0] if self.has("dataset") else ()

    def _batches(self, loader: Any) -> Any:
        """A loader whose batches are what the student's data set would make of them."""
        try:
            item = self._item
        except Exception:
            return loader
        return Keyed(loader, item) if isinstance(item, Mapping) else loader

    @property
    def train(self) -> Any:
        """The student's training for one pass, with the mean loss whether it returns one or not."""
        function = self.part("train")

        def run(model: Any, optimizer: Any, loader: Iterable[Any], device: Any = "cpu") -> float:
            values = {"model": model, "optimizer": optimizer, "loader": self._batches(loader), "device": device}
            losses: list[float] = []
            watched = watch(model, losses)
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
            *fixed_values({}),
        ]

    @property
    def compute_representations(self) -> Any:
        """The student's class representations."""
        function = self.part("representations")

        def run(model: Any, loader: Any, identities_count: int, emb_size: int, device: Any = "cpu") -> Any:
            values = {"model": model, "loader": self._batches(loader), "emb_size": emb_size}
            values |= {"identities_count": identities_count}
            return rows_of(call_bound(function, REPRESENTATIONS, values | {"device": device}, self._fixed()))

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
            values = {"model": model, "representations": representations, "device": device}
            values |= {"loader": self._batches(loader)}
            return share_of(call_bound(function, EVALUATE, values, self._fixed()))

        return run
