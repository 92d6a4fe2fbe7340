"""Known mistakes of the vocabulary of lab 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from quizlab.hooks.lab3.corpus import PAD, UNK
from quizlab.hooks.owned import MissingPartError, needs
from quizlab.own.causes.cause import Cause, Probe

WORDS = Counter({"vrba": 2, "jasen": 5, "hrast": 3, "bukva": 2, "lipa": 7, "breza": 2, "ariš": 1, "bor": 3, "cer": 1})
"""A toy corpus: how often each word occurs, in the order of first appearance; no two orders of it are the same."""

FALLING = sorted(WORDS, key=WORDS.__getitem__, reverse=True)
LIMITS = "Na blicu: riječi rjeđe od min_freq postaju <UNK>, a posebnih se znakova granica ne tiče."


def specials(lab: Any) -> Iterator[Cause]:
    """The tokens that are no words: which there are, and where."""
    vocab = lab.Vocab(WORDS)
    places = {token: index for token, index in vocab.stoi.items() if token not in WORDS}
    answer = "Na blicu su posebni znakovi <PAD> (0) i <UNK> (1), a vokabular oznaka ih nema."
    if places != {PAD: 0, UNK: 1}:
        found = ", ".join(f"{token} ({index})" for token, index in places.items()) or "nijedan"
        says = f"Posebni su znakovi vokabulara {found}, a vježba traži <PAD> (0) i <UNK> (1)."
        yield Cause("specials", "vocab", "", says, answer, ("q38", "q42", "q44", "q61"))
    try:
        labels = lab.make_label_vocab()
    except MissingPartError:
        return
    strange = [token for token in labels.stoi if token.strip() not in ("positive", "negative")]
    if strange:
        says = f"Vokabular oznaka sadrži i {', '.join(strange)}, a vježba u njemu ne traži posebnih znakova."
        yield Cause("label-unk", "vocab", "", says, answer, ("q38",))


def limits(lab: Any) -> Iterator[Cause]:
    """What the two limits leave out; with two special tokens more than words."""
    everything = len(lab.Vocab(WORDS).stoi)
    at_two = set(lab.Vocab(WORDS, min_freq=2).stoi)
    kept = {word for word in WORDS if WORDS[word] >= 2}
    if len(at_two) == everything == len(WORDS) + 2:
        says = "min_freq ništa ne mijenja, a vježba traži da rjeđe riječi ne uđu u vokabular."
        yield Cause("min-freq-ignored", "vocab", "", says, LIMITS, ("q38", "q42"))
    elif at_two & set(WORDS) == {word for word in WORDS if WORDS[word] > 2} != kept:
        says = "Riječ koja se pojavljuje točno min_freq puta ostaje izvan vokabulara, a vježba je zadržava (≥)."
        yield Cause("min-freq-strict", "vocab", "", says, LIMITS)
    elif not {PAD, UNK} & set(lab.Vocab(WORDS).stoi) <= at_two:
        says = "min_freq izostavlja i posebne znakove, a vježba traži da oni uvijek ostanu."
        yield Cause("specials-counted", "vocab", "", says, LIMITS, ("q38", "q42"))
    size = len(lab.Vocab(WORDS, max_size=6).stoi)
    if size != 6 and everything == len(WORDS) + 2:
        how = "ništa ne mijenja" if size == everything else f"uz vrijednost 6 tokena ostavlja {size}"
        says = f"max_size {how}, a u vježbi je to najveća veličina vokabulara, s posebnim znakovima."
        answer = "Na blicu se u max_size broje i posebni znakovi."
        yield Cause("max-size", "vocab", "", says, answer, ("q42",) if size == everything else ())


def order(lab: Any) -> Iterator[Cause]:
    """Words by falling frequency, ties in the order of first appearance; and none lost."""
    stoi = lab.Vocab(WORDS).stoi
    words = [word for word in sorted(stoi, key=stoi.__getitem__) if word in WORDS]
    counts = [WORDS[word] for word in words]
    answer = "Na blicu riječi slijede po padajućoj frekvenciji, a jednako česte redom kojim se prvi put pojavljuju."
    if set(words) != set(WORDS):
        lost = [word for word in FALLING if word not in stoi]
        says = (
            f"Od {len(WORDS)} riječi u vokabular ih ne uđe {len(lost)} ({', '.join(lost)}) i bez ikakve granice, a "
            "vježba traži sve."
        )
        more = "Na blicu matrica ugrađivanja ima (broj riječi + 2) redaka."
        yield Cause("two-words-lost", "vocab", "", says, more, ("q42", "q61"))
    elif counts != sorted(counts, reverse=True):
        says = "Riječi u vokabularu nisu poredane po padajućoj frekvenciji, a vježba to traži."
        yield Cause("not-by-frequency", "vocab", "", says, answer, ("q38",))
    elif words != FALLING:
        says = "Jednako česte riječi nisu redom kojim se pojavljuju, a kontrolni brojevi vježbe računaju na to."
        yield Cause("ties", "vocab", "", says, answer)


def reading(lab: Any) -> Iterator[Cause]:
    """What becomes of words in indices."""
    import torch

    vocab = lab.Vocab(WORDS)
    known = torch.as_tensor(vocab.encode(["lipa", "jasen"]))
    if known.is_floating_point():
        says = "Brojčani zapis rečenice su realni brojevi, a ugrađivanje prima cijele; vježba traži cjelobrojni tenzor."
        yield Cause("float-indices", "vocab", "encode", says, "Na blicu je brojčani zapis tenzor cijelih brojeva.")
    if UNK not in vocab.stoi:
        return
    mixed = torch.as_tensor(vocab.encode(["lipa", "nepoznata", "jasen"]))
    if mixed.numel() == 2:
        yield Cause(
            "unknown-dropped",
            "vocab",
            "encode",
            "Nepoznata se riječ iz zapisa izostavlja, a vježba na njezino mjesto stavlja <UNK>.",
            "Na blicu brojčani zapis ima jednako mnogo članova koliko i rečenica riječi.",
            ("q42",),
        )


def access(lab: Any) -> Iterator[Cause]:
    """What else the lab's text asks of the class."""
    needs(lab, "vocab")
    raw = lab.part("vocab")
    vocab = lab.Vocab(WORDS)
    lacking = set(vocab.stoi) - set(_tokens(vocab.itos))
    if lacking:
        says = f"itos nema sve što ima stoi (nedostaje {', '.join(sorted(lacking))}), a vježba traži da budu obrnuti."
        yield Cause("itos-lacks", "vocab", "", says, "Na blicu je itos obrnut od stoi: od indeksa do riječi.")
    if isinstance(raw, type) and not hasattr(raw, "__len__"):
        says = "Vokabular nema metodu __len__, pa len(vokabular) iz teksta vježbe ne radi."
        yield Cause("no-len", "vocab", "", says, "Na blicu duljina vokabulara broji i posebne znakove.")


def _tokens(itos: Any) -> list[str]:
    """The words of a list, or of a dictionary from indices to words."""
    return list(itos.values()) if hasattr(itos, "values") else list(itos)


PROBES: tuple[Probe, ...] = (specials, limits, order, reading, access)
