"""What the forum had wrong: every remembered answer that did not hold, beside what is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlab.export.document import Entry
from quizlab.export.escaping import escaped, filled, formula
from quizlab.export.headings import FORUM, Plan, link
from quizlab.model import JudgedRecollection, OpenQuestion, OptionQuestion
from quizlab.telling import words
from quizlab.view.finding import remembered, why


def doubtful(entry: Entry) -> list[int]:
    """Which remembered answers did not simply hold."""
    judged = enumerate(entry.finding.recollections)
    return [index for index, one in judged if one.verdict not in ("confirmed", "unanswered")]


def forum(entries: Sequence[Entry], plan: Plan) -> Iterator[str]:
    """The summary: a question with what was remembered wrong or incompletely, and what is right."""
    yield f"## {FORUM}"
    yield ""
    for entry in entries:
        wrong = doubtful(entry)
        if wrong:
            yield f"- {link(entry.question.id, plan.questions[entry.question.id])} {prompt(entry)}"
            yield from (f"  - {_remembered(entry, index)}" for index in wrong)
            what = "izračun podupire" if entry.finding.verdict == "disputed" else "točno"
            yield f"  - {what}: {right(entry)}{_others(entry)}"
    yield ""


def prompt(entry: Entry) -> str:
    """The question with its numbers."""
    return filled(entry.question.prompt, entry.finding.parameters)


def right(entry: Entry) -> str:
    """The right answer in one line; that of an open question is only begun."""
    question, finding = entry.question, entry.finding
    if isinstance(question, OpenQuestion):
        return filled(question.points[0].text, finding.parameters) + (" …" if len(question.points) > 1 else "")
    if isinstance(question, OptionQuestion):
        options = [question.options[letter] for letter in finding.key.parts]
        return "; ".join(filled(each.text, finding.parameters) for each in options)
    return formula(words.key(finding.key.text))


def source(entry: Entry, name: str) -> str:
    """Where a recollection comes from, as its bank says it."""
    group = entry.bank.groups.get(name)
    if group is None:
        return name
    return f"{group.title}, {words.day(group.date)}" if group.date else group.title


def _remembered(entry: Entry, index: int) -> str:
    one = entry.finding.recollections[index]
    note = words.phrase(why(entry.question, entry.finding, index))
    because = f": {escaped(note)}" if note else ""
    return (
        f"{formula(remembered(one))} ({escaped(source(entry, one.group))}) – **{words.VERDICTS[one.verdict]}**{because}"
    )


def _others(entry: Entry) -> str:
    """Who remembered it right: there the sources contradict each other."""
    held: list[JudgedRecollection] = [each for each in entry.finding.recollections if each.verdict == "confirmed"]
    names = dict.fromkeys(source(entry, each.group) for each in held)
    return f" – tako je zapamtio i netko drugi ({escaped('; '.join(names))})" if held else ""
