"""Open the banks a command works with, and choose questions from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizlab import bank, errors, home
from quizlab.commands import _names
from quizlab.errors import QuizlabError
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, Bank, Problem
from quizlab.telling import sentences, words
from quizlab.telling.order import croatian
from quizlab.view.screen import tell


def opened(added: Sequence[Path] = ()) -> tuple[Bank, ...]:
    """The banks of the labs and those added, in this order, with what the student recalled after a blic.

    A plug-in that cannot be had, or whose bank is not sound, is said on standard error and left out.

    Raises:
        BankError: with the problems of every other bank, ids that two banks share included.
    """
    cache = home.cache_folder()
    banks: list[Bank] = []
    problems: list[Problem] = []
    plugged = {each.bank.resolve(): each for each in registry.labs() if each.distribution != registry.OWN}
    left_out = list(registry.found().problems)
    paths = {path.resolve(): path for path in (*bank.shipped(), *added)}  # a bank named twice is one bank
    for where, path in paths.items():
        try:
            found = bank.load(path, cache)
            if where in plugged and (shared := clashes([*banks, found])):
                raise bank.BankError(shared)
        except Exception as error:
            if where in plugged:
                args = {"lab": plugged[where].lab.name, "distribution": plugged[where].distribution}
                left_out.append(Problem("lab_left_out", args))
            elif isinstance(error, bank.BankError):
                problems += error.problems
            else:
                raise
        else:
            banks.append(found)
    problems += clashes(banks)
    if problems:
        raise bank.BankError(problems)
    for each in left_out:
        tell(sentences.problem(each))
    return _with_recalled(tuple(banks))


def _with_recalled(banks: tuple[Bank, ...]) -> tuple[Bank, ...]:
    """The banks with the facts of the data folder; a file that cannot be used is said in one sentence and left out."""
    try:
        path = home.data_folder() / home.RECALLED
    except QuizlabError:
        return banks
    if not home.there(path):
        return banks
    from quizlab.bank import recalled_file

    try:
        return recalled_file.attached(banks, path, home.cache_folder())
    except Exception as error:
        first = error.problems[0] if isinstance(error, QuizlabError) else None
        why = sentences.problem(first) if first else errors.said(error)
        tell(sentences.say("recalled_left_out", {"why": words.phrase(why)}))
        return banks


def clashes(banks: Sequence[Bank]) -> list[Problem]:
    """Ids and aliases that stand in two banks."""
    owner: dict[str, Bank] = {}
    problems = []
    for one in banks:
        for name, place in one.places.items():
            if name in owner:
                args = {"name": name, "other": owner[name].name}
                problems.append(Problem("duplicate_id_across", args, place.file, place.line, name, "id"))
            owner.setdefault(name, one)
    return problems


def chosen(
    banks: Sequence[Bank], names: Sequence[str], topic: str | None = None, *, aside: bool = False
) -> tuple[AnyQuestion, ...]:
    """The questions that names and a topic ask for; all of them without names.

    Args:
        banks: the banks.
        names: banks and questions.
        topic: a topic of theirs.
        aside: whether all also means those of banks that nobody remembers from a quiz; otherwise they must be named.

    Raises:
        QuizlabError: an unknown name or topic, or nothing left.
    """
    names = _names.meant(banks, names)
    usual = banks if aside or names else [each for each in banks if each.name not in registry.aside()]
    found = bank.select(usual, names)
    if topic is not None:
        every = bank.select(banks, names)  # whoever names a topic asks for it, wherever it is
        topics = sorted({question.topic for question in every}, key=croatian)
        wanted = _names.topic(topics, topic)
        if wanted is None:
            raise QuizlabError("unknown_topic", {"topic": topic, "known": ", ".join(topics)}, errors.USAGE)
        found = tuple(each for each in found if each.topic == wanted) or tuple(
            each for each in every if each.topic == wanted
        )
    if not found:
        raise QuizlabError("nothing_selected", status=errors.USAGE)
    return found


def one(banks: Sequence[Bank], name: str) -> tuple[AnyQuestion, Bank]:
    """The question with this id or alias, and its bank.

    Raises:
        QuizlabError: there is none.
    """
    found = bank.find(banks, _names.question(banks, name))
    assert found is not None
    return found, next(each for each in banks if found.id in each.places)
