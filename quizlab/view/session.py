"""The practice screens: a question, the prompt under it, the proof."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from quizlab.log import Entry, given_up
from quizlab.model import AnyQuestion, Bank, Claim, Finding, OpenQuestion, Sure
from quizlab.session.practice import Place
from quizlab.telling import words
from quizlab.telling.account import seen
from quizlab.telling.told import told
from quizlab.view import blocks, listing, page, paragraphs, prompts
from quizlab.view import finding as finding_view
from quizlab.view.prompts import Command
from quizlab.view.screen import Screen

PROMPT, PLAIN_PROMPT = "> ", "Odgovor: "

BAR_ASKING = (("n", "trag"), ("p", "pokaži"), ("s", "preskoči"), ("u", "poništi"), ("q", "kraj"), ("?", "pomoć"))

HELP_ASKING = (
    "Upiši odgovor i pritisni Enter; kod ponuđenih odgovora dovoljno je slovo ili redni broj, a može i cijeli tekst. "
    "n: trag, korak po korak. p (ili „ne znam”): pokaži odgovor, koji se tada pamti kao da se ne zna. "
    "o ili Ctrl-L: prikaži pitanje ponovno. s: preskoči. u: poništi prethodni odgovor. "
    "q: kraj (isto rade Ctrl-D i Ctrl-C). Kod ponuđenih odgovora i usmenih pitanja tipka djeluje bez Entera, ako za "
    "njom ne slijedi riječ. Drugdje iza naredbe pritisni Enter, a ako bi slovo moglo biti odgovor, ispred njega napiši "
    "dvotočku, na primjer :n. "
    "Nečitljiv odgovor ne broji se, a svaki se pročitani odgovor odmah sprema."
)
HELP_AFTER = (
    "Enter: sljedeće pitanje. p: cijeli dokaz. v: isto pitanje s drugim brojevima (ako ih ima). "
    "u: poništi ovaj odgovor i odgovori ponovno. q: kraj vježbanja."
)
AFTER_PLAIN = "Enter dalje, p cijeli dokaz{}, u poništi, q kraj, ? pomoć "


def question(
    screen: Screen, place: Place, asked: AnyQuestion, as_written: AnyQuestion, bank: Bank, last: Entry | None
) -> None:
    """The question with its place in the session, its options and its history.

    Args:
        screen: where to.
        place: which question of how many, and whether it returns.
        asked: the question as it is posed now.
        as_written: the question as it stands in the bank.
        bank: the bank it is from.
        last: how it was answered the last time.
    """
    if screen.plain:
        if place.number > 1 or place.again:
            screen.line()
        again = " ponovno" if place.again else ""
        unproved = "" if asked.verify else f", {words.VERDICTS['unproved']}"
        said = f"Pitanje {place.number} od {place.total}{again}. {bank.name}, {asked.topic}, {asked.id}{unproved}."
        screen.line(said)
    else:
        head(screen, f"{bank.name} · {asked.topic} · {asked.id}", place)
    screen.line(words.text(asked.prompt, asked.params))
    listing.options(screen, asked)
    if not screen.plain:
        screen.gap()
        varied = asked.params != as_written.params
        screen.styled(_history(as_written, bank, last) + (" · drugi brojevi" if varied else ""))


def head(screen: Screen, left: str, place: Place) -> None:
    """Which question it is, and how far the session has come; what returns is not counted anew."""
    room = 10
    behind = place.number - (not place.again)
    bar = "█" * round(room * behind / place.total)
    count = f"{'ponovno · ' if place.again else ''}{place.number}/{place.total}"
    right = f"{count}  {bar:░<{room}}"
    gap = screen.width - len(left) - len(right)
    screen.gap()
    screen.styled(left + " " * gap + right if gap > 0 else f"{left}  {count}", "bold")
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
    screen.line("U ovom vježbanju nema odgovora koji bi se poništio.")


def undone(screen: Screen, name: str, *, skipped: bool) -> None:
    """The last answer was taken back, or a skipped question is asked after all."""
    screen.gap()
    if skipped:
        screen.line(f"Natrag na preskočeno pitanje {name}.")
    else:
        screen.line(f"Poništeno: {name} postavlja se ponovno, a prijašnji se odgovor ne broji.")


def begun(screen: Screen, number: int, seconds: float) -> None:
    """A session of several questions begins: how many, and how long they will take."""
    if number > 1:
        screen.line(words.sentence(f"{words.capital(words.questions(number))}, {words.about(seconds)}"))


def resumed(screen: Screen, done: int, left: int, seconds: float) -> None:
    """An interrupted session goes on."""
    time = f", {words.about(seconds)}" if left else ""
    screen.line(f"Nastavljam prekinuto vježbanje. Iza tebe: {words.questions(done)}; preostalo: {left}{time}.")


def offered(screen: Screen, done: int, left: int) -> Command | None:
    """Whether to go on with an interrupted session: yes, no (a new one), quit; None at the end of input."""
    screen.line(f"Posljednje je vježbanje prekinuto. Iza tebe: {words.questions(done)}; preostalo: {left}.")
    return prompts.choose(screen, "⏎ nastavi · n novo vježbanje · q kraj ", ("no", "quit"))


def sure(screen: Screen) -> Sure:
    """Ask how sure the student is, before the verdict."""
    said = prompts.key(screen, "Sigurno? d da · n ne · ⏎ bez odgovora ", ("yes", "no"))
    return "sure" if said == "yes" else "unsure" if said == "no" else ""


def only_missing(screen: Screen, asked: OpenQuestion, wanted: Sequence[int]) -> None:
    """An oral question returns, and of its points only those that were not said."""
    if len(wanted) < len(asked.points):
        number = words.counted(len(wanted), "točka", "točke", "točaka")
        screen.line(f"Ovaj put samo ono što je nedostajalo: {number} od {len(asked.points)}.")


def points(screen: Screen, asked: OpenQuestion, wanted: Sequence[int]) -> None:
    """The wanted key points of an open question (numbered from 1), to tick off what was said."""
    screen.styled("Što je trebalo reći; upiši brojeve onoga što je rečeno (na primjer 1 3, sve ili ništa):", "bold")
    for number in wanted:
        text = words.text(asked.points[number - 1].text, asked.params)
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
        paragraphs.caption(screen, f"{sign}: {proved.says}", "")
    while True:
        said = prompts.key(screen, "  Je li to rečeno? d da · n ne ", ("yes", "no", "quit"))
        if said not in ("help", "next"):
            return said


def after(screen: Screen, *, varies: bool, shown: bool = False) -> Command | None:
    """What the student wants after an answer; ``shown`` if the keys stand on the screen already."""
    if not shown:
        screen.gap()
    allowed: tuple[Command, ...] = ("proof", "undo", "quit", *(("vary",) if varies else ()))
    if screen.plain:
        return prompts.key(screen, AFTER_PLAIN.format(", v drugi brojevi" if varies else ""), allowed)
    if not shown:
        page.after_bar(screen, varies=varies)
    return prompts.key(screen, "", allowed)


def waiting(screen: Screen) -> AbstractContextManager[object]:
    """What is seen while a proof is not there yet."""
    return screen.console.status("računam dokaz … (⏎ preskoči)")


def unreadable(screen: Screen, sentence: str) -> None:
    """An answer that could not be read."""
    if screen.plain:
        screen.line(f"NEČITLJIVO. {sentence}")
    else:
        paragraphs.verdict(screen, "?", sentence, "")


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
            finding_view.recorded(screen, found)
    elif found.evidence is not None:
        blocks.evidence(screen, found.evidence, whole=False)
        finding_view.recorded(screen, found)
