"""Facts that a student remembers, added to the questions of the banks as if the banks held them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from quizlab import answers
from quizlab.bank.recalled import Decided, Fact, folded, joined, merged, new_id
from quizlab.model import (
    AnyQuestion,
    Bank,
    ChoiceQuestion,
    Group,
    MultiQuestion,
    NumberQuestion,
    OpenQuestion,
    Option,
    Point,
    Recollection,
    Ruling,
    TextQuestion,
)
from quizlab.question.grading import Graded, grade
from quizlab.thread import cues, opened

TOPIC = "zapamćeno s blica"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST_TEXT = 6
"""So many words an answer may have to be asked for as a phrase; a longer one is told aloud."""


def attached(banks: Sequence[Bank], facts: Sequence[Fact], file: str) -> tuple[Bank, ...]:
    """The banks with what these facts say: recollections on known questions, new questions at the end of their lab."""
    return joined(banks, decided(banks, facts), file)


def decided(banks: Sequence[Bank], facts: Iterable[Fact]) -> Decided:
    """What facts add to these banks; those about questions and labs that are not there are left alone."""
    facts = merged(facts)  # a person may have written them in any order, and twice
    sources = sorted({_source(fact) for fact in facts})
    names = {source: f"V{number}" for number, source in enumerate(sources, 1)}
    found = Decided()
    for bank in banks:
        _decide(bank, facts, names, found)
    return found


def _source(fact: Fact) -> tuple[str, str]:
    return fact.date, folded(fact.title)


def _decide(bank: Bank, facts: Sequence[Fact], names: Mapping[tuple[str, str], str], found: Decided) -> None:
    """Add what the facts say of one bank to what was found."""
    questions = {name: each for each in bank.questions for name in (each.id, *each.aliases)}
    known: defaultdict[str, list[Fact]] = defaultdict(list)
    new: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.question in questions:
            known[questions[fact.question].id].append(fact)
        elif fact.prompt and fact.lab == bank.name and new_id(fact) not in questions:
            new[new_id(fact)].append(fact)
    used = [fact for told in (*known.values(), *new.values()) for fact in told]
    if not used:
        return
    for id, told in known.items():
        more = (recollection(questions[id], fact.answer, names[_source(fact)]) for fact in _telling(told))
        found.more[id] = tuple(dict.fromkeys(more))
    found.new[bank.name] = tuple(made for id, told in new.items() if (made := question(id, told, names)))
    found.groups[bank.name] = dict(sorted({names[_source(one)]: Group(one.title, one.date) for one in used}.items()))


def _telling(facts: Iterable[Fact]) -> list[Fact]:
    """The facts without those that only say that it was asked, where the same source has an answer."""
    facts = list(facts)
    answered = {_source(fact) for fact in facts if fact.answer}
    return [fact for fact in facts if fact.answer or _source(fact) not in answered]


def recollection(question: AnyQuestion, answer: str, group: str) -> Recollection:
    """An answer as it was remembered, decided so that the proof can judge it; unreadable, it is kept as a note."""
    if not answer.strip():
        return Recollection(group)
    decided = _said(question, answer, group) if isinstance(question, OpenQuestion) else _read(question, answer, group)
    return decided or Recollection(group, note=f"zapamćeno „{answer}”, ali se ne može prosuditi")


def _read(question: AnyQuestion, answer: str, group: str) -> Recollection | None:
    graded = grade(question, answer[: answers.reading.LIMIT])
    if not isinstance(graded, Graded):
        return None
    if isinstance(question, ChoiceQuestion):
        return Recollection(group, option=graded.understood)
    return _ticked(question, graded, group) if isinstance(question, MultiQuestion) else Recollection(group, answer)


def _ticked(question: MultiQuestion, graded: Graded, group: str) -> Recollection | None:
    """The options that were marked, by their claims; None where one has none."""
    chosen = [question.options[each.strip()] for each in graded.understood.split(",")]
    claims = tuple(option.claim for option in chosen if option.claim)
    if len(claims) < len(chosen):
        return None
    ruling = Ruling("incomplete", claims) if graded.outcome == "partial" else None
    return Recollection(group, ", ".join(option.text for option in chosen), claims=claims, ruling=ruling)


def _said(question: OpenQuestion, answer: str, group: str) -> Recollection | None:
    """Which key points an answer says, by their claims; None where it says none, or what is known to be wrong."""
    entry = cues.entries().get(question.id)
    judged = opened.weigh(question, entry, answer)
    if not entry or not judged or judged.verdict not in ("right", "incomplete"):
        return None
    points = [question.points[number - 1] for number in sorted(opened.points(entry, answer)) if number]
    claims = tuple(dict.fromkeys(point.claim for point in points if point.claim))
    if not claims:
        return None
    return Recollection(
        group, answer, claims=claims, ruling=Ruling("incomplete", claims) if judged.verdict == "incomplete" else None
    )


def question(id: str, facts: Sequence[Fact], names: Mapping[tuple[str, str], str]) -> AnyQuestion | None:
    """A new question as it is remembered, unproved; None as long as nobody remembers an answer."""
    told = _telling(facts)
    counts = Counter(folded(fact.answer) for fact in told if fact.answer)
    if not counts:
        return None
    most = min(counts, key=lambda answer: (-counts[answer], answer))
    answer = min(fact.answer for fact in told if folded(fact.answer) == most)
    common: dict[str, Any] = {
        "id": id,
        "topic": TOPIC,
        "prompt": min(fact.prompt for fact in facts),
        "explain": f"Tako je zapamćeno: „{answer}”. Odgovor nije dokazan.",
    }
    texts = _options(told)
    if any(fact.options for fact in told) and 1 < len(texts) <= len(LETTERS):
        letters = {folded(text): letter for letter, text in zip(LETTERS, texts, strict=False)}
        options = {letters[folded(text)]: _option(text, letters[folded(text)], folded(text) == most) for text in texts}
        kept = tuple(
            Recollection(names[_source(one)], option=letters[folded(one.answer)] if one.answer else "") for one in told
        )
        return ChoiceQuestion(**common, options=options, answer=letters[most], recollections=tuple(dict.fromkeys(kept)))
    return _typed(common, answer, told, names)


def _options(told: Iterable[Fact]) -> list[str]:
    """Everything that was offered or marked, each once, in an order of their own."""
    texts: dict[str, str] = {}
    for text in (text for fact in told for text in (*fact.options, fact.answer) if text):
        texts[folded(text)] = min(text, texts.get(folded(text), text))
    return [text for _, text in sorted(texts.items())]


def _option(text: str, letter: str, key: bool) -> Option:
    return Option(text) if key else Option(text, says="Tako nije zapamćeno.", tag=f"odgovor-{letter}")


def _typed(
    common: Mapping[str, Any], answer: str, told: Iterable[Fact], names: Mapping[tuple[str, str], str]
) -> AnyQuestion:
    """A question whose answer is typed, if what is remembered reads as one; otherwise one to answer aloud."""
    asked: AnyQuestion
    number = answer.replace(" ", "")
    if number.isdecimal() and number.isascii() and len(number) <= len("9" * 18):
        asked = NumberQuestion(**common, answer=int(number), recollections=())
    elif len(answer.split()) <= LONGEST_TEXT:
        asked = TextQuestion(**common, answer=answer, recollections=())
    else:
        asked = OpenQuestion(**common, points=(Point(answer),), recollections=())
    if not isinstance(asked, OpenQuestion):
        graded = grade(asked, answer)
        if not (isinstance(graded, Graded) and graded.outcome == "right"):
            asked = OpenQuestion(**common, points=(Point(answer),), recollections=())
    kept = dict.fromkeys(_as_read(asked, fact.answer, names[_source(fact)]) for fact in told)
    return msgspec.structs.replace(asked, recollections=tuple(kept))


def _as_read(asked: AnyQuestion, answer: str, group: str) -> Recollection:
    if isinstance(asked, OpenQuestion) and answer:
        return Recollection(group, note=f"zapamćeno „{answer}”")
    return recollection(asked, answer, group)
