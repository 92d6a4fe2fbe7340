"""A student's own code on screen: causes first, then questions, then notes and what was not checked."""

from __future__ import annotations

from collections.abc import Sequence

from quizlab.model import AnyQuestion, Evidence, Table
from quizlab.numbers import form
from quizlab.own.messages import Named
from quizlab.own.opening import Place
from quizlab.question.texts import fill
from quizlab.telling import own as telling
from quizlab.telling import words
from quizlab.telling.maths import readable
from quizlab.telling.own import Question, Report
from quizlab.view import blocks, paragraphs, tables
from quizlab.view.screen import Screen

BAR = 28
WIDE = 60
"""Columns under which a bar has no room."""


def head(screen: Screen, shown: str) -> None:
    """Whose code it is, and what happens to it."""
    screen.line(f"Tvoja vježba: {shown} (pročitano, ništa se ne mijenja i ništa se ne šalje)")


def report(screen: Screen, found: Report, shown: str) -> None:
    """The whole report on one lab."""
    screen.gap()
    for each in found.warnings:
        paragraphs.verdict(screen, "!", each, "yellow")
    if not found.causes:
        screen.gap()
        _parts(screen, found)
    screen.gap()
    _bar(screen, found)
    for cause in found.causes:
        _cause(screen, found, cause)
    _rest(screen, found)
    _general(screen, found)
    _unchecked(screen, found)
    _notes(screen, found)
    screen.gap()
    differing = found.outcomes("differs")
    if differing:
        screen.line(f"Potanko: quizlab verify {differing[0].id} --code {shown}")
    _foot(screen, found)


def _parts(screen: Screen, found: Report) -> None:
    rows = [_row(name, parts, found.parts) for name, parts in telling.PARTS[found.lab].items()]
    tables.table(screen, Table(("dio", "gdje je", "ime"), tuple(rows)))


def _row(name: str, parts: tuple[str, ...], places: Sequence[Place]) -> tuple[str, str, str]:
    mine = [each for each in places if each.part in parts]
    if not mine:
        return name, "nema", "umjesto toga radi quizlabov"
    more = len(mine) - 1
    named = mine[0].name
    if more:
        named += f" i još {words.counted(more, 'funkcija', 'funkcije', 'funkcija')}"
    return name, mine[0].said, named


def _bar(screen: Screen, found: Report) -> None:
    agree, differ = found.outcomes("agrees"), found.outcomes("differs")
    noted = [each for each in found.questions if each.note]
    unchecked = found.outcomes("unchecked")
    total = len(agree) + len(differ) + len(noted)
    said = [f"{len(agree)}/{total} slaže se s ključem"]
    if differ:
        said.append(f"{len(differ)} se {form(len(differ), 'razlikuje', 'razlikuju', 'razlikuje')}")
    if noted:
        said.append(f"{len(noted)} uz napomenu")
    if unchecked:
        said.append(f"{len(unchecked)} nije provjereno")
    text = ", ".join(said)
    if screen.plain:
        screen.line(f"{found.lab}: {text}.")
        return
    every = total + len(unchecked)
    filled = BAR * (len(agree) + len(noted)) // every if every else 0
    bar = f"{'█' * filled}{'░' * (BAR - filled)}  " if screen.width >= WIDE else ""
    style = "yellow" if differ or unchecked or not total else "green"
    screen.styled(f"{found.lab}  {bar}{text}", style)


def _cause(screen: Screen, found: Report, cause: Named) -> None:
    screen.gap()
    paragraphs.verdict(screen, "✗", cause.says, "yellow")
    if cause.said:
        paragraphs.caption(screen, cause.said, "bold")
    mine = [each for each in found.outcomes("differs") if each.id in cause.questions]
    if mine:
        screen.gap()
        _differences(screen, mine)
    if cause.answer:
        screen.gap()
        paragraphs.caption(screen, cause.answer, "")


def _differences(screen: Screen, questions: Sequence[Question]) -> None:
    rows = tuple((each.id, each.key, each.own if each.own not in ("", each.key) else each.why) for each in questions)
    tables.table(screen, Table(("pitanje", "ključ", "tvoj kôd"), rows))


def _rest(screen: Screen, found: Report) -> None:
    """Differences that no known cause explains."""
    named = {name for cause in found.causes for name in cause.questions}
    rest = [each for each in found.outcomes("differs") if each.id not in named]
    if not rest:
        return
    screen.gap()
    paragraphs.verdict(screen, "✗", "Razlikuje se od ključa, a uzrok nije među poznatima.", "yellow")
    screen.gap()
    _differences(screen, rest)


def _general(screen: Screen, found: Report) -> None:
    names = [each.id for each in found.outcomes("general")]
    if not names:
        return
    screen.gap()
    number = words.counted(len(names), "pitanje ne ovisi", "pitanja ne ovise", "pitanja ne ovisi")
    listed = f" ({', '.join(names)})" if len(names) <= words.NAMED else ""
    paragraphs.caption(screen, f"{number} o tvojem kodu{listed}.", "")


def _unchecked(screen: Screen, found: Report) -> None:
    reasons = telling.grouped(found.outcomes("unchecked"))
    if reasons:
        screen.gap()
    for why, names in reasons.items():
        paragraphs.caption(screen, f"Nije provjereno: {', '.join(names)} ({words.phrase(why)}).", "")


def _notes(screen: Screen, found: Report) -> None:
    if not found.notes:
        return
    screen.gap()
    paragraphs.caption(screen, "Napomene: dopušteno je i tako, samo znaj odgovoriti", "bold")
    for each in found.notes:
        asked = f" ({', '.join(each.questions)})" if each.questions else ""
        where = f"{each.said}: " if each.said else ""
        answer = f" {each.answer}" if each.answer else ""
        paragraphs.hanging(screen, "·", f"{where}{words.phrase(each.says)}{asked}.{answer}")


def _foot(screen: Screen, found: Report) -> None:
    number, took = words.questions(len(found.questions)), words.duration(found.seconds)
    torch = found.versions.get("torch", "")
    if screen.plain:
        screen.line(f"Pregledano: {number}, za {took}, torch {torch}.")
    else:
        screen.styled(f"{number}, {took} · torch {torch} · mjereno na podacima iz quizlaba", "")


def whole(screen: Screen, question: AnyQuestion, one: Question, evidence: Evidence | None) -> None:
    """The whole proof of one question on the student's code, with the student's tensors."""
    screen.gap()
    prompt = words.one_line(readable(fill(question.prompt, question.params)))
    screen.styled(f"{question.id} · {prompt}", "bold")
    screen.gap()
    outcome = OUTCOMES[one.outcome]
    sign, style = ("✓", "green") if one.outcome == "agrees" else ("✗" if one.outcome == "differs" else "!", "yellow")
    paragraphs.verdict(screen, sign, words.sentence(f"{outcome}: {one.why}" if one.why else outcome), style)
    if one.outcome != "general":
        paragraphs.caption(screen, words.sentence(f"Ključ: {one.key}"), "")
    if one.own:
        paragraphs.caption(screen, words.sentence(f"Tvoj kôd: {one.own}"), "")
    if evidence:
        blocks.evidence(screen, evidence, whole=True)
        screen.gap()
        blocks.claims(screen, evidence.claims)


OUTCOMES = {
    "agrees": "Slaže se s ključem",
    "differs": "Razlikuje se od ključa",
    "unchecked": "Nije provjereno",
    "general": "Ne ovisi o tvojem kodu; cijeli dokaz ispisuje quizlab verify bez --code",
}
