"""Options that are formulas: ``i_t ⊙ g_t + f_t ⊙ c_{t-1}`` is ``f_t * c_(t-1) + i_t * g_t``.

Both are written with plain names (an index of time and an accent become letters) and compared by their values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from quizlab.answers.clean import signs
from quizlab.answers.evaluate import FUNCTIONS, alike
from quizlab.answers.expression import parse
from quizlab.answers.names import Names
from quizlab.answers.notation import plain
from quizlab.answers.reading import Formula, Unreadable

_SIGN = r"[+*/^=(]|-"
_MINUS = r"(?<!\w)minus(?!\w)"
_NAMED = r"^(?![^=]*(?:[+*/]|(?<!\w)(?:ne|nije|nema|not|nego|ili|osim|umjesto|bez)(?!\w)))[^=]*="
_ACCENT = r"\s*[\u0302\u0303\u0304]"
_BEFORE = r"(?:_\s*)?[({\[]?\s*t\s*-\s*1\s*[)}\]]?"
_NOW = r"_\s*[({\[]?\s*t\s*[)}\]]?(?!\w)"
_INDEXED = rf"(?<=[^\W_])(?:{_BEFORE})"
_DISTANCE = r"d\s*\(\s*([apn])\s*,\s*([apn])\s*\)|(?<!\w)d_?\{?([apn]),?([apn])\}?(?!\w)"
_MARGIN = r"(?<!\w)margin[ae]?(?!\w)"
_NAME = r"[^\W\d]\w*"
_LONGEST = 200
_CALLABLE = tuple(FUNCTIONS)


def the_one(text: str, options: Mapping[str, Sequence[str]]) -> str | None:
    """The letter of the only option with a formula of the same values as the typed one, if there is one."""
    plain = plainly(text)
    if len(plain) > _LONGEST or not re.search(_SIGN, plain):
        return None
    offered = [(letter, plainly(one)) for letter, texts in options.items() for one in texts if re.search(_SIGN, one)]
    names = Names({name for _, one in offered for name in re.findall(_NAME, one)} - {*_CALLABLE})
    said = parse(plain, names)
    if isinstance(said, Unreadable) or not said.names:
        return None
    found = {letter for letter, one in offered if _same(said, parse(one, names))}
    return found.pop() if len(found) == 1 else None


def _same(said: Formula, other: Formula | Unreadable) -> bool:
    return isinstance(other, Formula) and set(said.names) == set(other.names) and alike(said, other)


def plainly(text: str) -> str:
    """A formula in names of letters and digits alone, without the name of what it gives."""
    put = re.sub(_NAMED, "", unicodedata.normalize("NFD", signs(plain(text)))).replace("−", "-")
    put = re.sub(_MINUS, "-", re.sub(_ACCENT, "hat", put))
    put = re.sub(_DISTANCE, lambda found: "d" + "".join(filter(None, found.groups())), put)
    put = re.sub(_NOW, "", re.sub(_INDEXED, "prev", put))
    return re.sub(_MARGIN, "m", put).rstrip(". ")
