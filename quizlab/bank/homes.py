"""Where a claim decides: each in one place, beside the text that says it, and none of a proof's left without a place.

With that a bank cannot lose a claim, name one for another, or exchange two, without `quizlab check` saying so: what is
exchanged once stands twice in one place and nowhere in another, and what is exchanged both ways stands beside a text
that says something else.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources

from quizlab.model import AnyQuestion, Evidence, OpenQuestion, OptionQuestion, Problem, hook_of
from quizlab.proof import binding

WORDS = re.compile(r"\w+")


def homes(question: AnyQuestion) -> dict[str, list[str]]:
    """Claim → the places in which it decides something; where it is only referred to is none of them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for place, claim in _deciding(question):
        found[claim].append(place)
    return dict(found)


def _deciding(question: AnyQuestion) -> Iterator[tuple[str, str]]:
    if isinstance(question, OptionQuestion):
        yield from ((f"options.{letter}", each.claim) for letter, each in question.options.items() if each.claim)
    if isinstance(question, OpenQuestion):
        yield from ((f"points[{index}]", each.claim) for index, each in enumerate(question.points) if each.claim)
    yield from (("requires", claim) for claim in question.requires)
    yield from (("shows", claim) for claim in question.shows)


def crowded(question: AnyQuestion) -> Iterator[Problem]:
    """Claims that decide in two places: one of them is another's."""
    for claim, places in homes(question).items():
        if len(places) > 1:
            yield Problem("claim_twice", {"claim": claim, "places": ", ".join(places)}, field=places[-1])


def homeless(question: AnyQuestion, evidence: Evidence) -> Iterator[Problem]:
    """What the proof computes and the question neither stands on nor shows, and what it names that is not computed.

    A proof to which a model is described computes the same claims of any; of these a question takes those it wants.
    """
    named, computed = homes(question), dict.fromkeys(claim.name for claim in evidence.claims)
    hook = hook_of(question)
    for claim in computed if hook and binding.others(hook) is None else ():
        if claim not in named:
            yield Problem("claim_homeless", {"claim": claim}, field="verify")
    for claim in question.shows:
        if claim not in computed:
            yield Problem("unknown_claim", {"claim": claim, "known": ", ".join(computed) or "–"}, field="shows")


def exchanged(question: AnyQuestion) -> Iterator[Problem]:
    """Texts that do not say what decides them; nothing is said of claims for which nobody has written words."""
    texts = _texts(question)
    if not any(name in titles() for name, _ in texts.values()):
        return
    for place, (name, text) in texts.items():
        if not said(text, name):
            other = next((each for each, _ in texts.values() if said(text, each)), "–")
            yield Problem("claim_elsewhere", {"text": text, "claim": name, "other": other}, field=place)


def _texts(question: AnyQuestion) -> dict[str, tuple[str, str]]:
    """Place → what decides it, a claim or a plain value, and its text."""
    if isinstance(question, OpenQuestion):
        return {f"points[{at}]": (each.claim, each.text) for at, each in enumerate(question.points) if each.claim}
    if not isinstance(question, OptionQuestion):
        return {}
    return {
        f"options.{letter}": (each.claim or str(each.value), each.text)
        for letter, each in question.options.items()
        if each.text and (each.claim or each.value is not None)
    }


def said(text: str, name: str) -> bool:
    """Whether a text says what a claim is called in Croatian; of a value, whether it is that value."""
    folded = " ".join(text.casefold().split())
    heads = WORDS.findall(folded)
    return any(_begins(stem, folded, heads) for stem in titles().get(name, (name.casefold(),)))


def _begins(stem: str, folded: str, heads: Iterable[str]) -> bool:
    """Whether a stem begins a word; one of several words, or a piece of a formula, stands where it may."""
    return any(head.startswith(stem) for head in heads) if WORDS.fullmatch(stem) else stem in folded


@functools.cache
def titles() -> Mapping[str, tuple[str, ...]]:
    """Claim, or value of an option → ways in which texts say it, each a stem or a piece of text, in lower case."""
    lines = resources.files("quizlab.bank").joinpath("claims.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if not line.startswith("#"))
    return {name: tuple(stem.strip() for stem in stems.split(";")) for name, colon, stems in pairs if colon}
