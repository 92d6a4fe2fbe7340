"""The screens of a blic: a question and the time left, the score at the end, what was wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizlab.learning.stats import Promise
from quizlab.model import AnyQuestion, Bank, OptionQuestion
from quizlab.question.key import key_of
from quizlab.session.blic import Blic, Result, Slot
from quizlab.session.practice import Answered
from quizlab.telling import words
from quizlab.view import calling, listing, prompts
from quizlab.view.folding import folded
from quizlab.view.prompts import Command
from quizlab.view.screen import Screen
from quizlab.view.summary import forecast, next_step

HELP = (
    "Upiši odgovor i pritisni Enter; kod ponuđenih odgovora dovoljno je slovo ili redni broj. Odgovor se do kraja može "
    "promijeniti (● odgovoreno, ○ prazno, ! označeno). < i >: prethodno i sljedeće pitanje. :3: treće pitanje. "
    "m: označi pitanje za povratak. o ili Ctrl-L: prikaži pitanje ponovno. k: predaj. "
    "q: prekini (vrijeme teče dalje, a blic se nastavlja naredbom quizlab blic --resume)."
)
BAR = (("< >", "pitanja"), ("m", "označi"), ("k", "predaj"), ("q", "prekini"), ("?", "pomoć"))

INDENT = " " * 6


def clock(seconds: float) -> str:
    """Minutes and seconds left: «7:05»."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def question(screen: Screen, blic: Blic, asked: AnyQuestion, bank: Bank, left: float) -> None:
    """The question on the screen, the state of all others, and the time left."""
    number, total, slot = blic.at + 1, len(blic.slots), blic.slots[blic.at]
    if screen.plain:
        screen.line()
        marked = " Označeno za povratak." if slot.marked else ""
        place = f"Pitanje {number} od {total}. {bank.name}, {asked.topic}."
        screen.line(f"{place} Preostalo vrijeme {words.duration(left)}.{marked}")
    else:
        screen.gap()
        head, time = f"blic · {asked.topic} · {number}/{total}", f"još {clock(left)}"
        gap = screen.width - len(head) - len(time)
        screen.styled(head + " " * gap + time if gap > 0 else f"{number}/{total} · {time}", "bold")
        screen.styled(strip(blic), "")
        screen.gap()
    screen.line(words.text(asked.prompt, asked.params))
    listing.options(screen, asked)
    if slot.typed:
        screen.gap()
        screen.line(words.sentence(f"Upisano: {slot.typed}"))
    screen.gap()
    prompts.asking_bar(screen, asked, BAR)
    screen.gap()


def strip(blic: Blic) -> str:
    """One sign a question: answered, empty or marked; the one on the screen in brackets."""
    signs = [_sign(slot) for slot in blic.slots]
    return " ".join(f"[{sign}]" if place == blic.at else sign for place, sign in enumerate(signs))


def _sign(slot: Slot) -> str:
    return ("●" if slot.typed else "○") + ("!" if slot.marked else "")


def prompt(screen: Screen, left: float) -> str:
    """What stands before the answer: the time left."""
    return "Odgovor: " if screen.plain else f"{clock(left)} > "


def ring(screen: Screen) -> None:
    """The time ran out while the student was typing."""
    screen.raw("\nVrijeme je isteklo. Pritisni Enter. ")


def time_is_up(screen: Screen) -> None:
    """The end of a blic by the clock."""
    screen.gap()
    screen.line("Vrijeme je isteklo. Broji se ono što je upisano na vrijeme.")


def interrupted(screen: Screen, left: float) -> None:
    """The student left a blic."""
    screen.gap()
    resume = calling.command("blic", "--resume")
    screen.line(f"Blic je prekinut; upisano je spremljeno. Još {words.duration(left)}: {resume}")


def offered(screen: Screen, blic: Blic, left: float) -> Command | None:
    """Whether to go on with an interrupted blic (``next``), to give it up for a new one (``no``), or to leave it."""
    done = sum(bool(slot.typed) for slot in blic.slots)
    screen.line(f"Prekinut je blic: odgovoreno {done} od {len(blic.slots)}, još {words.duration(left)}.")
    while True:
        said = prompts.choose(screen, "⏎ nastavi · n novi blic · q kraj ", ("no", "quit"))
        if said != "no":
            return said
        screen.line("Za novi se blic prekinuti mora predati: ocjenjuje se upisano i više se ne može nastaviti.")
        given_up = prompts.choose(screen, "Predati prekinuti blic? d da · n ne ", ("yes", "no"))
        if given_up in (None, "yes"):
            return "no" if given_up else None


def all_written(screen: Screen) -> bool:
    """Whether to hand in now that every question has an answer."""
    screen.gap()
    screen.line("Na sva je pitanja odgovoreno.")
    return prompts.key(screen, "⏎ predaj · n još pregledaj ", ("no",)) == "next"


def hand_in_anyway(screen: Screen, empty: int) -> bool:
    """Whether to hand in although questions are empty."""
    screen.gap()
    screen.line(f"Bez odgovora: {words.questions(empty)}.")
    return prompts.key(screen, "Predati? d da · n ne ", ("yes", "no")) == "yes"


def results(screen: Screen, blic: Blic, asked: Sequence[AnyQuestion], result: Result) -> None:
    """Every question by name, with the answer and the key where they differ; the score last, where it is seen."""
    screen.gap()
    for place, (question, answered) in enumerate(zip(asked, result.answered, strict=True), 1):
        _result(screen, place, question, answered)
    screen.gap()
    title = " ".join(["Blic", *blic.names])
    total = f"{words.count(round(result.points, 2))}/{len(blic.slots)}"
    screen.styled(f"{title}: {total} za {words.duration(result.seconds)}.", "bold")


def outlook(screen: Screen, labs: Sequence[str], promised: Promise, result: Result) -> None:
    """What can be expected tomorrow, and the one command to go on with."""
    forecast(screen, ", ".join(labs), promised, None)
    again = list(dict.fromkeys(result.again))
    wanted = again or [*labs, "--minutes", f"{promised.minutes:g}"]
    next_step(screen, calling.command("practice", *wanted))


def _result(screen: Screen, place: int, asked: AnyQuestion, answered: Answered | None) -> None:
    outcome = answered.graded.outcome if answered else ""
    prompt = words.one_line(words.text(asked.prompt, asked.params))
    given = option(asked, answered.graded.understood) if answered else "bez odgovora"
    key = option(asked, key_of(asked).text)
    if screen.plain:
        parts = [f"{place}. {asked.id}, {words.OUTCOMES.get(outcome, 'bez odgovora')}: {prompt}"]
        if outcome != "right":
            parts += [*([f"Odgovor: {given}"] if answered else []), f"Točno: {key}"]
        screen.line(" ".join(map(words.sentence, parts)))
        return
    head = f"{words.SIGNS.get(outcome, '–')} {place:>2}. {asked.id:<3}  "
    screen.pieces([(listing.cut(head + prompt, screen.width), "")])
    if outcome != "right":
        for line in folded(f"{given} → točno: {key}", screen.width - len(INDENT)):
            screen.pieces([(INDENT + line, "")])


def option(asked: AnyQuestion, text: str) -> str:
    """An answer as a person reads it: the letters of options with their texts."""
    if not isinstance(asked, OptionQuestion):
        return words.key(text)
    letters = [each for each in re.split(r"[,\s]+", text) if each in asked.options]
    named = [f"{each} ({words.phrase(words.text(asked.options[each].text, asked.params))})" for each in letters]
    return "; ".join(named) or words.key(text)


def first_wrong(screen: Screen, total: int) -> Command | None:
    """Before the review: begin it or leave."""
    screen.gap()
    return prompts.key(screen, f"⏎ pregled krivih (1/{total}) · q kraj ", ("quit",))


def after_wrong(screen: Screen, number: int, total: int, *, shown: bool = False) -> Command | None:
    """After a question of the review: the whole proof, the next one, or leave; ``shown`` if that is seen already."""
    if not shown:
        screen.gap()
        onward = "kraj" if number == total else f"sljedeće ({number + 1}/{total})"
        leave = () if number == total else (("q", "kraj"),)
        prompts.bar(screen, (("⏎", onward), ("p", "cijeli dokaz"), *leave))
    return prompts.key(screen, "", ("proof", "quit"))


def place_of(place: int, asked: AnyQuestion) -> str:
    """Which question of the blic this was."""
    return f"{place + 1}. pitanje · {asked.topic} · {asked.id}"


def asked_again(screen: Screen, place: int, asked: AnyQuestion) -> None:
    """One question of the review in lines: what was asked, and what was offered."""
    screen.gap()
    screen.line(f"Pitanje {place + 1}, {asked.id}.")
    screen.line(words.text(asked.prompt, asked.params))
    listing.options(screen, asked)
