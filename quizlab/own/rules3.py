"""What the parts of lab 3 are called, and what they look like under other names."""

from __future__ import annotations

import re

from quizlab.own.chains3 import is_chain
from quizlab.own.finding import Definition, Rule

CELLS = ("RNN", "GRU", "LSTM", "RNNCell", "GRUCell", "LSTMCell")
CONVOLUTIONS = ("Conv1d", "Conv2d", "Transformer", "TransformerEncoder", "MultiheadAttention")
POOLS = ("mean", "avg", "sum", "AvgPool1d", "AdaptiveAvgPool1d", "adaptive_avg_pool1d", "avg_pool1d", "nanmean",
         "AdaptiveAvgPool2d", "avg_pool2d", "EmbeddingBag")  # fmt: skip


def _named(one: Definition, pattern: str) -> bool:
    return bool(re.search(pattern, one.node.name, re.IGNORECASE))


def _parameter(one: Definition, pattern: str) -> bool:
    return any(re.search(pattern, each, re.IGNORECASE) for each in one.parameters)


def _vocab(one: Definition) -> int:
    if one.has("stoi", "word2idx", "word_to_idx", "word2index", "token2idx", "str2int") and not one.has("Linear"):
        return 60 if _named(one, "voc") else 40 if "__getitem__" not in one.methods else 20
    return 0


def _instances(one: Definition) -> int:
    return 60 if "__getitem__" in one.methods and "__len__" in one.methods and one.has("Dataset") else 0


def _collate(one: Definition) -> int:
    return 60 if _named(one, "collate") else 20 if one.has("pad_sequence") and _parameter(one, "batch") else 0


def _embedding(one: Definition) -> int:
    if _named(one, "^(forward|train|evaluate|main|test)$") or one.has("Linear"):
        return 0
    builds = _named(one, "embed|matri|glove|vector") and (_parameter(one, "voc") or one.has("stoi", "itos"))
    if not builds or _named(one, "^(load|read)_?(glove|vectors)$"):
        return 0
    made = 20 if one.has("from_pretrained", "randn", "normal", "normal_", "zeros", "Embedding", "tensor") else 0
    return 20 + made + (10 if _named(one, "matri") else 0) - (5 if one.owner else 0)


def _is_network(one: Definition) -> bool:
    return one.is_class and one.has("Linear", "LazyLinear") and not one.has(*CONVOLUTIONS)


def _baseline(one: Definition) -> int:
    if is_chain(one.node):
        return 30
    if not _is_network(one) or one.has(*CELLS):
        return 0
    pools = one.has(*POOLS) or any(re.search("pool|mean|avg", each, re.IGNORECASE) for each in one.mentions)
    named = _named(one, "base|mean|avg|bow|pool")
    return (40 if pools else 0) + (40 if named else 0)


def _recurrent(one: Definition) -> int:
    if not _is_network(one):
        return 0
    cells = one.has(*CELLS) or (_parameter(one, "cell|rnn|type") and one.has("getattr", "rnn"))
    return 60 + (5 if _parameter(one, "cell|type|mode|rnn_?class|rnn_?cls") else 0) if cells else 0


RULES = {
    "vocab": Rule(("Vocab", "Vocabulary"), _vocab, lambda d: d.is_class),
    "instances": Rule(("NLPDataset",), _instances, lambda d: d.is_class and "__getitem__" in d.methods),
    "collate": Rule(("pad_collate_fn",), _collate, lambda d: not d.is_class, methods=True),
    "embedding": Rule(("embedding_matrix",), _embedding, methods=True),
    "baseline": Rule(("Baseline", "BaselineModel"), _baseline, lambda d: _is_network(d) or is_chain(d.node)),
    "recurrent": Rule(("RecurrentClassifier",), _recurrent, _is_network, several=True),
}

NAMES = (
    "razredi Vocab i NLPDataset, funkcije pad_collate_fn i ona koja gradi matricu vektora riječi te modeli sa "
    "slojevima Linear, bez povratnih ćelija i s njima"
)
"""What is looked for, as it is said where nothing is found."""
