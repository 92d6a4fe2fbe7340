"""Mutation testing: which small fault in a module would no test notice? ``python -m tools.mutants [MODULE …]``.

Each fault is put into the module as it is imported, in a process of its own that runs the tests named for it, at most
`LIMIT` seconds. A fault that survives is printed with its line; those that change nothing stand, with the reason, in
``tools/equivalent.txt``. ``--sample N`` takes so many of each module, ``--jobs N`` runs so many at once.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SEED, LIMIT = 20_261_127, 60
TESTS = {
    "quizlab.proof.judge": ("tests/proof/test_judge.py",),
    "quizlab.proof.rulings": ("tests/proof/test_judge.py",),
    "quizlab.bank.homes": ("tests/bank/test_homes.py",),
    "quizlab.question.variants": (
        *("tests/question/test_variants.py", "tests/question/test_asking.py"),
        *("-k", "not built_models and not verify_with and not may_be_set"),
    ),
    "quizlab.question.grading": ("tests/question/test_grading.py", "tests/answers/test_options.py"),
    "quizlab.learning.schedule": ("tests/learning/test_schedule.py",),
    "quizlab.answers.cases": (
        "tests/answers/test_cases.py",
        "tests/answers/test_shapes.py",
    ),
    "quizlab.answers.evaluate": ("tests/answers/test_formulas.py", "tests/answers/test_counts.py"),
}
OTHER: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
}


class Fault(NamedTuple):
    """One small change of a module: its line (1-based), what stood there, what stands there now, the whole source."""

    module: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.before}  →  {self.after}"


def faults(module: str, source: str) -> Iterator[Fault]:
    """Every fault that is tried in a module."""
    tree = ast.parse(source)
    for node, field, index, changed in _changes(tree):
        was = getattr(node, field)
        new = changed if index is None else [*was[:index], changed, *was[index + 1 :]]
        before = _text(node)
        setattr(node, field, new)
        try:
            yield Fault(
                module, getattr(node, "lineno", 0), before, _text(node), ast.unparse(ast.fix_missing_locations(tree))
            )
        finally:
            setattr(node, field, was)


def _text(node: ast.AST) -> str:
    """A node on one line; of what has a body, its head."""
    return " ".join(ast.unparse(node).split("\n")[0].split())[:110]


def _changes(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Node, the field of it that changes, the place in that where it is a list, and what comes there instead."""
    for parent in _nodes(tree):
        for field, value in ast.iter_fields(parent):
            if field in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            several = isinstance(value, list)
            for index, child in enumerate(value if several else [value]):
                for changed in _instead(parent, field, child):
                    yield parent, field, index if several else None, changed


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but annotations, decorators, imports, docstrings and the pieces of formatted strings."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            told = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            skipped = isinstance(child, ast.Import | ast.ImportFrom | ast.JoinedStr) or told
            if isinstance(child, ast.AST) and not skipped:
                yield from _nodes(child)


def _instead(parent: ast.AST, field: str, child: object) -> Iterator[ast.AST]:
    if isinstance(child, ast.cmpop | ast.boolop | ast.operator):
        yield from (other() for other in OTHER.get(type(child), ()))
    if isinstance(child, ast.UnaryOp) and isinstance(child.op, ast.Not):
        yield child.operand
    if field == "test" or (field == "ifs" and isinstance(parent, ast.comprehension)):
        yield ast.UnaryOp(ast.Not(), copy.deepcopy(child))  # type: ignore[arg-type]
    if isinstance(child, ast.Return) and child.value is not None and not _is_none(child.value):
        yield ast.Return(ast.Constant(None))
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Call | ast.Yield | ast.YieldFrom):
        yield ast.Pass()
    if isinstance(child, ast.AugAssign | ast.Continue | ast.Break):
        yield ast.Pass()
    if isinstance(child, ast.Constant) and not isinstance(parent, ast.Expr | ast.JoinedStr | ast.FormattedValue):
        yield from (ast.Constant(value) for value in _constants(child.value))


def _constants(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    elif isinstance(value, str):
        yield value + "!" if value else "!"


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module, with a fault in it."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault

    def find_spec(self, fullname: str, _path: object, _target: ModuleType | None = None) -> ModuleSpec | None:
        """The spec of the module with the fault; None for any other."""
        if fullname != self.fault.module:
            return None
        return importlib.util.spec_from_file_location(fullname, path_of(fullname), loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the source with the fault."""
        exec(compile(self.fault.source, str(path_of(self.fault.module)), "exec"), module.__dict__)


def path_of(module: str) -> Path:
    """The file of a module of this repository."""
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def survives(fault: Fault, tests: Sequence[str]) -> bool:
    """Whether all tests pass with the fault; one that takes too long is noticed."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    signal.alarm(LIMIT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    status = 1
    try:
        import pytest

        sys.meta_path.insert(0, Planted(fault))
        status = int(pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]))
    finally:
        os._exit(status)


def excused() -> dict[str, str]:
    """Fault, as it is printed without its line → why it changes nothing."""
    lines = (ROOT / "tools" / "equivalent.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  #  ") for line in lines if line and not line.startswith("#"))
    return {fault.strip(): why.strip() for fault, why in pairs}


def named(fault: Fault) -> str:
    """The fault without its line, which every edit moves."""
    return f"{fault.module}: {fault.before}  →  {fault.after}"


def try_module(module: str, sample: int, jobs: int) -> tuple[int, list[Fault], int]:
    """Of the faults of a module: how many were tried, those that survived, and how many of the rest are excused."""
    found = list(faults(module, path_of(module).read_text(encoding="utf-8")))
    if 0 < sample < len(found):
        found = sorted(random.Random(SEED).sample(found, sample), key=lambda each: each.line)
    tests = TESTS[module]
    none = Fault(module, 0, "", "", path_of(module).read_text(encoding="utf-8"))
    if not survives(none, tests):
        raise SystemExit(f"{module}: its tests fail without any fault")
    import_module("pytest")  # once, for all the processes that are forked
    with ThreadPoolExecutor(jobs) as pool:
        held = list(pool.map(lambda fault: survives(fault, tests), found))
    left = [fault for fault, survived in zip(found, held, strict=True) if survived]
    known = excused()
    unknown = [fault for fault in left if named(fault) not in known]
    return len(found), unknown, len(left) - len(unknown)


def main(words: Sequence[str] | None = None) -> int:
    """Try the faults; 1 where more than a tenth of a module's survive unexcused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args(words)
    worst = 0.0
    for module in given.modules or TESTS:
        tried, left, equivalent = try_module(module, given.sample, given.jobs)
        worst = max(worst, len(left) / max(1, tried))
        print(f"{module}: {tried} faults, {equivalent} change nothing, {len(left)} survive", flush=True)
        for fault in left:
            print(f"  {fault}", flush=True)
    return int(worst > 0.1)


if __name__ == "__main__":
    sys.exit(main())
