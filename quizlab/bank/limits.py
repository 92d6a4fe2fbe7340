"""How much one question may ask of whoever reads it: said in a sentence before anything is gone through."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator

from quizlab.model import AnyQuestion, OptionQuestion, Problem, SimpleQuestion, TupleQuestion
from quizlab.proof import binding
from quizlab.question import variants
from quizlab.question.key import forms_of

COMBINATIONS = 1000
"""As many combinations of numbers as a question may have: all of them are gone through."""

ANSWERS = 50_000
"""As many answers as a question may have with all its combinations: each is worked out and compared."""

MODELS = 40
"""As many wrong models as a question may have: each is built and run when the question is proved."""

WORDS = 200
"""As many other words as a question may list for its options or its names: each is read beside all others."""

ALLOWED, EACH = 2.0, 0.05
"""Seconds of this machine's time that checking a bank may take, and so many more for each of its questions: usual
ones need a thousandth or two."""

NAMED = 30
"""So many of the known names a problem tells; nobody reads more."""


def check_limits(question: AnyQuestion) -> Iterator[Problem]:
    """A problem for a question with more numbers, or more answers, than can be gone through."""
    number = variants.count(question)
    if number > COMBINATIONS:
        yield Problem("too_many_variants", {"number": str(number), "most": str(COMBINATIONS)}, field="variants")
        return
    offered = len(question.options) if isinstance(question, OptionQuestion) else 1 + len(forms_of(question))
    answers = max(1, number) * (offered + len(question.mistakes))
    if answers > ANSWERS:
        field = "mistakes" if len(question.mistakes) > offered else "answer"
        yield Problem("too_many_answers", {"number": str(answers), "most": str(ANSWERS)}, field=field)
    models = len(binding.mutations(question))
    if models > MODELS:
        yield Problem("too_many_models", {"number": str(models), "most": str(MODELS)}, field="mistakes")
    listed = sum(map(len, _words(question)))
    if listed > WORDS:
        yield Problem("too_many_words", {"number": str(listed), "most": str(WORDS)}, field="words")


class Watch:
    """What checking a bank has cost so far, in time of the processor: other programs do not count."""

    def __init__(self) -> None:
        self._began = time.process_time()

    def over(self, number: int) -> Iterator[Problem]:
        """A problem once the questions up to this number have taken longer than they may."""
        allowed = ALLOWED + number * EACH
        if time.process_time() - self._began > allowed:
            yield Problem("bank_slow", {"limit": f"{allowed:.0f}", "number": str(number)}, field="")


def _words(question: AnyQuestion) -> Iterator[tuple[str, ...]]:
    """The lists of words in a question."""
    if isinstance(question, OptionQuestion):
        yield from (option.words for option in question.options.values())
    elif isinstance(question, TupleQuestion):
        yield from (words for part in question.parts for words in part.words.values())
    elif isinstance(question, SimpleQuestion):
        yield from question.words.values()


def some(names: Iterable[str]) -> str:
    """The first of the names that are known."""
    few = list(itertools.islice(names, NAMED + 1))
    return ", ".join([*few[:NAMED], *(["…"] if len(few) > NAMED else [])]) or "–"
