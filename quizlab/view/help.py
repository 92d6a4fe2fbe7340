"""The command line's own words in Croatian: help pages and what is said of a wrong invocation."""

from __future__ import annotations

import re
import shutil
import textwrap
from typing import Any

from typer.core import TyperCommand, TyperGroup

from quizlab.codes import Code

MESSAGES: tuple[tuple[re.Pattern[str], Code], ...] = (
    (re.compile(r"No such command '(?P<name>[^']*)'"), "no_command"),
    (re.compile(r".*unexpected extra argument.*\((?P<name>.*)\)"), "extra_argument"),
    (re.compile(r"Option '(?P<name>.*)' requires an? .*"), "option_needs_value"),
    (re.compile(r"Option '(?P<name>.*)' does not take a value"), "option_without_value"),
)


class _Croatian:
    """Help in Croatian, in place of Typer's panels: short lines that also read well in a log."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page of a command or of the whole program."""
        command: Any = self
        width = max(40, min(shutil.get_terminal_size().columns, 100))
        parameters = command.get_params(ctx)
        arguments = [each for each in parameters if each.param_type_name == "argument"]
        options = [each for each in parameters if each.param_type_name == "option"]
        commands = [(name, command.get_command(ctx, name)) for name in getattr(command, "commands", ())]
        usage = [ctx.command_path, *(["[MOGUĆNOSTI]"] if options else []), *(_metavar(each) for each in arguments)]
        formatter.write(f"Uporaba: {' '.join(usage)}{' NAREDBA …' if commands else ''}\n\n")
        formatter.write(textwrap.fill(command.help or "", width, initial_indent="  ", subsequent_indent="  "))
        formatter.write("\n")
        _section(formatter, "Naredbe", [(name, each.help or "") for name, each in commands], width)
        _section(formatter, "Argumenti", [(_metavar(each), each.help or "") for each in arguments], width)
        _section(formatter, "Mogućnosti", [(_flags(each), _about(each)) for each in options], width)


class CroatianCommand(_Croatian, TyperCommand):
    """A command with Croatian help."""


class CroatianGroup(_Croatian, TyperGroup):
    """The program with Croatian help."""


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or (parameter.name or "").upper())


def _flags(option: Any) -> str:
    flags = ", ".join(option.opts)
    return flags if option.is_flag else f"{flags} {_metavar(option)}"


def _about(option: Any) -> str:
    return "Ispiši ovu pomoć i završi." if option.name == "help" else str(option.help or "")


def _section(formatter: Any, title: str, rows: list[tuple[str, str]], width: int) -> None:
    if not rows:
        return
    column = min(max(len(name) for name, _ in rows) + 4, width // 2)
    formatter.write(f"\n{title}:\n")
    for name, about in rows:
        head = f"  {name}"
        if len(head) >= column:  # a long name has a line of its own
            formatter.write(head + "\n")
            head = ""
        lines = textwrap.wrap(about, width - column) or [""]
        formatter.write(f"{head:<{column}}{lines[0]}\n")
        for line in lines[1:]:
            formatter.write(" " * column + line + "\n")


def usage_problem(error: Any) -> tuple[Code, dict[str, str]]:
    """What is wrong with an invocation, as the code of a sentence with its arguments.

    Args:
        error: a usage error of Typer's command-line parser.
    """
    path = getattr(getattr(error, "ctx", None), "command_path", "") or "quizlab"
    message = str(getattr(error, "message", "") or "")
    if hasattr(error, "possibilities"):
        return "no_option", {"name": error.option_name, "path": path}
    for pattern, code in MESSAGES:
        if match := pattern.match(message):
            return code, {"name": match["name"], "path": path}
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "usage", {"message": message, "path": path}
    is_option = parameter.param_type_name == "option"
    name = "/".join(parameter.opts) if is_option else _metavar(parameter)
    if type(error).__name__ == "MissingParameter":
        return "no_parameter", {"name": name, "path": path}
    return "option_value", {"name": name, "path": path, "wanted": _wanted(parameter)}


def _wanted(parameter: Any) -> str:
    """What a parameter asks for, in Croatian; its placeholder says."""
    return {"N": "cijeli broj veći od 0", "MIN": "broj minuta od 0,1 do 600"}.get(parameter.metavar, "drukčiji zapis")
