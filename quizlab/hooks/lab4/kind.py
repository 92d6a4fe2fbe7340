"""Proof of what kind of classification lab 4 does: a class that was never learned is recognised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4 import digits
from quizlab.hooks.lab4.classification import ask, nearest_row, toy_nearest
from quizlab.hooks.lab4.digits import (
    CLASSES,
    TOY,
    TOY_QUERY,
    Precomputed,
    batches,
    class_means,
    toy_examples,
    unit_rows,
)
from quizlab.hooks.owned import MissingPartError, is_own, needs, offers, reference_of
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import percent

if TYPE_CHECKING:
    from torch import Tensor

NEIGHBOURS = 5


def classification_kind(lab: Lab4) -> Evidence:
    """Classify digits of a class that the model never saw in training; look for other kinds of classifier."""
    import torch
    from torch import nn

    needs(lab, "dataset", "evaluate")
    if not offers(lab, "dataset", "remove"):
        raise MissingPartError("remove_class")
    images = digits.unseen(lab).images
    known_images, known_labels = digits.known(lab)
    chance = 1 / CLASSES
    model, prototypes, right = _without_class(lab, digits.learned_without_class(lab))
    for longer in digits.LONGER:
        if right <= 3 * chance:
            model, prototypes, right = _without_class(lab, digits.learned_without_class(lab, longer))
    before = right <= 3 * chance and not is_own(lab) and hasattr(digits.singles(lab), "images")
    if before:  # a training that teaches nothing, or items that are mixed up, are no matter of this question
        model, prototypes, right = _without_class(lab, digits.unlearned(lab))
    size = model.unseen.shape[1]
    linear = [layer.out_features for layer in model.model.modules() if isinstance(layer, nn.Linear)]
    if is_own(lab) and right <= 3 * chance:  # how well a student's model learns is no matter of this question
        model, prototypes, right = _without_class(lab, digits.learned_without_class(reference_of(lab)))
    left = lab.MNISTMetricDataset(split="train", remove_class=digits.REMOVED, seed=0)
    seen = digits.labels_of(left).count(digits.REMOVED)
    in_features = ask(lab, prototypes, nearest_row(prototypes, unit_rows(model.unseen)), model.unseen)
    pixels, known_pixels = images.flatten(start_dim=1), known_images.flatten(start_dim=1)
    nearest = torch.cdist(pixels, known_pixels).topk(NEIGHBOURS, largest=False).indices
    in_pixels = ask(lab, prototypes, known_labels[nearest].mode(dim=1).values, model.unseen)
    examples = nearest_row(unit_rows(model.known), unit_rows(model.unseen))
    one_example = ask(lab, prototypes, known_labels[examples], model.unseen)
    return Evidence(
        claims=(
            Claim(
                "metric_learning",
                seen == 0 and right > 3 * chance and in_features.agreement == 1,
                f"slika razreda {digits.REMOVED} u učenju: {seen}; {'modelom prije učenja ' if before else ''}"
                f"prema središtu tog razreda prepoznato je {percent(right)} njegovih ispitnih znamenki "
                f"(nasumce bi ih bilo {percent(chance)})",
            ),
            Claim(
                "classifier_layer",
                CLASSES in linear or size == CLASSES,
                f"broj potpuno povezanih slojeva je {len(linear)}, broj izlaznih značajki {size}, "
                f"a broj razreda {CLASSES}",
            ),
            Claim(
                "pixel_neighbours",
                in_pixels.agreement == 1,
                f"glasovanje {NEIGHBOURS} susjeda među pikselima daje isti razred kao evaluate za "
                f"{percent(in_pixels.agreement)} ispitnih znamenki",
            ),
            Claim(
                "pair_classifier",
                size <= 2,
                f"izlaz za jednu sliku ima dimenziju {size}, a za sud o paru slika trebao bi jedan broj",
            ),
            Claim(
                "in_feature_space",
                in_features.agreement == 1,
                f"najbliže središte u prostoru značajki (dimenzija {size}) i evaluate odgovaraju isto za "
                f"{percent(in_features.agreement)} ispitnih znamenki",
            ),
            Claim(
                "one_prototype_per_class",
                one_example.agreement < 1,
                f"svaki razred predstavlja jedno središte: najbliži pojedinačni primjer daje isti razred kao "
                f"evaluate za {percent(one_example.agreement)} ispitnih znamenki",
            ),
        ),
        blocks=(
            Table(
                ("što se mjeri", "vrijednost"),
                (
                    (f"slika razreda {digits.REMOVED} u skupu za učenje", seen),
                    (f"prepoznato ispitnih znamenki razreda {digits.REMOVED}", percent(right)),
                    ("prepoznalo bi se nasumce", percent(chance)),
                    ("potpuno povezanih slojeva u modelu", len(linear)),
                    ("izlaznih značajki modela", size),
                ),
                title="Model prije učenja" if before else f"Model učen bez razreda {digits.REMOVED}",
                marked=(1,),
            ),
        ),
        snippet=Snippet(
            f"""\
import torch
from torch.nn.functional import normalize

ugradjivanja = torch.tensor({toy_examples()[0].tolist()})
oznake = torch.tensor({toy_examples()[1].tolist()})
upit = normalize(torch.tensor({list(TOY_QUERY)}), dim=0)
for razreda in ({len(TOY) - 1}, {len(TOY)}):  # novi razred: samo još jedno središte, bez učenja
    sredine = torch.stack([ugradjivanja[oznake == r].mean(dim=0) for r in range(razreda)])
    print(int((normalize(sredine) - upit).norm(dim=1).argmin()))
""",
            "\n".join(str(toy_nearest(None, count)[0]) for count in (len(TOY) - 1, len(TOY))),
        ),
    )


def _without_class(lab: Lab4, model: digits.Learned) -> tuple[digits.Learned, Tensor, float]:
    """A model trained without a class, the class means, and the share of that class which they recognise."""
    known_labels, labels = digits.known(lab).labels, digits.unseen(lab).labels
    prototypes = unit_rows(class_means(model.known, known_labels))
    removed = labels == digits.REMOVED
    asked = batches(model.unseen[removed], labels[removed], 1)
    return model, prototypes, float(lab.evaluate(Precomputed(), prototypes, asked, "cpu"))
