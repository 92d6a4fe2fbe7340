"""What the parts of lab 4 are called, and what they look like under other names."""

from __future__ import annotations

import re

from quizlab.own.binding import called
from quizlab.own.finding import Definition, Rule
from quizlab.own.roles4 import LOADER, REPRESENTED

NO_MEANS = "load|save|plot|draw|evaluate|predict|ucitaj|sprem|crtaj|predvi|tocnost|vredn"
CONVOLUTIONS = ("Conv2d", "LazyConv2d")
NORMS = ("BatchNorm2d", "GroupNorm", "InstanceNorm2d", "LayerNorm", "LazyBatchNorm2d")


def _named(one: Definition, pattern: str) -> bool:
    return called(one.node.name, pattern)


def _unit(one: Definition) -> int:
    if "get_features" in one.methods or "loss" in one.methods or one.has("MaxPool2d", "max_pool2d"):
        return 0
    if one.has(*CONVOLUTIONS) and one.is_class and (one.has(*NORMS, "ReLU", "relu") or _named(one, "conv|unit|block")):
        return 40
    return 20 if one.has(*CONVOLUTIONS) and one.has(*NORMS) and one.has("Sequential") and not one.is_class else 0


def _model(one: Definition) -> int:
    if not one.is_class or _named(one, "ident"):
        return 0
    embeds = "get_features" in one.methods
    if embeds and ("loss" in one.methods or one.has(*CONVOLUTIONS)):
        return 60
    if _named(one, "metric.*emb|emb.*model|metric.*(model|net)") and one.has("Module"):
        return 50
    return 30 if embeds and any(re.search("unit|conv|block|bn", each, re.IGNORECASE) for each in one.mentions) else 0


def _identity(one: Definition) -> int:
    if not one.is_class or one.has(*CONVOLUTIONS) or "loss" in one.methods:
        return 0
    if _named(one, "ident") and ("get_features" in one.methods or one.has("Module")):
        return 60
    return 30 if "get_features" in one.methods and one.has("flatten", "reshape", "view", "Flatten") else 0


def _dataset(one: Definition) -> int:
    if not one.is_class or "__getitem__" not in one.methods:
        return 0
    samples = any(re.search("pos", each) for each in one.methods) and any(re.search("neg", e) for e in one.methods)
    return 60 if samples else 40 if _named(one, "mnist.*(metric|triplet)|(metric|triplet).*(mnist|data)") else 0


def _parameter(one: Definition, pattern: str) -> bool:
    return any(called(each, pattern) for each in one.parameters)


def _given(one: Definition, pattern: str) -> bool:
    """Whether a function gets something, or the object whose method it is got it."""
    return any(called(each, pattern) for each in one.given)


def _does(one: Definition) -> bool:
    """Whether it is a function, or a method of a class that trains: no model's and no data set's."""
    home = one.home
    models = ("forward", "get_features", "__getitem__")
    return not one.is_class and not (home and ({"Module", "Dataset"} & {*home.bases} or {*models} & {*home.methods}))


def _loss(one: Definition) -> int:
    triplet = all(_parameter(one, each) for each in ("^a|sidro|^s", "^p", "^n"))
    return 40 if triplet and _named(one, "loss|gubit|triplet|crit") else 0


def _trains(one: Definition) -> bool:
    return _does(one) and _given(one, "^opt|optim") and not _given(one, "crit|loss|^vocab|clip")


def _train(one: Definition) -> int:
    return 40 if _named(one, "train|fit|learn|epoch|(^|_)(na)?uci(_|$)|treni|epoh|ucenj") and _given(one, LOADER) else 0


def _representations(one: Definition) -> int:
    if one.is_class or _parameter(one, "^rep|represent") or _named(one, NO_MEANS):
        return 0
    named = _named(one, "repr|centroid|prototype|class_?mean|sredin|sredist|prosje")
    return 40 if named and _given(one, LOADER) else 0


def _predictions(one: Definition) -> int:
    if one.is_class or _parameter(one, "load|^model$|ucitav"):
        return 0
    named = _named(one, "predict|distanc|classif|predvi|udaljen|klasif|razvrst")
    return 40 if named and _parameter(one, REPRESENTED) else 0


def _evaluate(one: Definition) -> int:
    named = _named(one, "eval|test|accura|valid|tocnost|vrednuj|vrednov|ispit|provjer")
    return 40 if named and _given(one, LOADER) else 0


RULES = {
    "unit": Rule(
        ("_BNReluConv", "BatchNormConvReLU", "BNReLUConv", "BNReluConvUnit"), _unit, lambda d: d.has(*CONVOLUTIONS)
    ),
    "model": Rule(("SimpleMetricEmbedding",), _model, lambda d: d.is_class),
    "identity": Rule(("IdentityModel",), _identity, lambda d: d.is_class),
    "dataset": Rule(("MNISTMetricDataset",), _dataset, lambda d: d.is_class),
    "loss": Rule(("triplet_loss",), _loss, lambda d: not d.is_class and bool(_loss(d))),
    "train": Rule(("train",), _train, _trains, methods=True),
    "representations": Rule(("compute_representations",), _representations, _does, methods=True),
    "predictions": Rule(("make_predictions",), _predictions, _does, methods=True),
    "evaluate": Rule(
        ("evaluate",), _evaluate, lambda d: _does(d) and _given(d, f"{REPRESENTED}|mean"), methods=True
    ),
}  # fmt: skip

NAMES = (
    "razredi _BNReluConv, SimpleMetricEmbedding, IdentityModel i MNISTMetricDataset te funkcije train, "
    "compute_representations, make_predictions i evaluate u datotekama .py i .ipynb"
)
"""What is looked for, as it is said where nothing is found."""
