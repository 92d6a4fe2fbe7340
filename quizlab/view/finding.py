"""Verification on screen: the proof of one question with its ledger, and the state of banks at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quizlab.model import AnyQuestion, Bank, Claim, Finding, JudgedRecollection, OpenQuestion, OptionQuestion, Table
from quizlab.view import blocks, sentences, words
from quizlab.view.screen import Screen
from quizlab.wording import fill

STYLES = {
    words.VERDICTS["confirmed"]: "green",
    words.VERDICTS["refuted"]: "red",
    **dict.fromkeys((words.VERDICTS[each] for each in ("incomplete", "depends", "disputed")), "yellow"),
}
"""How the words of a verdict look in a table."""


def whole(screen: Screen, question: AnyQuestion, finding: Finding, versions: Mapping[str, str]) -> None:
    """The proof of one question: what was asked, what was computed, and the verdict on every answer."""
    prompt = words.one_line(fill(question.prompt, finding.parameters))
    screen.styled(f"{finding.id} · {prompt}", "bold")
    if finding.evidence:
        blocks.evidence(screen, finding.evidence, whole=True)
        beside = unquoted(question, finding)
        if beside:
            _space(screen)
        blocks.claims(screen, beside)
        _space(screen)
        _ledger(screen, ledger(question, finding))
        snippet(screen, finding)
    problems(screen, [finding])
    torch = versions.get("torch", "")
    computed = f"izračunato sada u {words.duration(finding.seconds)}" + (f" · torch {torch}" if torch else "")
    _space(screen)
    screen.styled(computed if finding.evidence else "nije izračunato", "dim")


def _space(screen: Screen) -> None:
    """An empty line between the parts of a screen; plain output has none."""
    if not screen.plain:
        screen.line()


def _ledger(screen: Screen, table: Table) -> None:
    """The ledger as a table; in plain mode a statement a row, the verdict first."""
    if not screen.plain:
        blocks.table(screen, table, STYLES, notes=True)
        return
    for what, answer, verdict, note in table.rows:
        said = f"{what}: {answer}" if answer else str(what)
        screen.line(f"{verdict or 'bez izračuna'}: {said}" + (f" ({note})" if note else ""))


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
    says = {mistake.tag: fill(mistake.says, finding.parameters) for mistake in question.mistakes}
    for judged in finding.mistakes:
        answer = words.value(judged.value) or judged.answer
        rows.append(("pogreška", answer, words.VERDICTS[judged.verdict], says.get(judged.name, "")))
    return Table(("što", "odgovor", "presuda", "napomena"), tuple(rows))


def _options(question: OptionQuestion, finding: Finding) -> Iterator[tuple[str, str, str, str]]:
    keyed = {letter.strip() for letter in finding.key.split(",")}
    for judged in finding.options:
        option = question.options.get(judged.name)
        claim = measured(finding, option.claim) if option else None
        role = "ključ" if judged.name in keyed else "odgovor"
        yield f"{role} {judged.name}", judged.answer, words.VERDICTS[judged.verdict], claim.says if claim else ""


def _points(question: OpenQuestion, finding: Finding) -> Iterator[tuple[str, str, str, str]]:
    for number, point in enumerate(question.points, 1):
        claim = measured(finding, point.claim)
        verdict = words.VERDICTS["confirmed" if claim.holds else "refuted"] if claim else ""
        yield f"točka {number}", fill(point.text, finding.parameters), verdict, claim.says if claim else ""


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


def remembered(one: JudgedRecollection) -> str:
    """What was remembered and, where that is an expression, what it comes to."""
    worth = words.value(one.value)
    plain = one.answer.replace(" ", "") == worth.replace(words.THIN, "").replace(" ", "")
    return one.answer if not worth or plain else f"{one.answer} = {worth}"


def snippet(screen: Screen, finding: Finding) -> None:
    """Code that anyone can paste, and what it prints.

    The code starts at the edge and is never folded: what is copied from the screen runs.
    """
    if finding.evidence is None:
        return
    _space(screen)
    blocks.caption(screen, "Isječak koji ispisuje istu vrijednost (bez quizlaba):")
    _space(screen)
    for line in words.safe(finding.evidence.snippet.code).strip("\n").split("\n"):
        _verbatim(screen, line, "cyan")
    _space(screen)
    for line in words.safe(finding.evidence.snippet.prints).rstrip("\n").split("\n"):
        _verbatim(screen, f"→ {line}", "bold")


def _verbatim(screen: Screen, line: str, style: str) -> None:
    """A line as it is, however long: the terminal breaks it on screen and joins it when it is copied."""
    if screen.plain:
        screen.raw(line.rstrip() + "\n")
    else:
        from rich.text import Text

        screen.console.print(Text(line.rstrip(), style=style), soft_wrap=True)


def problems(screen: Screen, findings: Sequence[Finding]) -> None:
    """Why findings are not confirmed, one sentence each."""
    for finding in findings:
        for problem in finding.problems:
            screen.styled(f"✗ {sentences.problem(problem)}", "red")


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
    _space(screen)
    screen.styled(f"{words.questions(len(findings))}, {words.duration(seconds)}", "dim")


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
    _space(screen)
    head = f"Što se krivo ili nepotpuno pamtilo ({len(wrong)} od {len(judged)} zapamćenih odgovora)"
    screen.styled(f"{head}:" if screen.plain else head, "bold")
    if screen.plain:
        for name, said, verdict, note in wrong:
            screen.line(f"{verdict}: {name}, {said}" + (f" ({note})" if note else ""))
    else:
        blocks.table(screen, Table(("pitanje", "zapamćeno", "presuda", "zašto"), tuple(wrong)), STYLES, notes=True)


def _bar(screen: Screen, name: str, findings: Sequence[Finding], longest: int) -> None:
    confirmed = sum(finding.verdict == "confirmed" for finding in findings)
    others = [
        f"{number} {word}"
        for verdict, word in (("refuted", "opovrgnuto"), ("disputed", "sporno"), ("error", "nije izračunato"))
        if (number := sum(finding.verdict == verdict for finding in findings))
    ]
    total = len(findings)
    text = ", ".join([f"{confirmed}/{total} potvrđeno", *others])
    if screen.plain:
        screen.line(f"{name}: {text}")
        return
    room = max(0, min(30, screen.width - longest - len(text) - 6))
    filled = room * confirmed // total  # full only when everything is
    bar = f"{'█' * filled}{'░' * (room - filled)}  " if room > 3 else ""
    bad = any(finding.verdict in ("refuted", "error") for finding in findings)
    screen.styled(f"{name:<{longest}}  {bar}{text}", "red" if bad else "yellow" if others else "green")


def variations(screen: Screen, findings: Sequence[Finding]) -> None:
    """How the keys did with other numbers: a line a question, and what failed with its numbers."""
    screen.line()
    for name in dict.fromkeys(finding.id for finding in findings):
        mine = [finding for finding in findings if finding.id == name]
        confirmed = sum(finding.verdict == "confirmed" for finding in mine)
        style = "green" if confirmed == len(mine) else "red"
        screen.styled(f"{name}: s drugim brojevima potvrđeno {confirmed}/{len(mine)}", style)
        for finding in mine:
            if finding.problems:
                screen.line(words.settings(finding.parameters))
                problems(screen, [finding])
