"""The guide, read by markdown-it as a page would show it."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quizlab.commands.export import inlined
from quizlab.export import FORMATS, Variant
from quizlab.model import Finding, Group, Mistake, Option, Recollection
from quizlab.question.variants import varied
from tests import samples
from tests.export import helpers
from tests.thinned import thinned

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "pre", "table", "thead", "tbody", "tr", "th", "td"}
FOLDS = {"details", "summary"}
PLACES = ("inline", "end", "none")


def guide_of(*entries: helpers.Exported, **options: Any) -> str:
    return FORMATS["md"]("Vodič", entries, **options).text(str)


def test_headings(guide: str) -> None:
    assert helpers.headings(guide) == [
        ("h1", "Vodič *za* blic"),
        ("h2", "Što je bilo krivo, nepotpuno ili sporno"),
        ("h2", "lab4 · Metričko *ugrađivanje*"),
        ("h3", "arhitektura"),
        ("h4", "q1"),
        ("h4", "q3"),
        ("h3", "učenje i još"),
        ("h4", "q2"),
        ("h2", "lab3 · RNN"),
        ("h3", "arhitektura"),
        ("h4", "q4"),
    ]


def test_its_only_html_folds_an_answer_away(guide: str) -> None:
    _, tags = helpers.read(guide)
    assert tags <= BLOCKS | FOLDS | {"a", "strong", "em", "code", "img"}
    blocks = [token.content for token in helpers.tokens(guide) if token.type == "html_block"]
    folds = ["<details>\n<summary>Odgovor</summary>\n", "</details>\n"]
    assert blocks == folds * 4
    assert not [child for token in helpers.tokens(guide) for child in token.children or [] if "html" in child.type]


@pytest.mark.parametrize("answers", ["end", "none"])
def test_unfolded_it_is_markdown_without_html(answers: str) -> None:
    text = guide_of(*helpers.entries(), answers=answers)
    assert helpers.read(text)[1] <= BLOCKS | {"a", "strong", "em", "code", "img"}
    assert not [token for token in helpers.tokens(text) if "html" in token.type]


def test_what_is_folded_is_still_markdown(guide: str) -> None:
    kinds = [token.type for token in helpers.tokens(guide)]
    start = kinds.index("html_block")
    folded = kinds[start + 1 : kinds.index("html_block", start + 1)]
    assert {"fence", "table_open", "bullet_list_open"} <= set(folded)


def test_hints_are_folded_on_their_own() -> None:
    question = samples.number(hints=("Prvo $x^2$.", "Drugo za {c}."))
    text = guide_of(helpers.Exported(helpers.bank(question), question, helpers.finding(question)))
    fold = text[text.index("<summary>Trag") : text.index("</details>")]
    assert fold == "<summary>Trag</summary>\n\n- Trag 1: Prvo $`x^2`$.\n- Trag 2: Drugo za 32.\n\n"
    assert "Trag" not in guide_of(
        helpers.Exported(helpers.bank(question), question, helpers.finding(question)), answers="end"
    )


def test_says_everything(guide: str) -> None:
    shown, _ = helpers.read(guide)
    for text in (
        "Koliko ih ima za c = 32 u a_b?",
        "Odgovor: 9312 (potvrđeno, izračunato 9312)",
        "✗ 9280 Zaboravljene su pristranosti (32).",
        "a prva b druga c treća",
        "✓ b druga (potvrđeno). Izmjereno: druga | mjera.",
        "✗ a Prva ne vrijedi. Izmjereno: prva mjera.",
        "jedan ○ prva mjera",
        "dva ✓ druga | mjera",
        "✓ ničija mjera",
        "# nije naslov",
        "Tablica *jedna*",
        "(nije izračunato)",
        "Dokaz nije izračunat za 1.",
    ):
        assert text in shown, text


@pytest.mark.parametrize("answers", ["inline", "end"])
def test_order_is_question_answer_why_mistakes_ledger_proof(answers: str) -> None:
    text = guide_of(*helpers.entries(), answers=answers)
    first = text[text.index("### Odgovor q1" if answers == "end" else "#### q1") :]
    order = ("Koliko", "Odgovor: ", "Zato.", "✗ **9280", "**Što se", "**Dokaz", "```")
    places = [first.index(text) for text in order]
    assert places == sorted(places)


def test_with_the_answers_at_the_end_nothing_before_the_last_question_says_one() -> None:
    text = guide_of(*helpers.entries(), answers="end")
    questions = text[: text.index("## Što je bilo krivo")]
    assert "9312" not in questions
    assert "#### q4" in questions
    assert text.index("## Što je bilo krivo") < text.index("## Odgovori")


def test_the_forum_comes_first_and_says_what_is_right(guide: str) -> None:
    start, end = guide.index("## Što je bilo krivo"), guide.index("## lab4")
    assert helpers.read(guide[start:end])[0] == (
        "Što je bilo krivo, nepotpuno ili sporno q1 Koliko ih ima za c = 32 u a_b? "
        "9*c*c*c = 294 912 (forum) – opovrgnuto: krivo | množenje "
        "točno: 9312 – tako je zapamtio i netko drugi (bilješke, 2. 6. 2024.)"
    )


@pytest.mark.parametrize("verdict", ["refuted", "incomplete", "depends", "disputed"])
def test_every_doubtful_answer_is_on_the_forum_list(verdict: Any) -> None:
    question = samples.choice(recollections=(Recollection("A", option="a"), Recollection("B", option="b")))
    found = helpers.finding(question)
    judged = tuple(
        msgspec.structs.replace(each, verdict=verdict if each.group == "A" else each.verdict)
        for each in found.recollections
    )
    text = guide_of(
        helpers.Exported(helpers.bank(question), question, msgspec.structs.replace(found, recollections=judged))
    )
    shown = helpers.read(text[text.index("## Što je bilo") : text.index("## lab4")])[0]
    assert "prva (bilješke, 2. 6. 2024.)" in shown
    assert "točno: druga – tako je zapamtio i netko drugi (forum)" in shown


def test_without_anything_wrong_there_is_no_such_list() -> None:
    question = samples.number(recollections=(Recollection("A", "9312"), Recollection("A")))
    text = guide_of(helpers.Exported(helpers.bank(question), question, helpers.finding(question)))
    assert "nepotpuno ili sporno" not in text


def test_a_blank_test_gives_nothing_away() -> None:
    text = guide_of(*helpers.entries(), answers="none")
    shown, _ = helpers.read(text)
    for secret in ("potvrđeno", "Izmjereno", "9312", "Odgovor", "Zato.", "forum", "Trag", "bilješke", "```", "jedan"):
        assert secret not in shown, secret
    assert "☐ a prva" in shown
    assert "Ime i prezime:" in shown
    lines = {name: text.split(f"#### {name}\n")[1].split("\n#")[0].count("\\_" * 60) for name in ("q1", "q2", "q3")}
    assert lines == {"q1": 1, "q2": 0, "q3": 5}


def test_the_parts_of_a_tuple_get_a_line_each() -> None:
    question = samples.pair()
    text = guide_of(helpers.Exported(helpers.bank(question), question, helpers.finding(question)), answers="none")
    assert text.count("\\_" * 60) == 2


def test_other_numbers_are_a_table() -> None:
    question = samples.number(prompt="Za {c}?", variants={"c": (32, 2)}, answer="9*c*c + 3*c")
    other = varied(question, {"c": 2})
    variant = Variant(other, Finding("n1", "confirmed", samples.key("42"), {"c": 2}, evidence=helpers.evidence()))
    text = guide_of(helpers.Exported(helpers.bank(question), question, helpers.finding(question), (variant,)))
    assert [["brojevi", "odgovor", "presuda"], ["c = 2", "42", "potvrđeno"]] in helpers.tables(text)


def hostile() -> helpers.Exported:
    """Every text of a question and of its evidence tries to be something else."""
    bad = f"{helpers.HOSTILE} </details><summary>$x_1$"
    question = samples.choice(
        prompt=bad,
        topic=bad,
        explain=bad,
        hints=(bad,),
        options={"a": Option(bad, claim="first", says=bad, tag="x"), "b": Option(f"{bad}2", claim="second")},
        mistakes=(Mistake("m", bad, bad),),
        recollections=(Recollection("A", bad, "a", note=bad),),
    )
    bank = helpers.bank(question, title=bad)
    bank = msgspec.structs.replace(bank, groups={"A": Group(bad, bad)})
    return helpers.Exported(bank, question, helpers.finding(question))


@pytest.mark.parametrize("answers", PLACES)
def test_hostile_text_is_text(answers: str) -> None:
    text = guide_of(hostile(), answers=answers)
    shown, tags = helpers.read(text)
    assert tags <= BLOCKS | {"a", "strong", "em", "code", "img"} | (FOLDS if answers == "inline" else set())
    assert "</details><summary>" in shown
    assert shown.count("<script>alert(1)</script>") >= 3
    for token in itertools.chain.from_iterable(each.children or [] for each in helpers.tokens(text)):
        assert token.type != "html_inline"
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith("#")
    assert set(helpers.formulas(text)) <= {"x_1", "m"}


@pytest.mark.parametrize("answers", PLACES)
def test_formulas_of_a_bank_are_shown_as_formulas(answers: str) -> None:
    question = samples.number(prompt=r"Koliko je $\frac{a}{b}$ za \$5?", explain="Jer $x^2$.", hints=("$z$",))
    entry = helpers.Exported(helpers.bank(question), question, helpers.finding(question))
    found = helpers.formulas(guide_of(entry, answers=answers))
    expected = {"inline": [r"\frac{a}{b}", "z", "x^2"], "end": [r"\frac{a}{b}"] * 2 + ["x^2"], "none": [r"\frac{a}{b}"]}
    assert found == expected[answers]


@pytest.mark.stress
@pytest.mark.parametrize("answers", thinned(PLACES, 3))
def test_same_bytes_in_this_process_and_in_others(answers: str) -> None:
    code = (
        "import sys; from quizlab.commands.export import inlined; from quizlab.export import FORMATS;"
        "from tests.export import helpers;"
        f"made = FORMATS['md']('x', helpers.entries(), answers='{answers}');"
        "sys.stdout.buffer.write(inlined(made).encode())"
    )
    made = {inlined(FORMATS["md"]("x", helpers.entries(), answers=answers))}
    for seed in "12":
        run = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        made.add(run.stdout.decode())
    assert len(made) == 1


@pytest.mark.parametrize("answers", PLACES)
def test_an_empty_guide_is_a_guide(answers: str) -> None:
    text = guide_of(answers=answers)
    assert text.startswith("# Vodič\n\n")
    assert text.endswith("\n")


@pytest.mark.parametrize("entry", helpers.entries(), ids=lambda each: each.question.id)
def test_what_was_not_computed_is_said(entry: helpers.Exported) -> None:
    broken = Finding(entry.finding.id, "error", entry.finding.key, entry.finding.parameters)
    text = guide_of(helpers.Exported(entry.bank, entry.question, broken))
    assert "nije izračunato" in text
    assert "Dokaz nije izračunat." in text
    assert "```" not in text
    if entry.question.recollections:  # what was remembered is told all the same
        assert ["forum", "9*c*c*c", "nije izračunato"] in helpers.tables(text)[0]


def test_a_refuted_key_says_why() -> None:
    question = samples.number(answer="1")
    found = helpers.finding(question)
    text = guide_of(helpers.Exported(helpers.bank(question), question, found))
    assert found.verdict == "refuted"
    assert "✗ Ključ 1 opovrgnut je: izračunato je 9312." in helpers.read(text)[0]


def test_no_line_ends_in_a_blank_and_no_two_are_empty(guide: str) -> None:
    outside = re.sub(r"^(`{3,}).*?^\1$", "", guide, flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"[ \t]$", outside, re.MULTILINE)
