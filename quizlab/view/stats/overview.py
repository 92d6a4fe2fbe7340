"""Totals, the forecast, labs and topics, past blics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from quizlab.learning.results import Result
from quizlab.learning.stats import Stats, Time
from quizlab.learning.stats.shapes import Part, PastBlic, Totals
from quizlab.model import Atom, Table
from quizlab.telling import words
from quizlab.telling.blocks import wide
from quizlab.telling.when import NAMES, said
from quizlab.view import calling, paragraphs, tables
from quizlab.view.screen import Screen
from quizlab.view.stats.phrases import NO_BREAK, answers, bar, days, heading, of_ten, percent, short, spent

ROOMY = 60
"""Columns from which tables show more than what matters most."""

LAST = 5
"""So many blics are shown."""


def totals(screen: Screen, found: Totals) -> None:
    """Everything taken together, in three sentences at most."""
    met = f"Odgovarano je na {words.count(found.met)} od {words.count(found.questions)} pitanja"
    screen.styled(f"{met}: {answers(found.answers)}, {percent(found.points or 0)} točno.", "bold")
    row = f" (niz: {days(found.streak)})" if found.streak else ""
    again = f"Za ponavljanje: {words.questions(found.due)}." if found.due else "Za ponavljanje sada nema ništa."
    screen.line(f"Vježbanje: {days(found.days)}{row}, ukupno {spent(found.seconds)}. {again}")
    if found.gone:
        screen.line(f"Od toga na pitanja kojih nema ni u jednoj banci: {answers(found.gone)}.")


def forecast(screen: Screen, stats: Stats, time: Time, exam: str) -> None:
    """What to expect of the exam in each lab, and of some more practice before it."""
    when = f"Prognoza: {said(time.exam, time.now)}" if exam else "Prognoza za jedan dan"
    heading(screen, when)
    minutes = round(stats.forecast.minutes)
    more = f"nakon još {words.counted(minutes, 'minute', 'minute', 'minuta')} vježbanja"
    for part in stats.labs:
        now, after = of_ten(part.expected), of_ten(part.after)
        text = f"{words.count(now)} od 10"
        if screen.plain:
            screen.line(f"{when}, {part.lab}: {text}{f', a {more} {words.count(after)}' if after > now else ''}.")
        else:
            _item(screen, part.lab, f"{text} → {words.count(after)} {more}" if after > now else text)
    best = max(stats.labs, key=lambda part: part.after - part.expected)
    if best.after <= best.expected:
        return
    command = calling.command("practice", best.lab, *(["--exam", exam] if exam else []))
    if screen.plain:
        screen.line(f"Vježbaj: {command}")
    else:
        paragraphs.caption(screen, command, "")


def real(screen: Screen, stats: Stats, found: Sequence[Result]) -> None:
    """What was forecast for real blics of these labs beside what they gave, the last ones."""
    labs = {part.lab for part in stats.labs}
    for each in [each for each in found if each.lab in labs][-LAST:]:
        screen.line(compared(each))


def compared(result: Result) -> str:
    """What was forecast for one blic and what it gave: «predviđeno 6,5, dobiveno 7 od 10»."""
    forecast = words.count(round(result.expected * result.of, 1))
    what = f"predviđeno {forecast}, dobiveno {words.count(result.got)} od {result.of}"
    return f"Pravi blic iz {words.one_line(result.lab)} ({words.day(result.date)}): {what}."


def _item(screen: Screen, name: str, text: str) -> None:
    """Text behind a name, or under it where the name takes too much room."""
    if wide(words.one_line(name)) <= screen.width // 3:
        paragraphs.hanging(screen, name, text)
    else:
        paragraphs.caption(screen, f"{name}: {text}", "")


def labs(screen: Screen, found: Sequence[Part]) -> None:
    """Each lab: how much of it was asked, how it went last, what to expect."""
    if len(found) > 1:
        _parts(screen, "Vježbe", [(f"vježba {part.lab}" if screen.plain else part.lab, part) for part in found])


def topics(screen: Screen, found: Sequence[Part]) -> None:
    """The topics that were asked, the weakest first, and the names of the others."""
    common = Counter(part.topic for part in found)
    named = [(f"{part.topic} ({part.lab})" if common[part.topic] > 1 else part.topic, part) for part in found]
    asked = [(f"tema {name}" if screen.plain else name, part) for name, part in named if part.met]
    if asked:
        _parts(screen, "Teme, najslabije prve", asked)
    unasked = [name for name, part in named if not part.met]
    if unasked:
        paragraphs.caption(screen, f"Teme iz kojih još nije bilo pitanja: {', '.join(unasked)}.", "")


def _parts(screen: Screen, title: str, found: Sequence[tuple[str, Part]]) -> None:
    if screen.plain:
        for name, part in found:
            screen.line(words.capital(f"{name}: {_said(part)}"))
        return
    heading(screen, f"{title} (očekivano bodova od 10)")
    roomy = screen.width >= ROOMY
    columns = ("", "viđeno", "zadnji put, %", "sada", "na blicu", "") if roomy else ("", "na blicu", "")
    tables.table(screen, Table(columns, tuple(_row(name, part, roomy=roomy) for name, part in found)))


def _row(name: str, part: Part, *, roomy: bool) -> tuple[Atom, ...]:
    now, then = of_ten(part.present), of_ten(part.expected)
    if not roomy:
        return (name, then, bar(part.expected, 5))
    last = "" if part.latest is None else round(100 * part.latest)
    return (name, f"{part.met}/{part.questions}", last, now, then, bar(part.expected, 10))


def _said(part: Part) -> str:
    """A lab or a topic as one line of plain text, after its name."""
    last = "" if part.latest is None else f", posljednji put {percent(part.latest)} točno"
    now, then = words.count(of_ten(part.present)), words.count(of_ten(part.expected))
    met = f"postavljeno {words.count(part.met)} od {words.count(part.questions)}"
    return f"{met}{last}; očekivano bodova od 10: sada {now}, na blicu {then}."


def blics(screen: Screen, found: Sequence[PastBlic], time: Time) -> None:
    """The last blics: when, of what, what they came to."""
    if not found:
        return
    heading(screen, "Posljednji blicevi (bodovi od odgovorenih pitanja)")
    rows = []
    for blic in reversed(found[-LAST:]):
        when = _when(datetime.fromisoformat(blic.at).astimezone(time.zone), time)
        points = f"{words.count(round(blic.points, 1))} od {words.count(blic.answers)}".replace(" ", NO_BREAK)
        if screen.plain:
            screen.line(f"Blic {', '.join(blic.labs)}, {when}: {points}, za {words.duration(blic.seconds)}.")
        rows.append((when, ", ".join(blic.labs), points, words.duration(blic.seconds).replace(" ", NO_BREAK)))
    if not screen.plain:
        tables.table(screen, Table(("kada", "vježba", "bodovi", "trajanje"), tuple(rows)))


def _when(at: datetime, time: Time) -> str:
    year = f" {at.year}." if at.year != time.today().year else ""
    return f"{NAMES[at.weekday()][:3]} {short(at.date())}{year} u {at.hour}:{at.minute:02}"
