"""Proofs about classification in lab 4: the nearest class mean, and what it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizlab.hooks.faces import Lab4
from quizlab.hooks.lab4 import digits, rivals
from quizlab.hooks.lab4.digits import (
    CLASSES,
    EXACT,
    TOY,
    TOY_QUERY,
    Precomputed,
    batches,
    class_means,
    toy_examples,
    unit_rows,
)
from quizlab.hooks.owned import needs
from quizlab.model import Claim, Evidence, Note, Snippet, Table
from quizlab.numbers import decimal, gap, percent

if TYPE_CHECKING:
    from torch import Tensor


class Asked(NamedTuple):
    """What a method answered for the unseen digits, and for what share evaluate answers the same."""

    answers: Tensor
    agreement: float


def classification_method(lab: Lab4) -> Evidence:
    """Ask which method answers as the lab's evaluate does, for every unseen digit.

    Each method gets the same training embeddings. Its answers are handed to evaluate in place of the
    labels, so the accuracy that evaluate returns is the share of digits for which both say the same.
    """
    needs(lab, "evaluate")
    images, labels = digits.unseen(lab)
    model, (_, known_labels) = digits.learned(lab), digits.known(lab)
    ways = _ways(lab)
    names = {
        "nearest_mean": "najbliže središte razreda",
        "logistic_regression": "logistička regresija",
        "linear_regression": "linearna regresija",
        "naive_bayes": "naivni Bayesov klasifikator",
        "nearest_example": "najbliži pojedinačni primjer (1-NN)",
    }
    prototypes = unit_rows(class_means(model.known, known_labels))
    some = slice(None, None, 5)
    accuracy = lab.evaluate(model.model, prototypes, batches(images[some], labels[some], 1), "cpu")
    by_hand = float((ways["nearest_mean"].answers == labels)[some].float().mean())
    examples = ways["nearest_example"].agreement
    return Evidence(
        claims=(
            *(
                Claim(
                    name,
                    way.agreement == 1,
                    f"{names[name]} i evaluate odgovaraju isto za {percent(way.agreement)} ispitnih znamenki",
                )
                for name, way in ways.items()
            ),
            Claim(
                "reproduced",
                abs(accuracy - by_hand) < EXACT,
                f"evaluate na slikama daje točnost {decimal(accuracy, 3)}, a ručno biranje najbližeg "
                f"središta {decimal(by_hand, 3)}",
            ),
            Claim(
                "one_prototype_per_class",
                examples < 1 and ways["nearest_mean"].agreement == 1,
                f"središta je {len(prototypes)}, a primjera {len(known_labels)}: najbliži pojedinačni "
                f"primjer daje isti razred kao evaluate za {percent(examples)} ispitnih znamenki",
            ),
        ),
        blocks=(
            Table(
                ("metoda na istim ugrađivanjima", "slaganje s evaluate", "točnost"),
                tuple(
                    (
                        names[name],
                        percent(way.agreement),
                        percent(float((way.answers == labels).float().mean())),
                    )
                    for name, way in ways.items()
                ),
                title=f"Odgovori za {len(labels)} ispitnih znamenki",
                marked=(0,),
            ),
            Note(
                "Model je učen vrlo kratko i na malo znamenki, pa točnost nije ona iz vježbe; slaganje o njoj ne ovisi."
            ),
        ),
        snippet=_nearest_snippet(),
    )


def nearest_mean(lab: Lab4) -> Evidence:
    """Take the lab's classification apart: the query's length, the distance, and the smallest one."""
    import torch

    needs(lab, "evaluate", "predictions")
    model, (_, known_labels) = digits.learned(lab), digits.known(lab)
    labels = digits.unseen(lab).labels
    means = class_means(model.known, known_labels)
    prototypes = unit_rows(means)
    found = ask(lab, prototypes, nearest_row(prototypes, unit_rows(model.unseen)), model.unseen)
    plain = ask(lab, prototypes, nearest_row(means, model.unseen), model.unseen)
    # Prototypes of unequal length tell whether the query was normalised: with unit ones the order of the
    # distances is the same for any length of the query.
    uneven = prototypes * torch.linspace(0.6, 1.4, CLASSES).unsqueeze(1)
    normalised = ask(lab, uneven, nearest_row(uneven, unit_rows(model.unseen)), model.unseen)
    as_it_is = ask(lab, uneven, nearest_row(uneven, model.unseen), model.unseen)
    query = unit_rows(model.unseen)[0]
    distances = digits.squared_distances(lab, prototypes, query)
    by_hand = torch.stack([(query - row).norm() ** 2 for row in prototypes])
    off = float((distances - by_hand).abs().max())
    return Evidence(
        claims=(
            Claim(
                "query_normalised",
                normalised.agreement == 1 and as_it_is.agreement < 1,
                f"uz središta različitih duljina evaluate odgovara kao pravilo s normiranim upitom za "
                f"{percent(normalised.agreement)} znamenki, a kao ono s nenormiranim za "
                f"{percent(as_it_is.agreement)}",
            ),
            Claim(
                "euclidean",
                off < EXACT and int(distances.argmin()) == int(by_hand.sqrt().argmin()),
                f"make_predictions vraća kvadrate euklidskih udaljenosti (najveća razlika: {gap(off)})",
            ),
            Claim(
                "nearest_mean",
                found.agreement == 1,
                f"razred najbližeg središta i odgovor funkcije evaluate isti su za {percent(found.agreement)} "
                f"ispitnih znamenki (ima ih {len(labels)})",
            ),
            Claim(
                "normalisation_matters",
                plain.agreement < 1,
                f"bez ikakvog normiranja, s prosjecima i upitom kakvi jesu, odluka je ista za "
                f"{percent(plain.agreement)} znamenki",
            ),
        ),
        blocks=(
            Table(
                ("razred", "kvadrat udaljenosti", "udaljenost"),
                tuple(
                    (label, round(square, 3), round(max(square, 0) ** 0.5, 3))
                    for label, square in enumerate(distances.tolist())
                ),
                title=f"Jedna ispitna znamenka (oznaka {int(labels[0])}) i središta razreda",
                marked=(int(distances.argmin()),),
            ),
            Table(
                ("pravilo", "slaganje s evaluate"),
                (
                    ("normirana središta i normiran upit", percent(found.agreement)),
                    ("prosjeci i upit bez normiranja", percent(plain.agreement)),
                ),
            ),
            Note(
                "Kad su sva središta jedinične duljine, duljina upita ne mijenja redoslijed udaljenosti; "
                "odluku mijenja normiranje središta."
            ),
        ),
        snippet=_nearest_snippet(lab),
    )


def ask(lab: Lab4, prototypes: Tensor, answers: Tensor, embeddings: Tensor) -> Asked:
    """Hand a method's answers to evaluate as if they were labels: its accuracy is their agreement."""
    return Asked(answers, float(lab.evaluate(Precomputed(), prototypes, batches(embeddings, answers, 1), "cpu")))


def nearest_row(rows: Tensor, queries: Tensor) -> Tensor:
    """For each query the index of the row at the smallest Euclidean distance, written out without the lab."""
    distances: Tensor = (queries.unsqueeze(1) - rows.unsqueeze(0)).square().sum(dim=-1)
    return distances.argmin(dim=1)


def toy_nearest(lab: Lab4 | None, classes: int) -> tuple[int, list[float]]:
    """The class of the toy query among the first classes, and its distances; by a lab's predictions if one is given."""
    import torch

    prototypes, query = unit_rows(class_means(*toy_examples()))[:classes], unit_rows(torch.tensor(TOY_QUERY))
    squared = digits.squared_distances(lab, prototypes, query) if lab else (prototypes - query).square().sum(dim=1)
    return int(squared.argmin()), [round(d, 2) for d in squared.clamp_min(0).sqrt().tolist()]


def _nearest_snippet(lab: Lab4 | None = None) -> Snippet:
    """Classify the toy query by the nearest class mean, with a lab's distances where they are asked about."""
    nearest, distances = toy_nearest(lab, len(TOY))
    return Snippet(
        f"""\
import torch
from torch.nn.functional import normalize

ugradjivanja = torch.tensor({toy_examples()[0].tolist()})
oznake = torch.tensor({toy_examples()[1].tolist()})
sredine = torch.stack([ugradjivanja[oznake == r].mean(dim=0) for r in range({len(TOY)})])
upit = normalize(torch.tensor({list(TOY_QUERY)}), dim=0)
udaljenosti = (normalize(sredine) - upit).norm(dim=1)
print([round(d, 2) for d in udaljenosti.tolist()], int(udaljenosti.argmin()))
""",
        f"{distances} {nearest}",
    )


def _ways(lab: Lab4) -> dict[str, Asked]:
    """What each method answers for the unseen digits, fitted to the same known ones."""
    model, labels = digits.learned(lab), digits.known(lab).labels
    known, queries = unit_rows(model.known), unit_rows(model.unseen)
    prototypes = unit_rows(class_means(model.known, labels))
    answers = {
        "nearest_mean": nearest_row(prototypes, queries),
        "logistic_regression": rivals.logistic_regression(known, labels, queries),
        "linear_regression": rivals.linear_regression(known, labels, queries),
        "naive_bayes": rivals.naive_bayes(known, labels, queries),
        "nearest_example": labels[nearest_row(known, queries)],
    }
    return {name: ask(lab, prototypes, each, model.unseen) for name, each in answers.items()}
