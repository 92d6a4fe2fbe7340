"""What a search found, a question a paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from quizlab.model import AnyQuestion
from quizlab.telling import words
from quizlab.view.paragraphs import hanging
from quizlab.view.screen import Screen


def found(screen: Screen, questions: Sequence[tuple[AnyQuestion, str, str]]) -> None:
    """Each question with the text in which the words were found; the question itself where that is another text."""
    for question, where, said in questions:
        asked = words.one_line(words.text(question.prompt, question.params))
        if screen.plain:
            screen.line(words.sentence(f"{question.id}: {asked} Nađeno ({where}): {said}"))
            continue
        screen.styled(f"{question.id} · {question.topic}", "bold")
        hanging(screen, " ", asked)
        if where != "pitanje":
            hanging(screen, "→", f"{where}: {said}")
    if not screen.plain:
        screen.gap()
    screen.line(f"Nađeno: {words.questions(len(questions))}.")
