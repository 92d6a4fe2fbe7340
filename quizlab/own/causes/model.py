"""Known mistakes of the two models of lab 4."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizlab.hooks.common import apart, set_mode, steps
from quizlab.hooks.owned import has, offers
from quizlab.own.causes.cause import Cause, Probe

CLOSE = 1e-5
EMB_SIZE = 32


def _built(lab: Any, channels: int = 1, emb_size: int = EMB_SIZE) -> Any:
    return lab.SimpleMetricEmbedding(channels, emb_size=emb_size)


def _images(number: int, channels: int = 1) -> Any:
    import torch

    return torch.rand(number, channels, 28, 28)


def batch_of_one(lab: Any) -> Iterator[Cause]:
    """The dimension of the batch is lost when there is one image in it."""
    model = _built(lab)
    one, two = (steps(model, _images(number))[-1].output for number in (1, 2))
    if two.dim() == 2 and one.dim() == 1:
        yield Cause(
            "squeeze",
            "model",
            "get_features",
            "Za grupu od jedne slike get_features gubi dimenziju grupe (squeeze bez zadane dimenzije), a vježba traži "
            "da ostane.",
            "Na blicu je izlaz uvijek drugog reda, (B, emb_size), i za jednu sliku (1, emb_size).",
            ("q2", "q13", "q14", "q23", "q24"),
        )


def dead_layers(lab: Any) -> Iterator[Cause]:
    """Layers that get no gradient, because nothing that is computed depends on them."""
    dead, tensors = _without_gradient(lab)
    if 0 < dead < tensors:
        yield Cause(
            "layers-without-effect",
            "model",
            "get_features",
            f"Bez gradijenta ostaje tenzora s parametrima: {dead} od {tensors}, jer ulaz preskače njihove "
            "slojeve; u vježbi svaki sloj prima izlaz prethodnoga.",
            "Na blicu razrede razdvaja model učen trojnim gubitkom, i to svim svojim slojevima.",
            ("q7", *_wide(lab)),
        )


def _wide(lab: Any) -> tuple[str, ...]:
    """The questions that differ because maps larger than the lab's come to the end: more numbers than emb_size."""
    features = steps(_built(lab), _images(2))[-1].output
    return () if features.shape[-1] == EMB_SIZE else ("q2", "q3", "q14", "q19", "q23")


def _without_gradient(lab: Any) -> tuple[int, int]:
    """How many tensors with parameters get no gradient, of how many."""
    model = _built(lab)
    set_mode(model, training=True)
    model.get_features(_images(4)).square().sum().backward()
    tensors = [tensor for tensor in model.parameters() if tensor.requires_grad]
    return sum(tensor.grad is None for tensor in tensors), len(tensors)


def parameters(lab: Any) -> Iterator[Cause]:
    """Parameters of the model that change nothing."""
    from torch import nn

    if any(offers(lab, "model", word) for word in ("chan", "input", "in_c")):
        first = next(each for each in _built(lab, channels=3).modules() if isinstance(each, nn.Conv2d))
        if first.in_channels != 3:
            says = (
                f"Broj ulaznih kanala prve konvolucije uvijek je {first.in_channels}: input_channels ništa ne mijenja, "
                "a vježba traži da ga prva jedinica primi."
            )
            answer = "Na blicu prva konvolucija ima onoliko ulaznih kanala koliko ih ima slika, za MNIST jedan."
            yield Cause("input-channels", "model", "", says, answer)
    if any(offers(lab, "model", word) for word in ("emb", "dim", "feat")):
        size, other = (steps(_built(lab, emb_size=each), _images(2))[-1].output.shape[-1] for each in (16, EMB_SIZE))
        if size == other:
            says = f"Ugrađivanje uvijek ima dimenziju {size}: emb_size ništa ne mijenja, a trebao bi je zadavati."
            yield Cause("emb-size-ignored", "model", "", says, "Na blicu je dimenzija ugrađivanja emb_size.")


def pooling(lab: Any) -> Iterator[Cause]:
    """How often max-pooling runs, as a layer or as a function."""
    import torch.nn.functional as F

    if _without_gradient(lab)[0]:
        return  # what does not run may hold the pooling as well
    model, ran = _built(lab), []
    pooled = F.max_pool2d

    def counted(*given: Any, **named: Any) -> Any:
        ran.append(1)
        return pooled(*given, **named)

    F.max_pool2d = counted
    try:
        steps(model, _images(2))
    finally:
        F.max_pool2d = pooled
    answer = "Na blicu su sažimanja maksimumom dva, iza prve i iza druge jedinice, a na kraju je globalni prosjek."
    if len(ran) > 2:
        says = f"Sažimanja maksimumom ima {len(ran)}, a u vježbi su dva, iza prve i iza druge jedinice."
        yield Cause("third-pool", "model", "get_features", says, answer, _wide(lab))
    elif not ran:
        says = "Između jedinica nema sažimanja maksimumom, a vježba ga traži iza prve i iza druge jedinice."
        yield Cause("no-pools", "model", "get_features", says, answer, _wide(lab))
    elif len(ran) == 1:
        says = "Sažimanje maksimumom izvodi se jednom, a u vježbi dvaput, iza prve i iza druge jedinice."
        yield Cause("one-pool", "model", "get_features", says, answer, _wide(lab))


def output(lab: Any) -> Iterator[Cause]:
    """What becomes of the last maps."""
    ran = steps(_built(lab), _images(4))
    maps, features = [each.output for each in ran if each.output.dim() == 4], ran[-1].output
    wide = next((each for each in reversed(maps) if each[0, 0].numel() > 1), maps[-1])
    mean, most = wide.mean(dim=(2, 3)), wide.amax(dim=(2, 3))
    if apart(features, mean) < CLOSE:
        return
    if apart(features, most) < CLOSE:
        yield Cause(
            "global-max",
            "model",
            "get_features",
            "Na kraju je globalno sažimanje maksimumom, a vježba traži globalno sažimanje prosjekom.",
            "Na blicu je posljednji sloj globalno sažimanje prosjekom.",
            ("q19",),
        )
    if apart(features, mean / mean.norm(dim=1, keepdim=True)) < CLOSE:
        yield Cause(
            "features-normalised",
            "model",
            "get_features",
            "Ugrađivanje se dijeli svojom normom već u get_features, a vježba vraća globalni prosjek mapa kakav jest.",
            "Na blicu je posljednji sloj globalno sažimanje prosjekom; normira se tek u vrednovanju.",
            ("q19",),
        )


def identity(lab: Any) -> Iterator[Cause]:
    """What the model of the image space makes of an image."""
    images = _images(4)
    features = steps(lab.IdentityModel(), images)[-1].output
    pixels = images.flatten(start_dim=1)
    answer = "Na blicu IdentityModel vraća (B, 784): sliku u retku, piksel po piksel."
    if features.dim() == 1 and features.numel() == pixels.numel():
        says = "IdentityModel izravnava cijelu grupu u jedan redak, a vježba traži redak za svaku sliku (start_dim=1)."
        yield Cause("identity-flat", "identity", "get_features", says, answer, ("q3", "q7", "q15", "q20"))
    elif features.shape != pixels.shape and features.numel() == pixels.numel():
        says = "IdentityModel sliku ne izravna do kraja, a vježba traži jedan redak za svaku sliku."
        yield Cause("identity-not-flat", "identity", "get_features", says, answer, ("q3", "q7", "q15", "q20"))
    elif features.shape == pixels.shape and apart(features, pixels) > CLOSE and _parallel(features, pixels):
        says = "IdentityModel piksele dijeli njihovom normom, a vježba traži da ih vrati kakvi jesu."
        yield Cause("identity-normalised", "identity", "get_features", says, answer, ("q7", "q15"))


def _parallel(rows: Any, others: Any) -> bool:
    """Whether each row is a multiple of the other's row."""
    from torch.nn.functional import cosine_similarity

    return float(cosine_similarity(rows, others, dim=1).min()) > 1 - CLOSE


def no_identity(lab: Any) -> Iterator[Cause]:
    """A whole lab without the second model; a single file says nothing."""
    if has(lab, "model", "dataset") and (has(lab, "train") or has(lab, "evaluate")) and not has(lab, "identity"):
        yield Cause(
            "no-identity",
            "identity",
            "",
            "U kodu nema modela IdentityModel, a vježba ga traži za usporedbu s prostorom slike.",
            "Na blicu znaj da IdentityModel samo izravna sliku: (B, 784), bez parametara.",
            ("q3", "q7", "q15", "q20"),
            note=True,
        )


PROBES: tuple[Probe, ...] = (batch_of_one, dead_layers, parameters, pooling, output, identity, no_identity)
