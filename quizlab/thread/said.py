"""Where in a statement the remembered answer stands: behind a marker, an arrow or a question, in bold, in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from quizlab.thread.fold import plain
from quizlab.thread.model import Choice

_MARKED = re.compile(r"(?i)(\(?)\b(?:odg(?:ovor)?|rj(?:e[sš]enje)?|ans(?:wer)?)\b\s*(?:je\b)?\s*[:.=)-]*\s*")
_LEFT_MARKED = re.compile(r"(?is)(?:^|[-–:?(,]\s*)((?:[^-–:?(]|(?<=\S)-(?=\S)){1,400}?)\s+(?:je\s+)?odg(?:ovor)?\W*$")
_CHOSEN = re.compile(
    r"(?i)\b(?:zaokru[zž]i\w*|stavi(?:o|la|h|l)|ozna[cč]i(?:o|la)|odabra(?:o|la)|napisa(?:o|la)|odgovori(?:o|la)|rek(?:ao|la))"
    r"\s+(?:sam\s+)?(?:da\s+)?"
)
_COUNTED = re.compile(
    r"(?i)\b(?:parameta?ra|te[zž]ina|brojeva|elemenata)\s+(?:je\s+|ima\s+)?([0-9][0-9 .]*[0-9])(?=\s*(?:,|$))"
)
_VALUE_FIRST = re.compile(r"\W*([0-9][0-9 .]*)\s*,\s+(?=[^\W\d_])")
_ARROW = re.compile(r"(?:-->|->|→|=>|⇒)\s*")
_SIZES = re.compile(r"[0-9]\s*(?:-->|->|→|=>|⇒)\s*[0-9]+[^0-9=?:(]*(?:[=?:(]|kol)")
_EQUALS = re.compile(r"(?<![=<>!≠:])=(?![=>])\s*")
_ASKED = re.compile(r"\?+[\s*_)\]]*(?=\S)")
_DASH = re.compile(
    r"\s[-–—]{1,2}\s|(?<=[^\W\d_]{2})(?:\s[-–—](?=[^\W\d_]{2}|[0-9]{2})|(?<=[^\W\d_]{3})[-–—]\s)|:(?=\s)[\s*_]*|,\s(?=zaokru|stavi|ozna)|\*\*\s*:?\s+"
)
_MINUS = re.compile(r"(?:^|[\s(=])[0-9l]\s[-–—]\s$")
_BOLD = re.compile(r"\*\*(.+?)\*\*|(?<![\w*])\*([^*\n]+?)\*(?![\w*])|__(.+?)__")
_BRACKETS = re.compile(r"(?<![^\W_])\(((?:[^()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*)\)\s*[.!]*\s*$")
_INTERROGATIVE = re.compile(
    r"^\W*(?:(?:i|a|te|meni|mene|jos|pita\w*|pitanje|zadnje|prvo|onda|ono|blic|usmeni|usmeno|"
    r"da|mi|me|je|su|bilo|doslo)\W+){0,4}"
    r"(?:kol(?:ik|k)\w*|kojeg?\w*|koji\w*|koja|koju|kojih|kojem\w*|sto|sta|kaj|ca|cega|kako|kak|kakav\w*|kakv\w*|zasto|"
    r"cemu|cime|gdje|jel|je li|dal|da li|moze li|moze l|nacrt\w*|crtanj\w*|skic\w*|objasni\w*|napisi\w*|nabroji\w*|"
    r"ispricaj\w*)(?![^\W_])"
)
_INLINE = re.compile(r"(?:^|[\s,;(])\(?([a-hA-H])\)\s*")
_CHOSE = re.compile(
    r"(?:odg\w*|da[lo]\w?|stavi\w*|zaokru\w*|oznaci\w*|oznacen\w*|mislim|valjda|tocn\w|rjesenje|izabra\w*|odabra\w*|islo|bilo|ja)"
    r"\W+(?:je |pod |da je |na |ono |slovo |odg\w* |sam )*\(?([a-h])\)?(?![^\W_])"
)
_ARROWED = re.compile(r"(?:->|→|=>|=)\s*\(?([a-h])\)?\W*$")
_UNTICKED = re.compile(r"(?:^|\s)(?:[(\[]\s?[)\]]|[OoО○◯☐])\s+\S", re.MULTILINE)
_TICKED = re.compile(
    r"(?<!\w)(?:[(\[][xX✓✔•*][)\]]|[✓✔☑☒●◉])\s*(\S[^\n]*?)(?=\s{2,}|\s+(?:[(\[]\s?[)\]]|[OoО○◯☐])\s|$|\n)"
)
_HEDGES = re.compile(
    r"(?i)^\W*(?:(?:mislim da (?:je|su|se)?|valjda|vjerojatno|ja stavi\w* (?:sam )?|stavi\w* (?:sam )?|rek(?:ao|la) sam"
    r"(?: da (?:je|su)?)?|meni ispa\w*|ispa\w*|lupi\w*|je|su|to je|"
    r"bi bi\w*|odg(?:ovor)?|to bi bilo|ide|pise)\b[\s:,]*)+"
)


_CHOICES = re.compile(r"[:,(](?:[^,:?.=()→>]{1,28},){1,40}[^,:?.=()→>]{1,28}\s+ili?\s+[^,:?.=→>]{1,30}\W*$")
_OR_ELSE = re.compile(r"\w\?\W*\bili?\b")
_EITHER = re.compile(r"\b([^\W\d_]{3,})\s+ili?\s+(?:ne|nije)\b(?:\s+\1)?\W*$")
_SIZE = re.compile(
    r"(?<![^\W_])(?:k|K|M|n|m|q|T|B|h|d|V|H|D|N|C|min_freq|c_?\\?_?\{?(?:in|out)\}?|kernel(?:\\?_size)?|padding|stride|split|swap)\s*$"
)
_COMMA = re.compile(r",\s+(?=[^,()]{1,24}$)")
_ROW = re.compile(r"(?:[:(]|^)(?:[^,:()]{1,24},){3,}\s*$")
_SENTENCE = re.compile(r"(?<![0-9])\.\s+(?=\S)")


_CALCULATION = 3
"""Longer texts come to their answer in the last line."""


class Answer(Struct, frozen=True):
    """A text that may be the answer; ``loose`` is the whole statement, with the question in it."""

    text: str
    asked: str = ""
    loose: bool = False


def answers(text: str, choices: tuple[Choice, ...] = ()) -> Iterator[Answer]:
    """The texts that may be the remembered answer, the likeliest first; none where only a question was asked."""
    if _UNTICKED.search(text) and (ticked := _TICKED.search(text)):
        yield Answer(ticked[1].strip(), text[: ticked.start()].split("\n", maxsplit=1)[0])
        return
    stem, inline = offered(text)
    every = choices or inline
    if every:
        if chosen := picked(text, every):
            yield Answer(chosen, stem)
        if choices or re.search(r"\?\s*$", text):
            return
    if _lists(text):
        return
    flat = text.replace("\n", " \n ")
    seen: set[str] = set()
    lines = text.split("\n")
    summed = _cuts(lines[-1]) if len(lines) > _CALCULATION else ()
    for one in (*summed, *_cuts(flat)):
        said = _HEDGES.sub("", one.text).strip(" \n\t,;.!*_")
        if said and said not in seen and re.search(r"\w", said) and not _asks_on(said):
            seen.add(said)
            yield Answer(said, one.asked)
    if not asks_only(_BRACKETS.sub("", flat)) and " il " not in plain(flat) and not _asked_at_first(flat):
        yield Answer(flat.strip(), "", loose=True)


def _lists(text: str) -> bool:
    """Whether a question ends in what may be chosen: «…: A, B ili C», «može ili ne može»."""
    folded = plain(text).strip()
    return any(pattern.search(folded) for pattern in (_CHOICES, _EITHER, _OR_ELSE))


def _asks_on(text: str) -> bool:
    """Whether a text goes on asking or offers what may be chosen, so that it is no answer."""
    folded = plain(text).strip()
    offers = " il " in folded or (text.rstrip().endswith("?") and " ili " in folded)
    return offers or (bool(_INTERROGATIVE.search(folded)) and not re.search(r"[=:]|->|→", folded))


def _cuts(text: str) -> Iterator[Answer]:
    """Every place where an answer may begin, the plainest markers first."""
    for place in _MARKED.finditer(text):
        rest = text[place.end() :]
        yield Answer(_inside(rest) if place[1] else rest, text[: place.start()])
    yield from _after(text, [place for place in _CHOSEN.finditer(text) if place.start()][-1:])
    if value := _VALUE_FIRST.match(text):
        yield Answer(value[1])
    if counted := _COUNTED.search(text):
        yield Answer(counted[1], text[: counted.start(1)])
    if left := _LEFT_MARKED.search(text):
        yield Answer(left[1], text[: left.start(1)])
    if bold := _emphasised(text):
        yield Answer(bold, text.replace(bold, " "))
    for pattern in (_ARROW, _ASKED):
        yield from _behind(text, pattern)
    if brackets := _BRACKETS.search(text):
        yield Answer(brackets[1], text[: brackets.start()])
    yield from _after(text, [place for place in _EQUALS.finditer(text) if not _gives_size(text, place)])
    yield from _after(text, [place for place in _DASH.finditer(text) if not _MINUS.search(text[: place.end()])])
    yield from _after(text, [place for place in _SENTENCE.finditer(text) if _asked_before(text, place)])
    yield from _after(text, [place for place in _COMMA.finditer(text) if not _ROW.search(text[: place.end()])])
    if "\n" in text:
        head, _, rest = text.partition("\n")
        yield Answer(rest, head)


def _asked_at_first(text: str) -> bool:
    """Whether a text opens with a question and goes on: what answers it stands behind the question mark."""
    asked, mark, rest = text.partition("?")
    return bool(mark) and bool(rest.strip(" ?!.")) and bool(_INTERROGATIVE.search(plain(asked).strip()))


def _asked_before(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop ends a question: the sentence before it asks, at its start or behind a comma."""
    clauses = plain(text[: stop.start()]).split(",")
    return asks_only(text[: stop.start()]) or (len(clauses) > 1 and asks_only(clauses[-1]))


def _gives_size(text: str, place: re.Match[str]) -> bool:
    """Whether the equals sign gives a size (``k = 5``, ``c_in = c_out = 32``) and no answer."""
    return bool(
        _SIZE.search(text[: place.start()]) and re.match(r"\s*\$?\s*(?:[0-9lIO]|[cdhV]_?)", text[place.end() :])
    )


def _behind(text: str, pattern: re.Pattern[str]) -> Iterator[Answer]:
    """What stands behind the last such sign, then what stands behind the first."""
    places = [place for place in pattern.finditer(text) if not _between_sizes(text, place.start())]
    if places and re.search(r"\w", text[places[-1].end() :]):
        yield from _after(text, places[-1:])
    if len(places) > 1:
        yield from _after(text, places[:1])


def _between_sizes(text: str, at: int) -> bool:
    return any(_SIZES.match(text, max(0, at - back)) for back in (1, 2))


def _after(text: str, places: Sequence[re.Match[str]]) -> Iterator[Answer]:
    """What stands behind the first of these places, and behind the last."""
    for place in dict.fromkeys([*places[:1], *places[-1:]]):
        yield Answer(text[place.end() :], text[: place.start()])


def _inside(rest: str) -> str:
    depth = 1
    for at, char in enumerate(rest):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return rest[:at]
    return rest


def _emphasised(text: str) -> str:
    """The last emphasised piece that asks nothing, where it is not the whole text."""
    marked = [next(group for group in place.groups() if group) for place in _BOLD.finditer(text)]
    marked = [one for one in marked if not re.search(r"[?:]\s*$", one) and not asks_only(one)]
    return marked[-1] if marked and re.search(r"\w{2}", _BOLD.sub(" ", text)) else ""


def asks_only(text: str) -> bool:
    """Whether the text is a question and nothing more."""
    folded = plain(text).strip()
    if re.search(r"\?\W*$|\b(?:sto|sta|kaj) (?:to )?(?:znaci|je to|radi)\W*$", folded):
        return True
    return bool(_INTERROGATIVE.search(folded)) and not re.search(r"[?=:]|->|→| - |\(", folded)


def offered(text: str) -> tuple[str, tuple[Choice, ...]]:
    """The question and the options that stand in the same line: ``… A) tensor B) tuple``; none if they are no row."""
    places = list(_INLINE.finditer(text))
    row = [place for at, place in enumerate(places) if place[1].lower() == "abcdefgh"[at]] if len(places) < 9 else []
    if len(row) < 2 or len(row) != len(places):
        return text, ()
    found = []
    for at, place in enumerate(row):
        end = row[at + 1].start() if at + 1 < len(row) else len(text)
        piece = text[place.end() : end]
        said = re.split(r"(?i),\s(?![^()]*\))(?!\s*[A-Z]\b)|\bodg|\n", piece)[0].strip(" .;,*")
        found.append(Choice(place[1].lower(), said if "(" in said else said.rstrip(") ")))
    return text[: row[0].start()], tuple(found)


def picked(text: str, choices: tuple[Choice, ...]) -> str:
    """The text of the option that is marked: by stars, or named by its letter."""
    ringed = re.findall(r"(?:^|\s)\(([a-h])\)\s", text)
    if len(ringed) == 1 and len(re.findall(r"(?:^|[^(\w])[a-h]\)\s", text)) == len(choices) - 1 >= 1:
        return next((choice.text for choice in choices if choice.letter == ringed[0]), "")
    starred = [choice.text for choice in choices if choice.starred or _bold(choice.text)]
    if len(starred) == 1:
        return starred[0].strip("*_ ")
    last = choices[-1].text
    for place in (text, last):
        named = [*_ARROWED.finditer(plain(place)), *_CHOSE.finditer(plain(place))]
        if named:
            letter = named[-1][1]
            return next((choice.text for choice in choices if choice.letter == letter), "").strip("*_ ")
    return ""


def _bold(text: str) -> bool:
    return bool(re.fullmatch(r"\s*(\*\*|__|\*)\S.*\1\s*", text))
