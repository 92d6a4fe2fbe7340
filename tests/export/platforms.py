"""Entries for the exports to learning platforms: every shipped question without evidence, and hostile ones."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser

import msgspec

from quizlab.export import Exported
from quizlab.export.document import Variant
from quizlab.model import (
    AnyQuestion,
    Dispute,
    Finding,
    FormulaQuestion,
    IntervalQuestion,
    Mistake,
    Option,
    Part,
    Point,
    Problem,
    TextQuestion,
    TypeQuestion,
)
from quizlab.question.key import key_of
from quizlab.question.variants import combinations, varied
from tests import samples
from tests.conftest import shipped_bank
from tests.export import helpers

replace = msgspec.structs.replace

SIGNS = (
    "a]]>b &amp; <script>alert(1)</script> \"x\" 'y' ~ = # {z} } : %50% {1:SHORTANSWER:=x} {#1} \\ \\} \\( -> //c ####"
)
HIDDEN = "\x00\x08\x0b\x1f\x7f\u202e\ufeff\ufffe\uffff\ud800"
EVIL = f"{HIDDEN}[html]{SIGNS} $CATEGORY: ::t::{HIDDEN}"
LATEX = r"Zašto je $\frac{a}{b} < c_{n-1}$, a \$HOME nije?"
TYPED = '[plain]x]]> & <i> ~ = # { } : " * \\* \\ a->b &'


def unproved(question: AnyQuestion) -> Finding:
    """What is found out about a question where PyTorch is missing."""
    problems = (Problem("torch_missing", {}),)
    return Finding(question.id, "error", key_of(question), dict(question.params), problems)


@cache
def shipped(variants: int = 2) -> tuple[Exported, ...]:
    """All shipped questions, each with some variants, without evidence."""
    found = []
    for name in ("lab3", "lab4"):
        bank = shipped_bank(name)
        for question in bank.questions:
            others = [varied(question, values) for values in list(combinations(question))[1 : 1 + variants]]
            others = [each for each in others if each.params != question.params]
            found.append(
                Exported(bank, question, unproved(question), tuple(Variant(each, unproved(each)) for each in others))
            )
    return tuple(found)


def hostile() -> list[Exported]:
    """One question of each kind with everything in its texts that means something to somebody."""
    texts = {"prompt": EVIL, "explain": EVIL, "hints": (EVIL, LATEX), "topic": "tema/s kosom ::crtom::"}
    options = {
        "a": Option(EVIL, claim="first", says=EVIL, tag="a"),
        "b": Option("%50% [html]", claim="second"),
        "c": Option("[html]=x", claim="third", says="%50%x", tag="c"),
        "d": Option("<b>~d~</b>", claim="third", says=EVIL, tag="d", last=True),
    }
    dispute = Dispute("a", ("first",), EVIL, "drugi")
    simple = {**samples.COMMON, **texts}
    questions: list[AnyQuestion] = [
        samples.choice(id="e1", options=options, dispute=dispute, **texts),
        samples.multi(id="e2", options=options, answer=("b",), **texts),
        samples.number(id="e3", mistakes=(Mistake("m", "0", EVIL),), **texts),
        TextQuestion(**simple, id="e4", answer=TYPED, accept=("Đačić ćup",), mistakes=(Mistake("m", "=x#~", EVIL),)),
        samples.pair(
            id="e5",
            parts=(Part("text", name="{1:SA:=x}", accept=("dva }~#",)), Part("number", name="broj")),
            answer=("jedan {#1}", 7),
            mistakes=(Mistake("m", "tri }; 8", EVIL),),
            **texts,
        ),
        samples.oral(id="e6", points=(Point(EVIL, "first"), Point("dva", "second")), **texts),
        FormulaQuestion(**simple | {"prompt": LATEX}, id="e7", answer="K*k + 1", symbols=("K", "k")),
        IntervalQuestion(**simple, id="e8", answer="[-1, 1.5)", mistakes=(Mistake("m", "(-∞, ∞)", EVIL),)),
        TypeQuestion(**simple, id="e9", answer="tuple[Tensor, Tensor]", mistakes=(Mistake("m", "list", EVIL),)),
        samples.number(id="e" + "ž]<" * 60, params={"c": 1}, mistakes=(), **texts),
    ]
    bank = helpers.bank(*questions, name="b/1 <x>", title=EVIL)
    return [Exported(bank, each, unproved(each)) for each in questions]


def proved() -> list[Exported]:
    """The entries of the guide's tests, with evidence, under ids of their own."""
    return [replace(each, question=replace(each.question, id=f"p{each.question.id}")) for each in helpers.entries()]


class Page(HTMLParser):
    """What a browser shows of HTML, and with which elements."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.elements: set[str] = set()
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


ELEMENTS = {"p", "small", "strong", "em", "code", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td"}


def shown(markup: str) -> str:
    """The text that HTML shows; nothing but what the exports write may be an element."""
    page = Page(markup)
    assert page.elements <= ELEMENTS, page.elements
    return page.text


def plain(text: str) -> str:
    """A text of a bank as a page shows it."""
    return " ".join("".join(sign for sign in text if sign not in HIDDEN).split())
