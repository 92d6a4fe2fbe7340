"""The answer to a question in Markdown: key, why, wrong paths, what was remembered, other numbers, proof."""

from __future__ import annotations

from collections.abc import Iterator

from quizlab.export.document import Exported
from quizlab.export.escaping import escaped, formula, remembered, rich
from quizlab.export.forum import right
from quizlab.export.proofs import outcome, proof
from quizlab.export.tables import grid
from quizlab.telling import words
from quizlab.telling.account import Account


def solution(entry: Exported, made: dict[str, bytes]) -> Iterator[str]:
    """The whole answer; the images it needs are added to ``made``."""
    told = entry.told
    yield from _answer(told)
    if told.snippet and told.problems:  # without evidence the proof says it
        yield from (f"- ✗ {escaped(each)}" for each in told.problems)
        yield ""
    yield rich(told.explain)
    yield ""
    yield from _wrong(told)
    yield from _ledger(told)
    yield from _variants(entry)
    yield from proof(told, made)


def _answer(told: Account) -> Iterator[str]:
    """The key with its verdict and what was measured for it."""
    verdict = words.VERDICTS[told.verdict]
    if told.points:
        yield f"Što treba reći ({verdict}):"
        yield ""
        for number, point in enumerate(told.points, 1):
            yield f"{number}. {rich(point.text, '**')}"
            if point.claim:
                yield f"   {outcome(point.claim)}"
    elif told.options:
        yield "Odgovor:"
        yield ""
        for each in told.right:
            because = f" Izmjereno: {escaped(each.claim.says)}." if each.claim else ""
            yield f"- ✓ **{escaped(each.letter)}** {rich(words.phrase(each.text))} ({verdict}).{because}"
        for each in told.camps:
            yield f"- ≈ **{escaped(each.letter)}** {rich(words.phrase(each.text))} (priznaje se). {rich(told.dispute)}"
    else:
        computed = f", izračunato {escaped(told.value)}" if told.value else ""
        yield f"Odgovor: **{formula(told.key)}** ({verdict}{computed})"
    yield ""


def _wrong(told: Account) -> Iterator[str]:
    """The wrong paths with their own sentences, and what was measured against them."""
    if not told.wrong:
        return
    yield "Moguće pogreške:"
    yield ""
    for each in told.wrong:
        because = f" Izmjereno: {escaped(each.claim.says)}." if each.claim else ""
        yield f"- ✗ **{formula(each.answer)}** {rich(each.says)}{because}"
    yield ""


def _ledger(told: Account) -> Iterator[str]:
    """What others remembered, with the verdict on each."""
    rows = [
        [escaped(each.source), remembered(each.answer), words.VERDICTS[each.verdict], rich(each.note)]
        for each in told.ledger
    ]
    if rows:
        yield "**Što se pamtilo**"
        yield ""
        width = 4 if any(each[3] for each in rows) else 3
        yield from grid(
            ("izvor", "odgovor", "presuda", "napomena")[:width], [each[:width] for each in rows], (False,) * width
        )


def _variants(entry: Exported) -> Iterator[str]:
    """The answers with other numbers."""
    if not entry.variants:
        return
    rows = []
    for each in entry.variants:
        numbers = words.settings({name: each.finding.parameters[name] for name in entry.question.variants})
        rows.append([escaped(numbers), right(each.told), words.VERDICTS[each.finding.verdict]])
    yield "**S drugim brojevima**"
    yield ""
    yield from grid(("brojevi", "odgovor", "presuda"), rows, (False,) * 3)
