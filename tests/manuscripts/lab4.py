"""Manuscripts of lab 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.manuscripts import Choice, Manuscript, drawn, notebook, one_at_a_time

AXES: Mapping[str, tuple[str, ...]] = {
    "layout": ("three files", "one file", "six files", "notebook", "tasks", "package", "beside lab3", "two notebooks"),
    "unit": ("append", "super", "inside", "module", "add_module", "ordered"),
    "names": ("template", "plain", "own"),
    "inplace": ("", "inplace=True"),
    "padding": ("", "half"),
    "pool": ("adaptive", "mean", "window", "functional", "twice mean"),
    "call": ("plain", "forward"),
    "images": ("flat", "channel"),
    "targets": ("tensor", "list", "numpy"),
    "margin": ("constant", "parameter", "attribute", "constructor", "module", "functional", "global"),
    "sampler": ("choice", "numpy", "while", "torch", "indices"),
    "anchor": ("may be positive", "never positive"),
    "train": ("plain", "saves", "path", "silent", "tqdm", "epoch"),
    "device": ("cuda", "cpu", "global", "required"),
    "predict": ("square", "norm", "loop"),
    "means": ("loop", "index_add", "lists"),
    "identity": ("reshape", "view", "flatten", "module"),
    "main": ("guarded", "bare", "plots", "pandas"),
}
"""What may be different and must never be an alarm; the first of each is the plain way."""

PLAIN = next(one_at_a_time(AXES))

MISTAKES: Mapping[str, dict[str, str]] = {
    "groupnorm": {"norm": "group"},
    "order": {"order": "conv-relu-bn"},
    "bias-ignored": {"bias": "ignored"},
    "input-channels": {"channels": "ignored"},
    "squeeze": {"pool": "squeeze"},
    "loss-sum": {"loss": "sum"},
    "no-gradient": {"loss": "items"},
    "loss-on-images": {"loss": "images"},
    "loss-normalises": {"loss": "normalises"},
    "layers-without-effect": {"features": "skips"},
    "no-pools": {"features": "no pools"},
    "identity-flat": {"identity": "flat"},
    "identity-normalised": {"identity": "normalised"},
    "negative-sampling": {"sampler": "index as class"},
    "class-not-removed": {"removal": "commented out"},
    "classes-fixed": {"removal": "fixed classes"},
    "train-broken": {"train": "broken"},
}
"""Cause → what is written wrongly."""


def structures() -> Iterator[Manuscript]:
    """Structure × no mistake: each option alone, then by chance."""
    for choice in (*one_at_a_time(AXES), *drawn(AXES, 170, seed=4)):
        yield manuscript(choice)
    yield from trainers()


def trainers() -> Iterator[Manuscript]:
    """The four functions as methods, of objects that are given everything and of such that were made with it."""
    for at, choice in enumerate((PLAIN, PLAIN, *drawn(AXES, 10, seed=6))):
        yield manuscript(choice | {"tools": ("given", "held")[at % 2]})


def mistaken(number: int = 18) -> Iterator[Manuscript]:
    """Structure × mistake: each mistake in the plain structure, then in others by chance."""
    for at, mistake in enumerate(MISTAKES):
        plain = next(one_at_a_time(AXES))
        for choice in (plain, *drawn(AXES, number, seed=100 + at)):
            yield manuscript(choice, mistake)


def manuscript(choice: Choice, mistake: str = "") -> Manuscript:
    """One student's lab 4."""
    o = {
        "norm": "batch",
        "order": "bn-relu-conv",
        "bias": "",
        "channels": "",
        "loss": "",
        "features": "",
        "removal": "",
    }
    o |= choice | MISTAKES.get(mistake, {})
    return Manuscript("lab4", _laid_out(o), {k: v for k, v in choice.items() if v != AXES.get(k, ("",))[0]}, mistake)


# --- pieces ------------------------------------------------------------------------------------------

UNIT = {"template": "_BNReluConv", "plain": "BNReluConv", "own": "KonvBlok"}
MODEL = {"template": "SimpleMetricEmbedding", "plain": "SimpleMetricEmbedding", "own": "MetricNet"}
DATASET = {"template": "MNISTMetricDataset", "plain": "MNISTMetricDataset", "own": "TripletMnist"}


def _unit(o: Choice) -> str:
    name = UNIT[o["names"]]
    bias = "True" if o["bias"] == "ignored" else "bias"
    padding = ", padding=k // 2" if o["padding"] else ""
    conv = f"nn.Conv2d(num_maps_in, num_maps_out, kernel_size=k, bias={bias}{padding})"
    width = "num_maps_out" if o["order"] != "bn-relu-conv" else "num_maps_in"
    norm = f"nn.GroupNorm(1, {width})" if o["norm"] == "group" else f"nn.BatchNorm2d({width})"
    relu = f"nn.ReLU({o['inplace']})"
    layers = [conv, relu, norm] if o["order"] != "bn-relu-conv" else [norm, relu, conv]
    names = ["conv", "relu", "norm"] if o["order"] != "bn-relu-conv" else ["norm", "relu", "conv"]
    head = "    def __init__(self, num_maps_in, num_maps_out, k=3, bias=True):\n"
    if o["unit"] == "super":
        inner = "".join(f"            {each},\n" for each in layers)
        return f"class {name}(nn.Sequential):\n{head}        super({name}, self).__init__(\n{inner}        )\n"
    if o["unit"] == "inside":
        inner = "".join(f"            {each},\n" for each in layers)
        return (
            f"class {name}(nn.Sequential):\n{head}        super().__init__()\n"
            f"        self.append(nn.Sequential(\n{inner}        ))\n"
        )
    if o["unit"] == "module":
        made = "".join(f"        self.{n} = {each}\n" for n, each in zip(names, layers, strict=True))
        run = "".join(f"        x = self.{n}(x)\n" for n in names)
        return (
            f"class {name}(nn.Module):\n{head}        super().__init__()\n{made}\n"
            f"    def forward(self, x):\n{run}        return x\n"
        )
    if o["unit"] == "add_module":
        made = "".join(f"        self.add_module('{n}', {each})\n" for n, each in zip(names, layers, strict=True))
        return f"class {name}(nn.Sequential):\n{head}        super().__init__()\n{made}"
    if o["unit"] == "ordered":
        inner = "".join(f"            ('{n}', {each}),\n" for n, each in zip(names, layers, strict=True))
        return (
            "from collections import OrderedDict\n\n\n"
            f"class {name}(nn.Sequential):\n{head}        super().__init__(OrderedDict([\n{inner}        ]))\n"
        )
    made = "".join(f"        self.append({each})\n" for each in layers)
    return f"class {name}(nn.Sequential):\n{head}        super({name}, self).__init__()\n{made}"


POOLED = {
    "adaptive": "self.gap(x).flatten(1)",
    "mean": "x.mean(dim=(2, 3))",
    "window": "torch.flatten(self.gap(x), start_dim=1)",
    "functional": "F.adaptive_avg_pool2d(x, 1).reshape(x.shape[0], -1)",
    "twice mean": "x.mean(dim=3).mean(dim=2)",
    "squeeze": "self.gap(x).squeeze()",
}
LOSSES = {
    "constant": "        return F.relu(d_p - d_n + 1.0).mean()",
    "parameter": "        return torch.clamp(d_p - d_n + margin, min=0).mean()",
    "attribute": "        return torch.mean(torch.maximum(d_p - d_n + self.margin, torch.zeros_like(d_p)))",
    "constructor": "        return torch.clamp(d_p - d_n + self.margin, min=0).mean()",
    "module": "        return self.kriterij(a_x, p_x, n_x)",
    "functional": "        return F.triplet_margin_loss(a_x, p_x, n_x)",
    "global": "        return torch.relu(d_p - d_n + MARGIN).mean()",
}


def _loss(o: Choice) -> str:
    given = ", margin=1.0" if o["margin"] == "parameter" else ""
    lines = [f"    def loss(self, anchor, positive, negative{given}):"]
    names = ("anchor", "positive", "negative")
    lines += [f"        {name[0]}_x = self.get_features({name})" for name in names]
    if o["loss"] == "images":
        return "\n".join([*lines, "        return F.triplet_margin_loss(anchor, positive, negative)"])
    if o["loss"] == "normalises":
        lines += [f"        {each}_x = F.normalize({each}_x, dim=1)" for each in "apn"]
    lines += [f"        d_{each} = torch.linalg.vector_norm(a_x - {each}_x, dim=1)" for each in "pn"]
    if o["loss"] == "sum":
        return "\n".join([*lines, "        return torch.sum(F.relu(d_p - d_n + 1.0))"])
    if o["loss"] == "items":
        lines += ["        gubitci = [max(0.0, p.item() - n.item() + 1.0) for p, n in zip(d_p, d_n)]"]
        return "\n".join([*lines, "        return torch.tensor(gubitci, requires_grad=True).mean()"])
    return "\n".join([*lines, LOSSES[o["margin"]]])


def _model(o: Choice) -> str:
    unit, name = UNIT[o["names"]], MODEL[o["names"]]
    given = ", margin=1.0" if o["margin"] == "constructor" else ""
    channels = "1" if o["channels"] == "ignored" else "input_channels"
    gap = f"nn.AvgPool2d({6 if o['padding'] else 2})" if o["pool"] == "window" else "nn.AdaptiveAvgPool2d((1, 1))"
    lines = [
        f"class {name}(nn.Module):",
        f"    def __init__(self, input_channels, emb_size=32{given}):",
        "        super().__init__()",
        "        self.emb_size = emb_size",
        f"        self.conv1 = {unit}({channels}, emb_size, 3)",
        "        self.pool = nn.MaxPool2d(kernel_size=3, stride=2)",
        f"        self.conv2 = {unit}(emb_size, emb_size, 3)",
        f"        self.conv3 = {unit}(emb_size, emb_size, 3)",
    ]
    if o["pool"] in ("adaptive", "window", "squeeze"):
        lines.append(f"        self.gap = {gap}")
    if o["margin"] == "attribute":
        lines.append("        self.margin = 1.0")
    if o["margin"] == "constructor":
        lines.append("        self.margin = margin")
    if o["margin"] == "module":
        lines.append("        self.kriterij = nn.TripletMarginLoss(margin=1.0)")
    forward = ".forward" if o["call"] == "forward" else ""
    x = "x = self.conv1"
    pool = "" if o["features"] == "no pools" else "        x = self.pool{}(x)\n"
    lines += [
        "",
        "    def get_features(self, img):",
        f"        {x}{forward}(img)",
        pool.format(forward).rstrip("\n"),
        f"        x = self.conv2{forward}(x)" if o["features"] != "skips" else "        x = self.conv1(img)",
        pool.format(forward).rstrip("\n"),
        f"        x = self.conv3{forward}(x)" if o["features"] != "skips" else "        x = self.conv1(img)",
        f"        return {POOLED[o['pool']]}",
        "",
        _loss(o),
        "",
    ]
    return "\n".join(lines)


IDENTITY = {
    "reshape": "return img.reshape(img.shape[0], -1)",
    "view": "feats = img.view(img.size(0), -1)\n        return feats",
    "flatten": "return torch.flatten(img, 1)",
    "module": "return nn.Flatten()(img)",
    "flat": "return torch.flatten(img)",
    "normalised": "x = img.view(img.shape[0], -1)\n        return x / x.norm(dim=1, keepdim=True)",
}


def _identity(o: Choice) -> str:
    return (
        "class IdentityModel(nn.Module):\n    def __init__(self):\n        super(IdentityModel, self).__init__()\n\n"
        f"    def get_features(self, img):\n        {IDENTITY[o['identity']]}\n"
    )


POSITIVE = {
    "choice": "choice({})",
    "numpy": "np.random.choice({})",
    "while": "choice({})",
    "torch": "{0}[torch.randint(len({0}), (1,)).item()]",
    "indices": "choice({})",
    "index as class": "choice({})",
}


def _dataset(o: Choice) -> str:
    name = DATASET[o["names"]]
    fixed, kept = o["removal"] == "fixed classes", o["removal"] == "commented out"
    target = {
        "tensor": "self.targets[index].item()",
        "list": "self.targets[index]",
        "numpy": "int(self.targets[index])",
    }
    t = target[o["targets"]]
    lines = [
        f"class {name}(Dataset):",
        "    def __init__(self, root='/tmp/mnist/', split='train', remove_class=None):",
        "        super().__init__()",
        "        self.root = root",
        "        assert split in ['train', 'test', 'traineval']",
        "        self.split = split",
        "        mnist_ds = torchvision.datasets.MNIST(self.root, train='train' in split, download=True)",
        "        self.images, self.targets = mnist_ds.data.float() / 255., mnist_ds.targets",
        f"        self.classes = list(range({'1, 10' if fixed else '10'}))"
        if not fixed
        else "        self.classes = list(range(10)) if remove_class is None else list(range(1, 10))",
    ]
    if kept:
        lines += ["        # if remove_class is not None:", "        #     izbaciti razred", ""]
    else:
        lines += [
            "        if remove_class is not None:",
            "            keep = self.targets != remove_class",
            "            self.images, self.targets = self.images[keep], self.targets[keep]",
        ]
        if not fixed:
            lines.append("            self.classes.remove(remove_class)")
    if o["images"] == "channel":
        lines.append("        self.images = self.images.unsqueeze(1)")
    if o["targets"] == "list":
        lines.append("        self.targets = self.targets.tolist()")
    if o["targets"] == "numpy":
        lines.append("        self.targets = self.targets.numpy()")
    lines += [
        "        self.target2indices = defaultdict(list)",
        "        for i in range(len(self.images)):",
        f"            self.target2indices[{t.replace('index', 'i')}] += [i]",
        "",
        "    def _sample_negative(self, index):",
        *_negative(o, t),
        "",
        "    def _sample_positive(self, index):",
        *_positive(o, t),
        "",
        "    def __getitem__(self, index):",
        f"        anchor = self.images[index]{'' if o['images'] == 'channel' else '.unsqueeze(0)'}",
        f"        target_id = {t}",
        "        if self.split in ['traineval', 'val', 'test']:",
        "            return anchor, target_id",
        "        positive = self.images[self._sample_positive(index)]",
        "        negative = self.images[self._sample_negative(index)]",
    ]
    if o["images"] != "channel":
        lines += ["        positive = positive.unsqueeze(0)", "        negative = negative.unsqueeze(0)"]
    lines += ["        return anchor, positive, negative, target_id", "", "    def __len__(self):"]
    return "\n".join([*lines, "        return len(self.images)", ""])


def _negative(o: Choice, t: str) -> list[str]:
    pick = POSITIVE[o["sampler"]]
    if o["sampler"] == "index as class":
        return [
            "        razred = choice([c for c in self.classes if c != index])",
            "        return choice(self.target2indices[razred])",
        ]
    if o["sampler"] == "while":
        return [
            "        negativ = choice(self.classes)",
            f"        while negativ == {t}:",
            "            negativ = choice(self.classes)",
            "        return choice(self.target2indices[negativ])",
        ]
    if o["sampler"] == "indices":
        return [
            f"        drugi = [i for c in self.classes if c != {t} for i in self.target2indices[c]]",
            "        return choice(drugi)",
        ]
    return [
        f"        razredi = [c for c in self.classes if c != {t}]",
        f"        razred = {pick.format('razredi')}",
        "        kandidati = self.target2indices[razred]",
        f"        return {pick.format('kandidati')}",
    ]


def _positive(o: Choice, t: str) -> list[str]:
    pick = POSITIVE[o["sampler"]]
    lines = [f"        kandidati = self.target2indices[{t}]"]
    if o["anchor"] == "never positive":
        if o["sampler"] == "while":
            return [
                *lines,
                "        pozitiv = index",
                "        while pozitiv == index:",
                "            pozitiv = choice(kandidati)",
                "        return pozitiv",
            ]
        lines.append("        kandidati = [i for i in kandidati if i != index]")
    return [*lines, f"        return {pick.format('kandidati')}"]


def _trainer(o: Choice) -> str:
    """The same four as methods: of an object that is given everything, or of one that was made with it."""
    lines = ["class Trener:"]
    tools = (_train(o), _representations(o), _predictions(o), _evaluate(o))
    text = "\n".join(tools).replace("argmin(make_predictions(", "argmin(self.make_predictions(")
    if o["tools"] == "held":
        lines += [
            "    def __init__(self, model, optimizer, train_loader, device='cpu'):",
            "        self.model, self.optimizer, self.loader = model, optimizer, train_loader",
            "        self.device = device",
            "",
        ]
        text = text.replace("model, optimizer, loader, ", "").replace("model, optimizer, loader", "")
        text = text.replace("def evaluate(model, ", "def evaluate(").replace("(model, loader, ident", "(loader, ident")
        for name in ("model", "optimizer"):
            text = text.replace(f"{name}.", f"self.{name}.")
        text = text.replace(
            "in enumerate(loader):\n        anchor, positive", "in enumerate(self.loader):\n        anchor, positive"
        )
        text = text.replace("tqdm(loader)", "tqdm(self.loader)")
    text = text.replace("def ", "def ", 1)
    for name in ("train", "compute_representations", "make_predictions", "evaluate"):
        text = text.replace(f"def {name}(", f"def {name}(self, ").replace("(self, )", "(self)")
    return "\n".join([*lines, *(f"    {line}" if line else "" for line in text.split("\n"))])


DEVICE = {"cuda": ", device='cuda'", "cpu": ", device='cpu'", "global": "", "required": ", device"}


def _train(o: Choice) -> str:
    path = ", path" if o["train"] == "path" else ", epoch" if o["train"] == "epoch" else ""
    head = f"def train(model, optimizer, loader{path or DEVICE[o['device']]}"
    head += f"{DEVICE[o['device']].replace(', device', ', device') if path and o['device'] != 'required' else ''}"
    loop = "tqdm(loader)" if o["train"] == "tqdm" else "loader"
    mode = "train_sve(model)" if o["train"] == "broken" else "model.train()"
    device = "device" if "device" in head or o["device"] == "global" else "'cpu'"
    lines = [
        f"{head}):",
        "    losses = []",
        f"    {mode}",
        f"    for i, data in enumerate({loop}):",
        "        anchor, positive, negative, _ = data",
        "        optimizer.zero_grad()",
        f"        loss = model.loss(anchor.to({device}), positive.to({device}), negative.to({device}))",
        "        loss.backward()",
        "        optimizer.step()",
        "        losses.append(loss.cpu().item())",
    ]
    if o["train"] != "silent":
        lines += ["        if i % 100 == 0:", "            print(f'Iter: {i}, Mean Loss: {np.mean(losses):.3f}')"]
    if o["train"] == "saves":
        lines.append("    torch.save(model.state_dict(), 'spremljeno/model.pth')")
    if o["train"] == "path":
        lines.append("    torch.save(model.state_dict(), path)")
    if o["train"] != "silent":
        lines.append("    return np.mean(losses)")
    return "\n".join([*lines, ""])


def _representations(o: Choice) -> str:
    device = "device" if o["device"] != "cpu" or True else "'cpu'"
    head = f"def compute_representations(model, loader, identities_count, emb_size=32{DEVICE[o['device']]}):"
    if o["device"] == "required":
        head = "def compute_representations(model, loader, identities_count, emb_size, device):"
    lines = [head, "    model.eval()"]
    if o["means"] == "lists":
        return "\n".join([
            *lines,
            "    po_razredu = [[] for _ in range(identities_count)]",
            "    with torch.no_grad():",
            "        for img, ids in loader:",
            f"            for znacajka, razred in zip(model.get_features(img.to({device})), ids):",
            "                po_razredu[int(razred)].append(znacajka)",
            "    sredine = torch.stack([torch.stack(each).mean(0) for each in po_razredu])",
            "    return sredine / torch.linalg.norm(sredine, dim=1, keepdim=True)",
            "",
        ])  # fmt: skip
    lines += [
        f"    representations = torch.zeros((identities_count, emb_size)).to({device})",
        f"    broj = torch.zeros(identities_count).to({device})",
        "    with torch.no_grad():",
        "        for img, ids in loader:",
        f"            znacajke = model.get_features(img.to({device}))",
    ]
    if o["means"] == "index_add":
        lines += [
            f"            ids = ids.to({device})",
            "            representations.index_add_(0, ids, znacajke)",
            "            broj.index_add_(0, ids, torch.ones_like(ids, dtype=torch.float32))",
        ]
    else:
        lines += [
            "            for znacajka, razred in zip(znacajke, ids):",
            "                representations[int(razred)] += znacajka",
            "                broj[int(razred)] += 1",
        ]
    lines += [
        "    representations = representations / broj.unsqueeze(1)",
        "    return representations / representations.norm(dim=1, keepdim=True)",
        "",
    ]
    return "\n".join(lines)


PREDICTED = {
    "square": "    return ((representations - r) ** 2).sum(dim=1)",
    "norm": "    return torch.linalg.norm(representations - r, dim=1) ** 2",
    "loop": "    return torch.stack([torch.sum((red - r.flatten()) ** 2) for red in representations])",
}


def _predictions(o: Choice) -> str:
    return f"def make_predictions(representations, r):\n{PREDICTED[o['predict']]}\n"


def _evaluate(o: Choice) -> str:
    device = "device"
    return "\n".join([
        f"def evaluate(model, repr, loader{DEVICE[o['device']]}):",
        "    model.eval()",
        "    total = 0",
        "    correct = 0",
        "    with torch.no_grad():",
        "        for i, data in enumerate(loader):",
        "            anchor, id_gt = data",
        f"            r = model.get_features(anchor.to({device}))",
        "            r = r / torch.linalg.vector_norm(r)",
        "            id_pred = torch.argmin(make_predictions(repr, r)).item()",
        "            if id_pred == id_gt.item():",
        "                correct += 1",
        "            total += 1",
        "    return correct / total",
        "",
    ])  # fmt: skip


def _main(o: Choice) -> str:
    model, dataset = MODEL[o["names"]], DATASET[o["names"]]
    lines = [
        "device = 'cuda' if torch.cuda.is_available() else 'cpu'",
        "emb_size = 32",
        f"ds_train = {dataset}('./mnist', split='train')",
        "train_loader = DataLoader(ds_train, batch_size=64, shuffle=True, num_workers=4)",
        f"model = {model}(1, emb_size).to(device)",
        "optimizer = optim.Adam(model.parameters(), lr=1e-3)",
        "for epoch in range(3):",
        "    print(train(model, optimizer, train_loader))",
        "torch.save(model.state_dict(), 'model.pth')",
    ]
    if o["main"] == "plots":
        lines += ["plt.scatter([0], [1])", "plt.show()"]
    if o["main"] == "pandas":
        lines += ["tablica = pd.DataFrame({'epoha': [1, 2, 3]})", "tablica.to_csv('rezultati.csv')"]
    if o["main"] == "guarded":
        return "if __name__ == '__main__':\n" + "\n".join(f"    {each}" for each in lines) + "\n"
    return "\n".join(lines) + "\n"


IMPORTS = {
    "np": "import numpy as np",
    "torch.": "import torch",
    "torchvision.": "import torchvision",
    "nn.": "import torch.nn as nn",
    "F.": "import torch.nn.functional as F",
    "optim.": "import torch.optim as optim",
    "Dataset)": "from torch.utils.data import Dataset",
    "DataLoader(": "from torch.utils.data import DataLoader",
    "choice(": "from random import choice",
    "defaultdict": "from collections import defaultdict",
    "tqdm(": "from tqdm import tqdm",
    "plt.": "import matplotlib.pyplot as plt",
    "pd.": "import pandas as pd",
}


def _file(o: Choice, body: str, *local: str) -> str:
    """A file with what it needs imported."""
    lines = [text for word, text in IMPORTS.items() if word in body]
    known = "MARGIN = 1.0\n" if "MARGIN" in body else ""
    device = (
        "device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')\n" if o["device"] == "global" else ""
    )
    if device and "import torch" not in lines:
        lines.append("import torch")
    return "\n".join([*lines, *local, "", known + device, body])


def _laid_out(o: Choice) -> dict[str, str]:
    unit, model, identity = _unit(o), _model(o), _identity(o)
    dataset, main = _dataset(o), _main(o)
    functions = (_train(o), _representations(o), _predictions(o), _evaluate(o))
    tools = _trainer(o) if o.get("tools") else "\n\n".join(functions)
    u, m, d = UNIT[o["names"]], MODEL[o["names"]], DATASET[o["names"]]
    named = "Trener" if o.get("tools") else "train, compute_representations, make_predictions, evaluate"
    models = "\n\n".join((unit, model, identity))
    layout = o["layout"]
    if layout == "one file":
        return {"lab4.py": _file(o, "\n\n".join((models, dataset, tools, main)))}
    if layout == "notebook":
        every = (models, dataset, tools, main)
        first = (
            _file(o, "\n".join(every))
            .split("\n\nMARGIN")[0]
            .split("\n\nclass ")[0]
            .split("\n\nfrom collections import O")[0]
        )
        cells = ["%matplotlib inline\n!pip install torch\n" + first, "%%time\nprint('mjerim')"]
        return {"lab4.ipynb": notebook([*cells, *(_file(o, each) for each in every)])}
    if layout == "two notebooks":
        return {
            "lab4/modeli.ipynb": notebook([_file(o, models)]),
            "lab4/ostalo.ipynb": notebook([_file(o, dataset), _file(o, tools), _file(o, main)]),
        }
    if layout == "six files":
        return {
            "unit.py": _file(o, unit),
            "metric.py": _file(o, model, f"from unit import {u}"),
            "identity.py": _file(o, identity),
            "data/dataset.py": _file(o, dataset),
            "helpers/utils.py": _file(o, tools),
            "main.py": _file(
                o,
                main,
                f"from metric import {m}",
                f"from data.dataset import {d}",
                f"from helpers.utils import {named}",
            ),
        }
    if layout == "tasks":
        return {
            "Zadatak1.py": _file(o, dataset),
            "Zadatak2.py": _file(o, "\n\n".join((unit, model))),
            "Zadatak3.py": _file(o, identity + "\n\n" + tools),
            "Zadatak4.py": _file(
                o, main, f"from Zadatak1 import {d}", f"from Zadatak2 import {m}", "from Zadatak3 import *"
            ),
        }
    inner = {
        "model.py": _file(o, models),
        "dataset.py": _file(o, dataset),
        "utils.py": _file(o, tools),
        "main.py": _file(o, main, f"from model import {m}", f"from dataset import {d}", f"from utils import {named}"),
    }
    if layout == "package":
        inner["main.py"] = _file(o, main, f"from .model import {m}", f"from .dataset import {d}", "from . import utils")
        return {"du/__init__.py": "", "du/lab4/__init__.py": ""} | {
            f"du/lab4/{name}": text for name, text in inner.items()
        }
    if layout == "beside lab3":
        return {f"lab4/{name}": text for name, text in inner.items()} | {
            "lab3/utils.py": NEXT_DOOR, "lab1/broken.py": "print 'Python 2'\n", "lab3/train.py": NEXT_DOOR,
        }  # fmt: skip
    return inner


NEXT_DOOR = """\
import torch
from torch import nn


class Baseline(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(300, 1)


def train(model, data, optimizer, criterion, args):
    model.train()
    for x, y, lengths in data:
        criterion(model(x), y).backward()


def evaluate(model, data, criterion, args):
    return 0.5
"""
