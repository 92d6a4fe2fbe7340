"""How shares, bars and times are said in the statistics."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quizlab.telling import words
from quizlab.view.screen import Screen

NO_BREAK = "\u00a0"


def percent(share: float) -> str:
    """«74 %»."""
    return f"{round(100 * share)}{NO_BREAK}%"


def of_ten(share: float) -> float:
    """A share as points of ten, with one decimal."""
    return round(10 * share, 1)


def bar(share: float, length: int) -> str:
    """«███████░░░»."""
    full = round(share * length)
    return "█" * full + "░" * (length - full)


def answers(number: int) -> str:
    """«42 odgovora»."""
    return words.counted(number, "odgovor", "odgovora", "odgovora")


def days(number: int) -> str:
    """«3 dana»."""
    return words.counted(number, "dan", "dana", "dana")


def times(number: int) -> str:
    """«3 puta»."""
    return words.counted(number, "put", "puta", "puta")


def spent(seconds: float) -> str:
    """«3 h 12 min», «12 min», «40 s»."""
    hours, minutes = divmod(round(seconds / 60), 60)
    small = f"{minutes} min" if minutes or hours else f"{round(seconds)} s"
    text = f"{words.count(hours)} h {small}" if hours else small
    return text.replace(" ", NO_BREAK)


def short(day: date) -> str:
    """A day without its year: «16. 11.»."""
    return f"{day.day}.{NO_BREAK}{day.month}."


def heading(screen: Screen, text: str) -> None:
    """What stands over a section; plain lines say it themselves."""
    if not screen.plain:
        screen.gap()
        screen.styled(text, "bold")


def listed(names: Sequence[str], most: int) -> str:
    """«q1, q7, q9 i još 3»."""
    more = f" i još {len(names) - most}" if len(names) > most else ""
    return ", ".join(names[:most]) + more
