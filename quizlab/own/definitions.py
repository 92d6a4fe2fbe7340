"""What of a module is kept: its definitions. Whatever trains, reads, draws or asks at the top level is dropped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

PURE_CALLS = {
    "int", "float", "str", "bool", "len", "list", "tuple", "dict", "set", "frozenset", "range", "sorted", "min", "max",
    "Path", "pathlib.Path", "namedtuple", "collections.namedtuple", "TypeVar", "typing.TypeVar", "NewType",
    "torch.device", "torch.cuda.is_available", "os.path.join", "OrderedDict", "collections.OrderedDict",
    "Counter", "collections.Counter", "defaultdict", "collections.defaultdict", "object", "field",
    "torch.backends.mps.is_available", "math.sqrt", "math.log", "SimpleNamespace", "types.SimpleNamespace", "partial",
    "functools.partial", "auto", "enum.auto", "np.array", "torch.tensor", "torch.zeros", "torch.ones",
    "logging.getLogger", "getLogger", "dataclasses.field",
}  # fmt: skip
"""Calls that a constant may be made by: they compute nothing worth a second and touch nothing."""

PURE_ROOMS = ("nn.", "torch.nn.", "transforms.", "torchvision.transforms.", "T.")
"""What is called by one of these names is built and no more: ``loss = nn.TripletMarginLoss(margin=1)``."""

SETTINGS = re.compile(r"(\w*\.)?_?([A-Z]\w*)?(Config|Cfg|CFG|Conf|Settings|Params|Parameters|Options|Args|Postavke)")
"""A class of settings, which is built and no more: ``CONFIG = Config()``."""

PLAIN = (
    ast.Constant, ast.Name, ast.Attribute, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.BoolOp,
    ast.Compare, ast.IfExp, ast.Lambda, ast.JoinedStr, ast.FormattedValue, ast.Subscript, ast.Slice, ast.Starred,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension,
    ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context, ast.keyword, ast.arguments, ast.arg,
)  # fmt: skip

DEFINES = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def kept(body: list[ast.stmt], *, in_class: bool = False) -> Iterator[ast.stmt]:
    """The statements that define something, in their order; those inside ``if``, ``try`` and ``with`` too.

    Of an ``if`` the other branch comes first, so that what the condition guards has the last word; whether it would
    be taken is for the program to find out, and it is not run. In a class every assignment is kept.
    """
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            yield _without_deeds(statement)
        elif isinstance(statement, DEFINES) or _is_constant(statement, any_value=in_class):
            yield statement
        elif isinstance(statement, ast.If):
            yield from kept(statement.orelse)
            yield from kept(statement.body)
        elif isinstance(statement, ast.Try):
            for handler in statement.handlers:
                yield from _imports_last(handler.body)
            yield from kept([*statement.body, *statement.orelse])
        elif isinstance(statement, ast.With):
            yield from kept(statement.body)


def _imports_last(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """What an ``except ImportError`` puts in the place of an import: kept as the first try, not the last."""
    yield from (each for each in kept(body) if isinstance(each, DEFINES))


def _without_deeds(statement: ast.ClassDef) -> ast.ClassDef:
    """A class without the statements of its body that do something."""
    body = list(kept(statement.body, in_class=True)) or [ast.copy_location(ast.Pass(), statement)]
    made = ast.ClassDef(
        name=statement.name,
        bases=statement.bases,
        keywords=statement.keywords,
        body=body,
        decorator_list=statement.decorator_list,
        **({"type_params": statement.type_params} if hasattr(statement, "type_params") else {}),
    )
    return ast.copy_location(made, statement)


def _is_constant(statement: ast.stmt, *, any_value: bool) -> bool:
    if isinstance(statement, ast.Assign):
        targets, value = statement.targets, statement.value
    elif isinstance(statement, ast.AnnAssign):
        if statement.value is None:
            return True
        targets, value = [statement.target], statement.value
    else:
        return False
    return all(isinstance(each, ast.Name | ast.Tuple) for each in targets) and (any_value or is_plain(value))


def is_plain(value: ast.expr) -> bool:
    """Whether an expression only names, builds and combines constants."""
    for node in _outside_lambdas(value):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            if name not in PURE_CALLS and not name.startswith(PURE_ROOMS) and not SETTINGS.fullmatch(name):
                return False
        elif not isinstance(node, PLAIN):
            return False
    return True


def _outside_lambdas(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _outside_lambdas(child)


def dotted(node: ast.AST) -> str:
    """``torch.device`` of a name or an attribute of names; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (head := dotted(node.value)):
        return f"{head}.{node.attr}"
    return ""


def without_defaults(statement: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> ast.stmt:
    """The same definition with ``None`` for every default value that is computed: ``loader=train_loader``."""
    for node in ast.walk(statement):
        if isinstance(node, ast.arguments):
            node.defaults = [_literal(each) for each in node.defaults]
            node.kw_defaults = [each and _literal(each) for each in node.kw_defaults]
    return statement


def settings(body: list[ast.stmt]) -> dict[str, dict[str, Any]]:
    """The default values of the command line by the name that it is kept under: ``args = parser.parse_args()``."""
    deeds = [each for each in _outside_definitions(body) if isinstance(each, ast.Call | ast.Assign)]
    options = dict(
        option
        for each in deeds
        if isinstance(each, ast.Call) and dotted(each.func).endswith("add_argument")
        for option in _option(each)
    )
    return {
        target.id: options
        for each in deeds
        if isinstance(each, ast.Assign)
        and isinstance(each.value, ast.Call)
        and getattr(each.value.func, "attr", "") in ("parse_args", "parse_known_args")
        for target in (each.targets[0].elts[0] if isinstance(each.targets[0], ast.Tuple) else each.targets[0],)
        if isinstance(target, ast.Name)
    }


def _outside_definitions(body: list[ast.stmt]) -> Iterator[ast.AST]:
    for each in body:
        if not isinstance(each, DEFINES):
            inner = [getattr(each, name, []) for name in ("body", "orelse")]
            yield from ast.walk(each) if not any(inner) else _outside_definitions([*inner[0], *inner[1]])


def _option(call: ast.Call) -> Iterator[tuple[str, Any]]:
    """The name of an option and its default value, where both stand there."""
    names = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    named = {each.arg: each.value for each in call.keywords}
    name = next((each for each in names if each.startswith("--")), names[0] if names else "")
    default: Any = False if "store_true" in ast.unparse(call) else None
    for key in ("default", "dest"):
        if isinstance(value := named.get(key), ast.Constant):
            default, name = (value.value, name) if key == "default" else (default, str(value.value))
    if name:
        yield name.lstrip("-").replace("-", "_"), default


def _literal(value: ast.expr) -> ast.expr:
    return value if isinstance(value, ast.Constant) else ast.copy_location(ast.Constant(None), value)
