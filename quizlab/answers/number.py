"""Numbers: counts, exact at any size, and real numbers, compared to the precision that was typed.

A count may be written with any thousands mark (9 312, 9.312, 9,312, 9'312, 9_312), with zeros behind a
decimal mark (9312,0), as arithmetic or as an expression over the parameters. A real number has a decimal
comma or point; what could be either thousands or decimals (1.234) is asked again. A real number holds if it
lies within half a unit of its last typed digit, but always to at least three significant digits.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizlab.answers.clean import signs, words
from quizlab.answers.evaluate import Env, Number, equal, evaluate, is_number, numeric
from quizlab.answers.expression import parse
from quizlab.answers.names import Names
from quizlab.answers.reading import Formula, Quantity, Reading, Unreadable, unreadable

if TYPE_CHECKING:
    from quizlab.model import Atom, Part

_LITERAL = r"[+-]?[0-9 .,_']+(?:[eE][+-]?[0-9]+)?"
_UNIT = (
    r"(?<=[0-9.])\s+(?:uk\.?|ukupno|svih)?\s*(?:parametar|parametr|tezin|kanal|dimenzij|znacajk|neuron|razred|klas|"
    r"primjer|element|kom|tenzor|komponent|rijec|broj|sloj|komad|red)[a-z]{0,4}\.?$"
)
_LABEL = r"\s*(?:[^\W\d][\w\s]{0,40}?(?:\([^()=]{0,40}\)\s*)?)?=(?!=)|\s*[^\W\d][\w\s]{0,40}:(?!=)"
_WORDS = {
    **dict.fromkeys(("nula", "nista", "nijedan", "nijedno"), "0"),
    **dict.fromkeys(("jedan", "jedna", "jedno"), "1"),
    **dict.fromkeys(("dva", "dvije", "drugog reda"), "2"),
    **dict.fromkeys(("tri", "treceg reda"), "3"),
    "cetiri": "4",
    "pet": "5",
    "sest": "6",
    "sedam": "7",
    "osam": "8",
    "devet": "9",
    "deset": "10",
}
_ZERO = Formula("0", (), "0")


def unlabelled(text: str) -> str:
    """The text with a left side such as ``y =`` or ``ukupno:`` blanked out."""
    found = re.compile(_LABEL).match(text)
    rest = text[found.end() :] if found else ""
    return rest.rjust(len(text)) if rest.strip() and "=" not in rest else text


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    """Reads a count, or a real number where the part asks for one."""
    names = Names([*part.symbols, *numeric(params)])
    plain = unlabelled(signs(text))
    folded = words(plain)
    if names.one(plain) is None:
        plain = _WORDS.get(folded, plain)
    if unit := re.compile(_UNIT).search(folded):
        plain = (
            plain[: len(plain) - (len(folded) - unit.start())] if len(folded) == len(plain) else folded[: unit.start()]
        )
    formula = parse(plain, names, count=not part.real)
    if isinstance(formula, Unreadable):
        vague = formula.code in ("unexpected", "unfinished", "unknown_symbol") and not part.symbols and not params
        return unreadable("not_a_number", text) if vague else formula
    if any(name in part.symbols for name in formula.names):
        return Reading("number", Quantity(formula, part.real), formula.shown)
    return _valued(text, plain, formula, part, params)


def _valued(text: str, plain: str, formula: Formula, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    value = evaluate(formula, numeric(params))
    if value is None:
        return unreadable("no_value", text)
    if part.real:
        step = _step(plain) if re.compile(_LITERAL).fullmatch(plain.strip()) else 0.0
        return Reading("number", Quantity(formula, real=True, step=step), show(value, step))
    whole = _whole(value)
    if not isinstance(whole, int):
        return unreadable("not_a_count", text)
    return Reading("number", Quantity(formula), show(whole))


def _step(plain: str) -> float:
    from quizlab.answers.literals import interpret

    literal = interpret(plain.strip().lstrip("+- "), count=False)
    return 0.0 if isinstance(literal, Unreadable) else literal.step


def _whole(value: Number) -> Number:
    """A number that is whole but for rounding, as an int."""
    if isinstance(value, float) and abs(value) < 2**53 and abs(value - round(value)) <= 1e-9 * max(1.0, abs(value)):
        return round(value)
    return value


def show(value: Number, step: float = 0.0) -> str:
    """A number with a decimal comma, never so that it could be read as thousands, with the digits typed."""
    if isinstance(value, int):
        return str(value).replace("-", "−")
    places = max(0, -math.floor(math.log10(step) + 0.5)) if step else 0
    text = f"{value:.{places}f}" if 0 < places <= 17 and 1e-5 <= abs(value) < 1e16 else repr(value)
    if "e" in text:
        mantissa, _, power = text.partition("e")
        text = f"{mantissa.removesuffix('.0')}e{int(power)}"
        if power == "-05":
            text = mantissa[: mantissa.find("-") + 1] + "0.0000" + mantissa.strip("-").replace(".", "")
    text = text.removesuffix(".0")
    if re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", text):
        text += "0"
    return text.replace(".", ",").replace("-", "−")


def holds(value: Quantity, measured: object, env: Env) -> bool:
    """Counts are equal exactly; real numbers to the precision typed."""
    said = evaluate(value.formula, env)
    if said is None or not is_number(measured):
        return False
    assert isinstance(measured, int | float)
    if not value.real:
        return _whole(said) == _whole(measured)
    if not value.step or (isinstance(said, int) and isinstance(measured, int)):
        return equal(said, measured)
    return _close(said, measured, value.step)


def _close(said: Number, measured: Number, step: float) -> bool:
    if not said:
        return abs(measured) <= 1e-9
    finest = 1.2e-7 * abs(said)
    three = 0.5 * 10.0 ** (math.floor(math.log10(abs(said))) - 2)
    try:
        return abs(said - measured) <= max(min(step / 2, three) * (1 + 1e-9), finest)
    except OverflowError:
        return False


def value_at(value: Quantity, env: Env) -> Number | None:
    """The number, with the names bound."""
    found = evaluate(value.formula, env)
    return found if found is None or value.real else _whole(found)
