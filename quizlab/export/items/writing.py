"""How to write an answer on a platform that compares it sign by sign; said before the answer counts."""

from __future__ import annotations

from collections.abc import Sequence

from quizlab.export.items import typed
from quizlab.export.items.item import Gap
from quizlab.export.items.markup import escaped
from quizlab.model import Part, TypedQuestion
from quizlab.telling.sentences import HINTS

COMPARED = "Odgovor se ovdje uspoređuje znak po znak."
WHOLE = "Upiši samo broj znamenkama, bez razmaka, točke i zareza za tisuće."
REAL = "Upiši samo broj znamenkama. Decimalni znak je onaj tvojeg sučelja: na hrvatskom zarez, na engleskom točka."


def writing(question: TypedQuestion, gaps: Sequence[Gap]) -> str:
    """A sentence for each kind of place to type, as HTML: a formula that comes to a number is typed as that number."""
    compared = [COMPARED] if any(gap.kind != "numerical" for gap in gaps) else []
    said = map(_of, typed.parts(question), gaps)
    return escaped(" ".join([*compared, *dict.fromkeys(said)]))


def _of(part: Part, gap: Gap) -> str:
    if gap.kind != "numerical":
        return f"{HINTS[part.kind]}."
    return REAL if part.real or "." in gap.answers[0].text else WHOLE
