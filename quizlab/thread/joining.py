"""Statements that lean on earlier ones: answers that come later, by letter or by number, and corrections."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from quizlab.model import AnyQuestion
from quizlab.thread import cues
from quizlab.thread.fold import plain, words
from quizlab.thread.judging import judge
from quizlab.thread.model import Judged, Statement
from quizlab.thread.said import asks_only
from quizlab.thread.units import Unit
from quizlab.thread.words import concepts, lexicon, said

Known = Mapping[str, AnyQuestion]
"""The questions of the banks by id."""

NAMED, NEAR = 0.9, 0.7
"""How sure the question of an answer is that names its item, and of one that only stands nearby."""

BACK, POSTS, LONGEST = 12, 3, 14
"""How many statements and posts are looked back at for the question of an answer, and of how many words that may be."""

_REFERS = re.compile(
    r"^\W*(?:(?:i|a|za|to za|ono|pod|na)\s+)?(?:pod\s+)?([0-9]{1,2}|[a-h])"
    r"(?:[.)]|(?<=za [0-9])\s+|(?<=za [0-9]:)|\s+(?=je|su|mislim|ti|ide|nije|bi\b|-|=|:))\W*\s*"
)
_TELLING = 3.2
"""From this weight on a concept alone tells which of the earlier questions is meant: few are asked with it."""

_STRANGE = re.compile(
    r"(?!misli|valjda|vjeroj|mozda|stavi|zaokru|oznac|napis|odgov|rekl|reka|siguran|sigurn|tocn|ispa|ipak|samo|onda|meni|"
    r"mene|kolega|zapravo|dakle|znaci|treba|bilo|bila|netko|svima|krivo|pise)[^\W\d_]{4,}"
)
_COUNTS = re.compile(r"(?:[^\W\d_]+\s+){3,}[0-9]{1,2}\W*$")
"""«meni su bila ova 3» counts something; it gives no answer."""

_AGAIN = re.compile(r"\bist[oiae]\b\W+(?:to\W+)?(?:al|ali|samo|sa?)\b")
"""«isto, ali k = 5» asks the question before it with other sizes."""

_SAME = re.compile(r"\bist(?:im|e|i|ih)\s+(?:broj|velicin|dimenzij|sizes|brojk)")
_DENIES = re.compile(r"\W*(?:ma\s+)?(?:ne+|nije|nisu|nope|krivo|netocno|nego)\b")
_THAT = re.compile(r"\W*(?:pa\s+)?(?:to|ono|ovo)\s+(?:ti\s+)?(?:je|znaci)\b")
_FEW = 8
_NOT_BUT = re.compile(r"\W*(?:ma\s+|ne\W+)?(?:nije|nisu)\b.{1,40}\b(?:nego|vec)\b")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERED = re.compile(r"(?:^|[\s,;])([a-h]|[0-9]{1,2})[).]\s*(?=\S)")


def made(unit: Unit, id: str | None, confidence: float, judged: Judged, near: tuple[str, ...] = ()) -> Statement:
    """The statement of a unit."""
    text = " ".join(unit.text.split())
    return Statement(unit.first, unit.last, text, id, confidence, judged, unit.label, unit.post, unit.quote, near)


def referred(unit: Unit, before: Sequence[Statement], *, explicit: bool) -> Statement | None:
    """The earlier statement that a number or a letter points to: «za 3», «c je»; or, not explicitly, a list's item."""
    found = _REFERS.match(plain(unit.text).strip())
    label = found[1] if found else "" if explicit else unit.label
    return _labelled(label, unit, before)


def _labelled(label: str, unit: Unit, before: Sequence[Statement]) -> Statement | None:
    if not label:
        return None
    return next((one for one in reversed(before) if one.label == label and one.post < unit.post and one.id), None)


def answering(unit: Unit, known: Known, before: Sequence[Statement]) -> Statement | None:
    """A statement that answers or corrects an earlier question without naming it."""
    text = plain(unit.text).strip()
    waiting = _waiting(unit, before)
    named = referred(unit, before, explicit=False)
    if waiting and named and waiting.post > named.post:
        named = waiting
    if named:
        rest = _REFERS.sub("", unit.text, count=1) if _REFERS.match(text) else unit.text
        if answer := _answer(unit, rest, named, known, NAMED):
            return answer
    if same := _other_sizes(unit, known, before):
        return same
    listed = (unit.bullet or unit.label) and bool(before) and before[-1].post == unit.post
    if (
        listed
        or asks_only(text.rpartition("?")[0] + "?" * ("?" in text))
        or not concepts(unit.text)
        or len(text.split()) > LONGEST
    ):
        return None
    spoken = {one.name for one in concepts(unit.text) if cues.weights().get(one.name, 0) > _TELLING}
    meant = [one for one in reversed(before[-BACK:]) if one.id and spoken & _asked_with(one.id)]
    near = next((one for one in reversed(before[-BACK:]) if one.id and one.post >= unit.post - POSTS), None)
    if _COUNTS.match(text) and all(one.name[0] == "#" or one.name in lexicon().talk for one in concepts(unit.text)):
        return None
    near = near if _explained(unit.text) else None
    candidates = [one for one in (waiting, *meant[:1], near) if one]
    return next((answer for one in candidates if (answer := _answer(unit, unit.text, one, known, NEAR))), None)


def _explained(text: str) -> bool:
    """Whether a text says little that is neither of the course nor a way of answering: it may answer what is near."""
    found = words(text)
    told = {at for one in said(found) for at in range(one.first, one.last + 1)}
    strange = [word for at, word in enumerate(found) if at not in told and _STRANGE.match(word.text)]
    return len(strange) <= max(1, len(told))


@functools.cache
def _asked_with(id: str) -> frozenset[str]:
    """The concepts with which a question is asked."""
    entry = cues.entries().get(id)
    return frozenset(name for cue in (entry.asked if entry else ()) for term in cue.terms for name in term.names)


def _answer(unit: Unit, text: str, asked: Statement, known: Known, sure: float) -> Statement | None:
    question = known.get(asked.judged.posed or asked.id or "")
    judged = judge(question, text, asked=asked.text) if question else Judged()
    if asked.judged.posed and judged.verdict != "none":
        judged = msgspec.structs.replace(judged, posed=asked.judged.posed)
    return made(unit, asked.id, sure, judged) if judged.verdict != "none" else None


def corrected(unit: Unit, known: Known, before: Sequence[Statement]) -> Statement | None:
    """The answer of a text that opens with a denial right below a quote: it speaks of what is quoted."""
    quoted = before[-1] if before and before[-1].quote and before[-1].post == unit.post and not unit.quote else None
    if not quoted or not _DENIES.match(plain(unit.text).strip()):
        return None
    return _answer(unit, unit.text, quoted, known, NAMED)


def leans(text: str, before: Sequence[Statement]) -> bool:
    """Whether a text opens with «to ti je»: it tells of what was asked just before and not answered."""
    return bool(before and before[-1].judged.verdict == "none" and before[-1].id and _THAT.match(plain(text).strip()))


def numbered(unit: Unit, before: Sequence[Statement]) -> Statement | None:
    """The earlier statement that a short item answers by its number, though no answer of it can be read."""
    short = len(unit.text.split()) <= _FEW and not concepts_beside(unit.text)
    return _labelled(unit.label, unit, before) if unit.label.isdigit() and short else None


def concepts_beside(text: str) -> bool:
    """Whether a text asks something of its own."""
    return asks_only(text) or bool(re.search(r"\w\s*(?:=|->|→|:)\s", text))


def denies(text: str) -> bool:
    """Whether a text opens with «nije A nego B»: it speaks of what somebody answered, not of A and B."""
    return bool(_NOT_BUT.match(plain(text).strip()))


def _other_sizes(unit: Unit, known: Known, before: Sequence[Statement]) -> Statement | None:
    """An item that gives only sizes and a number: the question of the item above it, with other sizes."""
    folded = plain(unit.text)
    above = before[-1] if before and before[-1].post == unit.post and unit.bullet else None
    if again := _AGAIN.search(folded):
        above = next((one for one in reversed(before) if _sized(one, known)), None)
    question = known.get(above.judged.posed or above.id or "") if above else None
    if not above or not question or not question.params or (not again and len(_LONG_WORD.findall(folded)) > 1):
        return None
    judged = judge(question, unit.text)
    return made(unit, above.id, NEAR, judged) if judged.sizes and judged.verdict != "none" else None


def _sized(one: Statement, known: Known) -> bool:
    question = known.get(one.judged.posed or one.id or "")
    return question is not None and bool(question.params)


def same_sizes(text: str, id: str, before: Sequence[Statement]) -> str:
    """The text of the earlier statement whose sizes are meant: «s istim brojevima»."""
    if not _SAME.search(plain(text)):
        return ""
    return " ".join(one.text for one in before[-BACK:] if one.id == id)


def _waiting(unit: Unit, before: Sequence[Statement]) -> Statement | None:
    """The unanswered question that this item of a list answers by its place: the second answers the second."""
    if not unit.label.isdigit():
        return None
    asked = [one for one in before if one.post < unit.post and one.id and one.judged.verdict == "none"]
    row = [one for one in asked if one.post == asked[-1].post]
    if any(one.label.isdigit() for one in row):
        return next((one for one in row if one.label == unit.label), None)
    at = int(unit.label) - 1
    return row[at] if 0 <= at < len(row) else None


def by_letters(unit: Unit, known: Known, before: Sequence[Statement]) -> list[Statement]:
    """«a) 1 b) tuple c) …»: each answer joined to the earlier question with its letter; none if one has no question."""
    found = []
    for label, text in _pieces(f"{unit.label}) {unit.text}" if unit.label else unit.text):
        single = msgspec.structs.replace(unit, label=label, text=text)
        asked = _labelled(label, unit, before)
        id = (asked.id if asked else None) or ""
        if id not in known or not text:
            return []
        found.append(made(single, id, NAMED, judge(known[id], text)))
    return found


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Label and text of each answer in a row of them, labelled one after another from the start of the text."""
    places = list(_LETTERED.finditer(text))
    if len(places) < 2 or places[0].start() > 0 or not _in_order([place[1] for place in places]):
        return
    for at, place in enumerate(places):
        end = places[at + 1].start() if at + 1 < len(places) else len(text)
        yield place[1], text[place.end() : end].strip(" ,;")


def _in_order(labels: Sequence[str]) -> bool:
    numbers = [int(label) if label.isdigit() else ord(label) for label in labels]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def linked(found: Sequence[Statement]) -> list[Statement]:
    """The statements with what they answer, what answers them, and what they correct."""
    done: list[Statement] = []
    last: dict[str, int] = {}
    judged: dict[str, Statement] = {}
    for one in found:
        id = one.id or ""
        if id and one.judged.verdict != "none" and not one.quote:
            before = last.get(id)
            if before is not None and done[before].judged.verdict == "none":
                done[before] = msgspec.structs.replace(done[before], answered_at=one.first_line)
                one = msgspec.structs.replace(one, answers=done[before].first_line)  # noqa: PLW2901 - the same, joined
            earlier = judged.get(one.asked)
            if earlier and earlier.judged.verdict != one.judged.verdict:
                one = msgspec.structs.replace(one, corrects=earlier.first_line)  # noqa: PLW2901
            judged[one.asked] = one
        if id:
            last[id] = len(done)
        done.append(one)
    return done
