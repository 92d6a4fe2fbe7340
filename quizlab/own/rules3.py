"""What the parts of lab 3 are called, and what they look like under other names."""

from __future__ import annotations

import ast
import re

from quizlab.own.binding import called
from quizlab.own.chains3 import is_chain
from quizlab.own.finding import Definition, Rule

STOI = ("stoi", "word2idx", "word_to_idx", "word2index", "word_to_index", "token2idx", "token_to_idx", "token2index",
        "str2int", "rijec_u_indeks", "rijec2indeks", "rijec_indeks")  # fmt: skip
CELLS = ("RNN", "GRU", "LSTM", "RNNCell", "GRUCell", "LSTMCell")
CONVOLUTIONS = ("Conv1d", "Conv2d", "Transformer", "TransformerEncoder", "MultiheadAttention")
VOCAB, VECTORS = "voc|vok|rjecn", "emb|matri|vec|glove|ugrad|vektor"
NAMED_BASELINE = "base|mean|avg|bow|pool|osnovn|prosj"
CELL = "cell|type|mode|rnn_?class|rnn_?cls|vrst|celij|^rnn$"
POOLS = ("mean", "avg", "sum", "AvgPool1d", "AdaptiveAvgPool1d", "adaptive_avg_pool1d", "avg_pool1d", "nanmean",
         "AdaptiveAvgPool2d", "avg_pool2d", "EmbeddingBag")  # fmt: skip


def _named(one: Definition, pattern: str) -> bool:
    return called(one.node.name, pattern)


def _parameter(one: Definition, pattern: str) -> bool:
    return any(called(each, pattern) for each in one.parameters)


def _vocab(one: Definition) -> int:
    if one.has(*STOI) and not one.has("Linear"):
        return 60 if _named(one, "voc|vok|rjecn") else 40 if "__getitem__" not in one.methods else 20
    return 0


def _instances(one: Definition) -> int:
    return 60 if "__getitem__" in one.methods and "__len__" in one.methods and one.has("Dataset") else 0


def _collate(one: Definition) -> int:
    if _named(one, "collate|dopun|^pad_"):
        return 60
    return 20 if one.has("pad_sequence") and _parameter(one, "batch") else 0


def _embedding(one: Definition) -> int:
    if _named(one, "^(forward|train|evaluate|main|test)$") or one.has("Linear"):
        return 0
    words = _parameter(one, VOCAB) or one.has("itos", *STOI)
    if not words or not _named(one, "embed|matri|glove|vector|ugrad|vektor"):
        return 0
    made = 20 if one.has("from_pretrained", "randn", "normal", "normal_", "zeros", "Embedding", "tensor") else 0
    return 20 + made + (10 if _named(one, "matri") else 0) - (5 if one.owner else 0)


def _is_network(one: Definition) -> bool:
    return one.is_class and one.reaches("Linear", "LazyLinear") and not one.has(*CONVOLUTIONS)


def _is_factory(one: Definition) -> bool:
    """Whether it is a function that makes a network around an embedding: ``make_baseline(embedding)``."""
    if one.is_class or one.owner or not _parameter(one, VECTORS) or one.has(*CONVOLUTIONS, *CELLS, "backward"):
        return False
    return one.has("Sequential") and one.reaches("Linear") and bool(_returns(one))


def _returns(one: Definition) -> bool:
    return any(isinstance(each, ast.Return) and each.value is not None for each in ast.walk(one.node))


def _baseline(one: Definition) -> int:
    if is_chain(one.node):
        return 30
    if _is_factory(one):
        return 35
    if not _is_network(one) or one.has(*CELLS):
        return 0
    pools = one.has(*POOLS) or any(re.search("pool|mean|avg|prosj", each, re.IGNORECASE) for each in one.mentions)
    named = _named(one, NAMED_BASELINE)
    beside = called(one.source.path.stem, NAMED_BASELINE)
    found = (40 if pools else 0) + (40 if named else 0) + (5 if pools and beside else 0)
    return found - 30 if found and one.component else found


def _recurrent(one: Definition) -> int:
    if not _is_network(one):
        return 0
    cells = one.has(*CELLS) or (_parameter(one, CELL) and one.has("getattr", "rnn"))
    attends = any(called(each, "attention|attn|paznj|bahdanau") for each in (*one.mentions, one.name))
    return 60 + (5 if _parameter(one, CELL) else 0) - (20 if one.component or attends else 0) if cells else 0


RULES = {
    "vocab": Rule(("Vocab", "Vocabulary"), _vocab, lambda d: d.is_class),
    "instances": Rule(("NLPDataset",), _instances, lambda d: d.is_class and "__getitem__" in d.methods),
    "collate": Rule(("pad_collate_fn",), _collate, lambda d: not d.is_class, methods=True),
    "embedding": Rule(("embedding_matrix",), _embedding, methods=True),
    "baseline": Rule(
        ("Baseline", "BaselineModel"), _baseline, lambda d: _is_network(d) or is_chain(d.node) or _is_factory(d)
    ),
    "recurrent": Rule(("RecurrentClassifier",), _recurrent, _is_network, several=True),
}

NAMES = (
    "razredi Vocab i NLPDataset, funkcije pad_collate_fn i ona koja gradi matricu vektora riječi te modeli sa "
    "slojevima Linear, bez povratnih ćelija i s njima"
)
"""What is looked for, as it is said where nothing is found."""
