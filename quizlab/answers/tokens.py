"""Cuts an expression into tokens; every bracket becomes round and knows its partner."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from quizlab.answers.evaluate import SEVERAL
from quizlab.answers.literals import interpret, scan
from quizlab.answers.names import Names
from quizlab.answers.reading import Unreadable, UnreadableCode, unreadable
from quizlab.answers.split import CLOSING, PAIRS

Kind = Literal["number", "name", "constant", "function", "operator", "open", "close", "comma", "power"]

MOST = 200
"""Most tokens in one expression; keeps every tree shallow."""

_WORD = r"[^\W\d⁰¹²³⁴-⁹ⁿ][^\W⁰¹²³⁴-⁹ⁿ]*|√"
_POWER = r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|ⁿ"
_OPERATOR = r"\*\*|//|[-+*/^×:@]"
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_SPELT = {"^": "**", "×": "*", ":": "/", "@": "*"}
_SAID = {"plus": "+", "minus": "-", "puta": "*", "kroz": "/"}
_COUNTED = {
    **dict.fromkeys(("jedan", "jedna", "jedno", "jednu"), "1"),
    **dict.fromkeys(("dva", "dvije"), "2"),
    **dict(zip(("nula", "tri", "četiri", "cetiri", "pet", "šest", "sest"), "0344566", strict=True)),
    **dict(zip(("sedam", "osam", "devet", "deset"), ("7", "8", "9", "10"), strict=True)),
}
_MIXED = re.compile(r"(?<=[\w)])\s*(?:[-+]|\s(?:plus|minus)\s)\s*[^\s()]+\s+(?P<times>puta|kroz)(?!\w)", re.IGNORECASE)
_RAISED = re.compile(r"na\s+(?:kvadrat|kub)(?!\w)", re.IGNORECASE)
_OF_TEN = re.compile(r"\s*[*×xX]\s*10\s*(?:\^|\*\*|[⁺⁻⁰¹²³⁴-⁹])")
_GLUED = r"[xX](?=[0-9])"
_COMMAND = re.compile(r"\\([A-Za-z]+|.?)", re.DOTALL)
_DIVIDES = "frac"
_MODULE = re.compile(r"(?:torch|np|numpy|math|F|nn|functional)\.(?=[^\W\d])")


class Token(Struct, frozen=True):
    """A piece of an expression; ``at`` is its place, from 1; ``step`` the weight of a last digit."""

    kind: Kind
    text: str
    at: int
    step: float = 0.0


class _Scanner:
    def __init__(self, text: str, names: Names, *, count: bool) -> None:
        self.text, self.names, self.count = text, names, count
        self.tokens: list[Token] = []
        self.brackets: list[tuple[str, int, bool]] = []
        self.exponents = names.one("e") is None

    def run(self) -> list[Token] | Unreadable:
        at = 0
        while at < len(self.text):
            if self.text[at].isspace():
                at += 1
                continue
            after = self._next(at)
            if isinstance(after, Unreadable):
                return after
            at = after
            if len(self.tokens) > MOST:
                return unreadable("too_long", self.text, length=f"{MOST}+", limit=str(MOST))
        if self.brackets:
            bracket, opened, _ = self.brackets[-1]
            return self._bad("missing_bracket", opened, bracket=PAIRS[bracket])
        return self.tokens

    def _next(self, at: int) -> int | Unreadable:  # noqa: PLR0911 (one for each kind of token)
        char = self.text[at]
        if char in "0123456789" or (char in ".," and self._starts_number(at)):
            return self._number(at)
        if char in "([{":
            call = bool(self.tokens) and self.tokens[-1].kind == "function" and self.tokens[-1].text in SEVERAL
            self.brackets.append((char, at, call))
            return self._add("open", "(", at, 1)
        if char in ")]}":
            if not self.brackets or PAIRS[self.brackets[-1][0]] != char:
                missing = PAIRS[self.brackets[-1][0]] if self.brackets else CLOSING[char]
                return self._bad("missing_bracket", at, bracket=missing)
            self.brackets.pop()
            return self._add("close", ")", at, 1)
        if char in ",;":
            return self._add("comma", ",", at, 1)
        if found := re.compile(_POWER).match(self.text, at):
            if found[0] == "ⁿ" and self.names.one("n") != "n":
                return self._bad("unknown_symbol", at, symbol="ⁿ", known=self.names.known)
            return self._add("power", found[0].translate(_PLAIN), at, len(found[0]))
        if found := re.compile(_OPERATOR).match(self.text, at):
            return self._add("operator", _SPELT.get(found[0], found[0]), at, len(found[0]))
        if found := _MODULE.match(self.text, at):
            return found.end()
        if found := re.compile(_WORD).match(self.text, at):
            return self._word(found[0], at)
        if found := _COMMAND.match(self.text, at):
            return self._command(found, at)
        return self._bad("unexpected", at, symbol=char)

    def _starts_number(self, at: int) -> bool:
        follows = self.text[at + 1 : at + 2]
        after_operand = bool(self.tokens) and self.tokens[-1].kind not in ("operator", "open", "comma")
        return follows != "" and follows in "0123456789" and not after_operand and not self._in_call()

    def _in_call(self) -> bool:
        """Commas separate arguments inside a call, unless semicolons do."""
        if not self.brackets or not self.brackets[-1][2]:
            return False
        return ";" not in self.text[self.brackets[-1][1] :]

    def _number(self, at: int) -> int | Unreadable:
        commas = not self._in_call()
        end = scan(self.text, at, commas=commas, spaces=True, exponents=self.exponents)
        scientific = _OF_TEN.match(self.text, end) is not None
        literal = interpret(self.text[at:end], count=self.count, decimal=scientific)
        if isinstance(literal, Unreadable):
            return literal
        self.tokens.append(Token("number", literal.text, at + 1, literal.step))
        return end

    def _word(self, word: str, at: int) -> int | Unreadable:  # noqa: PLR0911
        end = at + len(word)
        if name := self.names.one(word):
            return self._add("name", name, at, end - at)
        if function := self.names.function(word):
            return self._add("function", function, at, end - at)
        if constant := self.names.constant(word):
            return self._add("constant", constant, at, end - at)
        if operator := _SAID.get(word.casefold()):
            return self._add("operator", operator, at, end - at)
        if counted := _COUNTED.get(word.casefold()):
            return self._add("number", counted, at, end - at)
        if raised := _RAISED.match(self.text, at):
            return self._add("power", "2" if raised[0].casefold().endswith("kvadrat") else "3", at, len(raised[0]))
        if (
            word in ("x", "X")
            and self.tokens
            and self.tokens[-1].kind in ("number", "name", "constant", "close", "power")
        ):
            return self._add("operator", "*", at, 1)
        if (times := re.match(_GLUED, word)) and self._multiplied():
            return self._add("operator", "*", at, times.end())
        pieces = self.names.split(word)
        if pieces is None:
            return self._bad("unknown_symbol", at, symbol=word, known=self.names.known)
        for piece in pieces:
            self._add("function" if self.names.is_function(piece) else "name", piece, at, 0)
        return end

    def _command(self, found: re.Match[str], at: int) -> int | Unreadable:
        """A command of LaTeX that is left: a name as a whole, or nothing that is known."""
        if found[1] == _DIVIDES and self.tokens and self.tokens[-1].kind == "number":
            return self._bad("ambiguous_fraction", at, symbol=found[0])
        name = self.names.one(found[1])
        if name is None:
            return self._bad("unknown_symbol", at, symbol=found[0], known=self.names.known)
        return self._add("name", name, at, len(found[0]))

    def _multiplied(self) -> bool:
        """Whether an x glued to a number multiplies it: 3x3, but not 0x10."""
        return bool(self.tokens) and self.tokens[-1].kind == "number" and self.tokens[-1].text != "0"

    def _add(self, kind: Kind, text: str, at: int, length: int) -> int:
        self.tokens.append(Token(kind, text, at + 1))
        return at + length

    def _bad(self, code: UnreadableCode, at: int, **args: str) -> Unreadable:
        return unreadable(code, self.text, position=str(at + 1), **args)


def tokenize(text: str, names: Names, *, count: bool) -> list[Token] | Unreadable:
    """Cuts the text into tokens; ``count`` decides what a point or comma inside a number means."""
    if mixed := _MIXED.search(text):  # said aloud, K minus 1 puta M is two things
        place = str(mixed.start("times") + 1)
        return unreadable("ambiguous_fraction", text, symbol=mixed["times"], position=place)
    return _Scanner(text, names, count=count).run()
