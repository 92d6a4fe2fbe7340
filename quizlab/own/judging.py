"""Judge one question on a student's lab: does the key hold in it, too?

Another judge than the one of the bank: no mutants are built on a student's code, and neither the rulings nor the
other accepted forms of the bank say anything about it. A key that holds is enough, whatever else may hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from quizlab import answers
from quizlab.errors import said
from quizlab.hooks import registry
from quizlab.hooks.owned import MissingPartError
from quizlab.model import (
    AnyQuestion,
    Atom,
    ChoiceQuestion,
    Evidence,
    MultiQuestion,
    OpenQuestion,
    OptionQuestion,
    TupleQuestion,
    Value,
    hook_of,
)
from quizlab.own.general import is_general
from quizlab.proof import binding
from quizlab.proof.judge import Bench, counterexample, measured, option_verdict, says_of
from quizlab.proof.plain import NotPlainError, plain
from quizlab.question import texts
from quizlab.question.grading import grade
from quizlab.question.key import key_of, shown
from quizlab.question.variants import varied

OTHER_NUMBERS: Mapping[str, dict[str, Atom]] = {"lab4.unit_parameters": {"c_in": 1}}
"""Hook → other numbers with which its question is asked besides; a line each, so that nobody waits for them."""

Outcome = Literal["agrees", "differs", "unchecked", "general"]

BESIDE_THE_POINT = frozenset(
    {
        "unit_is_sequential",  # q4 asks about torch's classes
        "negative_of_any_class",  # q17 asks about the labels; how many images are drawn from is q5
        "dropout_differs",  # q9 asks about the unit's own layers
        "sets_flag",
        "one_prototype_per_class",  # q13, q18: a well trained model may answer like its neighbours by chance
        "normalisation_matters",  # q24: the same
        "rnn_sees_order",  # q34, q53 ask about the baseline
        "vector_is_zero",  # q44 asks what <PAD> is for
        "changes_no_logits",
        "would_change_them_if_counted",
        "row_of_padding_counts",  # q61 counts the rows, whatever is in them
        "padding_would_matter",  # q51: with so short sentences it may hardly matter
    }
)
"""What a question requires of our lab besides its key, and what of a student's code is about something else."""


class Judgement(Struct, frozen=True):
    """What came of a question on a student's lab.

    Attributes:
        id: the question's.
        outcome: whether the key holds, does not, could not be checked, or does not depend on the code.
        says: one sentence: what was measured, or why it could not be.
        key: the key as a person reads it.
        own: what the student's code gave instead, or the same.
        missing: the part that is not there, "" where none is.
        mistake: the tag of the bank's mistake that gives the same value.
        evidence: what the hook computed.
    """

    id: str
    outcome: Outcome
    says: str = ""
    key: str = ""
    own: str = ""
    missing: str = ""
    mistake: str = ""
    evidence: Evidence | None = None


class Seen(Struct, frozen=True):
    """What the evidence says of a key: whether it holds, whether anything was measured about it, and what was."""

    holds: bool
    measured: bool
    says: str = ""
    own: str = ""


def judge(question: AnyQuestion, lab: Any) -> Judgement:
    """Run a question's proof on a student's lab and compare it with the key; never raises."""
    key = key_of(question).text
    if is_general(question):
        return Judgement(question.id, "general", "Ne ovisi o tvojem kodu.", key)
    try:
        evidence = plain(registry.hook(hook_of(question))(lab, **binding.bind(question)))
    except MissingPartError as error:
        return Judgement(question.id, "unchecked", key=key, missing=error.part)
    except NotPlainError as error:
        return Judgement(question.id, "unchecked", f"Ono što je izmjereno nije broj ni riječ: {error}.", key)
    except BaseException as error:  # whatever a student's code does, SystemExit too
        return Judgement(question.id, "unchecked", said(error), key)
    return with_other_numbers(question, lab, judged(question, evidence))


def with_other_numbers(question: AnyQuestion, lab: Any, found: Judgement) -> Judgement:
    """The judgement with what the code gives for other numbers, where its value is the key's: it may be so by chance.

    Asked of one cheap proof only: with 32 channels in and out every order of the unit's layers has 9312 parameters.
    """
    values = OTHER_NUMBERS.get(hook_of(question), {})
    if not values or found.outcome not in ("agrees", "differs") or found.own not in ("", found.key):
        return found
    other = varied(question, values)
    try:
        one = judged(other, registry.hook(hook_of(other))(lab, **binding.bind(other)))
    except BaseException:  # whatever a student's code does, SystemExit too
        return found
    if one.outcome != "differs" or one.own in ("", one.key):
        return found
    where = ", ".join(f"{name} = {value}" for name, value in values.items())
    own = f"{found.key}, a uz {where} {one.own} umjesto {one.key}"
    says = found.says if found.outcome == "differs" else f"Slaže se slučajno: uz {where} tvoj kôd daje {one.own}."
    return replace(found, outcome="differs", own=own, says=says)


def judged(question: AnyQuestion, evidence: Evidence) -> Judgement:
    """Compare what a hook computed on a student's lab with the key."""
    key = key_of(question).text
    bench = Bench(question, evidence)
    seen = _seen(bench)
    if not seen.measured:
        return Judgement(question.id, "unchecked", "U tvojem kodu to nije izmjereno.", key, evidence=evidence)
    if not seen.holds:
        tag, says = _mistake(question, evidence)
        return Judgement(question.id, "differs", says or seen.says, key, seen.own, mistake=tag, evidence=evidence)
    for claim in question.requires:
        if claim not in BESIDE_THE_POINT and not bench.claims.get(claim, True):
            says = says_of(evidence, claim)
            return Judgement(question.id, "differs", says, key, seen.own, evidence=evidence)
    return Judgement(question.id, "agrees", seen.says, key, seen.own, evidence=evidence)


def _seen(bench: Bench) -> Seen:
    if isinstance(bench.question, OpenQuestion):
        return _points(bench, bench.question)
    if isinstance(bench.question, OptionQuestion):
        return _options(bench, bench.question)
    return _typed(bench)


def _points(bench: Bench, question: OpenQuestion) -> Seen:
    """An open question: every point that was put to the test holds."""
    tested = [point for point in question.points if point.claim in bench.claims]
    fallen = [point for point in tested if not bench.claims[point.claim]]
    says = "; ".join(says_of(bench.evidence, point.claim) for point in fallen)
    return Seen(not fallen, bool(tested), says, says)


def _options(bench: Bench, question: ChoiceQuestion | MultiQuestion) -> Seen:
    """A choice: the option of the key holds; of several: those and no others."""
    keyed = {question.answer} if isinstance(question, ChoiceQuestion) else set(question.answer)
    tested = {
        letter: option_verdict(bench, option, "options") == "confirmed"
        for letter, option in question.options.items()
        if not option.claim or option.claim in bench.claims
    }
    if not keyed <= set(tested):
        return Seen(False, False)
    found = {letter for letter, holds in tested.items() if holds}
    holds = keyed <= found if isinstance(question, ChoiceQuestion) else keyed == found
    own = "; ".join(texts.fill(question.options[letter].text, bench.params) for letter in sorted(found))
    claims = [question.options[letter].claim for letter in sorted(keyed ^ found if not holds else keyed)]
    says = "; ".join(dict.fromkeys(says_of(bench.evidence, claim) for claim in claims if claim))
    return Seen(holds, True, says, own or shown(measured(bench.evidence)) or says)


def _typed(bench: Bench) -> Seen:
    """A typed answer: every measured case gives what the key says."""
    question = bench.question
    if isinstance(question, OpenQuestion | OptionQuestion) or not bench.evidence.cases:
        return Seen(False, False)
    holds = bench.verdict(question.answer) == "confirmed"
    value = _written(measured(bench.evidence), question)
    own = key_of(question).text if holds and not value else value or counterexample(bench, question.answer)
    return Seen(holds, True, "" if holds else f"Tvoj kôd daje {own}, a ključ je {key_of(question).text}.", own)


def _written(value: Value | None, question: AnyQuestion) -> str:
    """A value as the key of its question is written; a tuple part by part."""
    if isinstance(question, TupleQuestion) and isinstance(value, tuple):
        return "; ".join(shown(each) for each in value)
    return shown(value)


def _mistake(question: AnyQuestion, evidence: Evidence) -> tuple[str, str]:
    """The bank's mistake that gives the value measured: its tag and its sentence; nothing if there is none."""
    value = measured(evidence)
    if value is None or isinstance(question, OpenQuestion | OptionQuestion):
        return "", ""
    graded = grade(question, _written(value, question))
    if isinstance(graded, answers.Unreadable) or graded.outcome == "right":
        return "", ""
    return graded.tag, graded.says
