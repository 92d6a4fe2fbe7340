"""Formulas as people write them."""

from __future__ import annotations

from quizlab.answers.tokens import Token

_SHOWN = {"+": " + ", "-": " − ", "u-": "−", "*": "·", "**": "^"}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def render(tokens: list[Token]) -> str:
    """The tokens as people write a formula: ``(K − 1)·M²``."""
    shown: list[str] = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if token.kind == "operator":
            shown.append(_SHOWN.get(token.text, token.text))
        elif token.kind == "number" and before == "**" and after != "**" and token.text.isdigit():
            shown[-1] = token.text.translate(_SUPERSCRIPT)
        else:
            shown.append(", " if token.kind == "comma" else token.text)
    return "".join(shown)
