"""Text folded into lines of a given width: broken at spaces, measured in columns."""

from __future__ import annotations

import re

from quizlab.telling.blocks import wide
from quizlab.telling.words import safe


def folded(text: object, width: int) -> list[str]:
    """Text in lines of at most ``width`` columns, broken at spaces, and inside a word only if it must be.

    Thousands and other places joined by a narrow space stay together.
    """
    width = max(2, width)  # a wide character takes two columns
    lines, taken = [""], 0
    for word in re.findall(r"[^ ]+ *", safe(text).replace("\n", " ").replace("\t", " ")):
        said = word.rstrip(" ")
        size = wide(said)
        if taken + size > width and lines[-1]:
            lines.append("")
            taken = 0
        if size <= width:
            lines[-1] += word
            taken += size + len(word) - len(said)
            continue
        for part in _chopped(word, width):
            if wide(lines[-1]) + wide(part.rstrip(" ")) > width:
                lines.append("")
            lines[-1] += part
        taken = wide(lines[-1])
    return [line.rstrip(" ") for line in lines]


def _chopped(word: str, width: int) -> list[str]:
    """A word in pieces that fit, cut behind an operator or a mark where there is one."""
    parts, start, stop = [], 0, len(word.rstrip(" "))
    while _wider(word, start, stop, width):
        end = 1
        while wide(word[start : start + end + 1]) <= width:
            end += 1
        joint = max(word.rfind(mark, start + end // 2, start + end) for mark in "*/.,;:=)-_") + 1
        cut = joint or start + end
        parts.append(word[start:cut])
        start = cut
    return [*parts, word[start:]]


def _wider(word: str, start: int, stop: int, width: int) -> bool:
    """Whether a part of a word is wider than a line; a very long one is hardly ever looked at to its end."""
    near = min(stop, start + 4 * width)
    return wide(word[start:near]) > width or (near < stop and wide(word[start:stop]) > width)
