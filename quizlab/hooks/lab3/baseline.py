"""Proof about the baseline beside the RNN: its layers, what enters the first of them, order and memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizlab.hooks.common import apart, listed, seeded, set_mode, watching
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.corpus import CLOSE
from quizlab.hooks.lab3.orders import MODELS, models, moved_by, order_claims
from quizlab.hooks.owned import MissingPartError, is_own, needs, reference_of
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, gap, grouped


def baseline_and_rnn(lab: Lab3) -> Evidence:
    """Compare the baseline with the RNN: layers, what enters the first of them, order, memory, equal words."""
    needs(lab, "baseline", "recurrent")
    if not corpus.has_cell(lab, "rnn"):
        raise MissingPartError("rnn")
    both = models(lab)
    moved = {name: moved_by(lab, model) for name, model in both.items()}
    by_first = {name: moved_by(lab, model, _first_word_changed) for name, model in both.items()}
    recurrent = {name: _recurrent_layers(lab, model) for name, model in both.items()}
    layers = [type(layer).__name__ for layer in both["baseline"].modules() if not any(layer.children())]
    pooled, entered = _pooling(lab)
    pairs = {name: _twin_logits(lab, model) for name, model in both.items()}
    between = {name: [abs(one - other) for one, other in each] for name, each in pairs.items()}
    sizes = _lab_parameters(lab)
    return Evidence(
        claims=(
            Claim(
                "baseline_is_feed_forward",
                recurrent["baseline"] == 0 < recurrent["rnn"],
                f"slojevi osnovnog modela su {listed(layers)}; povratnih je {recurrent['baseline']}, "
                f"a u RNN-u {recurrent['rnn']}",
            ),
            Claim(
                "averages_real_words",
                max((*pooled, entered)) < CLOSE,
                "najveća razlika od prosjeka stvarnih riječi, izračunatog za svaku rečenicu zasebno: "
                + "".join(f"mean_pool {gap(each)}, " for each in pooled)
                + f"ulaz u prvi potpuno povezani sloj {gap(entered)}",
            ),
            *order_claims(moved),
            Claim(
                "rnn_remembers_first_word",
                by_first["rnn"] > CLOSE,
                f"kad se promijeni samo prva riječ, najveći pomak logita RNN-a iznosi {decimal(by_first['rnn'])}",
            ),
            Claim(
                "twins_alike_for_baseline",
                bool(between["baseline"]) and max(between["baseline"]) < CLOSE < min(between["rnn"]),
                f"parova rečenica s istim riječima i suprotnim oznakama ima {len(between['baseline'])}; "
                f"najveća razlika logita unutar para u osnovnom modelu: {gap(max(between['baseline'], default=0.0))}, "
                f"a najmanja u RNN-u: {decimal(min(between['rnn'], default=0.0))}",
            ),
        ),
        blocks=(
            _twins_table(lab, pairs),
            Table(
                ("model", "povratnih slojeva", "pomak logita nakon miješanja", "parametara bez ugrađivanja u vježbi"),
                tuple((MODELS[name], recurrent[name], gap(moved[name]), grouped(sizes[name])) for name in both),
            ),
        ),
        snippet=_snippet(moved),
    )


def _first_word_changed(lab: Lab3) -> list[Any]:
    """The sentences with another first word, that of the next sentence."""
    import torch

    sentences = corpus.items(lab)
    firsts = [words[:1] for words, _ in (*sentences[1:], sentences[0])]
    return corpus.batches(
        lab, [(torch.cat([first, words[1:]]), label) for first, (words, label) in zip(firsts, sentences, strict=True)]
    )


def _recurrent_layers(lab: Lab3, model: Any) -> int:
    """How many modules of a model are recurrent, torch's or the lab's own cells."""
    from torch import nn

    ours = reference_of(lab)
    kinds = (nn.RNNBase, nn.RNNCellBase, ours.RNNCell, ours.GRUCell, ours.LSTMCell)
    return sum(isinstance(layer, kinds) for layer in model.modules())


def _pooling(lab: Lab3) -> tuple[tuple[float, ...], float]:
    """How far from the mean of each sentence's own words: what mean_pool gives, what the first linear layer gets.

    A student's lab has no function for it, and its model is looked at as it is built: trained, the row of the
    padding need no longer be zero.
    """
    import torch
    from torch import nn

    sentences = corpus.items(lab)[:20]
    texts, _, lengths = corpus.collate(lab, sentences)
    if is_own(lab):
        with seeded(0):
            vectors = corpus.embedding(lab)
            model = corpus.build(lab, "baseline", vectors)
            set_mode(model, training=False)
    else:
        model = corpus.learned(lab).baseline
        vectors = next(layer for layer in model.modules() if isinstance(layer, nn.Embedding))
    with torch.no_grad():
        by_hand = torch.stack([vectors(words).mean(dim=0) for words, _ in sentences])
        pooled = () if is_own(lab) else (apart(lab.mean_pool(vectors(texts), lengths), by_hand),)
        with watching(model, (nn.Linear,)) as ran:
            model(texts, lengths)
    return pooled, apart(ran[0].came[0].reshape(by_hand.shape), by_hand) if ran else float("inf")


def averages_claims(lab: Lab3) -> tuple[Claim, ...]:
    """Whether the lab's baseline makes of each sentence, alone, the mean of its words; of no student's is it asked."""
    import torch
    from torch import nn

    if is_own(lab):
        return ()
    model, off = corpus.learned(lab).baseline, 0.0
    vectors = next((layer for layer in model.modules() if isinstance(layer, nn.Embedding)), None)
    for item in corpus.items(lab)[:5]:
        texts, _, lengths = corpus.collate(lab, [item])
        with torch.no_grad(), watching(model, (nn.Linear,)) as ran:
            model(texts, lengths)
        mean = vectors(item[0]).mean(dim=0, keepdim=True) if vectors else torch.zeros(0)
        off = max(off, apart(ran[0].came[0], mean) if ran else float("inf"))
    return (
        Claim(
            "averages_the_words",
            off < CLOSE,
            f"ono što u osnovnom modelu ulazi u prvi potpuno povezani sloj razlikuje se od prosjeka vektora riječi za "
            f"{gap(off)}",
        ),
    )


def _twin_logits(lab: Lab3, model: Any) -> list[tuple[float, float]]:
    """The logits of each pair of sentences that share their words, every sentence in a batch of its own."""
    vocab = corpus.reviews(lab)["train"].text_vocab
    alone = [
        [corpus.collate(lab, [(vocab.encode(each.text), corpus.items(lab)[0][1])]) for each in pair]
        for pair in corpus.twins(lab)
    ]
    return [(float(one), float(other)) for one, other in (corpus.logits(model, pair) for pair in alone)]


def _lab_parameters(lab: Lab3) -> dict[str, int]:
    """Parameters of both models at the lab's sizes, the embedding left out."""
    config = reference_of(lab).Config()
    with seeded(0):
        words = corpus.made(lab, 2, config.embedding_size)
        models = {name: corpus.build(lab, name, words, config.hidden_size, config.num_layers) for name in MODELS}
    return {
        name: sum(p.numel() for p in model.parameters() if p.shape != words.weight.shape)
        for name, model in models.items()
    }


def _twins_table(lab: Lab3, pairs: Mapping[str, Sequence[tuple[float, float]]]) -> Table:
    """Three pairs of sentences with the same words, and both models' logits."""
    return Table(
        ("rečenica", "oznaka", "osnovni model", "RNN"),
        tuple(
            (" ".join(instance.text), instance.label, decimal(in_baseline, 3), decimal(in_rnn, 3))
            for pair, *both in zip(corpus.twins(lab)[:3], *pairs.values(), strict=False)
            for instance, in_baseline, in_rnn in zip(pair, *both, strict=True)
        ),
        title="Iste riječi, drukčiji poredak: logiti",
    )


def _snippet(moved: Mapping[str, float]) -> Snippet:
    """Two sentences of the same words, read by a mean and by an RNN of torch."""
    return Snippet(
        f"""\
import torch
from torch import nn

torch.manual_seed(0)
vektori = {{r: torch.randn(1, 300) for r in ("good", "bad", "and", "not")}}
rnn = nn.RNN(300, 150)
dobro, lose = (torch.stack([vektori[r] for r in recenica.split()])
               for recenica in ("good and not bad", "bad and not good"))
for model in (lambda x: x.mean(dim=0), lambda x: rnn(x)[1]):  # prosjek, pa stanje RNN-a
    print(torch.allclose(model(dobro), model(lose), atol={CLOSE}))
""",
        f"{moved['baseline'] < CLOSE}\n{moved['rnn'] < CLOSE}",
    )
