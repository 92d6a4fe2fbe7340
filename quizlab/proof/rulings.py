"""What a remembered answer is that holds as far as it goes: the word of a ruling, computed from what its claims say."""

from __future__ import annotations

from quizlab.model import AnyQuestion, ChoiceQuestion, OpenQuestion, OptionQuestion, Recollection, Ruled, TypedQuestion


def computed(question: AnyQuestion, one: Recollection, *, measured: Ruled) -> Ruled:
    """The verdict on a recollection whose claims hold.

    It is disputed where it says only what the second camp stands on; it depends where the measured cases differ; and it
    is incomplete where the key, or the reason of its ruling, says something that it does not.

    Args:
        question: the question.
        one: the recollection; the claims of its ruling hold.
        measured: what the measured cases say of its answer; only of a typed answer is that heard.
    """
    said = asserted(question, one)
    dispute = question.dispute if isinstance(question, ChoiceQuestion) else None
    if dispute and said and said <= {*dispute.because}:
        return "disputed"
    if isinstance(question, TypedQuestion) and measured == "depends":
        return "depends"
    unheard = isinstance(question, TypedQuestion) and measured == "refuted"
    return "incomplete" if missing(question, one) or unheard else "confirmed"


def asserted(question: AnyQuestion, one: Recollection) -> set[str]:
    """The claims that a recollection asserts, itself or by the option it names."""
    if isinstance(question, OptionQuestion) and one.option:
        return {question.options[one.option].claim} - {""}
    return {*one.claims}


def missing(question: AnyQuestion, one: Recollection) -> set[str]:
    """What the key asserts, or what its ruling says, and the recollection does not."""
    because = one.ruling.because if one.ruling else ()
    return {*key_claims(question), *because} - asserted(question, one)


def key_claims(question: AnyQuestion) -> set[str]:
    """The claims that the key itself asserts: of the keyed options, or of all points."""
    if isinstance(question, OpenQuestion):
        return {point.claim for point in question.points if point.claim}
    if not isinstance(question, OptionQuestion):
        return set()
    keyed = {question.answer} if isinstance(question, ChoiceQuestion) else {*question.answer}
    return {option.claim for letter, option in question.options.items() if letter in keyed and option.claim}
