"""What stands in for packages of which a student's code computes nothing here: digits, plots, progress bars, tables.

A stand-in is seen by the student's modules alone, never by torch or by quizlab.
"""

from __future__ import annotations

import importlib.util
import types
from collections.abc import Iterator
from typing import Any, NoReturn

ALWAYS = {"torchvision", "matplotlib", "tqdm", "IPython", "google", "wandb", "seaborn", "plotly", "ipywidgets"}
"""Packages replaced even where they are installed: they download, open windows or write to the terminal."""

WHERE_MISSING = {
    "pandas", "sklearn", "scipy", "skimage", "tensorboard", "tensorboardX", "torchsummary", "torchinfo", "PIL", "cv2",
    "requests", "yaml", "dotenv", "torchmetrics", "torchtext", "prettytable", "tabulate", "colorama", "rich",
}  # fmt: skip
"""Packages replaced where they are not installed: what needs them for computing says so when it does."""


class StandInError(RuntimeError):
    """Something of a package that is not there was asked to compute."""

    def __init__(self, package: str) -> None:
        super().__init__(f"treba paket {package}")
        self.package = package


class Anything:
    """An object of a package that is not there: it may be named, called and passed on, and computes nothing."""

    def __init__(self, package: str) -> None:
        self.__dict__["_package"] = package

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self

    def __setattr__(self, name: str, value: object) -> None:
        pass

    def __call__(self, *given: Any, **named: Any) -> Any:
        """As a decorator it gives back what it decorates; data it refuses."""
        import torch

        values = [*given, *named.values()]
        if any(isinstance(each, torch.Tensor) for each in values) and self._package not in {"matplotlib", "seaborn"}:
            raise StandInError(self._package)
        if len(given) == 1 and not named and isinstance(given[0], types.FunctionType | type):
            return given[0]
        return self

    def __iter__(self) -> Iterator[Any]:  # an empty loop would be a wrong answer
        if self._package != "matplotlib":
            self._refuse()
        return iter((self, self))  # fig, axes = plt.subplots()

    def __getitem__(self, key: object) -> Any:
        return self

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return (object,)

    def _refuse(self, *_: object) -> NoReturn:
        raise StandInError(self._package)

    __len__ = __bool__ = __float__ = __int__ = __index__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __array__ = _refuse


class Room(types.ModuleType):
    """A module that is not there; each of its names is there."""

    def __init__(self, name: str, **names: Any) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__dict__.update(names)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything(self.__name__.partition(".")[0])


class Bar:
    """A progress bar that shows nothing and is the loop itself."""

    def __init__(self, iterable: Any = (), *_: Any, **__: Any) -> None:
        self.iterable = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self.iterable)

    def __len__(self) -> int:
        return len(self.iterable)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None

    @staticmethod
    def write(*_: Any, **__: Any) -> None:
        """Nobody reads it."""


class Rooms:
    """The stand-ins of one student's code; ``digits`` are those that its MNIST hands out."""

    def __init__(self) -> None:
        self.digits: tuple[Any, Any] | None = None
        self._made: dict[str, types.ModuleType] = {}

    def find(self, name: str) -> types.ModuleType | None:
        """The stand-in for a module, or None where the real one is to be taken."""
        package = name.partition(".")[0]
        if package not in ALWAYS and not (package in WHERE_MISSING and importlib.util.find_spec(package) is None):
            return None
        if name not in self._made:
            self._made[name] = self._make(name, package)
            head, _, last = name.rpartition(".")
            parent = self.find(head) if head else None
            if parent is not None:
                parent.__dict__.setdefault(last, self._made[name])
        return self._made[name]

    def _make(self, name: str, package: str) -> types.ModuleType:
        if package == "torchvision":
            return self._torchvision(name)
        if package == "tqdm":
            return Room(name, tqdm=Bar, trange=lambda *sizes, **_: Bar(range(*sizes)), tqdm_notebook=Bar)
        return Room(name)

    def _torchvision(self, name: str) -> types.ModuleType:
        from quizlab.own import torchvision

        if name == "torchvision":
            room = Room(name)
            self._made[name] = room
            for inner in ("datasets", "transforms"):
                self.find(f"{name}.{inner}")
            return room
        if name.startswith("torchvision.datasets"):
            return Room(name, MNIST=torchvision.mnist_of(self), mnist=Anything("torchvision"))
        if name.startswith("torchvision.transforms"):
            return Room(name, **torchvision.TRANSFORMS)
        return Room(name)
