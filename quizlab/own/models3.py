"""A student's models of lab 3 behind one call, ``model(texts, lengths)``; how to build and call them is tried once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from quizlab.hooks.owned import MissingPartError
from quizlab.own.answers3 import Answers
from quizlab.own.binding import Fixed, Role, UnboundError, call, called, parameters_of
from quizlab.own.both3 import Both
from quizlab.own.forms3 import PAD, UNK
from quizlab.own.globals3 import set_globals

NETWORKS = {"rnn": ("RNN", "RNNCell"), "gru": ("GRU", "GRUCell"), "lstm": ("LSTM", "LSTMCell")}
NAMES: dict[str, tuple[str, ...]] = {
    "rnn": (
        "rnn",
        "RNN",
        "vanilla",
        "Vanilla",
        "plain",
        "vanilla_rnn",
        "VanillaRNN",
        "nn.RNN",
        "RNN_TANH",
        "tanh",
        "Elman",
    ),
    "gru": ("gru", "GRU", "nn.GRU"),
    "lstm": ("lstm", "LSTM", "nn.LSTM"),
}
TOY_LENGTHS = (5, 3, 2)

BOTH = "bidir|bi_dir|both|dvosmj|^bi$"
SETTINGS = "^(args|arg|config|cfg|conf|params|hparams|opts?|postavke)$"
MODEL = (
    Role("bidirectional", BOTH, placed=False),
    Role("dropout", "drop", placed=False),
    Role("num_layers", "layer|sloj", placed=False),
    Role("cell", "cell|type|mode|rnn|kind|^net|arch|vrst|celij|^tip", placed=False),
    Role("hidden_size", "hid|dim2|^h$|skriv", placed=False),
    Role("vocab", "^(text_?|token_?|word_?)?(voc(ab|abulary)?|vokabular|rjecnik)$", placed=False),
    Role("vocab_size", "voc|num_emb|vok", placed=False),
    Role("embedding", "^(?!.*(dim|size)).*(emb|matri|vec|weight|glove|ugrad|vektor)"),
    Role("embedding_size", "emb|in_|input|dim|size|^e$|^in$", placed=False),
)
FIXED = (
    Fixed("^dev", "cpu"),
    Fixed("out|class", 1, always=False),
    Fixed("pad", 0, always=False),
    Fixed("freeze", True, always=False),
)
FORWARD = (
    Role("lengths", "len|^l$|sizes|dulj|duz"),
    Role("texts", "text|^x|inp|sent|batch|data|seq|token|ids|indices|emb|vec|tekst|recen|rijec|ulaz"),
)


class Words:
    """A vocabulary of so many words, for a model that builds its embedding itself; whose vectors are put in later."""

    def __init__(self, number: int) -> None:
        self.itos = [PAD, UNK, *(f"w{place}" for place in range(2, number))][:number]
        self.stoi = {word: place for place, word in enumerate(self.itos)}

    def __len__(self) -> int:
        return len(self.itos)


Caller = Callable[[Any, Any, Any], Any]
"""Calls the student's model with texts (B, T), lengths (B,) and the embedding layer."""


def _calls() -> Iterator[tuple[str, Caller]]:
    """What to hand over as texts, the likeliest first: indices or vectors, batch first or time first."""

    def handed(prepare: Callable[[Any, Any], Any]) -> Caller:
        def run(model: Any, texts: Any, lengths: Any) -> Any:
            return call(model.inner.forward, FORWARD, {"texts": prepare(texts, model), "lengths": lengths}, [HIDDEN])

        return run

    yield "indices", handed(lambda texts, _: texts)
    yield "indices, time first", handed(lambda texts, _: texts.T)
    yield "vectors", handed(lambda texts, model: model.vectors(texts))
    yield "vectors, time first", handed(lambda texts, model: model.vectors(texts.T))
    yield "batch", lambda model, texts, lengths: model.inner(Both((texts, lengths.new_zeros(len(texts)), lengths)))


HIDDEN = Fixed("hid|state|^h0?$|mask|train|^y$|label", None, always=False)


def build(classes: Sequence[Any], values: Mapping[str, Any], embedding: Any, memory: dict[str, Any], key: str) -> Any:
    """The student's model of one of these classes, wrapped.

    Args:
        classes: the class, or one for each kind of cell.
        values: sizes, and for a recurrent model ``cell``.
        embedding: the layer with the word vectors.
        memory: what was found to work before, by ``key``.
        key: what is being built.

    Raises:
        MissingPartError: no class has such a cell.
        TypeError: no way to build or to call it was found.
    """
    ways = [memory[key]] if key in memory else list(_ways(classes, values))
    error: BaseException | None = None
    uncalled: Any = None
    for cls, how, name, caller in ways:
        try:
            model = _built(cls, how, name, values, embedding)
            if not _has_cell(model.inner, str(values.get("cell", ""))):
                error = error or MissingPartError(str(values["cell"]))
                continue
            if key not in memory:
                uncalled = uncalled or model
                caller = _choose_call(model, embedding)  # noqa: PLW2901
        except MissingPartError:
            raise
        except BaseException as fault:
            if error is None or (isinstance(error, MissingPartError) and how != "nothing"):
                error = fault  # who takes an embedding cannot be built without: that says nothing of its cell
            continue
        memory[key] = (cls, how, name, caller)
        model.caller = caller
        return model
    if uncalled is not None and error is not None:
        uncalled.caller = _raising(error)
        return uncalled
    if isinstance(error, MissingPartError) or error is None:
        raise error or MissingPartError("recurrent")
    raise error


def _raising(error: BaseException) -> Caller:
    """What stands in for a way to call a model that has none: its layers can be looked at, its call says why."""

    def run(*_: Any) -> Any:
        raise error

    return run


def _ways(classes: Sequence[Any], values: Mapping[str, Any]) -> Iterator[tuple[Any, str, Any, Any]]:
    """Every way to build: of which class, what for the embedding, which name for the cell."""
    cell = str(values.get("cell", ""))
    for cls in classes:
        takes = cell and any(called(each.name, MODEL[3].pattern) for each in parameters_of(cls))
        names: list[Any] = [*NAMES[cell], "class", "cell class"] if cell and (takes or _asks(cls)) else [cell]
        for name, how in product(names, ("layer", "matrix", "array", "nothing")):
            yield cls, how, name, None


def _asks(cls: Any) -> bool:
    return any(called(each.name, SETTINGS) for each in parameters_of(cls))


def _built(cls: Any, how: str, name: Any, values: Mapping[str, Any], embedding: Any) -> Any:
    from torch import nn

    cell = str(values.get("cell", ""))
    given = embedding if how == "layer" else embedding.weight.detach()
    given = given.numpy() if how == "array" else given
    classes = dict(zip(("class", "cell class"), NETWORKS.get(cell, ()), strict=False))
    cell_value = getattr(nn, classes[name]) if name in classes else name
    known = dict(values) | {
        "embedding": given,
        "embedding_size": embedding.embedding_dim,
        "vocab_size": embedding.num_embeddings,
        "vocab": Words(embedding.num_embeddings),
    }
    if cell:
        known["cell"] = cell_value
    if how == "nothing":  # who builds it from the vocabulary wants no vectors, and may want a file's name
        del known["embedding"]
    set_globals(cls, given)
    fixed = [*FIXED, Fixed(SETTINGS, Answers(known))]
    inner = call(cls, MODEL, known, fixed)
    return wrapped(inner, embedding, given)


def wrapped(inner: Any, embedding: Any, given: Any) -> Any:
    """The student's model as a module that is called with texts (B, T) and lengths (B,) and gives logits (B, 1)."""
    from torch import nn

    class Sentiment(nn.Module):
        caller: Caller | None = None

        def __init__(self) -> None:
            super().__init__()
            self.inner = inner
            self._embedding = [embedding]
            own = next((each for each in inner.modules() if isinstance(each, nn.Embedding)), None)
            if own is not None and own is not embedding and own.weight.shape == embedding.weight.shape:
                own.weight.data.copy_(embedding.weight.data)

        def vectors(self, texts: Any) -> Any:
            return self._embedding[0](texts)

        def train(self, mode: bool = True) -> Any:
            self.training = mode
            for each in self.inner.modules():
                object.__setattr__(each, "training", mode)
            return self

        def forward(self, texts: Any, lengths: Any) -> Any:
            assert self.caller is not None
            set_globals(type(self.inner), given)
            found = self.caller(self, texts, lengths)
            found = found[0] if isinstance(found, tuple) else found
            return found.reshape(-1, 1) if found.numel() == len(texts) else found

    return Sentiment()


def _has_cell(model: Any, cell: str) -> bool:
    from torch import nn

    kinds = tuple(getattr(nn, each) for each in NETWORKS.get(cell, ()))
    return not cell or any(isinstance(each, kinds) for each in model.modules())


def _choose_call(model: Any, embedding: Any) -> Caller:
    """The first way to call it that gives one number for each sentence of a toy batch."""
    import torch

    lengths = torch.tensor(TOY_LENGTHS)
    words = max(1, embedding.num_embeddings)
    texts = torch.ones(len(lengths), int(lengths.max()), dtype=torch.int64).clamp_max(words - 1)
    for row, length in zip(texts, TOY_LENGTHS, strict=True):
        row[length:] = 0
    error: BaseException | None = None
    for _, caller in _calls():
        model.caller = caller
        try:
            with torch.no_grad():
                found = model.eval()(texts, lengths)
        except (MissingPartError, UnboundError):
            raise
        except BaseException as fault:
            error = error or fault
            continue
        if found.numel() == len(lengths):
            return caller
    raise error or TypeError("model ne daje po jedan broj za svaku rečenicu")
