"""The page without a browser: one file, the same bytes, nothing in it that a bank could run."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter

import msgspec
import pytest

from quizlab.export import Exported
from quizlab.export.html import html
from quizlab.export.html.assets import scripts
from quizlab.export.html.data import all_formulas
from quizlab.export.html.mathml import ELEMENTS, mathml
from quizlab.export.html.page import html as made_by
from quizlab.export.html.proofs import FIRST, PROOF
from quizlab.export.html.text import rich
from quizlab.model import Finding, Note, Table
from quizlab.question.key import key_of
from quizlab.question.texts import fill
from quizlab.unseen import UNPRINTABLE
from tests import samples
from tests.export.helpers import PLOT, evidence, finding
from tests.web.pages import HOSTILE, Parsed, bank, hostile, ordinary, page

TABLE = Table(("a", "b"), (("x", 1),))
OWN = {"script", "style", "meta", "link"}
VOID = {"meta", "link", "img", "input", "br", "hr"}


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    return Parsed(page(ordinary()))


@pytest.fixture(scope="module")
def attacked() -> Parsed:
    return Parsed(page(hostile(), HOSTILE))


@pytest.mark.stress
def test_the_same_bank_gives_the_same_bytes() -> None:
    assert page(ordinary()) == page(ordinary())
    assert made_by is html
    assert not html("Naslov", ordinary()).images


@pytest.mark.parametrize("entries", [ordinary(), hostile(), []], ids=["ordinary", "hostile", "empty"])
def test_the_policy_names_exactly_the_scripts_and_styles_that_are_there(entries: list[Exported]) -> None:
    found = Parsed(page(entries))
    (policy,) = [each["content"] or "" for each in found.all("meta") if each.get("http-equiv")]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["img-src"] == "data:"
    assert not re.search(r"unsafe|https?:|\*|'self'|blob:", policy)
    for tag in ("script", "style"):
        texts = [text for name, attrs, text in found.raw if name == tag and "type" not in attrs]
        hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        assert parts[f"{tag}-src"].split() == [f"'sha256-{each}'" for each in hashes]


def test_the_policy_stands_before_everything_it_governs(parsed: Parsed) -> None:
    names = [tag for tag, _ in parsed.tags]
    assert names.index("meta") < names.index("style") < names.index("script")
    assert parsed.tags[3][1].get("http-equiv") == "Content-Security-Policy"


@pytest.mark.parametrize("which", ["parsed", "attacked"])
def test_nothing_in_the_page_runs_or_fetches_besides_its_own(which: str, request: pytest.FixtureRequest) -> None:
    found: Parsed = request.getfixturevalue(which)
    counts = Counter(tag for tag, _ in found.tags)
    assert counts["script"] == 3
    assert counts["style"] == counts["title"] == counts["link"] == 1
    assert not counts.keys() & {"iframe", "object", "embed", "base", "svg", "video", "audio", "frame", "portal"}
    for tag, attrs in found.tags:
        assert not [name for name in attrs if name.startswith("on") or name in ("style", "srcdoc", "action", "ping")]
        assert tag in {"link", "a"} or "href" not in attrs
        if tag == "img":
            assert (attrs.get("src") or "data:image/svg+xml;base64,").startswith("data:image/svg+xml;base64,")
            assert attrs["alt"]
    assert all((each["href"] or "").startswith("#") for each in found.all("a"))
    assert [each["href"] for each in found.all("link")] == ["data:,"]


def test_hostile_text_arrives_as_text(attacked: Parsed) -> None:
    start = "</script><script>window.hacked=1</script><img src=x onerror="
    assert attacked.text().count(start) > 30
    found = attacked.data()
    seen = UNPRINTABLE.sub("", HOSTILE)
    assert found["questions"][0]["question"]["prompt"] == seen
    assert found["title"] == seen
    assert not {tag for tag, _ in attacked.tags} - {tag for tag, _ in Parsed(page(ordinary())).tags} - {"math", "mtext"}


def test_every_tag_is_closed_where_it_was_opened() -> None:
    for entries in (ordinary(), hostile()):
        opened: list[str] = []
        body = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!doctype html>", "", page(entries))
        for close, tag in re.findall(r"<(/?)([a-z][a-z0-9]*)\b", body):
            if close:
                assert opened.pop() == tag
            elif tag not in VOID:
                opened.append(tag)
        assert not opened


def test_ids_are_unique_and_references_lead_somewhere(parsed: Parsed) -> None:
    ids = [attrs["id"] for _, attrs in parsed.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    assert not [each for each in ids if re.search(r"\s", each or "")]
    for tag, attrs in parsed.tags:
        for name in ("for", "aria-labelledby", "aria-describedby", "form"):
            assert set((attrs.get(name) or "").split()) <= set(ids)
        if tag == "a":
            assert (attrs["href"] or "")[1:] in ids


def test_a_question_keeps_its_address(parsed: Parsed) -> None:
    assert {each["id"] for each in parsed.all("article")} == {f"q-q{number}" for number in range(1, 9)}


def test_every_question_is_there_to_read_and_to_practise(parsed: Parsed) -> None:
    found = parsed.data()["questions"]
    assert [each["question"]["id"] for each in found] == [each.question.id for each in ordinary()]
    shown = parsed.text()
    for said in ("Koliko parametara ima za c = 32?", "Zaboravljene su pristranosti (32).", "opovrgnuto", "množenje"):
        assert said in shown
    assert [each["params"] for each in found[0]["variants"]] == [{"c": 8}]
    assert "answer" not in found[0]["variants"][0]  # what stays the same is said once
    assert "Pokus s drugim brojevima." in shown


def test_a_question_without_evidence_says_so(parsed: Parsed) -> None:
    assert "U ovoj datoteci nema izračuna za ovo pitanje" in parsed.text()
    assert "nije izračunato" in parsed.text()


def test_tables_have_headings_and_plots_their_words(parsed: Parsed) -> None:
    assert {each.get("scope") for each in parsed.all("th")} == {"col", "row"}
    alt = next(each["alt"] for each in parsed.all("img")) or ""
    assert "Gubitak $x$ < 3 & više" in alt
    assert "_dugo ime" in alt


def test_an_image_that_comes_again_is_there_once(parsed: Parsed) -> None:
    images = parsed.all("img")
    assert len([each for each in images if each.get("src")]) == 1
    assert {each.get("data-same") for each in images if not each.get("src")} == {"0"}


def test_the_language_and_the_screen_are_declared(parsed: Parsed) -> None:
    assert parsed.all("html")[0]["lang"] == "hr"
    assert any(each.get("name") == "viewport" for each in parsed.all("meta"))
    assert any(each.get("content") == "light dark" for each in parsed.all("meta"))


# --- what the script reads ---------------------------------------------------------------------------


def test_the_script_finds_proofs_by_the_marks_that_the_page_gives_them(parsed: Parsed) -> None:
    asked = re.findall(r"""querySelector(?:All)?\(["`]([^"`]*)["`]""", scripts()[1])
    assert {f"[{PROOF}]", f"[{FIRST}]"} <= set(asked)
    assert not [each for each in asked if re.search(r"\.(answer .*|proof|scroll|plot|measured|title)\b", each)]
    for entry in ordinary():
        whole = Parsed(page([entry]))
        assert [each.get("class") for each in whole.all("div") if PROOF in each] == ["proof"] * (
            1 + len(entry.variants)
        )
        marked = [tag for tag, attrs in whole.tags if FIRST in attrs]
        assert marked == ["p", "div"] * (entry.finding.evidence is not None)


def test_a_note_is_never_what_is_shown_first() -> None:
    question = samples.number()
    for blocks, marked in (
        ((Note("n"), PLOT, TABLE), ["figure"]),
        ((Note("n"), TABLE, TABLE), ["div"]),
        ((Note("n"),), []),
    ):
        found = Parsed(
            page([Exported(bank("lab4", "x"), question, finding(question, evidence=evidence(blocks=blocks)))])
        )
        assert [tag for tag, attrs in found.tags if FIRST in attrs] == marked


def test_the_script_gets_what_was_measured_of_each_point(parsed: Parsed) -> None:
    found = {each["question"]["id"]: each["measured"] for each in parsed.data()["questions"]}
    assert found["q5"] == [
        {"sign": "○", "role": "protudokaz", "says": "prva mjera"},
        {"sign": "✓", "role": "dokaz", "says": "druga | mjera"},
        None,
    ]
    assert not any(measured for name, measured in found.items() if name != "q5")


# --- maths -------------------------------------------------------------------------------------------


def test_formulas_become_mathml_with_their_unicode_form() -> None:
    made = rich(fill(r"Omjer $\frac{{a}}{b}$ je \$5, a $HOME nije formula.", {"a": 3}))
    assert (
        '<math alttext="3/b"><mrow><mfrac><mrow><mn>3</mn></mrow><mrow><mi>b</mi></mrow></mfrac></mrow></math>' in made
    )
    assert made.endswith("je $5, a $HOME nije formula.")


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
        r"\href{javascript:alert(1)}{x}",
        r'\class{a" onclick="alert(1)}{b}',
        r"\style{background:url(//x)}{b}",
        r"\color{red\"onload=x}x",
        r"\unknown x",
        r"\frac{",
        r"\begin{matrix}1&2",
        "{" * 240 + "}" * 240,
        "a_" * 240,
        r"\left" * 80,
        "<img src=x onerror=alert(1)>",
        "&#60;script&#62;",
        "\\text{\u202e}",
    ],
)
def test_hostile_latex_is_a_formula_or_text(latex: str) -> None:
    found = Parsed(mathml(latex))
    assert {tag for tag, _ in found.tags} <= {"span", "math", *ELEMENTS}
    allowed = {
        "alttext",
        "class",
        "mathvariant",
        "stretchy",
        "fence",
        "form",
        "accent",
        "displaystyle",
        "linethickness",
    }
    assert all(attrs.keys() <= allowed for _, attrs in found.tags)
    assert "\u202e" not in mathml(latex)


def test_the_script_gets_every_formula_that_it_may_show() -> None:
    assert all_formulas(ordinary()) == [r"\frac{\partial h_T}{\partial h_0}", "x^2", "x_1"]
    found = Parsed(page(ordinary()))
    assert found.data()["formulas"] == all_formulas(ordinary())


def test_names_of_code_are_set_as_code() -> None:
    assert rich("zovi model.eval() i __init__, ne npr. a+b") == (
        "zovi <code>model.eval()</code> i <code>__init__</code>, ne npr. a+b"
    )


# --- size --------------------------------------------------------------------------------------------


def test_a_huge_text_is_only_long() -> None:
    long = samples.number(id="q1", prompt="<b>" * 100_000, explain="$x^2$ a_b " * 20_000)
    found = Parsed(page([Exported(bank("lab4", "x"), long, Finding("q1", "error", samples.key("9312"), {"c": 32}))]))
    assert "<b>" * 1000 in found.text()


def test_many_questions_make_a_page_that_is_linear_in_them() -> None:
    def size(number: int) -> int:
        questions = [msgspec.structs.replace(samples.choice(), id=f"q{at}") for at in range(number)]
        entries = [Exported(bank("lab4", "x"), each, Finding(each.id, "error", key_of(each), {})) for each in questions]
        return len(page(entries))

    one, many, more = size(1), size(1000), size(2000)
    assert (more - one) / (many - one) < 2.1
