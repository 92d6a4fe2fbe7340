"""Load a student's modules: definitions only, their own modules through the same loader.

A student's module has an ``__import__`` of its own, so that its folder is searched for its own imports and for
nobody else's: torch never gets a student's ``utils.py``.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import itertools
import sys
import types
from pathlib import Path
from typing import Any

from quizlab.own import definitions
from quizlab.own.answers3 import Answers
from quizlab.own.reading import Read, Source, Trouble, read_file
from quizlab.own.standins import Rooms

NEVER_LOCAL = {"torch", "numpy", "quizlab"}
_numbers = itertools.count()


class PackageMissingError(ImportError):
    """A package that the student's code computes with is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"treba paket {package}, a nije instaliran")
        self.package = package


class Absent:
    """What was to be imported from a package that is not there: calling it or inheriting from it says which."""

    def __init__(self, package: str) -> None:
        self._package = package

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> Any:  # noqa: D102
        raise PackageMissingError(self._package)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        raise PackageMissingError(self._package)


class Loader:
    """The modules of one student's code, each loaded once.

    Stand-ins take the place of packages of which nothing is computed.

    Attributes:
        troubles: what could not be loaded, with its place.
        rooms: the stand-ins; a proof puts its digits there.
    """

    def __init__(self, found: Read) -> None:
        self.root = found.root
        self.rooms = Rooms()
        self.troubles: list[Trouble] = []
        self._sources = {each.path.resolve(): each for each in found.sources}
        self._modules: dict[Path, types.ModuleType] = {}
        self._prefix = f"quizlab_own_{next(_numbers)}"

    def load(self, source: Source) -> types.ModuleType:
        """The module of a file, with all its definitions that could be made."""
        path = source.path.resolve()
        if path in self._modules:
            return self._modules[path]
        name = f"{self._prefix}.m{len(self._modules)}_{path.stem}"
        module = types.ModuleType(name)
        folder = path.parent
        module.__dict__.update(
            __file__=str(path),
            __builtins__=vars(builtins)
            | {"__import__": lambda *args, **named: self._import(folder, source, *args, **named)},
        )
        self._modules[path] = sys.modules[name] = module
        for name, options in definitions.settings(source.tree.body).items():
            module.__dict__[name] = Answers(options)
        for statement in definitions.kept(source.tree.body):
            self._run(statement, source, module)
        on_cpu(module)
        return module

    def unload(self) -> None:
        """Forget the modules: for those who load many labs in one process."""
        for module in self._modules.values():
            sys.modules.pop(module.__name__, None)

    def _run(self, statement: ast.stmt, source: Source, module: types.ModuleType) -> None:
        error = _attempt(statement, source, module)
        if error is not None and isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            error = _attempt(definitions.without_defaults(statement), source, module)
            if error is not None and not isinstance(error, PackageMissingError):
                what = "name" if isinstance(error, NameError) else "definition"
                self._note(what, source, statement, f"{statement.name}: {error}")
        if isinstance(error, PackageMissingError):
            self._note("package", source, statement, error.package)
        elif error is not None and isinstance(statement, ast.Import | ast.ImportFrom):
            self._note("import", source, statement, str(error))

    def _note(self, what: str, source: Source, statement: ast.stmt, detail: str) -> None:
        self.troubles.append(Trouble(what, source.shown, statement.lineno, (detail.splitlines() or [""])[0][:200]))

    def _import(
        self, folder: Path, source: Source, name: str, globals: Any = None, _: Any = None, fromlist: Any = (),
        level: int = 0,
    ) -> Any:  # fmt: skip
        """What an import statement of a student's module gives."""
        start = folder
        for _ in range(level - 1):
            start = start.parent
        if level or self._is_local(folder, name):
            return self._local(start, name, fromlist, relative=bool(level))
        if (room := self.rooms.find(name)) is not None:
            for each in fromlist or ():
                self.rooms.find(f"{name}.{each}") if name == "torchvision" else None
            return room if fromlist else self.rooms.find(name.partition(".")[0])
        try:
            return __import__(name, {}, {}, fromlist, 0)
        except ModuleNotFoundError as error:
            package = (error.name or name).partition(".")[0]
            self.troubles.append(Trouble("package", source.shown, _line(globals), package))
            return Absent(package)

    def _is_local(self, folder: Path, name: str) -> bool:
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top in NEVER_LOCAL:
            return False
        return any(_there(place / top) for place in self._places(folder))

    def _places(self, folder: Path) -> list[Path]:
        """The folders in which a module is looked for: its own, those above it up to the root."""
        above = [each for each in (folder, *folder.parents) if each.is_relative_to(self.root.resolve())]
        return above or [folder]

    def _local(self, folder: Path, name: str, fromlist: Any, *, relative: bool) -> Any:
        parts = name.split(".") if name else []
        for place in [folder] if relative else self._places(folder):
            if not parts or _there(place / parts[0]):
                break
        chain = [self._package(place)] if not parts else []
        for part in parts:
            place = place / part
            chain.append(self._module_at(place))
            if len(chain) > 1:
                setattr(chain[-2], part, chain[-1])
        for each in fromlist or ():
            if not hasattr(chain[-1], each) and _there(place / each):
                setattr(chain[-1], each, self._module_at(place / each))
        return chain[-1] if fromlist or not parts else chain[0]

    def _module_at(self, place: Path) -> types.ModuleType:
        for path in (place.with_name(f"{place.name}.py"), place.with_name(f"{place.name}.ipynb")):
            if path.is_file():
                return self._load_file(path)
        if place.is_dir():
            return self._package(place)
        raise ModuleNotFoundError(f"No module named {place.name!r}", name=place.name)

    def _package(self, folder: Path) -> types.ModuleType:
        first = folder / "__init__.py"
        return self._load_file(first) if first.is_file() else types.ModuleType(folder.name)

    def _load_file(self, path: Path) -> types.ModuleType:
        source = self._sources.get(path.resolve()) or read_file(path.resolve(), self.root.resolve())
        if isinstance(source, Trouble):
            if source not in self.troubles:
                self.troubles.append(source)
            raise ImportError(f"{source.file}: {source.detail}")
        return self.load(source)


def on_cpu(module: types.ModuleType) -> None:
    """Point every global that names a device to the processor; one that was dropped is there, too."""
    import torch

    for name, value in list(vars(module).items()):
        if isinstance(value, torch.device):
            setattr(module, name, torch.device("cpu"))
        elif isinstance(value, str) and value.startswith("cuda"):
            setattr(module, name, "cpu")
    for name in ("device", "DEVICE"):
        if not hasattr(module, name):
            setattr(module, name, torch.device("cpu"))


def _there(place: Path) -> bool:
    return (
        place.is_dir()
        or place.with_name(f"{place.name}.py").is_file()
        or place.with_name(f"{place.name}.ipynb").is_file()
    )


def _attempt(statement: ast.stmt, source: Source, module: types.ModuleType) -> BaseException | None:
    """Execute one statement; what went wrong, whatever it is: a class may call ``sys.exit``."""
    try:
        _execute(statement, source, module)
    except BaseException as error:
        return error
    return None


def _execute(statement: ast.stmt, source: Source, module: types.ModuleType) -> None:
    tree = ast.Module(body=[statement], type_ignores=[])
    ast.fix_missing_locations(tree)
    later = any(
        isinstance(each, ast.ImportFrom)
        and each.module == "__future__"
        and any(a.name == "annotations" for a in each.names)
        for each in source.tree.body
    )
    flags = __future__.annotations.compiler_flag if later else 0
    exec(compile(tree, str(source.path), "exec", flags=flags, dont_inherit=True), vars(module))


def _line(names: Any) -> int:
    frame: types.FrameType | None = sys._getframe(3)
    return frame.f_lineno if frame and names is not None else 0
