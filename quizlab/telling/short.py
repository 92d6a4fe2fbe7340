"""What is said of one answer at once, before anybody asks for the whole proof: little, and each piece complete.

A text is only ever shortened by whole sentences, so nothing that is left can mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from quizlab import answers
from quizlab.answers.evaluate import numeric
from quizlab.answers.reader import value_at
from quizlab.model import (
    AnyQuestion,
    Bank,
    Claim,
    Evidence,
    Finding,
    OpenQuestion,
    Option,
    OptionQuestion,
    Table,
    Value,
)
from quizlab.question.grading import Graded
from quizlab.telling import names, words
from quizlab.telling.blocks import as_text
from quizlab.telling.maths import readable
from quizlab.telling.remembered import advice, line

END = re.compile(r"(?<=[.…?!])[”)]*\s+(?=[„(]*[A-ZČĆĐŠŽ])")
"""Where one sentence ends and the next begins with a capital letter, which after an ordinal does not happen."""
ABBREVIATION = re.compile(r"\b(?:npr|tj|dr|itd|sl|str|usp)\.$")

BETWEEN = " · "
"""Between the cells of a row: commas are decimal, and a cell may be a list."""

SUMMANDS = 6
"""A sum of more than so many tensors says less than its total."""


class Short(Struct, frozen=True, kw_only=True):
    """What belongs under a verdict, in this order.

    ``why`` is the explanation, a sentence each; ``decided`` the one measured thing that decides the answer; ``kept``
    what the lists remembered; ``mark`` what to choose on the quiz. Each may be empty.
    """

    why: tuple[str, ...]
    decided: str = ""
    kept: str = ""
    mark: str = ""


def short(question: AnyQuestion, result: Graded | None, bank: Bank, finding: Finding | None = None) -> Short:
    """What to say of an answer; ``result`` is None where none was given, ``finding`` where nothing is proved yet."""
    return Short(
        why=sentences(words.text(question.explain, question.params)),
        decided=_as_proved(decided(question, result, finding), finding) if finding and finding.evidence else "",
        kept=line(question, bank.groups, finding),
        mark=readable(advice(question, bank)),
    )


def _as_proved(said: str, finding: Finding) -> str:
    """What decides, with where it comes from if it was not computed live."""
    return f"{said} ({words.recorded(finding.recorded)})" if said and finding.recorded else said


def once_more(tag: str, mistaken: Sequence[str], name: str) -> str:
    """That a mistake was made before, and where.

    Args:
        tag: the mistake.
        mistaken: the questions on which it was made, the latest first.
        name: the question on which it has just been made.
    """
    if len(mistaken) < 2:
        return ""
    there = f", prošli put u pitanju {mistaken[1]}" if mistaken[1] != name else ""
    return f"Ista pogreška ({names.mistake(tag)}): {len(mistaken)}. put{there}."


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, which joined by spaces are the text again; abbreviations end none."""
    found: list[str] = []
    for part in _parts(words.one_line(text)):
        if found and ABBREVIATION.search(found[-1]):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return tuple(found)


def _parts(text: str) -> list[str]:
    cuts = [match.end() for match in END.finditer(text)]
    parts = (text[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True))
    return [part for part in parts if part]


def decided(question: AnyQuestion, result: Graded | None, finding: Finding) -> str:
    """The one row or number of the proof that decides this answer; empty where no single one does."""
    evidence = finding.evidence
    if evidence is None or isinstance(question, OpenQuestion):
        return ""
    if isinstance(question, OptionQuestion):
        return _of_option(question, result, evidence, finding)
    if not result or result.outcome == "right":
        return _measured(finding, evidence)
    return _against(question, result, finding, evidence)


def _of_option(question: OptionQuestion, result: Graded | None, evidence: Evidence, finding: Finding) -> str:
    """What was measured of the chosen option, or of the right one where that was chosen or nothing was."""
    wrong = result is not None and result.outcome == "wrong"
    letters = re.findall(r"[a-z]", result.understood) if result and wrong else []
    chosen = next((each for each in letters if each not in finding.key.parts), finding.key.parts[0])
    option: Option = question.options[chosen]
    claims: dict[str, Claim] = {each.name: each for each in evidence.claims}
    if option.claim in claims:
        return words.sentence(f"Izmjereno: {claims[option.claim].says}")
    return _row(evidence) or _measured(finding, evidence)


def _measured(finding: Finding, evidence: Evidence) -> str:
    """The value as the sum of its parts, as the row in which it stands, or as it is; of several, how many there are."""
    if finding.value is not None:
        return _sum(finding, evidence) or _row(evidence, finding.value) or f"Izračunato: {words.value(finding.value)}."
    number = len(evidence.cases)
    forms = ("izmjerenom slučaju", "izmjerena slučaja", "izmjerenih slučajeva")
    return f"Vrijedi u {words.counted(number, *forms)}." if number else ""


def _against(question: AnyQuestion, result: Graded, finding: Finding, evidence: Evidence) -> str:
    """What was measured where the answer says something else, and what its mistake gives on a model of its own."""
    if finding.value is None:
        return _case(question, result, evidence)
    said = _measured(finding, evidence)
    built = {each.tag for each in question.mistakes if each.with_}
    own = next((each.value for each in finding.mistakes if each.name == result.tag and result.tag in built), None)
    return said if own is None else f"{said} Model s tom pogreškom daje {words.value(own)}."


def _case(question: AnyQuestion, result: Graded, evidence: Evidence) -> str:
    """A measured case in which the answer says something else, the plainest: «Uz K = 3, M = 2 izmjereno je (1, 4)»."""
    reading = answers.read(question, result.understood)
    if isinstance(reading, answers.Unreadable):
        return ""
    found = []
    for case in evidence.cases:
        if not case.given or answers.holds(reading, case, question.params):
            continue
        given = ", ".join(f"{name} = {words.count(value)}" for name, value in case.given.items())
        typed = value_at(reading, {**numeric(question.params), **case.given})
        measured, yours = _value(case.value), _value(typed) if typed is not None else "nema vrijednosti"
        if measured != yours:
            found.append(words.sentence(f"Uz {given} izmjereno je {measured}, a tvoj odgovor daje {yours}"))
    return min(found, key=len, default="")


def _value(value: object) -> str:
    return words.count(value) if isinstance(value, int | float) else words.value(value)  # type: ignore[arg-type]


def _sum(finding: Finding, evidence: Evidence) -> str:
    """«norm.weight 32 + norm.bias 32 + conv.weight 9216 + conv.bias 32 = 9312», where a table has that total."""
    for block in evidence.blocks:
        if not isinstance(block, Table) or not block.total or block.total[-1] != finding.value:
            continue
        if len(block.rows) <= SUMMANDS:
            parts = " + ".join(f"{row[0]} {words.value(row[-1])}" for row in block.rows)
            return f"Zbroj: {parts} = {words.value(finding.value)}."
    return ""


def _row(evidence: Evidence, value: Value | None = None) -> str:
    """The one row that its table marks: what it is of, and each cell behind its column's name.

    Where one of its cells is the value that was asked, the others say nothing more; where none is, the value follows.
    """
    for block in evidence.blocks:
        if isinstance(block, Table) and len(block.marked) == 1:
            shown = as_text(block)
            (row,) = (each for each in shown.rows if each.marked)
            first, *rest = row.cells
            cells = [(head, cell) for head, cell in zip(shown.head[1:], rest, strict=True) if cell]
            asked = "" if value is None else words.value(value)
            only = [each for each in cells if each[1] == asked]
            said = BETWEEN.join([_subject(shown.head[0], first), *(f"{head} {cell}" for head, cell in only or cells)])
            found = words.sentence(f"Izmjereno: {said}")
            return found if only or not asked else f"{found} Izračunato: {asked}."
    return ""


def _subject(head: str, cell: str) -> str:
    """What a row is of, with the name of its column where that is one word and not said already."""
    return cell if not head or " " in head or head in cell else f"{head} {cell}"
