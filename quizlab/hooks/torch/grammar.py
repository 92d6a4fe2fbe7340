"""Reads a model as a person writes it: ``Conv2d(1, 32, 3), ReLU, 3 × [Linear(k*k, 10)]``. Pure; nothing is executed.

Layers are only names here; which of them there are, and what they take, is in `layers`. Depth and length are bounded,
so no text takes longer than its length allows.
"""

from __future__ import annotations

import re

from msgspec import Struct

from quizlab.errors import QuizlabError
from quizlab.hooks.torch.tree import Argument, Call, Group, Item, Name, Number, Operation, Pick, Repeat, Several, Value
from quizlab.hooks.torch.tree import Word as WordValue
from quizlab.hooks.torch.trouble import trouble

LONGEST = 10_000
"""Characters of a description."""
DEEPEST = 30
"""Brackets within brackets."""
MOST_OPERATIONS = 100
"""Operations in all expressions of one layer or size: trees are walked by recursion."""
DIGITS = 18

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9][0-9_]*\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[^\W\d]\w*)"
    r"|(?P<string>'[^'\n]{0,40}'|\"[^\"\n]{0,40}\")|(?P<sign>\*\*|//|->|[-+*/%×·→()\[\],;=.{}]))"
)
_SEPARATORS = (",", ";", "→", "->", "\n")
_TIMES = ("×", "*", "·", "x", "X")
_ADDING, _MULTIPLYING = ("+", "-"), ("*", "/", "//", "%", "×", "·")
_PYTHON = {"×": "*", "·": "*"}
_WORDS = ("True", "False", "None", "true", "false")


class Token(Struct, frozen=True):
    """A piece of the text: what it is, and where it begins, counted from 1."""

    kind: str
    text: str
    at: int


def model(text: str) -> tuple[Item, ...]:
    """The layers of a model in their order.

    Raises:
        QuizlabError: it is not written as a model, and where.
    """
    reader = _Reader(text)
    items = reader.items(end="")
    if not items:
        raise trouble("spec_empty")
    return items


def value(text: str) -> Value:
    """A number or an expression.

    Raises:
        QuizlabError: it is none, and where.
    """
    reader = _Reader(text)
    found = reader.sum()
    reader.expect("")
    return found


def call(text: str) -> Call:
    """A function with its arguments, ``topk(64, k=3)``, whatever its name.

    Raises:
        QuizlabError: it is none, and where.
    """
    reader = _Reader(text)
    found = reader.call()
    reader.expect("")
    return found


def sizes(text: str) -> tuple[Value, ...]:
    """Sizes between commas or ×, in brackets or without: ``64, 1, 28, 28``; none in ``()``.

    Raises:
        QuizlabError: they are none, and where.
    """
    reader = _Reader(re.sub(r"(?<=[\d\w)])\s*[×xX]\s*(?=[\d(])|×", ",", text))
    closing = {"(": ")", "[": "]"}.get(reader.token.text, "")
    if closing:
        reader.take()
    found: list[Value] = []
    while reader.token.text != closing:
        found.append(reader.sum())
        if reader.token.text != ",":
            break
        reader.take()
    reader.expect(closing)
    if closing:
        reader.expect("")
    return tuple(found)


def _tokens(text: str) -> list[Token]:
    """The pieces of a text; a line break separates layers where it stands between two of them."""
    if len(text) > LONGEST:
        raise trouble("spec_too_long", length=len(text), limit=LONGEST)
    found: list[Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            odd = re.compile(r"\s*").match(text, at).end()  # type: ignore[union-attr]
            raise trouble("spec_character", position=odd + 1, found=text[odd])
        kind = str(match.lastgroup)
        start = match.start(kind)
        if found and "\n" in text[at:start]:
            found.append(Token("sign", "\n", start))
        found.append(Token(kind, match[kind], start + 1))
        at = match.end()
    return [*found, Token("end", "", end + 1)]


class _Reader:
    """Goes through the pieces from the left, one method for each thing that can stand there."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.place = 0
        self.depth = 0
        self.within = 0  # arguments: line breaks mean nothing there
        self.operations = 0

    @property
    def token(self) -> Token:
        while self.within and self.tokens[self.place].text == "\n":
            self.place += 1
        return self.tokens[self.place]

    def take(self) -> Token:
        token = self.token
        self.place += token.kind != "end"
        return token

    def peek(self, number: int = 1) -> Token:
        return self.tokens[min(self.place + number, len(self.tokens) - 1)]

    def expect(self, text: str) -> None:
        if self.token.text != text:
            raise self.unexpected(f"„{text}”" if text else "kraj opisa")
        self.take()

    def unexpected(self, wanted: str) -> QuizlabError:
        found = {"": "kraj opisa", "\n": "novi redak"}.get(self.token.text, f"„{self.token.text}”")
        return trouble("spec_expected", position=self.token.at, wanted=wanted, found=found)

    def enter(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise trouble("spec_deep", position=self.token.at, limit=DEEPEST)

    # --- layers ----------------------------------------------------------------------------------------

    def items(self, end: str) -> tuple[Item, ...]:
        """Layers up to the bracket that closes them."""
        self.enter()
        inner, self.within = self.within, 0
        found: list[Item] = []
        while True:
            while self.token.text == "\n":
                self.take()
            if self.token.text == end:
                break
            found += self.item()
            if self.token.text not in _SEPARATORS:
                break
            while self.token.text == "\n":
                self.take()
            if self.token.text in _SEPARATORS:
                self.take()
        while self.token.text == "\n":
            self.take()
        if not end and self.token.text:
            bare = bool(found) and isinstance(found[-1], Call) and not found[-1].arguments
            raise self.unexpected("„(”, zarez ili kraj opisa" if bare else "zarez ili kraj opisa")
        self.expect(end)
        self.within = inner
        self.depth -= 1
        return tuple(found)

    def item(self) -> list[Item]:
        """A layer, a group or a repeat, with the elements that are picked from what it returns."""
        at = self.token.at
        if self.repeats():
            count = self.count()
            self.take()
            body = self.body(at)
            inner = body[0].items if len(body) == 1 and isinstance(body[0], Group) else tuple(body)
            return [Repeat(count, inner, at)]
        return self.body(at)

    def repeats(self) -> bool:
        """Whether a number of times stands here, and not a layer."""
        if self.token.text == "(":
            return True
        return self.token.kind in ("number", "name") and self.peek().text in _TIMES

    def count(self) -> Value:
        if self.token.text == "(":
            self.take()
            found = self.sum()
            self.expect(")")
            if self.token.text not in _TIMES:
                raise self.unexpected("„×” i slojevi koji se ponavljaju")
            return found
        return self.operand()

    def body(self, at: int) -> list[Item]:
        if self.token.text == "[":
            self.take()
            found: list[Item] = [Group(self.items("]"), at)]
        elif self.token.kind == "name":
            found = [self.layer()]
        else:
            raise self.unexpected("ime sloja")
        while self.token.text == "[":
            found.append(self.pick())
        return found

    def pick(self) -> Pick:
        at = self.take().at
        sign = -1 if self.token.text == "-" else 1
        if sign < 0:
            self.take()
        if self.token.kind != "number" or not self.token.text.isdigit() or len(self.token.text) > DIGITS:
            raise self.unexpected("redni broj elementa, npr. [0]")
        index = sign * int(self.take().text)
        self.expect("]")
        return Pick(index, at)

    def layer(self) -> Item:
        at = self.token.at
        self.operations = 0
        name = self.dotted()
        if name == "Sequential" and self.token.text == "(":
            self.take()
            return Group(self.items(")"), at)
        return Call(name, self.arguments() if self.token.text == "(" else (), at)

    def call(self) -> Call:
        at = self.token.at
        if self.token.kind != "name":
            raise self.unexpected("ime funkcije")
        name = self.take().text
        while self.token.text == ".":
            self.take()
            if self.token.kind != "name":
                raise self.unexpected("ime")
            name += f".{self.take().text}"
        return Call(name, self.arguments(), at)

    def dotted(self) -> str:
        """The name of a layer; ``nn.`` and ``torch.nn.`` may stand before it."""
        name = self.take().text
        while self.token.text == ".":
            if name not in ("torch", "nn"):
                raise self.unexpected("„(” ili zarez")
            self.take()
            if self.token.kind != "name":
                raise self.unexpected("ime sloja")
            name = self.take().text
        return name

    # --- values ----------------------------------------------------------------------------------------

    def arguments(self) -> tuple[Argument, ...]:
        """What stands between the brackets of a layer."""
        self.enter()
        self.within += 1
        self.expect("(")
        found: list[Argument] = []
        while self.token.text != ")":
            name = ""
            if self.token.kind == "name" and self.peek().text == "=":
                name = self.take().text
                self.take()
            found.append(Argument(self.sum(), name))
            if self.token.text != ",":
                break
            self.take()
        if self.token.text != ")":
            raise self.unexpected("„)” ili zarez")
        self.within -= 1  # a line break behind the bracket counts again
        self.take()
        self.depth -= 1
        return tuple(found)

    def sum(self) -> Value:
        left = self.product()
        while self.token.text in _ADDING:
            sign = self.take().text
            left = self.operation(sign, left, self.product())
        return left

    def operation(self, sign: str, left: Value, right: Value) -> Value:
        self.operations += 1
        if self.operations > MOST_OPERATIONS:
            raise trouble("spec_operations", position=self.token.at, limit=MOST_OPERATIONS)
        return Operation(sign, left, right)

    def product(self) -> Value:
        left = self.signed()
        while self.token.text in _MULTIPLYING:
            sign = self.take().text
            left = self.operation(_PYTHON.get(sign, sign), left, self.signed())
        return left

    def signed(self) -> Value:
        if self.token.text not in _ADDING:
            return self.power()
        sign = self.take().text
        self.enter()
        inner = self.signed()
        self.depth -= 1
        if isinstance(inner, Number):
            return Number(-inner.value if sign == "-" else inner.value)
        return self.operation(sign, Number(0), inner)

    def power(self) -> Value:
        base = self.operand()
        if self.token.text != "**":
            return base
        self.take()
        self.enter()
        raised = self.signed()
        self.depth -= 1
        return self.operation("**", base, raised)

    def operand(self) -> Value:
        token = self.token
        if token.kind == "number":
            return self.number()
        if token.kind == "string":
            return WordValue(self.take().text[1:-1])
        if token.kind == "name":
            name = self.take().text
            if self.token.text in ("(", "."):
                raise self.unexpected("broj, izraz ili zarez")
            return WordValue(name.capitalize()) if name in _WORDS else Name(name)
        if token.text in ("(", "["):
            return self.several(")" if token.text == "(" else "]")
        raise self.unexpected("vrijednost")

    def several(self, closing: str) -> Value:
        """A value in brackets, or several of them with commas between."""
        self.enter()
        self.take()
        found, comma = [], closing == "]"
        while self.token.text != closing:
            found.append(self.sum())
            if self.token.text != ",":
                break
            comma = True
            self.take()
        self.expect(closing)
        self.depth -= 1
        return found[0] if len(found) == 1 and not comma else Several(tuple(found))

    def number(self) -> Number:
        token = self.token
        text = token.text.replace("_", "")
        if len(text) > DIGITS:
            raise trouble("spec_number", position=token.at, limit=DIGITS)
        self.take()
        return Number(int(text) if text.isdigit() else float(text))
