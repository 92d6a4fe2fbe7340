"""Two hundred thousand answers as nobody and as everybody types them: no exception, no hang, no echo that is wrong.

Near misses from a grammar of each kind, the answers of typed.tsv with their letters moved, every corner of Unicode,
and texts as long and as deep as they may be. ``QUIZLAB_STRESS=short`` tries a tenth; ``-s`` shows what each kind took.
"""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable

import pytest

from quizlab import answers
from quizlab.answers import UNREADABLE_CODES
from quizlab.model import AnyQuestion
from quizlab.question.grading import Graded, grade
from tests.answers.latex import Printer, torn, tree
from tests.answers.test_typed import ROWS, questions, typed

pytestmark = pytest.mark.stress

TRIALS = 20_000 if os.environ.get("QUIZLAB_STRESS") == "short" else 200_000
SEED = 20_260_611
MEAN, MOST = 0.005, 1.0
"""Seconds: the average over all, and the longest that one may take."""

ASKED: dict[str, list[AnyQuestion]] = defaultdict(list)
for one in questions().values():
    ASKED[str(one.__struct_config__.tag)].append(one)
TYPED = tuple(typed(row) for row in ROWS)
BY_QUESTION: dict[str, list[str]] = defaultdict(list)
for each in ROWS:
    BY_QUESTION[each["question"]].append(typed(each))

NUMBERS = ("0", "1", "2", "3", "9", "32", "784", "9312", "9 312", "9.312", "9,312", "0,5", "1e5", "1e-4", ".5", "10³")
NAMES = ("K", "M", "x", "h", "W_hh", "W_xh", "b_h", "c_in", "kernel", "C", "n", "q", "B", "d_ap", "m", "Whh", "e", "π")
SIGNS = ("+", "-", "−", "*", "·", "×", "/", ":", "^", "**", " x ", "", " ", "//", "@", " plus ", " puta ", "=")
CALLS = ("tanh", "exp", "sqrt", "√", "log", "sigmoid", "σ", "max", "min", "abs", "cosh", "th", "relu", r"\tanh", "sech")
LABELS = ("", "", "", "y = ", "N=", "= ", "ukupno: ", "f(x) = ", "y' = ", "h_t = ", "odgovor je ", "oko ")
TAILS = ("", "", "", ".", "?", " parametara", " %", " kanala", ")", "(", "²", "!", " na kvadrat", ";", "\u200b")
TYPES = ("int", "tuple", "list", "Tensor", "torch.Tensor", "n-torka", "tri tenzora", "cijeli broj", "dict", "…", "3")
JUNK = "0123456789 .,;:()[]<>{}|x×*+-−/^²_'\"\\\t abcdBKMNhWxyšđčćž∞√π⟨⟩\x00\x1b\u202e\u200d\ufeff\n%=?!&@#$~`"


def number(rng: random.Random) -> str:
    pieces = [rng.choice(NUMBERS)]
    for _ in range(rng.randrange(5)):
        pieces += [rng.choice(SIGNS), rng.choice((*NUMBERS, *NAMES))]
    return rng.choice(LABELS) + "".join(pieces) + rng.choice(TAILS)


def expression(rng: random.Random, depth: int = 4) -> str:
    kind = rng.randrange(7) if depth else rng.randrange(2)
    if kind == 0:
        return rng.choice(NUMBERS)
    if kind == 1:
        return rng.choice(NAMES)
    if kind == 2:
        return f"{rng.choice(CALLS)}{rng.choice(('', '', '²', '^2', ' '))}({expression(rng, depth - 1)})"
    if kind == 3:
        return f"{rng.choice('([{')}{expression(rng, depth - 1)}{rng.choice(')]}')}"
    if kind == 4:
        return rf"\frac{{{expression(rng, depth - 1)}}}{{{expression(rng, depth - 1)}}}"
    return expression(rng, depth - 1) + rng.choice(SIGNS) + expression(rng, depth - 1)


def formula(rng: random.Random) -> str:
    return rng.choice(LABELS) + expression(rng) + rng.choice(TAILS)


def sizes(rng: random.Random) -> str:
    left, right = rng.choice((("(", ")"), ("[", "]"), ("", ""), ("torch.Size([", "])"), ("(", "]"), ("((", "))")))
    between = rng.choice((", ", ",", "x", "×", " × ", " ", ";", "*", " i "))
    inside = [rng.choice((*NUMBERS, *NAMES, "?", "-1", "None", expression(rng, 1))) for _ in range(rng.randrange(5))]
    return left + between.join(inside) + rng.choice(("", ",")) + right + rng.choice(TAILS)


def interval(rng: random.Random) -> str:
    ends = [rng.choice((*NUMBERS, "-1", "−1", "∞", "-∞", "+inf", "-pi/2", expression(rng, 1))) for _ in range(2)]
    shapes = ("({}, {})", "<{}; {}>", "]{},{}[", "[{} , {}]", "{} < x <= {}", "od {} do {}", "x ∈ ⟨{}, {}]", "{}..{}")
    return rng.choice(("", "", "interval ", "otvoreni interval ")) + rng.choice(shapes).format(*ends)


def typename(rng: random.Random) -> str:
    outer, inner = rng.choice(TYPES), [rng.choice(TYPES) for _ in range(rng.randrange(4))]
    return rng.choice(("{}[{}]", "{}({})", "{} od {}", "{} {}", "<class '{}'>{}")).format(outer, ", ".join(inner))


def letters(rng: random.Random) -> str:
    picked = [rng.choice("abcdeABCD12345") for _ in range(rng.randrange(1, 5))]
    return rng.choice(("", "pod ", "odgovor: ", "1-")) + rng.choice((" ", ",", "", " i ", ") ")).join(picked)


def several(rng: random.Random) -> str:
    kind = rng.choice((number, formula, sizes, interval))
    return rng.choice(("; ", ", ", " i ", "\n", " ")).join(kind(rng) for _ in range(rng.randrange(1, 4)))


def words(rng: random.Random) -> str:
    return " ".join(rng.choice(rng.choice(TYPED).split() or ["x"]) for _ in range(rng.randrange(1, 6)))


def latex(rng: random.Random) -> str:
    return torn(rng) if rng.randrange(4) == 0 else Printer(rng).whole(tree(rng, 3))


NEAR: tuple[Callable[[random.Random], str], ...] = (
    *(number, formula, sizes, interval, typename, letters, several, words, latex),
)
OWN: dict[str, Callable[[random.Random], str]] = {
    "number": number,
    "formula": formula,
    "shape": sizes,
    "interval": interval,
    "type": typename,
    "text": words,
    "tuple": several,
    "choice": letters,
    "multi": letters,
    "open": letters,
}


def mutated(rng: random.Random, text: str) -> str:
    """A few characters put in, taken out, doubled or swapped; in every fourth text none."""
    chars = list(text)
    for _ in range(rng.randrange(1, 5) if rng.randrange(4) else 0):
        at = rng.randrange(len(chars) + 1)
        move = rng.randrange(4)
        if move == 0:
            chars.insert(at, rng.choice(JUNK))
        elif move == 1:
            del chars[at : at + rng.randrange(1, 4)]
        elif move == 2:
            chars[at:at] = chars[at : at + rng.randrange(1, 12)]
        else:
            chars[at : at + 2] = reversed(chars[at : at + 2])
    return "".join(chars)


def junk(rng: random.Random) -> str:
    """Characters from anywhere, lone surrogates among them."""
    spans = ((32, 127), (0, 0x250), (0x300, 0x370), (0x2000, 0x2300), (0xD800, 0xE000), (0, 0x110000))
    span = rng.choice(spans)
    return "".join(chr(rng.randrange(*span)) for _ in range(rng.randrange(1, 60)))


def extreme(rng: random.Random) -> str:
    """As long and as deep as it may be, and longer."""
    piece = rng.choice((*SIGNS, *NAMES, *CALLS, *NUMBERS, *LABELS, *TAILS, "(", "[", "{", "i ", "1,", "-1 < ", "kom"))
    times = rng.randrange(1, 520) // max(1, len(piece)) + 1
    kind = rng.randrange(5)
    if kind == 0:
        return piece * times
    if kind == 1:
        return f"{piece}(" * (times // 2) + "1" + ")" * (times // 2)
    if kind == 2:
        return r"\frac{1}{" * (times // 9) + "x" + "}" * (times // 9)
    if kind == 3:
        return rng.choice(SIGNS[3:10]).join([rng.choice(NUMBERS + NAMES)] * times)
    return formula(rng) * rng.randrange(1, 60)


def answer(rng: random.Random, asked: AnyQuestion) -> str:
    """Something to type for a question."""
    kind = rng.randrange(10)
    if kind < 4:
        return OWN[str(asked.__struct_config__.tag)](rng)
    if kind == 4:
        return rng.choice(NEAR)(rng)
    if kind < 7:
        return mutated(rng, rng.choice(BY_QUESTION.get(asked.id) or [answers.written(getattr(asked, "answer", "1"))]))
    return rng.choice((lambda chance: mutated(chance, chance.choice(TYPED)), junk, extreme))(rng)


def timed(asked: AnyQuestion, text: str) -> tuple[Graded | answers.Unreadable, float]:
    start = time.perf_counter()
    found = grade(asked, text)
    return found, time.perf_counter() - start


def test_whatever_is_typed_is_graded_quickly_and_its_echo_is_right_again() -> None:
    rng = random.Random(SEED)
    spent: dict[str, list[float]] = defaultdict(list)
    slowest: dict[str, tuple[float, str]] = defaultdict(lambda: (0.0, ""))
    outcomes: dict[str, int] = defaultdict(int)
    for trial in range(TRIALS):
        kind = rng.choice(tuple(ASKED))
        asked = rng.choice(ASKED[kind])
        text = answer(rng, asked)
        found, seconds = timed(asked, text)
        if seconds > MOST:  # the machine may have been busy with something else
            seconds = min(seconds, timed(asked, text)[1])
        assert seconds <= MOST, (trial, asked.id, text)
        spent[kind].append(seconds)
        slowest[kind] = max(slowest[kind], (seconds, text))
        if isinstance(found, answers.Unreadable):
            outcomes["unreadable"] += 1
            assert set(found.args) == set(UNREADABLE_CODES[found.code]), (trial, asked.id, text)
            continue
        outcomes[found.outcome] += 1
        if found.outcome == "right":
            again = grade(asked, found.understood)
            assert isinstance(again, Graded), (trial, asked.id, text, found.understood)
            assert again.outcome == "right", (trial, asked.id, text, found.understood)
    assert set(spent) == set(OWN)
    for kind, seconds_of in sorted(spent.items()):
        print(f"{kind:9}{len(seconds_of):8}{mean(seconds_of) * 1e3:8.2f} ms{max(seconds_of) * 1e3:9.1f} ms at most")
        print(f"{'':9}{slowest[kind][1]!r:.100}")
    print(dict(outcomes))
    everything = [seconds for seconds_of in spent.values() for seconds in seconds_of]
    assert mean(everything) <= MEAN


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)
