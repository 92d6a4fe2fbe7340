"""Verification on screen: the proof of one question with its ledger, and the state of banks at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizlab.model import AnyQuestion, Bank, Claim, Finding, Snippet, Table
from quizlab.telling import sentences, words
from quizlab.telling.account import Account
from quizlab.telling.maths import readable
from quizlab.telling.told import told
from quizlab.view import blocks, paragraphs, tables
from quizlab.view.screen import Screen

STYLES = {
    words.VERDICTS["confirmed"]: "green",
    words.VERDICTS["refuted"]: "red",
    **dict.fromkeys((words.VERDICTS[each] for each in ("incomplete", "depends", "disputed")), "magenta"),
}
"""How the words of a verdict look in a table: in colours that do not fade on white."""

SHORTEST = 0.05
"""Seconds below which a tenth of one would be said to be none."""


def whole(screen: Screen, question: AnyQuestion, finding: Finding, versions: Mapping[str, str]) -> None:
    """The proof of one question: what was asked, what was computed, and the verdict on every answer."""
    account = told(question, finding)
    prompt = words.one_line(readable(account.prompt))
    if screen.plain:
        screen.line(words.sentence(f"{_outcome(finding)} {finding.id}: {prompt}"))
    else:
        screen.styled(f"{finding.id} · {prompt}", "bold")
    if finding.evidence:
        blocks.evidence(screen, finding.evidence, whole=True)
        screen.gap()
        blocks.claims(screen, account.claims)
        screen.gap()
        _ledger(screen, ledger(account))
        snippet(screen, finding.evidence.snippet)
    screen.gap()
    problems(screen, [finding])
    screen.gap()
    _computed(screen, finding, versions.get("torch", ""))


def _outcome(finding: Finding) -> str:
    """The verdict on the key, as a plain line begins with it."""
    return f"{words.VERDICTS[finding.verdict].upper()}."


def _computed(screen: Screen, finding: Finding, torch: str) -> None:
    """When and with what it was computed, if it was."""
    if finding.verdict == "unproved" and not finding.evidence:
        screen.styled(
            "Nedokazano: pitanje nema dokaza." if screen.plain else "nedokazano: pitanje nema dokaza", "yellow"
        )
        return
    if not finding.evidence:
        screen.styled("Nije izračunato." if screen.plain else "nije izračunato")
        return
    if finding.recorded:
        recorded(screen, finding)
        return
    took = words.duration(finding.seconds) if finding.seconds >= SHORTEST else "manje od 0,1 s"
    computed = f"izračunato sada za {took}"
    if screen.plain:
        screen.line(words.sentence(words.capital(computed) + (f", torch {torch}" if torch else "")))
    else:
        screen.styled(computed + (f" · torch {torch}" if torch else ""))


def recorded(screen: Screen, finding: Finding) -> None:
    """That a proof was recorded earlier; nothing for one that was computed live."""
    if said := words.recorded(finding.recorded):
        screen.styled(words.capital(said) if screen.plain else said)


def _ledger(screen: Screen, table: Table) -> None:
    """The ledger as a table; in plain mode a line a row, the verdict first."""
    if not screen.plain:
        tables.table(screen, table, STYLES, notes=True)
        return
    for what, answer, verdict, note in table.rows:
        said = words.capital(f"{what}: {answer}" if answer else str(what))
        _judged(screen, str(verdict) or "bez izračuna", said, str(note))


def _judged(screen: Screen, verdict: str, said: str, note: str) -> None:
    """A line of a plain ledger: the verdict, what was judged, and why it came out so."""
    parts = [f"{verdict.upper()}.", words.sentence(said)]
    screen.line(" ".join([*parts, words.sentence(f"Zašto: {note}")] if note else parts))


def ledger(told: Account) -> Table:
    """The verdict on the key, every option or key point, every mistake and every remembered answer."""
    rows: list[tuple[str, str, str, str]] = []
    for each in told.options:
        role = "ključ" if each.right else "odgovor"
        rows.append((f"{role} {each.letter}", readable(each.text), words.VERDICTS[each.verdict], _says(each.claim)))
    for number, point in enumerate(told.points, 1):
        verdict = words.VERDICTS["confirmed" if point.claim.holds else "refuted"] if point.claim else ""
        rows.append((f"točka {number}", readable(point.text), verdict, _says(point.claim)))
    if told.measured and not rows:
        verdict = "unproved" if told.verdict == "unproved" else "confirmed" if told.holds else "refuted"
        rows.append(("ključ", told.key, words.VERDICTS[verdict], told.measured))
    rows += [("prihvaća se", each.answer, words.VERDICTS[each.verdict], "") for each in told.accepted]
    rows += [
        (f"prisjećanje {each.group}", readable(each.answer), words.VERDICTS[each.verdict], readable(each.note))
        for each in told.remembered
    ]
    rows += [("pogreška", each.answer, words.VERDICTS[each.verdict], readable(each.says)) for each in told.mistakes]
    return Table(("što", "odgovor", "presuda", "napomena"), tuple(rows))


def _says(claim: Claim | None) -> str:
    return claim.says if claim else ""


def snippet(screen: Screen, found: Snippet) -> None:
    """Code that anyone can paste, and what it prints.

    The code starts at the edge and is never folded: what is copied from the screen runs.
    """
    screen.gap()
    paragraphs.caption(screen, f"{words.snippet(found)} (bez quizlaba):")
    screen.gap()
    for line in words.safe(found.code).strip("\n").split("\n"):
        _verbatim(screen, line, "")
    screen.gap()
    for line in words.safe(found.prints).rstrip("\n").split("\n"):
        _verbatim(screen, f"Ispis: {line}" if screen.plain else f"→ {line}", "bold")


def _verbatim(screen: Screen, line: str, style: str) -> None:
    """A line as it is, however long: the terminal breaks it on screen and joins it when it is copied."""
    if screen.plain:
        screen.raw(line.rstrip() + "\n")
    else:
        screen.pieces([(line, style)])


def problems(screen: Screen, findings: Sequence[Finding]) -> None:
    """Why findings are not confirmed, one sentence each."""
    for finding in findings:
        for problem in finding.problems:
            sentence = sentences.problem(problem)
            if screen.plain:
                screen.line(f"{_outcome(finding)} {sentence}")
            else:
                paragraphs.verdict(screen, "✗", sentence, "red")


def glance(screen: Screen, banks: Sequence[Bank], findings: Sequence[Finding], seconds: float) -> None:
    """The state of the banks: a bar each, what the forum had wrong, and how long it took."""
    by_id = {finding.id: finding for finding in findings}
    mine = {bank.name: [by_id[each.id] for each in bank.questions if each.id in by_id] for bank in banks}
    longest = max((len(name) for name, found in mine.items() if found), default=0)
    for name, found in mine.items():
        if found:
            _bar(screen, name, found, longest)
    problems(screen, findings)
    _doubtful(screen, banks, by_id)
    screen.gap()
    number, took = words.questions(len(findings)), words.duration(seconds)
    screen.styled(f"Provjereno: {number}, za {took}." if screen.plain else f"{number}, {took}")


def _doubtful(screen: Screen, banks: Sequence[Bank], by_id: Mapping[str, Finding]) -> None:
    """What was remembered and did not hold, with what speaks against it."""
    judged = [
        (question.id, one)
        for bank in banks
        for question in bank.questions
        if question.id in by_id
        for one in told(question, by_id[question.id]).remembered
        if one.verdict not in ("unanswered", "error", "unproved")
    ]
    wrong = [
        (name, f"{one.group}: {readable(one.answer)}", words.VERDICTS[one.verdict], readable(one.note))
        for name, one in judged
        if one.doubtful
    ]
    if not wrong:
        return
    screen.gap()
    head = f"Što se krivo ili nepotpuno pamtilo ({len(wrong)} od ukupno {len(judged)})"
    screen.styled(f"{head}:" if screen.plain else head, "bold")
    if screen.plain:
        for name, said, verdict, note in wrong:
            _judged(screen, verdict, f"{name}, prisjećanje {said}", note)
    else:
        tables.table(screen, Table(("pitanje", "zapamćeno", "presuda", "zašto"), tuple(wrong)), STYLES, notes=True)


def _bar(screen: Screen, name: str, findings: Sequence[Finding], longest: int) -> None:
    """The state of one bank: how much of it is confirmed, and what came of the rest."""
    confirmed = sum(finding.verdict == "confirmed" for finding in findings)
    others = [
        f"{number} {word}"
        for verdict, word in (
            ("refuted", "opovrgnuto"),
            ("disputed", "sporno"),
            ("error", "nije izračunato"),
            ("unproved", "nedokazano"),
        )
        if (number := sum(finding.verdict == verdict for finding in findings))
    ]
    total = len(findings)
    if screen.plain:
        screen.line(f"{name}: {', '.join([f'potvrđeno {confirmed} od {total}', *others])}.")
        return
    text = ", ".join([f"{confirmed}/{total} potvrđeno", *others])
    room = max(0, min(30, screen.width - longest - len(text) - 6))
    filled = room * confirmed // total  # full only when everything is
    bar = f"{'█' * filled}{'░' * (room - filled)}  " if room > 3 else ""
    bad = any(finding.verdict in ("refuted", "error") for finding in findings)
    screen.styled(f"{name:<{longest}}  {bar}{text}", "red" if bad else "magenta" if others else "green")


def variations(screen: Screen, findings: Sequence[Finding]) -> None:
    """How the keys did with other numbers: a line a question, and what failed with its numbers."""
    screen.gap()
    for name in dict.fromkeys(finding.id for finding in findings):
        mine = [finding for finding in findings if finding.id == name]
        confirmed, total = sum(finding.verdict == "confirmed" for finding in mine), len(mine)
        share = f"{confirmed} od {total}." if screen.plain else f"{confirmed}/{total}"
        screen.styled(f"{name}: s drugim brojevima potvrđeno {share}", "green" if confirmed == total else "red")
        for finding in mine:
            if finding.problems:
                numbers = words.settings(finding.parameters)
                screen.line(f"{name} uz {numbers}:" if screen.plain else numbers)
                problems(screen, [finding])
