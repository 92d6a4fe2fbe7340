"""Folders of a student made of the broken labs of tests/broken, and which questions must notice each."""

from __future__ import annotations

from pathlib import Path

import yaml

from quizlab.own.general import is_general
from tests.own.looking import look, questions

COVERAGE_FILES = Path(__file__).parents[1] / "coverage"

LAB4 = """\
import tests.broken.lab4 as broken

lab = broken.BROKEN[{name!r}]


class BatchNormConvReLU(lab.BatchNormConvReLU):
    pass


class SimpleMetricEmbedding(lab.SimpleMetricEmbedding):
    def loss(self, anchor, positive, negative):
        features = [self.get_features(each) for each in (anchor, positive, negative)]
        return lab.TripletMarginLoss(margin=self.margin)(*features)


class IdentityModel(lab.IdentityModel):
    pass


class MNISTMetricDataset(lab.MNISTMetricDataset):
    pass


def train(model, optimizer, loader, device="cpu"):
    return lab.train(model, optimizer, loader, device)


def compute_representations(model, loader, identities_count, emb_size, device="cpu"):
    return lab.compute_representations(model, loader, identities_count, emb_size, device)


def make_predictions(representations, r):
    return lab.make_predictions(representations, r)


def evaluate(model, representations, loader, device="cpu"):
    return lab.evaluate(model, representations, loader, device)
"""

LAB3 = """\
import tests.broken.lab3 as broken

lab = broken.BROKEN[{name!r}]


def pad_collate_fn(batch, pad_index=0):
    return lab.pad_collate_fn(batch, pad_index)


def embedding_matrix(vocab, size=300):
    return lab.embedding_matrix(vocab, size)


def Baseline(embedding, hidden_size=150):
    return lab.Baseline(embedding, hidden_size)


def RecurrentClassifier(embedding, cell, hidden_size=150, num_layers=2, bidirectional=False):
    more = {{"bidirectional": True}} if bidirectional else {{}}
    return lab.RecurrentClassifier(embedding, cell, hidden_size, num_layers, **more)


def Vocab(frequencies, max_size=-1, min_freq=0):
    return lab.Vocab(frequencies, max_size=max_size, min_freq=min_freq)
"""

COVERAGE = {
    lab: yaml.safe_load((COVERAGE_FILES / f"{lab}.yaml").read_text(encoding="utf-8")) for lab in ("lab3", "lab4")
}
BESIDE = {
    "batch of one squeezed": {"q14"},  # its class means come out right from batches of more, as a student's may be
    "identity keeps rows": {"q14"},  # it asks about SimpleMetricEmbedding; the bank measures the identity beside it
    "positives in a list": {"q64"},  # the item is the same; a student's sampling is q5, q8, q11 and q17
    "packing forgotten": {"q44"},  # it asks what <PAD> is for, and batches are filled up with it as before
    "padding counted in the mean": {"q44"},  # the same
    "padding's embedding not zero": {"q44", "q61"},  # the same, and q61 counts rows: the cause pad-row says it
    "probabilities instead of logits": {"q46"},  # order and equal words are what it asks; the output is q51
    "specials swapped": {"q42"},  # it asks when a word is unknown, and that is as before
    "NumPy: without tanh": {"q28"},  # no student writes that network
    "sigmoid in the plain RNN": {"q28"},  # nor the cells: a student's classifier is torch's
    "ReLU in the plain RNN": {"q28"},
    "one direction only": {"q51"},  # no student's model is asked for both ways there; q62 asks
    "no unknown token": {"q46"},  # the corpus of its twins is numbered by our vocabulary
    "RNN of a bag of words": {"q34", "q53"},  # they ask about the baseline; q46 and q51 notice
}
"""What notices a breakage of our lab through something else than what is asked: of a student's it says nothing."""


def expected(lab: str, name: str) -> set[str]:
    """The questions that notice a breakage, by the coverage, without those that no student's code changes."""
    general = {each.id for each in every(lab) if is_general(each)}
    red = {one for one, entry in COVERAGE[lab].items() if name in entry["red"]}
    return red - general - BESIDE.get(name, set())


def every(lab: str):  # type: ignore[no-untyped-def]
    return questions(lab, *COVERAGE[lab])


def noticed(lab: str, name: str, folder: Path) -> dict[str, str]:
    """The questions that differ in a folder made of a broken lab."""
    text = LAB4 if lab == "lab4" else LAB3
    (folder / f"quizlab_{lab}.py").write_text(text.format(name=name), encoding="utf-8")
    found = look(folder, lab, folder)
    return found.of("differs") | found.of("unchecked")
