"""JSON to the same tree of nodes that YAML becomes, every node with its lines: strict, and without recursion."""

from __future__ import annotations

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NoReturn

from quizlab.bank.nodes import MAX_DEPTH, Composed, Entries, Items, Node, RefusedError, Scalar
from quizlab.codes import Code
from quizlab.model import Problem

SPACE = re.compile(r"[ \t\r\n]*")
LITERAL = re.compile(r"true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
CLOSING = {"{": "}", "[": "]"}


def compose(text: str, file: str) -> Composed:
    """Parse JSON into its node tree, with a problem for what is no JSON and for every key that stands twice."""
    reader = _Reader(text, file)
    try:
        root: Node | None = reader.whole()
    except RefusedError:
        root = None
    return Composed(root, reader.problems, [])


class _Reader:
    """Goes through the text once; what is still open is on a stack of its own."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.at = 0
        self.line = 1
        self.problems: list[Problem] = []
        self.open: list[tuple[Items | Entries, str]] = []

    def whole(self) -> Node:
        """The one value of the text.

        Raises:
            RefusedError: it cannot be read any further.
        """
        root = self._value()
        while self.open:
            self._step()
        if self._peek():
            self._refuse()
        return root

    def _step(self) -> None:
        """The next thing inside of what is open: its end, or an item with its key."""
        inside, bracket = self.open[-1]
        if self._peek() == CLOSING[bracket]:
            self.at += 1
            self.open.pop()
            inside.last = self.line
            return
        if inside.items if isinstance(inside, Items) else inside.entries:
            self._take(",")
            if self._peek() == CLOSING[bracket]:
                self._refuse()
        if isinstance(inside, Items):
            inside.items.append(self._value())
        else:
            self._entry(inside)

    def _entry(self, inside: Entries) -> None:
        if self._peek() != '"':
            self._refuse()
        line, key = self.line, self._string()
        self._take(":")
        value = self._value()
        if key in inside.entries:
            self._blame("duplicate_key", line, key=key, first=str(inside.entries[key][0]))
        else:
            inside.entries[key] = (line, value)

    def _value(self) -> Node:
        """The next value; one that holds others is left open."""
        sign, line = self._peek(), self.line
        if sign in CLOSING and sign:
            if len(self.open) >= MAX_DEPTH:
                self._blame("yaml_deep", line, limit=str(MAX_DEPTH))
                raise RefusedError
            self.at += 1
            node: Items | Entries = Items(line, line, []) if sign == "[" else Entries(line, line, {})
            self.open.append((node, sign))
            return node
        if sign == '"':
            return Scalar(line, line, self._string(), quoted=True)
        found = LITERAL.match(self.text, self.at)
        if not found:
            self._refuse()
        self.at = found.end()
        return Scalar(line, line, "" if found[0] == "null" else found[0])

    def _string(self) -> str:
        try:
            text, self.at = scanstring(self.text, self.at + 1, True)
            str(text).encode()
        except (JSONDecodeError, UnicodeEncodeError):  # no end, an odd escape; half of a character
            self._refuse()
        return str(text)

    def _peek(self) -> str:
        """The next sign that is no space; empty at the end."""
        found = SPACE.match(self.text, self.at)
        assert found
        self.line += found[0].count("\n")
        self.at = found.end()
        return self.text[self.at : self.at + 1]

    def _take(self, wanted: str) -> None:
        if self._peek() != wanted:
            self._refuse()
        self.at += 1

    def _blame(self, code: Code, line: int, **args: str) -> None:
        self.problems.append(Problem(code, args, self.file, line))

    def _refuse(self) -> NoReturn:
        self._blame("json_syntax", self.line)
        raise RefusedError
