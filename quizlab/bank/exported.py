"""Banks exported as JSON, read back as strictly as YAML: the same checks, every problem with its place."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import msgspec

from quizlab.bank import fields, json_nodes, nodes
from quizlab.bank.decode import BANK_FIELDS, Reader
from quizlab.bank.errors import BankError
from quizlab.bank.nodes import Composed, Entries, Items, Node, Scalar
from quizlab.model import Bank, Problem

FORMAT, VERSION = "quizlab-bank", "1"
FIELDS = ("format", "version", "title", "banks", "findings", "versions")


def decode(data: bytes, path: Path, *, thorough: bool = False) -> tuple[Bank, ...]:
    """Decode and check the banks of an export; its findings are not read: what holds is computed anew.

    Raises:
        BankError: with every problem of the file.
    """
    file = str(path)
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise BankError([Problem("bank_not_utf8", {}, file, data.count(b"\n", 0, error.start) + 1)]) from None
    composed = json_nodes.compose(text, file)
    if composed.root is None:
        raise BankError(composed.problems)
    if not isinstance(composed.root, Entries) or _text(composed.root, "format") != FORMAT:
        raise BankError([*composed.problems, Problem("json_no_export", {}, file, composed.root.line)])
    problems = [*composed.problems, *_frame(composed.root, file)]
    banks = []
    for node in _nodes(composed.root):
        reader = _reader(node, file, thorough=thorough)
        name = _name(node, reader)
        banks.append(reader.bank(name))
        problems += reader.problems
    if problems:
        raise BankError(sorted(problems, key=lambda problem: problem.line))
    return tuple(banks)


def _text(node: Node, name: str) -> str:
    found = nodes.entry(node, name)
    return found.text if isinstance(found, Scalar) else ""


def _frame(root: Entries, file: str) -> Iterator[Problem]:
    """What is wrong around the banks."""
    for key, (line, _) in root.entries.items():
        if key not in FIELDS:
            yield Problem("unknown_field", {"field": key}, file, line, field=key)
    version = _text(root, "version")
    if version != VERSION:
        yield Problem("json_newer", {"found": version or "–"}, file, nodes.line_at(root, "version"), field="version")
    banks = nodes.entry(root, "banks")
    if banks is None:
        yield Problem("missing_field", {"field": "banks"}, file, root.line, field="banks")
    elif not isinstance(banks, Items):
        yield _misshapen(banks, "list", "banks", file)
    elif not banks.items:
        yield Problem("no_questions", {}, file, banks.line, field="banks")
    else:
        others = ((at, each) for at, each in enumerate(banks.items) if not isinstance(each, Entries))
        yield from (_misshapen(each, "mapping", f"banks[{at}]", file) for at, each in others)


def _misshapen(node: Node, expected: str, field: str, file: str) -> Problem:
    args = {"expected": expected, "found": fields.shape(node)}
    return Problem("wrong_type", args, file, node.line, field=field)


def _nodes(root: Entries) -> list[Entries]:
    banks = nodes.entry(root, "banks")
    return [each for each in banks.items if isinstance(each, Entries)] if isinstance(banks, Items) else []


def _reader(node: Entries, file: str, *, thorough: bool) -> Reader:
    return Reader(Composed(node, [], []), node, file, thorough=thorough, known=("name", *BANK_FIELDS))


def _name(bank: Entries, reader: Reader) -> str:
    """The name of a bank, which must be text."""
    node = nodes.entry(bank, "name")
    if isinstance(node, Scalar) and node.text.strip():
        return node.text
    found = fields.faults(node, str, "name") if node and not isinstance(node, Scalar) else ()
    problems = list(found) or [Problem("missing_field", {"field": "name"}, line=bank.line, field="name")]
    reader.problems += [msgspec.structs.replace(each, file=reader.file) for each in problems]
    return ""
