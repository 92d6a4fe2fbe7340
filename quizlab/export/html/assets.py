"""The files that the page is made of: its shell, its style and its scripts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from quizlab.export.web import answers

PARTS = (
    *("page-text", "page-store", "page-session", "page-resume", "page-read", "page-question", "page-feedback"),
    *("page-summary", "page-keys", "page-practice", "page-progress", "page"),
)
"""The scripts of the page itself, in the order in which they build on one another."""


@cache
def _file(name: str) -> str:
    return files("quizlab.export").joinpath("web", *name.split("/")).read_text(encoding="utf-8").replace("\r\n", "\n")


def shell() -> str:
    """The page around the questions."""
    return _file("page.html")


def style() -> str:
    """The style sheet."""
    return _file("page.css")


def sheet_shell() -> str:
    """The page around a cheat sheet."""
    return _file("sheet.html")


def sheet_style() -> str:
    """The style sheet of a cheat sheet, on screen and on paper."""
    return _file("sheet.css")


def scripts() -> tuple[str, str]:
    """The grader, which gives the name ``quizlab``, and the page's own script."""
    return answers.script(), _closed("".join(_file(f"{name}.js") for name in PARTS))


def _closed(code: str) -> str:
    """Code whose names are its own."""
    return f'(() => {{\n"use strict";\n{code}}})();\n'
