"""In a formula between dollars braces are LaTeX's; a parameter stands there in two pairs of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.question.texts import FORMULA, between_dollars, fill, placeholders

PARAMS = {"a": 3, "hh": 5, "n": 12_288, "rate": 0.5}


@pytest.mark.parametrize(
    "latex",
    [
        "$W_{hh}$",
        r"$\frac{a}{b}$",
        r"$\frac{a}{b} + W_{hh}·h_{n}$",
        r"$\sqrt{a}$",
        r"$$\begin{pmatrix} a & {b} \end{pmatrix}$$",
        r"$\mathbf{W}$ i $\text{a}$",
    ],
)
def test_the_braces_of_latex_are_no_parameters(latex: str) -> None:
    assert placeholders(latex) == ()
    assert fill(latex, PARAMS) == latex


@pytest.mark.parametrize(
    ("text", "names", "filled"),
    [
        ("$x^{{a}}$", ("a",), "$x^{3}$"),
        (r"{a}: $\sqrt{{{a}}^2 + {{hh}}^2}$, {hh}", ("a", "a", "hh", "hh"), r"3: $\sqrt{{3}^2 + {5}^2}$, 5"),
        (r"$\frac{{a}}{hh}$", ("a",), r"$\frac{3}{hh}$"),
        ("$${{n}}$$ i ${{rate}}·W_{hh}$", ("n", "rate"), "$${12\u202f288}$$ i ${0,5}·W_{hh}$"),
        ("$x_{{other}}$", ("other",), "$x_{{other}}$"),
    ],
)
def test_a_parameter_in_a_formula_stands_in_two_pairs(text: str, names: tuple[str, ...], filled: str) -> None:
    assert placeholders(text) == names
    assert fill(text, PARAMS) == filled


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("$HOME je {a}", "$HOME je 3"),
        (r"\${a} i \${hh}", r"\$3 i \$5"),
        ("$5 za {a} i $6", "$5 za 3 i $6"),
        ("{{a}}", "{3}"),
    ],
)
def test_a_dollar_alone_opens_no_formula(text: str, filled: str) -> None:
    assert fill(text, PARAMS) == filled


@pytest.mark.parametrize(
    ("text", "put"),
    [
        (r"Omjer \(\frac{a}{b}\) uz {n}", r"Omjer $\frac{a}{b}$ uz {n}"),
        (r"\( W_{hh} \) i \(b\)", "$W_{hh}$ i $b$"),
        ("\\[\n  x_{i}\n  + 1\n\\]", "$$x_{i} + 1$$"),
        ("$$ x_{i} $$", "$$x_{i}$$"),
        (r"\(x\)20", r"$x\text{20}$"),
        (r"$x^{{n}}$ i \(x^{{n}}\)", "$x^{{n}}$ i $x^{{n}}$"),
        *(
            (same, same)
            for same in (r"\\(x\\)", r"\(x", r"\(\)", "$$5 i $$6", "$a$ i $b$", r"$a \\[2pt] b$", "f(x) [1]")
        ),
    ],
)
def test_every_way_to_write_a_formula_becomes_one(text: str, put: str) -> None:
    assert between_dollars(text) == put
    assert between_dollars(put) == put
    if put != text:
        assert FORMULA.search(put)
        assert placeholders(put) in ((), ("n",), ("n", "n"))


@given(st.text(st.sampled_from("{}$\\ahn _2"), max_size=30))
def test_what_is_named_is_what_is_filled(text: str) -> None:
    marks = {name: f"⟨{name}⟩" for name in ("a", "h", "n", "ah")}
    filled = fill(text, marks)
    found = re.findall("⟨.*?⟩", filled)
    assert found == [marks[name] for name in placeholders(text) if name in marks]
    assert re.sub("⟨(.*?)⟩", r"{\1}", filled) == text
