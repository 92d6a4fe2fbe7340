"""Known mistakes of the data set of lab 4: how triplets are drawn, and what a removed class leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizlab.hooks.lab4 import digits
from quizlab.hooks.lab4.draws import ANCHORS, index_of, pools, same_class, sample_of
from quizlab.hooks.owned import MissingPartError, needs, offers
from quizlab.own.causes.cause import Cause, Probe

OTHER = 3
"""A class to remove that is not the one of the lab's experiment."""

RULE = "Na blicu pozitiv ima oznaku sidra, a negativ bilo koju drugu oznaku."


def drawing(lab: Any) -> Iterator[Cause]:
    """Whose images are drawn for an anchor."""
    sample = sample_of(lab)
    total = len(ANCHORS)
    if all(index_of(each) < 0 for each in sample.positives):
        kind = type(sample.positives[0]).__name__
        says = f"Metoda _sample_positive vraća {kind}, a vježba traži indeks slike, cijeli broj."
        answer = "Na blicu _sample_positive vraća cijeli broj (int)."
        yield Cause("positive-no-index", "dataset", "_sample_positive", says, answer, ("q5", "q8", "q11", "q17"))
        return
    wrong = total - same_class(sample, sample.positives)
    if wrong and all(index_of(each) >= 0 for each in sample.positives):
        yield Cause(
            "positive-sampling",
            "dataset",
            "_sample_positive",
            f"Izvučenih pozitiva izvan razreda sidra: {wrong} od {total}; vježba traži isti razred.",
            RULE,
            ("q5", "q8", "q11", "q17"),
        )
    same = same_class(sample, sample.negatives)
    if same:
        yield Cause(
            "negative-sampling",
            "dataset",
            "_sample_negative",
            f"Izvučenih negativa s oznakom sidra: {same} od {total}; vježba traži drugi razred.",
            RULE,
            ("q5", "q8", "q17"),
        )
    if not wrong and not same:
        yield from _reach(lab)


def _reach(lab: Any) -> Iterator[Cause]:
    """Whether every image that the labels allow is drawn at some time, and whether the anchor is."""
    drawn = pools(lab)
    left_out = [pool for pool in drawn if set(pool.negatives) < pool.others()]
    if left_out:
        yield Cause(
            "some-negatives-only",
            "dataset",
            "_sample_negative",
            "Neke slike drugih razreda nikad se ne izvuku kao negativ, a vježba dopušta svaku.",
            "Na blicu je negativa (K − 1)·M: svaka slika svakog drugog razreda.",
            ("q5",),
        )
    if any(set(pool.positives) | {pool.anchor} < pool.same() for pool in drawn):
        yield Cause(
            "some-positives-only",
            "dataset",
            "_sample_positive",
            "Neke slike razreda sidra nikad se ne izvuku kao pozitiv, a vježba dopušta svaku.",
            "Na blicu je pozitiva M − 1: svaka druga slika istog razreda.",
            ("q5",),
        )
    hits = sum(pool.positives[pool.anchor] for pool in drawn)
    if hits:
        yield Cause(
            "anchor-as-positive",
            "dataset",
            "_sample_positive",
            "Sidro može biti i vlastiti pozitiv; izvlačenja u kojima se to dogodilo: "
            f"{hits} od {sum(pool.positives.total() for pool in drawn)}.",
            "Na blicu je za jedno sidro pozitiva M − 1, jer se sidro ne broji.",
            ("q5", "q8"),
            note=True,
        )


def removal(lab: Any) -> Iterator[Cause]:
    """What is left of a removed class."""
    needs(lab, "dataset")
    try:
        data = lab.MNISTMetricDataset(split="train", remove_class=digits.REMOVED, seed=0)
    except MissingPartError:
        yield Cause(
            "no-remove-class",
            "dataset",
            "__init__",
            "Skup podataka nema parametar remove_class, a vježba traži učenje bez jednog razreda.",
            "Na blicu i razred kojega u učenju nije bilo ima svoju srednju reprezentaciju, pa se može prepoznati.",
            ("q18",),
        )
        return
    if not offers(lab, "dataset", "remove"):
        return
    kept = digits.labels_of(data).count(digits.REMOVED)
    if kept:
        yield Cause(
            "class-not-removed",
            "dataset",
            "__init__",
            f"I uz remove_class={digits.REMOVED} u skupu za učenje ostaje slika toga razreda ({kept}), a vježba traži "
            "da ih nema.",
            "Na blicu razred izostavljen iz učenja nema nijedne slike u skupu za učenje, a prepoznaje se po središtu.",
            ("q18",),
        )
    elif _removes(lab, digits.REMOVED) and not _removes(lab, OTHER):
        yield Cause(
            "classes-fixed",
            "dataset",
            "__init__",
            f"Razredi su upisani u kôd kao da je izostavljen razred {digits.REMOVED}: uz remove_class={OTHER} skup "
            "ne radi kako treba.",
            "Na blicu remove_class izostavlja bilo koji razred.",
        )


def _removes(lab: Any, removed: int) -> bool:
    """Whether a class can be removed, and triplets drawn from all that are left."""
    left = [each for each in range(digits.CLASSES) if each != removed]
    try:
        data = lab.MNISTMetricDataset(split="train", remove_class=removed, seed=0)
        labels = digits.labels_of(data)
        if sorted(set(labels)) != left:
            return False
        drawn = set()
        for label in left:
            anchor = labels.index(label)
            if labels[index_of(data._sample_positive(anchor))] != label:
                return False
            drawn |= {labels[index_of(data._sample_negative(anchor))] for _ in range(40)}
    except (LookupError, ValueError, RuntimeError, TypeError, AttributeError):
        return False
    return drawn == set(left)


def elements(lab: Any) -> Iterator[Cause]:
    """What an element holds besides its images."""
    import torch

    needs(lab, "dataset")
    label = lab.MNISTMetricDataset(split="train", seed=0)[0][-1]
    if isinstance(label, torch.Tensor) and label.dim() == 0:
        yield Cause(
            "label-tensor",
            "dataset",
            "__getitem__",
            "Oznaka u elementu skupa je tenzor bez dimenzija, a ne cijeli broj; učitavač od oboje slaže isto.",
            "Na blicu je element n-torka triju tenzora i cijelog broja.",
            ("q64",),
            note=True,
        )


PROBES: tuple[Probe, ...] = (drawing, removal, elements)
