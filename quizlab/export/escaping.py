"""Plain text as Markdown that shows exactly that text: CommonMark with GitHub's extensions.

As little as possible is escaped, because the guide is also read as it is. Names of code, addresses and
whatever GitHub would make a link of become code spans. In texts of a bank LaTeX stays LaTeX.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from quizlab.export.expressions import EXPRESSION
from quizlab.question.texts import FORMULA
from quizlab.telling.maths import unicode
from quizlab.telling.words import one_line

CODE = re.compile(
    r"""
    (?i:https?|ftp)://[^\s`|$\\]+ | (?i:www)\.[^\s`|$\\]+     # GitHub would link these
  | [A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9._-]+                       # and this, be it a matrix product
  | (?<![\w.`\\$*]) (?: [A-Za-z0-9_]+ [*/]{1,2} ){1,50} [A-Za-z0-9_]+
    (?: \( [^()`|$\\\n]* \) )? (?![\w`$*(])                                               # a*b**2, 1/cosh(x)
  | (?<![\w.`\\$∂])  EXPRESSION                                                                # a_t = b_t·c + 1
  | (?<![\w.`\\$]) _* [A-Za-z][A-Za-z0-9]* (?: [._]+ [A-Za-z0-9]+ )+ _*
    (?: \( (?: [^()`|$\\] | \([^()`|$\\]*\) )* \) )? (?![\w`$])                             # a.b, a_b(c, d())
  | (?<![\w.`\\$]) _+ [A-Za-z][A-Za-z0-9]* _* (?:\(\))? (?![\w`$])                            # _a, __a__
  | (?<![\w.`\\$]) [A-Za-z][A-Za-z0-9]+ \(\) (?![\w`$])                                       # a()
    """.replace("EXPRESSION", EXPRESSION.replace(" ?", "[ ]?")),
    re.VERBOSE,
)
NUMBERS = re.compile(r"\[\d[\d, ]*\](?![(\[:])")
"""A list of numbers, as in torch.Size([64, 32]); nothing makes a link of it."""
ALWAYS = "\\`|$[]~"
SIGNS = re.compile(r"_+|[\\`|$\[\]~*<&#]")
"""All that can mean something within a line, underscores side by side together."""
START = re.compile(r"(#{1,6}(?=\s|$)|[-+=](?=[-+=\s]|$)|>|\d{1,9}(?=[.)](?:\s|$)))")


def rich(text: str, sign: str = "") -> str:
    """A text of a bank, its LaTeX kept; in bold or in italics with ``sign``."""
    return _signed(_with_maths(one_line(text)), sign)


def escaped(text: object) -> str:
    """Text in which nothing is Markdown or HTML any more, on one line."""
    return _escaped(one_line(text), {})


def _with_maths(line: str) -> str:
    r"""A line whose formulas between dollars stay formulas; ``\$`` in it is a dollar.

    They are written as GitHub, GitLab and VS Code read them without taking a part of them for Markdown. Where
    even that cannot be, a formula is text.
    """
    pieces, formulas, length, at = [], {}, 0, 0
    for found in FORMULA.finditer(line):
        before = line[at : found.start()].replace("\\$", "$")
        inside = f"${found[2]}$" if "`" not in found[2] else one_line(unicode(found[2]))
        length += len(before)
        if "`" not in found[2]:
            formulas[length] = length + len(inside)
        pieces += [before, inside]
        length += len(inside)
        at = found.end()
    return _escaped("".join([*pieces, line[at:].replace("\\$", "$")]), formulas)


def _latex(formula: str) -> str:
    """A formula between dollars; a bar in it would end a cell of a table."""
    return "$`" + formula[1:-1].replace("\\|", r"\Vert{}").replace("|", r"\vert{}").strip() + "`$"


def _escaped(line: str, formulas: Mapping[int, int]) -> str:
    """A line in which nothing is Markdown or HTML but the formulas, of which the start and the end are given."""
    parts, at = [], 0
    starts = list(formulas)
    spans = {start: end for start, end in _code(line) if not _touches(start, end, starts, formulas)}
    meaning = list(_meaning(line))
    for start, end in sorted([*spans.items(), *formulas.items()]):
        made = _latex(line[start:end]) if start in formulas else f"`{line[start:end]}`"
        parts += [_plain(line, at, start, meaning), made]
        at = end
    made = "".join([*parts, _plain(line, at, len(line), meaning)])
    opening = START.match(line)
    if opening is None or made.startswith(("`", "$`")):
        return made
    cut = opening.end() if opening[1].isdigit() else 0
    return f"{made[:cut]}\\{made[cut:]}"


def _touches(start: int, end: int, starts: Sequence[int], formulas: Mapping[int, int]) -> bool:
    """Whether a span has a part in common with a formula; ``starts`` are where formulas begin, in their order."""
    at = bisect.bisect_left(starts, end)
    return at > 0 and formulas[starts[at - 1]] > start


def _code(line: str) -> list[tuple[int, int]]:
    """Where code spans begin and end; touching ones are one, since their backticks would be."""
    spans: list[tuple[int, int]] = []
    for found in CODE.finditer(line):
        start = spans.pop()[0] if spans and spans[-1][1] == found.start() else found.start()
        spans.append((start, found.end()))
    return spans


def formula(text: object) -> str:
    """An answer: with a product in it, code as a whole; anything else as text."""
    line = one_line(text)
    return f"`{line}`" if "*" in line and not set(line) & set("`|\\$~") else escaped(line)


def remembered(text: object) -> str:
    """An answer as someone wrote it down: LaTeX in it is set, as everywhere; else it is an answer like any other."""
    line = one_line(text)
    return rich(line) if FORMULA.search(line) else formula(line)


def emphasised(text: object, sign: str = "**") -> str:
    """The same in bold, or in italics with ``*``; nothing where there is no text."""
    return _signed(escaped(text), sign)


def _signed(made: str, sign: str) -> str:
    return f"{sign}{made}{sign}" if made else ""


def _plain(line: str, start: int, end: int, meaning: Sequence[int]) -> str:
    """A part of the line without code, each character escaped that means something where it stands."""
    first, last = bisect.bisect_left(meaning, start), bisect.bisect_left(meaning, end)
    places = [start, *meaning[first:last], end]
    return "\\".join(line[one:other] for one, other in itertools.pairwise(places))


def _meaning(line: str) -> Iterator[int]:
    """The places of the characters that would be read as Markdown or HTML."""
    numbers = {at for found in NUMBERS.finditer(line) for at in (found.start(), found.end() - 1)}
    fence = len(line.rstrip("#"))
    for found in SIGNS.finditer(line):
        run = range(*found.span())
        if found[0][0] == "_":  # within a word it is a part of it
            if not (line[run.start - 1 : run.start].isalnum() and line[run.stop : run.stop + 1].isalnum()):
                yield from run
        elif run.start not in numbers and _means(line, run.start, fence):
            yield run.start


def _means(line: str, at: int, fence: int) -> bool:
    """Whether the character there would be read as Markdown or HTML; from ``fence`` on signs end a heading."""
    sign, before, after = line[at], line[max(0, at - 1) : at], line[at + 1 : at + 2]
    if sign in ALWAYS:
        return True
    if sign == "*":  # between spaces it is a product
        return not (before == after == " ")
    if sign == "<":
        return not after or after.isalpha() or after in "/!?*_`\\"
    if sign == "&":
        return not after or after == "#" or after.isalnum()
    # at the end of a heading it would be its fence
    return sign == "#" and before == " " and at >= fence
