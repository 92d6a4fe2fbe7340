"""What is told of a judged thread in every medium: its statements, contradictions, what is new, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from quizlab.model import AnyQuestion, Atom, ChoiceQuestion, MultiQuestion
from quizlab.question.key import key_of
from quizlab.telling import words
from quizlab.thread.model import Statement, Thread, Verdict

VERDICTS: dict[Verdict, str] = {
    "right": "točno",
    "wrong": "krivo",
    "incomplete": "nepotpuno",
    "depends": "ovisi",
    "disputed": "sporno",
    "none": "bez odgovora",
}
SIGNS: dict[Verdict, str] = {
    "right": "✓",
    "wrong": "✗",
    "incomplete": "◐",
    "depends": "?",
    "disputed": "⇄",
    "none": "·",
}
HEADS = {
    "order": "Redom",
    "against": "Proturječja",
    "new": "Novo: takvog pitanja u bankama nema",
    "unsure": "Ne znam: možda je koje od ovih",
    "unmentioned": "Iz banaka nitko nije spomenuo",
}
UNPROVED = "Na izgrađenom modelu to nije provjereno. {why}"
REFUTED = "S tim veličinama formula i izgrađeni model ne daju isto, pa presude nema."
NOTHING = "U ovoj niti nema nijedne tvrdnje o gradivu."


class Told(Struct, frozen=True):
    """One statement as it is told: where it stands, what it is, what was remembered and how that comes out.

    ``notes`` are sentences under it: the named mistake or what is missing, and what it is joined to.
    """

    lines: str
    id: str
    asked: str
    sure: str
    answer: str
    verdict: Verdict
    notes: tuple[str, ...] = ()


class Account(Struct, frozen=True):
    """A whole thread as it is told."""

    statements: tuple[Told, ...]
    against: tuple[tuple[str, tuple[Told, ...]], ...]
    new: tuple[Told, ...]
    unsure: tuple[Told, ...]
    unmentioned: tuple[str, ...]
    summary: str


def account(thread: Thread, questions: Sequence[AnyQuestion]) -> Account:
    """What is told of a thread with these questions in hand."""
    known = {question.id: question for question in questions}
    told = [(one, _told(one, known)) for one in thread.statements]
    against = [
        (f"{id} · {_asked(known[id])}", tuple(one for statement, one in told if statement in sides))
        for id, sides in contradictions(thread)
    ]
    return Account(
        tuple(one for statement, one in told if statement.id),
        tuple(against),
        tuple(one for statement, one in told if not statement.id and not statement.near),
        tuple(one for statement, one in told if not statement.id and statement.near),
        thread.unmentioned,
        _summary(thread),
    )


def contradictions(thread: Thread) -> list[tuple[str, list[Statement]]]:
    """The questions that were answered in different ways, each with the statements that answer it."""
    sides: dict[str, list[Statement]] = {}
    for one in thread.statements:
        if one.id and one.judged.verdict != "none" and not one.quote:
            sides.setdefault(one.asked, []).append(one)
    differing = [several for several in sides.values() if len({one.judged.verdict for one in several}) > 1]
    return [(several[0].id or "", several) for several in differing]


def repeated(thread: Thread) -> list[str]:
    """The ids that the thread asks about, most repeated first, then in the order of the thread."""
    counted = Counter(one.id for one in thread.statements if one.id and not one.quote)
    return [id for id, _ in counted.most_common() if id]


def _told(one: Statement, known: Mapping[str, AnyQuestion]) -> Told:
    question = known.get(one.judged.posed or one.id or "")
    asked = _asked(question) if question else words.one_line(one.text)
    return Told(
        lines(one),
        f"{one.id} ({one.judged.posed})" if one.judged.posed else one.id or ", ".join(one.near),
        asked,
        f"{round(100 * one.confidence)} %",
        words.one_line(one.judged.answer),
        one.judged.verdict,
        tuple(_notes(one, question)),
    )


def _notes(one: Statement, question: AnyQuestion | None) -> list[str]:
    notes = []
    if one.judged.sizes:
        notes.append(f"Veličine iz niti: {words.settings(one.judged.sizes)}.")
    if one.judged.says:
        notes.append(words.sentence(words.text(one.judged.says, {})))
    elif question and one.judged.verdict == "wrong" and not one.judged.sizes:
        notes.append(words.sentence(f"Točno je: {key(question)}"))
    if one.answered_at:
        notes.append(f"Odgovor je u retku {one.answered_at}.")
    if one.answers:
        notes.append(f"Odgovara na pitanje iz retka {one.answers}.")
    if one.corrects:
        notes.append(f"Drukčije nego u retku {one.corrects}.")
    return notes


def key(question: AnyQuestion) -> str:
    """The key as a person reads it; of a choice the text of the right option."""
    if isinstance(question, ChoiceQuestion | MultiQuestion):
        letters = question.answer if isinstance(question, MultiQuestion) else (question.answer,)
        return ", ".join(words.text(question.options[letter].text, question.params) for letter in letters)
    return words.key(key_of(question).text)


def lines(one: Statement) -> str:
    """«r. 4» or «r. 6–7»."""
    return f"r. {one.first_line}" + (f"–{one.last_line}" if one.last_line != one.first_line else "")


def ranges(ids: Sequence[str]) -> str:
    """Ids with those that follow one another put together: «q2–q8, q11»."""
    rows: list[list[str]] = []
    for id in ids:
        if rows and _next(rows[-1][-1]) == id:
            rows[-1].append(id)
        else:
            rows.append([id])
    return ", ".join("–".join((row[0], row[-1])) if len(row) > 2 else ", ".join(row) for row in rows)


def _next(id: str) -> str:
    number = id.lstrip("abcdefghijklmnopqrstuvwxyz")
    return f"{id.removesuffix(number)}{int(number) + 1}" if number.isdecimal() else ""


def _asked(question: AnyQuestion) -> str:
    return words.one_line(words.text(question.prompt, question.params))


def _summary(thread: Thread) -> str:
    """How many statements there are and how they come out: «23 tvrdnje …: 12 točno, 3 krivo»."""
    mine = [one for one in thread.statements if one.id]
    counted = Counter(one.judged.verdict for one in mine)
    parts = [f"{counted[verdict]} {said}" for verdict, said in VERDICTS.items() if counted[verdict]]
    head = words.counted(len(mine), "tvrdnja", "tvrdnje", "tvrdnji") + " o pitanjima iz banaka"
    new = sum(not one.id and not one.near for one in thread.statements)
    unsure = sum(not one.id and bool(one.near) for one in thread.statements)
    tail = (f"; novo: {new}" if new else "") + (f"; ne znam: {unsure}" if unsure else "")
    return f"{head}: {', '.join(parts)}{tail}." if parts else f"{head}{tail}."


# --- for programs ------------------------------------------------------------------------------------------


class ExportedStatement(Struct, frozen=True):
    """What ``thread --json`` says of one statement; ``id`` is null where the banks have no such question."""

    first_line: int
    last_line: int
    id: str | None
    answer: str
    verdict: Verdict
    confidence: float
    says: str
    tag: str
    sizes: dict[str, Atom]
    posed: str | None
    near: tuple[str, ...]
    answered_at: int | None
    answers: int | None
    corrects: int | None
    quote: bool
    text: str


class ExportedThread(Struct, frozen=True):
    """What ``thread --json`` says."""

    statements: tuple[ExportedStatement, ...]
    contradictions: tuple[str, ...]
    unmentioned: tuple[str, ...]


def exported(thread: Thread) -> ExportedThread:
    """A thread as plain data."""
    return ExportedThread(
        tuple(
            ExportedStatement(
                one.first_line,
                one.last_line,
                one.id,
                one.judged.answer,
                one.judged.verdict,
                one.confidence,
                one.judged.says,
                one.judged.tag,
                one.judged.sizes,
                one.judged.posed or None,
                one.near,
                one.answered_at or None,
                one.answers or None,
                one.corrects or None,
                one.quote,
                one.text,
            )
            for one in thread.statements
        ),
        tuple(id for id, _ in contradictions(thread)),
        thread.unmentioned,
    )
