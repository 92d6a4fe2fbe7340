"""Proofs about the vocabulary: its special tokens, and when a word is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from quizlab.hooks.common import commas, listed
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.corpus import PAD, UNK
from quizlab.hooks.lab3.numbered import Numbered, limits_claims, numbered, of_files, read_back, read_from_files
from quizlab.hooks.lab3.padding import filling_of
from quizlab.hooks.owned import MissingPartError, is_own, needs, reference_of
from quizlab.model import Claim, Evidence, Plot, Series, Snippet, Table
from quizlab.numbers import decimal, grouped

OFFERED = {"pad": PAD, "unk": UNK, "bos": "<BOS>", "eos": "<EOS>", "mask": "<MASK>"}
"""The tokens on offer, by the claim that puts each to the test: ``has_pad`` and so on."""

FREQUENCIES = (0, 1, 2, 3, 4, 5, 6, 8, 10)
"""Values of ``min_freq`` along the curve."""

TOY = ("a b a c", "a b")
"""Two sentences for the snippets; only c occurs once."""


def special_tokens(lab: Lab3) -> Evidence:
    """Build the lab's vocabularies and find the tokens that no text contains."""
    needs(lab, "vocab")
    train = corpus.reviews(lab)["train"]
    frequencies = reference_of(lab).token_frequencies(train.instances)
    vocab, labels = lab.Vocab(frequencies), _label_vocab(lab)
    special = [token for token in corpus.tokens(vocab) if token not in frequencies]
    known_labels = {instance.label for instance in train.instances}
    label_tokens = corpus.tokens(labels) if labels else []
    label_special = [token for token in label_tokens if token not in known_labels]
    if not is_own(lab):  # the vocabulary of the files has words of texts, too, and tokens that no text has
        texts = {token for split in corpus.reviews(lab).values() for token in split.frequencies}
        special += [each for each in corpus.tokens(train.text_vocab) if each not in {*texts, *special}]
    strictest = lab.Vocab(frequencies, min_freq=max(frequencies.values()) + 1)
    places = {token: vocab.stoi.get(token, -1) for token in special}
    counts = [frequencies[token] for token in corpus.tokens(vocab) if token in frequencies]
    found = f"tokeni vokabulara kojih nema ni u jednoj rečenici: {_named(places)}"
    return Evidence(
        claims=(
            *(Claim(f"has_{name}", token in special, found) for name, token in OFFERED.items()),
            Claim("pad_is_0_and_unk_1", places == {PAD: 0, UNK: 1}, found),
            *(
                Claim(
                    "labels_have_none",
                    not label_special,
                    f"vokabular oznaka sadrži {listed(label_tokens)}, a posebnih znakova u njemu ima "
                    f"{len(label_special)}",
                )
                for _ in label_tokens[:1]
            ),
            Claim(
                "spared_by_min_freq",
                sorted(corpus.tokens(strictest)) == sorted(special),
                f"kad je min_freq veći od svake frekvencije, u vokabularu ostaju tokeni: "
                f"{listed(corpus.tokens(strictest)) or 'nijedan'}",
            ),
            Claim(
                "words_by_falling_frequency",
                counts == sorted(counts, reverse=True) and [*places.values()] == list(range(len(places))),
                f"frekvencije riječi iza posebnih znakova: {commas(counts[:4])}, …, {commas(counts[-1:])}",
            ),
        ),
        blocks=(
            Table(
                ("indeks", "token", "pojavljivanja u učenju"),
                tuple((index, token, frequencies[token]) for index, token in enumerate(corpus.tokens(vocab)[:6])),
                title=f"Početak vokabulara teksta ({grouped(len(vocab.stoi))} tokena)",
                marked=tuple(place for place in places.values() if place < 6),
            ),
            Table(("indeks", "oznaka"), tuple(enumerate(label_tokens)), title="Vokabular oznaka"),
        ),
        snippet=Snippet(
            f"""\
from collections import Counter

frekvencije = Counter(token for recenica in {TOY} for token in recenica.split())
posebni = {special}
itos = posebni + sorted(frekvencije, key=frekvencije.get, reverse=True)
print(itos)
""",
            str(corpus.tokens(lab.Vocab(_toy_frequencies()))),
        ),
    )


def _label_vocab(lab: Lab3) -> Any:
    """The vocabulary of the labels; None where a student's code numbers them elsewhere."""
    try:
        return lab.make_label_vocab()
    except MissingPartError:
        return None


def unknown_in_training(lab: Lab3, *, min_freq: Annotated[int, Meta(ge=1, le=100)] = 2) -> Evidence:
    """Number the training sentences with vocabularies that leave words out, and look for ``<UNK>`` among them."""
    needs(lab, "vocab")
    train = corpus.reviews(lab)["train"]
    whole = lab.Vocab(reference_of(lab).token_frequencies(train.instances))
    half = len(whole.stoi) // 2
    curve = {least: numbered(lab, min_freq=least) for least in sorted({*FREQUENCIES, min_freq})}
    limited = numbered(lab, max_size=half)
    everything, rarer = curve[0], curve[min_freq]
    known = UNK in whole.stoi and not is_own(lab)
    kept = [everything, *([read_from_files(corpus.reviews(lab))] if known else [])]
    left_out = {f"min_freq = {min_freq}": rarer, f"najviše {half} tokena": limited}
    left_out |= of_files(lab, min_freq, half)
    appears = "; ".join(f"{how}: {_share(each.in_training)}" for how, each in left_out.items())
    at_padding = UNK in whole.stoi and whole.stoi[UNK] in filling_of(lab)
    return Evidence(
        claims=(
            Claim(
                "appears_for_words_left_out",
                all(each.in_training > 0 and each.only_missing for each in left_out.values()),
                f"udio znaka {UNK} u rečenicama za učenje: {appears}",
            ),
            Claim(
                "absent_when_every_word_is_kept",
                all(each.in_training == 0 and each.same_length for each in kept),
                f"sa svim riječima u vokabularu udio znaka {UNK} u rečenicama za učenje iznosi "
                f"{_share(max(each.in_training for each in kept))}",
            ),
            *limits_claims(lab, left_out, min_freq, half),
            Claim(
                "only_outside_training",
                all(each.in_training == 0 < each.in_validation for each in left_out.values()),
                f"udio znaka {UNK} u rečenicama za učenje i za vrednovanje: "
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
                f"{listed(sorted(filling_of(lab)))}",
            ),
        ),
        blocks=(
            _shares_plot(curve),
            _shares_table({f"min_freq = {least}": each for least, each in curve.items()} | left_out),
        ),
        snippet=_unknown_snippet(lab),
    )


def _named(places: dict[str, int]) -> str:
    """Tokens with their indices in words."""
    return ", ".join(f"{token} (indeks {index})" for token, index in places.items()) or "nijedan"


def _toy_frequencies() -> Any:
    """How often each word occurs in the toy sentences."""
    from collections import Counter

    return Counter(token for sentence in TOY for token in sentence.split())


def _shares_plot(curve: Mapping[int, Numbered]) -> Plot:
    """The share of unknown words over the smallest frequency that is kept."""
    return Plot(
        title=f"Udio znaka {UNK} i najmanja frekvencija",
        x_label="min_freq",
        y_label="udio u postocima",
        series=tuple(
            Series(name, tuple(map(float, curve)), tuple(round(100 * share, 2) for share in shares))
            for name, shares in (
                ("učenje", [each.in_training for each in curve.values()]),
                ("vrednovanje", [each.in_validation for each in curve.values()]),
            )
        ),
    )


def _shares_table(vocabularies: Mapping[str, Numbered]) -> Table:
    """The size of each vocabulary and its shares of unknown words."""
    return Table(
        ("vokabular", "tokena", "udio u učenju", "udio u vrednovanju"),
        tuple(
            (how, each.size, _share(each.in_training), _share(each.in_validation)) for how, each in vocabularies.items()
        ),
        title=f"Udio znaka {UNK}",
    )


def _unknown_snippet(lab: Lab3) -> Snippet:
    """The first toy sentence with every word kept, and with the rare one left out."""
    return Snippet(
        f"""\
from collections import Counter

recenice = [recenica.split() for recenica in {TOY}]
frekvencije = Counter(token for recenica in recenice for token in recenica)
for min_freq in (0, 2):
    rijeci = [r for r in sorted(frekvencije, key=frekvencije.get, reverse=True) if frekvencije[r] >= min_freq]
    stoi = {{r: i for i, r in enumerate(["{PAD}", "{UNK}"] + rijeci)}}
    print([r if r in stoi else "{UNK}" for r in recenice[0]])
""",
        "\n".join(str(read_back(lab.Vocab(_toy_frequencies(), min_freq=least), TOY[0])) for least in (0, 2)),
    )


def _share(share: float) -> str:
    """A share in per cent; what is not nothing is never rounded down to nothing."""
    return "0 %" if share == 0 else f"{decimal(max(100 * share, 0.1), 1)} %"
