"""Brackets and separators: what stands inside, and what stands between, at the top level."""

from __future__ import annotations

import re

PAIRS = {"(": ")", "[": "]", "{": "}"}
_OPERAND = r"[\w)\]}]$"
CLOSING = {closing: opening for opening, closing in PAIRS.items()}


def unbalanced(text: str) -> tuple[str, int] | None:
    """The bracket that is missing and the place (from 0) of the one without a partner."""
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if char in PAIRS:
            opened.append((char, at))
        elif char in CLOSING:
            if not opened or opened[-1][0] != CLOSING[char]:
                return (PAIRS[opened[-1][0]] if opened else CLOSING[char]), at
            opened.pop()
    return (PAIRS[opened[-1][0]], opened[-1][1]) if opened else None


def enclosed(text: str) -> str | None:
    """What stands inside one pair of brackets around the whole text, if there is one."""
    text = text.strip()
    if len(text) < 2 or text[0] not in PAIRS or unbalanced(text):
        return None
    depth = 0
    for at, char in enumerate(text):
        depth += (char in PAIRS) - (char in CLOSING)
        if depth == 0:
            return text[1:-1].strip() if at == len(text) - 1 else None
    return None


def pieces(text: str, separators: str) -> list[str]:
    """The text cut at each of the single-character separators that stands outside brackets."""
    return cut(text, re.compile(f"[{re.escape(separators)}]"))


def cut(text: str, separator: re.Pattern[str]) -> list[str]:
    """The text cut at each match of the separator that begins outside brackets."""
    found, start, at, depth = [], 0, 0, 0
    while at < len(text):
        depth = max(0, depth + (text[at] in PAIRS) - (text[at] in CLOSING))
        match = separator.match(text, at) if depth == 0 else None
        if match and match.end() > at:
            found.append(text[start:at])
            start = at = match.end()
        else:
            at += 1
    return [*found, text[start:]]


def restated(text: str) -> tuple[str, str] | None:
    """What stands before brackets at the end that are set apart, and inside them: ``9·32 + 96 (384)``."""
    plain = text.rstrip()
    depth, at = 0, len(plain)
    while at and (at == len(plain) or depth):
        at -= 1
        depth += (plain[at] in CLOSING) - (plain[at] in PAIRS)
    before = plain[:at].rstrip()
    if depth or not plain.endswith(")") or before == plain[:at] or not re.search(_OPERAND, before):
        return None
    return before, plain[at + 1 : -1]
