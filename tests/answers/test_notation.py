"""LaTeX and Unicode as people write them mean the tree from which they were printed; nothing unclear is read."""

from __future__ import annotations

import math
import random
import time

import pytest

from quizlab.answers import Reading, Unreadable, read_part
from quizlab.answers.notation import latex, plain
from quizlab.answers.reader import value_at
from quizlab.model import Part
from tests.answers.latex import NAMES, Printer, torn, tree, value

FORMULA = Part("formula", symbols=NAMES)
TRIALS = 1500


def printed(seed: int, trials: int) -> list[tuple[object, str]]:
    rng = random.Random(seed)
    trees = [tree(rng) for _ in range(trials)]
    return [(one, Printer(rng).whole(one)) for one in trees]


def test_what_is_printed_has_the_value_of_its_tree() -> None:
    rng = random.Random(7)
    compared = 0
    for one, text in printed(20_261_127, TRIALS):
        if len(text) > 480:
            continue
        found = read_part(FORMULA, text, {})
        assert isinstance(found, Reading) or found.code in ("too_big", "too_long"), (text, found)
        for _ in range(3 if isinstance(found, Reading) else 0):
            given = {name: rng.choice((2, 3, 5, 0.5, 1.25)) for name in NAMES}
            wanted, got = value(one, given), value_at(found, given)
            if not math.isnan(wanted) and got is not None and abs(wanted) < 1e200:
                assert got == pytest.approx(float(wanted), rel=1e-9, abs=1e-9), (text, one)
                compared += 1
    assert compared > TRIALS


def test_what_could_be_two_things_is_not_read() -> None:
    rng = random.Random(3)
    for _ in range(TRIALS):
        text = torn(rng)
        found = read_part(FORMULA, text, {})
        assert isinstance(found, Unreadable), (text, found)


@pytest.mark.parametrize(
    ("typed", "put"),
    [
        (r"\frac35", "((3)/(5))"),
        (r"\mathbf{W}_{hh}h", "W_hh h"),
        (r"W_{h h}h_{t-1}", "W_hh h_(t-1)"),
        (r"{h}_{t-1}", "h_(t-1)"),
        (r"\hat y - y", "ŷ - y"),
        (r"x^{n}y", "x^(n)y"),
        (r"x^{n} \cdot y", "x^n · y"),
        (r"9{,}312", "9,312"),
        (r"3\,5", "3 5"),
        (r"\left|x\right|", "abs(x)"),
        (r"\lfloor x \rfloor", "floor( x )"),
        (r"\boxed{-0{,}83}", "-0,83"),
        (r"\boxed{K+1}\cdot 2", "{K+1}· 2"),
        (r"(-1{+10})", r"(-1{+10})"),
        (r"$-1{+10}$", "-1+10"),
        (r"$K{-1}$", "K-1"),
        (r"${KM}^2$", "{KM}^2"),
        (r"\mathbf{W_{hh}}^2", "{W_hh}^2"),
        (r"{\tanh}^2 x", "tanh^2 x"),
        (r"(n, q) \text{ i } (q,)", "(n, q)  i  (q,)"),
        ("2½", "(2+1/2)"),
        ("hₜ₋₁", "h_(t−1)"),
        ("e⁻²ˣ", "e^(−2x)"),
        ("xⁿ⁺¹", "x^(n+1)"),
        ("9₃₁₂", "9₃₁₂"),
    ],
)
def test_it_is_put_plainly(typed: str, put: str) -> None:
    assert plain(typed) == put


@pytest.mark.parametrize(
    "text",
    [
        *("\\frac{" * 5000, "{" * 5000 + "}" * 5000, "\\frac{1}" * 5000, "_{" * 5000, "\\sqrt[" * 5000, "{a}^" * 5000),
        *("^\\mathbf" * 5000, "\\\\ & " * 5000, "a_ {b} " * 5000, " " * 20_000 + "\\", "\\hat a" * 5000, "{}" * 5000),
    ],
    ids=lambda text: text[:12],
)
def test_however_long_it_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    latex(text)
    assert time.perf_counter() - start < 2


def test_a_mixed_number_is_said_to_be_two_things() -> None:
    for typed in (r"2\frac12", r"2\,\tfrac{1}{2}", r"3 + 2\frac12"):
        found = read_part(Part("number", real=True), typed, {})
        assert isinstance(found, Unreadable)
        assert (found.code, found.args["symbol"]) == ("ambiguous_fraction", r"\frac"), typed


def test_a_greek_letter_behind_a_function_is_no_letter_of_ours() -> None:
    found = read_part(Part("formula", symbols=("α",)), "1 − tanhα", {})
    assert isinstance(found, Reading)
    assert found.shown == "1 − tanh(α)"


@pytest.mark.parametrize(
    ("symbol", "other"),
    [("x1", "x₁"), ("x1", "x_{1}"), ("alpha", "α"), ("α", "alpha"), ("sigma", "σ"), ("beta_1", "β_1")],
)
def test_a_name_in_another_script_is_the_same(symbol: str, other: str) -> None:
    part = Part("formula", symbols=(symbol, "K"))
    command = symbol.replace("x1", "mathrm{x_1}") if symbol.isascii() else "alpha"
    for typed in (f"K*{other}", f"K*{symbol}", rf"K\cdot\{command}", rf"\{command}\cdot K"):
        found = read_part(part, typed, {})
        assert isinstance(found, Reading), (typed, found)
        assert found.value.names in ((symbol, "K"), ("K", symbol))
    both = read_part(Part("formula", symbols=("alpha", "α")), "alpha - α", {})
    assert isinstance(both, Reading)
    assert both.value.names == ("alpha", "α")
