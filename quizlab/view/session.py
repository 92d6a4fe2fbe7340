"""The practice screens: a question, the prompt under it, the proof, the summary."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

from quizlab.model import AnyQuestion, Bank, Finding, OpenQuestion, Table
from quizlab.practice import Session, Summary
from quizlab.progress import Entry
from quizlab.view import blocks, listing, paragraphs, tables, words
from quizlab.view import finding as finding_view
from quizlab.view.screen import Screen
from quizlab.wording import fill

HELP_ASKING = (
    "Upiši odgovor i pritisni Enter. Nečitljiv odgovor ne broji se. "
    ":p preskače pitanje, :k završava vježbu (isto rade Ctrl-D i Ctrl-C). Sve je već spremljeno."
)
HELP_AFTER = (
    "Enter: sljedeće pitanje. p: cijeli dokaz. v: isto pitanje s drugim brojevima (ako ih ima). k: kraj vježbe."
)
AFTER_PLAIN = "Enter dalje, p cijeli dokaz{}, k kraj, ? pomoć "
AFTER = ("⏎ dalje · p cijeli dokaz{} · k kraj · ? pomoć ", "⏎ dalje · p dokaz{} · k · ? pomoć ")
VARY = (" · v drugi brojevi", " · v")


def question(screen: Screen, session: Session, asked: AnyQuestion, bank: Bank, past: Sequence[Entry]) -> None:
    """The question with its place in the session, its options and its history."""
    number, total = session.at + 1, len(session.queue)
    if screen.plain:
        if number > 1:
            screen.line()
        screen.line(f"Pitanje {number} od {total}. {bank.name}, {asked.topic}, {asked.id}.")
    else:
        _head(screen, f"{bank.name} · {asked.topic} · {asked.id}", number, total)
    screen.line(fill(asked.prompt, asked.params))
    listing.options(screen, asked)
    if not screen.plain:
        screen.gap()
        screen.styled(_history(asked, bank, past), "dim")


def _head(screen: Screen, left: str, number: int, total: int) -> None:
    """Where the question stands, and how far the session has come."""
    room = 10
    bar = "█" * round(room * number / total)
    right = f"{number}/{total}  {bar:░<{room}}"
    gap = screen.width - len(left) - len(right)
    screen.gap()
    screen.styled(left + " " * gap + right if gap > 0 else f"{left}  {number}/{total}", "bold cyan")
    screen.gap()


def _history(asked: AnyQuestion, bank: Bank, past: Sequence[Entry]) -> str:
    """How many remembered the question, and how it was answered the last time."""
    dates = [bank.groups[one.group].date for one in asked.recollections]
    latest = max(dates, default="")[:4]
    text = f"prisjećanja: {len(asked.recollections)}" + (f" (zadnje {latest}.)" if latest else "")
    mine = [entry for entry in past if entry.question == asked.id]
    if mine:
        text += f" · ti: {words.ago(mine[-1].at, datetime.now().astimezone())}, {words.OUTCOMES[mine[-1].outcome]}"
    return text


def points(screen: Screen, asked: OpenQuestion) -> None:
    """The key points of an open question, to tick off what was said."""
    screen.styled("Što je trebalo reći; upiši brojeve onoga što si rekao (na primjer 1 3, sve ili ništa):", "bold")
    for number, point in enumerate(asked.points, 1):
        text = fill(point.text, asked.params)
        if screen.plain:
            screen.line(f"{number}) {text}")
        else:
            paragraphs.hanging(screen, str(number), text, "bold")


def explained(screen: Screen) -> str | None:
    """Wait until the student has explained aloud; None at the end of input."""
    return read_line(screen, "Objasni naglas, pa pritisni Enter. " if screen.plain else "Objasni naglas, pa ⏎ ")


def read_line(screen: Screen, prompt: str) -> str | None:
    """One typed answer, set apart from what was asked and from what will be said of it; None at the end of input."""
    screen.gap()
    typed = _typed(screen, prompt)
    if typed is not None:
        screen.gap()
    return typed


def _typed(screen: Screen, prompt: str) -> str | None:
    """One typed line; where nobody sees what is typed, it is echoed."""
    try:
        interactive = sys.stdin.isatty()
        if interactive:
            import contextlib

            with contextlib.suppress(ImportError):  # editing keys; Windows consoles have their own
                import readline  # noqa: F401
        typed = input(prompt)
    except EOFError:
        screen.raw("\n")
        return None
    screen.raw("" if interactive else words.one_line(typed) + "\n")
    return typed


def after(screen: Screen, *, varies: bool) -> str | None:
    """What the student wants after an answer; the prompt fits the terminal."""
    screen.gap()
    if screen.plain:
        return _typed(screen, AFTER_PLAIN.format(", v drugi brojevi" if varies else ""))
    long, short = (text.format(vary if varies else "") for text, vary in zip(AFTER, VARY, strict=True))
    return _typed(screen, long if screen.width > len(long) else short)


def understood(screen: Screen, shown: str) -> None:
    """The echo of an answer that was typed in another form than it was read."""
    screen.styled(f"razumio sam: {words.key(shown)}", "dim")


def unreadable(screen: Screen, sentence: str) -> None:
    """An answer that could not be read."""
    if screen.plain:
        screen.line(f"NEČITLJIVO. {sentence}")
    else:
        paragraphs.verdict(screen, "?", sentence, "")


def repeated(screen: Screen, times: int) -> None:
    """The same mistake as before."""
    screen.gap()
    screen.styled(f"Isti propust: {times}. put.", "dim")


def proof(screen: Screen, asked: AnyQuestion, found: Finding, versions: dict[str, str], *, whole: bool) -> None:
    """The proof behind an answer: its first table or plot, in plain mode a sentence; or all of it."""
    screen.gap()
    if whole:
        finding_view.whole(screen, asked, found, versions)
    elif found.verdict not in ("confirmed", "disputed"):
        finding_view.problems(screen, [found])
    elif screen.plain:
        if said := finding_view.in_short(asked, found):
            screen.line(words.sentence(f"Dokaz: {said}"))
    elif found.evidence is not None:
        blocks.evidence(screen, found.evidence, whole=False)


def summary(screen: Screen, came_to: Summary, again: str) -> None:
    """What the session came to, and how to go on."""
    screen.line() if screen.plain else screen.gap()
    counts = [(came_to.right, "točno"), (came_to.partial, "djelomično"), (came_to.wrong, "krivo")]
    text = ", ".join(f"{number} {word}" for number, word in counts if number) or "ništa"
    head = f"Odgovoreno {came_to.asked} od {came_to.total}: {text}"
    screen.styled(f"{head}, za {words.duration(came_to.seconds)}." if came_to.asked else f"{head}.", "bold")
    _mistakes(screen, came_to.mistakes)
    screen.gap()
    if came_to.again:
        screen.line(words.sentence(f"Za ponoviti: {', '.join(came_to.again)}"))
    if came_to.asked:
        screen.line("Odgovori su spremljeni.")
        screen.line(f"Nastavi: {again}")


def _mistakes(screen: Screen, mistakes: Sequence[tuple[str, int]]) -> None:
    """What was got wrong and how often."""
    if screen.plain:
        for says, times in mistakes:
            screen.line(words.sentence(f"Propust ({words.counted(times, 'put', 'puta', 'puta')}): {says}"))
    elif mistakes:
        screen.gap()
        tables.table(screen, Table(("propust", "puta"), tuple(mistakes)))
