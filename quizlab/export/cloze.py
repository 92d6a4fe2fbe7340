r"""Moodle's embedded answers (cloze): a question whose text has the places to type in it.

``{1:SHORTANSWER:=M-1~%0%M#Not quite}`` is found in the HTML by regular expressions, and what stands in it is decoded
from HTML once. So everything in it is escaped once more than elsewhere, and every sign of cloze is an entity. Moodle
undoes ``\}`` and ``\#`` only, after decoding, and an answer must not end in ``&`` or ``&amp;``: entities by number
avoid all of that, but for a backslash before those two signs, which is written twice.
"""

from __future__ import annotations

import re

from quizlab.export.items import Answer, Gap, Item
from quizlab.export.items.markup import escaped

SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in '&<>"~#{}\\'})
TYPES = {"numerical": "NUMERICAL", "short": "SHORTANSWER"}
RIGHT, WRONG = 20, 4
"""So many spellings of the key and of a mistake: Moodle matches a place with all its answers by one expression."""


def cloze(item: Item) -> str:
    """The question's text and, under it, a line for each place to type."""
    places = (f"<p>{_outside(escaped(gap.name))}{': ' if gap.name else ''}{_place(gap)}</p>" for gap in item.gaps)
    return f"<p>{_outside(item.prompt)}</p>{_outside(written_so(item))}{''.join(places)}"


def written_so(item: Item) -> str:
    """How to write the answer, in small print."""
    return f"<p><small>{item.writing}</small></p>" if item.writing else ""


def pattern(text: str) -> str:
    r"""An answer as Moodle's short answers compare it: ``*`` is any text there, ``\*`` a star."""
    return text.replace("*", "\\*")


def percent(fraction: float) -> str:
    """What an answer is worth, as Moodle knows it: 100, 33.33333, -50."""
    return f"{fraction:.5f}".rstrip("0").rstrip(".")


def _outside(markup: str) -> str:
    """HTML in which nothing is taken for a place to type, LaTeX's braces included."""
    return markup.replace("{", "&#123;")


def _place(gap: Gap) -> str:
    kind = TYPES[gap.kind] + ("_C" if gap.case else "")
    return f"{{1:{kind}:{'~'.join(_alternative(gap, answer) for answer in _few(gap))}}}"


def _few(gap: Gap) -> list[Answer]:
    """The first spellings of the key and of each mistake."""
    kept: dict[tuple[float, str], int] = {}
    found = []
    for answer in gap.answers:
        which = (answer.fraction, answer.says)
        kept[which] = kept.get(which, 0) + 1
        if kept[which] <= (RIGHT if answer.fraction > 0 else WRONG) or gap.kind == "numerical":
            found.append(answer)
    return found


def _alternative(gap: Gap, answer: Answer) -> str:
    worth = "=" if answer.fraction == 100 else f"%{percent(answer.fraction)}%"
    text = f"{answer.text}:{answer.tolerance}" if gap.kind == "numerical" else _inside(pattern(answer.text))
    return f"{worth}{text}#{_inside(answer.says)}" if answer.says else f"{worth}{text}"


def _inside(text: str) -> str:
    return re.sub(r"\\(?=[}#])", r"\\\\", text).translate(SIGNS)
