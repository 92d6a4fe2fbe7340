"""Edits of lab 4's unit and of its models, each with what has to turn red."""

from __future__ import annotations

from tests.broken.lab4_mutant import Mutant
from tests.broken.sources import Edit

RELU = "relu = nn.ReLU()"
CONV = "conv = nn.Conv2d(num_maps_in, num_maps_out, kernel_size=k, padding=padding, bias=bias)"
NORM = "norm = nn.BatchNorm2d(num_maps_in)"
POOL1 = "self.pool1 = nn.MaxPool2d(kernel_size=3, stride=2)"
POOL2 = "self.pool2 = nn.MaxPool2d(kernel_size=3, stride=2)"
POOLED = "return pooled.flatten(start_dim=1)"
PIXELS = "return img.flatten(start_dim=1)\n\n    def forward"
UNIT3 = "self.unit3 = unit(emb_size, emb_size, k=3, padding=padding)"
LOSS = """\
        return triplet_margin_loss(
            self.get_features(anchor),
            self.get_features(positive),
            self.get_features(negative),
            margin=self.margin,
        )
"""


def unit(old: str, new: str) -> tuple[Edit, ...]:
    return (Edit("unit.py", old, new),)


def model(old: str, new: str, times: int = 1) -> tuple[Edit, ...]:
    return (Edit("model.py", old, new, times),)


UNITS = {
    "U1": Mutant(
        "the kernel size is ignored, always 3", unit(CONV, CONV.replace("kernel_size=k", "kernel_size=3")), "q1"
    ),
    "U2": Mutant("batch norm without γ and β", unit(NORM, NORM.replace("in)", "in, affine=False)")), "q1"),
    "U3": Mutant("no rectifier, an identity under its name", unit(RELU, "relu = nn.Identity()"), "q1"),
    "U4": Mutant("a leaky rectifier", unit(RELU, "relu = nn.LeakyReLU()"), "q1"),
    "U5": Mutant(
        "batch norm without running statistics",
        unit(NORM, NORM.replace("in)", "in, track_running_stats=False)")),
        "q1 q9 q16",
        "q13 q23",
    ),
    "U6": Mutant("running statistics never move", unit(NORM, NORM.replace("in)", "in, momentum=0.0)")), "q9 q16"),
    "U7": Mutant(
        "a depthwise convolution",
        unit(CONV, CONV.replace("bias=bias", "bias=bias, groups=math.gcd(num_maps_in, num_maps_out)"))
        + unit("from typing import Literal", "import math\nfrom typing import Literal"),
        "q1",
        "q7",
    ),
    "U8": Mutant(
        "two convolutions in a unit",
        unit(
            '{"norm": norm, "relu": relu, "conv": conv}',
            '{"norm": norm, "relu": relu, "conv": conv, "more": nn.Conv2d(num_maps_out, num_maps_out, 1)}',
        ),
        "q1",
    ),
    "U9": Mutant(
        "harmless: other names of the layers",
        unit(
            '{"norm": norm, "relu": relu, "conv": conv}',
            '{"bn": norm, "act": relu, "convolution": conv}',
        ),
    ),
    "U10": Mutant("harmless: rectifier in place", unit(RELU, "relu = nn.ReLU(inplace=True)")),
    "U11": Mutant("harmless: other ε and momentum", unit(NORM, NORM.replace("in)", "in, eps=1e-2, momentum=0.3)"))),
}

MODELS = {
    "M1": Mutant("global sum", model(POOLED, "return self.feature_maps(img).sum(dim=(2, 3))"), "q19"),
    "M2": Mutant(
        "embeddings of unit length",
        model(POOLED, "return nn.functional.normalize(pooled.flatten(start_dim=1), dim=1)"),
        "q19 q24",
    ),
    "M3": Mutant("a rectifier at the end", model(POOLED, "return pooled.flatten(start_dim=1).relu()"), "q19"),
    "M4": Mutant(
        "twice as many maps in the last unit",
        model(UNIT3, UNIT3.replace("unit(emb_size, emb_size,", "unit(emb_size, 2 * emb_size,")),
        "q2 q3 q14 q20 q23",
    ),
    "M5": Mutant("harmless: first pooling with stride 1", model(POOL1, POOL1.replace("stride=2", "stride=1"))),
    "M6": Mutant(
        "harmless: mean pooling between the units",
        model(POOL1, POOL1.replace("Max", "Avg")) + model(POOL2, POOL2.replace("Max", "Avg")),
    ),
    "M7": Mutant(
        "the model's loss swaps positive and negative",
        model(
            "            self.get_features(positive),\n            self.get_features(negative),\n",
            "            self.get_features(negative),\n            self.get_features(positive),\n",
        ),
        "q7 q8",
    ),
    "M8": Mutant("the model's loss has no margin", model("margin=self.margin,", "margin=0.0,")),
    "M9": Mutant("the identity scales the pixels", model(PIXELS, PIXELS.replace("img.", "(img / 255).")), "q7 q15"),
    "M10": Mutant(
        "the identity has a parameter",
        model(
            '    """The image space itself as an embedding; nothing to train, no parameters.',
            "    def __init__(self) -> None:\n        super().__init__()\n"
            "        self.scale = nn.Parameter(torch.ones(1))\n\n"
            '    """The image space itself as an embedding; nothing to train, no parameters.',
        ),
        "q7",
    ),
    "M11": Mutant(
        "the identity crops the border",
        model(PIXELS, PIXELS.replace("img.", "img[..., 1:-1, 1:-1].")),
        "q3 q7 q15 q20",
        "q14",
    ),
    "M12": Mutant(
        "input_channels is ignored",
        model("unit(input_channels, emb_size,", "unit(1, emb_size,"),
        "q10",
        "q3 q20",
    ),
    "M13": Mutant(
        "harmless: the global mean by a function",
        model("        self.global_pool = nn.AdaptiveAvgPool2d(1)\n", "")
        + model(
            "pooled: Tensor = self.global_pool(self.feature_maps(img))",
            "pooled: Tensor = self.feature_maps(img).mean(dim=(2, 3))",
        ),
    ),
    "M14": Mutant(
        "harmless: one pass over the joined batch",
        model(
            LOSS,
            "        joined = self.get_features(torch.cat([anchor, positive, negative]))\n"
            "        return triplet_margin_loss(*joined.chunk(3), margin=self.margin)\n",
        ),
    ),
}

MUTANTS = UNITS | MODELS
