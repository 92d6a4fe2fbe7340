"""Traps: ways in which one may be wrong about a student's code, each with the smallest code that sets it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from quizlab.hooks.owned import MissingPartError
from quizlab.own.finding import definitions
from quizlab.own.loader import Loader
from quizlab.own.opening import open_lab
from quizlab.own.reading import read
from quizlab.own.standins import Anything, Bar, StandInError
from tests.own.looking import look, questions

VOCAB = """\
class Vocab:
    def __init__(self, frequencies, max_size=-1, min_freq=0, special_symbols=True):
        tokens = ['<PAD>', '<UNK>'] if special_symbols else []
        self.itos = tokens + [w for w, n in {pairs} if n >= min_freq]
        self.stoi = {{w: i for i, w in enumerate(self.itos)}}
{more}"""
SORTED = "sorted(frequencies.items(), key=lambda pair: -pair[1])"


def opened(folder: Path, lab: str, **files: str) -> Any:
    """The lab that these files are."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return open_lab(folder, lab, (), folder).lab


def test_no_method_is_asked_because_its_name_sounds_right(tmp_path: Path) -> None:
    more = "    def make_stoi(self):\n        self.stoi.clear()\n        return self.stoi\n"
    lab = opened(tmp_path, "lab3", data=VOCAB.format(pairs=SORTED, more=more))
    vocab = lab.Vocab(Counter(list("baa")))
    assert vocab.stoi == {"<PAD>": 0, "<UNK>": 1, "a": 2, "b": 3}
    assert vocab.raw.stoi == vocab.stoi


def test_frequencies_are_handed_over_sorted_to_a_class_that_does_not_sort(tmp_path: Path) -> None:
    lab = opened(tmp_path, "lab3", data=VOCAB.format(pairs="frequencies.items()", more=""))
    assert lab.Vocab(Counter(list("baa"))).itos == ["<PAD>", "<UNK>", "a", "b"]


def test_two_words_lost_are_not_hidden_by_special_tokens_handed_over(tmp_path: Path) -> None:
    lab = opened(tmp_path, "lab3", data=VOCAB.format(pairs=f"{SORTED}[2:]", more=""))
    assert lab.Vocab(Counter(list("cbaaab"))).itos == ["<PAD>", "<UNK>", "c"]


def test_a_special_token_that_is_not_there_is_not_handed_over(tmp_path: Path) -> None:
    text = VOCAB.format(pairs=SORTED, more="").replace("['<PAD>', '<UNK>']", "['<PAD>']")
    assert opened(tmp_path, "lab3", data=text).Vocab(Counter(list("baa"))).itos == ["<PAD>", "a", "b"]


def test_labels_are_built_as_labels_and_only_where_the_class_builds_them(tmp_path: Path) -> None:
    assert opened(tmp_path, "lab3", data=VOCAB.format(pairs=SORTED, more="")).make_label_vocab().itos == [
        "positive",
        "negative",
    ]
    text = (
        VOCAB.format(pairs=SORTED, more="")
        .replace(", special_symbols=True", "")
        .replace(" if special_symbols else []", "")
    )
    other = tmp_path / "other"
    other.mkdir()
    assert list(opened(other, "lab3", data=text).make_label_vocab().itos) == ["positive", "negative"]  # ours
    same = tmp_path / "same"
    same.mkdir()
    made = opened(
        same, "lab3", data=f"{text}\n\ndef main(labels):\n    label_vocab = Vocab(labels)\n"
    ).make_label_vocab()
    assert made.itos[:2] == ["<PAD>", "<UNK>"]


def test_a_class_without_length_is_not_given_one(tmp_path: Path) -> None:
    lab = opened(tmp_path, "lab3", data=VOCAB.format(pairs=SORTED, more=""))
    assert not hasattr(lab.part("vocab"), "__len__")


NETWORK = """\
import torch
from torch import nn


class Mreza(nn.Module):
    def __init__(self, embedding):
        super().__init__()
        self.embedding = embedding
        self.rnn = nn.{cell}(300, 150, 2, batch_first=True)
        self.fc = nn.Linear(150, 1)

    def forward(self, x):
        out, _ = self.rnn(self.embedding(x))
        return self.fc(out[:, -1])
"""


def embedding(rows: int = 5) -> Any:
    from torch import nn

    return nn.Embedding(rows, 300, padding_idx=0)


def test_an_lstm_is_not_taken_for_the_missing_plain_network(tmp_path: Path) -> None:
    lab = opened(tmp_path, "lab3", mreza=NETWORK.format(cell="LSTM"))
    assert lab.RecurrentClassifier(embedding(), "lstm") is not None
    with pytest.raises(MissingPartError, match="rnn"):
        lab.RecurrentClassifier(embedding(), "rnn")


def test_two_models_with_one_global_embedding_each_see_their_own(tmp_path: Path) -> None:
    import torch

    text = NETWORK.format(cell="RNN").replace("self.embedding(x)", "sloj_embedding(x)").replace("embedding):", "):")
    text = text.replace("(self, )", "(self)").replace("        self.embedding = embedding\n", "")
    lab = opened(tmp_path, "lab3", mreza=text)
    one, other = embedding(), embedding()
    first, second = lab.RecurrentClassifier(one, "rnn"), lab.RecurrentClassifier(other, "rnn")
    second.load_state_dict(first.state_dict())
    texts, lengths = torch.tensor([[1, 2, 3]]), torch.tensor([3])
    before = first(texts, lengths)
    assert not torch.equal(second(texts, lengths), before)
    assert torch.equal(first(texts, lengths), before)


def test_a_stand_in_neither_loops_nor_computes() -> None:
    torch = pytest.importorskip("torch")
    assert list(Bar([1, 2])) == [1, 2]
    table = Anything("pandas")
    for use in (iter, len, bool, float):
        with pytest.raises(StandInError, match="pandas"):
            use(table.read_csv("podaci.csv"))
    with pytest.raises(StandInError, match="einops"):
        Anything("einops").rearrange(torch.ones(2))


def test_a_students_module_is_seen_by_the_students_modules_only(tmp_path: Path) -> None:
    import sys

    (tmp_path / "utils.py").write_text("moje = 1\n", encoding="utf-8")
    (tmp_path / "model.py").write_text("import json\nfrom utils import moje\nimport random\n", encoding="utf-8")
    (tmp_path / "random.py").write_text("moje = 2\n", encoding="utf-8")
    found = read(tmp_path)
    loader = Loader(found)
    module = loader.load(next(each for each in found.sources if each.shown == "model.py"))
    assert module.moje == 1
    assert "utils" not in sys.modules
    assert module.random is sys.modules["random"]
    loader.unload()


def test_nothing_at_the_top_runs(tmp_path: Path) -> None:
    (tmp_path / "lab.py").write_text(
        "import os, sys\nprint('ispis')\nopen('trag', 'w')\nsys.exit(3)\nN = 4\nfor i in range(3):\n    N += 1\n"
        "podaci = open('nema.csv').read()\nif __name__ == '__main__':\n    emb_size = 32\n    os.mkdir('mapa')\n"
        "def f(x=podaci):\n    return N\n",
        encoding="utf-8",
    )
    found = read(tmp_path)
    module = Loader(found).load(found.sources[0])
    assert (module.N, module.emb_size, module.f()) == (4, 32, 4)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["lab.py", "spremljeno"]


def test_a_package_that_computes_is_asked_for_by_name(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(
        "from nepostojeci_paket import rearrange\nfrom torch import nn\n\n\nclass IdentityModel(nn.Module):\n"
        "    def get_features(self, img):\n        return rearrange(img, 'b c h w -> b (c h w)')\n",
        encoding="utf-8",
    )
    found = look(tmp_path, "lab4", tmp_path, questions("lab4", "q15"))
    assert [(each.what, each.detail) for each in found.loaded.troubles] == [("package", "nepostojeci_paket")]
    assert found.loaded.troubles[0].line == 1
    assert found.judged["q15"].outcome == "unchecked"
    assert "nepostojeci_paket" in found.judged["q15"].why


def test_a_file_with_a_fault_of_syntax_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "vocab.py").write_text(
        "class Vocab:\n    def __init__(self):\n\n    def encode(self):\n", encoding="utf-8"
    )
    (tmp_path / "model.py").write_text("class Baseline:\n    pass\n", encoding="utf-8")
    found = read(tmp_path)
    assert [each.name for source in found.sources for each in definitions(source)] == ["Baseline"]
    assert [(each.what, each.file, each.line) for each in found.troubles] == [("syntax", "vocab.py", 4)]


def test_a_baseline_that_is_a_chain_of_layers_in_the_program_is_found(tmp_path: Path) -> None:
    (tmp_path / "zadatak2.py").write_text(
        "import torch\nfrom torch import nn\n\n\nclass Prosjek(nn.Module):\n    def forward(self, x):\n"
        "        return x.mean(dim=1)\n\n\ndef main(vokabular):\n    emb = torch.load('vektori.pt')\n"
        "    mreza = nn.Sequential(\n        nn.Embedding.from_pretrained(emb), Prosjek(), nn.Linear(300, 150),\n"
        "        nn.ReLU(), nn.Linear(150, 150), nn.ReLU(), nn.Linear(150, 1))\n",
        encoding="utf-8",
    )
    found = look(tmp_path, "lab3", tmp_path, questions("lab3", "q34", "q46"))
    (place,) = found.loaded.places
    assert (place.part, place.name, place.line) == ("baseline", "mreza", 12)
    assert found.judged["q34"].outcome == "agrees"
    assert [cause.id for cause in found.causes] == ["padding-in-mean"]
