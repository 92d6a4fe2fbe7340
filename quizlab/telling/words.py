"""Croatian words: verdicts, numbers, plurals, and text made safe to print."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from quizlab import numbers
from quizlab.model import Atom, Recorded, Snippet, Value
from quizlab.numbers import form
from quizlab.question.texts import fill, interval, measured
from quizlab.telling.maths import readable
from quizlab.unseen import UNPRINTABLE

VERDICTS = {
    "confirmed": "potvrđeno",
    "refuted": "opovrgnuto",
    "incomplete": "nepotpuno",
    "depends": "ovisi",
    "disputed": "sporno",
    "unanswered": "bez odgovora",
    "error": "nije izračunato",
    "unproved": "nedokazano",
}
TITLES = {"guide": "Vodič za blic", "sheet": "Podsjetnik za blic", "blank": "Pitanja za blic"}
"""What an export calls itself."""

SIGNS = {"right": "✓", "wrong": "✗", "partial": "◐"}
"""How an answer came out, as a sign."""

NAMED = 5
"""So many questions of a longer list are named."""

SQUARED = re.compile(r"\b(tanh|tan|cosh|sinh|sin|cos)(\([^()]*\))([²³])")
"""A power of a function, which by its place could be one of its argument."""

OUTCOMES = {"right": "točno", "wrong": "krivo", "partial": "djelomično"}


def safe(text: object) -> str:
    """Text as it may be printed: no escapes, no overrides; line breaks and tabs stay."""
    return UNPRINTABLE.sub("", str(text).replace("\r\n", "\n"))


def text(template: str, params: Mapping[str, Atom]) -> str:
    """A text of a bank as a person reads it: its parameters put in, its LaTeX as Unicode."""
    return readable(fill(template, params))


def one_line(text: object) -> str:
    """Safe text on one line; spaces that must not break (294 912) stay what they are."""
    return " ".join(re.split(r"[ \t\n\r\f\v]+", safe(text).strip()))


def sentence(text: object) -> str:
    """Text on one line as a sentence: with a full stop unless it ends with a mark of its own."""
    line = one_line(text)
    return line if line.endswith((".", "!", "?", "…", ":")) or not line else f"{line}."


def capital(text: str) -> str:
    """Text that begins with a capital letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def phrase(text: object) -> str:
    """Text on one line as a part of a sentence: without a full stop or a colon of its own."""
    line = one_line(text)
    return line if line.endswith("..") else line.removesuffix(".").removesuffix(":")


def count(number: float) -> str:
    """A number as Croatian text sets it: narrow spaces for thousands from five digits on, decimal comma."""
    if isinstance(number, bool):
        return "da" if number else "ne"
    return numbers.short(number)


def cell(number: float) -> str:
    """A number in a table, measured to so many digits as it has there."""
    return count(number) if isinstance(number, bool) else numbers.short(number, plain=True)


def value(found: Value | None) -> str:
    """A computed value as text sets its numbers; shapes in brackets, intervals in theirs."""
    if found is None:
        return ""
    if isinstance(found, tuple):
        return key(measured(found) if interval(found) else numbers.several(found))
    return count(found) if isinstance(found, int | float) else one_line(found)


def key(text: str) -> str:
    """A key as text sets it: its long whole numbers in groups of three, tanh²(x) and not tanh(x)²."""
    return SQUARED.sub(r"\1\3\2", numbers.grouped_in(one_line(text)))


POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
"""The decimal point with which a formula is read back; a thousands point never comes back."""


def echo(text: str) -> str:
    """How an answer was understood, set as its key is: with decimal commas."""
    return key(POINT.sub(",", text))


def counted(number: int, one: str, few: str, many: str) -> str:
    """A number with its noun."""
    return f"{count(number)} {form(number, one, few, many)}"


def questions(number: int) -> str:
    """«26 pitanja»."""
    return counted(number, "pitanje", "pitanja", "pitanja")


def some_questions(names: Sequence[str]) -> str:
    """«q1, q2, q3, q4, q5 … (ukupno 26 pitanja)»; all of them where they are few."""
    said = ", ".join(names[:NAMED])
    return said if len(names) <= NAMED else f"{said} … (ukupno {questions(len(names))})"


def duration(seconds: float) -> str:
    """«0,4 s», «12 s», «6 min 12 s»."""
    if seconds < 9.95:
        return f"{numbers.decimal(seconds, 1)} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{numbers.grouped(minutes)} min {rest} s" if minutes else f"{rest} s"


def about(seconds: float) -> str:
    """An estimate: «oko 12 minuta»; from twenty minutes on in steps of five."""
    minutes = max(1, round(seconds / 60))
    return "oko " + counted(minutes if minutes < 20 else 5 * round(minutes / 5), "minute", "minute", "minuta")


def day(iso: str) -> str:
    """An ISO date as Croatian writes it: 2. 6. 2024."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return one_line(iso)
    return f"{found.day}. {found.month}. {found.year}."


def recorded(found: Recorded | None) -> str:
    """What a proof that was not computed live is called in every medium; nothing for a live one."""
    return f"zapisani dokaz, torch {one_line(found.torch)}, {day(found.date)}" if found else ""


def snippet(found: Snippet) -> str:
    """What stands above a snippet: it prints what was measured, or something else."""
    return f"Isječak koji ispisuje {'istu' if found.measured is None else 'drugu'} vrijednost"


def ago(then: str, now: datetime) -> str:
    """How long ago: «danas», «jučer», «prije 3 dana»."""
    try:
        days = (now.date() - datetime.fromisoformat(then).astimezone(now.tzinfo).date()).days
    except (ValueError, OverflowError):
        return ""
    if days <= 0:
        return "danas"
    return "jučer" if days == 1 else f"prije {counted(days, 'dan', 'dana', 'dana')}"


def settings(params: Mapping[str, Atom]) -> str:
    """Parameters as «c_in = 1, kernel = 3»."""
    return ", ".join(f"{name} = {numbers.setting(params[name])}" for name in params)
