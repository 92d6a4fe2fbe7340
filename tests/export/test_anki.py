"""Cards for Anki, imported by Anki: what arrives, what a newer export changes, and what it leaves alone."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest

from quizlab import bank
from quizlab.commands._stamp import Times
from quizlab.export import Exported, Variant, images
from quizlab.export.anki import anki, note_type
from quizlab.export.anki.notes import guid_of
from quizlab.model import (
    AnyQuestion,
    Atom,
    Bank,
    Claim,
    Dispute,
    Evidence,
    Finding,
    Group,
    Note,
    Option,
    Problem,
    Recollection,
    Recorded,
    Snippet,
    Table,
)
from quizlab.proof.verify import could_not_run
from quizlab.question.key import key_of
from quizlab.question.texts import fill
from quizlab.question.variants import varied
from tests import samples
from tests.conftest import ROOT
from tests.export import cards, helpers
from tests.export.cards import ALWAYS, NEW, OLD, Anki, Page

replace = msgspec.structs.replace


@pytest.fixture
def student(tmp_path: Path) -> Iterator[Anki]:
    pytest.importorskip("anki")
    found = Anki(tmp_path / "anki")
    yield found
    found.col.close()


def entry(question: AnyQuestion, *others: dict[str, Atom], of: Bank | None = None, **changes: Any) -> Exported:
    variants = [varied(question, values) for values in others]
    found = tuple(Variant(each, helpers.finding(each)) for each in variants)
    return Exported(of or helpers.bank(question), question, helpers.finding(question, **changes), found)


def unproved(question: AnyQuestion, of: Bank | None = None) -> Exported:
    return Exported(of or helpers.bank(question), question, could_not_run(question, Problem("torch_missing"), 0))


# --- what arrives ------------------------------------------------------------------------------------


def test_every_question_becomes_a_note_in_the_order_of_the_bank(student: Anki) -> None:
    assert student.take(helpers.entries()) == {"new": 4}
    assert student.col.card_count() == 4
    assert [note["Oznaka"] for note in student.notes()] == ["q1", "q2", "q3", "q4"]
    assert student.decks() == {"quizlab::Lab 4 · Metričko *ugrađivanje*", "quizlab::Lab 3 · RNN"}
    assert student.note("q2").tags == ["quizlab::lab4::učenje_i_još"]
    assert student.note("q4").tags == ["quizlab::lab3::arhitektura"]
    kind = student.col.models.by_name("quizlab")
    assert kind is not None
    assert (kind["id"], [each["name"] for each in kind["flds"]]) == (note_type.ID, list(note_type.FIELDS))
    assert student.col.fix_integrity()[1], "Anki finds something to repair"


def test_anki_accepts_every_part_of_the_collection(student: Anki) -> None:
    student.take(helpers.entries())
    report, sound = student.col.fix_integrity()
    assert sound, report


def test_the_back_has_key_reasons_proof_and_what_was_remembered(student: Anki) -> None:
    student.take(helpers.entries())
    front, back = student.sides(student.note("q1"))
    assert "Koliko ih ima za c = 32 u a_b?" in front.text
    assert "9312" not in front.text
    assert "[[type:Upis]]" in front.html
    for said in ("9312 potvrđeno", "Zato.", "✗ 9280 Zaboravljene su pristranosti (32).", "Tablica *jedna*", "9248"):
        assert said in back.text
    for said in ("bilješke, 2. 6. 2024.", "opovrgnuto", "krivo | množenje", "✓ ničija mjera", "bez odgovora forum"):
        assert said in back.text
    assert "for red in range(2):\n    print('`a`', '```', '{folder}/x | y')" in "".join(back.strings)


def test_the_picture_is_a_file_of_the_collection(student: Anki) -> None:
    student.take(helpers.entries())
    (name,) = {each for note in student.notes() for each in student.sides(note)[1].addresses}
    data = (Path(student.col.media.dir()) / name).read_bytes()
    assert data == images.svg(helpers.PLOT)
    assert hashlib.sha256(data).hexdigest()[:20] in name
    checked = student.col.media.check()
    assert (list(checked.unused), list(checked.missing)) == ([], [])


def test_a_missing_proof_is_said_on_the_back(student: Anki) -> None:
    student.take(
        [
            unproved(samples.choice()),
            Exported(helpers.bank(), samples.oral(), Finding("o1", "error", samples.key("3"), {})),
        ]
    )
    _, back = student.sides(student.note("c1"))
    assert "nije izračunato" in back.text
    assert "✓ druga" in back.text
    assert "Dokaz nedostaje. Za živi dokaz treba PyTorch, a nije instaliran:" in back.text
    assert "Dokaz nedostaje. Pri izvozu nije izračunat." in student.sides(student.note("o1"))[1].text


def test_a_refuted_key_is_not_passed_over(student: Anki) -> None:
    student.take([entry(samples.choice(answer="a", id="x"))])
    back = student.sides(student.note("x"))[1].text
    assert "opovrgnuto" in back
    assert "Ključ a opovrgnut je" in back


def test_options_are_a_list_whose_right_ones_only_the_script_knows(student: Anki) -> None:
    last = samples.OPTIONS | {"c": Option("neki drugi broj", claim="third", says="Ni to.", tag="t", last=True)}
    disputed = Dispute("a", ("second",), "Jedni kažu prva.", "prva")
    student.take(
        [entry(samples.choice(options=last)), entry(samples.multi()), entry(samples.choice(id="d", dispute=disputed))]
    )
    choice = student.note("c1")
    assert choice["Ponuda"] == (
        '<ul class="ponuda jedan"><li>prva</li><li>druga</li><li class="zadnji">neki drugi broj</li></ul>'
    )
    assert choice["Točni"] == "1"
    assert (student.note("m1")["Točni"], 'class="ponuda vise"' in student.note("m1")["Ponuda"]) == ("1 2", True)
    assert student.note("d")["Točni"] == "0 1"
    assert "≈ prva" in student.sides(student.note("d"))[1].text
    assert "Jedni kažu prva." in student.sides(student.note("d"))[1].text
    assert "script" in student.sides(choice)[0].tags


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        (samples.number(), "9312"),
        (samples.number(real=True, answer="c/7"), ""),
        (samples.shape(), ""),
        (samples.pair(), ""),
        (samples.choice(), ""),
        (samples.oral(), ""),
    ],
)
def test_an_answer_is_typed_where_there_is_one_way_to_write_it(student: Anki, question: Any, typed: str) -> None:
    student.take([unproved(question)])
    (note,) = student.notes()
    assert note["Upis"] == typed
    assert ("[[type:" in student.sides(note)[0].html) is bool(typed)


def test_hints_can_be_opened_one_after_another(student: Anki) -> None:
    student.take([unproved(samples.number(hints=("Prvi $x^2$", "Drugi za {c}")))])
    front, _ = student.sides(student.note("n1"))
    assert r"1. tragPrvi \(x^2\)2. tragDrugi za 32" in front.text


# --- variants and identities -------------------------------------------------------------------------

VARIED = {"prompt": "Koliko ih je za {c}?", "variants": {"c": (32, 64, 128)}}


def test_variants_are_notes_of_their_own_with_stable_ids(student: Anki) -> None:
    question = samples.number(**VARIED)
    whole = entry(question, {"c": 64}, {"c": 128}, {"c": 32}, {"c": 64})
    assert student.take([whole]) == {"new": 3}  # the numbers of the quiz, and each pair of numbers once
    assert [note["Oznaka"] for note in student.notes()] == ["n1", "n1 (c = 64)", "n1 (c = 128)"]
    assert "Koliko ih je za 64?" in student.sides(student.note("n1 (c = 64)"))[0].text
    assert student.note("n1 (c = 64)").tags == ["quizlab::lab4::arhitektura", "quizlab::varijante"]
    before = {note["Oznaka"]: (note.id, note.guid) for note in student.notes()}
    assert student.take([entry(question, {"c": 128}, {"c": 64})], NEW) == {"updated": 3}
    assert {note["Oznaka"]: (note.id, note.guid) for note in student.notes()} == before


def test_identity_is_the_id_and_the_numbers_and_never_the_text() -> None:
    one = samples.number()
    assert guid_of(one, {}) == guid_of(samples.number(prompt="Drugo?", answer=1, topic="x", explain="y"), {})
    assert guid_of(one, {}) == guid_of(samples.choice(id="novo-ime", aliases=("n1", "treće")), {})
    assert guid_of(one, {"a": 1, "b": 2}) == guid_of(one, {"b": 2, "a": 1})
    others = [guid_of(one, {"a": 1}), guid_of(one, {"a": "1"}), guid_of(one, {}), guid_of(samples.number(id="n2"), {})]
    assert len({*others}) == 4
    assert guid_of(one, {}) == "xnULThDke7g730INVcpJ", "a changed identity loses what every student has learned"


# --- a newer export ----------------------------------------------------------------------------------


def two(answer: str = "9*c*c + 3*c") -> list[Exported]:
    return [entry(samples.number(answer=answer)), entry(samples.number(id="n2"))]


def test_the_same_export_again_changes_nothing(student: Anki) -> None:
    student.take(two())
    before = [(note.id, note.mod, note.fields) for note in student.notes()]
    assert student.take(two()) == {"duplicate": 2}
    assert [(note.id, note.mod, note.fields) for note in student.notes()] == before
    assert {note.mod for note in student.notes()} == {OLD + 2}
    assert len(student.col.models.all_names_and_ids()) == 7  # Anki's own six and ours


def test_a_live_proof_is_newer_than_a_recorded_one(student: Anki) -> None:
    recorded = entry(samples.number())
    finding = msgspec.structs.replace(recorded.finding, recorded=Recorded("2.13.0", "2026-11-27"))
    student.take([msgspec.structs.replace(recorded, finding=finding)])
    assert "Zapisani dokaz, torch 2.13.0, 27. 11. 2026." in student.sides(student.note("n1"))[1].text
    assert student.take([recorded]) == {"updated": 1}
    assert "apisani dokaz" not in student.sides(student.note("n1"))[1].text


def test_a_newer_export_changes_the_answer_and_keeps_the_schedule(student: Anki) -> None:
    student.take(two())
    note = student.note("n1")
    learned = student.review(note)
    assert learned[4] > 0  # an interval
    assert student.take(two("9*c*c + 4*c"), NEW) == {"updated": 2}
    changed = student.note("n1")
    assert (changed.id, changed["Upis"], changed.mod) == (note.id, "9344", NEW + 2)
    assert "9344" in student.sides(changed)[1].text
    assert student.schedule(changed) == learned
    assert student.col.card_count() == 2


def test_a_note_that_did_not_change_keeps_what_the_student_added(student: Anki, tmp_path: Path) -> None:
    times = Times(OLD, tmp_path)
    student.take(two(), times)
    times.keep()
    for note in student.notes():
        note.tags = [*note.tags, "moja-oznaka"]
        note["Objašnjenje"] += " Moja bilješka."
        student.col.update_note(note)
    student.age_edits(OLD + 50)
    assert student.take(two("9*c*c + 4*c"), Times(NEW, tmp_path)) == {"updated": 1, "duplicate": 1}
    assert student.note("n1")["Upis"] == "9344"
    kept = student.note("n2")
    assert "moja-oznaka" in kept.tags
    assert kept["Objašnjenje"].endswith("Moja bilješka.")


def test_an_older_export_changes_nothing_unless_that_is_asked_for(student: Anki) -> None:
    student.take(two("9*c*c + 4*c"), NEW)
    learned = student.review(student.note("n1"))
    assert student.take(two(), OLD) == {"duplicate": 2}
    assert student.note("n1")["Upis"] == "9344"
    assert student.take(two(), OLD, update=ALWAYS) == {"updated": 2}
    assert student.note("n1")["Upis"] == "9312"
    assert student.schedule(student.note("n1")) == learned


def test_a_question_that_is_gone_stays_and_a_new_one_comes(student: Anki) -> None:
    student.take(two())
    learned = student.review(student.note("n2"))
    assert student.take([two()[0], entry(samples.number(id="n3"))], NEW) == {"updated": 1, "new": 1}
    assert student.schedule(student.note("n2")) == learned
    assert student.col.note_count() == 3


def test_a_renamed_question_is_still_the_same_card(student: Anki) -> None:
    student.take(two())
    learned = student.review(student.note("n1"))
    assert student.take([entry(samples.number(id="jedinica", aliases=("n1",)))], NEW) == {"updated": 1}
    assert student.schedule(student.note("jedinica")) == learned


def test_a_proof_that_was_missing_arrives_and_is_not_lost_again(student: Anki) -> None:
    question = samples.number()
    student.take([unproved(question)])
    assert student.take([entry(question)]) == {"updated": 1}  # no file changed: PyTorch was installed
    assert "conv.weight" in student.note("n1")["Dokaz"]
    assert student.take([unproved(question)]) == {"duplicate": 1}
    assert "conv.weight" in student.note("n1")["Dokaz"]


def test_what_the_student_wrote_stays_until_the_bank_changes(student: Anki) -> None:
    student.take(two())
    note = student.note("n1")
    note["Objašnjenje"] += " Moja bilješka."
    student.col.update_note(note)
    assert student.take(two(), NEW) == {"updated": 1, "duplicate": 1}
    assert "Moja bilješka." in student.note("n1")["Objašnjenje"]


def test_a_changed_look_arrives_with_a_newer_export(student: Anki, monkeypatch: pytest.MonkeyPatch) -> None:
    student.take(two())
    student.review(student.note("n1"))
    original = note_type.note_type
    monkeypatch.setattr(note_type, "note_type", lambda *where: original(*where) | {"css": ".card { color: green; }"})
    assert student.take(two(), NEW) == {"updated": 2}
    student.col.models._clear_cache()
    kind = student.col.models.by_name("quizlab")
    assert kind is not None
    assert kind["css"] == ".card { color: green; }"


# --- hostile text ------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)> [sound:x.mp3] "
    "[latex]\\input{a}[/latex] [[type:Odgovor]] {{Odgovor}} {{c1::x}} [anki:tts lang=hr_HR]x[/anki:tts] <!-- "
    "\\(a\\) \\[b\\] \\begin{x}c\\end{x} "
    "$\\href{javascript:alert(1)}{klikni}$ $\\require{html}\\style{x}{y}$ $a\\)b$ $a{$ &lt;b&gt; --> \u202e"
)


def hostile() -> Exported:
    options = {
        "a": Option(HOSTILE, claim="first", says=HOSTILE, tag="a"),
        "b": Option(f"{HOSTILE} b", claim="second"),
        "c": Option(f"{HOSTILE} c", claim="third", says=HOSTILE, tag="c"),
    }
    claims = tuple(Claim(name, name == "second", HOSTILE) for name in ("first", "second", "third", "free"))
    table = Table((HOSTILE, "b"), ((HOSTILE, 1),), title=HOSTILE, total=(HOSTILE, 1))
    found = Evidence(
        Snippet(HOSTILE, HOSTILE), claims=claims, blocks=(table, Note(HOSTILE), replace(helpers.PLOT, title=HOSTILE))
    )
    question = samples.choice(
        prompt=HOSTILE + "{x}", explain=HOSTILE, hints=(HOSTILE,), topic=HOSTILE, options=options,
        params={"x": HOSTILE},
        recollections=(Recollection("A", HOSTILE, option="b", note=HOSTILE),),
    )  # fmt: skip
    return Exported(
        Bank(HOSTILE, HOSTILE, {"A": Group(HOSTILE)}, (question,), {}),
        question,
        helpers.finding(question, evidence=found),
    )


def harmless(page: Page, scripts: list[str], formulas: Collection[str] = ()) -> None:
    """Nothing but what the exporter writes; of formulas only those that the bank has."""
    assert page.tags <= {
        "div", "p", "span", "ul", "ol", "li", "small", "b", "hr", "h2", "h4", "table", "caption", "thead", "tbody",
        "tr", "th", "td", "figure", "img", "details", "summary", "pre", "script",
    }  # fmt: skip
    assert page.attributes <= {"class", "id", "hidden", "src", "alt"}
    assert page.scripts == scripts
    assert all(each.startswith("quizlab-") and each.endswith(".svg") for each in page.addresses)
    strings = page.strings
    for formula in formulas:
        strings = [each.replace(f"\\({formula}\\)", "") for each in strings]
    assert not any(sign in each for each in strings for sign in ("\\(", "\\[", "\\begin", "\\href", "\u202e"))


def test_hostile_text_is_only_text(student: Anki) -> None:
    assert student.take([hostile()]) == {"new": 1}
    (note,) = student.notes()
    for page in student.sides(note):
        harmless(page, [f"\n{note_type._file('play.js')}"])
        assert "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>" in page.text
        assert "[sound:x.mp3] [latex]\\input{a}[/latex] [[type:Odgovor]] {{Odgovor}} {{c1::x}} [anki:tts" in page.text
        assert "[[type:" not in page.html
    report, sound = student.col.fix_integrity()
    assert sound, report
    assert not any(Path(student.col.media.dir()).glob("latex*"))


def test_formulas_reach_mathjax_escaped(student: Anki) -> None:
    prompt = r"Koliko je $\frac{a}{b} < c$ uz \$5 i $\max(0, m)$?"
    student.take([unproved(samples.number(prompt=prompt))])
    front = student.sides(student.note("n1"))[0]
    assert r"Koliko je \(\frac{a}{b} &lt; c\) uz $5 i \(\max(0, m)\)?" in front.html


# --- the file itself ---------------------------------------------------------------------------------

DIGEST = """
import hashlib, sys
from quizlab.commands._stamp import Times
from quizlab.export.anki import anki
from tests.export import helpers
print(hashlib.sha256(anki("Vodič", helpers.entries(), times=Times(7, None))).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_input_gives_the_same_bytes_in_every_process(seed: str) -> None:
    env = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
    run = subprocess.run([sys.executable, "-c", DIGEST], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    here = hashlib.sha256(anki("Vodič", helpers.entries(), times=Times(7, None))).hexdigest()
    assert run.stdout.strip() == here


def test_a_picture_lies_there_once_however_many_cards_show_it() -> None:
    with zipfile.ZipFile(BytesIO(anki("Vodič", helpers.entries(), times=Times(7, None)))) as archive:
        assert archive.namelist() == ["0", "collection.anki2", "media"]
        (name,) = json.loads(archive.read("media")).values()
        assert name.startswith("quizlab-")
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_questions_are_an_empty_package(student: Anki) -> None:
    assert student.take([]) == {}


# --- the shipped banks -------------------------------------------------------------------------------


def test_the_shipped_banks_arrive_whole(student: Anki) -> None:
    found = [bank.load(path) for path in bank.shipped()]
    entries = [unproved(question, of=each) for each in found for question in each.questions]
    assert student.take(entries) == {"new": len(entries)}
    names = {question.id for each in found for question in each.questions}
    assert {note["Oznaka"] for note in student.notes()} == names
    (script,) = {script for note in student.notes() for page in student.sides(note) for script in page.scripts}
    said = [(str(msgspec.to_builtins(each)), each.params) for one in found for each in one.questions]
    formulas = {latex for text, params in said for latex in re.findall(r"\$([^$]+)\$", fill(text, params))}
    for note in student.notes():
        for page in student.sides(note):
            harmless(page, [script], {each.replace("\\\\", "\\") for each in formulas})
    texts = Anki(student.folder / "texts")
    assert texts.take_text(entries) == {"new": len(entries)}
    texts.col.close()


@pytest.mark.stress
def test_ten_thousand_questions_take_seconds_and_little_memory() -> None:
    kinds = (samples.number, samples.choice, samples.oral, samples.multi)
    questions = [kinds[index % 4](id=f"q{index}") for index in range(10_000)]
    proofs = {kind: helpers.finding(kind(id="q")) for kind in kinds}
    whole = helpers.bank(*questions)
    entries = [
        Exported(whole, each, replace(proofs[kinds[index % 4]], id=each.id, key=key_of(each)))
        for index, each in enumerate(questions)
    ]
    started = time.perf_counter()
    anki("Vodič", entries, times=Times(7, None))
    assert time.perf_counter() - started < 15
    started = time.perf_counter()
    cards.anki_csv("Vodič", entries)
    assert time.perf_counter() - started < 15
    tracemalloc.start()
    anki("Vodič", entries, times=Times(7, None))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50 * 2**20
