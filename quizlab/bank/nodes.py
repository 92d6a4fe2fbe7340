"""Strict YAML: text to a tree of nodes that know their lines, with everything a bank may not contain.

The tree is built here from PyYAML's events, not by its composer: that one follows aliases, lets the last
duplicate key win, and with the C loader overflows the stack on deeply nested brackets.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec import Struct

from quizlab.model import Code, Place, Problem
from quizlab.numbers import grouped

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 20
MOST_PROBLEMS = 10_000
"""With so many problems a bank is read no further: it is something else, or somebody's idea of a joke."""

MOST_KEYS = 100_000
"""Keys of one mapping; no question and no bank has a thousandth of them."""

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
PATH_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
TAG_PREFIX = "tag:yaml.org,2002:"


# No node holds one that holds it, so the collector of garbage need not look at any: it would do so again and again.


class Scalar(Struct, gc=False):
    """A value as it is written; ``quoted`` tells «"9312"» from «9312»."""

    line: int
    last: int
    text: str
    quoted: bool = False


class Items(Struct, gc=False):
    """A list."""

    line: int
    last: int
    items: list[Node]


class Entries(Struct, gc=False):
    """A mapping: key → the line of the key and what stands under it."""

    line: int
    last: int
    entries: dict[str, tuple[int, Node]]
    pending: Scalar | None = None


Node = Scalar | Items | Entries
ODD_KEY = Scalar(0, 0, "")
"""Stands for a key that is a list or a mapping; what is under it is dropped."""


class Composed(Struct):
    """What a text holds: its root, what is wrong with it, and the lines where a value is missing for that."""

    root: Node | None
    problems: list[Problem]
    holes: list[int]


class RefusedError(Exception):
    """Nothing after this place can be read."""


def compose(text: str, file: str) -> Composed:
    """Parse YAML into its node tree, with a problem for every duplicate key, anchor, alias, tag and odd key."""
    composer = _Composer(text, file)
    if odd := UNPRINTABLE.search(text):
        line = len(BREAK.findall(text, 0, odd.start())) + 1
        composer.blame("yaml_character", line, character=f"U+{ord(odd[0]):04X}")
        return Composed(None, composer.problems, [])
    try:
        take, scalar = composer.take, composer.take_scalar
        for event in iter(Loader(text).get_event, None):
            if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:  # most are
                scalar(event)
            else:
                take(event)
    except RefusedError:
        composer.root = None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        composer.blame("yaml_syntax", mark.line + 1 if mark else 1, what=str(error.problem or ""))
        composer.root = None
    except yaml.YAMLError as error:
        composer.blame("yaml_syntax", 1, what=(str(error).splitlines() or [""])[0])
        composer.root = None
    else:
        if composer.root is None or composer.root == Scalar(composer.root.line, composer.root.last, ""):
            composer.root = None
            composer.blame("bank_empty", 1)
    return Composed(composer.root, composer.problems, composer.holes)


class _Composer:
    """Takes the events of a parser one by one; no recursion, so no depth can overflow it."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = BREAK.split(text)
        self.end = max(1, len(self.lines) - (0 if self.lines[-1] else 1))
        self.file = file
        self.root: Node | None = None
        self.open: list[Items | Entries] = []
        self.problems: list[Problem] = []
        self.holes: list[int] = []

    def blame(self, code: Code, line: int, **args: str) -> None:
        self.problems.append(Problem(code, args, self.file, min(line, self.end)))
        if len(self.problems) >= MOST_PROBLEMS:
            raise RefusedError

    def take_scalar(self, event: Any) -> None:
        """Take a plain scalar, which may stand wherever there is room for one."""
        line = event.start_mark.line + 1
        if len(self.open) >= MAX_DEPTH:
            self._check(event, line)
        self._attach(Scalar(line, self._last(event, line), event.value, bool(event.style)))

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.blame("yaml_syntax", line, what="expected a single document")
            raise RefusedError
        if isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.NodeEvent):
            self._check(event, line)
            self._attach(self._node(event, line))

    def _check(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self.blame("yaml_alias", line)
        if isinstance(event, yaml.AliasEvent):
            self.holes.append(line)
        elif event.tag is not None:
            tag = "!!" + event.tag.removeprefix(TAG_PREFIX) if event.tag.startswith(TAG_PREFIX) else event.tag
            self.blame("yaml_tag", line, tag=tag)
        if len(self.open) >= MAX_DEPTH:
            self.blame("yaml_deep", line, limit=str(MAX_DEPTH))
            raise RefusedError

    def _node(self, event: Any, line: int) -> Node:
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(line, line, [])
        if isinstance(event, yaml.MappingStartEvent):
            return Entries(line, line, {})
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, self._last(event, line), event.value, bool(event.style))
        return Scalar(line, line, "")

    def _last(self, event: Any, line: int) -> int:
        """The last line of a scalar; a block scalar ends where the next thing starts, blank lines included."""
        end = event.end_mark
        last = int(end.line) + (1 if end.column else 0)
        if last <= line:
            return line
        while last > line and not self.lines[last - 1].strip():
            last -= 1
        return last

    def _attach(self, node: Node) -> None:
        if not self.open:
            self.root = node
        elif isinstance(inside := self.open[-1], Items):
            inside.items.append(node)
        elif inside.pending is None:
            if not isinstance(node, Scalar):
                self.blame("yaml_key", node.line)
            inside.pending = node if isinstance(node, Scalar) else ODD_KEY
        else:
            self._enter(inside, inside.pending, node)
        if not isinstance(node, Scalar):
            self.open.append(node)

    def _enter(self, inside: Entries, key: Scalar, node: Node) -> None:
        inside.pending = None
        if key is ODD_KEY:
            return
        if key.text in inside.entries:
            first = str(inside.entries[key.text][0])
            self.blame("duplicate_key", key.line, key=key.text, first=first)
        else:
            inside.entries[key.text] = (key.line, node)
            if len(inside.entries) > MOST_KEYS:
                self.blame("yaml_wide", key.line, limit=grouped(MOST_KEYS))
                raise RefusedError

    def _close(self, event: Any) -> None:
        node = self.open.pop()
        inner = node.items if isinstance(node, Items) else [each for _, each in node.entries.values()]
        # the end of a flow collection is its bracket, that of a block is the start of what follows
        bracket = event.end_mark.index > event.start_mark.index
        node.last = event.end_mark.line + 1 if bracket else max([node.line, *(each.last for each in inner)])


def entry(node: Node, name: str) -> Node | None:
    """The node under a key of a mapping, or None."""
    found = node.entries.get(name) if isinstance(node, Entries) else None
    return found[1] if found else None


def place(node: Node, file: str) -> Place:
    """The lines that a node stands on."""
    return Place(file, node.line, node.last)


def line_at(node: Node, path: str) -> int:
    """The line of what a path such as ``recollections[0].group`` leads to, as far as it leads.

    An entry of a mapping stands where its key does.
    """
    line = node.line
    for name, index in PATH_STEP.findall(path):
        if isinstance(node, Items) and index and int(index) < len(node.items):
            node = node.items[int(index)]
            line = node.line
        elif isinstance(node, Entries) and name in node.entries:
            line, node = node.entries[name]
        else:
            break
    return line
