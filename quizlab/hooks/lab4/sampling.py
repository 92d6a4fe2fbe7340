"""Proofs about sampling: what _sample_positive returns, and which labels the drawn images have."""

from __future__ import annotations

from collections import Counter
from numbers import Integral

from quizlab.hooks.common import commas, listed
from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4.draws import ANCHORS, Sample, label_of, pools, same_class, sample_of, sampling_snippet
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal


def sampled_index(lab: Lab4) -> Evidence:
    """Look at what _sample_positive returns: its type, and whether it is an index of the anchor's class."""
    import numpy as np

    sample = sample_of(lab)
    total = len(sample.positives)
    kinds = Counter(type(drawn).__name__ for drawn in sample.positives)
    same = same_class(sample, sample.positives)
    by_numpy = np.random.default_rng(0).choice([3, 8, 21])
    pool = pools(lab)[0]
    value = _kind(sample.positives)
    return Evidence(
        cases=(Case(value=value),),
        claims=(
            Claim(
                "index_of_same_class",
                same == total,
                f"indeks slike iz razreda sidra vraćen je u {same} od {total} poziva",
            ),
            Claim(
                "another_type",
                value == "drugo",
                f"izmjereni tipovi u {total} poziva: " + listed(f"{name} ({times})" for name, times in kinds.items()),
            ),
            Claim(
                "numpy_gives_its_own_integer",
                not isinstance(by_numpy, int),
                f"numpy.random.choice vraća numpy.{type(by_numpy).__name__}, a random.choice int",
            ),
            Claim(
                "anchor_among_drawn",
                bool(pool.positives[pool.anchor]),
                f"u skupu s M = {pool.examples} sidro je vraćeno u {pool.positives[pool.anchor]} od "
                f"{pool.positives.total()} poziva",
            ),
        ),
        blocks=(_calls_table(sample),),
        snippet=_type_snippet(value, by_numpy),
    )


def sampled_labels(lab: Lab4) -> Evidence:
    """Check the labels of many positives and negatives against every rule that was offered."""
    sample = sample_of(lab)
    total = len(ANCHORS)
    positive, negative = same_class(sample, sample.positives), same_class(sample, sample.negatives)
    pairs, classes = sample.pairs, sorted(set(sample.labels))
    none = not any(pairs[each, each] for each in classes)
    return Evidence(
        claims=(
            Claim(
                "positive_same_negative_other",
                positive == total and negative == 0 and none,
                f"oznaku sidra ima {positive} od {total} pozitiva, a drugu oznaku {total - negative} od {total} "
                "negativa",
            ),
            Claim(
                "positive_other_negative_same",
                positive == 0 and negative == total,
                f"drugu oznaku ima {total - positive} od {total} pozitiva, a oznaku sidra {negative} od {total} "
                "negativa",
            ),
            Claim(
                "both_same_class",
                positive == total and negative == total,
                f"oznaku sidra ima {positive} od {total} pozitiva i {negative} od {total} negativa",
            ),
            Claim(
                "negative_of_any_class",
                all(pairs[one, other] for one in classes for other in classes if one != other),
                "razredi iz kojih negativ nije izvučen ni jednom: "
                + (_missing(pairs, classes) or f"nema ih ({pairs.total()} izvlačenja)"),
            ),
            Claim(
                "labels_play_no_part",
                0 < positive < total and 0 < negative < total,
                f"udio slika s oznakom sidra među pozitivima je {decimal(positive / total)}, a među negativima "
                f"{decimal(negative / total)}; bez obzira na oznaku bio bi oko {decimal(1 / len(classes))}",
            ),
        ),
        blocks=(
            Table(
                ("izvučeno", "ista oznaka kao sidro", "druga oznaka"),
                (
                    ("pozitiv", positive, total - positive),
                    ("negativ", negative, total - negative),
                ),
                title=f"{total} sidara iz svih {len(classes)} razreda",
            ),
            Table(
                ("razred sidra c", *(f"n: {label}" for label in classes)),
                tuple((anchor, *(pairs[anchor, label] for label in classes)) for anchor in classes),
                title="Koliko je puta iz kojeg razreda izvučen negativ: na dijagonali "
                + ("nema nijednog" if none else "je razred sidra"),
            ),
        ),
        snippet=sampling_snippet(positive == total, negative == 0),
    )


def _kind(values: list[object]) -> str:
    """The one type of all values, numpy's integers counting as integers; else ``drugo``."""
    for name, kind in (("int", Integral), ("str", str), ("list", list)):
        if all(isinstance(value, kind) and not isinstance(value, bool) for value in values):
            return name
    return "drugo"


def _missing(pairs: Counter[tuple[int, int]], classes: list[int]) -> str:
    """For each class of an anchor the other classes from which no negative was drawn: ``0: 3, 4; 1: 5``."""
    never = {one: [other for other in classes if one != other and not pairs[one, other]] for one in classes}
    return "; ".join(f"za sidro {one}: {commas(others)}" for one, others in never.items() if others)


def _calls_table(sample: Sample) -> Table:
    """The first five calls, and what came back."""
    return Table(
        ("poziv", "vraća", "tip", "oznaka sidra", "oznaka vraćene slike"),
        tuple(
            (
                f"_sample_positive({anchor})",
                str(drawn),
                type(drawn).__name__,
                sample.labels[anchor],
                label_of(sample, drawn),
            )
            for anchor, drawn in list(zip(ANCHORS, sample.positives, strict=True))[:5]
        ),
    )


def _type_snippet(kind: str, by_numpy: object) -> Snippet:
    """The types that the two libraries' choices return; a lab may draw by either."""
    return Snippet(
        """\
import random

import numpy as np

indeksi = [3, 8, 21]
print(type(random.choice(indeksi)).__name__, type(np.random.choice(indeksi)).__name__)
""",
        f"{kind} {type(by_numpy).__name__}",
    )
