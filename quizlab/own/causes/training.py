"""Known mistakes of the functions of lab 4: training, class representations, predictions, evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizlab.hooks.adam import Adam
from quizlab.hooks.common import apart
from quizlab.hooks.lab4 import digits
from quizlab.hooks.lab4.digits import Precomputed, batches, class_means, unit_rows
from quizlab.hooks.owned import material, needs, reference_of
from quizlab.own.causes.cause import Cause, Probe

CLOSE = 1e-4
CLASSES = 4
WIDTH = 8


def training(lab: Any) -> Iterator[Cause]:
    """Whether a short training ends, and whether it moves the model; our loop on the same model tells whose fault."""
    needs(lab, "train")
    if not _run(lab, reference_of(lab).train)[1]:
        return
    stopped, moved = _run(lab, lab.train)
    answer = "Na blicu je učenje prolaz kroz učitavač: zero_grad, gubitak trojke, backward i korak optimizatora."
    if stopped:
        says = f"Učenje se prekida pogreškom ({stopped}), a vježba traži jedan prolaz kroz učitavač."
        yield Cause("train-broken", "train", "", says, answer, ("q7",))
    elif not moved:
        says = "Nakon učenja parametri modela isti su kao prije njega, a u vježbi ih pomiče korak optimizatora."
        yield Cause("train-without-step", "train", "", says, answer, ("q7",))


def _run(lab: Any, loop: Any) -> tuple[str, bool]:
    """Why a loop stops on the lab's model and data, and whether it moved any parameter."""
    import torch
    from torch.utils.data import DataLoader, Subset

    model = digits.new_model(lab)
    before = [tensor.detach().clone() for tensor in model.parameters()]
    data = material(lab, "dataset").MNISTMetricDataset(split="train", seed=0)
    loader = DataLoader(Subset(data, list(range(64))), 16)
    try:
        loop(model, Adam(model.parameters(), 1e-3), loader, "cpu")
    except Exception as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0][:120], False
    after = list(model.parameters())
    return "", any(not torch.equal(one, other.detach()) for one, other in zip(before, after, strict=True))


def _toy() -> tuple[Any, Any]:
    """Embeddings of four classes, of unlike lengths, and their labels."""
    import torch

    rows = torch.randn(CLASSES * 6, WIDTH) * torch.linspace(0.5, 3, CLASSES * 6).unsqueeze(1)
    return rows, torch.arange(CLASSES).repeat(6)


def representations(lab: Any) -> Iterator[Cause]:
    """How a class's embeddings become one row."""
    needs(lab, "representations")
    rows, labels = _toy()
    given = lab.compute_representations(Precomputed(), batches(rows, labels, 1), CLASSES, WIDTH, "cpu").detach()
    means = class_means(rows, labels)
    if apart(given, unit_rows(means)) < CLOSE:
        return
    answer = "Na blicu je reprezentacija razreda prosjek ugrađivanja podijeljen svojom L2-normom."
    if apart(given, means) < CLOSE:
        says = "Prosjeci razreda ne dijele se svojom normom, a vježba traži retke duljine 1."
        yield Cause("means-not-normalised", "representations", "", says, answer, ("q14", "q23"))
    elif apart(unit_rows(given), unit_rows(class_means(unit_rows(rows), labels))) < CLOSE:
        says = "Ugrađivanja se normiraju prije prosjeka, a vježba traži da se normira tek prosjek."
        yield Cause("normalised-before-mean", "representations", "", says, answer, ("q23",))
    elif apart(unit_rows(given), unit_rows(means)) > CLOSE:
        says = "Reprezentacija razreda nije u smjeru prosjeka ugrađivanja, a vježba traži upravo prosjek."
        yield Cause("not-class-mean", "representations", "", says, answer, ("q23",))


def evaluation(lab: Any) -> Iterator[Cause]:
    """Which class evaluate takes: the nearest one, with the query's length made one."""
    import torch

    needs(lab, "evaluate")
    rows, labels = _toy()
    means = unit_rows(class_means(rows, labels))
    uneven = means * torch.linspace(0.5, 1.6, CLASSES).unsqueeze(1)

    def agrees(prototypes: Any, queries: Any, *, farthest: bool = False) -> bool:
        far = torch.cdist(queries, prototypes)
        answers = far.argmax(dim=1) if farthest else far.argmin(dim=1)
        return float(lab.evaluate(Precomputed(), prototypes, batches(rows, answers, 1), "cpu")) == 1

    if agrees(means, unit_rows(rows), farthest=True):
        says = "Funkcija evaluate bira najdalje središte razreda, a vježba traži najbliže."
        answer = "Na blicu se bira razred čije je središte najbliže."
        yield Cause("farthest", "evaluate", "", says, answer, ("q13", "q18", "q24"))
    elif not agrees(uneven, unit_rows(rows)) and agrees(uneven, rows):
        says = "Funkcija evaluate ugrađivanje upita ne dijeli njegovom normom, a vježba to traži."
        answer = "Na blicu se i upit podijeli svojom L2-normom, pa se bira najbliže središte."
        yield Cause("query-not-normalised", "evaluate", "", says, answer, ("q24",))


PROBES: tuple[Probe, ...] = (training, representations, evaluation)
