"""Settings as they are typed and as YAML writes them."""

from __future__ import annotations

import json
import re

from quizlab.errors import QuizlabError
from quizlab.telling.words import one_line

_NUMBER = re.compile(r"[-+]?[0-9]{1,18}(?:\.[0-9]{1,18})?")


def settings(said: str) -> dict[str, object]:
    """``name: value`` or ``name=value``, several of them set apart by semicolons; true, false and numbers as such.

    Raises:
        QuizlabError: a piece has no name.
    """
    found: dict[str, object] = {}
    for piece in filter(None, (each.strip() for each in said.split(";"))):
        match = re.fullmatch(r"(\w+)\s*[:=]\s*(\S.*)", piece)
        if not match:
            raise QuizlabError("new_setting", {"text": one_line(piece)})
        found[match[1]] = value(match[2].strip().strip('"'))
    return found


def value(text: str) -> object:
    """A value as it is typed: true, false, a number, otherwise a text."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def written(one: object) -> str:
    """A value as YAML writes it."""
    return json.dumps(one, ensure_ascii=False)
