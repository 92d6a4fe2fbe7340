"""The same answer in other words: what is said around it, how its letters and signs are typed; and what denies it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from quizlab import answers, bank
from quizlab.answers.clean import bare
from quizlab.model import AnyQuestion, ChoiceQuestion, MultiQuestion, OpenQuestion, TypedQuestion
from quizlab.question.grading import grade
from quizlab.question.key import key_of
from quizlab.question.roads import roads_of

LEADS = (
    *(
        "to je ",
        "mislim ",
        "mislim da je ",
        "valjda ",
        "odgovor: ",
        "odgovor je ",
        "odg. ",
        "vjerojatno ",
        "rekao bih ",
    ),
    *(
        "rekla bih da je ",
        "točno je ",
        "-> ",
        "pa ",
        "hmm ",
        "ja mislim ",
        "sigurno ",
        "dobije se ",
        "Rj: ",
        "rješenje: ",
    ),
    *("to bi bilo ", "čini mi se ", "it is ", "Odgovor: ", "možda ", "kolko se sjećam, "),
)
TAILS = (
    *(".", "?", "!", ";", " ...", " :)", " valjda", " mislim", ", valjda", " (mislim)", " (nisam siguran)"),
    *(" ako se dobro sjećam", ", ali nisam sigurna", " jer tako piše u bilješkama", " (iz vježbe)"),
)
AROUND = ('""', "„“", "''", "``", "«»", "  ")
DENIALS = ("nije ", "sve osim ", "nije to ", "sigurno nije ", "nema veze s ", "mislim da nije ", "not ")
COMPARED = ("više od ", "manje od ", "najmanje ", "najviše ", "ispod ", "iznad ", "dvostruko ", "pola od ", "nije ")
UNITS = (" parametara", " param.", " ukupno", " elemenata", ",0", ".0")
MARKS = (" ", ".", ",", "'", "_", "\u202f", "\u00a0")


DENYING = r"(?i)(?<!\w)(?:ne|nije|nisu|nikad\w*|ni[sš]ta|not|bez)(?!\w)"


class Said(Struct, frozen=True):
    """An answer to a question as the bank writes it, and its verdict."""

    question: AnyQuestion
    text: str
    outcome: str

    @property
    def counted(self) -> bool:
        """Whether it is a whole number, alone."""
        return self.question.__struct_config__.tag == "number" and self.text.isdecimal()


def said() -> list[Said]:
    """Every option with its other words, every key and every known mistake that is read as it stands."""
    found = [one for path in bank.shipped() for each in bank.load(path).questions for one in _of(each)]
    return [each for each in found if each.outcome != "unreadable"]


def outcome(question: AnyQuestion, text: str) -> str:
    """The verdict of what is typed."""
    found = grade(question, text)
    return "unreadable" if isinstance(found, answers.Unreadable) else found.outcome


def _of(question: AnyQuestion) -> Iterator[Said]:
    if isinstance(question, OpenQuestion | MultiQuestion):
        return
    if isinstance(question, ChoiceQuestion):
        texts = [text for option in question.options.values() for text in (option.text, *option.words)]
    else:
        assert isinstance(question, TypedQuestion)
        written = [question.answer, *question.accept, *(mistake.answer for mistake in roads_of(question))]
        read = [answers.read_answer(question, one) for one in written]
        texts = [key_of(question).text, *(one.shown for one in read if isinstance(one, answers.Reading))]
    for text in dict.fromkeys(texts):
        yield Said(question, text, outcome(question, text))


def again(one: Said) -> Iterator[str]:
    """The same answer, typed by others."""
    text = one.text
    yield from (bare(text), text.lower(), text[:1].upper() + text[1:], text.replace(" ", "  "))
    yield from (lead + text for lead in LEADS)
    yield from (text + tail for tail in TAILS)
    yield from (f"{left}{text}{right}" for left, right in AROUND)
    yield from (f"{lead}{text}{tail}" for lead, tail in zip(LEADS, TAILS, strict=False))
    if one.counted:
        yield from (text + unit for unit in UNITS)
        yield from (f"{int(text):,}".replace(",", mark) for mark in MARKS)
        yield from (f"- {text}", f"{text} ({text})", f"{int(text) - 7} + 7 ({text})", f"{int(text) - 7} + 7 (5 + 2)")
    if isinstance(one.question, ChoiceQuestion):
        found = grade(one.question, text)
        letter = "" if isinstance(found, answers.Unreadable) else found.understood
        yield from (f"{letter}) {text}", f"pod {letter}) {text}", f"{letter.upper()}. {text}", f"({letter}) {text}")


def denied(one: Said) -> Iterator[str]:
    """What says that this is not the answer, or not quite it."""
    if re.search(DENYING, one.text):
        return
    yield from (denial + one.text for denial in DENIALS)
    yield from (f"{one.text} je krivo", f"{one.text} nije")
    if one.counted:
        yield from (compared + one.text for compared in COMPARED)
        yield from (f"{one.text} {more}" for more in ("i još malo", "plus pristranosti", "tisuća", "po sloju", "%"))


def one_of_two(one: Said, all_said: list[Said]) -> Iterator[str]:
    """This answer or another of the question with another verdict; and this one under another one's letter."""
    for other in all_said:
        if other.question.id != one.question.id or other.outcome == one.outcome:
            continue
        yield from (
            f"{one.text} ili {other.text}",
            f"{one.text}, možda {other.text}",
            f"ili {one.text} ili {other.text}",
        )
        found = grade(other.question, other.text)
        if isinstance(one.question, ChoiceQuestion) and not isinstance(found, answers.Unreadable):
            yield from (f"{found.understood}) {one.text}", f"pod {found.understood}) {one.text}")
