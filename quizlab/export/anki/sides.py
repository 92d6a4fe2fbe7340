"""The two sides of a card, from what is asked to what was remembered of it: the fields of a note, as HTML."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from quizlab.export.anki.evidence import Draw, outcome, proof
from quizlab.export.anki.text import plain, rich
from quizlab.model import (
    AnyQuestion,
    Bank,
    ChoiceQuestion,
    Finding,
    NumberQuestion,
    OpenQuestion,
    OptionQuestion,
    TypeQuestion,
)
from quizlab.question.key import worked_out
from quizlab.question.texts import with_numbers
from quizlab.question.variants import mistakes_of
from quizlab.telling import sentences, words
from quizlab.view.finding import measured, remembered, why


class Asked(Struct, frozen=True):
    """One question as it is asked on a card, with its bank and what verification found out about it."""

    bank: Bank
    question: AnyQuestion
    finding: Finding


def prompt(one: Asked) -> str:
    """What is asked, with its numbers."""
    return rich(one.question.prompt, one.finding.parameters)


def options(one: Asked) -> str:
    """The list of options to choose from; the script of the note type makes it a game."""
    question = one.question
    if not isinstance(question, OptionQuestion):
        return ""
    items = (_offered(rich(each.text, one.finding.parameters), each.last) for each in question.options.values())
    style = "jedan" if isinstance(question, ChoiceQuestion) else "vise"
    return f'<ul class="ponuda {style}">{"".join(items)}</ul>'


def _offered(text: str, last: bool) -> str:
    return f'<li class="zadnji">{text}</li>' if last else f"<li>{text}</li>"


def right(one: Asked) -> str:
    """Which of the options are right: their places from 0, with a space between them."""
    question = one.question
    if not isinstance(question, OptionQuestion):
        return ""
    taken = _keyed(one) | _camp(question)
    return " ".join(str(place) for place, letter in enumerate(question.options) if letter in taken)


def _keyed(one: Asked) -> set[str]:
    return set(one.finding.key.parts)


def _camp(question: AnyQuestion) -> set[str]:
    """The option of the second camp of a disputed choice, which counts as right too."""
    return {question.dispute.option} if isinstance(question, ChoiceQuestion) and question.dispute else set()


def typed(one: Asked) -> str:
    """What to compare a typed answer with; nothing where people write the same thing in many ways."""
    question, key = one.question, words.one_line(one.finding.key.text)
    one_way = isinstance(question, TypeQuestion) or (isinstance(question, NumberQuestion) and not question.real)
    return plain(key) if one_way and not set(key) & set(" ,;/*") else ""


def hints(one: Asked) -> str:
    """Steps towards the answer, each to be opened by itself."""
    return "".join(
        f"<details><summary>{number}. savjet</summary>{rich(hint, one.finding.parameters)}</details>"
        for number, hint in enumerate(one.question.hints, 1)
    )


def answer(one: Asked) -> str:
    """The key with its verdict, and what speaks against it."""
    question, finding = one.question, one.finding
    verdict = _verdict(finding.verdict)
    against = finding.problems if finding.evidence else ()
    doubts = "".join(f'<p class="manjka">{plain(sentences.say(each.code, each.args))}</p>' for each in against)
    if isinstance(question, OptionQuestion):
        return f'{verdict}<ul class="rjesenje">{"".join(_options(one))}</ul>{_dispute(one)}{doubts}'
    if isinstance(question, OpenQuestion):
        return f"Što treba reći {verdict}<ol>{''.join(_points(one))}</ol>{doubts}"
    key, found = words.key(finding.key.text), words.value(finding.value)
    computed = f"<p>Izračunato: {plain(found)}.</p>" if found not in ("", key) else ""
    return f'<p class="kljuc">{plain(key)}</p>{verdict}{computed}{doubts}'


def _verdict(verdict: str) -> str:
    return f'<span class="presuda {verdict}">{words.VERDICTS[verdict]}</span>'


def _options(one: Asked) -> Iterator[str]:
    """Every option in the order of the bank, with the reason why it is wrong and what was measured of it."""
    question, finding = one.question, one.finding
    assert isinstance(question, OptionQuestion)
    keyed, camp = _keyed(one), _camp(question)
    for letter, option in question.options.items():
        claim = measured(finding, option.claim)
        style, sign = ("da", "✓") if letter in keyed else ("sporno", "≈") if letter in camp else ("ne", "✗")
        says = "" if letter in keyed else rich(option.says, finding.parameters)
        notes = [says, f"Izmjereno: {plain(words.sentence(claim.says))}" if claim else ""]
        reason = f"<small>{' '.join(filter(None, notes))}</small>" if any(notes) else ""
        yield f'<li class="{style}">{sign} {rich(option.text, finding.parameters)}{reason}</li>'


def _dispute(one: Asked) -> str:
    question = one.question
    if not isinstance(question, ChoiceQuestion) or question.dispute is None:
        return ""
    return f"<p>Sporno: {rich(question.dispute.says, one.finding.parameters)}</p>"


def _points(one: Asked) -> Iterator[str]:
    question, finding = one.question, one.finding
    assert isinstance(question, OpenQuestion)
    for point in question.points:
        claim = measured(finding, point.claim)
        reason = f"<small>{outcome(claim)}</small>" if claim else ""
        yield f"<li>{rich(point.text, finding.parameters)}{reason}</li>"


def explanation(one: Asked) -> str:
    """Why the key is what it is."""
    return rich(one.question.explain, one.finding.parameters)


def mistakes(one: Asked) -> str:
    """The wrong answers that are given, each with its own sentence."""
    question, finding = one.question, one.finding
    items = []
    for mistake in mistakes_of(question):
        value = words.value(worked_out(question, mistake.answer))
        answer = value or with_numbers(mistake.answer, question.params)
        items.append(f"<li>✗ <b>{plain(answer)}</b> {rich(mistake.says, finding.parameters)}</li>")
    return f'<ul class="popis">{"".join(items)}</ul>' if items else ""


def recollections(one: Asked) -> str:
    """What others remembered, with the verdict on each; a list, because phones are narrow."""
    items = []
    for index, each in enumerate(one.finding.recollections):
        note = why(one.question, one.finding, index)
        items.append(_remembered(remembered(each), _source(one.bank, each.group), each.verdict, note))
    items += [_remembered(each.answer, "priznaje se i", each.verdict, "") for each in one.finding.accepted]
    return f'<ul class="popis">{"".join(items)}</ul>' if items else ""


def _remembered(answer: str, source: str, verdict: str, note: str) -> str:
    said = f"<b>{plain(answer)}</b> " if answer else ""
    beside = f"<small>{plain(words.sentence(note))}</small>" if note else ""
    return f'<li>{said}{_verdict(verdict)} <span class="izvor">{plain(source)}</span>{beside}</li>'


def _source(bank: Bank, name: str) -> str:
    group = bank.groups.get(name)
    return name if group is None else f"{group.title}, {words.day(group.date)}" if group.date else group.title


def evidence(one: Asked, draw: Draw) -> str:
    """The proof."""
    return proof(one.question, one.finding, draw)
