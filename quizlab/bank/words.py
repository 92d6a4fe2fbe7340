"""Words that a bank lists for its options and its names: each may fit one of them only."""

from __future__ import annotations

from collections.abc import Iterator

from quizlab import answers
from quizlab.answers.reading import Picked
from quizlab.bank.limits import some
from quizlab.model import AnyQuestion, OptionQuestion, Part, Problem, SimpleQuestion, TupleQuestion


def check_words(question: AnyQuestion) -> Iterator[Problem]:
    """Every word that is read as something else than what it stands for, or as nothing."""
    if isinstance(question, OptionQuestion):
        yield from _options(question)
    elif isinstance(question, TupleQuestion):
        for index, part in enumerate(question.parts):
            yield from _names(question, part, f"parts[{index}].words")
    elif isinstance(question, SimpleQuestion):
        yield from _names(question, answers.part_of(question), "words")


def _options(question: OptionQuestion) -> Iterator[Problem]:
    for letter, option in question.options.items():
        for index, word in enumerate(option.words):
            found = answers.read(question, word)
            picked = (
                found.value.letters if isinstance(found, answers.Reading) and isinstance(found.value, Picked) else ()
            )
            if picked != (letter,):
                args = {"word": word, "letter": letter, "found": ", ".join(picked) or "–"}
                yield Problem("word_unclear", args, field=f"options.{letter}.words[{index}]")


def _names(question: AnyQuestion, part: Part, field: str) -> Iterator[Problem]:
    known = [*part.symbols, *([part.batch] if part.batch else []), *question.params]
    if part.kind == "text":
        known = [str(mistake.answer) for mistake in question.mistakes]
    taken = {name.casefold() for name in known}
    for name, words in part.words.items():
        if name not in known:
            yield Problem("words_of_no_name", {"name": name, "known": some(known)}, field=f"{field}.{name}")
        for index, word in enumerate(words):
            if not word.strip() or word.casefold() in taken:
                yield Problem("word_taken", {"word": word}, field=f"{field}.{name}[{index}]")
            taken.add(word.casefold())
