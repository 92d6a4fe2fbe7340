"""The study guide in Markdown (CommonMark with GitHub's tables), with the proof behind every answer.

It is pure Markdown without HTML, so that it reads the same on GitHub, in an editor, printed, and as it is.
Each question goes from what one must know to what one may look up: question, answer, why, usual mistakes,
proof, code, and last what others remembered.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from quizlab.export.document import Document, Entry, Picture
from quizlab.export.escaping import emphasised, escaped, formula
from quizlab.export.headings import asked, bank_heading, by_bank, contents, heading
from quizlab.export.proofs import outcome, proof
from quizlab.export.tables import grid
from quizlab.model import OpenQuestion, OptionQuestion
from quizlab.variants import mistakes_of
from quizlab.view import words
from quizlab.view.finding import measured, remembered, why
from quizlab.wording import fill


def markdown(title: str, entries: Sequence[Entry]) -> Document:
    """The guide: a table of contents, then every question with its answer, proof and ledger."""
    made: dict[str, bytes] = {}
    lines = [f"# {escaped(title)}", "", *_summary(entries), *contents(title, entries)]
    for group in by_bank(entries):
        lines += [f"## {escaped(bank_heading(group[0]))}", ""]
        for entry in group:
            lines += _question(entry, made)
    pieces: list[str | Picture] = ["\n".join(lines).rstrip("\n") + "\n"]
    for start, name in zip(itertools.chain(["\n"], itertools.repeat("")), made, strict=False):
        pieces += [f"{start}[{name}]: ", Picture(name), "\n"]
    return Document(tuple(pieces), made)


def _summary(entries: Sequence[Entry]) -> Iterator[str]:
    """How many questions there are and how the proofs came out."""
    doubtful = sum(
        one.verdict not in ("confirmed", "unanswered") for each in entries for one in each.finding.recollections
    )
    confirmed = sum(each.finding.verdict == "confirmed" for each in entries)
    yield (
        f"Pitanja: {len(entries)}. Potvrđenih ključeva: {confirmed}. Krivo ili nepotpuno zapamćenih odgovora: "
        f"{doubtful}. Svaki je odgovor izračunat pokretanjem koda vježbe."
    )
    yield ""


def _question(entry: Entry, made: dict[str, bytes]) -> Iterator[str]:
    """One question from what is asked to what was remembered of it."""
    question, finding = entry.question, entry.finding
    yield f"### {escaped(heading(entry))}"
    yield ""
    yield emphasised(asked(entry))
    yield ""
    if isinstance(question, OptionQuestion):
        for letter, option in question.options.items():
            yield f"- {emphasised(letter)} {escaped(fill(option.text, finding.parameters))}"
        yield ""
    yield from _answer(entry)
    yield escaped(fill(question.explain, finding.parameters))
    yield ""
    yield from _wrong(entry)
    yield from proof(entry, made)
    yield from _ledger(entry)


def _answer(entry: Entry) -> Iterator[str]:
    """The key with its verdict and what was measured for it."""
    question, finding = entry.question, entry.finding
    verdict = words.VERDICTS[finding.verdict]
    if isinstance(question, OptionQuestion | OpenQuestion):
        yield "Odgovor:" if isinstance(question, OptionQuestion) else f"Što treba reći ({verdict}):"
        yield ""
    if isinstance(question, OpenQuestion):
        for number, point in enumerate(question.points, 1):
            claim = measured(finding, point.claim)
            yield f"{number}. {emphasised(fill(point.text, finding.parameters))}"
            if claim:
                yield f"   {outcome(claim)}"
    elif isinstance(question, OptionQuestion):
        for letter in finding.key.split(", "):
            option = question.options[letter]
            claim = measured(finding, option.claim)
            because = f" Izmjereno: {escaped(claim.says)}." if claim else ""
            yield f"- ✓ **{escaped(letter)}** {escaped(fill(option.text, finding.parameters))} ({verdict}).{because}"
    else:
        found = words.value(finding.value)
        yield f"Odgovor: **{formula(finding.key)}** ({verdict}{f', izračunato {escaped(found)}' if found else ''})"
    yield ""


def _wrong(entry: Entry) -> Iterator[str]:
    """The wrong paths with their own sentences, and what was measured against them."""
    question, finding = entry.question, entry.finding
    judged = {each.name: words.value(each.value) or each.answer for each in finding.mistakes}
    found = [(judged.get(each.tag, each.answer), each.says, "") for each in mistakes_of(question)]
    if isinstance(question, OptionQuestion):
        keyed = {letter.strip() for letter in finding.key.split(",")}
        for letter, option in question.options.items():
            claim = measured(finding, option.claim)
            if letter not in keyed:
                found.append((letter, option.says, claim.says if claim else ""))
    if not found:
        return
    yield "Česte pogreške:"
    yield ""
    for answer, says, against in found:
        because = f" Izmjereno: {escaped(against)}." if against else ""
        yield f"- ✗ **{formula(answer)}** {escaped(fill(says, finding.parameters))}{because}"
    yield ""


def _ledger(entry: Entry) -> Iterator[str]:
    """What others remembered, with the verdict on each."""
    question, finding = entry.question, entry.finding
    rows = []
    for index, one in enumerate(finding.recollections):
        note = escaped(why(question, finding, index))
        rows.append([escaped(_source(entry, one.group)), formula(remembered(one)), words.VERDICTS[one.verdict], note])
    for form in finding.accepted:
        rows.append(["priznaje se i", formula(form.answer), words.VERDICTS[form.verdict], ""])
    if rows:
        yield "#### Što se pamtilo"
        yield ""
        yield from grid(("izvor", "odgovor", "presuda", "napomena"), rows, (False,) * 4)


def _source(entry: Entry, name: str) -> str:
    """Where a recollection comes from, as its bank says it."""
    group = entry.bank.groups.get(name)
    if group is None:
        return name
    return f"{group.title}, {words.day(group.date)}" if group.date else group.title
