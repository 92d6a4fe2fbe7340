"""A judged thread in Markdown, to be posted where it came from: nothing in it is Markdown but what stands here."""

from __future__ import annotations

from collections.abc import Iterator

from quizlab.export.escaping import escaped
from quizlab.telling.thread import HEADS, NOTHING, SIGNS, VERDICTS, Account, Told, ranges


def thread_markdown(account: Account) -> str:
    """The account of a thread as a Markdown text."""
    return "\n".join(_lines(account)) + "\n"


def _lines(account: Account) -> Iterator[str]:
    if not (account.statements or account.new or account.unsure):
        yield NOTHING
        return
    yield f"**{escaped(account.summary)}**"
    if account.statements:
        yield f"\n### {HEADS['order']}\n"
    for told in account.statements:
        yield f"- {told.lines} · `{told.id}` {escaped(told.asked)}"
        yield f"  - {_said(told)}"
        yield from (f"  - {escaped(note)}" for note in told.notes)
    if account.against:
        yield f"\n### {HEADS['against']}\n"
    for name, sides in account.against:
        yield f"- {escaped(name)}"
        yield from (f"  - {one.lines}: {_said(one)}" for one in sides)
    if account.unsure:
        yield f"\n### {HEADS['unsure']}\n"
        yield from (f"- {one.lines}: {escaped(one.asked)} ({one.id})" for one in account.unsure)
    if account.new:
        yield f"\n### {HEADS['new']}\n"
        yield from (f"- {one.lines}: {escaped(one.asked)}" for one in account.new)
    if account.unmentioned:
        yield f"\n### {HEADS['unmentioned']}\n"
        yield escaped(ranges(account.unmentioned))


def _said(told: Told) -> str:
    verdict = f"{SIGNS[told.verdict]} **{VERDICTS[told.verdict]}**"
    return f"{verdict}: {escaped(told.answer)}" if told.answer else verdict
