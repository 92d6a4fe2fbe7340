"""One account of a question and of what was found out about it, as plain data (`quizlab.telling.told` builds it).

An account decides and says; a medium escapes, orders and marks up. Texts of the bank have their numbers put in, and
their LaTeX is still LaTeX, since some media set it and others show it as Unicode.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from quizlab.model import AnyQuestion, Block, Claim, Group, Kind, Snippet, kind_of, weight
from quizlab.telling import words

KINDS: dict[Kind, str] = {
    "choice": "izbor",
    "multi": "više točnih",
    "number": "broj",
    "shape": "oblik",
    "type": "tip",
    "formula": "formula",
    "interval": "interval",
    "text": "riječ",
    "open": "usmeno",
    "tuple": "više dijelova",
}


class Option(Struct, frozen=True):
    """An option: whether it is right, or only the second camp of a dispute holds it to be; why it is wrong.

    ``claim`` is what was measured of it. ``last`` is to stay last.
    """

    letter: str
    text: str
    verdict: str
    right: bool = False
    camp: bool = False
    says: str = ""
    claim: Claim | None = None
    last: bool = False


class Point(Struct, frozen=True):
    """A key point of an open question and what was measured of it."""

    text: str
    claim: Claim | None = None


class Wrong(Struct, frozen=True):
    """A wrong path: the answer it leads to, what is to be said of it, what was measured against it."""

    answer: str
    says: str
    verdict: str
    claim: Claim | None = None


class Remembered(Struct, frozen=True):
    """An answer that someone remembered: who, where from, the verdict on it, and why."""

    group: str
    source: str
    answer: str
    verdict: str
    note: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether it was judged and did not simply hold."""
        return self.verdict not in ("confirmed", "unanswered", "error", "unproved")


class Account(Struct, frozen=True, kw_only=True):
    """What is said of a question, from what is asked to the code that computes it again.

    ``holds`` tells whether the key itself was confirmed, whatever else may be wrong.
    ``value`` is the one value that was computed, ``measured`` says so («izračunato 9312», «u 12 izmjerenih
    slučajeva»), ``short`` is the whole proof in a few words; each is empty where there is none. ``claims`` are those
    that nothing else quotes. Without evidence there is no ``snippet``. ``recorded`` is what a proof that was not
    computed live has to be called («zapisani dokaz, torch 2.13.0, 27. 11. 2026.»); empty for a live one.
    """

    id: str
    topic: str
    kind: str
    prompt: str
    explain: str
    hints: tuple[str, ...]
    verdict: str
    key: str
    holds: bool
    value: str
    measured: str
    short: str
    options: tuple[Option, ...]
    dispute: str
    points: tuple[Point, ...]
    mistakes: tuple[Wrong, ...]
    remembered: tuple[Remembered, ...]
    accepted: tuple[Remembered, ...]
    problems: tuple[str, ...]
    blocks: tuple[Block, ...]
    claims: tuple[Claim, ...]
    snippet: Snippet | None
    recorded: str = ""

    @property
    def right(self) -> tuple[Option, ...]:
        """The options of the key."""
        return tuple(each for each in self.options if each.right)

    @property
    def camps(self) -> tuple[Option, ...]:
        """The options outside of the key that are graded right as well; ``dispute`` says why."""
        return tuple(each for each in self.options if each.camp and not each.right)

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """Every wrong path: the mistakes, then the wrong options; what a dispute also grades right is none."""
        options = (each for each in self.options if not (each.right or each.camp))
        return (*self.mistakes, *(Wrong(each.letter, each.says, each.verdict, each.claim) for each in options))

    @property
    def ledger(self) -> tuple[Remembered, ...]:
        """What was remembered, then what is accepted besides the key."""
        return (*self.remembered, *self.accepted)

    @property
    def doubtful(self) -> tuple[Remembered, ...]:
        """What was remembered and does not simply hold."""
        return tuple(each for each in self.remembered if each.doubtful)


def kind(question: AnyQuestion) -> str:
    """The question's kind in Croatian."""
    return KINDS[kind_of(question)]


def source(groups: Mapping[str, Group], name: str) -> str:
    """Where something remembered comes from, as its bank says it: «bilješke, 2. 6. 2024.»."""
    group = groups.get(name)
    if group is None:
        return name
    return f"{group.title}, {words.day(group.date)}" if group.date else group.title


def seen(question: AnyQuestion, groups: Mapping[str, Group] | None = None) -> str:
    """In how many lists the question was remembered, and when last: «zapamćeno u 3 izvora (posljednji 2024.)»."""
    if not (lists := weight(question)):
        said = "pitanje za vježbu, na blicu nije zapamćeno"
        return said if question.verify else f"{said} · {words.VERDICTS['unproved']}"
    dates = [groups[one.group].date for one in question.recollections if groups and one.group in groups]
    latest = max(dates, default="")[:4]
    said = f"zapamćeno u {words.counted(lists, 'izvoru', 'izvora', 'izvora')}"
    said += f" (posljednji {latest}.)" if latest else ""
    return said if question.verify else f"{said} · {words.VERDICTS['unproved']}"
