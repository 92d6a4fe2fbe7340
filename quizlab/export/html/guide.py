"""The part of the page that needs no script: the study guide, each question with its answer folded under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlab.export.document import Exported
from quizlab.export.headings import bank_heading, by_bank, by_topic
from quizlab.export.html.proofs import Pictures, outcome, proof
from quizlab.export.html.text import answer, plain, rich
from quizlab.model import Claim
from quizlab.telling import words
from quizlab.telling.account import Account


def contents(entries: Sequence[Exported]) -> Iterator[str]:
    """The table of contents, folded."""
    yield '<nav aria-label="Sadržaj"><details id="contents"><summary>Sadržaj</summary>'
    for group in by_bank(entries):
        yield f"<p>{plain(bank_heading(group[0]))}</p><ul>"
        for each in (one for topic in by_topic(group).values() for one in topic):
            link = f'<a href="#{plain(anchor(each))}">{plain(each.question.id)}</a>'
            yield f"<li>{link} <span>{rich(words.one_line(each.told.prompt))}</span></li>"
        yield "</ul>"
    yield "</details></nav>"


def anchor(entry: Exported) -> str:
    """The id of a question's article: it stays the same in a newer page."""
    return "q-" + "".join(sign for sign in entry.question.id if not sign.isspace())


def guide(entries: Sequence[Exported], pictures: Pictures) -> Iterator[str]:
    """Every question under its bank and its topic."""
    for group in by_bank(entries):
        yield f'<section class="bank"><h2>{plain(bank_heading(group[0]))}</h2>'
        for topic, mine in by_topic(group).items():
            yield f'<section class="topic"><h3>{plain(words.capital(topic))}</h3>'
            for entry in mine:
                yield from article(entry, pictures)
            yield "</section>"
        yield "</section>"


def article(entry: Exported, pictures: Pictures) -> Iterator[str]:
    """One question from what is asked to what was remembered of it."""
    told = entry.told
    yield (
        f'<article id="{plain(anchor(entry))}" data-id="{plain(told.id)}" data-bank="{plain(entry.bank.name)}"'
        f' data-topic="{plain(told.topic)}" data-kind="{plain(told.kind)}" data-verdict="{told.verdict}">'
    )
    yield f'<h4><span class="id">{plain(told.id)}</span> {rich(words.one_line(told.prompt))}</h4>'
    if told.options:
        yield '<ul class="options">'
        yield from (f"<li>{_letter(each.letter)} {rich(each.text)}</li>" for each in told.options)
        yield "</ul>"
    yield f'<details class="answer"><summary>Odgovor</summary>{_stamp(told.verdict)}'
    yield from _key(told)
    yield f'<p class="why">{rich(told.explain)}</p>'
    yield from _mistakes(told)
    yield from _ledger(told)
    yield "<h5>Dokaz</h5>"
    yield from proof(told, pictures)
    yield "</details></article>"


def _letter(letter: str) -> str:
    return f'<b class="letter">{plain(letter)}</b>'


def _stamp(verdict: str) -> str:
    """A verdict, told apart by its word and not by colour alone."""
    return f'<span class="stamp {plain(verdict)}">{plain(words.VERDICTS[verdict])}</span>'


def _key(told: Account) -> Iterator[str]:
    """The key, with what was measured for it."""
    if told.points:
        yield "<p>Što treba reći:</p><ol>"
        yield from (f"<li>{rich(each.text)}{_measured(each.claim)}</li>" for each in told.points)
        yield "</ol>"
    elif told.options:
        yield '<ul class="options key">'
        yield from (f"<li>{_letter(each.letter)} {rich(each.text)}{_measured(each.claim)}</li>" for each in told.right)
        yield "</ul>"
        for each in told.camps:
            yield f"<p>≈ {_letter(each.letter)} {rich(each.text)} (priznaje se). {rich(told.dispute)}</p>"
    else:
        measure = f' <span class="measured">izračunato {plain(told.value)}</span>' if told.value else ""
        yield f'<p class="key">Točno: <strong>{answer(told.key)}</strong>{measure}</p>'


def _measured(claim: Claim | None) -> str:
    return f'<span class="measured">{outcome(claim)}</span>' if claim else ""


def _mistakes(told: Account) -> Iterator[str]:
    """The wrong paths with their own sentences, and what was measured against them."""
    if told.wrong:
        yield '<h5>Moguće pogreške</h5><ul class="mistakes">'
        for each in told.wrong:
            yield f"<li><b>{answer(words.key(each.answer))}</b> {rich(each.says)}{_measured(each.claim)}</li>"
        yield "</ul>"


def _ledger(told: Account) -> Iterator[str]:
    """What others remembered, with the verdict on each."""
    if told.ledger:
        yield '<h5>Što se pamtilo</h5><div class="scroll" role="group" tabindex="0" aria-label="Što se pamtilo">'
        yield '<table class="ledger"><thead><tr><th scope="col">izvor</th><th scope="col">odgovor</th>'
        noted = any(each.note for each in told.ledger)
        head = '<th scope="col">napomena</th>' if noted else ""
        yield f'<th scope="col">presuda</th>{head}</tr></thead><tbody>'
        for each in told.ledger:
            said, note = answer(each.answer), rich(words.one_line(each.note))
            yield f'<tr><th scope="row">{plain(each.source)}</th><td>{said}</td><td>{_stamp(each.verdict)}</td>'
            yield f"<td>{note}</td></tr>" if noted else "</tr>"
        yield "</tbody></table></div>"
