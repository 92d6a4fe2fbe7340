"""The study guide in Markdown (CommonMark with GitHub's tables), with the proof behind every answer.

It is pure Markdown without HTML, so that it reads the same on GitHub, in an editor, printed, and as it is.
Each question goes from what one must know to what one may look up: question, answer, why, usual mistakes,
proof, code, and last what others remembered.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

from quizlab.export import images
from quizlab.export.document import Document, Entry, Picture
from quizlab.export.escaping import emphasised, escaped, formula
from quizlab.model import Atom, Block, Finding, Note, OpenQuestion, OptionQuestion, Plot, Table
from quizlab.view import words
from quizlab.view.blocks import cell_text, wide
from quizlab.view.finding import measured, remembered, unquoted, why
from quizlab.wording import fill

PADDED = 48
"""Columns up to which a column's cells are padded, so that the table reads well as it is."""


def markdown(title: str, entries: Sequence[Entry]) -> Document:
    """The guide: a table of contents, then every question with its answer, proof and ledger."""
    made: dict[str, bytes] = {}
    lines = [f"# {escaped(title)}", "", *_summary(entries), *_contents(title, entries)]
    for _, group in _by_bank(entries):
        lines += [f"## {escaped(_bank_heading(group[0]))}", ""]
        for entry in group:
            lines += _question(entry, made)
    pieces: list[str | Picture] = ["\n".join(lines).rstrip("\n") + "\n"]
    for start, name in zip(itertools.chain(["\n"], itertools.repeat("")), made, strict=False):
        pieces += [f"{start}[{name}]: ", Picture(name), "\n"]
    return Document(tuple(pieces), made)


def _by_bank(entries: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    for name, group in itertools.groupby(entries, key=lambda each: each.bank.name):
        yield name, list(group)


def _bank_heading(entry: Entry) -> str:
    return f"{entry.bank.name} · {entry.bank.title}"


def _heading(entry: Entry) -> str:
    return f"{entry.question.id} · {entry.question.topic}"


def _asked(entry: Entry) -> str:
    return fill(entry.question.prompt, entry.finding.parameters)


def _summary(entries: Sequence[Entry]) -> Iterator[str]:
    doubtful = sum(
        one.verdict not in ("confirmed", "unanswered") for each in entries for one in each.finding.recollections
    )
    confirmed = sum(each.finding.verdict == "confirmed" for each in entries)
    yield (
        f"Pitanja: {len(entries)}. Potvrđenih ključeva: {confirmed}. Krivo ili nepotpuno zapamćenih odgovora: "
        f"{doubtful}. Svaki je odgovor izračunat pokretanjem koda vježbe."
    )
    yield ""


def _contents(title: str, entries: Sequence[Entry]) -> Iterator[str]:
    """The table of contents; it counts the anchors as GitHub does, one after another."""
    seen: dict[str, int] = {}
    anchor(title, seen)
    for _, group in _by_bank(entries):
        yield f"- [{escaped(_bank_heading(group[0]))}](#{anchor(_bank_heading(group[0]), seen)})"
        for entry in group:
            yield f"  - [{escaped(entry.question.id)}](#{anchor(_heading(entry), seen)}) {escaped(_asked(entry))}"
    yield ""


def anchor(heading: str, seen: dict[str, int]) -> str:
    """The anchor that GitHub makes of a heading; one that was there before gets a number."""
    kept = (
        sign
        for sign in words.one_line(heading).lower()
        if sign in "- " or unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) in ("Nd", "Pc")
    )
    made = "".join(kept).replace(" ", "-")
    times = seen.get(made, 0)
    seen[made] = times + 1
    return f"{made}-{times}" if times else made


def _question(entry: Entry, made: dict[str, bytes]) -> Iterator[str]:
    question, finding = entry.question, entry.finding
    yield f"### {escaped(_heading(entry))}"
    yield ""
    yield emphasised(_asked(entry))
    yield ""
    if isinstance(question, OptionQuestion):
        for letter, option in question.options.items():
            yield f"- {emphasised(letter)} {escaped(fill(option.text, finding.parameters))}"
        yield ""
    yield from _answer(entry)
    yield escaped(fill(question.explain, finding.parameters))
    yield ""
    yield from _wrong(entry)
    yield from _proof(entry, made)
    yield from _ledger(entry)


def _answer(entry: Entry) -> Iterator[str]:
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
                yield f"   {_sign(holds=claim.holds)} {escaped(claim.says)}"
    elif isinstance(question, OptionQuestion):
        for letter in finding.key.split(", "):
            option = question.options[letter]
            claim = measured(finding, option.claim)
            proof = f" Izmjereno: {escaped(claim.says)}." if claim else ""
            yield f"- ✓ **{escaped(letter)}** {escaped(fill(option.text, finding.parameters))} ({verdict}).{proof}"
    else:
        found = words.value(finding.value)
        yield f"Odgovor: **{formula(finding.key)}** ({verdict}{f', izračunato {escaped(found)}' if found else ''})"
    yield ""


def _sign(*, holds: bool) -> str:
    return "✓" if holds else "○"


def _wrong(entry: Entry) -> Iterator[str]:
    """The wrong paths with their own sentences, and what was measured against them."""
    question, finding = entry.question, entry.finding
    values = {judged.name: judged.value for judged in finding.mistakes}
    found = [(words.value(values.get(each.tag)) or each.answer, each.says, "") for each in question.mistakes]
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
        proof = f" Izmjereno: {escaped(against)}." if against else ""
        yield f"- ✗ **{formula(answer)}** {escaped(fill(says, finding.parameters))}{proof}"
    yield ""


def _proof(entry: Entry, made: dict[str, bytes]) -> Iterator[str]:
    question, finding = entry.question, entry.finding
    if finding.evidence is None:
        return
    yield "#### Dokaz"
    yield ""
    for index, block in enumerate(finding.evidence.blocks):
        yield from _block(block, f"{question.id}-{index + 1}.svg", made)
    beside = unquoted(question, finding)
    for claim in beside:
        yield f"- {_sign(holds=claim.holds)} {escaped(claim.says)}"
    if beside:
        yield ""
    yield from _snippet(finding)


def _block(block: Block, name: str, made: dict[str, bytes]) -> Iterator[str]:
    if isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Plot):
        made[name] = images.svg(block)
        yield f"![{escaped(block.title)}][{name}]"
        yield ""
    elif isinstance(block, Note):
        yield escaped(block.text)
        yield ""


def _table(block: Table) -> Iterator[str]:
    if block.title:
        yield emphasised(block.title, "*")
        yield ""
    head = [escaped(name) for name in block.columns]
    rows = [[_cell(cell, bold=number in block.marked) for cell in row] for number, row in enumerate(block.rows)]
    if block.total:
        rows.append([_cell(cell, bold=True) for cell in block.total])
    right = [
        _is_numeric([row[at] for row in (*block.rows, *([block.total] if block.total else []))])
        for at in range(len(head))
    ]
    yield from _grid(head, rows, right)


def _cell(cell: Atom, *, bold: bool) -> str:
    return emphasised(cell_text(cell)) if bold else escaped(cell_text(cell))


def _is_numeric(cells: Sequence[Atom]) -> bool:
    """Whether a column holds numbers, which are set to the right."""
    numbers = [isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells if cell != ""]
    return bool(numbers) and all(numbers)


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> Iterator[str]:
    """A table whose columns, where they are not too wide, also stand straight in the source."""
    widths = [max(3, *map(wide, column)) for column in zip(head, *rows, strict=True)]
    widths = [width if width <= PADDED else 0 for width in widths]
    for row in (head, *rows):
        yield "| " + " | ".join(_padded(*each) for each in zip(row, widths, right, strict=True)) + " |"
        if row is head:
            rule = (
                f"{'-' * (max(3, width) - numeric)}{':' * numeric}"
                for width, numeric in zip(widths, right, strict=True)
            )
            yield "| " + " | ".join(rule) + " |"
    yield ""


def _padded(cell: str, width: int, numeric: bool) -> str:
    space = " " * (width - wide(cell))
    return space + cell if numeric else cell + space


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
        yield from _grid(("izvor", "odgovor", "presuda", "napomena"), rows, (False,) * 4)


def _source(entry: Entry, name: str) -> str:
    """Where a recollection comes from, as its bank says it."""
    group = entry.bank.groups.get(name)
    if group is None:
        return name
    return f"{group.title}, {words.day(group.date)}" if group.date else group.title


def _snippet(finding: Finding) -> Iterator[str]:
    if finding.evidence is None:
        return
    yield "Isječak koji ispisuje istu vrijednost:"
    yield ""
    yield from _fenced(finding.evidence.snippet.code, "python")
    yield "Ispis:"
    yield ""
    yield from _fenced(finding.evidence.snippet.prints, "text")


def _fenced(code: str, language: str) -> Iterator[str]:
    """A code block whose fence is longer than any run of backticks in it."""
    shown = words.safe(code)
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    yield fence + language
    yield from shown.rstrip("\n").split("\n")
    yield fence
    yield ""
