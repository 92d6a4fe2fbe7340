"""The command line's own words in Croatian: help pages and what is said of a wrong invocation.

Of Typer only what it exports or documents is used: its command classes with Click's methods to override, and the
attributes of its errors and parameters. None of its English sentences is read.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer import TyperException
from typer.core import TyperCommand, TyperGroup

from quizlab import home
from quizlab.errors import USAGE, QuizlabError

if TYPE_CHECKING:
    from quizlab.model import Code

SHORTEST, LONGEST = 0.1, 600
"""Minutes that may be asked for."""


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
    """A command with Croatian help, and with Croatian sentences about what it cannot take."""

    allow_extra_args = True
    """What is left over is refused below, in Croatian."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the arguments apart.

        Raises:
            QuizlabError: they are not written as they should be.
        """
        try:
            left = super().parse_args(ctx, args if ctx.resilient_parsing else self.apart(args, self.get_params(ctx)))
        except TyperException as error:
            raise _usage(error, ctx) from None
        _plain(self, ctx.params)
        if left and not ctx.resilient_parsing:
            raise QuizlabError("extra_argument", {"name": " ".join(left), "path": ctx.command_path}, USAGE)
        return left

    def apart(self, args: list[str], parameters: list[Any]) -> list[str]:
        """The arguments as Typer's parser should see them."""
        del parameters
        return args


class _Said(CroatianCommand):
    """A command one of whose arguments is what a person says, and may begin with a minus."""

    place = 0
    """How many arguments stand before it."""

    def apart(self, args: list[str], parameters: list[Any]) -> list[str]:
        """Options first and the rest behind ``--``, where nothing is taken for an option."""
        known = {flag: each for each in parameters for flag in (*each.opts, *each.secondary_opts)}
        options: list[str] = []
        words: list[str] = []
        rest = iter(args)
        for word in rest:
            flag = word.partition("=")[0] if word.startswith("--") else word
            if word == "--":
                words += rest
            elif word.startswith("-") and flag in known:
                options.append(word)
                if not known[flag].is_flag and flag == word:
                    options += [value for value in (next(rest, None),) if value is not None]
            elif word.startswith("-") and (len(words) != self.place or _near(flag, list(known))):
                options.append(word)  # refused by the parser, with what it may have meant
            else:
                words.append(word)
        return [*options, "--", *words] if words else options


class AnswerCommand(_Said):
    """The answer is the second argument, whatever it begins with."""

    place = 1


class SearchCommand(_Said):
    """What is looked for is the first argument, whatever it begins with."""


def minutes_of(text: str | float) -> float:
    """Minutes with a decimal comma or point.

    Raises:
        ValueError: no number, or one that is too small or too large.
    """
    number = float(str(text).strip().replace(",", "."))
    if not SHORTEST <= number <= LONGEST:
        raise ValueError(str(text))
    return number


def _plain(command: Any, found: dict[str, Any]) -> None:
    """Of what was typed: text without bytes that are no text, paths with the home folder that ``~`` stands for."""
    for each in command.params:
        value = found.get(each.name)
        change: Any = _path if "PUT" in _metavar(each) else home.legible
        if isinstance(value, str | Path):
            found[each.name] = change(value)
        elif isinstance(value, list | tuple):
            found[each.name] = [change(one) if isinstance(one, str | Path) else one for one in value]


def _path(typed: str | Path) -> str | Path:
    """A path as the command takes it, of the type that this version of Typer gives."""
    return type(typed)(home.expanded(str(typed)))


class CroatianGroup(_Croatian, TyperGroup):
    """The program with Croatian help, and with Croatian sentences about what it cannot take."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the arguments of the program itself apart.

        Raises:
            QuizlabError: they are not written as they should be.
        """
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            raise _usage(error, ctx) from None

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name.

        Raises:
            QuizlabError: there is none.
        """
        found = super().get_command(ctx, cmd_name)
        if found is None and not ctx.resilient_parsing:
            raise QuizlabError(*_no_command(cmd_name, list(self.commands)), USAGE)
        return found


def _no_command(name: str, commands: list[str]) -> tuple[Code, dict[str, str]]:
    """What is wrong with a command that does not exist, and what was meant: another one, or to practise a lab."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), commands, 1)
    if not near and re.fullmatch(r"(lab|q)[0-9]+", name.lower()):
        near = [f"practice {name.lower()}"]
    if near:
        return "no_command_near", {"name": name, "near": near[0]}
    return "no_command", {"name": name}


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or (parameter.name or "").upper())


def _flags(option: Any) -> str:
    flags = ", ".join([*option.opts, *option.secondary_opts])
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


def _usage(error: Any, ctx: Any) -> QuizlabError:
    """What is wrong with an invocation, from the error of Typer's parser and from where it was parsing."""
    code, args = _problem(error, ctx, ctx.command_path)
    return QuizlabError(code, args, USAGE)


def _problem(error: Any, ctx: Any, path: str) -> tuple[Code, dict[str, str]]:
    """The code of what is wrong, with its arguments; each kind of error has attributes of its own."""
    if hasattr(error, "possibilities"):
        near = _near(
            error.option_name, [flag for each in ctx.command.params for flag in (*each.opts, *each.secondary_opts)]
        )
        if near:
            return "no_option_near", {"name": error.option_name, "near": near[0], "path": path}
        return "no_option", {"name": error.option_name, "path": path}
    if name := getattr(error, "option_name", ""):
        flags = {flag for each in ctx.command.params if getattr(each, "is_flag", False) for flag in each.opts}
        return ("option_without_value" if name in flags else "option_needs_value"), {"name": name, "path": path}
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "usage", {"message": error.message, "path": path}
    name = "/".join(parameter.opts) if parameter.param_type_name == "option" else _metavar(parameter)
    if hasattr(error, "param_type"):
        return "no_parameter", {"name": name, "path": path}
    return "option_value", {"name": name, "path": path, "wanted": _wanted(parameter)}


def _near(name: str, flags: list[str]) -> list[str]:
    """The option that a wrong one is like, if there is one."""
    from difflib import get_close_matches

    return get_close_matches(name, [each for each in flags if each.startswith("--")], 1)


def _wanted(parameter: Any) -> str:
    """What a parameter asks for, in Croatian, with its bounds."""
    if parameter.metavar == "MIN":
        return f"broj minuta od {SHORTEST:g} do {LONGEST}".replace(".", ",")
    if parameter.metavar != "N":
        return "drukčiji zapis"
    described = getattr(parameter, "type_descriptor", None)  # of newer Typers; older ones keep the bounds in the type
    bounds = getattr(described, "parameter_info", None) or getattr(parameter, "type", None)
    least, most = (getattr(bounds, end, None) for end in ("min", "max"))
    if least is None:
        return "cijeli broj, bilo koji"
    return f"cijeli broj od {least} nadalje" if most is None else f"cijeli broj od {least} do {most}"
