"""Ways in which a student's vocabulary may want its frequencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

PAD, UNK = "<PAD>", "<UNK>"

Form = Callable[[Mapping[str, int]], Any]


def falling(frequencies: Mapping[str, int]) -> dict[str, int]:
    """The frequencies in falling order; those alike as they came."""
    return dict(sorted(frequencies.items(), key=lambda each: -each[1]))


def tokens_of(frequencies: Mapping[str, int]) -> list[str]:
    """A text with these frequencies, words in order of first appearance."""
    return [word for word, count in frequencies.items() for _ in range(count)]


def instances(frequencies: Mapping[str, int]) -> list[Any]:
    """One example whose text has these frequencies."""
    return [SimpleNamespace(text=tokens_of(frequencies), label="positive")]


FORMS: dict[str, Form] = {
    "dict": Counter,
    "sorted": lambda f: Counter(falling(f)),
    "items": lambda f: [(PAD, float("inf")), (UNK, float("inf")), *falling(f).items()],
    "specials": lambda f: {PAD: float("inf"), UNK: float("inf")} | falling(f),
    "pairs": lambda f: list(falling(f).items()),
    "most": lambda f: Counter(f).most_common(),
    "instances": instances,
    "tokens": tokens_of,
    "texts": lambda f: [tokens_of(f)],
}
"""Ways to hand frequencies over, the likeliest first."""

WITH_SPECIALS = {"items", "specials"}
"""Those that hand the special tokens over as well."""


def labelled(form: Form, frequencies: Mapping[str, int]) -> Any:
    """The labels in the form that the class takes, without special tokens."""
    if form is instances:
        return [SimpleNamespace(text=[label], label=label) for label in frequencies]
    if form in (FORMS["items"], FORMS["pairs"], FORMS["most"]):
        return list(frequencies.items())
    return form(frequencies) if form in (tokens_of, FORMS["texts"]) else Counter(frequencies)
