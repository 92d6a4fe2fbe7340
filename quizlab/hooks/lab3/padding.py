"""Proof about padding: what it is, where it stands and what it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from quizlab.hooks.common import apart, listed, seeded, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.corpus import CLOSE, PAD, UNK
from quizlab.hooks.lab3.run import main_run
from quizlab.hooks.owned import has, is_own, material, needs, reference_of
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, gap

if TYPE_CHECKING:
    from torch import Tensor

MODELS = {"baseline": "osnovni model", "rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}

OTHERS: dict[str, dict[str, bool]] = {"GRU u oba smjera": {"bidirectional": True}, "GRU s pažnjom": {"attention": True}}
"""What else the lab's configuration offers."""

NEVER = "<nijedna rečenica nema ovu riječ>"


def padding(lab: Lab3) -> Evidence:
    """Collate sentences of different lengths, and look at what the padding is, where it stands and what it changes."""
    import torch

    needs(lab, "vocab", "collate")
    train = corpus.reviews(lab)["train"]
    vocab = lab.Vocab(reference_of(lab).token_frequencies(train.instances))
    data = reference_of(lab).NLPDataset(_of_different_lengths(train.instances), vocab)
    ragged = [data[index] for index in range(len(data))]
    texts, _, lengths = corpus.collate(lab, ragged)
    real = [len(words) for words, _ in ragged]
    kept = all(row[: len(words)].tolist() == words.tolist() for row, (words, _) in zip(texts, ragged, strict=True))
    filling = _filling(texts, real)
    unknown = {vocab.stoi[UNK]} if UNK in vocab.stoi else set()
    if not is_own(lab):  # the batches of the lab's run come from its loader, the indices from its own encoding
        filling |= _filling(next(iter(lab.make_loader(data, len(data))))[0], real)
        unknown |= {int(each) for each in vocab.encode([NEVER]).tolist()} if unknown else set()
    names = dict(enumerate(corpus.tokens(vocab)))
    fills = {names.get(index, "") for index in filling}
    alike = corpus.collate(lab, [ragged[0]] * 3)[0]
    ends = torch.isin(torch.cat([texts[:, -1], alike[:, -1]]), torch.tensor(sorted(filling))).all()
    row, slope = _pad_vector(lab, vocab, texts)
    moved = _moved_by_padding(lab, vocab, ragged)
    counted = _if_it_counted(real) if is_own(lab) else _if_lengths_counted(lab, vocab, ragged)
    return Evidence(
        claims=(
            Claim(
                "equalises_lengths",
                texts.shape == (len(ragged), max(real)) and kept and fills == {PAD},
                f"rečenice duljina {listed(real)} daju tenzor oblika {shape_of(texts)}; ostatak kraćih popunjava "
                f"{listed(sorted(fills)) or 'ništa'}",
            ),
            Claim(
                "marks_unknown_words",
                bool(filling & unknown),
                f"nepoznata riječ ima indeks {listed(sorted(unknown)) or '–'}, a punjenje {listed(sorted(filling))}",
            ),
            Claim(
                "ends_every_sentence",
                bool(ends),
                f"najdulja rečenica završava tokenom {names.get(int(texts[real.index(max(real)), -1]), '')}; u grupi "
                f"jednako dugih rečenica punjenja ima {_padded(alike, filling)}",
            ),
            Claim(
                "shortens_long_sentences",
                texts.shape[1] < max(real),
                f"riječi u najduljoj rečenici: {max(real)}, a članova u retku grupe: {texts.shape[1]}",
            ),
            Claim(
                "vector_is_zero",
                row == 0 and slope == 0,
                f"najveća komponenta vektora znaka {PAD} iznosi {gap(row)}, a njegova gradijenta {gap(slope)}",
            ),
            Claim(
                "changes_no_logits",
                max(moved.values(), default=0.0) < CLOSE,
                "najveća razlika između logita zasebne rečenice i iste rečenice nadopunjene u grupi: "
                + "; ".join(f"{name} {gap(each)}" for name, each in moved.items()),
            ),
            Claim(
                "would_change_them_if_counted",
                min(counted.values()) > CLOSE,
                "kad bi se i nulti vektori punjenja brojali, najveća bi promjena iznosila: "
                + "; ".join(f"{name} {decimal(each)}" for name, each in counted.items()),
            ),
            *lengths_claims(lab, lengths, real),
        ),
        blocks=_blocks(texts, real, lengths, moved),
        snippet=_snippet(lab),
    )


def lengths_claims(lab: Lab3, lengths: Tensor, real: Sequence[int]) -> tuple[Claim, ...]:
    """Whether the lengths that come with a batch are the real ones; a student's may not return any."""
    if is_own(lab):
        return ()
    return (
        Claim(
            "real_lengths_returned",
            lengths.tolist() == list(real),
            f"uz grupu se vraćaju duljine {listed(lengths.tolist())}, a rečenice su duge {listed(real)}",
        ),
    )


def filling_of(lab: Lab3) -> set[int]:
    """The indices with which the collate function fills the shorter sentences of the corpus."""
    texts = corpus.collate(lab, corpus.items(lab)[:20])[0]
    return _filling(texts, [len(words) for words, _ in corpus.items(lab)[:20]])


def _filling(texts: Tensor, real: Sequence[int]) -> set[int]:
    """The indices that stand behind the real words of each row."""
    return {index for row, length in zip(texts.tolist(), real, strict=True) for index in row[length:]}


def _padded(texts: Tensor, filling: set[int]) -> int:
    """How many places of a batch are filled with one of these indices."""
    return sum(index in filling for row in texts.tolist() for index in row)


def _of_different_lengths(instances: Sequence[Any]) -> list[Any]:
    """The first sentence of each of five lengths, among them the longest and the shortest."""
    by_length = {len(each.text): each for each in reversed(instances)}
    lengths = sorted(by_length)
    step = max(1, (len(lengths) - 1) // 4)
    return [by_length[length] for length in (*lengths[::step][:4], lengths[-1])]


def _pad_vector(lab: Lab3, vocab: Any, texts: Tensor) -> tuple[float, float]:
    """The largest components of the vector of ``<PAD>`` and of its gradient; infinite where it has no such place."""
    ours = reference_of(lab)
    if vocab.stoi.get(PAD) != ours.PAD_INDEX:
        return float("inf"), float("inf")  # the lab's matrix wants <PAD> there
    size = corpus.OWN_SIZES[0] if is_own(lab) else 8
    layer: Any = ours.make_embedding(material(lab, "embedding").embedding_matrix(vocab, size), freeze=False)
    layer(texts).sum().backward()
    vector, gradient = (each[ours.PAD_INDEX] for each in (layer.weight.detach(), layer.weight.grad))
    trained = 0.0 if is_own(lab) else _trained_pad(main_run(lab).model, ours.PAD_INDEX)
    return max(float(vector.abs().max()), trained), float(gradient.abs().max())


def _trained_pad(model: Any, row: int) -> float:
    """The largest component of the padding's vector in a model after an epoch of the lab's run."""
    from torch import nn

    layers = [each for each in (model.modules() if model is not None else ()) if isinstance(each, nn.Embedding)]
    return max((float(each.weight[row].detach().abs().max()) for each in layers), default=float("inf"))


def _moved_by_padding(lab: Lab3, vocab: Any, ragged: Sequence[Any]) -> dict[str, float]:
    """For each of the lab's models: how far the logits of sentences alone are from those in one padded batch."""
    together, alone = [corpus.collate(lab, ragged)], [corpus.collate(lab, [each]) for each in ragged]
    moved = {}
    for name, model in _models(lab, vocab).items():
        with suppress(*([RuntimeError] if name in OTHERS else [])):  # what is no default may not even run
            moved[name] = apart(corpus.logits(model, together), corpus.logits(model, alone))
    return moved


def _if_lengths_counted(lab: Lab3, vocab: Any, ragged: Sequence[Any]) -> dict[str, float]:
    """How far the logits of the lab's baseline and of its RNN move when they are told the length of the whole row."""
    import torch

    texts, labels, lengths = corpus.collate(lab, ragged)
    whole = torch.full_like(lengths, texts.shape[1])
    models = {name: model for name, model in _models(lab, vocab).items() if name in (MODELS["baseline"], MODELS["rnn"])}
    return {
        name: apart(corpus.logits(model, [(texts, labels, whole)]), corpus.logits(model, [(texts, labels, lengths)]))
        for name, model in models.items()
    }


def _models(lab: Lab3, vocab: Any) -> dict[str, Any]:
    """The lab's models as they are built, small."""
    with seeded(0):
        vectors = corpus.made(lab, len(vocab.stoi), 16)
        size = None if is_own(lab) else 16
        made = {word: corpus.build(lab, name, vectors, size) for name, word in MODELS.items() if _has(lab, name)}
        if not is_own(lab):
            made |= {name: corpus.build(lab, "gru", vectors, size, **more) for name, more in OTHERS.items()}
    return made


def _has(lab: Lab3, name: str) -> bool:
    """Whether the lab has this model; ours has all."""
    return has(lab, "baseline") if name == "baseline" else has(lab, "recurrent") and corpus.has_cell(lab, name)


def _if_it_counted(real: Sequence[int]) -> dict[str, float]:
    """What a mean and a state of torch's that do not stop at the last word would lose, zero vectors or not."""
    import torch
    from torch import nn

    with seeded(0), torch.no_grad():
        words, rnn = torch.randn(min(real), 1, 16), nn.RNN(16, 16)
        longer = torch.cat([words, torch.zeros(max(real) - min(real), 1, 16)])
        return {
            "prosjek (u PyTorchu)": apart(words.mean(dim=0), longer.mean(dim=0)),
            "stanje RNN-a (u PyTorchu)": apart(rnn(words)[1], rnn(longer)[1]),
        }


def _blocks(texts: Tensor, real: Sequence[int], lengths: Tensor, moved: Mapping[str, float]) -> tuple[Table, Table]:
    """The padded batch row by row, and how little its padding moves each model."""
    return (
        Table(
            ("riječi", "brojčani zapis u grupi"),
            tuple((length, str(line)) for length, line in zip(real, texts.tolist(), strict=True)),
            title=f"Grupa oblika {shape_of(texts)}, duljine {lengths.tolist()}",
        ),
        Table(
            ("model", "najveća promjena logita zbog punjenja"),
            tuple((name, gap(each)) for name, each in moved.items()),
        ),
    )


def _snippet(lab: Lab3) -> Snippet:
    """Three ragged rows made rectangular."""
    import torch

    rows = [[5, 3, 8], [4], [7, 2]]
    texts = lab.pad_collate_fn([(torch.tensor(row), torch.tensor(0)) for row in rows])[0]
    return Snippet(
        f"""\
import torch
from torch.nn.utils.rnn import pad_sequence

recenice = [torch.tensor(r) for r in {rows}]
grupa = pad_sequence(recenice, batch_first=True, padding_value={reference_of(lab).PAD_INDEX})
print(tuple(grupa.shape))
print(grupa.tolist())
""",
        f"{shape_of(texts)}\n{texts.tolist()}",
    )
