"""The practice screens: a question, the prompt under it, the proof, the summary."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime

from quizlab.model import AnyQuestion, Bank, Finding, OpenQuestion, Table
from quizlab.practice import Session, Summary
from quizlab.progress import Entry
from quizlab.view import blocks, listing, words
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
AFTER = ("⏎ dalje · p cijeli dokaz{} · k kraj · ? pomoć ", "⏎ dalje · p dokaz{} · k · ? pomoć ")
VARY = (" · v drugi brojevi", " · v")


def question(screen: Screen, session: Session, asked: AnyQuestion, bank: Bank, past: Sequence[Entry]) -> None:
    """The question with its place in the session, its options and its history."""
    number, total = session.at + 1, len(session.queue)
    if screen.plain:
        screen.line(f"Pitanje {number} od {total}. {bank.name}, {asked.topic}, {asked.id}.")
    else:
        _head(screen, f"{bank.name} · {asked.topic} · {asked.id}", number, total)
    screen.line(fill(asked.prompt, asked.params))
    listing.options(screen, asked)
    if not screen.plain:
        screen.line()
        screen.styled(_history(asked, bank, past), "dim")
        screen.line()


def _head(screen: Screen, left: str, number: int, total: int) -> None:
    room = 10
    bar = "█" * round(room * number / total)
    right = f"{number}/{total}  {bar:░<{room}}"
    gap = screen.width - len(left) - len(right)
    screen.line()
    screen.styled(left + " " * gap + right if gap > 0 else f"{left}  {number}/{total}", "bold cyan")
    screen.line()


def _history(asked: AnyQuestion, bank: Bank, past: Sequence[Entry]) -> str:
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
            blocks.hanging(screen, str(number), text, "bold")


def read_line(screen: Screen, prompt: str) -> str | None:
    """One typed line; None at the end of input. Where nobody sees what is typed, it is echoed."""
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
    if not interactive:
        screen.raw(words.one_line(typed) + "\n")
    return typed


def after(screen: Screen, *, varies: bool) -> str | None:
    """What the student wants after an answer; the prompt fits the terminal."""
    long, short = (text.format(vary if varies else "") for text, vary in zip(AFTER, VARY, strict=True))
    return read_line(screen, long if screen.plain or screen.width > len(long) else short)


def understood(screen: Screen, shown: str) -> None:
    """The echo of an answer that was typed in another form than it was read."""
    screen.styled(f"razumio sam: {words.one_line(shown)}", "dim")


def unreadable(screen: Screen, sentence: str) -> None:
    """An answer that could not be read."""
    screen.line(f"NEČITLJIVO. {sentence}" if screen.plain else f"? {sentence}")


def repeated(screen: Screen, times: int) -> None:
    """The same mistake as before."""
    screen.styled(f"Isti propust: {times}. put.", "dim")


def proof(screen: Screen, asked: AnyQuestion, found: Finding, versions: dict[str, str], *, whole: bool) -> None:
    """The proof behind an answer: its first table or plot, or all of it."""
    if whole:
        screen.line()
        finding_view.whole(screen, asked, found, versions)
        return
    if found.verdict not in ("confirmed", "disputed"):
        finding_view.problems(screen, [found])
        return
    if found.evidence is None:
        return
    if screen.plain:
        value = words.value(found.value)
        held = next((claim.says for claim in found.evidence.claims if claim.holds), "")
        screen.line(f"Dokaz: izračunato {value}." if value and not found.options else f"Dokaz: {held}.")
        return
    blocks.evidence(screen, found.evidence, whole=False)
    screen.line()


def summary(screen: Screen, came_to: Summary, again: str) -> None:
    """What the session came to, and how to go on."""
    screen.line()
    counts = [(came_to.right, "točno"), (came_to.partial, "djelomično"), (came_to.wrong, "krivo")]
    text = ", ".join(f"{number} {word}" for number, word in counts if number) or "ništa"
    head = f"Odgovoreno {came_to.asked} od {came_to.total}: {text}"
    screen.styled(f"{head}, za {words.duration(came_to.seconds)}." if came_to.asked else f"{head}.", "bold")
    if came_to.mistakes:
        screen.line()
        blocks.table(screen, Table(("propust", "puta"), came_to.mistakes))
    if came_to.again:
        screen.line()
        screen.line(f"Za ponoviti: {', '.join(came_to.again)}")
    if came_to.asked:
        screen.line(f"Odgovori su spremljeni. Nastavi: {again}")
