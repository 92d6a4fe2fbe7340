"""What the lists remembered of a question, in one line, and what to mark on the quiz where that is another matter.

The computation says what is true, the lists what was marked. Where they agree a line says so; where they do not,
the advice is worked out from what else the same list had marked, or the bank gives it (`Question.mark`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from quizlab.model import (
    AnyQuestion,
    Bank,
    ChoiceQuestion,
    Finding,
    Group,
    OpenQuestion,
    OptionQuestion,
    Recollection,
)
from quizlab.question.grading import Graded, grade
from quizlab.question.key import key_of, worked_out
from quizlab.question.texts import fill
from quizlab.telling import words

Standing = Literal["key", "camp", "other", "unread"]
"""How a remembered answer would be graded: as the key, as the other side of a dispute, as wrong, or not at all."""

FEWEST = 3
"""So many other answers of a list must be right before they speak for one that is in dispute."""


class Kept(Struct, frozen=True):
    """One answer as it was remembered: how it stands, which lists have it, the word of its verdict if it has one."""

    text: str
    standing: Standing
    sources: tuple[str, ...]
    verdict: str = ""


def line(question: AnyQuestion, groups: Mapping[str, Group], finding: Finding | None = None) -> str:
    """What was remembered as the answer, and by whom, as one sentence; empty where nothing was.

    Args:
        question: as it is asked; with other numbers than those of the quiz it has nothing to remember.
        groups: the sources of its bank.
        finding: the verdicts, if they have been computed; without them only what the bank rules is said.
    """
    kept = list(_kept(question, groups, finding))
    if not kept:
        return ""
    disputed = isinstance(question, ChoiceQuestion) and question.dispute is not None
    if all(each.standing == "key" for each in kept) and not disputed:
        return f"Tako je i zapamćeno ({'; '.join(kept[0].sources)})."
    said = (f"{each.text} ({'; '.join((*each.sources, *filter(None, [each.verdict])))})" for each in kept)
    return words.sentence(f"Zapamćeno: {', '.join(said)}")


def advice(question: AnyQuestion, bank: Bank | None = None) -> str:
    """What to mark on the quiz, where it is not simply the key; empty where it is. LaTeX in it is still LaTeX.

    Args:
        question: as it is asked.
        bank: the bank that it is from, whose other questions show how reliable a list is.
    """
    if question.mark:
        return fill(question.mark, question.params)
    if not isinstance(question, ChoiceQuestion) or bank is None:
        return ""
    kept = list(_kept(question, bank.groups, None))
    key = _quoted(question, question.answer)
    if question.dispute is None:
        wrong = next((each for each in kept if each.standing == "other" and not each.verdict), None)
        return f"Na blicu biraj {key}; zapamćeno je i {wrong.text}, ali to izračun opovrgava." if wrong else ""
    for one in question.recollections:
        others = record(bank, one.group, question.id) if standing(question, one) == "camp" else ()
        if len(others) >= FEWEST and all(others):
            return (
                f"Na blicu biraj {_quoted(question, question.dispute.option)}: tako je označeno na popisu "
                f"({_source(bank.groups, one.group)}), a svi su ostali odgovori označeni na njemu ({len(others)}) "
                "točni, pa je vjerojatno i taj tako ocijenjen."
            )
    if any(each.standing == "key" for each in kept):
        return f"Na blicu biraj {key}: tako je zapamćeno."
    return ""


def record(bank: Bank, group: str, besides: str) -> tuple[bool, ...]:
    """Whether each answer that a list marked in its bank, besides that of one question, agrees with the key."""
    return tuple(
        found == "key"
        for question in bank.questions
        if question.id != besides and not isinstance(question, OpenQuestion)
        for one in question.recollections
        if one.group == group and (found := standing(question, one)) != "unread"
    )


def standing(question: AnyQuestion, one: Recollection) -> Standing:
    """How a remembered answer would be graded if it were typed; words that are no answer cannot be."""
    said = one.option or one.answer
    result = grade(question, said) if said and not isinstance(question, OpenQuestion) else None
    if not isinstance(result, Graded):
        return "unread"
    if result.outcome != "right":
        return "other"
    return "camp" if result.tag else "key"


def _kept(question: AnyQuestion, groups: Mapping[str, Group], finding: Finding | None) -> Iterator[Kept]:
    """What was remembered as an answer, each once with all its sources, in the order of the bank."""
    found: dict[str, Kept] = {}
    for at, one in enumerate(question.recollections):
        if not (one.option or one.answer):
            continue
        where = standing(question, one)
        text = _text(question, one, where)
        judged = finding.recollections[at].verdict if finding and finding.recollections else ""
        ruled = judged or (one.ruling.verdict if one.ruling else "")
        verdict = words.VERDICTS.get(ruled, "") if ruled not in ("confirmed", "unanswered") else ""
        before = found[text].sources if text in found else ()
        sources = tuple(dict.fromkeys((*before, _source(groups, one.group))))
        found[text] = Kept(text, where, sources, verdict)
    yield from found.values()


def _text(question: AnyQuestion, one: Recollection, where: Standing) -> str:
    """A remembered answer as people read it: an option in its words, a number worked out, the key as it is set."""
    if isinstance(question, ChoiceQuestion):
        result = grade(question, one.option or one.answer)
        if isinstance(result, Graded):
            return _quoted(question, result.understood)
    if where == "key":
        return words.key(key_of(question).text)
    value = None if isinstance(question, OptionQuestion | OpenQuestion) else worked_out(question, one.answer)
    return words.value(value) or f"„{words.phrase(one.answer)}”"


def _quoted(question: ChoiceQuestion, letter: str) -> str:
    """An option in its own words: its letter is another one on every screen."""
    return f"„{words.phrase(words.text(question.options[letter].text, question.params))}”"


def _source(groups: Mapping[str, Group], name: str) -> str:
    return words.one_line(groups[name].title) if name in groups else name
