"""Which known name a typed word means: exactly, in other case, or as several names written together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from quizlab.answers.evaluate import CONSTANTS, FUNCTIONS

ALIASES = {
    **{name: name for name in FUNCTIONS},
    "ln": "log",
    "tgh": "tanh",
    "th": "tanh",
    "sh": "sinh",
    "ch": "cosh",
    "tg": "tan",
    **dict.fromkeys(("arctan", "arctg"), "atan"),
    "maks": "max",
    "sigm": "sigmoid",
    "sigmoida": "sigmoid",
    "σ": "sigmoid",
    "sigma": "sigmoid",
    "korijen": "sqrt",
    "√": "sqrt",
}

_SMALL = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
    *("nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
_CAPITAL = ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega")
_GREEK = dict(zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", (*_SMALL, *_CAPITAL), strict=True))
_LETTERED = "[" + "".join(_GREEK) + "]"


def _spelt(name: str) -> str:
    """The name with Greek letters called by their names: ``α_t`` is ``alpha_t``."""
    return re.sub(_LETTERED, lambda found: _GREEK[found[0]], name)


def renamed(text: str, words: Mapping[str, Sequence[str]]) -> str:
    """The text with other words for a name replaced by it, the longest first: W_hx and Whx by W_xh."""
    known = sorted(
        ((other, name) for name, others in words.items() for other in others), key=lambda each: -len(each[0])
    )
    for other, name in known:
        text = re.sub(_word(other), lambda _, name=name: name, text)  # type: ignore[misc]
    return text


def _word(other: str) -> str:
    """A word in either case, with any space between its own words and with or without its underscores."""
    loose = re.escape(other).replace("_", r"_?\{?").replace(r"\ ", r"\s+")
    return rf"(?i)(?<!\w){loose}\}}?(?!\w)" if "_" in other else rf"(?i)(?<!\w){loose}(?!\w)"


class Names:
    """The names that an expression may contain, besides functions and constants."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = tuple(dict.fromkeys(allowed))
        folded: dict[str, list[str]] = {}
        for name in self.allowed:
            folded.setdefault(name.casefold(), []).append(name)
        self._unique = {key: same[0] for key, same in folded.items() if len(same) == 1}
        plain: dict[str, list[str]] = {}
        for name in self.allowed:
            if "_" in name:
                plain.setdefault(name.casefold().replace("_", ""), []).append(name)
        spelt: dict[str, list[str]] = {}
        for name in self.allowed:
            spelt.setdefault(_spelt(name), []).append(name)
        self._spelt = {key: same[0] for key, same in spelt.items() if len(same) == 1}
        self._plain = {key: same[0] for key, same in plain.items() if len(same) == 1 and key not in folded}

    def one(self, word: str) -> str | None:
        """The name that the whole word is: in another case where it fits one name only, α as alpha, x_1 as x1."""
        if word in self.allowed:
            return word
        joined = word.replace("_", "")
        known = self._unique.get(word.casefold()) or self._spelt.get(_spelt(word))
        return known or (joined if joined != word and joined in self.allowed else None)

    def function(self, word: str) -> str | None:
        """The function that the whole word is; two letters that are names (``ch`` for c·h) are none."""
        if self.one(word) or (len(word) == 2 and all(map(self.one, word))):
            return None
        return ALIASES.get(word.casefold())

    def constant(self, word: str) -> str | None:
        """The constant that the whole word is: e or pi."""
        plain = "pi" if word in ("π", "Pi", "PI") else word
        return plain if plain in CONSTANTS and not self.one(word) else None

    def split(self, word: str) -> tuple[str, ...] | None:
        """Names and functions written together, longest first: ``KM``; at last even ``Whh`` for ``W_hh``."""
        names = {name: name for name in self.allowed}
        known = {alias: name for alias, name in ALIASES.items() if len(alias) > 1 or not alias.isalpha()} | names
        loose = {**self._plain, **self._unique}
        none: dict[str, str] = {}
        tries = ((names, none), (known, none), (known, self._unique), (known, loose))
        return next((found for exact, folded in tries if (found := self._cut(word, exact, folded))), None)

    def _cut(self, word: str, known: dict[str, str], folded: dict[str, str]) -> tuple[str, ...] | None:
        lengths = sorted({len(name) for name in (*known, *folded)}, reverse=True)
        rest: list[tuple[str, ...] | None] = [None] * len(word) + [()]
        for start in range(len(word) - 1, -1, -1):
            for length in lengths:
                tail = rest[start + length] if start + length <= len(word) else None
                part = word[start : start + length]
                piece = known.get(part) or folded.get(part.casefold())
                if piece is not None and tail is not None:
                    rest[start] = (piece, *tail)
                    break
        return rest[0]

    def is_function(self, piece: str) -> bool:
        """Whether a piece of a split word is a function and not a name."""
        return piece in FUNCTIONS and piece not in self.allowed

    @property
    def known(self) -> str:
        """The names, for a message."""
        return ", ".join(self.allowed)
