"""The part of the page that needs no script: the study guide, each question with its answer folded under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlab.export.document import Entry
from quizlab.export.headings import bank_heading, by_bank
from quizlab.export.html.proofs import Pictures, outcome, proof
from quizlab.export.html.text import plain, rich
from quizlab.model import OpenQuestion, OptionQuestion, Recollection
from quizlab.question.variants import mistakes_of
from quizlab.telling import words
from quizlab.view.finding import measured, remembered, why
from quizlab.view.listing import kind


def by_topic(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The entries of each topic, in the order in which topics first come up."""
    topics: dict[str, list[Entry]] = {}
    for each in entries:
        topics.setdefault(each.question.topic, []).append(each)
    return topics


def contents(entries: Sequence[Entry]) -> Iterator[str]:
    """The table of contents, folded."""
    yield '<nav aria-label="Sadržaj"><details id="contents"><summary>Sadržaj</summary>'
    for group in by_bank(entries):
        yield f"<p>{plain(bank_heading(group[0]))}</p><ul>"
        for each in (one for topic in by_topic(group).values() for one in topic):
            yield f'<li><a href="#{plain(anchor(each))}">{plain(each.question.id)}</a> <span>{_asked(each)}</span></li>'
        yield "</ul>"
    yield "</details></nav>"


def anchor(entry: Entry) -> str:
    """The id of a question's article: it stays the same in a newer page."""
    return "q-" + "".join(sign for sign in entry.question.id if not sign.isspace())


def guide(entries: Sequence[Entry], pictures: Pictures) -> Iterator[str]:
    """Every question under its bank and its topic."""
    for group in by_bank(entries):
        yield f'<section class="bank"><h2>{plain(bank_heading(group[0]))}</h2>'
        for topic, mine in by_topic(group).items():
            yield f'<section class="topic"><h3>{plain(words.capital(topic))}</h3>'
            for entry in mine:
                yield from article(entry, pictures)
            yield "</section>"
        yield "</section>"


def article(entry: Entry, pictures: Pictures) -> Iterator[str]:
    """One question from what is asked to what was remembered of it."""
    question, finding = entry.question, entry.finding
    yield (
        f'<article id="{plain(anchor(entry))}" data-id="{plain(question.id)}" data-bank="{plain(entry.bank.name)}"'
        f' data-topic="{plain(question.topic)}" data-kind="{plain(kind(question))}" data-verdict="{finding.verdict}">'
    )
    yield f'<h4><span class="id">{plain(question.id)}</span> {_asked(entry)}</h4>'
    if isinstance(question, OptionQuestion):
        yield '<ul class="options">'
        for letter, option in question.options.items():
            yield f"<li>{_letter(letter)} {rich(option.text, question.params)}</li>"
        yield "</ul>"
    yield f'<details class="answer"><summary>Odgovor</summary>{_stamp(finding.verdict)}'
    yield from _key(entry)
    yield f'<p class="why">{rich(question.explain, question.params)}</p>'
    yield from _mistakes(entry)
    yield from _ledger(entry)
    yield "<h5>Dokaz</h5>"
    yield from proof(question, finding, pictures)
    yield "</details></article>"


def _asked(entry: Entry) -> str:
    return rich(words.one_line(entry.question.prompt), entry.question.params)


def _letter(letter: str) -> str:
    return f'<b class="letter">{plain(letter)}</b>'


def _stamp(verdict: str) -> str:
    """A verdict, told apart by its word and not by colour alone."""
    return f'<span class="stamp {plain(verdict)}">{plain(words.VERDICTS[verdict])}</span>'


def _key(entry: Entry) -> Iterator[str]:
    """The key, with what was measured for it."""
    question, finding = entry.question, entry.finding
    if isinstance(question, OpenQuestion):
        yield "<p>Što treba reći:</p><ol>"
        for point in question.points:
            yield f"<li>{rich(point.text, question.params)}{_measured(entry, point.claim)}</li>"
        yield "</ol>"
    elif isinstance(question, OptionQuestion):
        yield '<ul class="options key">'
        for letter in finding.key.parts:
            option = question.options.get(letter)
            if option:
                text = rich(option.text, question.params)
                yield f"<li>{_letter(letter)} {text}{_measured(entry, option.claim)}</li>"
        yield "</ul>"
    else:
        found = words.value(finding.value)
        measure = f' <span class="measured">izračunato {plain(found)}</span>' if found else ""
        yield f'<p class="key">Točno: <strong>{plain(words.key(finding.key.text))}</strong>{measure}</p>'


def _measured(entry: Entry, claim: str) -> str:
    found = measured(entry.finding, claim) if claim else None
    return f'<span class="measured">{outcome(found)}</span>' if found else ""


def _mistakes(entry: Entry) -> Iterator[str]:
    """The wrong paths with their own sentences, and what was measured against them."""
    question, finding = entry.question, entry.finding
    judged = {each.name: words.value(each.value) or each.answer for each in finding.mistakes}
    found = [(judged.get(each.tag, each.answer), each.says, "") for each in mistakes_of(question)]
    if isinstance(question, OptionQuestion):
        keyed = set(finding.key.parts)
        found += [(one, each.says, each.claim) for one, each in question.options.items() if one not in keyed]
    if found:
        yield '<h5>Česte pogreške</h5><ul class="mistakes">'
        for answer, says, claim in found:
            sentence = rich(says, question.params)
            yield f"<li><b>{plain(words.key(answer))}</b> {sentence}{_measured(entry, claim)}</li>"
        yield "</ul>"


def _ledger(entry: Entry) -> Iterator[str]:
    """What others remembered, with the verdict on each."""
    question, finding = entry.question, entry.finding
    rows = [
        (_source(entry, one.group), remembered(one), _stamp(one.verdict), why(question, finding, index))
        for index, one in enumerate(finding.recollections)
    ]
    if not rows:
        rows = [(_source(entry, one.group), _said(one), _stamp("error"), one.note) for one in question.recollections]
    rows += [("priznaje se i", form.answer, _stamp(form.verdict), "") for form in finding.accepted]
    if rows:
        yield '<h5>Što se pamtilo</h5><div class="scroll" role="group" tabindex="0" aria-label="Što se pamtilo">'
        yield '<table class="ledger"><thead><tr><th scope="col">izvor</th><th scope="col">odgovor</th>'
        yield '<th scope="col">presuda</th><th scope="col">napomena</th></tr></thead><tbody>'
        for source, said, verdict, note in rows:
            yield f'<tr><th scope="row">{plain(source)}</th><td>{plain(words.one_line(said))}</td><td>{verdict}</td>'
            yield f"<td>{plain(words.one_line(note))}</td></tr>"
        yield "</tbody></table></div>"


def _said(one: Recollection) -> str:
    """A recollection that nobody has judged."""
    return one.answer or one.option


def _source(entry: Entry, name: str) -> str:
    """Where a recollection comes from, as its bank says it."""
    group = entry.bank.groups.get(name)
    if group is None:
        return name
    return f"{group.title}, {words.day(group.date)}" if group.date else group.title
