"""Edits of lab 4's data set, each with what has to turn red."""

from __future__ import annotations

from tests.broken.lab4_mutant import Mutant
from tests.broken.sources import Edit

POSITIVE = "return self._random.choice(self.target2indices[int(self.targets[index])])"
NEGATIVE = "return self._random.choice(others)"
ITEM = "return anchor, positive, negative, target"
ANCHOR = "anchor = self.images[index].unsqueeze(0)"
NUMPY = "import numpy as np\nimport torch\nfrom torch import Tensor"
RANDOM = "self._random = random.Random(seed)"


def data(*pairs: str) -> tuple[Edit, ...]:
    return tuple(Edit("dataset.py", old, new) for old, new in zip(pairs[::2], pairs[1::2], strict=True))


def same(often: int) -> str:
    """A negative that is of the anchor's class once in so many draws."""
    return (
        f"return self._sample_positive(index) if self._random.randrange({often}) == 0 else self._random.choice(others)"
    )


MUTANTS = {
    "D1": Mutant("pixels up to 255", data("self.images = images.float() / 255", "self.images = images.float()")),
    "D2": Mutant(
        "remove_class is ignored",
        data("keep = targets != remove_class", "keep = targets != -1", "if bool(keep.all()):", "if False:"),
        "q18",
    ),
    "D3": Mutant("the positive is never the last image", data(POSITIVE, POSITIVE.replace("])])", "])][:-1])")), "q5"),
    "D4": Mutant(
        "the negative is never the last image", data(NEGATIVE, "return self._random.choice(others[:-1])"), "q5"
    ),
    "D5": Mutant(
        "the negative is of the next class",
        data(
            NEGATIVE,
            "known = sorted(self.target2indices)\n"
            "        return self._random.choice(self.target2indices[known[(known.index(target) + 1) % len(known)]])",
        ),
        "q5 q17",
    ),
    "D6": Mutant("the negative is of the anchor's class once in 50", data(NEGATIVE, same(50)), "q5 q8 q17"),
    "D7": Mutant("the negative is of the anchor's class once in 1000", data(NEGATIVE, same(1000)), "q5 q8 q17"),
    "D8": Mutant(
        "the positive is never the anchor",
        data(
            POSITIVE,
            "of_class = self.target2indices[int(self.targets[index])]\n"
            "        return self._random.choice([each for each in of_class if each != index] or of_class)",
        ),
        "q8",
    ),
    "D9": Mutant("the positive is always the anchor", data(POSITIVE, "return index"), "q5 q8", "q7"),
    "D10": Mutant(
        "the negative before the positive", data(ITEM, "return anchor, negative, positive, target"), "q8", "q7"
    ),
    "D11": Mutant(
        "the label is the negative's",
        data(
            "negative = self.images[self._sample_negative(index)].unsqueeze(0)",
            "other = self._sample_negative(index)\n        negative = self.images[other].unsqueeze(0)\n"
            "        target = int(self.targets[other])",
        ),
        "q8 q64",
    ),
    "D12": Mutant(
        "harmless: drawn with NumPy",
        data(
            "import torch\nfrom torch import Tensor",
            NUMPY,
            POSITIVE,
            "return self._random.choice(self.target2indices[int(self.targets[index])])",
            RANDOM,
            "self._random = np.random.RandomState(seed)",
        ),
    ),
    "D13": Mutant(
        "the positive's index as a tensor",
        data(POSITIVE, POSITIVE.replace("return ", "return torch.tensor(") + ")"),
        "q11",
    ),
    "D14": Mutant("the anchor is the image before", data(ANCHOR, ANCHOR.replace("[index]", "[index - 1]")), "q8", "q7"),
    "D15": Mutant(
        "harmless but for its type: the label as a tensor",
        data(
            "target = int(self.targets[index])\n        if self.split",
            "target = self.targets[index]\n        if self.split",
        ),
        "q64",
    ),
}
