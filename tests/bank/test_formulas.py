"""Formulas are formulas however a bank writes them: checked, shown and exported as between dollars."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlab import bank
from quizlab.telling.maths import readable

TEXT = """\
title: Formule
questions:
  - id: f1
    topic: t
    kind: number
    prompt: '{PROMPT}'
    params: {{n: 3}}
    answer: n
    explain: Zato što je \\(\\mathbf{{W}}_{{hh}}\\) tri.
    mistakes: [{{tag: dva, answer: 2, says: 'Tu je \\[\\frac{{a}}{{b}}\\].', unbuilt: slip}}]
    recollections: []
"""


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        (r"Koliko je \(\frac{a}{b}\) uz {n}?", "Koliko je a/b uz {n}?"),
        (r"Koliko je \( W_{hh} \)?", "Koliko je W_hh?"),
        (r"Koliko je $$ x_{i} + y $$ ovdje?", "Koliko je x_i + y ovdje?"),
    ],
)
def test_the_braces_of_a_formula_are_no_parameters_between_any_signs(tmp_path: Path, prompt: str, shown: str) -> None:
    path = tmp_path / "formule.yaml"
    path.write_text(TEXT.replace("{{", "{").replace("}}", "}").replace("{PROMPT}", prompt), encoding="utf-8")
    (question,) = bank.load(path).questions
    assert readable(question.prompt) == shown
    assert "\\(" not in question.explain
    assert question.mistakes[0].says == r"Tu je $$\frac{a}{b}$$."


def test_an_unknown_parameter_outside_of_them_is_still_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "formule.yaml"
    text = TEXT.replace("{{", "{").replace("}}", "}").replace("{PROMPT}", r"Koliko je \(a\) uz {m}?")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(bank.BankError) as raised:
        bank.load(path)
    assert [(each.code, each.args["name"]) for each in raised.value.problems] == [("unknown_placeholder", "m")]
