"""Proof about the hyperparameters of lab 3: its configuration lists them, and some of them shape the model."""

from __future__ import annotations

from typing import Any

from quizlab.hooks.common import listed, seeded
from quizlab.hooks.faces import Lab3
from quizlab.model import Claim, Evidence, Snippet, Table

NAMES = {
    "learning_rate": "stopa učenja",
    "epochs": "broj epoha",
    "batch_size": "veličina grupe",
    "hidden_size": "dimenzija skrivenog stanja",
    "embedding_size": "dimenzija ugrađivanja",
    "dropout": "dropout",
    "optimizer": "optimizator",
    "num_layers": "broj slojeva",
    "cell": "vrsta ćelije",
}
"""The nine as the lab's own list names them, by the claim that puts each to the test (``has_epochs`` …)."""

SHAPING = ("hidden_size", "embedding_size", "num_layers", "cell")
"""Those that decide how many parameters the model has."""

OTHER_DROPOUT = 0.5
OTHER_CELL = "lstm"

WORDS = 2
"""Rows of the embedding, which is left out of the counts anyway."""


def hyperparameters(lab: Lab3) -> Evidence:
    """Read the lab's list of hyperparameters and the configuration that holds them; build models with others.

    A hyperparameter counts as one of the lab's when the list names it and the configuration has its fields.
    """
    config = lab.Config()
    fields = {name: tuple(lab.HYPERPARAMETERS.get(word, ())) for name, word in NAMES.items()}
    values = {
        name: {field: getattr(config, field) for field in each if hasattr(config, field)}
        for name, each in fields.items()
    }
    usual = _parameters(lab, config)
    others = {name: _parameters(lab, lab.Config(**other)) for name in NAMES if (other := _other(name, values[name]))}
    shaping = {name for name, parameters in others.items() if parameters != usual}
    return Evidence(
        claims=(
            *(
                Claim(
                    f"has_{name}",
                    bool(values[name]) and len(values[name]) == len(fields[name]),
                    f"{word}: " + (_written(values[name]) or "nema je u postavkama vježbe"),
                )
                for name, word in NAMES.items()
            ),
            Claim(
                "only_some_shape_the_model",
                shaping == set(SHAPING),
                "druge vrijednosti mijenjaju broj parametara modela samo kad se mijenja: "
                f"{listed(NAMES[name] for name in NAMES if name in shaping) or 'ništa'}",
            ),
        ),
        blocks=(
            Table(
                ("hiperparametar", "polje", "vrijednost u vježbi"),
                tuple(
                    (NAMES[name], field, str(value)) for name, each in values.items() for field, value in each.items()
                ),
                title="Postavke vježbe",
            ),
            Table(
                ("promijenjeno", "nova vrijednost", "parametara bez ugrađivanja"),
                (
                    ("ništa", "–", usual),
                    *(
                        (NAMES[name], _written(_other(name, values[name])), parameters)
                        for name, parameters in others.items()
                    ),
                ),
                title="Broj parametara modela s drukčijim postavkama",
                marked=tuple(1 + place for place, name in enumerate(others) if name in shaping),
            ),
        ),
        snippet=Snippet(
            f"""\
from torch import nn

E, H, slojeva = {config.embedding_size}, {config.hidden_size}, {config.num_layers}
mreza = nn.ModuleList([nn.{config.model.upper()}(E, H, slojeva), nn.Linear(H, H), nn.Linear(H, 1)])
print(sum(p.numel() for p in mreza.parameters()))
""",
            str(usual),
        ),
    )


def _other(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Another value for every field of one hyperparameter; nothing where the lab allows one value only."""
    if name == "optimizer":
        return {}
    if name in {"dropout", "cell"}:
        return dict.fromkeys(fields, OTHER_DROPOUT if name == "dropout" else OTHER_CELL)
    return {field: value / 2 if isinstance(value, float) else max(1, value // 2) for field, value in fields.items()}


def _parameters(lab: Lab3, config: Any) -> int:
    """Parameters of the configured model without its embedding."""
    from torch import nn

    with seeded(0):
        words = nn.Embedding(WORDS, config.embedding_size)
        model = lab.make_model(config, words)
    return int(sum(p.numel() for p in model.parameters())) - words.weight.numel()


def _written(fields: dict[str, Any]) -> str:
    return ", ".join(f"{field} = {value}" for field, value in fields.items())
