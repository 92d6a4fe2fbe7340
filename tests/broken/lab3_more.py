"""More labs 3 with an edited source, of other kinds than the review's; what must notice was written before running."""

from __future__ import annotations

from tests.broken.lab3_listed import CANDIDATE, GATES, PADDED, Mutant, one
from tests.broken.sources import Edit

CLIPPED = """\
        # After backward and before the step: only there does the gradient that the step uses exist.
        clip_gradients(model.parameters(), clip)
        optimizer.step()"""
BACKWARD = "        loss.backward()  # type: ignore[no-untyped-call]\n"
TRAINED = "criterion, clip=config.clip, device=device"
ADAM = "return torch.optim.Adam(trainable, lr=config.learning_rate)"
LOSS = "loss = criterion(logits, labels.to(device, logits.dtype))"
POOLED = "return vectors.masked_fill(~mask, 0.0).sum(dim=1) / lengths.unsqueeze(1)"
HEAD = "logits: Tensor = self.fc2(self.fc1(pooled).relu())\n        return logits"
RUN = "for number in range(1, config.epochs + 1):"
WITH_C = """\
        if isinstance(self.rnn, nn.LSTM):
            packed = pack_padded_sequence(self.embedding(texts.T), lengths.cpu(), enforce_sorted=False)
            pooled = self.rnn(packed)[1][1][-1]
        logits: Tensor = self.fc2(self.fc1(pooled).relu())
        return logits"""
HAND_ADAM = """\
class HandAdam:
    def __init__(self, parameters, lr):
        self.parameters, self.lr, self.t = list(parameters), lr, 0
        self.m = [torch.zeros_like(p) for p in self.parameters]
        self.v = [torch.zeros_like(p) for p in self.parameters]

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None

    @torch.no_grad()
    def step(self):
        self.t += 1
        for p, m, v in zip(self.parameters, self.m, self.v):
            m.mul_(0.9).add_(0.1 * p.grad)
            v.mul_(0.999).add_(0.001 * p.grad**2)
            p -= self.lr * (m / (1 - 0.9**self.t)) / ((v / (1 - 0.999**self.t)).sqrt() + 1e-8)


@torch.no_grad()
def evaluate("""
STEP = """\
        i, f, g, o = self.gate_values(x, h)
        # The direct path from c to c' is this one product with f: no matrix, no tanh.
        c = f * c + i * g
        return o * torch.tanh(c), c

    def gate_values"""
INLINE_LSTM = """\
        i, f, o = (torch.sigmoid(self.from_input(g, x) + self.from_state(g, h)) for g in "ifo")
        c = f * c + i * torch.tanh(self.from_input("g", x) + self.from_state("g", h))
        return o * torch.tanh(c), c

    def not_used"""

MORE: dict[str, Mutant] = {
    # padding and lengths
    "texts cut to ten words": one(
        "collate.py",
        "texts, labels = zip(*batch, strict=True)",
        "texts, labels = zip(*((t[:10], y) for t, y in batch), strict=True)",
        "q44",
    ),
    "loader pads with <UNK>": one(
        "experiment.py", "collate_fn=pad_collate_fn", "collate_fn=lambda batch: pad_collate_fn(batch, 1)", "q44"
    ),
    "a word more at the end of a text": one(
        "dataset.py", "self.text_vocab.encode(instance.text)", 'self.text_vocab.encode((*instance.text, "</s>"))', "q42"
    ),
    "padding of one more column": one(
        "collate.py",
        PADDED,
        PADDED + "\n    padded = torch.nn.functional.pad(padded, (0, 1), value=pad_index)",
        "q44 q60",
    ),
    # the model that the run makes
    "attention in every run": one("model.py", "attention=config.attention", "attention=True", "q48 q51"),
    "both ways in every run": one("model.py", "bidirectional=config.bidirectional", "bidirectional=True", "q51"),
    "hidden state of 100": one("config.py", "hidden_size: int = 150", "hidden_size: int = 100", "q39 q51"),
    "logit through tanh": one("recurrent.py", HEAD, HEAD.replace("return logits", "return logits.tanh()"), "q51"),
    "GELU in the head": one(
        "recurrent.py", HEAD, HEAD.replace("self.fc1(pooled).relu()", "nn.functional.gelu(self.fc1(pooled))"), "q51"
    ),
    "cell state to the head": one("recurrent.py", "        " + HEAD, WITH_C, "q51"),
    "ReLU in the run's RNN": one(
        "recurrent.py",
        "        output_size = 2 *",
        '        self.rnn.nonlinearity = "relu"\n        self.rnn.mode = "RNN_RELU" if cell == "rnn" else '
        "self.rnn.mode\n        output_size = 2 *",
        "q28",
    ),
    # clipping
    "clipped after the step": one(
        "training.py", CLIPPED, "        optimizer.step()\n        clip_gradients(model.parameters(), clip)", "q43"
    ),
    "clipped before backward": Mutant(
        (
            Edit("training.py", CLIPPED, "        optimizer.step()"),
            Edit("training.py", BACKWARD, "        clip_gradients(model.parameters(), clip)\n" + BACKWARD),
        ),
        "q43",
    ),
    "the run does not clip": one("experiment.py", TRAINED, TRAINED.replace("config.clip", 'float("inf")'), "q43"),
    "each tensor clipped alone": one(
        "training.py",
        "    return nn.utils.clip_grad_norm_(parameters, max_norm)",
        "    return max(nn.utils.clip_grad_norm_([p], max_norm) for p in parameters)",
        "q43",
    ),
    "clipped by the largest component": one(
        "training.py",
        "clip_grad_norm_(parameters, max_norm)",
        'clip_grad_norm_(parameters, max_norm, norm_type=float("inf"))',
        "q43 q52 q63",
    ),
    "limit of 5": one("config.py", "clip: float = 0.25", "clip: float = 5.0", "q43"),
    # the optimiser
    "other betas": one(
        "training.py", ADAM, ADAM.replace("config.learning_rate)", "config.learning_rate, betas=(0.5, 0.99))"), "q31"
    ),
    "the run's rate is tenfold": one(
        "experiment.py",
        "make_optimizer(model, config)",
        "make_optimizer(model, config)\n    optimizer.param_groups[0]['lr'] *= 10",
        "q31",
    ),
    "weights decay": one(
        "training.py", ADAM, ADAM.replace("config.learning_rate)", "config.learning_rate, weight_decay=0.1)"), "q31"
    ),
    "rate of 1e-3": one("config.py", "learning_rate: float = 1e-4", "learning_rate: float = 1e-3", "q31"),
    # the criterion
    "one class weighs thrice": one(
        "training.py",
        "return nn.BCEWithLogitsLoss()",
        "return nn.BCEWithLogitsLoss(pos_weight=torch.tensor(3.0))",
        "q29 q56 q65",
    ),
    "labels smoothed": one(
        "training.py", LOSS, "loss = criterion(logits, 0.9 * labels.to(device, logits.dtype) + 0.05)", "q29"
    ),
    "logarithm of the sigmoid": one(
        "training.py",
        "return nn.BCEWithLogitsLoss()",
        "return lambda z, y: nn.functional.binary_cross_entropy(z.sigmoid(), y)",
        "q56",
    ),
    "training sums the loss": one("training.py", LOSS, LOSS + " * len(labels)", "q47"),
    "training takes probabilities": one(
        "training.py", LOSS, LOSS.replace("(logits,", "(logits.sigmoid(),"), "q29 q47 q56"
    ),
    # embeddings
    "padding's row learns": one("embedding.py", ", padding_idx=PAD_INDEX", "", "q44"),
    "a row too many": one("embedding.py", "torch.randn(len(vocab), size", "torch.randn(len(vocab) + 1, size", "q61"),
    # vocabulary
    "the file's min_freq ignored": one(
        "dataset.py",
        "max_size=max_size, min_freq=min_freq)\n        return",
        "max_size=max_size)\n        return",
        "q42",
    ),
    "specials beside the limit": one("vocab.py", "words[:max_size])", "words[: max_size + len(specials)])", "q42"),
    "labels have <UNK>": one(
        "vocab.py", "dict.fromkeys(LABELS, 1), specials=()", "dict.fromkeys(LABELS, 1), specials=(UNK,)", "q38"
    ),
    # cells
    "peephole": one(
        "cells.py",
        "i, f, g, o = self.gate_values(x, h)",
        "i, f, g, o = self.gate_values(x, h)\n        i = torch.sigmoid(torch.logit(i) + c)",
        "q40 q52 q57",
    ),
    "old state through tanh": one(
        "cells.py", "return (1 - z) * n + z * h", "return (1 - z) * n + z * torch.tanh(h)", "q45"
    ),
    "candidate without tanh": one("cells.py", GATES, GATES.replace("torch.tanh(g)", "g"), "q40 q52 q57"),
    "GRU resets after the bias": one(
        "cells.py", CANDIDATE, 'n = torch.tanh(r * (self.from_input("n", x) + self.from_state("n", h)))', "q45"
    ),
    "state cut off between steps": one(
        "cells.py",
        "state = cell(x, state)",
        "state = cell(x, state.detach() if isinstance(state, Tensor) else state)",
        "q48",
    ),
    # baseline
    "maximum for the mean": one(
        "baseline.py", POOLED, 'return vectors.masked_fill(~mask, float("-inf")).amax(dim=1)', "q34 q46 q53"
    ),
    "sum for the mean": one("baseline.py", POOLED, "return vectors.masked_fill(~mask, 0.0).sum(dim=1)", "q34 q46 q53"),
    "later words weigh more": one(
        "baseline.py",
        POOLED,
        "mask = mask * mask.cumsum(dim=1)\n    return (vectors * mask).sum(dim=1) / mask.sum(dim=1)",
        "q34 q46 q53",
    ),
    "the run's baseline is recurrent": one(
        "model.py",
        "return Baseline(embedding, config.hidden_size)",
        'return RecurrentClassifier(embedding, "rnn", config.hidden_size)',
        "q34 q46 q53",
    ),
    # the network in NumPy and gradients
    "backward stops after a step": one("numpy_rnn.py", "d_states[t - 1] += d_sum @ p.W_hh", "pass", "q30 q50"),
    "backward by the transposed matrix": one("numpy_rnn.py", "d_sum @ p.W_hh", "d_sum @ p.W_hh.T", "q30 q50"),
    "forward forgets": one(
        "numpy_rnn.py", "states.append(self.step(x, states[-1]))", "states.append(self.step(x, states[0]))", "q50"
    ),
    "forward by ReLU": one(
        "numpy_rnn.py",
        "states.append(self.step(x, states[-1]))",
        "states.append(np.maximum(self.step(x, states[-1]), 0))",
        "q28 q33",
    ),
    "output without its bias": one(
        "numpy_rnn.py", "h @ self.parameters.W_hy.T + self.parameters.b_y", "h @ self.parameters.W_hy.T", "q27 q48"
    ),
    "mean loss in NumPy": one("numpy_rnn.py", "axis=-1).sum())", "axis=-1).mean() / 2)", "q27 q37"),
    # hyperparameters, epochs and evaluation
    "one layer in every run": one("model.py", "config.num_layers,", "1,", "q49"),
    "batches of ten in every run": one(
        "experiment.py", 'splits["train"], config.train_batch_size', 'splits["train"], 10', "q49"
    ),
    "an epoch too many": one("experiment.py", RUN, RUN.replace("+ 1", "+ 2"), "q49"),
    "rate is the limit": one("config.py", '("learning_rate",)', '("clip",)', "q49"),
    "evaluation in batches of training": one(
        "experiment.py", 'splits["valid"], config.eval_batch_size', 'splits["valid"], config.train_batch_size', "q49"
    ),
    "accuracy is the share of errors": one(
        "metrics.py",
        "return float(confusion.trace() / confusion.sum())",
        "return float(1 - confusion.trace() / confusion.sum())",
        "q34",
    ),
    "evaluation's loss is doubled": one(
        "training.py",
        "loss = criterion(all_logits, all_labels.to(all_logits.dtype))",
        "loss = 2 * criterion(all_logits, all_labels.to(all_logits.dtype))",
        "q53",
    ),
}

HARMLESS: dict[str, Mutant] = {
    "another name of the network": Mutant(
        (
            Edit("recurrent.py", "self.rnn = NETWORKS", "self.network = NETWORKS"),
            Edit("recurrent.py", "last_state(states, lengths, self.rnn)", "last_state(states, lengths, self.network)"),
            Edit("recurrent.py", "pad_packed_sequence(self.rnn(packed)", "pad_packed_sequence(self.network(packed)"),
        ),
        near="q28 q48 q51 q62",
    ),
    "padding left in": one("recurrent.py", "packing: bool = True", "packing: bool = False", near="q44 q51"),
    "criterion as a module of its own": one(
        "training.py",
        "return nn.BCEWithLogitsLoss()",
        "return lambda z, y: nn.functional.binary_cross_entropy_with_logits(z, y)",
        near="q29 q47 q56 q65",
    ),
    "gradients forgotten after the step": one(
        "training.py",
        "        optimizer.step()",
        "        optimizer.step()\n        optimizer.zero_grad(set_to_none=True)",
        near="q29 q31 q43 q47",
    ),
    "Adam by hand": Mutant(
        (
            Edit("training.py", ADAM, ADAM.replace("torch.optim.Adam", "HandAdam")),
            Edit("training.py", "@torch.no_grad()\ndef evaluate(", HAND_ADAM),
        ),
        near="q31 q43 q49",
    ),
    "NumPy's weights uniform": one(
        "numpy_rnn.py",
        "W_xh=rng.normal(0.0, scale, (hidden_size, input_size))",
        "W_xh=rng.uniform(-scale, scale, (hidden_size, input_size))",
        near="q36 q54 q37",
    ),
    "gates in the step": one("cells.py", STEP, INLINE_LSTM, near="q40 q52 q57"),
    "mean by another road": one(
        "baseline.py", POOLED, "return (vectors * mask).sum(dim=1) / mask.sum(dim=1)", near="q34 q44 q46 q53"
    ),
    "padded by hand": one(
        "collate.py",
        PADDED,
        "padded = texts[0].new_full((len(texts), int(lengths.max())), pad_index)\n    for row, text in "
        "zip(padded, texts, strict=True):\n        row[: len(text)] = text",
        near="q44 q60",
    ),
    "no progress of batches": one(
        "training.py", "            on_batch(loss.item())", "            pass", near="q29 q31 q47 q49"
    ),
    "head as one sequence": Mutant(
        (
            Edit(
                "recurrent.py",
                "self.fc1 = nn.Linear(output_size, hidden_size)\n        self.fc2 = nn.Linear(hidden_size, 1)",
                "self.head = nn.Sequential(nn.Linear(output_size, hidden_size), nn.ReLU(), nn.Linear(hidden_size, 1))",
            ),
            Edit("recurrent.py", "self.fc2(self.fc1(pooled).relu())", "self.head(pooled)"),
        ),
        near="q51",
    ),
    "another seed": one("config.py", "seed: int = 1", "seed: int = 7", near="q29 q31 q49"),
    "smaller word vectors": one(
        "embedding.py",
        "torch.randn(len(vocab), size, generator=generator)",
        "0.1 * torch.randn(len(vocab), size, generator=generator)",
        near="q29 q31 q44 q61",
    ),
    "clipping called in the loop": one(
        "training.py",
        "        clip_gradients(model.parameters(), clip)",
        "        nn.utils.clip_grad_norm_(model.parameters(), clip)",
        near="q43",
    ),
    "labels as floats": one(
        "dataset.py",
        "torch.tensor(self.label_vocab.encode(instance.label))",
        "torch.tensor(float(self.label_vocab.encode(instance.label)))",
        near="q29 q34 q53",
    ),
    "batch first in the network": Mutant(
        (
            Edit(
                "recurrent.py",
                "            num_layers,\n            dropout=dropout",
                "            num_layers,\n            batch_first=True,\n            dropout=dropout",
            ),
            Edit(
                "recurrent.py",
                "packed = pack_padded_sequence(vectors, lengths.cpu(), enforce_sorted=False)",
                "packed = pack_padded_sequence(vectors.transpose(0, 1), lengths.cpu(), batch_first=True, "
                "enforce_sorted=False)",
            ),
        ),
        near="q28 q44 q51 q62",
    ),
    "loss reported by batches": one(
        "training.py", "return total / examples", "return total / examples + 0.0", near="q47 q49"
    ),
}
"""Changes that make no statement false; ``near`` are the questions that look closest."""
