"""What is said after an answer: the verdict, how it was understood, the one sentence that helps."""

from __future__ import annotations

from collections.abc import Iterable

from quizlab.answers import Unreadable
from quizlab.model import AnyQuestion, OpenQuestion, OptionQuestion, kind_of
from quizlab.question.grading import Graded
from quizlab.question.key import key_of
from quizlab.telling import sentences, words
from quizlab.telling.maths import readable
from quizlab.view import paragraphs
from quizlab.view.screen import Screen

STYLES = {"right": "green", "wrong": "red", "partial": "magenta"}
"""Readable on black and on white."""


TYPED = str.maketrans({"−": "-", "·": "*", "²": "**2", "³": "**3", ",": "."})
"""How signs that few keyboards have are typed."""

LONGEST = 40
"""Characters of a typed answer that is quoted."""


def outcome_word(outcome: str) -> str:
    """«točno», «krivo», «djelomično» or «nečitljivo»."""
    return words.OUTCOMES.get(outcome, "nečitljivo")


def unreadable_sentence(question: AnyQuestion, typed: str, found: Unreadable) -> str:
    """Why an answer could not be read and what to type instead."""
    return sentences.unreadable(found.code, {"typed": typed, **found.args}, found.part, kind_of(question))


def graded(screen: Screen, question: AnyQuestion, result: Graded, typed: str) -> None:
    """The verdict on an answer, its diagnosis, the key and the explanation."""
    if screen.plain:
        _plain(screen, question, result, typed)
        return
    verdict(screen, question, result)
    for paragraph in (*beside(result), _explanation(question)):
        screen.gap()
        screen.line(paragraph)


def verdict(screen: Screen, question: AnyQuestion, result: Graded, points: int | None = None) -> None:
    """How an answer came out, its diagnosis, and the key or so many of the points that were missing (None: all)."""
    said = _verdict(question, result) or f"{words.OUTCOMES[result.outcome]}."
    sign, style = words.SIGNS[result.outcome], STYLES[result.outcome]
    read = "" if isinstance(question, OpenQuestion) else f"{words.echo(result.understood)} — "
    paragraphs.verdict(screen, sign, read + (said if read else words.capital(said)), f"bold {style}")
    if isinstance(question, OpenQuestion):
        if result.missing:
            paragraphs.caption(screen, "Nedostaje:", "green")
        _listed(screen, _points(question, result.missing), points)
    elif result.outcome != "right":
        paragraphs.caption(screen, right(question), "green")


def unanswered(screen: Screen, question: AnyQuestion) -> None:
    """A question left without an answer: the key (or all key points) and the explanation."""
    if screen.plain:
        points = _every_point(question)
        screen.line("BEZ ODGOVORA." if points else f"BEZ ODGOVORA. {words.sentence(right(question))}")
        for number, text in points:
            screen.line(words.sentence(f"Točka {number}: {text}"))
        screen.line(words.sentence(f"Objašnjenje: {_explanation(question)}"))
        return
    unanswered_verdict(screen, question)
    screen.gap()
    screen.line(_explanation(question))


def unanswered_verdict(screen: Screen, question: AnyQuestion, points: int | None = None) -> None:
    """That no answer was given, with the key or so many of the key points (None: all)."""
    whole = _every_point(question)
    paragraphs.verdict(screen, "–", "bez odgovora.", "bold")
    paragraphs.caption(screen, "Trebalo je reći:" if whole else right(question), "green")
    _listed(screen, whole, points)


def _listed(screen: Screen, points: list[tuple[str, str]], most: int | None) -> None:
    """So many points, each whole, and the numbers of those for which there is no room."""
    most = len(points) if most is None else most
    for number, text in points[:most]:
        paragraphs.hanging(screen, number, text, "green")
    if rest := ", ".join(number for number, _ in points[most:]):
        paragraphs.caption(screen, f"i točke {rest} (p ih pokazuje)" if most else f"točke {rest} (p ih pokazuje)", "")


def _plain(screen: Screen, question: AnyQuestion, result: Graded, typed: str) -> None:
    """The verdict first, in capitals, with all that belongs to it; then a line for each other statement."""
    parts = [f"{words.OUTCOMES[result.outcome].upper()}."]
    if understood_otherwise(typed, result.understood):
        parts.append(words.sentence(f"Pročitano kao: {words.echo(result.understood)}"))
    if said := _verdict(question, result):
        parts.append(words.sentence(words.capital(said)))
    if result.outcome != "right" and not isinstance(question, OpenQuestion):
        parts.append(words.sentence(right(question)))
    screen.line(" ".join(parts))
    if isinstance(question, OpenQuestion):
        for number, text in _points(question, result.missing):
            screen.line(words.sentence(f"Nedostaje točka {number}: {text}"))
    for line in beside(result):
        screen.line(words.sentence(line))
    screen.line(words.sentence(f"Objašnjenje: {_explanation(question)}"))


def read_as(typed: str, result: Graded) -> str:
    """How an answer was read, where that is not what was typed; empty where it is, or where the answer is long."""
    shown = words.one_line(typed)
    if len(shown) > LONGEST or not understood_otherwise(typed, result.understood):
        return ""
    return f"Upisano „{shown}” pročitano je kao {words.echo(result.understood)}."


def understood_otherwise(typed: str, understood: str) -> bool:
    """Whether the echo says anything that the typed text does not; how its signs are set is nothing."""
    one, other = ("".join(text.translate(TYPED).split()).casefold() for text in (typed, understood))
    return one != other


def _verdict(question: AnyQuestion, result: Graded) -> str:
    """What is said of the answer besides its outcome; nothing where the outcome says all."""
    if result.outcome == "right":
        return ""
    if isinstance(question, OpenQuestion):
        said = len(question.points) - len(result.missing)
        return f"rečeno: {said} od {words.counted(len(question.points), 'točke', 'točke', 'točaka')}."
    if result.says:
        return readable(result.says)
    return "nisu svi točni odgovori označeni." if result.outcome == "partial" else ""


def _points(question: OpenQuestion, numbers: Iterable[int]) -> list[tuple[str, str]]:
    """Key points, each with its number."""
    return [(str(number), words.text(question.points[number - 1].text, question.params)) for number in numbers]


def _every_point(question: AnyQuestion) -> list[tuple[str, str]]:
    return _points(question, range(1, len(question.points) + 1)) if isinstance(question, OpenQuestion) else []


def right(question: AnyQuestion) -> str:
    """What would have been right; options with their texts."""
    key = key_of(question)
    if isinstance(question, OptionQuestion):
        said = {letter: words.text(question.options[letter].text, question.params) for letter in key.parts}
        return "Točno: " + "; ".join(f"{letter} – {words.phrase(text)}" for letter, text in said.items())
    return f"Točno: {words.key(key.text)}"


def beside(result: Graded) -> list[str]:
    """What belongs beside the verdict: the other camp of a dispute, the general case of a special answer."""
    other = [readable(result.says)] if result.outcome == "right" and result.says else []
    return [*other, *special(result)]


def special(result: Graded) -> list[str]:
    """Of which general answer a special one is a case."""
    return [f"To je slučaj {symbol} = {size}; općenito je {result.key}." for symbol, size in result.special.items()]


def _explanation(question: AnyQuestion) -> str:
    return words.one_line(words.text(question.explain, question.params))
