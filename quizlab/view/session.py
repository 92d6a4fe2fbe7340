"""The practice screens: a question, the prompt under it, the proof, the summary."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from quizlab.log import Entry, given_up
from quizlab.model import AnyQuestion, Bank, Claim, Finding, OpenQuestion, Sure, Table
from quizlab.session.practice import Summary
from quizlab.telling import words
from quizlab.telling.account import seen
from quizlab.telling.maths import readable
from quizlab.telling.told import told
from quizlab.view import blocks, listing, paragraphs, prompts, tables
from quizlab.view import finding as finding_view
from quizlab.view.prompts import Command
from quizlab.view.screen import Screen

PROMPT, PLAIN_PROMPT = "> ", "Odgovor: "

BAR_ASKING = (("n", "trag"), ("p", "pokaži"), ("s", "preskoči"), ("u", "poništi"), ("q", "kraj"), ("?", "pomoć"))
BAR_AFTER = (("⏎", "dalje"), ("p", "cijeli dokaz"))
BAR_VARY = (("v", "drugi brojevi"),)
BAR_LAST = (("u", "poništi"), ("q", "kraj"), ("?", "pomoć"))

HELP_ASKING = (
    "Upiši odgovor i pritisni Enter; kod ponuđenih odgovora dovoljno je slovo ili redni broj, a može i cijeli tekst. "
    "n: trag, korak po korak. p (ili „ne znam”): pokaži odgovor, koji se tada pamti kao da se ne zna. "
    "o ili Ctrl-L: prikaži pitanje ponovno. s: preskoči. u: poništi prethodni odgovor. "
    "q: kraj (isto rade Ctrl-D i Ctrl-C). Kod ponuđenih odgovora i usmenih pitanja tipka djeluje bez Entera, ako za "
    "njom ne slijedi riječ. Drugdje iza naredbe pritisni Enter, a ako bi slovo moglo biti odgovor, ispred njega napiši "
    "dvotočku, na primjer :n. "
    "Nečitljiv odgovor ne broji se, a svaki je pročitani već spremljen."
)
HELP_AFTER = (
    "Enter: sljedeće pitanje. p: cijeli dokaz. v: isto pitanje s drugim brojevima (ako ih ima). "
    "u: poništi ovaj odgovor i odgovori ponovno. q: kraj vježbe."
)
AFTER_PLAIN = "Enter dalje, p cijeli dokaz{}, u poništi, q kraj, ? pomoć "


def question(
    screen: Screen, place: tuple[int, int], asked: AnyQuestion, as_written: AnyQuestion, bank: Bank, last: Entry | None
) -> None:
    """The question with its place in the session, its options and its history.

    Args:
        screen: where to.
        place: which question of how many.
        asked: the question as it is posed now.
        as_written: the question as it stands in the bank.
        bank: the bank it is from.
        last: how it was answered the last time.
    """
    number, total = place
    if screen.plain:
        if number > 1:
            screen.line()
        unproved = "" if asked.verify else f", {words.VERDICTS['unproved']}"
        screen.line(f"Pitanje {number} od {total}. {bank.name}, {asked.topic}, {asked.id}{unproved}.")
    else:
        head(screen, f"{bank.name} · {asked.topic} · {asked.id}", number, total)
    screen.line(words.text(asked.prompt, asked.params))
    listing.options(screen, asked)
    if not screen.plain:
        screen.gap()
        varied = asked.params != as_written.params
        screen.styled(_history(as_written, bank, last) + (" · drugi brojevi" if varied else ""), "dim")


def head(screen: Screen, left: str, number: int, total: int) -> None:
    """Where the question stands, and how far the session has come."""
    room = 10
    bar = "█" * round(room * (number - 1) / total)
    right = f"{number}/{total}  {bar:░<{room}}"
    gap = screen.width - len(left) - len(right)
    screen.gap()
    screen.styled(left + " " * gap + right if gap > 0 else f"{left}  {number}/{total}", "bold cyan")
    screen.gap()


def _history(asked: AnyQuestion, bank: Bank, last: Entry | None) -> str:
    """How many remembered the question, and how it was answered the last time."""
    text = seen(asked, bank.groups)
    if last:
        came_to = "pokazan odgovor" if given_up(last) else words.OUTCOMES[last.outcome]
        text += f" · ti: {words.ago(last.at, datetime.now().astimezone())}, {came_to}"
    return text


def prompt(screen: Screen) -> str:
    """What stands before the answer."""
    return PLAIN_PROMPT if screen.plain else PROMPT


def asking_bar(screen: Screen, asked: AnyQuestion) -> None:
    """The keys under a question."""
    screen.gap()
    prompts.asking_bar(screen, asked, BAR_ASKING)


def hint(screen: Screen, asked: AnyQuestion, step: int) -> None:
    """One step of help towards the answer; the step counts from 1."""
    if step > len(asked.hints):
        screen.line("Više tragova nema." if asked.hints else "Za ovo pitanje nema traga.")
        return
    screen.gap()
    text = words.text(asked.hints[step - 1], asked.params)
    screen.styled(f"Trag {step} od {len(asked.hints)}: {text}", "italic")


def nothing_to_undo(screen: Screen) -> None:
    """Undo was asked for at the very beginning."""
    screen.line("U ovoj vježbi nema odgovora koji bi se poništio.")


def undone(screen: Screen, name: str, *, skipped: bool) -> None:
    """The last answer was taken back, or a skipped question is asked after all."""
    screen.gap()
    if skipped:
        screen.line(f"Natrag na preskočeno pitanje {name}.")
    else:
        screen.line(f"Poništeno: {name} postavlja se ponovno, a prijašnji se odgovor ne broji.")


def resumed(screen: Screen, answered: int, left: int) -> None:
    """An interrupted session goes on."""
    done = words.counted(answered, "pitanje", "pitanja", "pitanja")
    screen.line(f"Nastavljam prekinutu vježbu: iza tebe je {done}, a još {words.count(left)}.")


def offered(screen: Screen, answered: int, left: int) -> Command | None:
    """Whether to go on with an interrupted session: yes, no (a new one), quit; None at the end of input."""
    screen.line(f"Zadnja je vježba prekinuta: {words.questions(answered)} iza tebe, još {words.count(left)}.")
    return prompts.choose(screen, "⏎ nastavi · n nova vježba · q kraj ", ("no", "quit"))


def sure(screen: Screen) -> Sure:
    """Ask how sure the student is, before the verdict."""
    said = prompts.key(screen, "Siguran? d da · n ne · ⏎ bez odgovora ", ("yes", "no"))
    return "sure" if said == "yes" else "unsure" if said == "no" else ""


def points(screen: Screen, asked: OpenQuestion) -> None:
    """The key points of an open question, to tick off what was said."""
    screen.styled("Što je trebalo reći; upiši brojeve onoga što si rekao (na primjer 1 3, sve ili ništa):", "bold")
    for number, point in enumerate(asked.points, 1):
        text = words.text(point.text, asked.params)
        if screen.plain:
            screen.line(f"{number}) {text}")
        else:
            paragraphs.hanging(screen, str(number), text, "bold")


def explained(screen: Screen, asked: OpenQuestion, allowed: Sequence[Command]) -> Command | None:
    """Wait until the student has explained aloud (``next``) or wants something else; None at the end of input."""
    screen.gap()
    ready = "Objasni naglas, pa pritisni Enter. " if screen.plain else "Objasni naglas, pa ⏎ "
    return prompts.aloud(screen, asked, allowed, ready)


def point(screen: Screen, asked: OpenQuestion, number: int, proved: Claim | None) -> Command | None:
    """One key point with what was measured for it, and whether the student said it."""
    text = words.text(asked.points[number - 1].text, asked.params)
    screen.gap()
    paragraphs.hanging(screen, f"{number}/{len(asked.points)}", text, "bold")
    if proved:
        sign = "dokazano" if proved.holds else "opovrgnuto"
        paragraphs.caption(screen, f"{sign}: {proved.says}", "dim")
    while True:
        said = prompts.key(screen, "  Rekao si to? d da · n ne ", ("yes", "no", "quit"))
        if said not in ("help", "next"):
            return said


def after(screen: Screen, *, varies: bool) -> Command | None:
    """What the student wants after an answer."""
    screen.gap()
    allowed: tuple[Command, ...] = ("proof", "undo", "quit", *(("vary",) if varies else ()))
    if screen.plain:
        return prompts.key(screen, AFTER_PLAIN.format(", v drugi brojevi" if varies else ""), allowed)
    prompts.bar(screen, (*BAR_AFTER, *(BAR_VARY if varies else ()), *BAR_LAST))
    return prompts.key(screen, "", allowed)


def waiting(screen: Screen) -> AbstractContextManager[object]:
    """What is seen while a proof is not there yet."""
    return screen.console.status("računam dokaz … (⏎ preskoči)")


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
        if said := told(asked, found).short:
            screen.line(words.sentence(f"Dokaz: {said}"))
    elif found.evidence is not None:
        blocks.evidence(screen, found.evidence, whole=False)


def summary(screen: Screen, came_to: Summary) -> None:
    """What the session came to, and how to go on."""
    screen.line() if screen.plain else screen.gap()
    counts = [
        (came_to.right, "točno"),
        (came_to.partial, "djelomično"),
        (came_to.wrong, "krivo"),
        (came_to.shown, "pokazano"),
        (came_to.skipped, "preskočeno"),
    ]
    text = ", ".join(f"{number} {word}" for number, word in counts if number)
    total = came_to.asked + came_to.shown + came_to.skipped + came_to.left
    head = f"Odgovoreno {came_to.asked} od {total}" + (f": {text}" if text else "")
    screen.styled(f"{head}, za {words.duration(came_to.seconds)}." if came_to.asked else f"{head}.", "bold")
    _mistakes(screen, [(readable(says), times) for says, times in came_to.mistakes])
    screen.gap()
    if came_to.again:
        screen.line(words.sentence(f"Za ponoviti: {', '.join(came_to.again)}"))
    if came_to.asked:
        screen.line("Odgovori su spremljeni.")
    if came_to.left and (came_to.asked or came_to.shown or came_to.skipped):
        screen.line(f"Preostalo: {words.questions(came_to.left)}. Nastavi: quizlab practice --resume")


def _mistakes(screen: Screen, mistakes: Sequence[tuple[str, int]]) -> None:
    """What was got wrong and how often."""
    if screen.plain:
        for says, times in mistakes:
            screen.line(words.sentence(f"Propust ({words.counted(times, 'put', 'puta', 'puta')}): {says}"))
    elif mistakes:
        screen.gap()
        tables.table(screen, Table(("propust", "puta"), tuple(mistakes)))
