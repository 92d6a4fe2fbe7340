"""The reader and grader of typed answers as JavaScript, for a page that grades without Python.

Each ``.js`` file here mirrors a module of `quizlab.answers` (or of grading). They are plain declarations that share
one scope: `script` joins them, in the order of `FILES`, inside one strict function that leaves only ``quizlab``
behind. Nothing is imported when it runs, so it works in a page opened from a disk, in a module, and in node:

    quizlab.grade(question, typed)                 the fields of `grading.Graded`, or code, args and part
    quizlab.sentence(graded, kind, tables)         why it is unreadable, as the terminal says it
    quizlab.fill(text, params)                     a text of the bank with its numbers
    quizlab.number(value)                          a number as text sets it

Patterns, tables and limits stand in Python alone: what a file names as ``py.module.NAME`` is written into the script.
So are Python's tables of Unicode, and the page agrees with the Python that made it, whatever the browser knows.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from quizlab.answers.clean import KEPT_FORMS
from quizlab.export.web.answers.known import told
from quizlab.model import AnyQuestion

HERE = Path(__file__).resolve().parent

FILES = (
    *("unicode", "text", "pattern", "reading", "clean", "saying", "split", "arithmetic", "functions"),
    *(
        "evaluate",
        "names",
        "tex",
        "texcommands",
        "notation",
        "literals",
        "tokens",
        "render",
        "expression",
        "equation",
        "decimal",
        "numerals",
        "orders",
        "number",
    ),
    *(
        "likeness",
        "explained",
        "formula",
        "shape",
        "interval",
        "phrase",
        "typename",
        "offered",
        "sums",
        "options",
        "points",
        "parts",
        "reader",
        "cases",
    ),
    *("wording", "question", "grading", "sentence"),
)
"""The files, each after those whose constants it uses."""

GIVES = "{ grade, sentence, fill, number: numberText }"

ELSEWHERE = {"words": "quizlab.telling.words", "texts": "quizlab.question.texts", "numbers": "quizlab.numbers"}
"""Modules outside `quizlab.answers` whose constants the files name."""

EXACT = 2**53
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=2)
def script(gives: str = GIVES) -> str:
    """The whole script; it defines the global ``quizlab`` with what it ``gives``, which tests widen."""
    body = "\n".join((HERE / f"{name}.js").read_text("utf-8") for name in FILES)
    tables = f"const UNICODE = {_safe_json(_unicode())};\nconst py = {{{_constants(body)}}};\n"
    return f'globalThis.quizlab = (() => {{\n"use strict";\n{tables}\n{body}\nreturn Object.freeze({gives});\n}})();\n'


def plain(question: AnyQuestion) -> dict[str, Any]:
    """The question as the script takes it: plain data, with numbers that JSON in a browser would change marked."""
    found: dict[str, Any] = _marked(told(question))
    return found


def _marked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _marked(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(one) for one in value]
    if isinstance(value, float) and (value.is_integer() or math.isinf(value)):
        return {"$float": repr(value).replace("inf", "Infinity")}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= EXACT:
        return {"$int": str(value)}
    return value


def _safe_json(value: Any) -> str:
    """JSON in which nothing can end the script that it stands in."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _constants(body: str) -> str:
    """The constants of Python that the files name, as ``py.module.NAME``."""
    named: dict[str, list[str]] = {}
    for module, name in sorted(set(re.findall(r"\bpy\.(\w+)\.([A-Z_]+)", body))):
        constants = vars(import_module(ELSEWHERE.get(module, f"quizlab.answers.{module}")))
        value = constants.get(name, constants.get(f"_{name}"))
        value = constants[name.lower()]() if value is None else value  # a table that is made when it is needed
        named.setdefault(module, []).append(f"{name}:{_constant(value)}")
    return ",\n".join(f"{module}:{{{','.join(each)}}}" for module, each in named.items())


def _constant(value: Any) -> str:
    """A constant in JavaScript: a pattern as text with its flags before it, a table as a Map."""
    if isinstance(value, re.Pattern):
        flags = "".join(sign for sign, flag in (("i", re.IGNORECASE), ("s", re.DOTALL)) if value.flags & flag)
        bare = re.sub(r"^\(\?[is]+\)", "", value.pattern)
        return _safe_json(f"(?{flags}){bare}" if flags else bare)
    if isinstance(value, dict):
        of_chars = any(isinstance(key, int) for key in value)  # as str.maketrans makes them
        return f"new Map({_safe_json([list(map(_char, pair)) if of_chars else pair for pair in value.items()])})"
    return _safe_json(value)


def _char(code: int | str) -> str:
    return chr(code) if isinstance(code, int) else code


def _unicode() -> dict[str, Any]:
    chars = list(map(chr, range(0x110000)))
    return {
        "spaces": "".join(filter(str.isspace, chars)),
        "other": _runs(chars, lambda char: unicodedata.category(char)[0] == "C"),
        "combining": _runs(chars, lambda char: unicodedata.combining(char) != 0),
        "kept": _runs(chars, lambda char: unicodedata.decomposition(char).startswith(KEPT_FORMS)),
        "folded": {char: char.casefold() for char in chars if char.casefold() != char.lower()},
    }


def _runs(chars: list[str], belongs: Callable[[str], bool]) -> str:
    """Where the characters lie: start and length of each run, each number the distance from the one before."""
    return " ".join(_base36(step) for step in _steps(chars, belongs))


def _steps(chars: list[str], belongs: Callable[[str], bool]) -> Iterator[int]:
    last, inside = 0, False
    for code, char in enumerate(chars):
        if belongs(char) != inside:
            yield code - last
            last, inside = code, not inside
    if inside:
        yield len(chars) - last


def _base36(number: int) -> str:
    digits = _DIGITS[number % 36]
    return _base36(number // 36) + digits if number >= 36 else digits
