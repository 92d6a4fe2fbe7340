"""What the page's grader stands on is what Python has: characters, numbers as text, arithmetic."""

from __future__ import annotations

import hashlib
import json
import math
import operator
import random
import re
import struct
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from quizlab import bank
from quizlab.answers import clean, evaluate, number
from quizlab.export.web.answers import GIVES, plain, script
from quizlab.question.texts import fill
from tests.web.browser import HERE, NODE, needs_node, node

INSIDE = (
    "isOther, isSpace, isPrintable, isKeptForm, casefold, bare, signs, isWhole, repr, TooBig, fixed, show, str, "
    "computed, setNumber, plus, less, times, over, floored, power, "
    r"PATTERNS: ['\\w', '[^\\W\\d]', '\\d', '[^\\W⁰¹²³⁴-⁹]'].map((one) => regex(one, '', true))"
)
PATTERNS = [re.compile(pattern) for pattern in (r"\w", r"[^\W\d]", r"\d", r"[^\W⁰¹²³⁴-⁹]")]
BLOCK = 0x1000

pytestmark = needs_node


def inside(folder: Path, task: str, given: list[Any]) -> Any:
    (folder / "script.js").write_text(script(GIVES.replace("grade", f"grade, {INSIDE}")), "utf-8")
    lines = [json.dumps(one) for one in (task, *given)]
    return json.loads("\n".join(node(HERE / "inside.js", lines, folder / "script.js")))


def said_of(char: str) -> str:
    other = unicodedata.category(char).startswith("C")
    flags = [other, char.isspace(), char.isprintable()]
    if other:
        return "".join(str(int(flag)) for flag in flags)
    flags.append(unicodedata.decomposition(char).startswith(clean.KEPT_FORMS))
    flags += [pattern.fullmatch(char) is not None for pattern in PATTERNS]
    folded = char.casefold()
    bare = "".join(each for each in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(each))
    texts = (unicodedata.normalize("NFKC", char), folded, bare, clean.signs(char))
    return "\t".join(["".join(str(int(flag)) for flag in flags), *texts])


@pytest.mark.stress
def test_every_character_of_unicode(tmp_path: Path) -> None:
    known = subprocess.run([NODE, "-p", "process.versions.unicode"], capture_output=True, text=True, check=True).stdout
    if tuple(map(int, known.split("."))) < tuple(map(int, unicodedata.unidata_version.split("."))):
        pytest.skip(f"node's Unicode {known.strip()} is older than Python's")
    blocks = [(first, first + BLOCK) for first in range(0, 0x110000, BLOCK)]
    found = inside(tmp_path, "characters", blocks)
    for (first, last), digest in zip(blocks, found, strict=True):
        lines = "\n".join(said_of(chr(code)) for code in range(first, last))
        assert hashlib.sha256(lines.encode()).hexdigest() == digest, hex(first)


def some_numbers(rng: random.Random, size: int) -> list[int | float]:
    doubles = [struct.unpack("d", rng.randbytes(8))[0] for _ in range(size)]
    plain_ones = [round(rng.uniform(-2000, 2000), rng.randrange(6)) for _ in range(size)]
    halves = [rng.randrange(-4000, 4000) / 2 ** rng.randrange(1, 9) for _ in range(size)]
    whole = [rng.randrange(-(10 ** rng.randrange(1, 400)), 10 ** rng.randrange(1, 400)) for _ in range(size)]
    tens = [float(f"{rng.choice((1, 1.5, 9.995))}e{power}") for power in range(-320, 308)]
    finite = [one for one in doubles if math.isfinite(one)]
    return [*finite, *plain_ones, *halves, *whole, *tens, 0, 0.0, -0.0]


def marked(value: int | float) -> list[str]:
    return [type(value).__name__, repr(value)]


def test_numbers_as_text(tmp_path: Path) -> None:
    rng = random.Random(3)
    given = [(one, 10.0 ** -rng.randrange(20), rng.randrange(1, 18)) for one in some_numbers(rng, 3000)]
    found = inside(tmp_path, "texts", [(marked(one), step, places) for one, step, places in given])
    for (one, step, places), said in zip(given, found, strict=True):
        digits = f"{one:.{places}f}" if isinstance(one, float) else ""
        rounded = repr(number.computed(one))
        assert said == [number.show(one, step), str(one), digits, rounded, fill("{x}", {"x": one})], one


SUMS = {
    "plus": operator.add,
    "less": operator.sub,
    "times": evaluate._times,
    "over": evaluate._over,
    "floored": evaluate._floored,
    "power": evaluate._power,
}


def in_python(name: str, a: int | float, b: int | float) -> Any:
    try:
        found = SUMS[name](a, b)
    except evaluate.TooBigError:
        return "too big"
    except (ArithmeticError, ValueError):
        return "trouble"
    return marked(found)


def same_sum(name: str, found: Any, said: Any) -> bool:
    """Powers of real numbers may differ in their last digits; everything else is exact."""
    if found == said or name != "power" or found[0] != "float" or said[0] != "float":
        return bool(found == said)
    return math.isclose(float(found[1]), float(said[1]), rel_tol=1e-13, abs_tol=1e-323)


def test_arithmetic(tmp_path: Path) -> None:
    rng = random.Random(4)
    numbers = [*some_numbers(rng, 150), *range(-9, 10), 0.5, -0.5, 1 / 3, math.inf, -math.inf]
    given = [(name, rng.choice(numbers), rng.choice(numbers)) for name in SUMS for _ in range(3000)]
    powers = (2, 3, -1, 0.5, 1.5, 80)
    given += [("power", rng.uniform(0, 50), rng.choice((*powers, rng.uniform(-9, 9)))) for _ in range(3000)]
    given += [("power", float(one), 1 / root) for one in range(1, 1500) for root in (2, 3, 4, 5)]
    found = inside(tmp_path, "sums", [(name, marked(a), marked(b)) for name, a, b in given])
    for (name, a, b), said in zip(given, found, strict=True):
        expected = in_python(name, a, b)
        assert same_sum(name, expected, said), (name, a, b, expected, said)
        if expected[0] == "float" and abs(a) < 2000:
            whole = [evaluate.whole(float(one)) for one in (expected[1], said[1])]
            assert isinstance(whole[0], int) == isinstance(whole[1], int), (name, a, b)


def test_texts_of_the_banks(tmp_path: Path) -> None:
    shipped = [one for path in bank.shipped() for one in bank.load(path).questions]
    texts = [(text, one) for one in shipped for text in (one.prompt, one.asks, one.explain, *one.hints)]
    texts += [(mistake.says, one) for one in shipped for mistake in one.mistakes]
    latex = r"{c_in}: $W_{c_in} + x^{{c_in}}$, \$ {c_in} \$, $HOME {c_in} i $$\sqrt{{{kernel}}^2 + {{nema}}}$$ {c_out}"
    texts += [(latex, one) for one in shipped if one.id == "q1"]
    found = inside(tmp_path, "fills", [(text, plain(one)["params"]) for text, one in texts])
    assert found == [fill(text, one.params) for text, one in texts]
