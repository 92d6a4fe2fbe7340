"""A small bank with findings of every shape, and a reader of Markdown that is nobody's exporter."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import validateLink
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from quizlab.export import Exported
from quizlab.model import (
    AnyQuestion,
    Bank,
    Case,
    Claim,
    Evidence,
    Finding,
    Group,
    Note,
    Plot,
    Recollection,
    Series,
    Snippet,
    Table,
)
from tests import samples

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# as in the previews of editors; the default refuses SVG in the text, and GitHub every image in the text
MARKDOWN.validateLink = lambda url: validateLink(url) or url.startswith("data:image/")  # type: ignore[method-assign]
MATHS = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(dollarmath_plugin)
"""A page that also shows formulas, as GitHub's does."""

CODE = "import torch\n\n\nfor red in range(2):\n    print('`a`', '```', '{folder}/x | y')\n"
PLOT = Plot(
    "Gubitak $x$ < 3 & više", "d(a,n)", "gubitak", (Series("m", (0, 1), (1, 0)), Series("_dugo ime", (0, 1), (2, 1)))
)
HOSTILE = "a|b `c` <script>alert(1)</script> [x](javascript:y) &amp; *z* ({folder}/z.svg) _q_ $m$ ~~n~~"


def evidence(**changes: Any) -> Evidence:
    table = Table(
        ("tenzor", "uloga | zašto", "broj"),
        (("conv.weight", HOSTILE, 9216), ("conv.bias", "", 32)),
        title="Tablica *jedna*",
        total=("ukupno", "", 9248),
        marked=(1,),
    )
    fields: dict[str, Any] = {
        "snippet": Snippet(CODE, "{folder}\n2"),
        "cases": (Case(9312),),
        "claims": (
            Claim("first", False, "prva mjera"),
            Claim("second", True, "druga | mjera"),
            Claim("third", False, "treća mjera"),
            Claim("free", True, "ničija mjera"),
        ),
        "blocks": (table, PLOT, Note("# nije naslov")),
    }
    return Evidence(**{**fields, **changes})


def finding(question: AnyQuestion, **changes: Any) -> Finding:
    from quizlab.proof.judge import judge

    found = judge(question, changes.pop("evidence", evidence()))
    return Finding(**{name: changes.get(name, getattr(found, name)) for name in found.__struct_fields__})


def bank(*questions: AnyQuestion, name: str = "lab4", title: str = "Metričko *ugrađivanje*") -> Bank:
    return Bank(name, title, {"A": Group("bilješke", "2024-06-02"), "B": Group("forum")}, questions, {})


def entries() -> list[Exported]:
    """One question of each kind that the guide treats differently, and one that could not be computed."""
    remembered = (Recollection("A", "9312"), Recollection("B", "9*c*c*c", note="krivo | množenje"), Recollection("B"))
    first = samples.number(id="q1", prompt="Koliko ih ima za c = {c} u a_b?", recollections=remembered)
    second = samples.choice(id="q2", topic="učenje i još", prompt=HOSTILE)
    third = samples.oral(id="q3", topic="arhitektura")
    lost = samples.number(id="q4")
    lab4, lab3 = bank(first, second, third), bank(lost, name="lab3", title="RNN")
    broken = Finding("q4", "error", samples.key("9312"), {"c": 32})
    found = [Exported(lab4, each, finding(each)) for each in (first, second, third)]
    return [*found, Exported(lab3, lost, broken)]


class Text(HTMLParser):
    """What a reader of a page sees, and with which tags."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def read(markdown: str) -> tuple[str, set[str]]:
    """The text that a page made of Markdown shows, with its tags."""
    page = Text()
    page.feed(MARKDOWN.render(markdown))
    return " ".join("".join(page.parts).split()), page.tags


def formulas(markdown: str) -> list[str]:
    """Every formula that a page shows, without the backticks that keep Markdown out of it."""
    found = [child for token in MATHS.parse(markdown) for child in token.children or []]
    return [each.content.removeprefix("`").removesuffix("`") for each in found if each.type == "math_inline"]


def tokens(markdown: str) -> list[Token]:
    return MARKDOWN.parse(markdown)


def inline(token: Token) -> str:
    return "".join(child.content for child in token.children or [] if child.type in ("text", "code_inline"))


def headings(markdown: str) -> list[tuple[str, str]]:
    """Every heading: its tag and its text."""
    found = tokens(markdown)
    return [(each.tag, inline(found[at + 1])) for at, each in enumerate(found) if each.type == "heading_open"]


def anchors(markdown: str) -> list[str]:
    """GitHub's rule, written a second time: lower case, letters, digits, - and _ stay, spaces become -."""
    made: list[str] = []
    for _, text in headings(markdown):
        slug = ""
        for sign in text.lower():
            if sign == " ":
                slug += "-"
            elif sign in "-_" or unicodedata.category(sign) in {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}:
                slug += sign
        number, unique = 0, slug
        while unique in made:
            number += 1
            unique = f"{slug}-{number}"
        made.append(unique)
    return made


def tables(markdown: str) -> list[list[list[str]]]:
    """Every table as rows of cells."""
    made: list[list[list[str]]] = []
    for at, each in enumerate(found := tokens(markdown)):
        if each.type == "table_open":
            made.append([])
        elif each.type == "tr_open":
            made[-1].append([])
        elif each.type in ("td_open", "th_open"):
            made[-1][-1].append(inline(found[at + 1]))
    return made
