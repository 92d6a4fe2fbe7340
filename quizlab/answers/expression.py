"""From tokens to a formula: implicit products made explicit, every token checked in its place.

What comes out is always well formed, so evaluating it can fail only by arithmetic. One thing is refused
rather than guessed: ``1/2K``, ``e^-2x``, where a product without a sign could stand above or below.
"""

from __future__ import annotations

from quizlab.answers.evaluate import SEVERAL, TooBigError, compute
from quizlab.answers.names import Names
from quizlab.answers.reading import Formula, Unreadable, unreadable
from quizlab.answers.render import render
from quizlab.answers.tokens import Token, tokenize


class _Writer:
    """Writes the tokens down, one after another, for the evaluator and for people."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.names: list[str] = []
        self.out: list[Token] = []
        self.operand = False
        self.calls: list[Token | None] = []
        self.commas: list[int] = []
        self.below = [False]
        self.powers: dict[int, tuple[int, str]] = {}
        self.grouped = (0, -1)

    def run(self) -> Unreadable | None:
        at = 0
        while at < len(self.tokens):
            after = self._step(at)
            if isinstance(after, Unreadable):
                return after
            at = after
        return None if self.operand else unreadable("unfinished", self.text)

    def _step(self, at: int) -> int | Unreadable:  # noqa: PLR0911 (one for each kind of token)
        token = self.tokens[at]
        if token.kind in ("number", "name", "constant", "open", "function"):
            if self.operand and (trouble := self._product(token)):
                return trouble
            if token.kind == "function":
                return self._function(at)
            if token.kind == "name" and self.out and self.out[-1].text == "**":
                self.below[-1] = True
            self._put(token)
            if token.kind == "open":
                self._enter(None)
            else:
                self.operand = True
            return at + 1
        if token.kind == "operator":
            return self._operator(token) or at + 1
        if not self.operand:
            return self._unexpected(token)
        if token.kind == "power":
            self._raise(token.text, token.at)
            return at + 1
        return (self._close(token) if token.kind == "close" else self._comma(token)) or at + 1

    def _product(self, token: Token) -> Unreadable | None:
        """An implicit product before ``token``."""
        if token.kind == "number":
            return self._unexpected(token)
        if self.below[-1]:
            return unreadable("ambiguous_fraction", self.text, symbol=token.text, position=str(token.at))
        self._put(Token("operator", "*", token.at))
        return None

    def _function(self, at: int) -> int | Unreadable:
        """A call: ``f(x)``, ``f²(x)``, ``f^2(x)``, ``f x``."""
        token, after = self.tokens[at], at + 1
        power = ""
        if self._kind(after) == "power":
            power, after = self.tokens[after].text, after + 1
        elif self._text(after) == "**" and self._kind(after + 1) == "number" and self._operand(after + 2):
            power, after = self.tokens[after + 1].text, after + 2
        start = len(self.out)
        self._put(token)
        if self._kind(after) == "open":
            self._put(self.tokens[after])
            self._enter(token)
            if power:
                self.powers[len(self.calls)] = (start, power)
            return after + 1
        alone = self._kind(after) in ("number", "name", "constant")
        unclear = self._operand(after + 1) or self._kind(after + 1) == "power" or self._text(after + 1) == "**"
        if not alone or token.text in SEVERAL or unclear:
            return unreadable("missing_argument", self.text, symbol=token.text, position=str(token.at))
        for piece in (Token("open", "(", token.at), self.tokens[after], Token("close", ")", token.at)):
            self._put(piece)
        self.operand = True
        if power:
            self._raise(power, token.at)
        return after + 1

    def _operator(self, token: Token) -> Unreadable | None:
        if not self.operand and token.text not in "+-":
            return self._unexpected(token)
        if self.operand and token.text == "**":
            self._group(token.at)
        if self.operand and token.text != "**":
            self.below[-1] = token.text in ("/", "//")
        elif self.out and (self.out[-1].kind == "constant" or self.out[-1].text == "**"):
            self.below[-1] = True
        if self.operand or token.text == "-":
            self._put(token if self.operand else Token("operator", "u-", token.at))
        self.operand = False
        return None

    def _close(self, token: Token) -> Unreadable | None:
        self._put(token)
        self.below.pop()
        start, power = self.powers.pop(len(self.calls), (0, ""))
        call, commas = self.calls.pop(), self.commas.pop()
        if call and call.text in SEVERAL and commas == 0:
            return unreadable("missing_argument", self.text, symbol=call.text, position=str(call.at))
        if power:
            self._raise(power, token.at)
            self.grouped = (start, len(self.out))
        return None

    def _comma(self, token: Token) -> Unreadable | None:
        call = self.calls[-1] if self.calls else None
        if call is None or call.text not in SEVERAL:
            return self._unexpected(token)
        self._put(token)
        self.commas[-1] += 1
        self.below[-1] = self.operand = False
        return None

    def _enter(self, call: Token | None) -> None:
        self.calls.append(call)
        self.commas.append(0)
        self.below.append(False)
        self.operand = False

    def _raise(self, power: str, at: int) -> None:
        self._group(at)
        self._put(Token("operator", "**", at))
        if power[0] == "-":
            self._put(Token("operator", "u-", at))
        plain = power.lstrip("+-")
        self._put(Token("number" if plain.isdigit() else "name", plain.lstrip("0") or "0", at))
        self.operand = True

    def _group(self, at: int) -> None:
        """Brackets around ``f²(x)`` just written, which is to be raised again."""
        start, end = self.grouped
        if end == len(self.out):
            self.out.insert(start, Token("open", "(", at))
            self.out.append(Token("close", ")", at))

    def _put(self, token: Token) -> None:
        if token.kind == "name" and token.text not in self.names:
            self.names.append(token.text)
        self.out.append(token)

    def _operand(self, at: int) -> bool:
        """Whether an operand begins here: in ``tanh 2x`` it is unclear where the argument ends."""
        return self._kind(at) in ("number", "name", "constant", "open")

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def _text(self, at: int) -> str:
        return self.tokens[at].text if at < len(self.tokens) else ""

    def _unexpected(self, token: Token) -> Unreadable:
        return unreadable("unexpected", self.text, symbol=token.text, position=str(token.at))

    def formula(self) -> Formula:
        places = {name: f"v{index}" for index, name in enumerate(self.names)}
        source = "".join(
            places[token.text]
            if token.kind == "name"
            else token.text.lstrip("u")
            if token.kind == "operator"
            else token.text
            for token in self.out
        )
        return Formula(source, tuple(self.names), render(self.out))


def parse(text: str, names: Names, *, count: bool = False) -> Formula | Unreadable:
    """Reads an expression over the names."""
    tokens = tokenize(text, names, count=count)
    if isinstance(tokens, Unreadable):
        return tokens
    if not tokens:
        return unreadable("empty")
    writer = _Writer(text, tokens)
    trouble = writer.run()
    if trouble:
        return trouble
    formula = writer.formula()
    return formula if _bounded(formula) else unreadable("too_big", text)


def _bounded(formula: Formula) -> bool:
    try:
        compute(formula, dict.fromkeys(formula.names, 2))
    except TooBigError:
        return False
    except (ArithmeticError, ValueError, TypeError):
        return True
    except (RecursionError, MemoryError):
        return False
    return True
