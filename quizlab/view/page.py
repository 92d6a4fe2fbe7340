"""The page of one answered question: question, verdict and what helps, at once on one small screen.

It takes the place of the screen on which the question was answered, which stays in the terminal's memory above it.
What does not fit is left out by whole pieces, the least needed first; all of it stands behind one key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, structs

from quizlab.model import AnyQuestion, Finding, OpenQuestion, OptionQuestion
from quizlab.question.grading import Graded
from quizlab.question.key import key_of
from quizlab.telling import words
from quizlab.telling.maths import readable
from quizlab.telling.short import Short, sentences
from quizlab.view import feedback, paragraphs, prompts
from quizlab.view.finding import whole
from quizlab.view.screen import Screen

BAR_AFTER = (("⏎", "dalje"), ("p", "cijeli dokaz"))
BAR_VARY = (("v", "drugi brojevi"),)
BAR_LAST = (("u", "poništi"), ("q", "kraj"), ("?", "pomoć"))

FULL, LESS = 3, 1
"""Sentences that explain a wrong answer, its diagnosis among them, and of which at least one is left."""
BELOW = 2
"""Rows under the feedback: an empty one, and the one of the cursor."""
WHOLE = 60
"""Columns from which the question itself must be on the page too; on a narrower screen the feedback comes first."""


class Told(Struct, frozen=True, kw_only=True):
    """An answered question with all that may be said of it.

    ``result`` is None where no answer was given. ``again`` tells that the question has been answered before,
    ``notes`` what else is to be said: the same mistake as before, a proof that failed. An ``airy`` one
    has empty rows between its paragraphs; of missing ``points`` so many are written out.
    """

    head: str
    question: AnyQuestion
    result: Graded | None
    short: Short
    again: bool = False
    notes: tuple[str, ...] = ()
    airy: bool = False
    points: int | None = None


def show(screen: Screen, told: Told, typed: str, *, varies: bool, over: bool = False) -> None:
    """Show the page instead of what is on the screen; in plain mode the same in lines, under the question.

    Args:
        screen: where to.
        told: the answered question.
        typed: the answer as it was typed, which plain lines compare with how it was read.
        varies: whether the keys below, for which room is left, offer other numbers.
        over: whether what is on the screen is this page already, with less on it.
    """
    if screen.plain:
        _lines(screen, told, typed)
        return
    height = screen.console.height
    below = _rows(screen, lambda at: after_bar(at, varies=varies)) + BELOW
    question = _rows(screen, lambda at: _question(at, told))
    drawn = _fitting(screen, told, height - below - question, height - below)
    screen.fresh(over=over)
    _question(screen, told)
    _feedback(screen, drawn)


def title(told: Told) -> str:
    """The verdict and the key in a line, which stays in sight above a long proof."""
    result = told.result
    spoken = isinstance(told.question, OpenQuestion)
    answer = f"točke {result.understood}" if result and spoken else words.echo(result.understood) if result else ""
    word = f"{words.SIGNS[result.outcome]} {answer}" if result else "– bez odgovora"
    key = "" if spoken or (result and result.outcome == "right") else f" · {feedback.right(told.question)}"
    return words.one_line(f"{told.question.id} · {word}{key}")


def after_bar(screen: Screen, *, varies: bool) -> None:
    """The keys under an answered question."""
    prompts.bar(screen, (*BAR_AFTER, *(BAR_VARY if varies else ()), *BAR_LAST))


def everything(screen: Screen, told: Told, finding: Finding, versions: Mapping[str, str]) -> None:
    """All that the page has no room for: the whole explanation, what was remembered, the whole proof."""
    short, result = told.short, told.result
    said = readable(result.says) if result and result.says else ""
    for text in (said, " ".join(short.why), short.kept, short.mark):
        if text:
            screen.gap()
            screen.line(text)
    screen.gap()
    whole(screen, told.question, finding, versions)


def _lines(screen: Screen, told: Told, typed: str) -> None:
    if told.result:
        feedback.graded(screen, told.question, told.result, typed)
    else:
        feedback.unanswered(screen, told.question)
    for text in (*told.notes, told.short.kept, told.short.mark):
        if text:
            screen.line(text)


def _fitting(screen: Screen, told: Told, left: int, all_of_it: int) -> Told:
    """As much of the feedback as there is room for: beside its question, or on a narrow screen by itself."""
    forms = list(_forms(told))
    rooms = [(left, forms)] if screen.width >= WHOLE else [(left, forms[:FULL]), (all_of_it, forms)]
    for room, some in rooms:
        for form in some:
            if _tall(screen, form) <= room:
                airy = structs.replace(form, airy=True)
                return airy if _tall(screen, airy) <= room else form
    return forms[-1]


def _tall(screen: Screen, told: Told) -> int:
    return _rows(screen, lambda at: _feedback(at, told))


def _forms(told: Told) -> Iterator[Told]:
    """The feedback with ever less in it: fewer sentences, then no proof, then nothing that was remembered."""
    short, result = told.short, told.result
    right = result is not None and result.outcome == "right"
    if result and right and result.says:  # the other side of a dispute: why it is granted comes before all else
        short = structs.replace(short, why=(*sentences(readable(result.says)), *short.why))
    if right and told.again:  # it was explained before
        short = structs.replace(short, why=(), decided="", kept="")
        yield structs.replace(told, short=short)
        return
    said = len(sentences(result.says)) if result and result.says and not right else 0
    most = max(LESS, FULL - said - right)
    for number in range(min(most, len(short.why)), 0 if not said else -1, -1):
        yield structs.replace(told, short=structs.replace(short, why=short.why[:number]))
    least = structs.replace(short, why=short.why[: 0 if said else LESS])
    for without in ({"decided": ""}, {"decided": "", "kept": ""}, {"decided": "", "kept": "", "why": ()}):
        yield structs.replace(told, short=structs.replace(least, **without))
    bare = structs.replace(told, short=Short(why=(), mark=short.mark))
    missing = len(told.question.points) if isinstance(told.question, OpenQuestion) else 0
    yield from (structs.replace(bare, points=number) for number in range(missing - 1, -1, -1))


def _rows(screen: Screen, draw: Callable[[Screen], None]) -> int:
    scratch = screen.in_memory()
    draw(scratch)
    return len(scratch.written)


def _question(screen: Screen, told: Told) -> None:
    """The question again, its options marked with what was chosen and what is right."""
    asked, result = told.question, told.result
    screen.styled(told.head, "bold")
    screen.line(words.text(asked.prompt, asked.params))
    if isinstance(asked, OptionQuestion):
        chosen = result.understood.replace(",", " ").split() if result else []
        keyed = key_of(asked).parts
        for letter, option in asked.options.items():
            right = letter in keyed or (letter in chosen and result is not None and result.outcome == "right")
            sign, style = ("✓", "green") if right else ("✗", "red") if letter in chosen else (" ", "")
            paragraphs.verdict(screen, sign, f"{letter}  {words.text(option.text, asked.params)}", style)
    screen.gap()


def _feedback(screen: Screen, told: Told) -> None:
    """The verdict with the key, why, what decides it, what was remembered and what to mark."""
    short = told.short
    if told.result:
        feedback.verdict(screen, told.question, told.result, told.points)
    else:
        feedback.unanswered_verdict(screen, told.question, told.points)
    for note in told.notes:
        paragraphs.caption(screen, note, "")
    special = feedback.special(told.result) if told.result else []
    why = " ".join((*special, *short.why))
    for text, style in ((why, ""), (short.decided, ""), (short.kept, ""), (short.mark, "bold")):
        if not text:
            continue
        if told.airy and text != short.mark:  # what to mark belongs to what was remembered
            screen.gap()
        screen.styled(text, style)
