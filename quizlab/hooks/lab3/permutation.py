"""Proofs about word order: the baseline does not see it, the recurrent network does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from quizlab.hooks.common import apart, decimal, gap, listed, seeded
from quizlab.hooks.faces import Lab3, once_per_lab
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.corpus import CLOSE
from quizlab.model import Claim, Evidence, Note, Snippet, Table
from quizlab.wording import grouped

if TYPE_CHECKING:
    from torch import Tensor

SHUFFLES = (1, 2, 3)
"""Seeds of the random orders."""

LAB_SIZES = (300, 150, 2)
"""Word vector, hidden state and layers, as the lab has them."""

MODELS = {"baseline": "osnovni model", "rnn": "RNN"}


def word_order_accuracy(lab: Lab3) -> Evidence:
    """Shuffle the words of every sentence, several times, and measure the accuracy of both trained models.

    The baseline is the model without recurrent layers; the RNN is there to show that order could matter.
    """
    found = _on_torchs_loss(lab)
    measured = {name: [float(each.accuracy) for each in orders] for name, orders in found.items()}
    moved = {name: _moved(lab, model) for name, model in _models(lab).items()}
    asked, *shuffled = measured["baseline"]
    steps = [each - asked for each in shuffled]
    says = (
        f"točnost osnovnog modela je {_share(asked)}, a nakon miješanja riječi, {len(SHUFFLES)} puta, "
        f"{_shares(shuffled)}"
    )
    return Evidence(
        claims=(
            Claim("accuracy_unchanged", not any(steps), says),
            Claim("accuracy_falls", max(steps) <= 0 and min(steps) < 0, says),
            Claim("accuracy_rises", min(steps) >= 0 and max(steps) > 0, says),
            Claim("accuracy_both_ways", min(steps) < 0 < max(steps), says),
            *_order_claims(moved),
            _loss_claim([float(each.loss) for each in found["baseline"]]),
        ),
        blocks=(
            Table(
                ("model", "točnost", "nakon miješanja riječi", "najveći pomak logita"),
                tuple(
                    (MODELS[name], _share(whole), _shares(parts), gap(moved[name]))
                    for name, (whole, *parts) in measured.items()
                ),
                title=f"{len(corpus.items(lab))} rečenica na kojima su oba modela učena",
                marked=(0,),
            ),
            Note(
                "Modeli su manji i kraće učeni nego u vježbi, pa točnost nije ona iz vježbe; o njoj odgovor ne ovisi."
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn

torch.manual_seed(0)
rijeci, poredak = torch.randn(9, 1, 300), torch.randperm(9)
rnn = nn.RNN(300, 150)
modeli = (lambda x: x.mean(dim=0), lambda x: rnn(x)[1])
for model in modeli:  # prosjek vektora riječi, pa stanje RNN-a
    print(torch.allclose(model(rijeci), model(rijeci[poredak]), atol={CLOSE}))
""",
            f"{moved['baseline'] < CLOSE}\n{moved['rnn'] < CLOSE}",
        ),
    )


def word_order_loss(lab: Lab3) -> Evidence:
    """Shuffle the words of every sentence and measure the lab's loss of both models, trained and in training."""
    found = _evaluated(lab, lab.make_criterion())
    measured = {name: [float(each.loss) for each in orders] for name, orders in found.items()}
    moved = {name: _moved(lab, model) for name, model in _models(lab).items()}
    asked, *shuffled = measured["baseline"]
    falls, rises = (any(sign * (each - asked) > CLOSE for each in shuffled) for sign in (-1, 1))
    says = _loss_says(measured["baseline"])
    kept = corpus.learned(lab).losses["baseline"]
    again = corpus.train(lab, "baseline", corpus.shuffled(corpus.items(lab), SHUFFLES[0]))[1]
    off = max(abs(one - other) for one, other in zip(kept, again, strict=True))
    return Evidence(
        claims=(
            _loss_claim(measured["baseline"]),
            Claim("loss_grows", rises and not falls, says),
            Claim("loss_falls", falls and not rises, says),
            Claim("loss_both_ways", falls and rises, says),
            *_order_claims(moved),
            Claim(
                "training_unchanged",
                off < 0.01,
                f"osnovni model učen od početka na izmiješanim rečenicama ima nakon {len(kept)} epoha gubitak "
                f"{decimal(again[-1], 4)}, a na neizmiješanima {decimal(kept[-1], 4)}",
            ),
        ),
        blocks=(
            Table(
                ("model", "gubitak", "nakon miješanja riječi", "najveći pomak logita"),
                tuple(
                    (MODELS[name], decimal(whole, 4), _decimals(parts), gap(moved[name]))
                    for name, (whole, *parts) in measured.items()
                ),
                title=f"Gubitak iz vježbe na {len(corpus.items(lab))} rečenica iz učenja",
                marked=(0,),
            ),
            Table(
                ("epoha", "izvorni poredak", "izmiješane riječi"),
                tuple(
                    (epoch, decimal(one, 4), decimal(other, 4))
                    for epoch, (one, other) in enumerate(zip(kept, again, strict=True), start=1)
                ),
                title="Osnovni model: gubitak pri učenju",
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as gubitak

torch.manual_seed(0)
rijeci, poredak, oznaka = torch.randn(9, 1, 300), torch.randperm(9), torch.ones(1, 1)
rnn, fc = nn.RNN(300, 150), nn.Linear(300, 1)
modeli = (lambda x: fc(x.mean(dim=0)), lambda x: rnn(x)[1][0, :, :1])
for model in modeli:  # osnovni model, pa RNN
    prije, poslije = (gubitak(model(x), oznaka).item() for x in (rijeci, rijeci[poredak]))
    print(abs(prije - poslije) < {CLOSE})
""",
            "\n".join(str(all(abs(each - whole) < CLOSE for each in parts)) for whole, *parts in measured.values()),
        ),
    )


def baseline_and_rnn(lab: Lab3) -> Evidence:
    """Compare the baseline with the RNN: layers, what enters the first of them, order, memory, equal words."""
    models = _models(lab)
    moved = {name: _moved(lab, model) for name, model in models.items()}
    by_first = {name: _moved(lab, model, _first_word_changed) for name, model in models.items()}
    recurrent = {name: _recurrent_layers(lab, model) for name, model in models.items()}
    layers = [type(layer).__name__ for layer in models["baseline"].modules() if not any(layer.children())]
    pooled, entered = _pooling(lab)
    pairs = {name: _twin_logits(lab, model) for name, model in models.items()}
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
                max(pooled, entered) < CLOSE,
                "najveća razlika od prosjeka stvarnih riječi, izračunatog za svaku rečenicu zasebno: "
                f"mean_pool {gap(pooled)}, ulaz u prvi potpuno povezani sloj {gap(entered)}",
            ),
            *_order_claims(moved),
            Claim(
                "rnn_remembers_first_word",
                by_first["rnn"] > CLOSE,
                f"kad se promijeni samo prva riječ, logiti RNN-a pomaknu se do {decimal(by_first['rnn'])}",
            ),
            Claim(
                "twins_alike_for_baseline",
                bool(between["baseline"]) and max(between["baseline"]) < CLOSE < min(between["rnn"]),
                f"parova rečenica s istim riječima i suprotnim oznakama ima {len(between['baseline'])}: logiti se "
                f"unutar para razlikuju do {gap(max(between['baseline'], default=0.0))} u osnovnom modelu, a barem "
                f"{decimal(min(between['rnn'], default=0.0))} u RNN-u",
            ),
        ),
        blocks=(
            Table(
                ("rečenica", "oznaka", "osnovni model", "RNN"),
                tuple(
                    (" ".join(instance.text), instance.label, decimal(in_baseline, 3), decimal(in_rnn, 3))
                    for pair, *both in zip(corpus.twins(lab)[:3], *pairs.values(), strict=False)
                    for instance, in_baseline, in_rnn in zip(pair, *both, strict=True)
                ),
                title="Iste riječi, drukčiji poredak: logiti",
            ),
            Table(
                ("model", "povratnih slojeva", "pomak logita nakon miješanja", "parametara bez ugrađivanja u vježbi"),
                tuple((MODELS[name], recurrent[name], gap(moved[name]), grouped(sizes[name])) for name in models),
            ),
        ),
        snippet=Snippet(
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
        ),
    )


def _models(lab: Lab3) -> dict[str, Any]:
    return {"baseline": corpus.learned(lab).baseline, "rnn": corpus.learned(lab).rnn}


@once_per_lab
def _orders(lab: Lab3) -> list[list[tuple[Tensor, Tensor, Tensor]]]:
    """The training sentences in batches: first as they are, then shuffled with every seed."""
    sentences = corpus.items(lab)
    return [corpus.batches(lab, each) for each in (sentences, *(corpus.shuffled(sentences, s) for s in SHUFFLES))]


@once_per_lab
def _on_torchs_loss(lab: Lab3) -> dict[str, list[Any]]:
    """For each model what the lab's `evaluate` finds with torch's loss, which no change of the lab's can spoil."""
    from torch import nn

    return _evaluated(lab, nn.BCEWithLogitsLoss())


def _evaluated(lab: Lab3, criterion: Any) -> dict[str, list[Any]]:
    """For each model what the lab's `evaluate` finds: first on the sentences as they are, then on the shuffled ones."""
    import torch

    cpu = torch.device("cpu")
    return {
        name: [lab.evaluate(model, order, criterion, device=cpu) for order in _orders(lab)]
        for name, model in _models(lab).items()
    }


def _moved(lab: Lab3, model: Any, change: Callable[[Lab3], list[Any]] | None = None) -> float:
    """How far any logit of a model moves when the sentences are changed, by shuffling unless told otherwise."""
    asked, *orders = _orders(lab)
    start = corpus.logits(model, asked)
    changed = [change(lab)] if change else orders
    return max(float((corpus.logits(model, each) - start).abs().max()) for each in changed)


def _first_word_changed(lab: Lab3) -> list[Any]:
    """The sentences with another first word, that of the next sentence."""
    import torch

    sentences = corpus.items(lab)
    firsts = [words[:1] for words, _ in (*sentences[1:], sentences[0])]
    return corpus.batches(
        lab, [(torch.cat([first, words[1:]]), label) for first, (words, label) in zip(firsts, sentences, strict=True)]
    )


def _order_claims(moved: dict[str, float]) -> tuple[Claim, Claim]:
    """Neither of the two is about a value of the loss: logits stay, or they do not."""
    return (
        Claim(
            "baseline_ignores_order",
            moved["baseline"] < CLOSE,
            f"nakon miješanja riječi logiti osnovnog modela pomaknu se najviše za {gap(moved['baseline'])}",
        ),
        Claim(
            "rnn_sees_order",
            moved["rnn"] > CLOSE,
            f"nakon miješanja riječi logiti RNN-a pomaknu se do {gap(moved['rnn'])}",
        ),
    )


def _loss_claim(losses: list[float]) -> Claim:
    asked, *shuffled = losses
    return Claim("loss_unchanged", all(abs(each - asked) <= CLOSE for each in shuffled), _loss_says(losses))


def _loss_says(losses: list[float]) -> str:
    asked, *shuffled = losses
    return (
        f"gubitak osnovnog modela je {decimal(asked, 4)}, a nakon miješanja riječi, {len(shuffled)} puta, "
        f"{_decimals(shuffled)}"
    )


def _recurrent_layers(lab: Lab3, model: Any) -> int:
    """How many modules of a model are recurrent, torch's or the lab's own cells."""
    from torch import nn

    kinds = (nn.RNNBase, nn.RNNCellBase, lab.RNNCell, lab.GRUCell, lab.LSTMCell)
    return sum(isinstance(layer, kinds) for layer in model.modules())


def _pooling(lab: Lab3) -> tuple[float, float]:
    """How far from the mean of each sentence's own words: what mean_pool gives, what the first linear layer gets."""
    import torch
    from torch import nn

    model = corpus.learned(lab).baseline
    sentences = corpus.items(lab)[:20]
    texts, _, lengths = lab.pad_collate_fn(sentences)
    vectors = next(layer for layer in model.modules() if isinstance(layer, nn.Embedding))
    linear = next((layer for layer in model.modules() if isinstance(layer, nn.Linear)), None)
    with torch.no_grad():
        by_hand = torch.stack([vectors(words).mean(dim=0) for words, _ in sentences])
        pooled = lab.mean_pool(vectors(texts), lengths)
        entered: list[Tensor] = []
        if linear is not None:
            handle = linear.register_forward_pre_hook(lambda _, inputs: entered.append(inputs[0]))
            model(texts, lengths)
            handle.remove()
    return apart(pooled, by_hand), apart(entered[0], by_hand) if entered else float("inf")


def _twin_logits(lab: Lab3, model: Any) -> list[tuple[float, float]]:
    """The logits of each pair of sentences that share their words, every sentence in a batch of its own."""
    vocab = corpus.reviews(lab)["train"].text_vocab
    alone = [
        [lab.pad_collate_fn([(vocab.encode(each.text), corpus.items(lab)[0][1])]) for each in pair]
        for pair in corpus.twins(lab)
    ]
    return [(float(one), float(other)) for one, other in (corpus.logits(model, pair) for pair in alone)]


def _lab_parameters(lab: Lab3) -> dict[str, int]:
    """Parameters of both models at the lab's sizes, the embedding left out."""
    from torch import nn

    width, hidden, layers = LAB_SIZES
    with seeded(0):
        words = nn.Embedding(2, width)
        models = {name: corpus.build(lab, name, words, hidden, layers) for name in MODELS}
    return {name: sum(p.numel() for p in model.parameters()) - words.weight.numel() for name, model in models.items()}


def _share(share: float) -> str:
    """A share in per cent; what is not all is never rounded up to all."""
    return "100 %" if share == 1 else f"{decimal(min(100 * share, 99.9), 1)} %"


def _shares(shares: Sequence[float]) -> str:
    return "; ".join(_share(each) for each in shares)


def _decimals(numbers: Sequence[float]) -> str:
    return "; ".join(decimal(each, 4) for each in numbers)
