"""Proof about torch.save: what a saved state_dict holds, and what is lost without its buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizlab.hooks.common import seeded, set_mode, shape_of, some_digits
from quizlab.hooks.faces import Lab4
from quizlab.hooks.owned import is_own, needs
from quizlab.model import Claim, Evidence, Note, Snippet, Table
from quizlab.numbers import gap

if TYPE_CHECKING:
    from torch import Tensor, nn

MAPS = 8
OWN_MAPS = 32
"""A student's model is built as the lab has it: other numbers may be written into it."""

CLOSE = 1e-6


def saving(lab: Lab4) -> Evidence:
    """Save a model that has seen data, load it into a fresh one, and compare what both give in eval mode.

    Once the whole state_dict goes through the file, once the parameters alone. Files are in memory.
    """
    import torch

    needs(lab, "model")
    maps = OWN_MAPS if is_own(lab) else MAPS
    with seeded(0):
        images = some_digits(lab)[:16]
        model = lab.SimpleMetricEmbedding(1, maps)
        with_gradient = _one_batch(model, images)
        saved = _through_file(model.state_dict(), weights_only=True)
        parameters = {name: tensor.detach() for name, tensor in model.named_parameters()}
        buffers = {name: tensor for name, tensor in model.named_buffers() if name in saved}
        with torch.no_grad():
            set_mode(model, training=False)
            expected = model.get_features(images)
            whole = _loaded(lab, maps, saved).get_features(images)
            alone = _loaded(lab, maps, _through_file(parameters, weights_only=True)).get_features(images)
        anything = {"epoha": 3, "razredi": ["nula", "jedan"], "sloj": torch.nn.ReLU()}
        # weights_only=False runs what the file says: only for bytes that we have just written ourselves.
        back = _through_file(anything, weights_only=False)
    intact = list(back) == list(anything) and back["epoha"] == 3 and type(back["sloj"]) is torch.nn.ReLU
    off_whole, off_alone = (float((given - expected).abs().max()) for given in (whole, alone))
    names = set(saved)
    tensors = [each for each in saved.values() if isinstance(each, torch.Tensor)]
    kept_gradients = sum(tensor.grad is not None for tensor in tensors)
    stray = sorted(name for name in names if name not in parameters and name not in buffers)
    unit = _plain_unit(maps)  # the snippet's, whatever the lab's is
    return Evidence(
        claims=(
            Claim(
                "parameters_saved",
                set(parameters) <= names,
                f"od {len(parameters)} tenzora s parametrima u datoteci ih je {len(set(parameters) & names)}",
            ),
            Claim(
                "buffers_saved",
                len(buffers) > 0,
                f"međuspremnika u datoteci, uz tenzore s parametrima ({len(parameters)}): {len(buffers)}",
            ),
            Claim(
                "parameters_only",
                names == set(parameters),
                f"tenzora s parametrima je {len(parameters)}, a u datoteci ih je ukupno {len(names)}",
            ),
            Claim(
                "parameters_and_buffers",
                len(buffers) > 0 and names == set(parameters) | set(buffers) and off_whole <= CLOSE,
                f"tenzora s parametrima u datoteci: {len(set(parameters) & names)}, međuspremnika: "
                f"{len(set(buffers) & names)}; najveća razlika izlaza novog modela s njima: {gap(off_whole)}",
            ),
            Claim(
                "whole_model",
                any(isinstance(each, torch.nn.Module) for each in (saved, *saved.values())),
                f"iz datoteke se čita {type(saved).__name__}; od {len(names)} vrijednosti po imenima tenzora je "
                f"{len(tensors)}",
            ),
            Claim(
                "optimizer_state",
                bool(stray) or kept_gradients > 0,
                f"tenzora modela s izračunatim gradijentom: {with_gradient}; u datoteci tenzora s gradijentom "
                f"(PyTorch ih uz tenzor ne zapisuje): {kept_gradients}; imena koja nisu ni parametar ni "
                f"međuspremnik: {', '.join(stray) or 'nema'}",
            ),
            Claim(
                "parameters_alone_differ",
                off_alone > CLOSE,
                f"najveća razlika izlaza u eval() kad se u novi model učitaju samo parametri: "
                f"{gap(off_alone)}, a uz cijeli state_dict: {gap(off_whole)}",
            ),
            Claim(
                "any_object",
                intact,
                "o samom PyTorchu, bez vježbe: torch.save sprema sve što pickle zna zapisati; rječnik s brojem, listom "
                "i slojem vratio se " + ("nepromijenjen" if intact else "drukčiji"),
            ),
        ),
        blocks=(
            Table(
                ("ime u state_dict", "što je", "oblik"),
                tuple(
                    (
                        name,
                        _what(name, parameters, buffers),
                        shape_of(tensor) if isinstance(tensor, torch.Tensor) else "",
                    )
                    for name, tensor in saved.items()
                ),
                title=f"Što piše u datoteci (model s {maps} mapa značajki)",
                marked=tuple(index for index, name in enumerate(saved) if name not in parameters),
                total=("ukupno tenzora", "", str(len(saved))),
            ),
            Table(
                ("u novi model učitano", "najveća razlika izlaza u eval()"),
                (("cijeli state_dict", round(off_whole, 3)), ("samo parametri", round(off_alone, 3))),
            ),
            Note(
                "torch.save(model, put) sprema cijeli objekt pomoću modula pickle; takvu datoteku (čita se uz "
                "weights_only=False) otvaraj samo ako vjeruješ izvoru."
            ),
        ),
        snippet=Snippet(
            f"""\
import io
import torch
from torch import nn

jedinica = nn.Sequential(nn.BatchNorm2d({maps}), nn.ReLU(), nn.Conv2d({maps}, {maps}, 3))
datoteka = io.BytesIO()
torch.save(jedinica.state_dict(), datoteka)
datoteka.seek(0)
spremljeno = torch.load(datoteka, weights_only=True)
print(len(list(jedinica.parameters())), len(spremljeno))
""",
            f"{len(list(unit.parameters()))} {len(unit.state_dict())}",
        ),
    )


def _what(name: str, parameters: dict[str, Tensor], buffers: dict[str, Tensor]) -> str:
    """What a saved value is: a parameter, a buffer, or something else."""
    return "parametar" if name in parameters else "međuspremnik" if name in buffers else "nešto drugo"


def _plain_unit(maps: int) -> nn.Module:
    from torch import nn

    return nn.Sequential(nn.BatchNorm2d(maps), nn.ReLU(), nn.Conv2d(maps, maps, 3))


def _one_batch(model: Any, images: Tensor) -> int:
    """Run one batch in training mode, so that statistics move; return how many tensors got a gradient."""
    set_mode(model, training=True)
    model.get_features(images).square().sum().backward()
    return sum(tensor.grad is not None for tensor in model.parameters())


def _through_file(saved: Any, *, weights_only: bool) -> Any:
    """Write an object with torch.save and read it back."""
    import io

    import torch

    file = io.BytesIO()
    torch.save(saved, file)
    file.seek(0)
    return torch.load(file, weights_only=weights_only)


def _loaded(lab: Lab4, maps: int, state: Any) -> Any:
    """A fresh model of the lab with these tensors loaded into it, in evaluation mode."""
    model = lab.SimpleMetricEmbedding(1, maps)
    model.load_state_dict(state, strict=False)
    set_mode(model, training=False)
    return model
