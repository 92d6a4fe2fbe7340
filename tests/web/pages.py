"""A small page with questions of every kind, and one whose every text is hostile."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from quizlab.export import Exported, Variant
from quizlab.export.html import html
from quizlab.model import (
    AnyQuestion,
    Bank,
    Case,
    Claim,
    Dispute,
    Finding,
    Group,
    Mistake,
    Note,
    Option,
    Plot,
    Point,
    Recollection,
    Series,
    Snippet,
    Table,
)
from quizlab.question.variants import varied
from tests import samples
from tests.export.helpers import evidence, finding

HOSTILE = (
    '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1"> \' " --> ]]> <!-- &lt;b&gt; '
    "[x](javascript:window.hacked=1) <a href='javascript:window.hacked=1'>x</a> <svg/onload=window.hacked=1> "
    r"$\text{<script>window.hacked=1</script>}$ $\href{javascript:window.hacked=1}{x}$ $\text{&lt;script&gt;}$ "
    "</template></style></title></textarea> {{7*7}} \u2028\u2029\u202e <math><style><img src=x onerror=window.hacked=1>"
)
FORMULA = r"Zašto je $\frac{\partial h_T}{\partial h_0}$ uz {c} kanala malen, kad je `a` = \$5?"


def page(entries: list[Exported], title: str = "Vodič za blic") -> str:
    return html(title, entries).text(str)


def ordinary() -> list[Exported]:
    """A question of each kind; the first varies, the last has no evidence."""
    asks = "A koliko ih ima za c = {c}?"
    remembered = (Recollection("A", "9312"), Recollection("B", "9*c*c*c", note="množenje"))
    number = samples.number(
        id="q1",
        prompt="Koliko parametara ima za c = {c}?",
        asks=asks,
        variants={"c": (8, 16)},
        recollections=remembered,
        hints=("Prvi trag za {c}.", "Drugi trag."),
        explain="Zato što je nn.Conv2d takav; đak šuti.",
    )
    choice = samples.choice(id="q2", topic="učenje", prompt="Koja od triju vrijedi?")
    disputed = samples.choice(
        id="q3",
        topic="učenje",
        prompt="Koja je sporna?",
        dispute=Dispute("a", ("first",), "I ta ima pobornika.", "dva"),
    )
    multi = samples.multi(id="q4", topic="učenje", prompt="Koje vrijede?")
    oral = samples.oral(id="q5", topic="usmeno", prompt="Objasni.")
    pair = samples.pair(id="q6", prompt="Koliko je parova?")
    latex = samples.shape(id="q7", prompt=FORMULA, params={"c": 3}, explain="Jer je $x^2$ veće.", hints=("Gle $x_1$.",))
    bare = samples.number(id="q8", topic="učenje", prompt="Bez dokaza?", recollections=remembered)
    lab4, lab3 = bank("lab4", "Metričko ugrađivanje"), bank("lab3", "Povratne mreže")
    other = varied(number, {"c": 8})
    first = Exported(
        lab4, number, finding(number), (Variant(other, finding(other, evidence=_proof(Case(9 * 64 + 24)))),)
    )
    rest = [Exported(lab4, each, finding(each)) for each in (choice, disputed, multi, oral)]
    last = [Exported(lab3, each, finding(each)) for each in (pair, latex)]
    return [first, *rest, *last, Exported(lab3, bare, Finding("q8", "error", samples.key("9312"), {"c": 32}))]


def bank(name: str, title: str, *questions: AnyQuestion) -> Bank:
    return Bank(name, title, {"A": Group("bilješke", "2024-06-02"), "B": Group("forum")}, questions, {})


def _proof(case: Case) -> Any:
    return evidence(cases=(case,), blocks=(Note("Pokus s drugim brojevima."),))


def hostile() -> list[Exported]:
    """Every text that a bank or a proof can hold."""
    bad: dict[str, Any] = {"topic": HOSTILE, "prompt": HOSTILE, "explain": HOSTILE, "hints": (HOSTILE, HOSTILE)}
    group = Bank(HOSTILE, HOSTILE, {HOSTILE: Group(HOSTILE, HOSTILE)}, (), {})
    proof = evidence(
        claims=tuple(Claim(name, name != "first", HOSTILE) for name in ("first", "second", "third")),
        blocks=(
            Table((HOSTILE, "b"), ((HOSTILE, 1), (HOSTILE, HOSTILE)), HOSTILE, (HOSTILE, 2), (0,)),
            Plot(HOSTILE, HOSTILE, HOSTILE, (Series(HOSTILE, (0.0, 1.0), (1.0, 2.0)),)),
            Note(HOSTILE),
        ),
        snippet=Snippet(HOSTILE, HOSTILE),
    )
    memories = (Recollection(HOSTILE, HOSTILE, note=HOSTILE), Recollection(HOSTILE, option="a"))
    options = {
        "a": Option(HOSTILE, claim="first", says=HOSTILE, tag="prva"),
        "b": Option(HOSTILE, claim="second"),
        "c": Option(HOSTILE, claim="third", says=HOSTILE, tag="treca"),
    }
    questions: list[AnyQuestion] = [
        samples.number(id="h1", **bad, recollections=memories, mistakes=(Mistake("kriva", "9*c*c", HOSTILE),)),
        samples.choice(id="h2", **bad, options=options, recollections=memories),
        samples.multi(id="h3", **bad, options={**options, "c": Option(HOSTILE, claim="second")}),
        samples.oral(id="h4", **bad, points=(Point(HOSTILE, "first"), Point(HOSTILE))),
    ]
    return [Exported(group, each, finding(each, evidence=proof)) for each in questions]


class Parsed(HTMLParser):
    """The tags of a page with their attributes, the text of its scripts and styles, and all text that is shown."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.shown: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.raw.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            tag, attrs, text = self.raw.pop()
            self.raw.append((tag, attrs, text + data))
        else:
            self.shown.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def data(self) -> Any:
        (text,) = [text for tag, attrs, text in self.raw if attrs.get("type") == "application/json"]
        return json.loads(text)

    def text(self) -> str:
        return " ".join("".join(self.shown).split())
