"""Lab 3 with its source edited in one place: the breakages and harmless changes of the review, and what must notice."""

from __future__ import annotations

from typing import NamedTuple

from tests.broken.sources import Edit


class Mutant(NamedTuple):
    """An edited lab, and what its proofs must say.

    Attributes:
        edits: what is changed.
        red: the questions that ask about it, whose proof must not stand.
        near: for a harmless change, the questions that look closest; their proofs must stand.
    """

    edits: tuple[Edit, ...]
    red: str = ""
    near: str = ""


def one(file: str, old: str, new: str, red: str = "", near: str = "") -> Mutant:
    """A lab with one edit."""
    return Mutant((Edit(file, old, new),), red, near)


PLAIN = 'return torch.tanh(self.from_state("h", h) + self.from_input("h", x))'
CANDIDATE = 'n = torch.tanh(self.from_input("n", x) + r * self.from_state("n", h))'
OUTPUT = "        c = f * c + i * g\n        return o * torch.tanh(c), c"
GATES = "torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)"
PADDED = "padded = pad_sequence(list(texts), batch_first=True, padding_value=pad_index)"
LENGTHS = "lengths = torch.tensor([len(text) for text in texts])"
TRAIN_VOCAB = 'train = NLPDataset.from_file(split_path(folder, "train"), max_size=max_size, min_freq=min_freq)'
BOTH_VOCAB = """\
both = [each for name in ("train", "valid") for each in read_instances(split_path(folder, name))]
    vocab = Vocab(token_frequencies(both), max_size=max_size, min_freq=min_freq)
    train = NLPDataset.from_file(split_path(folder, "train"), vocab)"""
TIED = """\
        if input_size == output_size:
            p = self.parameters
            self.parameters = Parameters(p.W_xh, p.W_hh, p.b_h, p.W_xh.T, p.b_y)

    def step("""
BY_HAND = """\
    gradients = [p.grad for p in parameters if p.grad is not None]
    norm = torch.stack([g.norm() for g in gradients]).norm()
    for gradient in gradients:
        gradient.mul_(min(1.0, max_norm / (float(norm) + 1e-6)))
    return norm"""

LISTED: dict[str, Mutant] = {
    # cells
    "C1 hardtanh": one("cells.py", PLAIN, PLAIN.replace("torch.tanh", "nn.functional.hardtanh"), "q28 q33 q48 q52"),
    "C2 residual": one("cells.py", PLAIN, f"{PLAIN} + h", "q33 q48 q52"),
    "C3 reset inside": one(
        "cells.py", CANDIDATE, CANDIDATE.replace('r * self.from_state("n", h)', 'self.from_state("n", r * h)'), "q45"
    ),
    "C4 GRU's candidate by sigmoid": one("cells.py", CANDIDATE, CANDIDATE.replace("tanh", "sigmoid"), "q45"),
    "C5 n + z h": one("cells.py", "return (1 - z) * n + z * h", "return n + z * h", "q45"),
    "C6 forget bias": one("cells.py", GATES, GATES.replace("sigmoid(f)", "sigmoid(f + 1)"), "q40 q52 q57"),
    "C7 LSTM's candidate by sigmoid": one("cells.py", GATES, GATES.replace("tanh(g)", "sigmoid(g)"), "q40 q52 q57"),
    "C8 h of the old c": one("cells.py", OUTPUT, "        return o * torch.tanh(c), f * c + i * g", "q40"),
    "C9 c cut off": one("cells.py", OUTPUT, OUTPUT.replace("f * c", "f * c.detach()"), "q52"),
    "C10 c clamped": one(
        "cells.py", OUTPUT, OUTPUT.replace("f * c + i * g", "(f * c + i * g).clamp(-1, 1)"), "q40 q52 q57"
    ),
    "C11 smaller weights": one("cells.py", "hidden_size**-0.5", "hidden_size**-1.0", near="q45 q52"),
    "C12 read backwards": one("cells.py", "for x in inputs:", "for x in inputs.flip(0):", "q48"),
    # vocabulary
    "V1 ties reversed": one(
        "vocab.py", "kept = sorted(kept, key", "kept = sorted(reversed(kept), key", near="q38 q42 q61"
    ),
    "V2 by rising frequency": one(
        "vocab.py", ", key=frequencies.__getitem__, reverse=True", ", key=frequencies.__getitem__", "q38"
    ),
    "V3 min_freq off by one": one("vocab.py", "count >= min_freq", "count > min_freq", "q42"),
    "V4 unknown as <PAD>": one("vocab.py", "self.stoi[UNK] if UNK", "self.stoi[PAD] if UNK", "q42 q44"),
    "V5 unknown dropped": one(
        "vocab.py",
        "self._index(token) for token in tokens]",
        "self._index(t) for t in tokens if t in self.stoi]",
        "q42",
    ),
    "V6 min_freq hits specials": Mutant(
        (
            Edit("vocab.py", "words = [*specials, *kept]", "words = [*(s for s in specials if min_freq < 2), *kept]"),
            Edit("vocab.py", "self.stoi[UNK] if UNK", "self.stoi.get(UNK) if UNK"),
        ),
        "q38",
    ),
    "V7 validation's words too": one("dataset.py", TRAIN_VOCAB, BOTH_VOCAB, "q42"),
    # batches
    "P1 padding in front": one(
        "collate.py",
        PADDED,
        "padded = pad_sequence([t.flip(0) for t in texts], batch_first=True, padding_value=pad_index).flip(1)",
        "q44 q46 q51 q60",
    ),
    "P2 lengths one too small": one(
        "collate.py", LENGTHS, LENGTHS.replace("len(text)", "max(1, len(text) - 1)"), "q46 q51"
    ),
    "P3 lengths of the padded batch": one(
        "collate.py", LENGTHS, "lengths = torch.tensor([max(map(len, texts)) for text in texts])", "q44 q46 q51"
    ),
    "P4 padded with <UNK>": one("collate.py", PADDED, PADDED.replace("=pad_index", "=1"), "q42 q44 q60"),
    "P5 texts sorted, labels not": one(
        "collate.py",
        "texts, labels = zip(*batch, strict=True)",
        "texts, labels = zip(*batch, strict=True)\n    texts = sorted(texts, key=len, reverse=True)",
        "q44 q60",
    ),
    "P6 mask one step too long": one("collate.py", "< lengths.unsqueeze(1)", "<= lengths.unsqueeze(1)", "q44 q46"),
    # the lab's own run
    "X3 hidden size capped": one(
        "numpy_rnn.py",
        "        self.hidden_size = hidden_size",
        "        self.hidden_size = hidden_size = min(hidden_size, 64)",
        "q36 q54",
    ),
    "X4 trained with SGD": one(
        "experiment.py",
        "optimizer = make_optimizer(model, config)",
        "optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=config.learning_rate)",
        "q31",
    ),
    "X5 trained with squared error": one(
        "experiment.py",
        "criterion = make_criterion()",
        "criterion = lambda z, y: (z.sigmoid() - y).square().mean()",
        "q29",
    ),
    "X6 epochs are the seed": one("config.py", '"broj epoha": ("epochs",)', '"broj epoha": ("seed",)', "q49"),
    "X7 dropout without effect": one("model.py", "        config.dropout,", "        0.0,", "q49"),
    "X8 never clips": one(
        "training.py", "        clip_gradients(model.parameters(), clip)", "        float(clip)", "q43"
    ),
    "X10 W_hy tied to W_xh": one("numpy_rnn.py", "\n    def step(", "\n" + TIED, "q36"),
    "X15 cells from N(0, 1/H)": one("cells.py", ".uniform_(-bound, bound)", ".normal_(0, bound)", near="q45 q48 q52"),
    "X16 baseline with two sizes": Mutant(
        (
            Edit(
                "baseline.py", "self.fc2 = nn.Linear(hidden_size, hidden_size)", "self.fc2 = nn.Linear(hidden_size, 64)"
            ),
            Edit("baseline.py", "self.fc3 = nn.Linear(hidden_size, 1)", "self.fc3 = nn.Linear(64, 1)"),
        ),
        near="q34 q46 q53",
    ),
    "X17 clipped by hand": one(
        "training.py", "    return nn.utils.clip_grad_norm_(parameters, max_norm)", BY_HAND, near="q43 q52 q63"
    ),
}
"""By the review's name; ``red`` is what it asked for, and grows by consequences only."""
