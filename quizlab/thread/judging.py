"""The verdict on a remembered answer: read as the question's kind asks, compared with key and known mistakes."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from quizlab.model import AnyQuestion, Atom, ChoiceQuestion, MultiQuestion, NumberQuestion, OpenQuestion, TypedQuestion
from quizlab.question import variants
from quizlab.thread import cues, opened, options, typed
from quizlab.thread.cues import Entry
from quizlab.thread.model import Choice, Judged
from quizlab.thread.said import Answer, answers
from quizlab.thread.sizes import bound

LONGEST = 1500
"""So many characters of a statement are looked at for its answer."""

UNSTATED = "Veličine nisu navedene, a o njima odgovor ovisi."


def judge(question: AnyQuestion, text: str, choices: tuple[Choice, ...] = (), asked: str = "") -> Judged:
    """What a statement that is this question answers, and how that comes out; «none» where no answer is read.

    ``asked`` is the text of an earlier statement that asks it: sizes that are not said again stand there.
    """
    entry = cues.entries().get(question.id)
    text = text[:LONGEST]
    if isinstance(question, OpenQuestion):
        return opened.fullest(question, entry, answers(text, choices))
    if isinstance(question, MultiQuestion):
        return options.fullest(question, entry, answers(text, choices))
    for one in answers(text, choices):
        sizes = bound(question, entry, one.asked or text) or bound(question, entry, asked)
        other = any(question.params.get(name) != value for name, value in sizes.items())
        posed = variants.varied(question, sizes) if other else question
        if judged := _judged(posed, entry, one):
            if other:
                return msgspec.structs.replace(judged, sizes=sizes)
            return _unstated(judged, question, sizes)
    return Judged()


def _judged(question: AnyQuestion, entry: Entry | None, one: Answer) -> Judged | None:
    if isinstance(question, ChoiceQuestion):
        return options.choose(question, entry, one.text, loose=one.loose)
    assert isinstance(question, TypedQuestion)
    return typed.compare(question, entry, one.text, loose=one.loose)


def _unstated(judged: Judged, question: AnyQuestion, sizes: Mapping[str, Atom]) -> Judged:
    """The verdict, unless it hangs on sizes that nobody remembered and the thread does not state either."""
    remembered = any(each.answer or each.option or each.claims for each in question.recollections)
    if (
        remembered
        or sizes
        or judged.verdict != "wrong"
        or not isinstance(question, NumberQuestion)
        or not question.params
        or not question.recollections
    ):
        return judged
    return Judged(judged.answer, "depends", UNSTATED)
