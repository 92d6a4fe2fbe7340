"""The answer to a question in Markdown: key, why, wrong paths, what was remembered, other numbers, proof."""

from __future__ import annotations

from collections.abc import Iterator

from quizlab.export.document import Entry, Variant
from quizlab.export.escaping import escaped, filled, formula
from quizlab.export.forum import source
from quizlab.export.proofs import outcome, proof
from quizlab.export.tables import grid
from quizlab.model import OpenQuestion, OptionQuestion, Recollection
from quizlab.question.variants import mistakes_of
from quizlab.telling import sentences, words
from quizlab.view.finding import measured, remembered, why


def solution(entry: Entry, made: dict[str, bytes]) -> Iterator[str]:
    """The whole answer; the images it needs are added to ``made``."""
    yield from _answer(entry)
    yield from _problems(entry)
    yield filled(entry.question.explain, entry.finding.parameters)
    yield ""
    yield from _wrong(entry)
    yield from _ledger(entry)
    yield from _variants(entry)
    yield from proof(entry, made)


def _answer(entry: Entry) -> Iterator[str]:
    """The key with its verdict and what was measured for it."""
    question, finding = entry.question, entry.finding
    verdict = words.VERDICTS[finding.verdict]
    if isinstance(question, OpenQuestion):
        yield f"Što treba reći ({verdict}):"
        yield ""
        for number, point in enumerate(question.points, 1):
            claim = measured(finding, point.claim)
            yield f"{number}. {filled(point.text, finding.parameters, '**')}"
            if claim:
                yield f"   {outcome(claim)}"
    elif isinstance(question, OptionQuestion):
        yield "Odgovor:"
        yield ""
        for letter in finding.key.parts:
            option = question.options[letter]
            claim = measured(finding, option.claim)
            because = f" Izmjereno: {escaped(claim.says)}." if claim else ""
            yield f"- ✓ **{escaped(letter)}** {filled(option.text, finding.parameters)} ({verdict}).{because}"
    else:
        found = words.value(finding.value)
        computed = f", izračunato {escaped(found)}" if found else ""
        yield f"Odgovor: **{formula(words.key(finding.key.text))}** ({verdict}{computed})"
    yield ""


def _problems(entry: Entry) -> Iterator[str]:
    """Why the key is not confirmed; where there is no evidence, the proof says it."""
    if entry.finding.evidence and entry.finding.problems:
        yield from (f"- ✗ {escaped(sentences.say(each.code, each.args))}" for each in entry.finding.problems)
        yield ""


def _wrong(entry: Entry) -> Iterator[str]:
    """The wrong paths with their own sentences, and what was measured against them."""
    question, finding = entry.question, entry.finding
    judged = {each.name: words.value(each.value) or each.answer for each in finding.mistakes}
    found = [(judged.get(each.tag, each.answer), each.says, "") for each in mistakes_of(question)]
    if isinstance(question, OptionQuestion):
        keyed = set(finding.key.parts)
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
        yield f"- ✗ **{formula(answer)}** {filled(says, finding.parameters)}{because}"
    yield ""


def _ledger(entry: Entry) -> Iterator[str]:
    """What others remembered, with the verdict on each."""
    question, finding = entry.question, entry.finding
    rows = []
    for index, one in enumerate(finding.recollections):
        note = escaped(why(question, finding, index))
        rows.append([escaped(source(entry, one.group)), formula(remembered(one)), words.VERDICTS[one.verdict], note])
    for each in () if finding.recollections else question.recollections:  # not judged, so only told
        said = _said(entry, each)
        rows.append([escaped(source(entry, each.group)), said, words.VERDICTS["error" if said else "unanswered"], ""])
    for form in finding.accepted:
        rows.append(["priznaje se i", formula(form.answer), words.VERDICTS[form.verdict], ""])
    if rows:
        yield "**Što se pamtilo**"
        yield ""
        yield from grid(("izvor", "odgovor", "presuda", "napomena"), rows, (False,) * 4)


def _said(entry: Entry, one: Recollection) -> str:
    if one.option and not one.answer and isinstance(entry.question, OptionQuestion):
        return filled(entry.question.options[one.option].text, entry.finding.parameters)
    return formula(one.answer)


def _variants(entry: Entry) -> Iterator[str]:
    """The answers with other numbers."""
    if not entry.variants:
        return
    rows = [
        [escaped(_numbers(entry, each)), _key(each), words.VERDICTS[each.finding.verdict]] for each in entry.variants
    ]
    yield "**S drugim brojevima**"
    yield ""
    yield from grid(("brojevi", "odgovor", "presuda"), rows, (False,) * 3)


def _numbers(entry: Entry, variant: Variant) -> str:
    return words.settings({name: variant.finding.parameters[name] for name in entry.question.variants})


def _key(variant: Variant) -> str:
    question, finding = variant.question, variant.finding
    if isinstance(question, OptionQuestion):
        return "; ".join(filled(question.options[each].text, finding.parameters) for each in finding.key.parts)
    return formula(words.key(finding.key.text))
