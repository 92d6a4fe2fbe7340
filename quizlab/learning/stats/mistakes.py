"""The named mistakes of a log, each with its sentence from the banks."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from quizlab.learning.stats.answers import Answer, Chosen, moment, utc
from quizlab.learning.stats.shapes import Slip
from quizlab.log.entry import Entry
from quizlab.model import AnyQuestion, Atom, OptionQuestion
from quizlab.question.roads import QUIZ, SAYS_QUIZ
from quizlab.question.texts import fill


def mistakes(chosen: Chosen, answers: Sequence[Answer]) -> tuple[Slip, ...]:
    """The named mistakes, the most frequent first; the tag of a camp in a dispute is on right answers only."""
    made = [(name, entry) for name, entry, _ in answers if entry.tag and entry.outcome != "right"]
    times = Counter(entry.tag for _, entry in made)
    questions = {each.id: each for bank in chosen.banks for each in bank.questions}
    slips = [
        Slip(tag, times[tag], utc(moment(entry.at)), name, _sentence(questions, name, entry))
        for tag, (name, entry) in {entry.tag: (name, entry) for name, entry in made}.items()
    ]
    return tuple(sorted(sorted(slips, key=lambda slip: slip.at, reverse=True), key=lambda slip: -slip.times))


def _sentence(questions: Mapping[str, AnyQuestion], name: str, entry: Entry) -> str:
    """What the bank says about a mistake, with the numbers it was last made with."""
    if entry.tag == QUIZ:
        return SAYS_QUIZ
    owner = questions.get(name)
    template = _says(owner, entry.tag) if owner else ""
    if not template:
        owner = next((each for each in questions.values() if _says(each, entry.tag)), None)
        return fill(_says(owner, entry.tag), owner.params) if owner else ""
    assert owner is not None
    numbers: dict[str, Atom] = {}
    with contextlib.suppress(msgspec.MsgspecError):
        numbers = msgspec.json.decode(entry.params, type=dict[str, Atom])
    return fill(template, {**owner.params, **numbers})


def _says(question: AnyQuestion, tag: str) -> str:
    options = question.options.values() if isinstance(question, OptionQuestion) else ()
    return next((each.says for each in (*question.mistakes, *options) if each.tag == tag), "")
