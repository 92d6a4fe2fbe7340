"""The two sides of a card, from what is asked to what was remembered of it: the fields of a note, as HTML."""

from __future__ import annotations

from collections.abc import Iterator

from quizlab.export.anki.evidence import outcome
from quizlab.export.anki.text import plain, rich
from quizlab.model import AnyQuestion, Key, NumberQuestion, TypeQuestion
from quizlab.telling import words
from quizlab.telling.account import KINDS, Account, Option, Remembered

LAST = ' class="zadnji"'


def options(told: Account) -> str:
    """The list of options to choose from; the script of the note type makes it a game."""
    items = (f"<li{LAST if each.last else ''}>{rich(each.text)}</li>" for each in told.options)
    style = "vise" if told.kind == KINDS["multi"] else "jedan"
    return f'<ul class="ponuda {style}">{"".join(items)}</ul>' if told.options else ""


def right(told: Account) -> str:
    """Which of the options are right, or held to be by a second camp: their places from 0, with a space between."""
    return " ".join(str(place) for place, each in enumerate(told.options) if each.right or each.camp)


def typed(question: AnyQuestion, key: Key) -> str:
    """What to compare a typed answer with; nothing where people write the same thing in many ways."""
    one_way = isinstance(question, TypeQuestion) or (isinstance(question, NumberQuestion) and not question.real)
    return plain(key.text) if one_way and not set(key.text.strip()) & set(" ,;/*") else ""


def hints(told: Account) -> str:
    """Steps towards the answer, each to be opened by itself."""
    return "".join(
        f"<details><summary>{number}. trag</summary>{rich(hint)}</details>" for number, hint in enumerate(told.hints, 1)
    )


def answer(told: Account) -> str:
    """The key with its verdict, and what speaks against it."""
    verdict = _verdict(told.verdict)
    against = told.problems if told.snippet else ()
    doubts = "".join(f'<p class="manjka">{plain(each)}</p>' for each in against)
    if told.options:
        dispute = f"<p>Sporno: {rich(told.dispute)}</p>" if told.dispute else ""
        return f'{verdict}<ul class="rjesenje">{"".join(map(_option, told.options))}</ul>{dispute}{doubts}'
    if told.points:
        return f"Što treba reći {verdict}<ol>{''.join(_points(told))}</ol>{doubts}"
    computed = f"<p>Izračunato: {plain(told.value)}.</p>" if told.value not in ("", told.key) else ""
    return f'<p class="kljuc">{plain(told.key)}</p>{verdict}{computed}{doubts}'


def _verdict(verdict: str) -> str:
    return f'<span class="presuda {verdict}">{words.VERDICTS[verdict]}</span>'


def _option(one: Option) -> str:
    """An option with the reason why it is wrong and what was measured of it."""
    style, sign = ("da", "✓") if one.right else ("sporno", "≈") if one.camp else ("ne", "✗")
    notes = [rich(one.says), f"Izmjereno: {plain(words.sentence(one.claim.says))}" if one.claim else ""]
    reason = f"<small>{' '.join(filter(None, notes))}</small>" if any(notes) else ""
    return f'<li class="{style}">{sign} {rich(one.text)}{reason}</li>'


def _points(told: Account) -> Iterator[str]:
    for point in told.points:
        reason = f"<small>{outcome(point.claim)}</small>" if point.claim else ""
        yield f"<li>{rich(point.text)}{reason}</li>"


def mistakes(told: Account) -> str:
    """The wrong answers that are given, each with its own sentence."""
    items = "".join(f"<li>✗ <b>{plain(each.answer)}</b> {rich(each.says)}</li>" for each in told.mistakes)
    return f'<ul class="popis">{items}</ul>' if items else ""


def recollections(told: Account) -> str:
    """What others remembered, with the verdict on each; a list, because phones are narrow."""
    items = "".join(map(_remembered, told.ledger))
    return f'<ul class="popis">{items}</ul>' if items else ""


def _remembered(one: Remembered) -> str:
    said = f"<b>{rich(one.answer)}</b> " if one.answer else ""
    beside = f"<small>{rich(words.sentence(one.note))}</small>" if one.note else ""
    return f'<li>{said}{_verdict(one.verdict)} <span class="izvor">{plain(one.source)}</span>{beside}</li>'
