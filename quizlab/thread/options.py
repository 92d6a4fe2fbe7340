"""The option of a choice that an answer means: by its formula, by what it speaks of, by its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from quizlab import answers
from quizlab.model import ChoiceQuestion, MultiQuestion
from quizlab.question.grading import Graded, grade
from quizlab.thread import cues, formulas
from quizlab.thread.cues import Cue, Entry
from quizlab.thread.fold import plain
from quizlab.thread.model import Judged
from quizlab.thread.said import Answer
from quizlab.thread.words import Concept, concepts

RULED = ("right", "wrong", "incomplete", "depends", "disputed")
SHORTEST = 2
"""A letter alone means an option of the thread and not of the bank."""

_OFFERED, _BRIEF = 3, 3
"""So many options in a row are a choice that is offered, each of so many words at most."""

_INSTEAD = re.compile(r"(?i)\b(?:nije|nisu|ne)\b(?:\s+to)?\s+(?P<no>[^,.;?!]{1,60}?)\s*,?\s*\b(?:nego|vec|već|no)\b\s*")
_AND_NOT = re.compile(r"(?i)(?:,\s*(?:a\s+)?|\s+a\s+)(?:ne|nije|nisu|nema)\s+(?:samo\s+|sama\s+)?[^,.;!?()]+")


def affirmed(text: str) -> str:
    """The text without what it denies: «nije A nego B» and «B, a ne A» are both B."""
    return _AND_NOT.sub(" ", _INSTEAD.sub(" ", text))


def choose(question: ChoiceQuestion, entry: Entry | None, text: str, *, loose: bool) -> Judged | None:
    """The judged answer, or None if it means no option, or two alike."""
    if letter := _formula(question, text) or _number(question, text):
        return _by_letter(question, letter, text)
    if _only_offers(entry, text):
        return None
    cue = _heard(entry, concepts(affirmed(text))) or _heard(entry, concepts(text))
    if cue:
        return _meant(question, cue, text)
    if loose or len(plain(text).strip()) < SHORTEST:
        return None
    graded = grade(question, affirmed(text)[: answers.reading.LIMIT])
    return _by_letter(question, graded.understood, text) if isinstance(graded, Graded) else None


def _only_offers(entry: Entry | None, text: str) -> bool:
    """Whether a text lists what may be chosen: three short pieces that mean three options."""
    listed = [piece for piece in re.split(r"[,/;]|\bili\b", text) if piece.strip()]
    listed = text.split() if len(listed) == 1 else listed
    if len(listed) < _OFFERED or any(len(piece.split()) > _BRIEF for piece in listed):
        return False
    return len({cue.kind for piece in listed if (cue := _heard(entry, concepts(piece)))}) >= _OFFERED


def _meant(question: ChoiceQuestion, cue: Cue, text: str) -> Judged | None:
    """What a cue makes of the answer: a verdict of its own, or that of its option; None if it leaves it open."""
    if cue.kind in RULED:
        return Judged(shown(text), cue.kind, cue.says)  # type: ignore[arg-type]
    return _by_letter(question, cue.kind, text) if cue.kind in question.options else None


def fullest(question: MultiQuestion, entry: Entry | None, texts: Iterable[Answer]) -> Judged:
    """The judged answer of the first text that names options; a text that begins amid their list gives way to it."""
    first: Judged | None = None
    for one in texts:
        judged = tick(question, entry, one.text)
        first = first or judged
        if first and (first.verdict != "incomplete" or (judged and judged.verdict == "right")):
            return judged or first
    return first or Judged()


def tick(question: MultiQuestion, entry: Entry | None, text: str) -> Judged | None:
    """The judged answer to a question with several right options: every option whose name is said."""
    folded = f" {re.sub(r'[^a-z0-9]+', ' ', plain(text))} "
    if not re.search(r"[^\W\d_]", text):
        return None
    letters = [
        letter
        for letter, option in question.options.items()
        if (name := re.sub(r"[^a-z0-9]+", " ", plain(option.text)).strip()) and f" {name} " in folded
    ]
    graded = grade(question, ", ".join(letters) or text[: answers.reading.LIMIT])
    if not isinstance(graded, Graded):
        cue = _heard(entry, concepts(text))
        return Judged(shown(text), "wrong", cue.says) if cue and cue.kind == "wrong" else None
    verdict = "incomplete" if graded.outcome == "partial" else graded.outcome
    return Judged(
        ", ".join(question.options[one].text for one in letters) or shown(text), verdict, graded.says, graded.tag
    )


def _formula(question: ChoiceQuestion, text: str) -> str:
    written = {letter: option.text for letter, option in question.options.items() if formulas.is_formula(option.text)}
    if len(written) < 2:
        return ""
    equal = [letter for letter, option in written.items() if formulas.same(text, option)]
    return equal[0] if len(equal) == 1 else ""


def _number(question: ChoiceQuestion, text: str) -> str:
    """The option with the number that the text ends in; where all are numbers and it is none, the one for others."""
    numbers = {letter: plain(option.text).strip() for letter, option in question.options.items() if not option.last}
    if not all(one.isdecimal() for one in numbers.values()):
        return ""
    said = re.findall(r"(?<![\w.])[0-9]+(?![\w])", plain(text.rsplit("=", 1)[-1]))
    if len(said) != 1:
        return ""
    other = next((letter for letter, option in question.options.items() if option.last), "")
    return next((letter for letter, one in numbers.items() if one == said[0]), other)


def _heard(entry: Entry | None, said: Sequence[Concept]) -> Cue | None:
    """The cue that tells most; None where the best two say different things."""
    if not entry:
        return None
    places = cues.where(said)
    met = [cue for cue in entry.heard if cues.holds(cue, places)]
    if not met:
        return None
    best = max(_told(cue) for cue in met)
    top = [cue for cue in met if _told(cue) == best]
    return top[0] if len({cue.kind for cue in top}) == 1 else None


def _told(cue: Cue) -> float:
    return len(cue.terms) + 0.5 * sum(term.follows for term in cue.terms) + 5 * (cue.kind == "undecided")


def _by_letter(question: ChoiceQuestion, letter: str, text: str) -> Judged:
    graded = grade(question, letter)
    assert isinstance(graded, Graded)
    disputed = question.dispute is not None and letter == question.dispute.option
    verdict = "disputed" if disputed else "right" if graded.outcome == "right" else "wrong"
    return Judged(shown(text), verdict, graded.says, graded.tag)  # type: ignore[arg-type]


def shown(text: str) -> str:
    """An answer as it is shown: one line, short."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 160 else flat[:159] + "…"
