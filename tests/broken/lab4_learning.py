"""Edits of lab 4's loss, training, classification and plots, each with what has to turn red."""

from __future__ import annotations

from tests.broken.lab4_data import POSITIVE, RANDOM, data
from tests.broken.lab4_models import CONV, POOLED, model, unit
from tests.broken.lab4_mutant import Mutant
from tests.broken.sources import Edit

HINGE = "loss = (to_positive - to_negative + margin).clamp_min(0)"
DISTANCES = """\
    to_positive = _distance(anchor, positive, p, eps)
    to_negative = _distance(anchor, negative, p, eps)
"""
NORMALISED = "return F.normalize(sums / counts.unsqueeze(1), dim=1)"
PREDICTED = "return (r.unsqueeze(-2) - representations).square().sum(dim=-1)"
QUERY = "query = F.normalize(model.get_features(images), dim=1)"
CLASSIFIED = "return make_predictions(representations, query).argmin(dim=-1)"
LEARNED = "loss = model.loss(anchor.to(device), positive.to(device), negative.to(device))"
PLOT = "return torch.pca_lowrank(x.detach().cpu(), 2)[0]"
RIGHT = "return right / total"


def loss(*pairs: str, times: int = 1) -> tuple[Edit, ...]:
    return tuple(Edit("loss.py", old, new, times) for old, new in zip(pairs[::2], pairs[1::2], strict=True))


def utils(*pairs: str) -> tuple[Edit, ...]:
    return tuple(Edit("utils.py", old, new) for old, new in zip(pairs[::2], pairs[1::2], strict=True))


def plots(old: str, new: str) -> tuple[Edit, ...]:
    return (Edit("plots.py", old, new),)


LOSSES = {
    "L1": Mutant("swap by default", loss("swap: bool = False", "swap: bool = True", times=2), "q6 q22"),
    "L2": Mutant("L1 distance by default", loss("p: float = 2.0", "p: float = 1.0", times=2), "q6 q22"),
    "L3": Mutant("squared distances", loss("    return distance\n", "    return distance.square()\n"), "q6 q22"),
    "L4": Mutant("the margin is subtracted", loss(HINGE, HINGE.replace("+ margin", "- margin")), "q6 q8 q22", "q7"),
    "L5": Mutant(
        "softplus in place of the hinge",
        loss(HINGE, "loss = torch.nn.functional.softplus(to_positive - to_negative + margin)"),
        "q6 q22",
    ),
    "L6": Mutant("the module ignores its margin", loss("            self.margin,\n", "            1.0,\n"), "q6 q22"),
    "L7": Mutant(
        "sum over the batch", loss('reduction: Reduction = "mean"', 'reduction: Reduction = "sum"', times=2), "q6 q22"
    ),
    "L8": Mutant(
        "nothing pushes the negative",
        loss(DISTANCES, DISTANCES.replace("negative, p", "negative.detach(), p")),
        "q6 q8",
        "q7",
    ),
    "L9": Mutant("nothing moves the anchor", loss(DISTANCES, DISTANCES.replace("anchor", "anchor.detach()")), "", "q7"),
}

REST = {
    "R1": Mutant(
        "normalised before the mean",
        utils(
            "features = model.get_features(images.to(device))",
            "features = F.normalize(model.get_features(images.to(device)), dim=1)",
        ),
        "q23",
    ),
    "R2": Mutant(
        "representations in training mode",
        utils("    model.eval()\n    sums", "    model.train()\n    sums"),
        "q23",
    ),
    "R3": Mutant(
        "representations keep gradients",
        utils("@torch.no_grad()\ndef compute_rep", "def compute_rep"),
        "q23",
    ),
    "R4": Mutant("divided by the L1 norm", utils(NORMALISED, NORMALISED.replace("dim=1", "p=1, dim=1")), "q14 q23"),
    "R5": Mutant(
        "only the last batch counts",
        utils(
            "        features = model.get_features(images.to(device))\n",
            "        features = model.get_features(images.to(device))\n"
            "        sums = torch.where(torch.bincount(targets, minlength=identities_count).bool()[:, None], "
            "0.0, sums)\n"
            "        counts = torch.where(torch.bincount(targets, minlength=identities_count).bool(), 0.0, counts)\n",
        ),
        "q23",
    ),
    "R6": Mutant(
        "evaluate forgets eval()", utils("    model.eval()\n    representations = ", "    representations = ")
    ),
    "R7": Mutant("the query is not normalised", utils(QUERY, "query = model.get_features(images)"), "q24"),
    "R8": Mutant("distances, not squares", utils(PREDICTED, PREDICTED + ".sqrt()"), "q24", "q25"),
    "R9": Mutant("L1 distances", utils(PREDICTED, PREDICTED.replace("square", "abs")), "q24", "q13 q18 q25"),
    "R10": Mutant(
        "negative dot product",
        utils(PREDICTED, "return -(r.unsqueeze(-2) * representations).sum(dim=-1)"),
        "q24",
        "q25",
    ),
    "R11": Mutant("the share of errors", utils(RIGHT, "return 1 - right / total"), "q13 q18 q24"),
    "R12": Mutant("no step of the optimiser", utils("        optimizer.step()\n", ""), "q7 q8"),
    "R13": Mutant(
        "training swaps positive and negative",
        utils(LEARNED, "loss = model.loss(anchor.to(device), negative.to(device), positive.to(device))"),
        "q7 q8",
    ),
}

OTHERS = {
    "X1": Mutant("plots of the first two columns", plots(PLOT, "return x.detach().cpu()[:, :2]"), "q21", "q7"),
    "X2": Mutant(
        "plots of a random projection", plots(PLOT, "return x.detach().cpu() @ torch.randn(x.shape[1], 2)"), "q21", "q7"
    ),
    "X9": Mutant(
        "the positive is never the anchor, and a lone example fails",
        data(
            POSITIVE,
            "return self._random.choice([each for each in self.target2indices[int(self.targets[index])] if each "
            "!= index])",
        ),
        "q8",
    ),
    "X11": Mutant(
        "a margin of zero is refused",
        loss("if not margin >= 0:", "if not margin > 0:"),
    ),
    "X12": Mutant(
        "harmless: torch's own loss",
        (
            Edit(
                "__init__.py",
                "from .loss import TripletMarginLoss, triplet",
                "from torch.nn import TripletMarginLoss\n\nfrom .loss import triplet",
            ),
            Edit(
                "model.py",
                "from .loss import triplet_margin_loss",
                "from torch.nn.functional import triplet_margin_loss",
            ),
        ),
    ),
    "X13": Mutant("harmless: another seed of the sampling", data(RANDOM, "self._random = random.Random(12345)")),
    "X14": Mutant(
        "harmless: another initialisation", unit(CONV, CONV + "\n        nn.init.kaiming_normal_(conv.weight)")
    ),
    "X18": Mutant(
        "harmless: classified by cdist",
        utils(CLASSIFIED, "return torch.cdist(query, representations).argmin(dim=-1)"),
    ),
    "X19": Mutant("harmless: pooled to one and viewed", model(POOLED, "return pooled.view(len(img), -1)")),
    "X20": Mutant("harmless: the model's margin is 0.5", model("margin: float = 1.0", "margin: float = 0.5")),
}

MUTANTS = LOSSES | REST | OTHERS
