"""What the parameters of lab 4's parts are called, whatever a student calls them, in English or in Croatian."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizlab.own.binding import Fixed, Role

SETTINGS = "^(args|arg|config|cfg|conf|params|hparams|opts?|postavke)$"
"""A parameter for one dictionary with everything."""

LOADER = "load|data|^dl|iter|ucitav|podac"
DEVICE = "^dev|uredaj|uredjaj"
EMBEDDED = "emb|dim|feat|size|ugrad|znacaj"
REPRESENTED = "^rep|represent|centr|proto|means|sredi|prosje"
REMOVED = "remo|excl|drop|without|class|skip|izbac|izost|izuz|bez|makn|uklon|razred"

UNIT = (
    Role("num_maps_out", "out|izlaz"),
    Role("num_maps_in", "in|ulaz"),
    Role("bias", "bias|pristran|pomak", placed=False),
    Role("padding", "pad|dopun", placed=False),
    Role("k", "^k$|kern|size|^ks|filter|jezgr|velic"),
)
MODEL = (
    Role("emb_size", f"{EMBEDDED}|out|^d$|^e$|izlaz"),
    Role("margin", "marg|alpha", placed=False),
    Role("padding", "pad|dopun", placed=False),
    Role("input_channels", "^in|_in|input|chan|^c$|^c_?in$|kanal|ulaz"),
)
CPU = Fixed(DEVICE, "cpu")
DATASET = (
    Role("root", "root|path|dir|folder|location|korijen|mapa|putan"),
    Role("split", "split|mode|subset|phase|^part|^kind|train|set_?type|^dio$|skup|nacin"),
    Role("remove_class", REMOVED, placed=False),
)
LOSS = (
    Role("model", "model|net|mreza", placed=False),
    Role("anchor", "anc|sidro|^a|^s"),
    Role("positive", "pos|poz|^p"),
    Role("negative", "neg|^n"),
)
TRAIN = (
    Role("model", "model|net|mreza"),
    Role("optimizer", "^opt|optim"),
    Role("loader", LOADER),
    Role("device", DEVICE),
)
REPRESENTATIONS = (
    Role("model", "model|net|mreza"),
    Role("loader", LOADER),
    Role("emb_size", EMBEDDED),
    Role("identities_count", "ident|class|count|num|^n$|^k$|broj|razred|klas"),
    Role("device", DEVICE),
)
PREDICTIONS = (Role("representations", REPRESENTED), Role("r", "^r$|feat|quer|emb|^x$|^z$|upit|znacaj"))
EVALUATE = (
    Role("model", "model|net|mreza"),
    Role("representations", f"{REPRESENTED}|emb"),
    Role("loader", LOADER),
    Role("device", DEVICE),
)

WORDS = (
    ("margin", "marg|alpha"),
    ("input_channels", "chan|in_c|input|kanal|ulaz"),
    ("remove_class", "remo|excl"),
    ("identities_count", "classes|ident|razred"),
    ("learning_rate", "lr|learn"),
    ("batch_size", "batch"),
    ("epochs", "epoch|epoh"),
    ("device", "dev"),
    ("seed", "seed"),
    ("root", "root|path|dir|folder"),
    ("split", "split|mode"),
    ("bias", "bias"),
    ("k", "kern|^k$"),
    ("emb_size", "emb|dim|feat|out|size|width|chann"),
)
"""What a key of such a dictionary asks for."""

USUAL: Mapping[str, Any] = {
    "margin": 1.0, "input_channels": 1, "remove_class": None, "identities_count": 10, "learning_rate": 1e-3,
    "batch_size": 64, "epochs": 1, "device": "cpu", "seed": 0, "root": "mnist", "split": "train", "bias": True, "k": 3,
    "emb_size": 32,
}  # fmt: skip
