"""Manuscripts of lab 3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from tests.manuscripts import Choice, Manuscript, drawn, notebook, one_at_a_time

AXES: Mapping[str, tuple[str, ...]] = {
    "layout": ("files", "one file", "notebook", "tasks", "root", "read at import"),
    "frequencies": ("dict", "sorted outside", "items", "instances"),
    "itos": ("list", "dict", "method"),
    "specials": ("flag", "is label", "type", "always", "caller"),
    "stoi": ("attribute", "make_stoi"),
    "encode": ("list", "both"),
    "limits": ("max_size", "max_len"),
    "vectors": ("layer", "matrix", "method", "module", "file"),
    "given": ("layer", "matrix", "global", "vectors"),
    "call": ("lengths", "texts"),
    "time": ("batch first", "transposed", "time first"),
    "pool": ("mask", "sum by length", "mean"),
    "cells": ("string", "class", "three classes", "args"),
    "networks": ("one", "two"),
    "state": ("packed", "unpacked"),
    "collate": ("plain", "float labels", "nested"),
    "head": ("named", "sequential"),
    "train": ("function", "method"),
    "sizes": ("fixed", "given"),
    "logits": ("squeezed", "column"),
}
"""What may be different and must never be an alarm; the first of each is the plain way."""

PLAIN = next(one_at_a_time(AXES))

MISTAKES: Mapping[str, dict[str, str]] = {
    "min-freq-ignored": {"min": "ignored"},
    "min-freq-strict": {"min": "strict"},
    "max-size": {"max": "without specials"},
    "ties": {"ties": "alphabetical"},
    "two-words-lost": {"specials": "flag", "lost": "two"},
    "unknown-dropped": {"unknown": "dropped"},
    "pad-row": {"pad row": "random"},
    "label-unk": {"specials": "is label", "labels": "with specials"},
    "float-indices": {"indices": "float"},
    "no-len": {"len": "none"},
    "depth-4": {"networks": "two of two"},
    "specials": {"first": "unk", "specials": "flag"},
}
"""Cause → what is written wrongly."""


def structures() -> Iterator[Manuscript]:
    """Structure × no mistake: each option alone, then by chance."""
    for choice in (*one_at_a_time(AXES), *drawn(AXES, 170, seed=3)):
        yield manuscript(choice)
    yield from loops()


def loops() -> Iterator[Manuscript]:
    """Recurrent models that call torch's cells in a loop of their own."""
    for choice in (PLAIN, *drawn(AXES, 19, seed=5)):
        yield manuscript(choice | {"networks": "cells"})


def mistaken(number: int = 18) -> Iterator[Manuscript]:
    """Structure × mistake: each mistake in the plain structure, then in others by chance."""
    for at, mistake in enumerate(MISTAKES):
        for choice in (PLAIN, *drawn(AXES, number, seed=300 + at)):
            yield manuscript(choice, mistake)


WRONG = ("min", "max", "ties", "lost", "unknown", "pad row", "labels", "indices", "len", "first")


def manuscript(choice: Choice, mistake: str = "") -> Manuscript:
    """One student's lab 3."""
    o = dict.fromkeys(WRONG, "") | dict(choice) | MISTAKES.get(mistake, {})
    if o["call"] == "texts":
        o |= {"pool": "mean", "state": "unpacked"}
    if o["frequencies"] == "instances" and o["specials"] == "caller":
        o["specials"] = "always"  # who counts words in the class is given no special tokens
    if mistake and o["frequencies"] in ("sorted outside", "items") and mistake == "ties":
        o["frequencies"] = "dict"  # who sorts outside decides about ties outside
    return Manuscript("lab3", _laid_out(o), {k: v for k, v in choice.items() if v != AXES[k][0]}, mistake)


# --- pieces ------------------------------------------------------------------------------------------


def _vocab(o: Choice) -> str:
    biggest, least = ("max_size", "min_freq") if o["limits"] == "max_size" else ("max_len", "min_frequency")
    flag = {
        "flag": ", special_symbols=True",
        "is label": ", is_label=False",
        "type": ", vocab_type='text'",
        "always": "",
        "caller": "",
    }[o["specials"]]
    given = {"items": "items", "instances": "instances"}.get(o["frequencies"], "frequencies")
    lines = [
        "class Vocab:",
        f"    def __init__(self, {given}, {biggest}=-1, {least}=0{flag}):",
    ]
    if o["frequencies"] == "instances":
        lines += [
            "        frequencies = {}",
            "        for instance in instances:",
            "            for token in instance.text:",
            "                frequencies[token] = frequencies.get(token, 0) + 1",
        ]
    condition = {
        "flag": "special_symbols",
        "is label": "not is_label" if o["labels"] != "with specials" else "True",
        "type": "vocab_type == 'text'",
        "always": "True",
        "caller": "False",
    }[o["specials"]]
    first = "['<UNK>', '<PAD>']" if o["first"] == "unk" else "['<PAD>', '<UNK>']"
    lines += ["        tokens = []" if condition == "False" else f"        tokens = {first} if {condition} else []"]
    words = {"items": "items", "sorted outside": "frequencies.items()"}.get(o["frequencies"])
    key = "key=lambda pair: (-pair[1], pair[0])" if o["ties"] else "key=lambda pair: pair[1], reverse=True"
    lines.append(f"        pairs = {words or f'sorted(frequencies.items(), {key})'}")
    if o["lost"] == "two":
        lines.append("        pairs = list(pairs)[2:]")
    lines.append("        for word, count in pairs:")
    if o["frequencies"] == "items" and o["specials"] != "caller":
        lines += ["            if word in ('<PAD>', '<UNK>'):", "                continue"]
    room = "len(tokens) - 2" if o["max"] else "len(tokens)"
    lines += [f"            if {biggest} != -1 and {room} >= {biggest}:", "                break"]
    keep = {"": f"count >= {least}", "ignored": "True", "strict": f"count > {least}"}[o["min"]]
    lines += [f"            if {keep}:", "                tokens.append(word)"]
    if o["stoi"] == "make_stoi":
        lines += ["        self.tokens = tokens", "        self.stoi = self.make_stoi()"]
    else:
        lines.append("        self.stoi = {word: index for index, word in enumerate(tokens)}")
    if o["itos"] == "list":
        lines.append("        self.itos = tokens")
    if o["itos"] == "dict":
        lines.append("        self.itos = {index: word for word, index in self.stoi.items()}")
    if o["itos"] == "method":
        lines += [
            "        self.words = tokens",
            "",
            "    def itos(self, index):",
            "        return self.words[index]",
        ]
    if o["stoi"] == "make_stoi":
        lines += [
            "",
            "    def make_stoi(self):",
            "        stoi = {}",
            "        while self.tokens:",
            "            stoi[self.tokens[0]] = len(stoi)",
            "            self.tokens = self.tokens[1:]",
            "        return stoi",
        ]
    kind = ", dtype=torch.float32" if o["indices"] == "float" else ""
    known = " if token in self.stoi" if o["unknown"] == "dropped" else ""
    lines += ["", "    def encode(self, tokens):"]
    if o["encode"] == "both":
        lines += [
            "        if isinstance(tokens, str):",
            "            return torch.tensor(self.stoi.get(tokens, self.stoi.get('<UNK>')))",
        ]
    lines.append(
        "        return torch.tensor([self.stoi.get(token, self.stoi.get('<UNK>', 0)) for token in tokens"
        f"{known}]{kind})"
    )
    if o["len"] != "none":
        lines += ["", "    def __len__(self):", "        return len(self.stoi)"]
    if o["vectors"] == "method":
        lines += [
            "",
            "    def embedding_matrix(self, path=None):",
            *_matrix(o, "self", indent=8),
            "        return matrix",
        ]
    return "\n".join([*lines, ""])


def _matrix(o: Choice, vocab: str, indent: int = 4) -> list[str]:
    size = f"len({vocab}.stoi)" if o["len"] == "none" else f"len({vocab})"
    lines = [f"matrix = torch.randn({size}, 300)"]
    if o["pad row"] != "random":
        lines.append("matrix[0] = 0")
    lines += [
        "if path is not None:",
        "    with open(path) as file:",
        "        for line in file:",
        "            word, *numbers = line.split()",
        f"            if word in {vocab}.stoi:",
        f"                matrix[{vocab}.stoi[word]] = torch.tensor([float(each) for each in numbers])",
    ]
    return [" " * indent + each for each in lines]


def _vectors(o: Choice) -> str:
    if o["vectors"] == "method":
        return ""
    if o["vectors"] == "module":
        return "\n".join([
            "class Embeddings(nn.Module):",
            "    def __init__(self, vocab, path=None):",
            "        super().__init__()",
            *_matrix(o, "vocab", indent=8),
            "        self.layer = nn.Embedding.from_pretrained(matrix, padding_idx=0, freeze=path is not None)",
            "",
            "    def forward(self, x):",
            "        return self.layer(x)",
            "",
        ])  # fmt: skip
    name = "get_embedding_matrix" if o["vectors"] == "matrix" else "load_embeddings"
    path = "path" if o["vectors"] == "file" else "path=None"
    back = "matrix" if o["vectors"] == "matrix" else "nn.Embedding.from_pretrained(matrix, padding_idx=0, freeze=True)"
    return "\n".join([f"def {name}(vocab, {path}):", *_matrix(o, "vocab"), f"    return {back}", ""])


def _data(o: Choice) -> str:
    specials = {"flag": "special_symbols=False", "is label": "is_label=True", "type": "vocab_type='label'"}
    label = specials.get(o["specials"])
    return "\n".join([
        "@dataclass",
        "class Instance:",
        "    text: list",
        "    label: str",
        "",
        "",
        "class NLPDataset(Dataset):",
        "    def __init__(self, path, text_vocab=None):",
        "        self.instances = []",
        "        with open(path) as file:",
        "            for line in file:",
        "                text, label = line.strip().split(', ')",
        "                self.instances.append(Instance(text.split(' '), label))",
        "        self.text_vocab = text_vocab",
        *([f"        self.label_vocab = Vocab({{'positive': 2, 'negative': 1}}, {label})"] if label else
          ["        self.label_vocab = {'positive': 0, 'negative': 1}"]),
        "",
        "    def __getitem__(self, index):",
        "        instance = self.instances[index]",
        "        return self.text_vocab.encode(instance.text), self.label_vocab.encode(instance.label)",
        "",
        "    def __len__(self):",
        "        return len(self.instances)",
        "",
    ])  # fmt: skip


def _collate(o: Choice) -> str:
    labels = (
        "torch.tensor([float(label) for label in labels])" if o["collate"] == "float labels" else "torch.tensor(labels)"
    )
    back = "(padded, lengths), labels" if o["collate"] == "nested" else "padded, labels, lengths"
    return "\n".join([
        "def pad_collate_fn(batch, pad_index=0):",
        "    texts, labels = zip(*batch)",
        "    lengths = torch.tensor([len(text) for text in texts])",
        "    padded = pad_sequence(texts, batch_first=True, padding_value=pad_index)",
        f"    labels = {labels}",
        f"    return {back}",
        "",
    ])  # fmt: skip


def _embedded(o: Choice) -> tuple[str, list[str], str]:
    """The parameter of the constructor, its lines, and what gives the vectors of x."""
    if o["given"] == "global":
        return "", [], "embedding_layer(x)"
    if o["given"] == "vectors":
        return "", [], "x"
    if o["given"] == "matrix":
        made = "        self.embedding = nn.Embedding.from_pretrained(embedding_matrix, padding_idx=0, freeze=True)"
        return "embedding_matrix", [made], "self.embedding(x)"
    return "embedding", ["        self.embedding = embedding"], "self.embedding(x)"


def _baseline(o: Choice) -> str:
    parameter, lines, vectors = _embedded(o)
    lengths = ", lengths" if o["call"] == "lengths" else ""
    hidden = "hidden_size" if o["sizes"] == "given" else "150"
    more = [
        parameter,
        "input_size=300" if o["sizes"] == "given" else "",
        "hidden_size=150" if o["sizes"] == "given" else "",
    ]
    size = "input_size" if o["sizes"] == "given" else "300"
    given = "".join(f", {each}" for each in more if each)
    steps = {
        "mask": [
            "        mask = (torch.arange(v.shape[1]) < lengths.unsqueeze(1)).unsqueeze(2)",
            "        pooled = (v * mask).sum(dim=1) / lengths.unsqueeze(1)",
        ],
        "sum by length": ["        pooled = v.sum(dim=1) / lengths.unsqueeze(1)"],
        "mean": ["        pooled = torch.mean(v, dim=1)"],
    }[o["pool"]]
    return "\n".join([
        "class Baseline(nn.Module):",
        f"    def __init__(self{given}):",
        "        super().__init__()",
        *lines,
        *_head(o, size, hidden, 3),
        "",
        f"    def forward(self, x{lengths}):",
        f"        v = {vectors}",
        *steps,
        *_headed(o, "pooled", 3),
        *_own_train(o),
        "",
    ])  # fmt: skip


def _head(o: Choice, size: str, hidden: str, layers: int) -> list[str]:
    sizes = [size, *[hidden] * (layers - 1), "1"]
    linear = [f"nn.Linear({a}, {b})" for a, b in pairwise(sizes)]
    if o["head"] == "sequential":
        return [f"        self.head = nn.Sequential({', nn.ReLU(), '.join(linear)})"]
    return [f"        self.fc{at} = {each}" for at, each in enumerate(linear, 1)]


def _headed(o: Choice, x: str, layers: int) -> list[str]:
    back = "return out.squeeze(1)" if o["logits"] == "squeezed" else "return out"
    if o["head"] == "sequential":
        return [f"        out = self.head({x})", f"        {back}"]
    run = f"self.fc1({x})"
    for at in range(2, layers + 1):
        run = f"self.fc{at}(torch.relu({run}))"
    return [f"        out = {run}", f"        {back}"]


def _own_train(o: Choice) -> list[str]:
    if o["train"] != "method":
        return []
    return [
        "",
        "    def train(self, data, optimizer, criterion, epochs=5):",
        "        for epoch in range(epochs):",
        "            for x, y, lengths in data:",
        "                criterion(self(x), y).backward()",
        "                optimizer.step()",
    ]


CELLS = "{'rnn': nn.RNN, 'gru': nn.GRU, 'lstm': nn.LSTM}"


def _recurrent(o: Choice) -> str:
    if o["cells"] == "three classes":
        cell = "Cell" if o["networks"] == "cells" else ""
        return "\n\n".join(_network(o, f"{name}Classifier", f"nn.{name}{cell}") for name in ("RNN", "GRU", "LSTM"))
    return _network(o, "RecurrentModel", "")


def _loop(o: Choice, name: str, cell: str) -> str:
    """The same with torch's cells in a loop of its own."""
    parameter, lines, vectors = _embedded(o)
    made = {
        "string": f"{CELLS.replace(',', 'Cell,').replace('}', 'Cell}')}[cell]",
        "class": "cell_class",
        "args": "{'rnn': nn.RNNCell, 'gru': nn.GRUCell, 'lstm': nn.LSTMCell}[args['cell']]",
    }.get(o["cells"], cell)
    asked = {"string": "cell='rnn'", "class": "cell_class=nn.RNNCell", "args": "args"}.get(o["cells"], "")
    given = "".join(f", {each}" for each in (parameter, asked) if each)
    lengths = ", lengths" if o["call"] == "lengths" else ""
    last = "states[-1]" if o["state"] == "unpacked" else "states[lengths - 1, torch.arange(len(lengths))]"
    return "\n".join([
        f"class {name}(nn.Module):",
        f"    def __init__(self{given}):",
        "        super().__init__()",
        *lines,
        f"        cls = {made}",
        "        self.first, self.second = cls(300, 150), cls(150, 150)",
        *_head(o, "150", "150", 2),
        "",
        f"    def forward(self, x{lengths}):",
        f"        v = {vectors}",
        "        a, b, states = None, None, []",
        f"        for step in v.unbind({0 if o['time'] == 'time first' else 1}):",
        "            a = self.first(step, a)",
        "            b = self.second(a[0] if isinstance(a, tuple) else a, b)",
        "            states.append(b[0] if isinstance(b, tuple) else b)",
        "        states = torch.stack(states)",
        f"        last = {last}",
        *_headed(o, "last", 2),
        *_own_train(o),
        "",
    ])  # fmt: skip


def _network(o: Choice, name: str, cell: str) -> str:
    if o["networks"] == "cells":
        return _loop(o, name, cell)
    parameter, lines, vectors = _embedded(o)
    args = o["cells"] == "args"
    sizes = ["hidden_size=150", "num_layers=2", "bidirectional=False", "dropout=0.0"] if o["sizes"] == "given" else []
    more = [parameter, {"string": "cell='rnn'", "class": "rnn_class=nn.RNN", "args": "args"}.get(o["cells"], "")]
    given = "".join(f", {each}" for each in [*more, *([] if args else sizes)] if each)
    made = {"string": f"{CELLS}[cell]", "class": "rnn_class", "args": f"{CELLS}[args['cell']]"}.get(o["cells"], cell)
    first = ", batch_first=True" if o["time"] == "batch first" else ""
    options = ", bidirectional=bidirectional, dropout=dropout" if sizes and not args else ""
    layers = "num_layers" if sizes and not args else "2"
    hidden = "hidden_size" if sizes and not args else "args['hidden_dim']" if args else "150"
    body = [f"        cls = {made}"]
    if o["networks"] == "one":
        body.append(f"        self.rnn = cls(300, {hidden}, {layers}{first}{options})")
    else:
        deep = "2" if o["networks"] == "two of two" else "1"
        body += [
            f"        self.rnn1 = cls(300, {hidden}, {deep}{first}{options.replace(', dropout=dropout', '')})",
            f"        self.rnn2 = cls({hidden}{' * (1 + bidirectional)' if options else ''}, {hidden}, {deep}{first}"
            f"{options.replace(', dropout=dropout', '')})",
        ]
    wide = f"{hidden} * (1 + bidirectional)" if options else hidden
    lengths = ", lengths" if o["call"] == "lengths" else ""
    steps = [f"        v = {vectors}"]
    if o["time"] == "transposed":
        steps.append("        v = v.transpose(0, 1)")
    if o["state"] == "packed":
        steps.append(f"        v = pack_padded_sequence(v, lengths, enforce_sorted=False{first})")
    if o["networks"] == "one":
        steps.append("        _, state = self.rnn(v)")
    else:
        steps += ["        v, _ = self.rnn1(v)", "        _, state = self.rnn2(v)"]
    steps.append("        h = state[0] if isinstance(state, tuple) else state")
    last = "torch.cat([h[-2], h[-1]], dim=1) if bidirectional else h[-1]".replace("bidirectional", "self.both")
    steps.append(f"        last = {last if options else 'h[-1]'}")
    return "\n".join([
        f"class {name}(nn.Module):",
        f"    def __init__(self{given}):",
        "        super().__init__()",
        *(["        self.both = bidirectional"] if options else []),
        *lines,
        *body,
        *_head(o, wide, hidden, 2),
        "",
        f"    def forward(self, x{lengths}):",
        *steps,
        *_headed(o, "last", 2),
        *_own_train(o),
        "",
    ])  # fmt: skip


def _main(o: Choice) -> str:
    lines = [
        "train_dataset = NLPDataset('data/sst_train_raw.csv')",
        "embedding_layer = load_embeddings(train_dataset.text_vocab, 'data/sst_glove_6b_300d.txt')",
        "model = Baseline(embedding_layer)",
        "tablica = pd.read_csv('data/sst_train_raw.csv')",
        "for epoch in range(5):",
        "    print(epoch)",
    ]
    if o["layout"] == "read at import":
        return "\n".join([*lines, ""])
    return "\n".join(["if __name__ == '__main__':", *(f"    {each}" for each in lines), ""])


IMPORTS = {
    "torch.": "import torch",
    "nn.": "from torch import nn",
    "Dataset)": "from torch.utils.data import Dataset",
    "pad_sequence(": "from torch.nn.utils.rnn import pad_sequence",
    "pack_padded_sequence(": "from torch.nn.utils.rnn import pack_padded_sequence",
    "@dataclass": "from dataclasses import dataclass",
    "pd.": "import pandas as pd",
}


def _file(body: str, *local: str) -> str:
    return "\n".join([*(text for word, text in IMPORTS.items() if word in body), *local, "", "", body])


def _laid_out(o: Choice) -> dict[str, str]:
    data = "\n\n".join((_vocab(o), _data(o), _collate(o)))
    vectors, baseline, recurrent, main = _vectors(o), _baseline(o), _recurrent(o), _main(o)
    layout = o["layout"]
    if layout == "one file":
        return {"lab3.py": _file("\n\n".join((data, vectors, baseline, recurrent, main)))}
    if layout == "notebook":
        cells = [_file(each) for each in (data, vectors, baseline, recurrent, main)]
        return {"lab3.ipynb": notebook(["%load_ext autoreload", *cells])}
    if layout == "tasks":
        names = "from Zadatak1 import embedding_layer" if o["given"] == "global" else "from Zadatak1 import Vocab"
        return {
            "Zadatak1.py": _file("\n\n".join((data, vectors, main))),
            "Zadatak2.py": _file(baseline, names),
            "Zadatak3.py": _file(recurrent, names),
        }
    files = {
        "data.py": _file(data),
        "vectors.py": _file(vectors, "from data import Vocab"),
        "baseline.py": _file(baseline),
        "rnn.py": _file(recurrent),
        "train.py": _file(main, "from data import *", "from vectors import *"),
    }
    if layout == "root":
        return {f"3_lab/{name}": text for name, text in files.items()} | {
            "4_lab/model.py": OTHER_LAB, "2_lab/nered.py": "print 'Python 2'\n",
        }  # fmt: skip
    return files


OTHER_LAB = """\
from torch import nn


class SimpleMetricEmbedding(nn.Module):
    def __init__(self, input_channels, emb_size=32):
        super().__init__()
        self.conv = nn.Conv2d(input_channels, emb_size, 3)

    def get_features(self, img):
        return self.conv(img).mean(dim=(2, 3))
"""
