"""Examples and batches of lab 3 for code that asks for them by place, by key or by attribute."""

from __future__ import annotations

from typing import Any

from quizlab.own.binding import called

# of the places 2, 1 and 0, in this order
KEYS = ("len|dulj|size", "lab|targ|sentim|oznak|^y$|class", "text|tekst|tok|^x|inp|seq|word|ids|rec|num")


class Both(tuple[Any, ...]):
    """A tuple ``(texts, labels, lengths)``, or of one example ``(text, label)``, that answers to keys, too."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        return self._asked(key) if isinstance(key, str) else super().__getitem__(key)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._asked(name)
        except KeyError as error:
            raise AttributeError(name) from error

    def _asked(self, key: str) -> Any:
        for place, pattern in zip((2, 1, 0), KEYS, strict=True):
            if called(key, pattern) and place < len(self):
                return super().__getitem__(place)
        raise KeyError(key)
