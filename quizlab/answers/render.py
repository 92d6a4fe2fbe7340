"""Formulas as people write them."""

from __future__ import annotations

from quizlab.answers.evaluate import SEVERAL
from quizlab.answers.tokens import Token

_SHOWN = {"+": " + ", "-": " − ", "u-": "−", "*": "·", "**": "^"}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _powered(token: Token) -> bool:
    """Whether a power of a call is written behind the function's name: tanh²(x)."""
    return token.kind == "function" and token.text not in SEVERAL


def render(tokens: list[Token]) -> str:
    """The tokens as people write a formula: ``(K − 1)·M²``, ``1 − tanh²(x)``."""
    shown: list[str] = []
    opened: list[int] = []
    called = -1
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if token.kind == "operator":
            shown.append(_SHOWN.get(token.text, token.text))
        elif token.kind == "number" and before == "**" and after != "**" and token.text.isdigit():
            shown[called if called >= 0 and tokens[index - 2].kind == "close" else -1] += token.text.translate(
                _SUPERSCRIPT
            )
            shown[-1] = shown[-1].removeprefix("^")
        else:
            shown.append(", " if token.kind == "comma" else token.text)
            if token.kind == "open":
                opened.append(len(shown) - 2 if index and _powered(tokens[index - 1]) else -1)
            elif token.kind == "close":
                called = opened.pop()
    return "".join(shown)
