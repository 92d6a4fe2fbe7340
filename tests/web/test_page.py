"""The page in a browser: practised by clicks and by keys, offline, on a phone, printed, read aloud."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from quizlab.export import Exported
from quizlab.model import Table
from quizlab.question.grading import Graded, grade
from quizlab.question.variants import posed
from tests.conftest import Run
from tests.export.helpers import evidence, finding
from tests.thinned import thinned
from tests.web.pages import bank, hostile, ordinary, page
from tests.web.visit import RIGHT, Visit

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


# --- practice ----------------------------------------------------------------------------------------


def test_a_whole_practice_by_clicks(visit: Visit) -> None:
    visit.practise()
    met = []
    for _ in range(8):
        name = visit.asked()
        met.append(name)
        visit.answer_right()
        assert visit.verdict().startswith("✓ Točno."), name
        visit.page.get_by_role("button", name="Dalje").click()
    assert sorted(met) == [f"q{number}" for number in range(1, 9)]
    assert visit.page.locator("#summary h3").inner_text() == "Odgovoreno: 8 pitanja"
    assert visit.page.locator("#summary").inner_text().count("8 točno") == 1
    assert [each["outcome"] for each in visit.log()] == ["right"] * 8


def test_a_practice_by_keys_alone(visit: Visit) -> None:
    keys = visit.page.keyboard
    visit.page.get_by_role("button", name="Vježbaj", exact=True).focus()
    keys.press("Enter")
    visit.page.locator("#search").focus()
    keys.type("triju")
    visit.page.get_by_text("1 pitanje od 8").wait_for()
    visit.page.locator("#start").focus()
    keys.press("Enter")
    wrong = visit.letter("prva")
    keys.press("?")
    assert visit.page.locator("#help").is_visible()
    keys.press("Escape")
    keys.press(wrong)
    assert visit.verdict().startswith("✗ Krivo.\nPrva ne vrijedi.")
    keys.press("u")
    assert visit.log() == []
    keys.press(str("abc".index(wrong) + 1))
    assert [each["tag"] for each in visit.log()] == ["prva"]
    keys.press("p")
    assert visit.page.locator("#whole").evaluate("each => each.open")
    keys.press("Escape")
    visit.page.locator("[data-do=next]").focus()
    keys.press("Enter")  # it returns, since there is nothing else to ask
    keys.press(visit.letter("druga"))
    keys.press("Enter")
    assert visit.page.locator("#summary h3").inner_text() == "Odgovoreno: 2 pitanja"
    assert visit.page.evaluate("document.activeElement.tagName") == "H3"


def test_a_typed_answer_is_diagnosed_with_its_proof(visit: Visit) -> None:
    visit.practise("Koliko parametara")
    assert visit.page.evaluate("document.activeElement.id") == "typed"
    keys = visit.page.keyboard
    keys.type("(9")
    keys.press("Enter")
    visit.page.get_by_text("Ovo se ne broji.").wait_for()
    assert visit.log() == []
    keys.press("ControlOrMeta+a")
    keys.type("9 280")
    keys.press("Enter")
    said = visit.verdict()
    assert "Zaboravljene su pristranosti (32)." in said
    assert "Točno: 9312." in said
    shown = visit.page.locator("#feedback").inner_text()
    assert "Tablica *jedna*" in shown
    assert visit.page.locator("#feedback code").first.inner_text() == "nn.Conv2d"
    assert visit.page.evaluate("document.activeElement.dataset.do") == "next"
    assert visit.log()[0] | {"at": "", "session": "", "seconds": 0} == {
        "at": "",
        "session": "",
        "question": "q1",
        "params": '{"c":32}',
        "typed": "9 280",
        "understood": "9280",
        "outcome": "wrong",
        "tag": "bez-pristranosti",
        "seconds": 0,
        "order": "",
        "share": 0,
        "sure": "",
        "hints": 0,
        "mode": "practice",
    }


def test_other_numbers_have_their_own_proof(visit: Visit) -> None:
    visit.practise("Koliko parametara")
    keys = visit.page.keyboard
    keys.type("9312")
    keys.press("Enter")
    keys.press("v")
    assert visit.page.locator("#asked").inner_text() == "A koliko ih ima za c = 8?"
    keys.type("592")
    keys.press("Enter")
    assert "Zaboravljene su pristranosti (8)." in visit.verdict()
    visit.page.keyboard.press("p")
    assert "Pokus s drugim brojevima." in visit.page.locator("#whole").inner_text()
    assert visit.log()[1]["params"] == '{"c":8}'


def test_hints_come_step_by_step_and_are_logged(visit: Visit) -> None:
    visit.practise("Koliko parametara")
    keys = visit.page.keyboard
    for typed in (":n", "n"):
        keys.type(typed)
        keys.press("Enter")
    assert visit.page.locator("#hints").inner_text().split("\n\n") == [
        "Trag 1 od 2: Prvi trag za 32.",
        "Trag 2 od 2: Drugi trag.",
    ]
    assert visit.page.get_by_role("button", name="Trag").count() == 0
    keys.press("Escape")
    keys.press("n")
    assert "Više tragova nema." in visit.page.locator("#hints").inner_text()
    visit.page.locator("#typed").fill("9312")
    keys.press("Enter")
    assert visit.log()[0]["hints"] == 2


@pytest.mark.stress
def test_what_was_skipped_can_be_taken_back(visit: Visit) -> None:
    visit.practise("triju")
    visit.page.keyboard.press("s")
    assert visit.page.locator("#summary").inner_text().startswith("Ništa nije odgovoreno")
    assert visit.log() == []


@pytest.mark.stress
def test_a_disputed_answer_is_right_and_both_camps_are_said(visit: Visit) -> None:
    visit.practise("sporna")
    visit.page.keyboard.press(visit.letter("prva"))
    assert visit.verdict() == "✓ Točno."
    assert "I ta ima pobornika." in visit.page.locator("#feedback").inner_text()
    assert visit.log()[0]["tag"] == "dva"


def test_an_oral_question_is_ticked_point_by_point(visit: Visit) -> None:
    visit.practise("Objasni")
    keys = visit.page.keyboard
    keys.press("Enter")
    assert "prva mjera" in visit.page.locator("#field").inner_text()
    keys.press("1")
    keys.press("Enter")
    assert visit.verdict() == "◐ Djelomično.\nRečeno: 1 od 3 točke."
    assert visit.log()[0]["typed"] == "1"
    assert visit.log()[0]["share"] == pytest.approx(1 / 3)


@pytest.mark.stress
def test_options_change_places_and_the_right_one_is_spread(visit: Visit) -> None:
    places = []
    for _ in range(3):
        visit.practise("Koja")  # q2 and q3, each with its key at a place of its own
        for _ in range(2):
            places.append(visit.letter("druga"))
            visit.page.keyboard.press(places[-1])
            visit.page.locator("[data-do=next]").click()
        assert places[-1] != places[-2]
        visit.page.get_by_role("button", name="Novo vježbanje").click()
    orders = {each["order"] for each in visit.log()}
    assert all(sorted(order) == ["a", "b", "c"] for order in orders)
    for each in visit.log():
        assert each["order"]["abc".index(each["typed"])] == "b"


@pytest.mark.stress
def test_the_terminal_grades_a_logged_answer_the_same(visit: Visit) -> None:
    questions = {each.question.id: each.question for each in ordinary()}
    visit.practise()
    while visit.page.locator("#asked").is_visible():
        if visit.page.locator("#typed").count():
            visit.page.locator("#typed").fill("(B, 784)" if visit.asked() == "q7" else "592; 3")
            visit.page.keyboard.press("Enter")
            if not visit.verdict():
                visit.page.locator("#typed").fill("592")
                visit.page.keyboard.press("Enter")
        elif visit.page.locator("#field button").count():
            visit.page.keyboard.press("a")
        else:
            visit.page.keyboard.press("Enter")
            visit.page.keyboard.press("2")
            visit.page.keyboard.press("Enter")
            if not visit.verdict():  # an oral question was revealed before
                visit.page.locator("#field input").first.check()
                visit.page.keyboard.press("Enter")
        visit.page.locator("[data-do=next]").click()
    assert {each["question"] for each in visit.log()} == questions.keys()
    for each in visit.log():
        question = posed(questions[each["question"]], json.loads(each["params"]), each["order"])
        graded = grade(question, each["typed"])
        assert isinstance(graded, Graded)
        for name in ("outcome", "understood", "tag", "share"):
            assert getattr(graded, name) == each[name], (each, name)


@pytest.mark.stress
def test_what_was_wrong_comes_first(visit: Visit) -> None:
    visit.practise("sporna")
    visit.page.keyboard.press(visit.letter("treća"))
    visit.page.keyboard.press("q")
    visit.page.get_by_role("button", name="Novo vježbanje").click()
    visit.page.locator("#clear").click()
    visit.practise(order="wrong", limit="5")
    assert visit.asked() == "q3"
    visit.page.keyboard.press("q")
    visit.page.get_by_role("button", name="Novo vježbanje").click()
    visit.practise(order="new", limit="5")
    assert visit.asked() != "q3"


@pytest.mark.stress
def test_shortcuts_can_be_switched_off(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Vježbaj", exact=True).click()
    visit.page.locator("#shortcuts").uncheck()
    visit.page.reload()
    visit.practise("triju")
    visit.page.keyboard.press("a")
    assert visit.verdict() == ""


# --- reading -----------------------------------------------------------------------------------------


def shown(visit: Visit) -> list[str]:
    return [str(each.get_attribute("data-id")) for each in visit.page.locator("article:visible").all()]


def test_search_forgives_diacritics_and_filters_add_up(visit: Visit) -> None:
    search = visit.page.get_by_label("Traži")
    search.fill("DAK suti")
    visit.page.get_by_text("1 pitanje od 8").wait_for()
    assert shown(visit) == ["q1"]
    search.fill("")
    visit.page.get_by_text("8 pitanja", exact=True).wait_for()
    visit.page.locator("#more > summary").click()
    visit.page.get_by_label("Tema").select_option("učenje")
    assert shown(visit) == ["q2", "q3", "q4", "q8"]
    visit.page.get_by_label("Presuda").select_option("error")
    assert shown(visit) == ["q8"]
    visit.page.get_by_role("button", name="Poništi odabir").click()
    visit.page.get_by_label("Znanje").select_option("known")
    visit.page.get_by_text("Nijedno pitanje ne odgovara tom odabiru.").wait_for()
    assert shown(visit) == []


def test_formulas_are_drawn(visit: Visit) -> None:
    assert visit.page.locator("#q-q7 h4 math mfrac").count() == 1
    visit.practise("kanala malen")
    assert visit.page.locator("#asked math mfrac").count() == 1
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("n")
    assert visit.page.locator("#hints math msub").count() == 1


def test_without_scripts_everything_can_be_read(browser: Any, file: Path) -> None:
    visit = Visit(browser, file, java_script_enabled=False)
    assert visit.page.locator("article").count() == 8
    assert not visit.page.locator("#filters").is_visible()
    assert visit.page.get_by_text("Pretraga i vježbanje rade kad je uključen JavaScript.").is_visible()
    visit.page.locator("#q-q1 summary").first.click()
    assert visit.page.locator("#q-q1").get_by_text("Zaboravljene su pristranosti (32).").is_visible()
    visit.context.close()
    assert visit.wrong == []


def test_scripts_of_a_bank_do_not_run(browser: Any, tmp_path: Path) -> None:
    bad = tmp_path / "zlo.html"
    bad.write_text(page(hostile()), encoding="utf-8")
    visit = Visit(browser, bad)
    for each in visit.page.locator("details").all():
        each.evaluate("each => { each.open = true; }")
    visit.page.get_by_role("button", name="Vježbaj", exact=True).click()
    visit.page.locator("input[name=limit][value='0']").check()
    visit.page.get_by_role("button", name="Započni vježbanje").click()
    for _ in range(4):
        visit.page.keyboard.press("Escape")
        visit.page.keyboard.press("n")
        name = visit.page.evaluate("document.getElementById('crumbs').textContent.split(' ').pop()")
        if name == "h1":
            visit.page.locator("#typed").fill("9216")
        elif name == "h2":
            visit.page.keyboard.press("a")
        elif name == "h4":
            visit.page.keyboard.press("Enter")
        if name != "h2":
            visit.page.keyboard.press("Enter")
        if name == "h3":
            visit.page.locator("#field input").first.check()
            visit.page.keyboard.press("Enter")
        visit.page.locator("[data-do=next]").click()
    visit.page.keyboard.press("q")
    assert visit.page.evaluate("typeof window.hacked") == "undefined"
    visit.context.close()
    assert visit.wrong == []


def test_the_browser_refuses_what_the_policy_does_not_name(browser: Any, file: Path) -> None:
    visit = Visit(browser, file)
    later = "setTimeout(() => {{ try {{ {}; done('ran') }} catch (error) {{ done(error.message) }} }})"
    tries = (
        "document.body.innerHTML = '<b>x</b>'",
        "document.createElement('script').textContent = 'window.hacked = 1'",
        "eval('window.hacked = 1')",
    )
    for each in tries:  # later, since what a debugger evaluates is allowed more
        said = visit.page.evaluate(f"() => new Promise((done) => {later.format(each)})")
        assert "Trusted" in said or "unsafe-eval" in said
    assert visit.page.evaluate("typeof window.hacked") == "undefined"
    visit.context.close()


# --- progress ----------------------------------------------------------------------------------------


def answered(visit: Visit) -> None:
    visit.practise("Koliko parametara")
    visit.page.keyboard.type("9280")
    visit.page.keyboard.press("Enter")
    visit.page.locator("[data-do=finish]").click()


def test_progress_survives_and_is_carried_to_the_terminal(visit: Visit, quizlab: Run, tmp_path: Path) -> None:
    answered(visit)
    visit.page.reload()
    assert visit.page.locator("#q-q1 h4").text_content().endswith(" ✗ (zadnji put: krivo)")
    visit.page.get_by_role("button", name="Napredak").click()
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Preuzmi napredak").click()
    carried = tmp_path / "napredak.json"
    waiting.value.save_as(carried)
    done = quizlab("import", str(carried))
    assert (done.returncode, done.stdout) == (0, "Uvezeno: 1 odgovor. U datoteci ih je 1.\n")
    assert "Ništa novo" in quizlab("import", str(carried)).stdout
    found = json.loads(quizlab("stats", "--json").stdout)
    assert "bez-pristranosti" in json.dumps(found)


@pytest.mark.stress
def test_progress_of_the_terminal_is_read_back(visit: Visit, quizlab: Run, tmp_path: Path) -> None:
    answered(visit)
    carried = tmp_path / "napredak.json"
    carried.write_text(json.dumps({"version": 1, "answers": visit.log()}), encoding="utf-8")
    quizlab("import", str(carried))
    quizlab("stats", "--export", str(carried))
    visit.page.evaluate("localStorage.clear()")
    visit.page.reload()
    visit.page.get_by_role("button", name="Napredak").click()
    assert visit.page.get_by_text("Još nema odgovora.").is_visible()
    for said in ("Učitano: 1 odgovor.", "Ništa novo: sve odgovore iz te datoteke (1) već imaš."):
        visit.page.locator("#upload").set_input_files(str(carried))
        visit.page.get_by_text(said).wait_for()
    assert [each["typed"] for each in visit.log()] == ["9280"]


@pytest.mark.parametrize(
    ("text", "said"),
    thinned(
        [
            ("nije json", "Ovo nije napredak koji zapisuje quizlab."),
            ('{"version": 9, "answers": []}', "Tu je datoteku zapisao noviji quizlab."),
            ('{"version": 1, "answers": [{"at": "jučer"}]}', "1. odgovor u datoteci nije valjan"),
            ('{"version": 1, "answers": [null]}', "1. odgovor u datoteci nije valjan"),
        ],
        3,
    ),
)
def test_a_bad_file_changes_nothing(visit: Visit, tmp_path: Path, text: str, said: str) -> None:
    answered(visit)
    bad = tmp_path / "x.json"
    bad.write_text(text, encoding="utf-8")
    visit.page.get_by_role("button", name="Napredak").click()
    visit.page.locator("#upload").set_input_files(str(bad))
    visit.page.get_by_text(said).wait_for()
    assert len(visit.log()) == 1


@pytest.mark.stress
def test_progress_is_deleted_only_when_confirmed(visit: Visit) -> None:
    answered(visit)
    visit.page.get_by_role("button", name="Napredak").click()
    visit.page.once("dialog", lambda each: each.dismiss())
    visit.page.get_by_role("button", name="Obriši napredak").click()
    assert len(visit.log()) == 1
    visit.page.once("dialog", lambda each: each.accept())
    visit.page.get_by_role("button", name="Obriši napredak").click()
    visit.page.get_by_text("Napredak je obrisan.").wait_for()
    assert visit.log() == []


@pytest.mark.stress
def test_a_newer_page_elsewhere_keeps_the_progress(visit: Visit, tmp_path: Path) -> None:
    answered(visit)
    newer = tmp_path / "novija.html"
    newer.write_text(page(ordinary()[::-1][:-1] + ordinary()[:1], "Noviji vodič"), encoding="utf-8")
    visit.address = newer.as_uri()
    found = visit.open()
    assert found.locator("#q-q1 .known.wrong").count() == 1


def test_without_storage_the_page_works_and_says_what_is_lost(browser: Any, file: Path) -> None:
    visit = Visit(browser, file)
    visit.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    visit.page.reload()
    assert "napredak vrijedi dok je stranica otvorena" in visit.page.locator("#notice").inner_text()
    visit.practise("triju")
    visit.page.keyboard.press(visit.letter("druga"))
    assert visit.verdict() == "✓ Točno."
    visit.context.close()
    assert visit.wrong == []


# --- looks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", thinned(["light", "dark"], 2))
def test_a_phone_has_room_for_everything(browser: Any, file: Path, scheme: str) -> None:
    visit = Visit(browser, file, color_scheme=scheme, **PHONE)
    wide = "document.documentElement.scrollWidth"
    visit.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert visit.page.evaluate(wide) == 360
    visit.practise("triju")
    small = """[...document.querySelectorAll('button, select, input:not(.unseen), summary')].filter((each) => {
      const box = (each.closest('label') || each).getBoundingClientRect();
      return box.height > 0 && (box.height < 43.5 || box.width < 43.5);
    }).map((each) => each.outerHTML)"""
    assert visit.page.evaluate(small) == []
    visit.page.locator("#field button").first.tap()
    assert visit.page.evaluate(wide) == 360
    assert visit.page.evaluate(small) == []
    box = visit.page.locator("#verdict .outcome").bounding_box()
    bar = visit.page.locator("#actions").bounding_box()
    assert box["y"] + box["height"] <= bar["y"]
    visit.context.close()
    assert visit.wrong == []


@pytest.mark.stress
def test_a_phone_has_room_for_a_table_that_is_too_wide(browser: Any, tmp_path: Path) -> None:
    wide = Table(("a" * 30, "b" * 30, "c" * 30), (("x" * 30, "y" * 30, 1),), "Široka", marked=(0,))
    question = ordinary()[0].question
    entry = Exported(bank("lab4", "x"), question, finding(question, evidence=evidence(blocks=(wide,))))
    made = tmp_path / "široka.html"
    made.write_text(page([entry, *hostile()]), encoding="utf-8")
    visit = Visit(browser, made, **PHONE)
    visit.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 360
    assert visit.page.locator(".proof > .scroll").first.evaluate("each => each.scrollWidth > each.clientWidth")
    visit.context.close()
    assert visit.wrong == []


def test_a_formula_that_names_a_row_stays_on_one_line(browser: Any, tmp_path: Path) -> None:
    name = "max(0, d(a,p) − d(a,n) + m)"
    table = Table(("izraz", "što je izmjereno", "napomena"), ((name, "riječ " * 30, "riječ " * 30),), "Naslov tablice")
    first = ordinary()[0]
    made = tmp_path / "x.html"
    shown = finding(first.question, evidence=evidence(blocks=(table,)))
    made.write_text(page([Exported(first.bank, first.question, shown)]), encoding="utf-8")
    visit = Visit(browser, made, **PHONE)
    visit.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = visit.page.locator("article .proof tbody th")
    lines = (
        "each => { const all = document.createRange(); all.selectNodeContents(each);"
        " return all.getClientRects().length; }"
    )
    assert found.inner_text() == name
    assert found.evaluate(lines) == 1
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]  # type: ignore[index]
    visit.page.emulate_media(media="print")
    assert visit.page.locator("article .title").evaluate("each => getComputedStyle(each).breakAfter") == "avoid"
    visit.context.close()


@pytest.mark.stress
def test_dark_is_dark_and_light_is_light(browser: Any, file: Path) -> None:
    found = []
    for scheme in ("light", "dark"):
        visit = Visit(browser, file, color_scheme=scheme)
        colour = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        found.append(sum(map(int, re.findall(r"\d+", colour)[:3])))
        visit.context.close()
    assert found[0] > 600
    assert found[1] < 150


@pytest.mark.stress
def test_it_prints_as_the_guide_with_all_answers(visit: Visit) -> None:
    visit.practise("triju")
    visit.page.emulate_media(media="print")
    assert visit.page.locator("#read").is_visible()
    assert not visit.page.locator("#practice").is_visible()
    assert visit.page.pdf(format="A4").startswith(b"%PDF")
    visit.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert visit.page.locator("#read details:not([open])").count() == 0
    visit.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert visit.page.locator("#read details[open]").count() == 0


@pytest.mark.stress
@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci in tests/web")
@pytest.mark.parametrize("scheme", thinned(["light", "dark"], 2))
def test_no_violation_of_accessibility(browser: Any, file: Path, scheme: str) -> None:
    visit = Visit(browser, file, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    visit.page.evaluate(AXE.read_text(encoding="utf-8"))

    def check(where: str) -> None:
        rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
        found = visit.page.evaluate(f"axe.run(document, {rules})")
        assert len(found["passes"]) > 8
        told = [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found["violations"]]
        assert told == [], where

    check("closed")
    visit.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    check("reading")
    visit.practise()
    for _ in range(8):
        name = visit.asked()
        check(f"asked {name}")
        if visit.page.locator("#typed").count():
            visit.page.locator("#typed").fill("(")
            visit.page.keyboard.press("Enter")
            visit.page.get_by_text("Ovo se ne broji.").wait_for()
            check(f"unreadable {name}")
            visit.page.locator("#typed").fill("(B, 3)" if name == "q7" else RIGHT[name])
        elif name in ("q2", "q3"):
            visit.page.keyboard.press(visit.letter("prva"))
        else:
            visit.page.keyboard.press("Escape")
            visit.page.locator("#answer").evaluate("each => each.requestSubmit()")
            visit.page.locator("#field input").first.check()
            check(f"ticked {name}")
        if name not in ("q2", "q3"):
            visit.page.locator("#answer").evaluate("each => each.requestSubmit()")
        check(f"answered {name}")
        visit.page.locator("[data-do=next]").click()
    visit.page.keyboard.press("?")
    check("help")
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("q")
    check("summary")
    visit.page.get_by_role("button", name="Napredak").click()
    check("progress")
    visit.context.close()
