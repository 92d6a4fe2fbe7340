"""What a type cannot say about a question: names that must exist, answers that must be readable."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping

import msgspec

from quizlab import answers
from quizlab.bank.limits import check_limits, some
from quizlab.bank.words import check_words
from quizlab.errors import QuizlabError
from quizlab.hooks import registry
from quizlab.model import (
    ID,
    TAG,
    AnyQuestion,
    BankAnswer,
    ChoiceQuestion,
    Dispute,
    Group,
    MultiQuestion,
    OpenQuestion,
    Option,
    OptionQuestion,
    Problem,
    Recollection,
    TypedQuestion,
)
from quizlab.proof import binding
from quizlab.question import variants
from quizlab.question.key import alone, forms_of
from quizlab.question.texts import placeholders


def check_question(question: AnyQuestion, groups: Mapping[str, Group] | None) -> Iterator[Problem]:
    """Everything wrong with a decoded question, as problems with the field they are in.

    Args:
        question: the question.
        groups: the sources that recollections may name; None where these are not known.
    """
    names = {"id": question.id} | {f"aliases[{index}]": name for index, name in enumerate(question.aliases)}
    for field, name in names.items():
        if not ID.match(name):
            yield Problem("bad_id", {"name": name}, field=field)
    if question.original:
        yield Problem("unknown_field", {"field": "original"}, field="original")
    yield from _texts(question)
    yield from _hook(question)
    yield from _variants(question)
    beyond = list(check_limits(question))
    yield from beyond
    if beyond:  # it cannot be gone through
        return
    if isinstance(question, OptionQuestion):
        yield from _options(question)
    elif isinstance(question, OpenQuestion):
        if not question.points:
            yield Problem("no_points", field="points")
    else:
        yield from _answers(question)
    yield from check_words(question)
    yield from _tags(question)
    for index, recollection in enumerate(question.recollections):
        for problem in _recollection(question, recollection, groups):
            yield Problem(problem.code, problem.args, field=f"recollections[{index}].{problem.field}")


def _texts(question: AnyQuestion) -> Iterator[Problem]:
    texts = {"topic": question.topic, "prompt": question.prompt, "explain": question.explain}
    texts |= {name: text for name, text in (("asks", question.asks), ("mark", question.mark)) if text}
    texts |= {f"mistakes[{index}].says": mistake.says for index, mistake in enumerate(question.mistakes)}
    texts |= {f"hints[{index}]": hint for index, hint in enumerate(question.hints)}
    if isinstance(question, OptionQuestion):
        for letter, option in question.options.items():
            texts |= {} if option.answer else {f"options.{letter}.text": option.text}
            texts |= {f"options.{letter}.says": option.says} if option.says else {}
    if isinstance(question, ChoiceQuestion) and question.dispute:
        texts["dispute.says"] = question.dispute.says
    if isinstance(question, OpenQuestion):
        texts |= {f"points[{index}].text": point.text for index, point in enumerate(question.points)}
    for field, text in texts.items():
        if not text.strip():
            yield Problem("empty_text", field=field)
        for name in dict.fromkeys(placeholders(text)):
            if name not in question.params and not (field == "asks" and name in question.variants):
                yield Problem("unknown_placeholder", {"name": name}, field=field)


def _hook(question: AnyQuestion) -> Iterator[Problem]:
    if question.verify is None:
        yield from _nothing_to_prove(question)
        return
    hook = question.verify.hook
    try:
        registry.hook(hook)
    except KeyError:
        yield Problem("unknown_hook", {"hook": hook}, field="verify.hook")
        return
    except QuizlabError as error:
        yield from (msgspec.structs.replace(each, field="verify.hook") for each in error.problems)
        return
    yield from binding.check(hook, question.params, "params")
    yield from binding.check(hook, question.verify.with_, "verify.with")
    for index, mistake in enumerate(question.mistakes):
        yield from binding.check(hook, mistake.with_, f"mistakes[{index}].with")
        yield from binding.check(hook, mistake.unless, f"mistakes[{index}].unless")
    for index, option in enumerate(_options_of(question)):
        yield from binding.check(hook, option.with_, f"options.{string.ascii_letters[index]}.with")
    known = {*question.params, *variants.symbols_of(question)}
    for name, values in question.variants.items():
        for value in values if name in known else ():
            yield from binding.check(hook, {name: value}, "variants")


def _nothing_to_prove(question: AnyQuestion) -> Iterator[Problem]:
    """What only a proof could decide has no place in a question without one."""
    if isinstance(question, OptionQuestion):
        for letter, option in question.options.items():
            if option.claim:
                yield Problem("claim_without_proof", {"claim": option.claim}, field=f"options.{letter}")
    for claim in question.requires:
        yield Problem("claim_without_proof", {"claim": claim}, field="requires")


def _variants(question: AnyQuestion) -> Iterator[Problem]:
    """What varies must be a parameter or a symbol, and the student must be told its number."""
    asked = placeholders(question.asks or question.prompt)
    for name, values in question.variants.items():
        field = f"variants.{name}"
        if name not in question.params and name not in variants.symbols_of(question):
            yield Problem("unknown_variant", {"name": name}, field=field)
        elif not values:
            yield Problem("empty_variant", {"name": name}, field=field)
        elif name not in asked:
            yield Problem("variant_unmentioned", {"name": name}, field=field)
    if question.asks and not question.variants:
        yield Problem("asks_without_variants", field="asks")


def _options(question: ChoiceQuestion | MultiQuestion) -> Iterator[Problem]:
    letters = list(question.options)
    if letters != list(string.ascii_lowercase[: len(letters)]) or len(letters) < 2:
        yield Problem("bad_letters", {"found": some(letters)}, field="options")
    keyed = (question.answer,) if isinstance(question, ChoiceQuestion) else question.answer
    if not keyed or len(set(keyed)) != len(keyed):
        yield Problem("bad_key", {"answer": some(keyed)}, field="answer")
    for letter in dict.fromkeys(keyed):
        if letter not in question.options:
            yield Problem("key_no_option", {"answer": letter, "known": some(letters)}, field="answer")
    explained = {*keyed}
    if isinstance(question, ChoiceQuestion) and question.dispute:
        yield from _dispute(question, question.dispute)
        explained.add(question.dispute.option)
    seen: set[str] = set()
    last = False
    for letter, option in question.options.items():
        text = " ".join((option.text or option.answer).casefold().split())
        proved = question.verify is not None
        yield from _option(letter, option, unexplained=letter not in explained, twin=text in seen, proved=proved)
        if option.answer:
            yield from _generated(question, letter, option)
        if last and not option.last:
            yield Problem("option_not_last", {"letter": letter}, field=f"options.{letter}")
        last = last or option.last
        seen.add(text)


def _options_of(question: AnyQuestion) -> tuple[Option, ...]:
    return tuple(question.options.values()) if isinstance(question, OptionQuestion) else ()


def _dispute(question: ChoiceQuestion, dispute: Dispute) -> Iterator[Problem]:
    """The second camp must defend a wrong option that exists, on claims."""
    others = [letter for letter in question.options if letter != question.answer]
    if dispute.option not in others:
        args = {"option": dispute.option, "known": some(others)}
        yield Problem("dispute_no_option", args, field="dispute.option")
    if not dispute.because:
        yield Problem("ruling_without_claims", field="dispute.because")


def _option(letter: str, option: Option, *, unexplained: bool, twin: bool, proved: bool) -> Iterator[Problem]:
    field = f"options.{letter}"
    decided = [option.value is not None, bool(option.claim), bool(option.answer)].count(True)
    if decided > 1 or (proved and not decided):
        yield Problem("option_undecided", {"letter": letter}, field=field)
    if unexplained and not (option.says and option.tag):
        yield Problem("option_unexplained", {"letter": letter}, field=field)
    if twin:
        yield Problem("option_twice", {"letter": letter}, field=f"{field}.text")


def _generated(question: OptionQuestion, letter: str, option: Option) -> Iterator[Problem]:
    """A generated option must be readable as a number, and its text is that number."""
    field = f"options.{letter}"
    if option.text:
        yield Problem("option_text_given", {"letter": letter}, field=f"{field}.text")
    read = answers.read_part(variants.GENERATED, option.answer, question.params)
    if isinstance(read, answers.Unreadable):
        args = {**read.args, "answer": option.answer, "why": read.code}
        yield Problem("unreadable_answer", args, field=f"{field}.answer")


def _answers(question: TypedQuestion) -> Iterator[Problem]:
    """The key, the accepted forms and the mistakes must be readable as answers of the question's kind."""
    written: list[tuple[str, BankAnswer]] = [("answer", question.answer)]
    written += [(f"accept[{index}]", form) for index, form in enumerate(forms_of(question))]
    written += [(f"mistakes[{index}].answer", mistake.answer) for index, mistake in enumerate(question.mistakes)]
    for field, answer in written:
        yield from _readable(question, answer, field)


def _readable(question: TypedQuestion, answer: BankAnswer, field: str) -> Iterator[Problem]:
    read = answers.read_answer(alone(question, answer), answer)
    if isinstance(read, answers.Unreadable):
        yield Problem(
            "unreadable_answer", {**read.args, "answer": answers.written(answer), "why": read.code}, field=field
        )


def _tags(question: AnyQuestion) -> Iterator[Problem]:
    tags = [(f"mistakes[{index}].tag", mistake.tag) for index, mistake in enumerate(question.mistakes)]
    if isinstance(question, OptionQuestion):
        tags += [(f"options.{letter}.tag", option.tag) for letter, option in question.options.items() if option.tag]
    if isinstance(question, ChoiceQuestion) and question.dispute:
        tags.append(("dispute.tag", question.dispute.tag))
    seen: set[str] = set()
    for field, tag in tags:
        if not TAG.match(tag):
            yield Problem("bad_tag", {"tag": tag}, field=field)
        if tag in seen:
            yield Problem("tag_twice", {"tag": tag}, field=field)
        seen.add(tag)


def _recollection(
    question: AnyQuestion, recollection: Recollection, groups: Mapping[str, Group] | None
) -> Iterator[Problem]:
    if groups is not None and recollection.group not in groups:
        args = {"group": recollection.group, "known": some(groups)}
        yield Problem("unknown_group", args, field="group")
    judged_by = [bool(recollection.option), bool(recollection.claims)]
    if recollection.option:
        if not isinstance(question, OptionQuestion) or recollection.option not in question.options:
            yield Problem("recollection_no_option", {"option": recollection.option}, field="option")
    elif recollection.answer and not recollection.claims:
        if isinstance(question, TypedQuestion):
            yield from _readable(question, recollection.answer, "answer")
        else:
            yield Problem("recollection_undecided", {"answer": recollection.answer}, field="answer")
    if all(judged_by):
        yield Problem("recollection_twice_decided", {}, field="option")
    if recollection.ruling and not recollection.ruling.because:
        yield Problem("ruling_without_claims", {}, field="ruling")
