"""Whatever a text says, the page shows exactly that text and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlab.export.escaping import emphasised, escaped, formula, rich
from quizlab.question.texts import FORMULA, fill
from quizlab.telling.words import one_line
from tests.export.helpers import formulas, read

PIECES = [
    *"|`*_~$\\<>&#+-=!()[]{}.:^%\"' \n\t",
    *("```", "**", "__", "~~", "<script>", "</b>", "<!--", "[x](javascript:a)", "![x](y)", "[slika.svg]", "[^1]"),
    *("&amp;", "&#64;", "# ", "1. ", "2) ", "+ ", "- ", "---", "===", "[ ] ", "[x] ", "[64, 32]", "[1]:", "> ", " * "),
    *("https://a.hr/x_y", "HTTP://A.HR", "www.a.hr", "a@b.c", "X@V.T", "mailto:a@b.c", "a", "č", "1", "×", "c_in"),
    *("a.b", "f()", "a.b(c, d())", "a*b**c_d", "1/cosh(x)", "_x", "__init__", "(B, emb_size)"),
]
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
)
DEFINED = "\n\n[slika.svg]: a.svg\n"
PLACES = {
    "paragraph": ("{}", "{}", {"p"}),
    "list": ("- {}", "{}", {"ul", "li"}),
    "numbered": ("7. {}", "{}", {"ol", "li"}),
    "heading": ("### {}", "{}", {"h3"}),
    "bold": ("**{}**", "{}", {"p", "strong"}),
    "italics": ("*{}*", "{}", {"p", "em"}),
    "beside": ("- ✗ **{}** — kraj", "✗ {} — kraj", {"ul", "li", "strong"}),
    "cell": (
        "| x | y | z |\n| --- | --- | --- |\n| 1 | {} | 2 |",
        "x y z 1 {} 2",
        {"table", "thead", "tbody", "tr", "th", "td"},
    ),
}


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(text=texts)
def test_shows_exactly_the_text(place: str, text: str) -> None:
    source, shown, tags = PLACES[place]
    plain = one_line(text)
    if not plain:
        return
    for way in (escaped, formula):
        seen, found = read(source.replace("{}", way(text)) + DEFINED)
        assert seen == " ".join(shown.replace("{}", plain).split())
        assert found - {"code"} == tags


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(text=texts)
def test_leaves_nothing_that_github_would_link(text: str) -> None:
    outside = re.sub(r"(?<!\\)`[^`]*`", " ", escaped(text))
    assert not re.search(r"(?:https?|ftp)://[^\s\\]|www\.[^\s\\]|[\w.+-]@[\w-]", outside, re.IGNORECASE | re.ASCII)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Koliko parametara (uz 3×3)?", "Koliko parametara (uz 3×3)?"),
        ("a < b, a > b i R&D", "a < b, a > b i R\\&D"),
        ("oblik (32, 10), [32, 10]", "oblik (32, 10), [32, 10]"),
        ("K * M i −5 ili - 5", "K * M i −5 ili - 5"),
        ("tenzor conv.weight", "tenzor `conv.weight`"),
        ("pozovi torch.save(m.state_dict(), put)!", "pozovi `torch.save(m.state_dict(), put)`!"),
        ("čvor_a i _sample_positive", "čvor_a i `_sample_positive`"),
        ("kernel**2*c_in", "`kernel**2*c_in`"),
        ("1. red", "1\\. red"),
        ("- crtica", "\\- crtica"),
        ("a@b.c+d@e.f", "`a@b.c+d@e.f`"),
        ("kraj #", "kraj \\#"),
        ("[x](y)", "\\[x\\](y)"),
    ],
)
def test_escapes_no_more_than_it_must(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


def test_a_formula_with_a_product_is_code() -> None:
    assert formula("M - 1; (K - 1)*M") == "`M - 1; (K - 1)*M`"
    assert formula("veća margina") == "veća margina"


def test_emphasises_nothing_where_there_is_nothing() -> None:
    assert emphasised(" \n") == ""
    assert emphasised("da") == "**da**"


LATEX = [
    *("$x$", "$W_{hh}$", "$|a|$", r"$\frac{a}{b}$", r"$\{x\}$", "$a*b*c$", "$`x`$", "$<b>x</b>$", "$$y$$", "$a_1b_2$"),
    *(
        "$",
        "$$",
        "\\$",
        "\\",
        " ",
        "5 $ i 6 $",
        "$HOME",
        "a_b",
        "`",
        "*",
        "|",
        "1",
        "torch.save(m)",
        "č",
        "[x](y)",
        "{c}",
    ),
]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(text=st.lists(st.sampled_from(LATEX), min_size=1, max_size=6).map("".join), place=st.sampled_from(list(PLACES)))
def test_formulas_stay_formulas_and_nothing_else_becomes_one(text: str, place: str) -> None:
    line = one_line(fill(text, {"c": 3}))
    if not line or line.endswith("\\"):  # which the plugin, looking before the start, takes for an escape
        return
    source, _, tags = PLACES[place]
    page = source.replace("{}", rich(fill(text, {"c": 3}))) + "\n"
    kept = [found[2].strip() for found in FORMULA.finditer(line) if "`" not in found[2]]
    assert [each.replace(r"\vert{}", "|").replace(r"\Vert{}", r"\|") for each in formulas(page)] == kept
    _, found = read(page)  # a page without formulas shows them as code
    assert found - {"code"} == tags


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        (r"$W_{hh}$ je {n}×{n}", "$`W_{hh}`$ je 3×3"),
        (r"stoji 5 \$, $x$", r"stoji 5 \$, $`x`$"),
        ("5 $ i 6 $", r"5 \$ i 6 \$"),
        ("$|x|$ i a_b", r"$`\vert{}x\vert{}`$ i `a_b`"),
        ("$x`y$", r"x\`y"),
        ("# $x$", r"\# $`x`$"),
        ("nn.GRU i $h_t$", "`nn.GRU` i $`h_t`$"),
    ],
)
def test_formulas_are_written_as_github_reads_them(text: str, markdown: str) -> None:
    assert rich(fill(text, {"n": 3})) == markdown


def test_a_text_of_a_bank_can_be_emphasised() -> None:
    assert rich("$x$ da", "**") == "**$`x`$ da**"
    assert rich(" ", "**") == ""


@pytest.mark.parametrize("text", ["1/cosh(x)", "2*tanh(x)"])
def test_a_call_in_a_product_is_code_as_a_whole(text: str) -> None:
    assert escaped(text) == f"`{text}`"
