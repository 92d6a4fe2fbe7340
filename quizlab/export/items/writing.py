"""How to write an answer on a platform that compares it sign by sign; said before the answer counts."""

from __future__ import annotations

from quizlab.export.items import typed
from quizlab.export.items.markup import escaped
from quizlab.model import Part, TypedQuestion
from quizlab.telling.sentences import HINTS

COMPARED = "Odgovor se ovdje uspoređuje znak po znak."
WHOLE = "Upiši samo broj znamenkama, bez razmaka, točke i zareza za tisuće."
REAL = "Upiši samo broj znamenkama. Decimalni znak je onaj tvojeg sučelja: na hrvatskom zarez, na engleskom točka."


def writing(question: TypedQuestion) -> str:
    """A sentence for each kind of part, as HTML."""
    parts = typed.parts(question)
    compared = [COMPARED] if any(part.kind != "number" for part in parts) else []
    return escaped(" ".join([*compared, *dict.fromkeys(map(_of, parts))]))


def _of(part: Part) -> str:
    if part.kind != "number":
        return f"{HINTS[part.kind]}."
    return REAL if part.real else WHOLE
