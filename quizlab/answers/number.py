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
from quizlab.answers.equation import settle
from quizlab.answers.evaluate import Env, Number, alike, equal, evaluate, is_number, numeric, whole
from quizlab.answers.expression import parse
from quizlab.answers.names import Names
from quizlab.answers.numerals import spelled
from quizlab.answers.orders import order
from quizlab.answers.reading import Formula, Quantity, Reading, Unreadable, unreadable
from quizlab.answers.split import cut, restated
from quizlab.numbers import ungrouped

if TYPE_CHECKING:
    from quizlab.model import Atom, Part

_LITERAL = r"[+-]?[0-9 .,_']+(?:[eE][+-]?[0-9]+)?"
_NOUN = (
    r"(?:parametar|parametr|param|tezin|kanal|dimenzij|znacajk|neuron|razred|klas|primjer|element|kom|tenzor|"
    r"komponent|rijec|broj|sloj|komad|red|ukupno|sveukupno|uciv|ulazn|izlazn|channel)"
    r"[a-z]{0,4}\.?"
)
_UNIT = rf"(?<=[0-9.)])(?:\s+(?:uk\.?|svih|{_NOUN}))+$"
_OPENING = re.compile(
    r"\s*(?:(?:ukupno|sveukupno|ima(?:\s+ih)?|to\s+je|odgovor(?:\s+je)?|rezultat(?:\s+je)?|to[cč]no|iznosi|je|jednako|"
    r"samo|redom|reda?(?=\s+[0-9]))\s+)+",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\s*(?:[≈~≃≅≊≐]|(?:oko|otprilike|pribli[zž]no|cca\.?|ca\.?)\s)\s*", re.IGNORECASE)
_PERCENT = re.compile(rf"({_LITERAL})\s*(?:%|posto|postotaka)", re.IGNORECASE)
_OF_TEN = r"\s*[*×xX]\s*10\s*(?:(?:\^|\*\*)\s*\(?([+-]?[0-9]{1,3})\)?|([⁺⁻]?[⁰¹²³⁴-⁹]{1,3}))"
_SCIENTIFIC = re.compile(rf"([+-]?[0-9 .,_']+){_OF_TEN}")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_EXPLAINED = re.compile(rf"(?P<number>{_LITERAL})(?<=[0-9])\s+\((?P<inside>[^=]*)\)")
_COUNTED_SO = re.compile(rf"(?P<number>{_LITERAL})(?<=[0-9])\s+{_NOUN}\s+\((?P<inside>[^=a-z]*)\)")
"""The same with what is counted, in lower case without diacritics: ``9280 parametara (9216 + 64)``."""

_LABELLED = re.compile(r"(?<=[0-9])\s+\([^\W\d_]{2,}\)(?=\s*[+-])")
"""What a term of a sum stands for: ``9248 (conv) + 64``."""

_ADDED = r"[-+]"
_WORDS = {
    **dict.fromkeys(("nula", "nista", "nijedan", "nijedno"), "0"),
    **dict.fromkeys(("jedan", "jedna", "jedno", "prvog reda", "prvoga reda"), "1"),
    **dict.fromkeys(("dva", "dvije", "drugog", "drugoga", "drugog reda", "drugoga reda"), "2"),
    **dict.fromkeys(("tri", "treceg", "trecega", "treceg reda", "trecega reda"), "3"),
    **dict.fromkeys(("cetiri", "cetvrtog", "cetvrtoga", "cetvrtog reda", "cetvrtoga reda"), "4"),
    "pet": "5",
    "sest": "6",
    "sedam": "7",
    "osam": "8",
    "devet": "9",
    "deset": "10",
}
_BRACKET_EQUALS = r"\(\s*="
_COUNTED = re.compile(rf"({'|'.join(_WORDS)})(?:\s+{_NOUN})?")


def read(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    """Reads a count, or a real number where the part asks for one."""
    names = Names([*part.symbols, *numeric(params)])

    def side(piece: str) -> Reading | Unreadable:
        return _side(text, piece, names, part, params)

    plain = re.compile(_BRACKET_EQUALS).sub("( ", signs(text))
    return settle(plain, names, side, lambda one, other: _same(one, other, params))


def _side(text: str, piece: str, names: Names, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    plain = _LABELLED.sub("", _spoken(piece, names, part))
    if found := _EXPLAINED.fullmatch(plain.strip()) or _COUNTED_SO.fullmatch(words(plain)):
        return _explained(text, found, names, part, params)
    if again := restated(plain):
        said = _said_again(text, again, names, part, params)
        if said is not None:
            return said
    if part.real and names.one("e") is None:
        plain = _one_literal(plain)
    step = _step(plain) if part.real and re.compile(_LITERAL).fullmatch(plain.strip()) else 0.0
    if part.real and (percent := _PERCENT.fullmatch(plain.strip())):
        plain, step = f"({percent[1].strip()})/100", _step(percent[1]) / 100
    formula = parse(plain, names, count=not part.real)
    if isinstance(formula, Unreadable):
        vague = formula.code in ("unexpected", "unfinished", "unknown_symbol") and not part.symbols and not params
        return unreadable("not_a_number", text) if vague else formula
    if any(name in part.symbols for name in formula.names):
        return Reading("number", Quantity(formula, part.real), formula.shown)
    return _valued(text, formula, step, part, params)


def _spoken(piece: str, names: Names, part: Part) -> str:
    """The piece without the words around a number, ``ukupno 9312 parametara``, and words for small ones as digits."""
    plain = piece.rstrip(" ,;")
    for opening in (_OPENING, _ABOUT) if part.real else (_OPENING,):
        if (found := opening.match(plain)) and names.one(plain.strip()) is None:
            plain = plain[found.end() :].rjust(len(plain))
    folded = words(plain)
    if names.one(plain.strip()) is None:
        if counted := _COUNTED.fullmatch(folded):
            return _WORDS[counted[1]]
        if (number := spelled(folded)) is not None:
            return str(number)
        if said := order(folded, short=names.one("d") is None):
            return said
    unit = re.compile(_UNIT).search(folded)
    if not unit:
        return plain
    return plain[: unit.start() - len(folded)] if plain.casefold().endswith(folded) else folded[: unit.start()]


def _explained(
    text: str, found: re.Match[str], names: Names, part: Part, params: Mapping[str, Atom]
) -> Reading | Unreadable:
    """A number and how it came about, ``9312 (9216 + 96)``; what is in brackets must come to the same."""
    said = _side(text, found["number"], names, part, params)
    inside = _side(text, found["inside"], names, part, params)
    if isinstance(said, Reading) and isinstance(inside, Reading) and _same(said, inside, params):
        return said
    return unreadable("unexpected", text, symbol="(", position=str(text.find("(") + 1))


def _said_again(
    text: str, again: tuple[str, str], names: Names, part: Part, params: Mapping[str, Atom]
) -> Reading | Unreadable | None:
    """A sum and, in brackets behind it, what it or its last term comes to; None where the brackets multiply.

    ``9216 + 96 (9312)`` and ``9216 + 96 (32·3)`` are both 9312; behind a sum anything else could mean two things.
    """
    before, inside = (_side(text, piece, names, part, params) for piece in again)
    if not isinstance(before, Reading) or not isinstance(inside, Reading):
        return None
    terms = cut(again[0].strip(), re.compile(_ADDED))
    last = _side(text, terms[-1], names, part, params) if len(terms) > 1 else before
    if any(isinstance(one, Reading) and _same(one, inside, params) for one in (before, last)):
        return before
    if len(terms) == 1:
        return None
    return unreadable("unexpected", text, symbol="(", position=str(text.rfind("(") + 1))


def _same(one: Reading, other: Reading, params: Mapping[str, Atom]) -> bool:
    """Whether two readings of one answer come to the same; a rounded number needs only agree in its digits."""
    assert isinstance(one.value, Quantity)
    assert isinstance(other.value, Quantity)
    env = numeric(params)
    a, b = value_at(one.value, env), value_at(other.value, env)
    if a is None or b is None:
        return alike(one.value.formula, other.value.formula)
    return holds(one.value, b, env) or holds(other.value, a, env)


def _valued(text: str, formula: Formula, step: float, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    value = evaluate(formula, numeric(params))
    if value is None:
        return unreadable("no_value", text)
    if part.real:
        shown = show(value, step) if step else show(computed(value))
        return Reading("number", Quantity(formula, real=True, step=step), shown)
    count = whole(value)
    if not isinstance(count, int):
        return unreadable("not_a_count", text)
    return Reading("number", Quantity(formula), show(count))


def _one_literal(plain: str) -> str:
    """4,1 · 10⁻⁶ as 4,1e-6, so that it is rounded once and its last digit weighs what was typed."""
    found = _SCIENTIFIC.fullmatch(plain.strip())
    power = (found[2] or found[3].translate(_LOWERED)) if found else "0"
    return f"{found[1].strip()}e{power}" if found and int(power) else plain


def _step(plain: str) -> float:
    from quizlab.answers.literals import interpret

    literal = interpret(plain.strip().lstrip("+- "), count=False)
    return 0.0 if isinstance(literal, Unreadable) else literal.step


def computed(value: Number) -> Number:
    """A computed number to twelve digits: what lies behind them is rounding, and differs from machine to machine."""
    return float(f"{value:.12g}") if isinstance(value, float) else value


def show(value: Number, step: float = 0.0) -> str:
    """A number with a decimal comma, never so that it could be read as thousands, with the digits typed."""
    if isinstance(value, int):
        return ungrouped(value)
    places = max(0, -math.floor(math.log10(step) + 0.5)) if step else 0
    text = f"{value:.{places}f}" if 0 < places <= 17 and 1e-5 <= abs(value) < 1e16 else repr(value)
    mantissa, _, power = text.partition("e")
    if power == "-05":
        text = mantissa[: mantissa.find("-") + 1] + "0.0000" + mantissa.strip("-").replace(".", "")
    return ungrouped(text)


def holds(value: Quantity, measured: object, env: Env) -> bool:
    """Counts are equal exactly; real numbers to the precision typed."""
    said = evaluate(value.formula, env)
    if said is None or not is_number(measured):
        return False
    assert isinstance(measured, int | float)
    if not value.real:
        return whole(said) == whole(measured)
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


def rounds(value: Quantity, other: Number) -> bool:
    """Whether a number typed in at least two digits is the other one, rounded to the last of them."""
    said = evaluate(value.formula, {})
    if said is None or abs(said) < 10 * value.step:
        return False
    try:
        return abs(float(said) - float(other)) <= value.step / 2 * (1 + 1e-9)
    except OverflowError:
        return False


def value_at(value: Quantity, env: Env) -> Number | None:
    """The number, with the names bound."""
    found = evaluate(value.formula, env)
    return found if found is None or value.real else whole(found)
