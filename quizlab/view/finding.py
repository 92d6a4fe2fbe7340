"""Verification on screen: the proof of one question with its ledger, and the state of banks at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quizlab.model import AnyQuestion, Bank, Claim, Finding, JudgedRecollection, OpenQuestion, OptionQuestion, Table
from quizlab.numbers import NARROW
from quizlab.telling import sentences, words
from quizlab.view import blocks, paragraphs, tables
from quizlab.view.screen import Screen

STYLES = {
    words.VERDICTS["confirmed"]: "green",
    words.VERDICTS["refuted"]: "red",
    **dict.fromkeys((words.VERDICTS[each] for each in ("incomplete", "depends", "disputed")), "yellow"),
}
"""How the words of a verdict look in a table."""


def whole(screen: Screen, question: AnyQuestion, finding: Finding, versions: Mapping[str, str]) -> None:
    """The proof of one question: what was asked, what was computed, and the verdict on every answer."""
    prompt = words.one_line(words.text(question.prompt, finding.parameters))
    if screen.plain:
        screen.line(words.sentence(f"{_outcome(finding)} {finding.id}: {prompt}"))
    else:
        screen.styled(f"{finding.id} · {prompt}", "bold")
    if finding.evidence:
        blocks.evidence(screen, finding.evidence, whole=True)
        screen.gap()
        blocks.claims(screen, unquoted(question, finding))
        screen.gap()
        _ledger(screen, ledger(question, finding))
        snippet(screen, finding)
    screen.gap()
    problems(screen, [finding])
    screen.gap()
    _computed(screen, finding, versions.get("torch", ""))


def _outcome(finding: Finding) -> str:
    """The verdict on the key, as a plain line begins with it."""
    return f"{words.VERDICTS[finding.verdict].upper()}."


def _computed(screen: Screen, finding: Finding, torch: str) -> None:
    """When and with what it was computed, if it was."""
    if not finding.evidence:
        screen.styled("Nije izračunato." if screen.plain else "nije izračunato", "dim")
        return
    computed = f"izračunato sada u {words.duration(finding.seconds)}"
    if screen.plain:
        screen.line(words.sentence(words.capital(computed) + (f", torch {torch}" if torch else "")))
    else:
        screen.styled(computed + (f" · torch {torch}" if torch else ""), "dim")


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


def ledger(question: AnyQuestion, finding: Finding) -> Table:
    """The verdict on the key, every option or key point, every mistake and every remembered answer."""
    rows: list[tuple[str, str, str, str]] = []
    if isinstance(question, OptionQuestion):
        rows += _options(question, finding)
    elif isinstance(question, OpenQuestion):
        rows += _points(question, finding)
    elif finding.value is not None or (finding.evidence and finding.evidence.cases):
        verdict = "confirmed" if not any(p.field == "answer" for p in finding.problems) else "refuted"
        found = words.value(finding.value)
        note = f"izračunato {found}" if found else f"u {cases(finding)}"
        rows.append(("ključ", words.key(finding.key), words.VERDICTS[verdict], note))
    for judged in finding.accepted:
        rows.append(("prihvaća se", judged.answer, words.VERDICTS[judged.verdict], ""))
    for index, one in enumerate(finding.recollections):
        note = why(question, finding, index)
        rows.append((f"prisjećanje {one.group}", remembered(one), words.VERDICTS[one.verdict], note))
    says = {mistake.tag: words.text(mistake.says, finding.parameters) for mistake in question.mistakes}
    for judged in finding.mistakes:
        answer = words.value(judged.value) or judged.answer
        rows.append(("pogreška", answer, words.VERDICTS[judged.verdict], says.get(judged.name, "")))
    return Table(("što", "odgovor", "presuda", "napomena"), tuple(rows))


def _options(question: OptionQuestion, finding: Finding) -> Iterator[tuple[str, str, str, str]]:
    """The options with what was measured of each."""
    keyed = {letter.strip() for letter in finding.key.split(",")}
    for judged in finding.options:
        option = question.options.get(judged.name)
        claim = measured(finding, option.claim) if option else None
        role = "ključ" if judged.name in keyed else "odgovor"
        yield f"{role} {judged.name}", judged.answer, words.VERDICTS[judged.verdict], claim.says if claim else ""


def _points(question: OpenQuestion, finding: Finding) -> Iterator[tuple[str, str, str, str]]:
    """The key points with what was measured of each."""
    for number, point in enumerate(question.points, 1):
        claim = measured(finding, point.claim)
        verdict = words.VERDICTS["confirmed" if claim.holds else "refuted"] if claim else ""
        yield f"točka {number}", words.text(point.text, finding.parameters), verdict, claim.says if claim else ""


def measured(finding: Finding, name: str) -> Claim | None:
    """The claim of that name, as it came out."""
    found = finding.evidence.claims if finding.evidence else ()
    return next((claim for claim in found if claim.name == name), None)


def why(question: AnyQuestion, finding: Finding, index: int) -> str:
    """The note on a remembered answer; where the bank has none, what was measured against it."""
    one = finding.recollections[index]
    asserted = question.recollections[index].claims
    against = [claim.says for name in asserted if (claim := measured(finding, name)) and not claim.holds]
    return one.note or "; ".join(against)


def unquoted(question: AnyQuestion, finding: Finding) -> list[Claim]:
    """The claims whose measurements the ledger does not quote already."""
    quoted = {note for *_, note in ledger(question, finding).rows}
    return [claim for claim in finding.evidence.claims if claim.says not in quoted] if finding.evidence else []


def cases(finding: Finding) -> str:
    """«12 izmjerenih slučajeva»."""
    number = len(finding.evidence.cases) if finding.evidence else 0
    return words.counted(number, "izmjerenom slučaju", "izmjerena slučaja", "izmjerenih slučajeva")


def in_short(question: AnyQuestion, finding: Finding) -> str:
    """The proof in a few words: what was measured of the key, the value, or how often the key held."""
    names: list[str] = []
    if isinstance(question, OptionQuestion):
        names = [question.options[letter.strip()].claim for letter in finding.key.split(",")]
    elif isinstance(question, OpenQuestion):
        names = [point.claim for point in question.points]
    elif finding.value is not None:
        return f"izračunato {words.value(finding.value)}"
    found = finding.evidence.claims if finding.evidence else ()
    held = [claim for claim in found if claim.holds]
    if claim := next((claim for claim in held if claim.name in names), next(iter(held), None)):
        return claim.says
    return f"ključ vrijedi u {cases(finding)}" if finding.evidence and finding.evidence.cases else ""


def remembered(one: JudgedRecollection) -> str:
    """What was remembered and, where that is an expression, what it comes to."""
    worth = words.value(one.value)
    plain = one.answer.replace(" ", "") == worth.replace(NARROW, "").replace(" ", "")
    return one.answer if not worth or plain else f"{one.answer} = {worth}"


def snippet(screen: Screen, finding: Finding) -> None:
    """Code that anyone can paste, and what it prints.

    The code starts at the edge and is never folded: what is copied from the screen runs.
    """
    if finding.evidence is None:
        return
    screen.gap()
    paragraphs.caption(screen, "Isječak koji ispisuje istu vrijednost (bez quizlaba):")
    screen.gap()
    for line in words.safe(finding.evidence.snippet.code).strip("\n").split("\n"):
        _verbatim(screen, line, "cyan")
    screen.gap()
    for line in words.safe(finding.evidence.snippet.prints).rstrip("\n").split("\n"):
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
    screen.styled(f"Provjereno: {number}, za {took}." if screen.plain else f"{number}, {took}", "dim")


def _doubtful(screen: Screen, banks: Sequence[Bank], by_id: Mapping[str, Finding]) -> None:
    """What was remembered and did not hold, with what speaks against it."""
    judged = [
        (finding.id, f"{one.group}: {remembered(one)}", one.verdict, why(question, finding, index))
        for bank in banks
        for question in bank.questions
        if (finding := by_id.get(question.id))
        for index, one in enumerate(finding.recollections)
        if one.verdict != "unanswered"
    ]
    wrong = [
        (name, said, words.VERDICTS[verdict], note) for name, said, verdict, note in judged if verdict != "confirmed"
    ]
    if not wrong:
        return
    screen.gap()
    head = f"Što se krivo ili nepotpuno pamtilo ({len(wrong)} od {len(judged)} zapamćenih odgovora)"
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
        for verdict, word in (("refuted", "opovrgnuto"), ("disputed", "sporno"), ("error", "nije izračunato"))
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
    screen.styled(f"{name:<{longest}}  {bar}{text}", "red" if bad else "yellow" if others else "green")


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
