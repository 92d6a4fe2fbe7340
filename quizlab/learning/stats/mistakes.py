"""The named mistakes of a log, each with its sentence from the banks."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Mapping

import msgspec

from quizlab.learning.stats.answers import Chosen, moment, utc
from quizlab.learning.stats.shapes import Slip
from quizlab.learning.stats.tally import Seen, Slips
from quizlab.model import AnyQuestion, Atom, OptionQuestion
from quizlab.question.roads import QUIZ, SAYS_QUIZ
from quizlab.question.texts import fill


def mistakes(chosen: Chosen, seen: Mapping[str, Seen]) -> tuple[Slip, ...]:
    """The named mistakes, the most frequent first; the tag of a camp in a dispute is on right answers only."""
    questions = {each.id: each for bank in chosen.banks for each in bank.questions}
    made: defaultdict[str, list[tuple[str, Slips]]] = defaultdict(list)
    for name, each in seen.items():
        for tag, found in each.slips.items():
            made[tag].append((name, found))
    slips = []
    for tag, places in sorted(made.items(), key=lambda pair: min(found.first for _, found in pair[1])):
        name, last = max(places, key=lambda place: place[1].last)
        times = sum(found.times for _, found in places)
        slips.append(Slip(tag, times, utc(moment(last.at)), name, _sentence(questions, name, tag, last.params)))
    return tuple(sorted(sorted(slips, key=lambda slip: slip.at, reverse=True), key=lambda slip: -slip.times))


def _sentence(questions: Mapping[str, AnyQuestion], name: str, tag: str, params: str) -> str:
    """What the bank says about a mistake, with the numbers it was last made with."""
    if tag == QUIZ:
        return SAYS_QUIZ
    owner = questions.get(name)
    template = _says(owner, tag) if owner else ""
    if not template:
        owner = next((each for each in questions.values() if _says(each, tag)), None)
        return fill(_says(owner, tag), owner.params) if owner else ""
    assert owner is not None
    numbers: dict[str, Atom] = {}
    with contextlib.suppress(msgspec.MsgspecError):
        numbers = msgspec.json.decode(params, type=dict[str, Atom])
    return fill(template, {**owner.params, **numbers})


def _says(question: AnyQuestion, tag: str) -> str:
    options = question.options.values() if isinstance(question, OptionQuestion) else ()
    return next((each.says for each in (*question.mistakes, *options) if each.tag == tag), "")
