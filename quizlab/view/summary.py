"""The end of a practice session on one screen: the score, what was weak by name, the forecast, the one next command."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from quizlab.learning.stats import Promise
from quizlab.model import AnyQuestion
from quizlab.session.summing import Summary, Weak
from quizlab.telling import words
from quizlab.telling.when import said
from quizlab.view.listing import cut
from quizlab.view.screen import Screen
from quizlab.view.stats import phrases

NAMED = {True: 6, False: 4}
"""So many weak questions are named where there is room for their texts in full lines, and where there is little."""

ROOMY = 60
"""Columns from which there is."""


class Ahead(Struct, frozen=True):
    """What comes after a session: the forecast for a lab, the time that the rest takes, the next command.

    ``exam`` is None where no exam was named, which is then a day away; ``seconds`` are those of what is left.
    """

    lab: str
    promise: Promise
    exam: datetime | None
    seconds: float
    command: str


def summary(screen: Screen, came_to: Summary, questions: Mapping[str, AnyQuestion], ahead: Ahead) -> None:
    """What the session came to, and how to go on."""
    screen.line() if screen.plain else screen.gap()
    _score(screen, came_to)
    if came_to.weak:
        screen.gap()
        _weak(screen, came_to, questions)
    answered = came_to.asked + came_to.shown
    if answered:
        screen.gap()
        forecast(screen, ahead.lab, ahead.promise, ahead.exam)
    if came_to.over:
        screen.line("Vrijeme predviđeno za vježbanje isteklo je.")
    elif came_to.left + came_to.returning and answered + came_to.skipped:
        left = words.questions(came_to.left) if came_to.left else "samo ono što se vraća"
        again = f" i {came_to.returning} za ponavljanje" if came_to.left and came_to.returning else ""
        screen.line(f"Preostalo: {left}{again}, {words.about(ahead.seconds)}. Odgovori su spremljeni.")
    elif answered:
        screen.line("Odgovori su spremljeni.")
    if answered + came_to.skipped:
        next_step(screen, ahead.command)


def next_step(screen: Screen, command: str) -> None:
    """The one command to go on with, never folded, so that it can be copied."""
    if screen.plain:
        screen.line(f"Dalje: {command}")
    else:
        screen.pieces([(f"Dalje: {command}", "bold")])


def _score(screen: Screen, came_to: Summary) -> None:
    """How the different questions came out at first, and apart from that what returned."""
    counts = [
        (came_to.right, "točno"),
        (came_to.partial, "djelomično"),
        (came_to.wrong, "krivo"),
        (came_to.shown, "pokazano"),
        (came_to.skipped, "preskočeno"),
    ]
    text = ", ".join(f"{number} {word}" for number, word in counts if number)
    head = f"Odgovoreno {came_to.asked} od {came_to.total}" + (f": {text}" if text else "")
    screen.styled(f"{head}, za {words.duration(came_to.seconds)}." if came_to.asked else f"{head}.", "bold")
    if came_to.repeats:
        screen.line(f"Ponavljanja: {came_to.repeats}, točno {came_to.repeats_right}.")


def _weak(screen: Screen, came_to: Summary, questions: Mapping[str, AnyQuestion]) -> None:
    """The questions that were not right at first, by name; those that are to be repeated come first."""
    if came_to.again:
        screen.line(words.sentence(f"Za ponavljanje: {phrases.listed(came_to.again, 12)}"))
    most = NAMED[screen.width >= ROOMY]
    width = max(len(each.question) for each in came_to.weak[:most])
    several = any(each.times > 1 for each in came_to.weak[:most])
    for each in came_to.weak[:most]:
        asked = questions[each.question]
        text = words.one_line(words.text(asked.prompt, asked.params))
        if screen.plain:
            screen.line(words.sentence(f"{each.question}, {_outcome(each)}: {text}"))
        else:
            times = f"{each.times}×" if each.times > 1 else "  "
            line = f"  {_sign(each)} {each.question:<{width}}  {f'{times}  ' if several else ''}{text}"
            screen.pieces([(cut(line, screen.width), "")])
    if len(came_to.weak) > most:
        more = words.questions(len(came_to.weak) - most)
        screen.line(f"{'' if screen.plain else '  '}… i još {more}.")


def _sign(weak: Weak) -> str:
    return words.SIGNS.get(weak.outcome, "–")


def _outcome(weak: Weak) -> str:
    came_to = {"right": "u ponavljanju točno", "shown": "pokazano"}.get(weak.outcome)
    times = f" ({words.counted(weak.times, 'put', 'puta', 'puta')})" if weak.times > 1 else ""
    return f"{came_to or words.OUTCOMES[weak.outcome]}{times}"


def forecast(screen: Screen, lab: str, promised: Promise, exam: datetime | None) -> None:
    """What can be expected of the exam, and what some more practice would add."""
    now, after = (phrases.of_ten(share) for share in (promised.expected, promised.after))
    when = said(exam, datetime.now().astimezone()) if exam else "za jedan dan"
    minutes = words.counted(round(promised.minutes), "minute", "minute", "minuta")
    more = f" → {words.count(after)} nakon još {minutes} vježbanja" if after > now else ""
    screen.line(words.sentence(f"Prognoza {when} ({lab}): {words.count(now)} od 10{more}"))
