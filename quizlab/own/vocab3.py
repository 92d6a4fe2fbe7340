"""A student's vocabulary: how it wants its frequencies is tried out once on a toy, and then kept."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from quizlab.own.answers3 import Answers
from quizlab.own.binding import Fixed, Parameter, Role, arguments, called, parameters_of, plan
from quizlab.own.forms3 import FORMS, PAD, UNK, WITH_SPECIALS, Form, labelled
from quizlab.own.reading import Read

ROLES = (
    Role("max_size", "max|najv", placed=False),
    Role("min_freq", "min|najm", placed=False),
    Role(
        "frequencies",
        "freq|frek|count|words|token|data|inst|corpus|text|vocab|dict|^f|^d|^c|example|series|sent|rijec|broj|recen",
    ),
)
FLAG = (
    r"special|poseb|oznak|is_?text|text_?(array|vocab|field)|is_?label|label|(vocab|field)?_?(type|kind)$|target|add_"
)
"""A parameter that says whether the vocabulary is one of texts or of labels."""

METHODS = ("encode", "numericalize", "to_indices", "text_to_indices", "encode_text", "u_indekse", "kodiraj", "__call__")
"""What turns words into indices."""

TOY = ("b", "a", "a", "c", "b", "d", "e", "d", "d", "a")
"""a three times, d three times and first seen later; b twice; c and e once."""


def is_flag(parameter: Parameter) -> bool:
    """Whether a parameter tells texts from labels."""
    if isinstance(parameter.default, str) and called(parameter.default, "^(text|label|tekst|oznak)"):
        return True
    return called(parameter.name, FLAG) and not called(parameter.name, "freq|count|frek")


def flag_value(parameter: Parameter, *, label: bool) -> Any:
    """What to give to it for a vocabulary of texts or of labels."""
    name, default = parameter.name.lower(), parameter.default
    about_labels = called(name, "label|target|oznak")
    if "type" in name or "kind" in name or isinstance(default, str):
        upper = isinstance(default, str) and default[:1].isupper()
        word = "label" if label else "text"
        if isinstance(default, str) and called(default, "^(tekst|oznak)"):
            word = "oznaka" if label else "tekst"
        elif isinstance(default, str) and called(default, "^(text|label)s$"):
            word += "s"
        return word.capitalize() if upper else word
    if isinstance(default, list | tuple) or name in ("specials", "special_tokens", "special_symbols"):
        if isinstance(default, bool):
            return not label
        kind = tuple if isinstance(default, tuple) else list
        return kind(() if label else default or (PAD, UNK))
    return label if about_labels else not label


class Vocabulary:
    """A student's vocabulary with the names of the lab: ``itos``, ``stoi`` and ``encode``.

    Attributes:
        raw: the student's own object.
    """

    def __init__(self, raw: Any) -> None:
        self.raw = raw
        self.stoi = _stoi(raw)
        self.itos = _itos(raw, self.stoi)

    def __len__(self) -> int:
        return len(self.itos)

    def __contains__(self, word: object) -> bool:
        return word in self.stoi

    def encode(self, tokens: Any) -> Any:
        """The indices of words as the student's own method gives them, as a tensor where they are numbers."""
        import torch

        for name in METHODS:
            if callable(method := getattr(self.raw, name, None)):
                found = method(tokens if isinstance(tokens, str) else list(tokens))
                return found if isinstance(found, torch.Tensor) else torch.as_tensor(found)
        unknown = self.stoi.get(UNK)
        if isinstance(tokens, str):
            return self.stoi.get(tokens, unknown)
        return torch.tensor([self.stoi.get(each, unknown) for each in tokens], dtype=torch.int64)


def _stoi(raw: Any) -> dict[str, int]:
    """The dictionary from words to indices; only what is one is looked at, no method is called."""
    named = [
        getattr(raw, name, None) for name in ("stoi", "_stoi", "word2idx", "word_to_idx", "word2index", "token2idx")
    ]
    for each in (*named, *vars(raw).values()):
        if isinstance(each, Mapping) and each and all(isinstance(key, str) for key in each):
            values = list(each.values())
            numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)
            if numbers and sorted(values) == list(range(len(values))):
                return {word: int(index) for word, index in each.items()}
    stoi = next((each for each in named if isinstance(each, Mapping)), None)
    if stoi is None:
        raise TypeError("vokabular nema rječnik stoi")
    return dict(stoi)


def _itos(raw: Any, stoi: Mapping[str, int]) -> list[str]:
    """Words by their indices; a dictionary or a list as it is, otherwise the other way round of ``stoi``."""
    for name in ("itos", "_itos", "idx2word", "idx_to_word", "index2word"):
        found = getattr(raw, name, None)
        if isinstance(found, Mapping) and found:
            return [str(found.get(index, "")) for index in range(max(found) + 1)]
        if isinstance(found, list | tuple):
            return list(found)
    return [word for word, _ in sorted(stoi.items(), key=lambda each: each[1])]


class Vocabularies:
    """Makes a student's vocabularies; the form is chosen once."""

    def __init__(self, raw: Any, sources: Read) -> None:
        self.raw = raw
        self.sources = sources
        self.form = self._choose()

    def _choose(self) -> Form:
        """The form that gives most of what the lab prescribes, the likeliest of several.

        Special tokens are not handed over to a class that adds its own, nor where they stand in nothing but the
        class: that would hide two words it loses.
        """
        toy = Counter(TOY)
        best, best_score, adds = FORMS["dict"], -1, only_inside(self.sources, self.raw.__name__, PAD)
        for name, form in FORMS.items():
            if name in WITH_SPECIALS and adds:
                continue
            try:
                made = self._made(form(toy), {})
                score = _score(made)
            except BaseException:
                continue
            adds = adds or bool(set(made.itos) - set(TOY))
            if score > best_score:
                best, best_score = form, score
        return best

    def make(self, frequencies: Mapping[str, int], max_size: int = -1, min_freq: int = 0) -> Vocabulary:
        """The student's vocabulary of these frequencies, in order of first appearance."""
        limits = {} if max_size == -1 else {"max_size": max_size}
        limits |= {"min_freq": min_freq} if min_freq else {}
        return self._made(self.form(frequencies), limits)

    def labels(self) -> Vocabulary | None:
        """The vocabulary of the labels, where the student builds it with the same class; else None."""
        flags = [each for each in parameters_of(self.raw) if is_flag(each)]
        if not flags and not self._builds_labels():
            return None
        frequencies = Counter({"positive": 3610, "negative": 3310})
        return self._made(labelled(self.form, frequencies), {}, label=True)

    def _made(self, frequencies: Any, limits: Mapping[str, int], *, label: bool = False) -> Vocabulary:
        flags = [
            Fixed(f"^{each.name}$", flag_value(each, label=label), always=label or each.default is Parameter.empty)
            for each in parameters_of(self.raw)
            if is_flag(each)
        ]
        names = {each.pattern.strip("^$") for each in flags}
        usable = [role for role in ROLES if role.placed or _parameter(self.raw, role.pattern, names)]
        found = plan(_without(self.raw, names), usable, [Fixed("^dev", "cpu")])
        values = {"frequencies": frequencies, "max_size": -1, "min_freq": 0} | dict(limits)
        wanted = {name: value for name, value in values.items() if name == "frequencies" or name in limits}
        wanted |= {
            name: values[name]
            for parameter, name in found.roles.items()
            if name not in wanted and _required(self.raw, parameter)
        }
        given, named = arguments(found, wanted)
        named |= {each.pattern.strip("^$"): each.value for each in flags if each.always}
        args = {"args": Answers(values)} if _parameter(self.raw, "^(args|config|cfg)$", set()) else {}
        return Vocabulary(self.raw(*given, **(named | args)))

    def _builds_labels(self) -> bool:
        """Whether the student's own code makes a vocabulary of labels with this class and says nothing more."""
        return any(
            re.search("label|target|sentiment", ast.unparse(call), re.IGNORECASE)
            for call in calls(self.sources, self.raw.__name__)
        )


def calls(sources: Read, name: str) -> Iterator[ast.Call]:
    """Where a class or a function is called in the student's files."""
    for source in sources.sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and name in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
                yield node


def only_inside(sources: Read, name: str, text: str) -> bool:
    """Whether a text stands in the class of this name and nowhere else in the student's files."""
    inside = everywhere = 0
    for source in sources.sources:
        everywhere += _mentions(source.tree, text)
        inside += sum(
            _mentions(each, text)
            for each in ast.walk(source.tree)
            if isinstance(each, ast.ClassDef) and each.name == name
        )
    return 0 < inside == everywhere


def _mentions(tree: ast.AST, text: str) -> int:
    return sum(isinstance(each, ast.Constant) and each.value == text for each in ast.walk(tree))


def _parameter(function: Any, pattern: str, without: set[str]) -> bool:
    return any(called(each.name, pattern) for each in parameters_of(function) if each.name not in without)


def _required(function: Any, name: str) -> bool:
    return any(each.name == name and each.default is Parameter.empty for each in parameters_of(function))


def _without(function: Any, names: set[str]) -> Any:
    """The function as if it had no parameters of these names."""
    import inspect

    def stand_in(*_: Any, **__: Any) -> None:
        """Only its signature is looked at."""

    left = [each for each in parameters_of(function) if each.name not in names and each.name not in ("args", "config")]
    stand_in.__signature__ = inspect.Signature(left)  # type: ignore[attr-defined]
    return stand_in


def _score(vocab: Vocabulary) -> int:
    """How much of what the lab prescribes a toy vocabulary has: only to choose the form, never to judge."""
    words = [each for each in vocab.itos if each not in (PAD, UNK)]
    counts = [TOY.count(each) for each in words]
    return (
        4 * (set(words) == set(TOY))
        + 2 * (len(words) == len(set(TOY)))
        + 2 * (counts == sorted(counts, reverse=True))
        + (vocab.itos[:2] == [PAD, UNK])
        + (words == ["a", "d", "b", "c", "e"])
    )
