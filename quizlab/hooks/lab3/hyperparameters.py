"""Proof about the hyperparameters of lab 3: its configuration lists them, and some of them shape the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizlab.hooks.common import listed, seeded
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.optimiser import ROUNDING, off_rules
from quizlab.hooks.lab3.recurrence import layers_of
from quizlab.hooks.lab3.run import NO_LIMIT, Run, main_run, run
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

OTHERS: dict[str, tuple[Any, ...]] = {
    "learning_rate": (3e-3,),
    "epochs": (2,),
    "batch_size": (9, 5),
    "hidden_size": (12,),
    "embedding_size": (20,),
    "dropout": (0.5,),
    "num_layers": (3,),
    "cell": ("lstm",),
}
"""Another value of each, for its fields in their order; no two alike, so that none is taken for another."""

WORDS = 2
"""Rows of the embedding, which is left out of the counts anyway."""


def hyperparameters(lab: Lab3) -> Evidence:
    """Read the lab's list of hyperparameters and the configuration that holds them; run the lab with others.

    A hyperparameter counts as one of the lab's when the list names it, the configuration has its fields, and a run
    with other values of these does otherwise what its name says.
    """
    config = lab.Config()
    fields = {name: tuple(lab.HYPERPARAMETERS.get(word, ())) for name, word in NAMES.items()}
    values = {
        name: {field: getattr(config, field) for field in each if hasattr(config, field)}
        for name, each in fields.items()
    }
    usual = _parameters(lab, config)
    changed = {name: other for name in NAMES if (other := _other(name, values[name]))}
    others = {name: _parameters(lab, lab.Config(**other)) for name, other in changed.items()}
    done = _done(lab, changed)
    shaping = {name for name, parameters in others.items() if parameters != usual}
    return Evidence(
        claims=(
            *(
                Claim(
                    f"has_{name}",
                    bool(values[name]) and len(values[name]) == len(fields[name]) and done[name][0],
                    f"{word}: " + (_written(values[name]) or "nema je u postavkama vježbe") + done[name][1],
                )
                for name, word in NAMES.items()
            ),
            Claim(
                "only_some_shape_the_model",
                shaping == set(SHAPING),
                "druge vrijednosti mijenjaju broj parametara modela samo kad se mijenja: "
                f"{listed(NAMES[name] for name in NAMES if name in shaping) or 'ništa'}",
            ),
            _rest(lab, config),
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
    return dict(zip(fields, OTHERS.get(name, ()), strict=False))


def _done(lab: Lab3, changed: dict[str, dict[str, Any]]) -> dict[str, tuple[bool, str]]:
    """For each hyperparameter: whether a run with all the other values does what its name says, and what was seen.

    A list that names wrong fields may ask for a run that cannot be: then nothing was seen of any.
    """
    settings: dict[str, Any] = {"clip": NO_LIMIT}
    for other in changed.values():
        settings |= other
    try:
        watched = run(lab, **settings)
        failed = watched.failed
    except Exception as error:
        failed = type(error).__name__
    if failed:
        return dict.fromkeys(NAMES, (False, f"; pokus s drukčijim postavkama nije uspio ({failed})"))
    seen = {name: look(watched) for name, look in _LOOKS.items()}
    found = {
        name: (seen[name] == other, f"; u pokusu s {_written(changed[name])} izmjereno je {_listed(seen[name])}")
        for name, other in OTHERS.items()
        if name in changed
    }
    others = [rule for rule, off in off_rules(main_run(lab)).items() if off < ROUNDING and rule != "adam"]
    by_rule = (not others, f"; težine se pomiču po postupku {listed(others)}" if others else "")
    return dict.fromkeys(NAMES, (False, "")) | found | {"optimizer": by_rule}


def _listed(seen: tuple[Any, ...]) -> str:
    return listed(f"{each:g}" if isinstance(each, float) else str(each) for each in seen) or "ništa"


def _rate(watched: Run) -> tuple[Any, ...]:
    """The longest first step of a weight: Adam's is the rate, that of plain descent the rate times the gradient."""
    rates = []
    for step in watched.steps[:1]:
        longest, steepest = (float(each.abs().max()) for each in (step.after - step.before, step.gradients))
        rates = [told for told in OTHERS["learning_rate"] for most in (told, told * steepest) if _near(longest, most)]
    return tuple(rates[:1])


def _near(one: float, other: float) -> bool:
    """Some let the weights decay besides, by a few hundredths of a step."""
    return abs(one - other) < 0.1 * other


def _epochs(watched: Run) -> tuple[int, ...]:
    """How often the sentences of training were read."""
    return (round(sum(rows for rows, _ in watched.trained) / watched.sentences),)


def _batches(watched: Run) -> tuple[int, ...]:
    """The largest batch of training, and that of evaluation."""
    return tuple(max((rows for rows, _ in shapes), default=0) for shapes in (watched.trained, watched.evaluated))


def _network(watched: Run) -> Any:
    """The recurrent network of the model, or nothing."""
    return next((found[0] for cell in ("lstm", "gru", "rnn") if (found := corpus.networks(watched.model, cell))), None)


def _embedding(watched: Run) -> tuple[int, ...]:
    from torch import nn

    return tuple(each.embedding_dim for each in watched.model.modules() if isinstance(each, nn.Embedding))[:1]


def _layers(watched: Run) -> tuple[int, ...]:
    found = [corpus.networks(watched.model, cell) for cell in ("lstm", "gru", "rnn")]
    return (sum(layers_of(tuple(each)) for each in found),)


def _dropout(watched: Run) -> tuple[float, ...]:
    """The probability of the network's dropout, if the model in training gives two answers to one sentence."""
    import torch

    from quizlab.hooks.common import set_mode

    words, lengths = torch.tensor([[2, 3, 4, 5]]), torch.tensor([4])
    set_mode(watched.model, training=True)
    with seeded(0), torch.no_grad():
        first, second = (watched.model(words, lengths) for _ in range(2))
    differ = bool((first - second).abs().max() > 0)
    told = [
        float(each.dropout) for each in watched.model.modules() if isinstance(getattr(each, "dropout", None), float)
    ]
    told += [float(each.p) for each in watched.model.modules() if isinstance(each, torch.nn.Dropout)]
    return tuple(dict.fromkeys(each for each in told if each)) if differ else ()


def _cell(watched: Run) -> tuple[str, ...]:
    return tuple(cell for cell in ("rnn", "gru", "lstm") if corpus.networks(watched.model, cell))


_LOOKS: dict[str, Callable[[Run], tuple[Any, ...]]] = {
    "learning_rate": _rate,
    "epochs": _epochs,
    "batch_size": _batches,
    "hidden_size": lambda watched: (getattr(_network(watched), "hidden_size", 0),),
    "embedding_size": _embedding,
    "dropout": _dropout,
    "num_layers": _layers,
    "cell": _cell,
}
"""What a run tells of each hyperparameter, in the form of `OTHERS`."""


def _rest(lab: Lab3, config: Any) -> Claim:
    """The limits that the lab has besides the nine: of the gradient's norm, and of the vocabulary."""
    whole = len(corpus.reviews(lab)["train"].text_vocab)
    smaller = {
        name: len(corpus.splits(lab, **{name: value})["train"].text_vocab)
        for name, value in (("min_freq", 2), ("max_size", whole // 2))
    }
    return Claim(
        "limits_besides",
        all(hasattr(config, name) for name in ("clip", *smaller)) and max(smaller.values()) < whole,
        f"uz devet hiperparametara postavke imaju {listed(n for n in ('clip', *smaller) if hasattr(config, n))}; "
        f"tokena u vokabularu ima {whole}, uz min_freq = 2 {smaller['min_freq']}, a uz max_size = {whole // 2} "
        f"{smaller['max_size']}",
    )


def _parameters(lab: Lab3, config: Any) -> int:
    """Parameters of the configured model without its embedding."""
    from torch import nn

    with seeded(0):
        words = nn.Embedding(WORDS, config.embedding_size)
        model = lab.make_model(config, words)
    return int(sum(p.numel() for p in model.parameters())) - words.weight.numel()


def _written(fields: dict[str, Any]) -> str:
    return ", ".join(f"{field} = {value}" for field, value in fields.items())
