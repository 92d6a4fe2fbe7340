"""The search command: questions by any text in them, with or without diacritics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quizlab import errors
from quizlab.answers.clean import bare
from quizlab.commands import _banks
from quizlab.errors import QuizlabError
from quizlab.model import AnyQuestion, OpenQuestion, OptionQuestion, TypedQuestion, hook_of
from quizlab.question.key import key_of
from quizlab.telling import words
from quizlab.view import searching as view
from quizlab.view.screen import Screen

AROUND = 60
"""Characters of a text that are shown around what was found in it."""


def search(text: str, *, plain: bool, banks: Sequence[Path]) -> int:
    """Show every question in which all the words stand, with the text in which the first of them does.

    Raises:
        QuizlabError: there is none.
    """
    wanted = bare(text).split()
    found = []
    for bank in _banks.opened(banks):
        for question in bank.questions:
            texts = [(where, words.one_line(said)) for where, said in texts_of(question) if said]
            whole = bare(" ".join(said for _, said in texts))
            if wanted and all(word in whole for word in wanted):
                found.append((question, *_best(texts, wanted)))
    if not found:
        raise QuizlabError("nothing_found", {"text": words.one_line(text)}, errors.WRONG)
    view.found(Screen(plain=plain), found)
    return errors.RIGHT


def texts_of(question: AnyQuestion) -> Iterator[tuple[str, str]]:
    """Everything that a question says, each text with what it is."""
    yield "pitanje", words.text(question.prompt, question.params)
    yield "oznaka", " ".join((question.id, *question.aliases))
    yield "tema", question.topic
    if isinstance(question, TypedQuestion):
        yield "ključ", key_of(question).text
    if isinstance(question, OptionQuestion):
        for letter, option in question.options.items():
            yield f"odgovor {letter}", words.text(option.text, question.params)
            yield f"zašto nije {letter}", words.text(option.says, question.params)
    if isinstance(question, OpenQuestion):
        yield from (("točka", words.text(point.text, question.params)) for point in question.points)
    yield "objašnjenje", words.text(question.explain, question.params)
    for mistake in question.mistakes:
        yield "pogreška", f"{mistake.answer}: {words.text(mistake.says, question.params)}"
    for one in question.recollections:
        yield "zapamćeno", " ".join(filter(None, (one.answer, one.note)))
    yield from (("trag", words.text(hint, question.params)) for hint in question.hints)
    yield "dokaz", hook_of(question)


def _best(texts: Sequence[tuple[str, str]], wanted: Sequence[str]) -> tuple[str, str]:
    """The text with the most of the words, cut to what stands around the first of them."""
    where, said = max(texts, key=lambda each: sum(word in bare(each[1]) for word in wanted))
    small = bare(said)
    at = min((small.find(word) for word in wanted if word in small), default=0)
    start, end = max(0, at - AROUND), at + AROUND
    return where, f"{'…' if start else ''}{said[start:end].strip()}{'…' if end < len(said) else ''}"
