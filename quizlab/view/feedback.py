"""What is said after an answer: the verdict, how it was understood, the one sentence that helps."""

from __future__ import annotations

from quizlab.answers import Unreadable
from quizlab.grading import Graded
from quizlab.model import AnyQuestion, OpenQuestion, OptionQuestion
from quizlab.view import blocks, sentences, words
from quizlab.view.screen import Screen
from quizlab.wording import fill

SIGNS = {"right": ("✓", "green"), "wrong": ("✗", "red"), "partial": ("◐", "yellow")}


def outcome_word(outcome: str) -> str:
    """«točno», «krivo», «djelomično» or «nečitljivo»."""
    return words.OUTCOMES.get(outcome, "nečitljivo")


def unreadable_sentence(question: AnyQuestion, typed: str, found: Unreadable) -> str:
    """Why an answer could not be read and what to type instead."""
    kind = str(question.__struct_config__.tag)
    return sentences.unreadable(found.code, {"typed": typed, **found.args}, found.part, kind)


def graded(screen: Screen, question: AnyQuestion, result: Graded, typed: str) -> None:
    """The verdict on an answer, its diagnosis, the key and the explanation."""
    if screen.plain:
        _plain(screen, question, result, typed)
        return
    sign, style = SIGNS[result.outcome]
    screen.styled(f"{sign} {words.one_line(result.understood)} — {_verdict(question, result)}", f"bold {style}")
    if isinstance(question, OpenQuestion):
        _missing(screen, question, result)
    elif result.outcome != "right":
        screen.styled(_key(question, result), "green")
    screen.line()
    for line in _beside(question, result):
        screen.line(line)


def _missing(screen: Screen, question: OpenQuestion, result: Graded) -> None:
    """The key points that were not said, each on its own."""
    if result.missing:
        screen.styled("Nedostaje:", "green")
    for number in result.missing:
        blocks.hanging(screen, str(number), fill(question.points[number - 1].text, question.params), "green")


def _plain(screen: Screen, question: AnyQuestion, result: Graded, typed: str) -> None:
    """One line: the verdict first, in capitals, for screen readers and logs."""
    parts = [f"{words.OUTCOMES[result.outcome].upper()}."]
    if understood_otherwise(typed, result.understood):
        parts.append(f"Razumio sam: {result.understood}.")
    if result.says and result.outcome != "right":
        parts.append(result.says)
    if result.outcome != "right":
        parts.append(_key(question, result))
    parts += _beside(question, result)
    screen.line(" ".join(parts))


def understood_otherwise(typed: str, understood: str) -> bool:
    """Whether the echo says anything that the typed text does not."""
    return "".join(typed.split()).casefold() != "".join(understood.split()).casefold()


def _verdict(question: AnyQuestion, result: Graded) -> str:
    if result.outcome == "right":
        return "točno."
    if isinstance(question, OpenQuestion):
        said = len(question.points) - len(result.missing)
        return f"rekao si {said} od {words.counted(len(question.points), 'točke', 'točke', 'točaka')}."
    if result.says:
        return result.says
    return "nisu svi točni odgovori označeni." if result.outcome == "partial" else "krivo."


def _key(question: AnyQuestion, result: Graded) -> str:
    if isinstance(question, OpenQuestion):
        missing = (fill(question.points[number - 1].text, question.params) for number in result.missing)
        return "Nedostaje: " + " ".join(missing)
    if isinstance(question, OptionQuestion):
        letters = [letter.strip() for letter in result.key.split(",")]
        return "Točno: " + "; ".join(
            f"{letter} ({fill(question.options[letter].text, question.params)})" for letter in letters
        )
    return f"Točno: {words.key(result.key)}"


def _beside(question: AnyQuestion, result: Graded) -> list[str]:
    lines = [result.says] if result.outcome == "right" and result.says else []  # the other camp of a dispute
    for symbol, size in result.special.items():
        lines.append(f"To je slučaj {symbol} = {size}; općenito je {result.key}.")
    lines.append(words.one_line(fill(question.explain, question.params)))
    return lines
