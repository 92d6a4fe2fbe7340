"""A formula in a text is set as one thing, and so is LaTeX that someone remembered, in every medium alike."""

from __future__ import annotations

import re
import time

import pytest
from msgspec.structs import replace

from quizlab import bank
from quizlab.export import FORMATS, Exported
from quizlab.export.escaping import CODE as MARKDOWN
from quizlab.export.escaping import escaped
from quizlab.export.html.text import CODE as HTML
from quizlab.export.html.text import rich
from quizlab.model import JudgedRecollection, Recollection
from tests import samples
from tests.export import helpers
from tests.web.browser import needs_node, node

WHOLE = [
    "tanh(W_hh·h + W_xh·x + b_h)",
    "c_t = f_t ⊙ c_(t−1) + i_t ⊙ c̃_t",
    "(1 − i_t) ⊙ c_(t−1) + i_t ⊙ c̃_t",
    "∂h_T/∂h_0",
    "diag(1 − h_t²)·W_hh",
    "c̃_t = tanh(W_c·[h, x] + b_c)",
    "W_hy·h_t + b_y",
    "sigmoid(x + b_h)",
    "learning_rate = 5e-05",
    "b_h = 0",
    "W_hh",
]
PLAIN = ["1 − tanh²(x)", "3·3·32·32 = 9216", "M − 1; (K − 1)·M", "(−1, 1)", "razlika iznosi 0 i a = b", "32; 784"]
WORDS = "najveća razlika od {} iznosi 0, a inače je i to malo"


@pytest.mark.parametrize("formula", WHOLE)
@pytest.mark.parametrize("around", ["{}", WORDS, "vrata ({})", "{}: 3", "od {}."])
def test_a_formula_is_one_thing(formula: str, around: str) -> None:
    text = around.replace("{}", formula)
    assert escaped(text) == around.replace("{}", f"`{formula}`")
    assert rich(text) == around.replace("{}", f"<code>{formula}</code>")


@pytest.mark.parametrize("text", PLAIN)
def test_what_names_no_code_is_text(text: str) -> None:
    assert escaped(text) == rich(text) == text


@needs_node
def test_the_script_reads_the_same_formulas(tmp_path: object) -> None:
    from pathlib import Path

    from quizlab.export.html.text import for_script

    texts = [WORDS.replace("{}", each) for each in (*WHOLE, *PLAIN)]
    program = Path(str(tmp_path)) / "match.js"
    program.write_text(
        "const [source, ...texts] = require('fs').readFileSync(0, 'utf8').split('\\n');"
        "for (const each of texts) console.log(JSON.stringify(each.match(new RegExp(source, 'gu')) || []));",
        encoding="utf-8",
    )
    import json

    found = [json.loads(line) for line in node(program, [for_script(HTML), *texts]) if line]
    assert found == [[each[0] for each in HTML.finditer(text)] for text in texts]


@pytest.mark.parametrize("name", ["md", "html", "sheet"])
def test_no_formula_of_the_banks_is_half_in_code(name: str) -> None:
    half = re.compile(r"`[^`\n]+` ?[·⊙+−] ?|[·⊙+−] ?`[^`\n]+`|</code> ?[·⊙+−] ?|[·⊙+−] ?<code>")
    for path in bank.shipped():
        of = bank.load(path)
        proof = helpers.evidence(blocks=())
        entries = [Exported(of, each, helpers.finding(each, evidence=proof)) for each in of.questions]
        text = FORMATS[name]("t", entries).text(str).replace("$`", "").replace("`$", "")
        text = re.sub(r"(?s)<script.*", "", text)
        assert not half.findall(text)


@pytest.mark.parametrize(
    "text",
    [
        *("(" * 20000, "a_" * 10000, "f(a" * 7000, "1+" * 10000, "a·" * 10000 + "b_", "f(x)·" * 4000, "(a)" * 6000),
        *("A" * 20000, "_" * 20000, "a_b·" * 5000, "f((a)(a)" * 2500, "f(aaaa " * 3000, "∂" * 20000, "c̃" * 10000),
    ],
    ids=lambda each: each[:6],
)
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    for pattern in (MARKDOWN, HTML):
        before = time.process_time()
        sum(1 for _ in pattern.finditer(text))
        assert time.process_time() - before < 1


LATEX = r"$\tanh x = \frac{e^x-e^{-x}}{e^x+e^{-x}}$"


def remembered() -> Exported:
    """A question of which someone remembered LaTeX, and another one wrote LaTeX beside it."""
    memories = (Recollection("A", LATEX), Recollection("A", "7", note=f"inače {LATEX}"))
    question = samples.number(recollections=memories)
    judged = tuple(JudgedRecollection(each.group, each.answer, "refuted", note=each.note) for each in memories)
    found = helpers.finding(question)
    return Exported(helpers.bank(question), question, replace(found, recollections=judged))


@pytest.mark.parametrize(
    ("name", "options", "sets"),
    [
        ("md", {}, "$`\\tanh x = \\frac{e^x-e^{-x}}{e^x+e^{-x}}`$"),
        ("sheet", {}, "$`\\tanh x = \\frac{e^x-e^{-x}}{e^x+e^{-x}}`$"),
        ("sheet", {"form": "html"}, "<mfrac>"),
        ("html", {}, "<mfrac>"),
        ("anki-csv", {}, r"\(\tanh x = \frac{e^x-e^{-x}}{e^x+e^{-x}}\)"),
    ],
)
def test_latex_that_was_remembered_is_set(name: str, options: dict[str, str], sets: str) -> None:
    text = FORMATS[name]("t", [remembered()], **options).text(str)
    shown = re.sub(r'(?s)<script.*|alttext="[^"]*"', "", text)
    assert shown.count(sets) >= 2
    assert r"$\tanh" not in shown
    assert r"\$\\tanh" not in shown
