"""Proofs about how lab 4's model is put together: its base classes, its first layer and its last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizlab.hooks.common import Step, seeded, shape_of, shapes_table, some_digits, steps
from quizlab.hooks.faces import Lab4, Small
from quizlab.hooks.owned import MissingPartError, has, is_own, needs, offers
from quizlab.model import Claim, Evidence, Snippet, Table
from quizlab.numbers import decimal, gap

if TYPE_CHECKING:
    from torch import Tensor

CLOSE = 1e-5
"""How far apart two float32 computations of one embedding may come out."""


def module_and_sequential(lab: Lab4) -> Evidence:
    """Ask Python itself who inherits whom among nn.Module, nn.Sequential and the lab's classes."""
    from torch import nn

    below = issubclass(nn.Sequential, nn.Module)
    above = issubclass(nn.Module, nn.Sequential)
    shared = [base for base in nn.Sequential.__mro__[1:] if base is not object and base in nn.Module.__mro__[1:]]
    unit, *models = _classes(lab)
    line = " → ".join(base.__name__ for base in nn.Sequential.__mro__)
    in_lab = " → ".join(base.__name__ for base in unit.__mro__)
    return Evidence(
        claims=(
            Claim("sequential_inherits_module", below, f"issubclass(Sequential, Module) je {below}"),
            Claim("module_inherits_sequential", above, f"issubclass(Module, Sequential) je {above}"),
            Claim(
                "only_siblings",
                bool(shared) and not below and not above,
                f"zajedničkih nadrazreda osim razreda object ima {len(shared)}, "
                f"a Module je u lancu nasljeđivanja razreda Sequential: {line}",
            ),
            Claim(
                "unrelated",
                not below and not above and not shared,
                f"lanac nasljeđivanja razreda Sequential glasi {line}",
            ),
            Claim(
                "unit_is_sequential",
                issubclass(unit, nn.Sequential),
                f"lanac nasljeđivanja konvolucijske jedinice glasi {in_lab}",
            ),
        ),
        blocks=(
            Table(
                ("razred", "je li Module", "je li Sequential", "lanac nasljeđivanja"),
                tuple(
                    (
                        each.__name__,
                        "da" if issubclass(each, nn.Module) else "ne",
                        "da" if issubclass(each, nn.Sequential) else "ne",
                        " → ".join(base.__name__ for base in each.__mro__),
                    )
                    for each in (nn.Sequential, unit, *models)
                ),
            ),
        ),
        snippet=Snippet(
            """\
from torch import nn

print(issubclass(nn.Sequential, nn.Module), issubclass(nn.Module, nn.Sequential))
""",
            f"{below} {above}",
        ),
    )


def _classes(lab: Any) -> tuple[type, ...]:
    """The unit's class and the models' classes; a student's as they were written, without what adapts them.

    Raises:
        MissingPartError: a student's code has no unit, or it is no class.
    """
    if not is_own(lab):
        return lab.BatchNormConvReLU, lab.SimpleMetricEmbedding, lab.IdentityModel
    needs(lab, "unit", "model")
    found = [lab.part(part) for part in ("unit", "model", "identity") if has(lab, part)]
    if not isinstance(found[0], type):
        raise MissingPartError("unit")
    return tuple(each for each in found if isinstance(each, type))


def last_operation(lab: Lab4, *, emb_size: Small = 32) -> Evidence:
    """Compare the model's output with what each candidate for its last layer would make of the last maps.

    The last maps are the last output of a layer that still has more than one pixel, seen with forward hooks;
    so a pooling done by a function instead of a layer is measured as well.
    """
    from torch import nn

    needs(lab, "model")
    digits = some_digits(lab)[:4]
    choices: tuple[dict[str, int], ...] = ({"padding": 0}, {"padding": 1}) if offers(lab, "model", "padding") else ({},)
    with seeded(1):
        models = {
            each.get("padding", 0): lab.SimpleMetricEmbedding(digits.shape[1], emb_size=emb_size, **each)
            for each in choices
        }
    ran = {padding: steps(model, digits) for padding, model in models.items()}
    maps = {padding: _last_maps(trace) for padding, trace in ran.items()}
    features = {padding: trace[-1].output for padding, trace in ran.items()}
    from_mean = _farthest(features, {padding: each.mean(dim=(2, 3)) for padding, each in maps.items()})
    from_maximum = _farthest(features, {padding: each.amax(dim=(2, 3)) for padding, each in maps.items()})
    sums = [row for each in features.values() for row in each.sum(dim=1).tolist()]
    least = min(float(each.min()) for each in features.values())
    ends_linear = all(_last_layer(trace) == "Linear" for trace in ran.values())
    linear = sum(isinstance(layer, nn.Linear) for layer in models[0].modules())
    return Evidence(
        claims=(
            Claim(
                "output_is_mean",
                from_mean < CLOSE,
                f"najveća razlika izlaza i prosjeka po visini i širini posljednjih mapa: {gap(from_mean)}",
            ),
            Claim(
                "output_is_maximum",
                from_maximum < CLOSE,
                f"najveća razlika izlaza i maksimuma po visini i širini posljednjih mapa: {gap(from_maximum)}",
            ),
            Claim(
                "ends_fully_connected",
                ends_linear,
                f"potpuno povezanih slojeva u modelu ima {linear}, a posljednji izvršeni sloj je {_last_layer(ran[0])}",
            ),
            Claim(
                "output_is_softmax",
                least >= 0 and all(abs(row - 1) < CLOSE for row in sums),
                f"zbroj jednog izlaza ide od {decimal(min(sums))} do {decimal(max(sums))}, a najmanja "
                f"komponenta je {decimal(least)}",
            ),
        ),
        blocks=(
            shapes_table(
                ran[0],
                f"Sloj po sloj{' bez nadopunjavanja' if len(choices) > 1 else ''}, veličina grupe {len(digits)}",
            ),
            Table(
                ("nadopunjavanje", "posljednje mape značajki", "izlaz", "najveća razlika od prosjeka"),
                tuple(
                    (
                        padding,
                        shape_of(maps[padding]),
                        shape_of(features[padding]),
                        gap(_farthest({0: features[padding]}, {0: maps[padding].mean(dim=(2, 3))})),
                    )
                    for padding in models
                ),
                title="Izlaz je prosjek svake mape" if from_mean < CLOSE else "Izlaz i prosjek posljednjih mapa",
            ),
        ),
        snippet=_pooling_snippet(maps[0], features[0], from_mean < CLOSE),
    )


def _last_maps(ran: tuple[Step, ...]) -> Tensor:
    """The last output (B, C, H, W) with more than one pixel; the last one of all where none has more."""
    maps = [step.output for step in ran if step.output.dim() == 4]
    return next((each for each in reversed(maps) if each[0, 0].numel() > 1), maps[-1])


def _last_layer(ran: tuple[Step, ...]) -> str:
    """The class of the layer that ran last; the last step is the model's output itself."""
    return ran[-2].kind


def _farthest(measured: dict[int, Tensor], expected: dict[int, Tensor]) -> float:
    """The largest difference of two sets of tensors; infinite where even the shapes differ."""
    return max(
        float((measured[key] - expected[key]).abs().max())
        if measured[key].shape == expected[key].shape
        else float("inf")
        for key in measured
    )


def _pooling_snippet(maps: Tensor, features: Tensor, is_mean: bool) -> Snippet:
    """Global average pooling of maps of the measured size, and whether it is the mean."""
    return Snippet(
        f"""\
import torch
from torch import nn

mape = torch.randn{shape_of(maps)}
izlaz = nn.AdaptiveAvgPool2d(1)(mape).flatten(start_dim=1)
print(tuple(izlaz.shape), torch.allclose(izlaz, mape.mean(dim=(2, 3)), atol=1e-6))
""",
        f"{shape_of(features)} {is_mean}",
    )
