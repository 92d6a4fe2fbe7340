"""Proofs about the class representations of lab 4: their shape, and how they are computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta

from quizlab.hooks.common import apart, seeded, shape_of
from quizlab.hooks.faces import Lab4, Small
from quizlab.hooks.lab4 import digits
from quizlab.hooks.lab4.digits import (
    CLASSES,
    EMB_SIZE,
    EXACT,
    TOY,
    Precomputed,
    batches,
    class_means,
    features,
    toy_examples,
    unit_rows,
)
from quizlab.hooks.owned import is_own, material, needs
from quizlab.model import Case, Claim, Evidence, Note, Snippet, Table
from quizlab.numbers import decimal, gap

if TYPE_CHECKING:
    from torch import Tensor


def representations(
    lab: Lab4,
    *,
    classes: Annotated[int, Meta(ge=2, le=CLASSES)] = CLASSES,
    emb_size: Small = EMB_SIZE,
    model: Literal["simple", "identity"] = "simple",
    result: Literal["representations", "transposed", "batch"] = "representations",
) -> Evidence:
    """Compute class representations of real digits and measure their shape and the length of each row.

    ``model`` and ``result`` compute what the usual mistakes have in mind: the image space, the two dimensions
    swapped, the embeddings of one batch of 64.
    """
    import torch

    needs(lab, "representations")
    images, labels = digits.known(lab)
    chosen = torch.cat([torch.nonzero(labels == c).flatten()[:3] for c in range(classes)])
    with seeded(0):
        net = lab.IdentityModel() if model == "identity" else material(lab, "model").SimpleMetricEmbedding(1, emb_size)
        size = features(net, images[: 2 if is_own(lab) else 1]).shape[1]
        rows = _rows(lab, net, digits.Sample(images[chosen], labels[chosen]), 32, classes, size)
        found = {
            "representations": rows,
            "transposed": rows.T,
            "batch": features(net, images[:64]) if result == "batch" else rows,
        }[result]
    norms = rows.norm(dim=1)
    longest, shortest = float(norms.max()), float(norms.min())
    return Evidence(
        cases=(Case(value=tuple(found.shape)),),
        claims=(
            Claim(
                "unit_norm",
                max(abs(longest - 1), abs(shortest - 1)) < EXACT,
                f"L2-norme redaka su od {decimal(shortest, 4)} do {decimal(longest, 4)}",
            ),
            Claim(
                "row_per_class",
                rows.shape[0] == classes,
                f"razreda je {classes}, slika {len(chosen)}, a redaka {rows.shape[0]}",
            ),
        ),
        blocks=(
            Table(
                ("tenzor", "oblik"),
                (
                    ("slike", shape_of(images[chosen])),
                    ("ugrađivanja svih slika", str((len(chosen), size))),
                    ("reprezentacije razreda", shape_of(rows)),
                ),
                title="Od slika do reprezentacija",
                marked=(2,),
            ),
            Note(
                f"Svaki je redak jedan razred, a L2-norme redaka su od {decimal(shortest, 4)} do {decimal(longest, 4)}."
            ),
        ),
        snippet=Snippet(
            f"""\
import torch

razreda, dimenzija = {classes}, {size}
ugradjivanja = torch.rand(64, dimenzija)
oznake = torch.arange(64) % razreda
sredine = torch.stack([ugradjivanja[oznake == r].mean(dim=0) for r in range(razreda)])
reprezentacije = sredine / sredine.norm(dim=1, keepdim=True)
print(tuple(reprezentacije.shape), round(float(reprezentacije.norm(dim=1).max()), 3))
""",
            f"{shape_of(rows)} {round(longest, 3)}",
        ),
    )


def class_representations(lab: Lab4) -> Evidence:
    """Recompute the lab's class representations by hand: the mean of each class, divided by its L2 norm."""
    import torch

    needs(lab, "representations")
    images, labels = digits.known(lab)
    model = digits.learned(lab)
    size = model.known.shape[1]
    rows = _rows(lab, model.model, digits.Sample(images, labels), 50, CLASSES, size)
    in_eval = not model.model.training
    means = class_means(model.known, labels)
    lengths = means.norm(dim=1)
    medians = torch.stack([model.known[labels == c].median(dim=0).values for c in range(CLASSES)])
    # Directions are compared, so that the length that a row is given is a matter of its own.
    off_mean, off_median = (float((unit_rows(rows) - unit_rows(by_hand)).abs().max()) for by_hand in (means, medians))
    norms = rows.norm(dim=1)
    return Evidence(
        claims=(
            Claim(
                "class_mean",
                off_mean < EXACT,
                f"smjer svakog retka jednak je smjeru prosjeka ugrađivanja razreda (najveća razlika: {gap(off_mean)}; "
                f"od smjera medijana: {gap(off_median)})",
            ),
            Claim(
                "row_per_class",
                tuple(rows.shape) == (CLASSES, EMB_SIZE),
                f"slika je {len(labels)}, a razreda {CLASSES}: nastaje tenzor oblika {shape_of(rows)}",
            ),
            Claim(
                "unit_norm",
                float((norms - 1).abs().max()) < EXACT,
                f"norme prosjeka su od {decimal(float(lengths.min()))} do {decimal(float(lengths.max()))}, "
                f"a norme redaka od {decimal(float(norms.min()), 4)} do {decimal(float(norms.max()), 4)}",
            ),
            Claim(
                "eval_without_gradients",
                in_eval and not rows.requires_grad,
                f"model je pritom u načinu {'eval()' if in_eval else 'train()'}, a gradijenti se "
                f"{'pamte' if rows.requires_grad else 'ne pamte'}",
            ),
        ),
        blocks=(
            Table(
                ("razred", "primjera", "norma prosjeka", "norma retka", "razlika smjerova"),
                tuple(
                    (
                        label,
                        int((labels == label).sum()),
                        round(float(lengths[label]), 3),
                        round(float(norms[label]), 3),
                        round(float((unit_rows(rows) - unit_rows(means))[label].abs().max()), 5),
                    )
                    for label in range(CLASSES)
                ),
                title="Prosjek izračunat ručno i redak koji je dao compute_representations",
            ),
        ),
        snippet=Snippet(
            f"""\
import torch

ugradjivanja = torch.tensor({toy_examples()[0].tolist()})
oznake = torch.tensor({toy_examples()[1].tolist()})
for razred in range({len(TOY)}):
    prosjek = ugradjivanja[oznake == razred].mean(dim=0)
    redak = prosjek / prosjek.norm()
    print(prosjek.tolist(), [round(x, 2) for x in redak.tolist()])
""",
            _toy_means(lab),
        ),
    )


def _rows(lab: Lab4, model: Any, sample: digits.Sample, batch: int, classes: int, size: int) -> Tensor:
    """The lab's class representations, from batches; from one image at a time where only that comes out right.

    The lab's own program gives them one image at a time, and a student's code may count on it.
    """
    if not is_own(lab):
        return lab.compute_representations(model, batches(*sample, batch), classes, size, "cpu")
    means = unit_rows(class_means(features(model, sample.images), sample.labels))
    try:
        rows = lab.compute_representations(model, batches(*sample, batch), classes, size, "cpu")
        if apart(rows.detach(), means) < EXACT:
            return rows
    except (RuntimeError, IndexError, ValueError, TypeError):
        pass
    return lab.compute_representations(model, batches(*sample, 1), classes, size, "cpu")


def _toy_means(lab: Lab4) -> str:
    """Mean and representation of each toy class, the latter from the lab."""
    points, labels = toy_examples()
    toy = digits.Sample(points, labels)
    rows = _rows(lab, Precomputed(), toy, 2, len(TOY), points.shape[1])
    means = class_means(points, labels)
    return "\n".join(
        f"{mean.tolist()} {[round(x, 2) for x in row.tolist()]}" for mean, row in zip(means, rows, strict=True)
    )
