"""Proofs about the vocabulary: its special tokens, when a word is unknown, and what padding does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from msgspec import Meta

from quizlab.hooks.common import apart, decimal, gap, listed, seeded, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.corpus import CLOSE, PAD, UNK
from quizlab.model import Claim, Evidence, Plot, Series, Snippet, Table
from quizlab.wording import grouped

if TYPE_CHECKING:
    from torch import Tensor

OFFERED = {"pad": PAD, "unk": UNK, "bos": "<BOS>", "eos": "<EOS>", "mask": "<MASK>"}
"""The tokens on offer, by the claim that puts each to the test: ``has_pad`` and so on."""

FREQUENCIES = (0, 1, 2, 3, 4, 5, 6, 8, 10)
"""Values of ``min_freq`` along the curve."""

MODELS = {"baseline": "osnovni model", "rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}

TOY = ("a b a c", "a b")
"""Two sentences for the snippets; only c occurs once."""


class Numbered(NamedTuple):
    """A vocabulary at work: its size, how its training sentences came out, and the shares of unknown words."""

    size: int
    same_length: bool
    only_missing: bool
    in_training: float
    in_validation: float


def special_tokens(lab: Lab3) -> Evidence:
    """Build the lab's vocabularies and find the tokens that no text contains."""
    train = corpus.reviews(lab)["train"]
    frequencies = lab.token_frequencies(train.instances)
    vocab, labels = lab.Vocab(frequencies), lab.make_label_vocab()
    special = [token for token in vocab.itos if token not in frequencies]
    known_labels = {instance.label for instance in train.instances}
    label_special = [token for token in labels.itos if token not in known_labels]
    strictest = lab.Vocab(frequencies, min_freq=max(frequencies.values()) + 1)
    places = {token: vocab.stoi[token] for token in special}
    counts = [frequencies[token] for token in vocab.itos if token in frequencies]
    found = f"tokeni vokabulara kojih nema ni u jednoj rečenici: {_named(places)}"
    return Evidence(
        claims=(
            *(Claim(f"has_{name}", token in special, found) for name, token in OFFERED.items()),
            Claim("pad_is_0_and_unk_1", places == {PAD: 0, UNK: 1}, found),
            Claim(
                "labels_have_none",
                not label_special,
                f"vokabular oznaka sadrži {listed(labels.itos)}, a posebnih znakova u njemu ima {len(label_special)}",
            ),
            Claim(
                "spared_by_min_freq",
                sorted(strictest.itos) == sorted(special),
                f"kad je min_freq veći od svake frekvencije, u vokabularu ostaju tokeni: "
                f"{listed(strictest.itos) or 'nijedan'}",
            ),
            Claim(
                "words_by_falling_frequency",
                counts == sorted(counts, reverse=True) and [*places.values()] == list(range(len(places))),
                f"frekvencije riječi iza posebnih znakova: {_numbers(counts[:4])}, …, {_numbers(counts[-1:])}",
            ),
        ),
        blocks=(
            Table(
                ("indeks", "token", "pojavljivanja u učenju"),
                tuple((index, token, frequencies[token]) for index, token in enumerate(vocab.itos[:6])),
                title=f"Početak vokabulara teksta ({grouped(len(vocab.itos))} tokena)",
                marked=tuple(place for place in places.values() if place < 6),
            ),
            Table(("indeks", "oznaka"), tuple(enumerate(labels.itos)), title="Vokabular oznaka"),
        ),
        snippet=Snippet(
            f"""\
from collections import Counter

frekvencije = Counter(token for recenica in {TOY} for token in recenica.split())
posebni = {special}
itos = posebni + sorted(frekvencije, key=frekvencije.get, reverse=True)
print(itos)
""",
            str(list(lab.Vocab(_toy_frequencies()).itos)),
        ),
    )


def unknown_in_training(lab: Lab3, *, min_freq: Annotated[int, Meta(ge=1, le=100)] = 2) -> Evidence:
    """Number the training sentences with vocabularies that leave words out, and look for ``<UNK>`` among them."""
    train = corpus.reviews(lab)["train"]
    whole = lab.Vocab(lab.token_frequencies(train.instances))
    half = len(whole.itos) // 2
    curve = {least: _numbered(lab, min_freq=least) for least in sorted({*FREQUENCIES, min_freq})}
    limited = _numbered(lab, max_size=half)
    everything, rarer = curve[0], curve[min_freq]
    left_out = {f"min_freq = {min_freq}": rarer, f"najviše {half} tokena": limited}
    appears = "; ".join(f"{how}: {_share(each.in_training)}" for how, each in left_out.items())
    at_padding = UNK in whole.stoi and whole.stoi[UNK] in _padding(lab)
    return Evidence(
        claims=(
            Claim(
                "appears_for_words_left_out",
                all(each.in_training > 0 and each.only_missing for each in left_out.values()),
                f"udio znaka {UNK} u rečenicama za učenje: {appears}",
            ),
            Claim(
                "absent_when_every_word_is_kept",
                everything.in_training == 0,
                f"sa svim riječima u vokabularu udio znaka {UNK} u rečenicama za učenje iznosi "
                f"{_share(everything.in_training)}",
            ),
            Claim(
                "only_outside_training",
                all(each.in_training == 0 < each.in_validation for each in left_out.values()),
                f"udio znaka {UNK} u rečenicama za učenje i za validaciju: "
                + "; ".join(
                    f"{how}: {_share(each.in_training)} i {_share(each.in_validation)}"
                    for how, each in left_out.items()
                ),
            ),
            Claim(
                "unknown_words_dropped",
                not all(each.same_length for each in left_out.values()),
                "brojčani zapis svih rečenica za učenje "
                + ("ima" if all(each.same_length for each in left_out.values()) else "nema")
                + " jednako mnogo članova koliko i rečenice riječi, i kad neke nisu u vokabularu",
            ),
            Claim(
                "fills_padding",
                at_padding,
                f"indeks znaka {UNK} je {whole.stoi.get(UNK, '–')}, a indeksi kojima se rečenice nadopunjuju: "
                f"{listed(sorted(_padding(lab)))}",
            ),
        ),
        blocks=(
            Plot(
                title=f"Udio znaka {UNK} i najmanja frekvencija",
                x_label="min_freq",
                y_label="udio u postocima",
                series=tuple(
                    Series(name, tuple(map(float, curve)), tuple(round(100 * share, 2) for share in shares))
                    for name, shares in (
                        ("učenje", [each.in_training for each in curve.values()]),
                        ("validacija", [each.in_validation for each in curve.values()]),
                    )
                ),
            ),
            Table(
                ("vokabular", "tokena", "udio u učenju", "udio u validaciji"),
                tuple(
                    (how, each.size, _share(each.in_training), _share(each.in_validation))
                    for how, each in {**{f"min_freq = {least}": curve[least] for least in curve}, **left_out}.items()
                ),
                title=f"Udio znaka {UNK}",
            ),
        ),
        snippet=Snippet(
            f"""\
from collections import Counter

recenice = [recenica.split() for recenica in {TOY}]
frekvencije = Counter(token for recenica in recenice for token in recenica)
for min_freq in (0, 2):
    rijeci = [r for r in sorted(frekvencije, key=frekvencije.get, reverse=True) if frekvencije[r] >= min_freq]
    stoi = {{r: i for i, r in enumerate(["{PAD}", "{UNK}"] + rijeci)}}
    print([r if r in stoi else "{UNK}" for r in recenice[0]])
""",
            "\n".join(str(_read_back(lab.Vocab(_toy_frequencies(), min_freq=least), TOY[0])) for least in (0, 2)),
        ),
    )


def padding(lab: Lab3) -> Evidence:
    """Collate sentences of different lengths, and look at what the padding is, where it stands and what it changes."""
    import torch

    train = corpus.reviews(lab)["train"]
    vocab = lab.Vocab(lab.token_frequencies(train.instances))
    data = lab.NLPDataset(_of_different_lengths(train.instances), vocab)
    ragged = [data[index] for index in range(len(data))]
    texts, _, lengths = lab.pad_collate_fn(ragged)
    real = [len(words) for words, _ in ragged]
    kept = all(row[: len(words)].tolist() == words.tolist() for row, (words, _) in zip(texts, ragged, strict=True))
    filling = _filling(texts, real)
    fills = {vocab.itos[index] for index in filling}
    alike = lab.pad_collate_fn([ragged[0]] * 3)[0]
    ends = torch.isin(torch.cat([texts[:, -1], alike[:, -1]]), torch.tensor(sorted(filling))).all()
    row, slope = _pad_vector(lab, vocab, texts)
    moved = _moved_by_padding(lab, vocab, ragged)
    mean_moved, state_moved = _if_it_counted(real)
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
                vocab.stoi.get(UNK) in filling,
                f"nepoznata riječ ima indeks {vocab.stoi.get(UNK, '–')}, a punjenje {listed(sorted(filling))}",
            ),
            Claim(
                "ends_every_sentence",
                bool(ends),
                f"najdulja rečenica završava tokenom {vocab.itos[int(texts[real.index(max(real)), -1])]}; u grupi "
                f"jednako dugih rečenica punjenja ima {_padded(alike, filling)}",
            ),
            Claim(
                "shortens_long_sentences",
                texts.shape[1] < max(real),
                f"najdulja rečenica ima {max(real)} riječi, a redak grupe {texts.shape[1]} članova",
            ),
            Claim(
                "vector_is_zero",
                row == 0 and slope == 0,
                f"najveća komponenta ugrađivanja znaka {PAD} iznosi {gap(row)}, a njezina gradijenta {gap(slope)}",
            ),
            Claim(
                "changes_no_logits",
                max(moved.values()) < CLOSE,
                "najveća razlika logita rečenice same i nadopunjene u grupi: "
                + "; ".join(f"{MODELS[name]} {gap(each)}" for name, each in moved.items()),
            ),
            Claim(
                "would_change_them_if_counted",
                min(mean_moved, state_moved) > CLOSE,
                f"kad bi se i nulti vektori punjenja brojali, prosjek bi se promijenio do {decimal(mean_moved)}, a "
                f"stanje RNN-a do {decimal(state_moved)}",
            ),
        ),
        blocks=(
            Table(
                ("riječi", "brojčani zapis u grupi"),
                tuple((length, str(line)) for length, line in zip(real, texts.tolist(), strict=True)),
                title=f"Grupa oblika {shape_of(texts)}, duljine {lengths.tolist()}",
            ),
            Table(
                ("model", "najveća promjena logita zbog punjenja"),
                tuple((MODELS[name], gap(each)) for name, each in moved.items()),
            ),
        ),
        snippet=_padding_snippet(lab),
    )


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(str(each) for each in numbers)


def _named(places: dict[str, int]) -> str:
    return ", ".join(f"{token} (indeks {index})" for token, index in places.items()) or "nijedan"


def _toy_frequencies() -> Any:
    from collections import Counter

    return Counter(token for sentence in TOY for token in sentence.split())


def _numbered(lab: Lab3, **limits: int) -> Numbered:
    """Build a vocabulary of the training sentences within the limits and number the sentences with it."""
    splits = corpus.reviews(lab)
    words, others = (
        [token for instance in splits[split].instances for token in instance.text] for split in ("train", "valid")
    )
    vocab = lab.Vocab(lab.token_frequencies(splits["train"].instances), **limits)
    read, read_others = _read_back(vocab, words), _read_back(vocab, others)
    missing = [token not in vocab.stoi for token in words]
    return Numbered(
        len(vocab.itos),
        len(read) == len(words),
        [token == UNK for token in read] == missing,
        read.count(UNK) / len(words),
        read_others.count(UNK) / len(others),
    )


def _read_back(vocab: Any, words: str | Sequence[str]) -> list[str]:
    """Words turned into indices by the vocabulary and back; without ``<UNK>`` only the words that it knows."""
    tokens = words.split() if isinstance(words, str) else words
    known = [token for token in tokens if UNK in vocab.stoi or token in vocab.stoi]
    return [vocab.itos[index] for index in vocab.encode(known).tolist()]


def _padding(lab: Lab3) -> set[int]:
    """The indices with which the collate function fills the shorter sentences of the corpus."""
    texts = lab.pad_collate_fn(corpus.items(lab)[:20])[0]
    return _filling(texts, [len(words) for words, _ in corpus.items(lab)[:20]])


def _filling(texts: Tensor, real: Sequence[int]) -> set[int]:
    return {index for row, length in zip(texts.tolist(), real, strict=True) for index in row[length:]}


def _padded(texts: Tensor, filling: set[int]) -> int:
    return sum(index in filling for row in texts.tolist() for index in row)


def _of_different_lengths(instances: Sequence[Any]) -> list[Any]:
    """The first sentence of each of five lengths, among them the longest and the shortest."""
    by_length = {len(each.text): each for each in reversed(instances)}
    lengths = sorted(by_length)
    step = max(1, (len(lengths) - 1) // 4)
    return [by_length[length] for length in (*lengths[::step][:4], lengths[-1])]


def _pad_vector(lab: Lab3, vocab: Any, texts: Tensor) -> tuple[float, float]:
    """The largest components of the vector of ``<PAD>`` and of its gradient; infinite where it has no such place."""
    if vocab.stoi.get(PAD) != lab.PAD_INDEX:
        return float("inf"), float("inf")  # the lab's matrix wants <PAD> there
    layer = lab.make_embedding(lab.embedding_matrix(vocab, 8), freeze=False)
    layer(texts).sum().backward()
    vector, gradient = (each[lab.PAD_INDEX] for each in (layer.weight.detach(), layer.weight.grad))
    return float(vector.abs().max()), float(gradient.abs().max())


def _moved_by_padding(lab: Lab3, vocab: Any, ragged: Sequence[Any]) -> dict[str, float]:
    """For each of the lab's models: how far the logits of sentences alone are from those in one padded batch."""
    import torch

    moved = {}
    with seeded(0):
        vectors = lab.make_embedding(torch.randn(len(vocab.itos), 16), freeze=False)
        for name in MODELS:
            model = corpus.build(lab, name, vectors, 16)
            together = corpus.logits(model, [lab.pad_collate_fn(ragged)])
            alone = corpus.logits(model, [lab.pad_collate_fn([each]) for each in ragged])
            moved[name] = apart(together, alone)
    return moved


def _if_it_counted(real: Sequence[int]) -> tuple[float, float]:
    """What a mean and a state that do not stop at the last word would lose, zero vectors or not."""
    import torch
    from torch import nn

    with seeded(0), torch.no_grad():
        words, rnn = torch.randn(min(real), 1, 16), nn.RNN(16, 16)
        longer = torch.cat([words, torch.zeros(max(real) - min(real), 1, 16)])
        return apart(words.mean(dim=0), longer.mean(dim=0)), apart(rnn(words)[1], rnn(longer)[1])


def _padding_snippet(lab: Lab3) -> Snippet:
    """Three ragged rows made rectangular."""
    import torch

    rows = [[5, 3, 8], [4], [7, 2]]
    texts = lab.pad_collate_fn([(torch.tensor(row), torch.tensor(0)) for row in rows])[0]
    return Snippet(
        f"""\
import torch
from torch.nn.utils.rnn import pad_sequence

recenice = [torch.tensor(r) for r in {rows}]
grupa = pad_sequence(recenice, batch_first=True, padding_value={lab.PAD_INDEX})
print(tuple(grupa.shape))
print(grupa.tolist())
""",
        f"{shape_of(texts)}\n{texts.tolist()}",
    )


def _share(share: float) -> str:
    """A share in per cent; what is not nothing is never rounded down to nothing."""
    return "0 %" if share == 0 else f"{decimal(max(100 * share, 0.1), 1)} %"
