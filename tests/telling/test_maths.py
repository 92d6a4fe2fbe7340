"""LaTeX in a bank is shown as Unicode that says the same; anything else stays as it is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.telling.maths import readable


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"$x^2$", "x²"),
        (r"$10^{-5}$", "10⁻⁵"),
        (r"$x_1$ i $x_{12}$", "x₁ i x₁₂"),
        (r"$W_{hh}$", "W_hh"),
        (r"$h_{t-1}$", "h_(t-1)"),
        (r"$\frac{a+b}{2}$", "(a+b)/2"),
        (r"$\frac{1}{1+e^{-x}}$", "1/(1+e^(-x))"),
        (r"$\frac{\partial L}{\partial h_0}$", "∂L/∂h₀"),
        (r"$\max(0, d(a,p) - d(a,n) + m)$", "max(0, d(a,p) - d(a,n) + m)"),
        (r"$$\hat{y} \leq \alpha$$", "ŷ ≤α"),
        (r"$\sqrt{x}$", "√(x)"),
        (r"košta 5 \$ i 6 \$", "košta 5 $ i 6 $"),
        ("$HOME $(id) `id`", "$HOME $(id) `id`"),
        ("5 $ i 6 $", "5 $ i 6 $"),
        ("$5 i $6", "$5 i $6"),
        ("bez dolara x^2", "bez dolara x^2"),
        (r"$\input{/etc/passwd}$", ""),
    ],
)
def test_it_says_the_same(latex: str, shown: str) -> None:
    assert readable(latex) == shown


@given(st.text(alphabet="$\\{}^_ abfrc12()&%#~\n", max_size=80))
def test_whatever_stands_between_dollars_is_no_error(text: str) -> None:
    assert isinstance(readable(text), str)
    if "$" not in text:
        assert readable(text) == text


def test_deep_and_long_formulas_are_shown_or_left() -> None:
    rng = random.Random(1)
    for depth in (10, 100, 250):
        for latex in (
            "{" * depth,
            r"\frac{" * depth,
            "^{" * depth,
            r"\sqrt{" * (depth // 2) + "x" + "}" * (depth // 2),
        ):
            assert isinstance(readable(f"${latex}$"), str)
    for _ in range(200):
        parts = rng.choices([r"\frac", "{", "}", "^", "_", "x", r"\left", r"\begin{x}", "&", " ", r"\mathbf"], k=60)
        assert isinstance(readable("$x" + "".join(parts) + "x$"), str)
