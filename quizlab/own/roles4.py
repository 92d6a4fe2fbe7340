"""What the parameters of lab 4's parts are called, whatever a student calls them."""

from __future__ import annotations

from quizlab.own.binding import Fixed, Role

UNIT = (
    Role("num_maps_out", "out"),
    Role("num_maps_in", "in"),
    Role("bias", "bias", placed=False),
    Role("padding", "pad", placed=False),
    Role("k", "^k$|kern|size|^ks|filter"),
)
MODEL = (
    Role("emb_size", "emb|dim|feat|out|size|^d$|^e$"),
    Role("input_channels", "in|chan|^c$"),
    Role("padding", "pad", placed=False),
    Role("margin", "marg|alpha", placed=False),
)
CPU = Fixed("^dev", "cpu")
DATASET = (
    Role("root", "root|path|dir|folder|location"),
    Role("split", "split|mode|subset|phase|^part|^kind|train|set_?type"),
    Role("remove_class", "remo|excl|drop|without|class|skip", placed=False),
)
TRAIN = (
    Role("model", "model|net"),
    Role("optimizer", "^opt|optim"),
    Role("loader", "load|data|^dl|iter"),
    Role("device", "^dev"),
)
REPRESENTATIONS = (
    Role("model", "model|net"),
    Role("loader", "load|data|^dl|iter"),
    Role("emb_size", "emb|dim|feat|size"),
    Role("identities_count", "ident|class|count|num|^n$|^k$"),
    Role("device", "^dev"),
)
PREDICTIONS = (Role("representations", "^rep|represent|centr|proto|means"), Role("r", "^r$|feat|quer|emb|^x$|^z$"))
EVALUATE = (
    Role("model", "model|net"),
    Role("representations", "^rep|represent|centr|proto|means|emb"),
    Role("loader", "load|data|^dl|iter"),
    Role("device", "^dev"),
)
