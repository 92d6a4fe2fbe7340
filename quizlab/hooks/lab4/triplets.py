"""Proofs about triplets: where a positive and a negative are drawn from, and what a triplet is for."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4.draws import (
    ANCHORS,
    Pool,
    Sample,
    index_of,
    label_of,
    pools,
    same_class,
    sample_of,
    sampling_snippet,
)
from quizlab.hooks.lab4.loss_of_model import gradients, loss_of, trained_points
from quizlab.hooks.owned import has, is_own
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal

STEP = 0.1

Negatives = Literal["other-classes", "one-class", "all-others", "everything", "one-less"]
"""Whom to count as a negative: every other class, the first of them, all images but the anchor, all images, or every
other class without one image of each."""


def triplet_candidates(
    lab: Lab4,
    *,
    K: Annotated[int, Meta(ge=2, le=20)] | None = None,
    M: Annotated[int, Meta(ge=2, le=50)] | None = None,
    count_anchor: bool = False,
    negatives: Negatives = "other-classes",
    swapped: bool = False,
) -> Evidence:
    """Count the positives and negatives of one anchor in data sets of K classes with M examples each.

    Without ``K`` and ``M`` several are tried. The lab's sampler is drawn from until it has shown all that it can
    give; the anchor is chosen already, so it is not counted among its positives. The labels must allow the same.
    ``count_anchor``, ``negatives`` and ``swapped`` make the usual mistakes.
    """
    drawn = pools(lab, K, M)
    cases, rows = [], []
    for pool in drawn:
        positive, negative = _candidates(pool, count_anchor, negatives)
        value = (len(negative), len(positive)) if swapped else (len(positive), len(negative))
        cases.append(Case(value=value, given={"K": pool.classes, "M": pool.examples}))
        rows.append((pool.classes, pool.examples, len(pool.labels), *value, len(pool.positives)))
    agree = [
        _candidates(pool, False, "other-classes") == (pool.same() - {pool.anchor}, pool.others()) for pool in drawn
    ]
    largest = drawn[-1]
    hits, draws = largest.positives[largest.anchor], largest.positives.total()
    return Evidence(
        cases=tuple(cases),
        claims=(
            Claim(
                "sampler_draws_the_same",
                all(agree),
                f"pokušaja u kojima je uzorkovanje iz vježbe, ne računajući sidro, dalo upravo one slike koje "
                f"dopuštaju oznake: {sum(agree)} od {len(agree)}",
            ),
            Claim(
                "anchor_among_drawn",
                all(pool.positives[pool.anchor] for pool in drawn),
                f"uz M = {largest.examples} sidro je samo sebi pozitiv u {hits} od {draws} izvlačenja, "
                f"što je udio {decimal(hits / draws)}",
            ),
        ),
        blocks=(
            Table(
                ("K", "M", "slika", "pozitiva", "negativa", "različitih izvučenih pozitiva"),
                tuple(rows),
                title="Skupovi s K razreda po M primjera: što je sve izvučeno za jedno sidro",
            ),
        ),
        snippet=_candidates_snippet(largest),
    )


def one_triplet(lab: Lab4) -> Evidence:
    """Draw triplets from the lab's training set, take whole items, and let the loss move one triplet."""
    sample = sample_of(lab)
    total = len(ANCHORS)
    same, other = same_class(sample, sample.positives), total - same_class(sample, sample.negatives)
    repeats = sum(anchor == index_of(drawn) for anchor, drawn in zip(ANCHORS, sample.positives, strict=True))
    drawn = len({index_of(each) for each in sample.positives})
    small = pools(lab)
    strayed = sum(times for pool in small for index, times in pool.negatives.items() if index not in pool.others())
    tried = sum(pool.negatives.total() for pool in small)
    hits = [pool.positives[pool.anchor] for pool in small]
    draws = sum(pool.positives.total() for pool in small)
    whole = [
        item.size == 4
        and set(item.positive_labels) == {item.target}
        and item.target not in item.negative_labels
        and bool(item.negative_labels)
        for item in sample.items
    ]
    starts = [item.anchor_is_image and item.target == sample.labels[item.place] for item in sample.items]
    return Evidence(
        claims=(
            Claim(
                "anchor_is_the_item",
                all(starts),
                f"provjereno elemenata: {len(starts)}; slika s traženim indeksom sidro je u njih {sum(starts)}",
            ),
            Claim(
                "positive_same_class",
                same == total,
                f"oznaku sidra ima {same} od {total} izvučenih pozitiva",
            ),
            Claim(
                "negative_other_class",
                other == total and not strayed,
                f"oznaku različitu od sidra ima {other} od {total} izvučenih negativa, a u malim skupovima "
                f"{tried - strayed} od {tried}",
            ),
            Claim(
                "item_is_triplet",
                all(whole),
                f"provjereno elemenata skupa za učenje: {len(whole)}; sidro, pozitiv istog razreda, negativ drugog "
                f"razreda i oznaku sadrži ih {sum(whole)}",
            ),
            Claim(
                "usually_three_images",
                # A student may leave the anchor out.
                repeats < total / 20 and (is_own(lab) or (any(hits) and drawn > total / 4)),
                f"pozitiv je bio baš sidro u {repeats} od {total} trojki (različitih pozitiva: {drawn}), a u "
                f"razredima od po nekoliko slika u {sum(hits)} od {draws} izvlačenja",
            ),
            *(_pulls_and_pushes(lab) if has(lab, "model") else ()),
        ),
        blocks=(
            _drawn_table(sample),
            _items_table(sample),
        ),
        snippet=sampling_snippet(same == total, other == total),
    )


def _pulls_and_pushes(lab: Lab4) -> tuple[Claim]:
    (near_before, far_before), (near_after, far_after) = _moved(lab)
    return (
        Claim(
            "loss_pulls_and_pushes",
            near_after < near_before and far_after > far_before,
            f"nakon jednog koraka učenja d(a,p) ide s {decimal(near_before)} na "
            f"{decimal(near_after)}, a d(a,n) s {decimal(far_before)} na {decimal(far_after)}",
        ),
    )


def _candidates(pool: Pool, count_anchor: bool, negatives: Negatives) -> tuple[set[int], set[int]]:
    """The positives and the negatives that were drawn for the anchor, with the mistakes asked for."""
    positive = set(pool.positives) | {pool.anchor} if count_anchor else set(pool.positives) - {pool.anchor}
    negative = set(pool.negatives)
    if negatives == "one-class":
        negative = {each for each in negative if pool.labels[each] == pool.labels[min(negative)]}
    if negatives == "all-others":
        negative = set(range(len(pool.labels))) - {pool.anchor}
    if negatives == "everything":
        negative = set(range(len(pool.labels)))
    if negatives == "one-less":
        negative -= {pool.labels.index(label) for label in {pool.labels[each] for each in negative}}
    return positive, negative


def _moved(lab: Lab4) -> tuple[tuple[float, float], tuple[float, float]]:
    """The distances d(a,p) and d(a,n) before and after one step of the lab's own training.

    They are measured from where the anchor was. A student's loop may do more than one step, so there the step is
    made on the student's loss.

    The negative is nearer than the positive, so there is a loss with any margin; and all three lie about as far
    from the origin, so a loss that normalises its embeddings pulls and pushes here as well.
    """
    import torch

    anchor = torch.tensor([[1.0, 0.0]])
    positive, negative = torch.tensor([[0.28, 0.96]]), torch.tensor([[0.5, -0.866]])
    before = (float((anchor - positive).norm()), float((anchor - negative).norm()))
    moved = None if is_own(lab) else trained_points(lab, (anchor, positive, negative), STEP)
    if moved is None:
        near, far = gradients(loss_of(lab, 1.0), (anchor, positive, negative))
        moved = (positive - STEP * near, negative - STEP * far)
    return before, (float((anchor - moved[0]).norm()), float((anchor - moved[1]).norm()))


def _drawn_table(sample: Sample) -> Table:
    """The first triplet of indices that was drawn."""
    return Table(
        ("uloga", "indeks", "oznaka"),
        (
            ("sidro", ANCHORS[0], sample.labels[ANCHORS[0]]),
            ("pozitiv", str(sample.positives[0]), label_of(sample, sample.positives[0])),
            ("negativ", str(sample.negatives[0]), label_of(sample, sample.negatives[0])),
        ),
        title="Jedna izvučena trojka",
    )


def _items_table(sample: Sample) -> Table:
    """The whole items: whose images they hold."""
    return Table(
        ("indeks", "oznaka", "oznake pozitiva", "oznake negativa", "oblici slika"),
        tuple(
            (
                item.place,
                item.target,
                str(item.positive_labels),
                str(item.negative_labels),
                item.shapes,
            )
            for item in sample.items
        ),
        title=f"Elementi skupa za učenje (članova u elementu: {sample.items[0].size})",
    )


def _candidates_snippet(pool: Pool) -> Snippet:
    """The labels compared with the anchor's in plain Python."""
    return Snippet(
        f"""\
K, M = {pool.classes}, {pool.examples}
oznake = [razred for razred in range(K) for _ in range(M)]
sidro = 0
pozitivi = [i for i, o in enumerate(oznake) if o == oznake[sidro] and i != sidro]
negativi = [i for i, o in enumerate(oznake) if o != oznake[sidro]]
print(len(pozitivi), len(negativi))
""",
        f"{len(pool.same()) - 1} {len(pool.others())}",
    )
