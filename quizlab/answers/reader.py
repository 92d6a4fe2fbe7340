"""Reads what was typed for a question or a part of one, and tells whether it holds in a measured case."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from quizlab.answers import formula, interval, number, options, parts, phrase, points, shape, typename
from quizlab.answers.clean import clean, given_up, tidy
from quizlab.answers.evaluate import Env, numeric
from quizlab.answers.explained import explains, said_behind, ways
from quizlab.answers.names import renamed
from quizlab.answers.notation import latex, plain, worded
from quizlab.answers.reading import (
    LIMIT,
    Dims,
    Formula,
    Phrase,
    Picked,
    Quantity,
    Reading,
    Said,
    Span,
    TypeName,
    Unreadable,
    excerpt,
    unreadable,
)
from quizlab.answers.saying import conclusions, signed, unlisted, unsaid
from quizlab.model import ChoiceQuestion, MultiQuestion, OpenQuestion, Part, TupleQuestion, kind_of

if TYPE_CHECKING:
    from quizlab.model import AnyQuestion, Atom, Case, SimpleKind, SimpleQuestion, Value

_PLACEHOLDER = r"(?<![_^{])\{\w+\}"
_MEASURED = ("number", "shape")
"""Kinds whose answer may be the end of a sentence."""

_NO_WORD = r"[^\w\s]"
_SIGNED = ("number", "formula", "interval")
"""Kinds in which a dash before a number is its sign."""

_READ = {
    "number": number.read,
    "shape": shape.read,
    "type": typename.read,
    "formula": formula.read,
    "interval": interval.read,
    "text": phrase.read,
}


def part_of(question: SimpleQuestion) -> Part:
    """How the answer of a simple question is read.

    For a text the key itself joins the synonyms, so that each of them stands for all.
    """
    kind = cast("SimpleKind", kind_of(question))
    accept = (str(question.answer), *question.accept) if kind == "text" and question.accept else question.accept
    return Part(kind, "", question.symbols, question.batch, question.real, accept, question.words)


def parts_of(question: TupleQuestion) -> tuple[Part, ...]:
    """The parts of a tuple, the key joined to the synonyms of each text."""
    return tuple(
        Part(part.kind, part.name, part.symbols, part.batch, part.real, (str(key), *part.accept), part.words)
        if part.kind == "text" and part.accept
        else part
        for part, key in zip(question.parts, question.answer, strict=False)
    )


def read(question: AnyQuestion, typed: str, params: Mapping[str, Atom] | None = None) -> Reading | Unreadable:
    """Reads an answer to the question as a person types it; ``params`` take the place of the question's own."""
    begins = typed if isinstance(question, TupleQuestion) else typed.lstrip()[:1]
    listed = re.search(_NO_WORD, begins) is not None and counts_only(question, params)
    return _shown_only(_read_any(question, typed, params, listed=listed), question.prompt)


def _shown_only(found: Reading | Unreadable, prompt: str) -> Reading | Unreadable:
    """The trouble with an unknown symbol without the names that the question does not show."""
    if isinstance(found, Reading) or found.code != "unknown_symbol":
        return found
    plain = latex(re.sub(_PLACEHOLDER, "", prompt))
    known = [
        name
        for name in found.args["known"].split(", ")
        if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)
    ]
    if known:
        return Unreadable(found.code, {**found.args, "known": ", ".join(known)}, found.part)
    return Unreadable("unknown_word", {name: found.args[name] for name in ("typed", "symbol")}, found.part)


def counts_only(question: AnyQuestion, params: Mapping[str, Atom] | None = None) -> bool:
    """Whether no number that the question knows is negative: then a dash before a count may be the mark of a list."""
    if isinstance(question, ChoiceQuestion | MultiQuestion | OpenQuestion):
        return False
    params = question.params if params is None else params
    known = (question.answer, *question.accept, *(mistake.answer for mistake in question.mistakes))
    return not any(_negative(read_answer(question, one, params), numeric(params)) for one in known)


def _negative(found: Reading | Unreadable, env: Env) -> bool:
    if isinstance(found, Unreadable):
        return False
    if isinstance(found.value, tuple):
        return any(_negative(one, env) for one in found.value)
    value = number.value_at(found.value, env) if isinstance(found.value, Quantity) else None
    return value is not None and value < 0


def _read_any(
    question: AnyQuestion, typed: str, params: Mapping[str, Atom] | None, *, listed: bool = False
) -> Reading | Unreadable:
    params = question.params if params is None else params
    if not isinstance(question, TupleQuestion | ChoiceQuestion | MultiQuestion | OpenQuestion):
        return read_part(part_of(question), typed, params, listed=listed)
    text = clean(typed)
    if isinstance(text, Unreadable):
        return text
    simple = plain(text) if isinstance(question, TupleQuestion) else worded(text)
    found = _read_question(question, simple, params, listed=listed)
    return unreadable("given_up", text) if isinstance(found, Unreadable) and given_up(text) else _typed(found, text)


def _read_question(
    question: TupleQuestion | ChoiceQuestion | MultiQuestion | OpenQuestion,
    text: str,
    params: Mapping[str, Atom],
    *,
    listed: bool,
) -> Reading | Unreadable:
    if isinstance(question, OpenQuestion):
        return points.read(text, len(question.points))
    return _or_unsaid(text, lambda one: _read_several(question, one, params, listed=listed))


def _read_several(
    question: TupleQuestion | ChoiceQuestion | MultiQuestion, text: str, params: Mapping[str, Atom], *, listed: bool
) -> Reading | Unreadable:
    if isinstance(question, TupleQuestion):
        found = parts.read(tidy(text), parts_of(question), params, partial(_read_clean, listed=listed))
        return _echoed(found, text) if isinstance(found, Reading) else found
    texts = {letter: (option.text, *option.words) for letter, option in question.options.items()}
    return options.read(text, texts, several=isinstance(question, MultiQuestion), prompt=question.prompt)


def _or_unsaid(text: str, read_one: Callable[[str], Reading | Unreadable]) -> Reading | Unreadable:
    """The reading of a text or, where it has none, of the answer without what is said around it."""
    found = read_one(text)
    bare = unsaid(tidy(text))
    if isinstance(found, Reading) or found.code in ("empty", "given_up", "too_long") or bare == text:
        return found
    again = read_one(bare)
    return again if isinstance(again, Reading) else found


def read_part(part: Part, typed: str, params: Mapping[str, Atom], *, listed: bool = False) -> Reading | Unreadable:
    """Reads a simple answer as the part asks; names may be the part's symbols and the parameters.

    ``listed`` tells that a dash before a count, and a space behind it, is no minus but the mark of a list.
    """
    text = clean(typed)
    if isinstance(text, Unreadable):
        return text
    return _typed(_read_clean(text if part.kind == "text" else plain(text), part, params, listed=listed), text)


def _typed(found: Reading | Unreadable, text: str) -> Reading | Unreadable:
    """The trouble with what was typed, not with what became of it, and its place there."""
    if isinstance(found, Reading) or found.part or "typed" not in found.args:
        return found
    args = {**found.args, "typed": excerpt(text.strip())}
    place = text.find(args.get("symbol", "")) + 1
    if args["typed"] == found.args["typed"] or "position" not in args or "symbol" not in args or not place:
        return Unreadable(found.code, args)
    return Unreadable(found.code, {**args, "position": str(place)})


def _read_clean(text: str, part: Part, params: Mapping[str, Atom], *, listed: bool = False) -> Reading | Unreadable:
    """Reads a simple answer, with or without what is said around it."""
    count = part.kind == "number" and not part.real
    dashed = signed(unlisted(text, dashes=listed and count)) if part.kind in _SIGNED else text
    found = _or_unsaid(dashed, lambda one: _read_explained(one, part, params))
    if isinstance(found, Unreadable) and part.kind in _MEASURED:
        tries = (_read_explained(one, part, params) for one in conclusions(tidy(text)))
        return next((one for one in tries if isinstance(one, Reading)), found)
    return found


def _read_explained(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    """Reads a simple answer, or what stands before an explanation of it."""
    found = _read_alone(text, part, params)
    if isinstance(found, Reading) or found.code in ("empty", "given_up", "too_long"):
        return found
    for way in ways(text):
        before = _read_alone(way.answer, part, params)
        if isinstance(before, Reading):
            behind = _read_alone(said_behind(way), part, params)
            return before if explains(way, before, behind) else found
    return found


def _read_alone(text: str, part: Part, params: Mapping[str, Atom]) -> Reading | Unreadable:
    if not text.strip():
        return Unreadable("empty")
    if given_up(text) and text not in part.accept:
        return unreadable("given_up", text.strip())
    bare = text.strip() if part.kind == "text" else renamed(tidy(text), part.words)
    found = _READ[part.kind](bare, part, params)
    if isinstance(found, Reading):
        return _echoed(found, text)
    if "typed" in found.args:
        return Unreadable(found.code, {**found.args, "typed": excerpt(text.strip())}, found.part)
    return found


def _echoed(found: Reading, text: str) -> Reading | Unreadable:
    """The reading, unless its echo is too long to be read again."""
    if len(found.shown) <= LIMIT:
        return found
    return unreadable("too_long", text, length=str(len(found.shown)), limit=str(LIMIT))


def read_answer(
    question: AnyQuestion, answer: Atom | tuple[Atom, ...], params: Mapping[str, Atom] | None = None
) -> Reading | Unreadable:
    """Reads an answer as a bank holds it: a key, an accepted form, with each part of a tuple apart."""
    params = question.params if params is None else params
    if isinstance(question, TupleQuestion) and isinstance(answer, tuple):
        texts = [clean(written(one)) for one in answer]
        if len(texts) == len(question.parts):
            bad = next((text for text in texts if isinstance(text, Unreadable)), None)
            return bad or parts.together(
                [plain(text) for text in texts if isinstance(text, str)],
                parts_of(question),
                params,
                _read_clean,
            )
    return _read_any(question, written(answer), params)


def written(answer: Atom | tuple[Atom, ...]) -> str:
    """A plain value as a person would type it, so that it reads back as itself."""
    if isinstance(answer, tuple):
        return "; ".join(written(one) for one in answer)
    if isinstance(answer, float) and not answer.is_integer():
        return number.show(answer)
    return str(answer)


def holds(reading: Reading, case: Case, params: Mapping[str, Atom]) -> bool:
    """Whether what was read is the value measured in the case; what has no value there does not hold."""
    return _holds(reading, case.value, {**numeric(params), **case.given})


def _holds(reading: Reading, measured: Value, env: Env) -> bool:  # noqa: PLR0911
    match reading.value:
        case Quantity() as value:
            return number.holds(value, measured, env)
        case Formula() as value:
            return formula.holds(value, measured, env)
        case Dims() as value:
            return shape.holds(value, measured, env)
        case TypeName() as value:
            return typename.holds(value, measured, env)
        case Span() as value:
            return interval.holds(value, measured, env)
        case Phrase() as value:
            return phrase.holds(value, measured, env)
        case Picked() as value:
            return options.holds(value, measured)
        case Said() as value:
            return points.holds(value, measured)
        case tuple() as readings:
            alike = isinstance(measured, tuple) and len(measured) == len(readings)
            return alike and all(
                _holds(one, value, env)
                for one, value in zip(readings, cast("tuple[Value, ...]", measured), strict=True)
            )


def value_at(reading: Reading, env: Env) -> Value | None:  # noqa: PLR0911
    """The value of what was read, with the names bound; None where it has none."""
    match reading.value:
        case Quantity() as value:
            return number.value_at(value, env)
        case Formula() as value:
            return formula.value_at(value, env)
        case Dims() as value:
            return shape.value_at(value, env)
        case TypeName() as value:
            return typename.value_at(value, env)
        case Span() as value:
            return interval.value_at(value, env)
        case Phrase() as value:
            return phrase.value_at(value, env)
        case Picked() as value:
            return options.value_at(value)
        case Said() as value:
            return points.value_at(value)
        case tuple() as readings:
            values = [value_at(one, env) for one in readings]
            return None if any(one is None for one in values) else cast("Value", tuple(values))
