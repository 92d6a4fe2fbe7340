"""One account of a question: what it decides and says, and that every medium says the same."""

from __future__ import annotations

import html as markup
import json
import re
from collections.abc import Callable

import msgspec
import pytest

from quizlab.export import Exported
from quizlab.export.anki.lines import anki_csv
from quizlab.export.bank_json import bank_json
from quizlab.export.html import html
from quizlab.export.markdown import markdown
from quizlab.export.moodle import moodle
from quizlab.model import AnyQuestion, Case, Claim, Dispute, Evidence, Finding, Problem, Recollection, Ruling, Snippet
from quizlab.numbers import NARROW
from quizlab.proof.judge import judge
from quizlab.telling import words
from quizlab.telling.account import Account, Option, Point, Remembered, Wrong
from quizlab.telling.told import told
from quizlab.view import finding as view
from tests import samples
from tests.conftest import shipped_bank
from tests.export import helpers
from tests.view.shown import lines

FIRST, SECOND, THIRD = (
    Claim("first", False, "prva mjera"),
    Claim("second", True, "druga mjera"),
    Claim("third", False, "treća mjera"),
)
FREE = Claim("free", True, "ničija mjera")
REMEMBERED = (
    Recollection("A", "9312"),
    Recollection("B", "9*c*c*c", note="množi umjesto da zbraja"),
    Recollection("A", "tvrdnja", claims=("first",)),
    Recollection("B", "pola", claims=("second",), ruling=Ruling("incomplete", ("free",))),
    Recollection("X"),
)
FORKED = Dispute("a", ("first",), "I prva ima pobornika.", "spor")


def proved(question: AnyQuestion, *cases: Case, claims: tuple[Claim, ...] = (FIRST, SECOND, THIRD, FREE)) -> Finding:
    return judge(question, Evidence(Snippet("print(1)", "1"), cases, claims))


def account(question: AnyQuestion, *cases: Case) -> Account:
    return told(question, proved(question, *cases), helpers.bank())


def test_a_number() -> None:
    found = account(samples.number(prompt="Koliko za {c}?", recollections=REMEMBERED), Case(9312))
    assert (found.kind, found.prompt, found.verdict) == ("broj", "Koliko za 32?", "confirmed")
    assert (found.key, found.holds, found.value) == ("9312", True, "9312")
    assert found.measured == found.short == "izračunato 9312"
    assert found.mistakes == found.wrong == (Wrong("9280", "Zaboravljene su pristranosti (32).", "refuted"),)
    where = "bilješke, 2. 6. 2024."
    assert found.remembered == (
        Remembered("A", where, "9312", "confirmed"),
        Remembered("B", "forum", f"9*c*c*c = 294{NARROW}912", "refuted", "množi umjesto da zbraja"),
        Remembered("A", where, "tvrdnja", "refuted", "prva mjera"),
        Remembered("B", "forum", "pola", "incomplete"),
        Remembered("X", "X", "", "unanswered"),
    )
    assert found.doubtful == found.remembered[1:4]
    assert found.claims == (SECOND, THIRD, FREE)  # the first one is quoted where it speaks against an answer
    assert (found.options, found.points, found.problems) == ((), (), ())


def test_a_choice_with_a_second_camp() -> None:
    found = account(samples.choice(dispute=FORKED))
    assert found.options == (
        Option(
            "a",
            "prva",
            "disputed" if found.verdict == "disputed" else "refuted",
            False,
            True,
            "Prva ne vrijedi.",
            FIRST,
        ),
        Option("b", "druga", "confirmed", right=True, claim=SECOND),
        Option("c", "treća", "refuted", says="Ni treća.", claim=THIRD),
    )
    assert (found.dispute, found.right) == ("I prva ima pobornika.", found.options[1:2])
    assert found.camps == found.options[:1]
    assert found.wrong == (Wrong("c", "Ni treća.", "refuted", THIRD),)
    assert (found.key, found.short, found.claims) == ("b", "druga mjera", (FREE,))


def test_a_multiple_choice_has_several_right() -> None:
    found = account(samples.multi())
    assert [each.letter for each in found.right] == ["b", "c"]
    assert found.key == "b, c"
    assert [each.says for each in found.options] == ["Prva ne vrijedi.", "", ""]


def test_an_open_question_has_points() -> None:
    found = account(samples.oral())
    assert found.points == (Point("jedan", FIRST), Point("dva", SECOND), Point("tri"))
    assert (found.kind, found.short, found.claims) == ("usmeno", "druga mjera", (THIRD, FREE))


def test_several_cases_are_counted() -> None:
    cases = [Case((7, 16), {"K": 3, "M": 8}), Case((4, 10), {"K": 3, "M": 5})]
    found = told(samples.pair(), proved(samples.pair(), *cases, claims=()))
    assert (found.value, found.measured) == ("", "u 2 izmjerena slučaja")
    assert found.short == "ključ vrijedi u 2 izmjerena slučaja"
    assert found.mistakes[0].answer == "M; (K − 1)·M"


def test_a_shape_accepts_other_forms() -> None:
    found = account(samples.shape(), Case((1, 784), {"B": 1}), Case((5, 784), {"B": 5}))
    assert found.accepted == (Remembered("", "priznaje se i", "1x784", "depends"),)
    assert found.ledger == found.accepted


def test_without_evidence_it_says_why_and_judges_nothing() -> None:
    question = samples.choice(
        recollections=(Recollection("A", option="b"), Recollection("B", note="?"), Recollection("B", "c"))
    )
    lost = Finding("c1", "error", samples.key("b"), {}, (Problem("worker_died", id="c1"),))
    found = told(question, lost)
    assert found.problems == ("Proces koji računa dokaz neočekivano je završio. Pokušaj ponovno.",)
    assert found.remembered == (
        Remembered("A", "A", "druga", "error"),
        Remembered("B", "B", "", "unanswered"),
        Remembered("B", "B", "c", "error"),
    )
    assert not any((found.doubtful, found.snippet, found.blocks, found.claims, found.short, found.measured))
    assert {each.verdict for each in found.options} == {"error"}
    assert told(samples.number(), msgspec.structs.replace(lost, id="n1")).mistakes[0].answer == "9280"


def test_what_fell_besides_the_key_does_not_make_the_key_fall() -> None:
    question = samples.number(requires=("third",))
    found = told(question, proved(question, Case(9312)))
    assert (found.verdict, found.holds) == ("refuted", True)
    question = samples.number()
    assert not told(question, proved(question, Case(1))).holds


# --- every medium says the same ----------------------------------------------------------------------


def seen(text: str) -> str:
    """Text without what a medium adds, and without the differences that folding and escaping make."""
    for _ in range(2):  # XML around HTML
        text = markup.unescape(re.sub(r"</?[a-z][^>]*>", "", text))
    return re.sub(r"[\s\\`*\u202f]|&#\d+;", "", text)


def of_page(entry: Exported) -> str:
    text = html("x", [entry]).text(str)
    return text[text.index("<article") : text.index("</article>")]


def of_terminal(entry: Exported) -> str:
    return " ".join(lines(view.whole, entry.question, entry.finding, {}, width=400))


MEDIA: dict[str, Callable[[Exported], str]] = {
    "terminal": of_terminal,
    "md": lambda entry: markdown("x", [entry]).text(str).partition("#### ")[2],
    "html": of_page,
    "anki": lambda entry: anki_csv("x", [entry]).text(str),
}
KINDS = {
    "number": (samples.number(recollections=REMEMBERED), (Case(9312),)),
    "shape": (samples.shape(recollections=(Recollection("A", "(7, 784)"),)), (Case((1, 784), {"B": 1}),)),
    "pair": (samples.pair(recollections=(Recollection("A", "M; M"),)), (Case((7, 16), {"K": 3, "M": 8}),)),
    "choice": (samples.choice(recollections=(Recollection("A", option="a"), Recollection("B", option="b"))), ()),
    "multi": (samples.multi(recollections=REMEMBERED[2:]), ()),
    "open": (samples.oral(recollections=REMEMBERED[2:]), ()),
}


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", KINDS)
def test_every_medium_says_the_key_the_verdicts_and_what_was_remembered(name: str, medium: str) -> None:
    question, cases = KINDS[name]
    entry = Exported(helpers.bank(question), question, proved(question, *cases))
    found, shown = entry.told, seen(MEDIA[medium](entry))
    expected = [found.prompt, *(each.text for each in (*found.right, *found.points))]
    expected += [] if found.options or found.points else [found.key]
    for each in found.ledger:
        expected += [each.answer, words.VERDICTS[each.verdict], each.note]
    for wrong in found.mistakes:
        expected += [wrong.answer, wrong.says]
    expected += [each.says for each in (FIRST, SECOND, THIRD, FREE)]
    assert [each for each in expected if seen(each) not in shown] == []


@pytest.mark.parametrize("name", KINDS)
def test_platforms_and_programs_get_the_same_key_and_verdict(name: str) -> None:
    question, cases = KINDS[name]
    entry = Exported(helpers.bank(question), question, proved(question, *cases))
    found = entry.told
    (plain,) = json.loads(bank_json("x", [entry]).text(str))["findings"]
    assert plain["verdict"] == found.verdict
    assert words.key(plain["key"]) == found.key
    verdicts = [(each["group"], each["verdict"]) for each in plain["recollections"]]
    assert verdicts == [(each.group, each.verdict) for each in found.remembered]
    shown = seen(moodle("x", [entry]).text(str))
    assert f"Presuda:{words.VERDICTS[found.verdict]}" in shown
    assert seen(found.short) in shown


@pytest.mark.parametrize("lab", ["lab3", "lab4"])
def test_every_shipped_question_has_an_account_before_it_is_proved(lab: str) -> None:
    bank = shipped_bank(lab)
    for question in bank.questions:
        found = told(question, Finding(question.id, "error", samples.key("?"), dict(question.params)), bank)
        assert len(found.remembered) == len(question.recollections)
        assert not {each.source for each in found.remembered} & set(bank.groups)
