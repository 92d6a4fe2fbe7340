"""Further edits of lab 4: what a student's slip, a merge or a library's default may come to."""

from __future__ import annotations

from tests.broken.lab4_data import ANCHOR, ITEM, NEGATIVE, POSITIVE, data
from tests.broken.lab4_learning import (
    CLASSIFIED,
    DISTANCES,
    HINGE,
    LEARNED,
    NORMALISED,
    PLOT,
    PREDICTED,
    QUERY,
    loss,
    plots,
    utils,
)
from tests.broken.lab4_models import NORM, PIXELS, POOLED, UNIT3, model, unit
from tests.broken.lab4_mutant import Mutant

INIT = "        self.global_pool = nn.AdaptiveAvgPool2d(1)\n"
TARGETS = "        images, targets = _checked(digits)\n"
MEANS = "    return F.normalize(sums / counts.unsqueeze(1), dim=1)"

BROKEN = {
    "N1": Mutant(
        "5×5 where 3×3 is asked: images of 28×28 are too small then",
        unit("kernel_size=k", "kernel_size=k + 2"),
        "q1",
        "q2 q3 q7 q8 q9 q10 q13 q14 q16 q18 q19 q20 q21 q23 q24 q26",
    ),
    "N2": Mutant("group norm in place of batch norm", unit(NORM, "norm = nn.GroupNorm(1, num_maps_in)"), "q1 q9 q16"),
    "N3": Mutant(
        "the rectifier before the normalisation",
        unit('{"norm": norm, "relu": relu, "conv": conv}', '{"relu": relu, "norm": norm, "conv": conv}'),
        "q1",
    ),
    "N4": Mutant(
        "the running statistics are not saved",
        unit(
            "super().__init__(OrderedDict(layers))",
            "super().__init__(OrderedDict(layers))\n        norm._non_persistent_buffers_set.update(norm._buffers)",
        ),
        "q16",
    ),
    "N5": Mutant(
        "a linear layer at the end",
        model(INIT, INIT + "        self.fc = nn.Linear(emb_size, emb_size)\n")
        + model(POOLED, "return self.fc(pooled.flatten(start_dim=1))"),
        "q19",
    ),
    "N6": Mutant(
        "softmax at the end", model(POOLED, "return pooled.flatten(start_dim=1).softmax(dim=1)"), "q19", "q7 q24 q18"
    ),
    "N7": Mutant(
        "the batch dimension is lost for one image",
        model(POOLED, "return pooled.squeeze()"),
        "q2",
        "q13 q18 q14 q20 q3 q24 q23",
    ),
    "N8": Mutant(
        "emb_size is ignored",
        model(UNIT3, UNIT3.replace("unit(emb_size, emb_size,", "unit(emb_size, 32,")),
        "q2 q3",
        "q14",
    ),
    "N9": Mutant(
        "the default embedding has 64 features", model("emb_size: int = 32", "emb_size: int = 64"), "q3", "q20"
    ),
    "N10": Mutant(
        "the global mean over the height alone",
        model(POOLED, "return self.feature_maps(img).mean(dim=2).amax(dim=2)"),
        "q19",
    ),
    "N11": Mutant(
        "the identity gives the pixels column by column",
        model(PIXELS, PIXELS.replace("img.", "img.transpose(2, 3).")),
        "q7 q15",
    ),
    "N12": Mutant(
        "the identity centres the pixels", model(PIXELS, PIXELS.replace("img.", "(img - img.mean()).")), "q7 q15"
    ),
    "N13": Mutant(
        "the positive of any class",
        data(POSITIVE, "return self._random.randrange(len(self.targets))"),
        "q5 q8 q11 q17",
        "q7",
    ),
    "N14": Mutant(
        "the negative may be the anchor's own class: any other image",
        data(NEGATIVE, "return self._random.choice([each for each in range(len(self.targets)) if each != index])"),
        "q5 q8 q17",
        "q7",
    ),
    "N15": Mutant(
        "the negative is never of class 9",
        data(
            NEGATIVE, "return self._random.choice([each for each in others if int(self.targets[each]) != 9] or others)"
        ),
        "q17",
    ),
    "N16": Mutant(
        "the positive is the first image of its class",
        data(POSITIVE, POSITIVE.replace("self._random.choice(", "(").replace("])])", "])][0])")),
        "q5 q8",
    ),
    "N17": Mutant(
        "the item without its label",
        data(ITEM, "return anchor, positive, negative"),
        "q8 q64",
        "q7 q18 q13 q14 q23 q24",
    ),
    "N18": Mutant(
        "the label as text",
        data("return anchor, positive, negative, target", "return anchor, positive, negative, str(target)"),
        "q64 q8",
    ),
    "N19": Mutant("the item as a list", data(ITEM, "return [anchor, positive, negative, target]"), "q64"),
    "N20": Mutant(
        "the negative is the anchor",
        data("negative = self.images[self._sample_negative(index)].unsqueeze(0)", "negative = anchor"),
        "q8",
        "q7",
    ),
    "N21": Mutant(
        "the images keep no channel",
        data(ANCHOR, ANCHOR.removesuffix(".unsqueeze(0)")),
        "q64 q10",
        "q1 q2 q3 q7 q8 q9 q13 q14 q15 q16 q18 q19 q20 q21 q23 q24",
    ),
    "N22": Mutant(
        "no square root in the distance of the negative alone",
        loss(
            DISTANCES,
            DISTANCES.replace("_distance(anchor, negative, p, eps)", "_distance(anchor, negative, p, eps).square()"),
        ),
        "q6 q22",
        "q7 q18",
    ),
    "N23": Mutant("no hinge", loss(HINGE, HINGE.replace(".clamp_min(0)", "")), "q6 q22", "q7 q18"),
    "N24": Mutant(
        "the hinge leaks",
        loss(HINGE, "loss = nn.functional.leaky_relu(to_positive - to_negative + margin, 0.01)"),
        "q6 q22",
    ),
    "N25": Mutant("the margin counts twice", loss(HINGE, HINGE.replace("+ margin", "+ 2 * margin")), "q6 q22"),
    "N26": Mutant(
        "cosine in place of the distance",
        loss(
            "distance: Tensor = torch.linalg.vector_norm(x - y + eps, ord=p, dim=-1)",
            "distance: Tensor = 1 - nn.functional.cosine_similarity(x, y, dim=-1)",
        ),
        "q6 q22",
        "q8",
    ),
    "N27": Mutant(
        "the largest loss of the batch",
        loss("        return loss.mean()\n", "        return loss.max()\n"),
        "q6 q22",
        "q7 q18",
    ),
    "N28": Mutant(
        "training in evaluation mode, and the loss turned round",
        utils(LEARNED, LEARNED.replace("loss = ", "loss = -")),
        "q7 q8",
        "q18",
    ),
    "N29": Mutant(
        "the anchor is trained against itself", utils(LEARNED, LEARNED.replace("positive.to", "anchor.to")), "q8", "q7"
    ),
    "N30": Mutant(
        "class sums, not divided by the count, and no unit length", utils(NORMALISED, "return sums"), "q14 q23"
    ),
    "N31": Mutant("class means not normalised", utils(NORMALISED, "return sums / counts.unsqueeze(1)"), "q14 q23"),
    "N32": Mutant(
        "divided by the largest component",
        utils(NORMALISED, "return sums / sums.abs().amax(dim=1, keepdim=True)"),
        "q14 q23",
    ),
    "N33": Mutant("the farthest mean", utils(CLASSIFIED, CLASSIFIED.replace("argmin", "argmax")), "q13 q18 q24"),
    "N34": Mutant("the largest component decides", utils(CLASSIFIED, "return query.argmax(dim=-1)"), "q13 q18 q24"),
    "N35": Mutant(
        "the query centred, not normalised",
        utils(QUERY, "query = model.get_features(images)\n    query = query - query.mean(dim=1, keepdim=True)"),
        "q24 q13 q18",
    ),
    "N36": Mutant("the mean of squares", utils(PREDICTED, PREDICTED.replace(".sum(", ".mean(")), "q24", "q25"),
    "N37": Mutant(
        "the cube of differences",
        utils(PREDICTED, PREDICTED.replace(".square()", ".abs().pow(3)")),
        "q24",
        "q13 q18 q25",
    ),
    "N38": Mutant(
        "plots of three components",
        plots(PLOT, PLOT.replace("x.detach().cpu(), 2)[0]", "x.detach().cpu(), 3)[0]")),
        "q21",
        "q7",
    ),
    "N39": Mutant(
        "plots without centring", plots(PLOT, PLOT.replace("cpu(), 2)", "cpu(), 2, center=False)")), "q21", "q7"
    ),
    "N40": Mutant(
        "plots of V, not of U",
        plots("torch.pca_lowrank(x.detach().cpu(), 2)[0]", "torch.pca_lowrank(x.detach().cpu().T, 2)[2]"),
        "",
        "q21 q7",
    ),
    "N41": Mutant(
        "plots of the last two columns of a full SVD",
        plots(
            PLOT,
            "return torch.linalg.svd(x.detach().cpu() - x.detach().cpu().mean(dim=0), full_matrices=False)[0][:, -2:]",
        ),
        "q21",
        "q7",
    ),
    "N42": Mutant(
        "the removed class is renumbered",
        data(
            "            images, targets = images[keep], targets[keep]\n",
            "            images, targets = images[keep], targets[keep]\n            targets = targets - (targets "
            "> remove_class).long()\n",
        ),
        "",
        "q18",
    ),
    "N43": Mutant(
        "dropout before the pooling",
        model(INIT, INIT + "        self.drop = nn.Dropout(0.5)\n")
        + model(
            "pooled: Tensor = self.global_pool(self.feature_maps(img))",
            "pooled: Tensor = self.global_pool(self.drop(self.feature_maps(img)))",
        ),
    ),
    "N44": Mutant(
        "eval() does nothing",
        model(
            "class IdentityModel(nn.Module):",
            "    def eval(self):\n        return self\n\n\nclass IdentityModel(nn.Module):",
        ),
        "q9",
        "q23",
    ),
}

HARMLESS = {
    "H1": Mutant(
        "harmless: distances by cdist in the loss",
        loss(
            "distance: Tensor = torch.linalg.vector_norm(x - y + eps, ord=p, dim=-1)",
            "distance: Tensor = nn.functional.pairwise_distance(x, y, p, eps)",
        ),
    ),
    "H2": Mutant("harmless: padding 1 by default", model("padding: int = 0", "padding: int = 1")),
    "H3": Mutant(
        "harmless: pooling 2×2", model("MaxPool2d(kernel_size=3, stride=2)", "MaxPool2d(kernel_size=2, stride=2)", 2)
    ),
    "H4": Mutant(
        "harmless: no order of channels in memory",
        model("self.to(memory_format=torch.channels_last)", "self.to(memory_format=torch.contiguous_format)"),
    ),
    "H5": Mutant(
        "harmless: the negative's class first, then its image",
        data(
            NEGATIVE,
            "classes = [each for each in self.target2indices if each != target]\n        return "
            "self._random.choice(self.target2indices[self._random.choice(classes)])",
        ),
    ),
    "H6": Mutant(
        "harmless: labels as NumPy integers",
        data(
            "target = int(self.targets[index])\n        if self.split",
            "target = self.targets[index].numpy()[()]\n        if self.split",
        ),
        "q64",
    ),
    "H7": Mutant(
        "harmless: plots scaled by S",
        plots(PLOT, "U, S, _ = torch.pca_lowrank(x.detach().cpu(), 2)\n        return U * S"),
    ),
    "H8": Mutant(
        "harmless: plots by a full SVD",
        plots(
            PLOT,
            "x = x.detach().cpu() - x.detach().cpu().mean(dim=0)\n        return x @ torch.linalg.svd(x, "
            "full_matrices=False)[2][:2].T",
        ),
    ),
    "H9": Mutant(
        "harmless: evaluate one by one with Python numbers",
        utils(
            "right += int((predicted.cpu() == targets).sum())",
            "right += sum(int(p) == int(t) for p, t in zip(predicted, targets, strict=True))",
        ),
    ),
    "H10": Mutant(
        "harmless: the accuracy as a NumPy number",
        utils("return right / total", "import numpy\n    return numpy.float64(right / total)"),
    ),
    "H11": Mutant(
        "harmless: class means by a loop over classes",
        utils(
            NORMALISED,
            "rows = [each / count for each, count in zip(sums, counts, strict=True)]\n    return "
            "torch.stack([row / row.norm() for row in rows])",
        ),
    ),
    "H12": Mutant(
        "harmless: the squared distance by the binomial",
        utils(
            PREDICTED,
            "return (r.square().sum(-1, keepdim=True) - 2 * r @ representations.T + "
            "representations.square().sum(-1)).clamp_min(0)",
        ),
    ),
    "H13": Mutant(
        "harmless: zeroed and clipped gradients in training",
        utils(
            "        optimizer.step()\n",
            "        torch.nn.utils.clip_grad_norm_([p for p in getattr(model, 'parameters', list)()], 10.0)\n   "
            "     optimizer.step()\n",
        ),
    ),
    "H14": Mutant(
        "harmless: images with noise in training",
        data(
            ITEM,
            "noise = 0.02 * torch.rand_like(anchor)\n        return anchor, positive + noise, negative + noise, target",
        ),
    ),
    "H15": Mutant(
        "harmless: pixels normalised in the model",
        model("x: Tensor = self.pool1(self.unit1(img))", "x: Tensor = self.pool1(self.unit1((img - 0.1307) / 0.3081))"),
    ),
    "H16": Mutant(
        "harmless: pixels from −1 to 1",
        data("self.images = images.float() / 255", "self.images = images.float() / 127.5 - 1"),
    ),
    "H17": Mutant(
        "harmless: the batch norm's cumulative average", unit(NORM, NORM.replace("in)", "in, momentum=None)"))
    ),
    "H18": Mutant(
        "harmless: the loss is a module of the model",
        model(
            "        self.margin = margin\n",
            "        self.margin = margin\n        self.criterion = nn.TripletMarginLoss(margin)\n",
        )
        + model("return triplet_margin_loss(", "return self.criterion(")
        + model("            margin=self.margin,\n", ""),
    ),
    "H19": Mutant(
        "harmless: strict sizes of the maps",
        model("        maps: Tensor = self.unit3(x)\n", "        maps: Tensor = self.unit3(x).contiguous()\n"),
    ),
    "H20": Mutant(
        "harmless: evaluate in training's no_grad alone",
        utils(
            "    representations = representations.to(device)\n    right",
            "    representations = representations.detach().clone().to(device)\n    right",
        ),
    ),
}

MUTANTS = BROKEN | HARMLESS
