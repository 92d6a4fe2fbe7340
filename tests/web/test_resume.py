"""A practice cut short on the page: offered again, taken up where it was, kept apart from other tabs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.thinned import thinned
from tests.web.pages import ordinary, page
from tests.web.visit import Visit

OFFER = "#resume"


def kept(visit: Visit) -> list[dict[str, Any]]:
    found = visit.page.evaluate(
        "Object.entries(localStorage).filter(([name]) => name.startsWith('quizlab:vjezbanje:'))"
    )
    return [json.loads(text) for _, text in found]


def state(visit: Visit) -> tuple[str, ...]:
    """What is on screen of the question: its place, its crumbs, its text and its options in their order."""
    return tuple(visit.page.locator(f"#{name}").inner_text() for name in ("place", "crumbs", "asked", "field"))


def some(visit: Visit, number: int) -> None:
    """Answer so many questions right."""
    for _ in range(number):
        visit.answer_right()
        visit.page.locator("[data-do=next]").click()


@pytest.mark.stress
def test_the_same_questions_come_in_the_same_order(visit: Visit) -> None:
    visit.practise()
    some(visit, 2)
    visit.page.locator("[data-do=skip]").click()
    before, (saved,) = state(visit), kept(visit)
    visit.page.reload()
    assert visit.page.locator(OFFER).is_visible()
    said = visit.page.locator("#resume-text").inner_text()
    assert said.startswith("Danas u ")
    assert said.endswith("Odgovoreno: 2 pitanja; na redu je pitanje 4 od 8.")
    visit.page.get_by_role("button", name="Nastavi vježbanje").click()
    assert state(visit) == before
    met = []
    for _ in range(5):
        met.append(visit.asked())
        some(visit, 1)
    behind = [each["item"]["question"] for each in saved["done"]]
    assert behind + met == saved["queue"]
    assert visit.page.locator("#summary h3").inner_text() == "Odgovoreno: 7 pitanja"
    assert len({each["session"] for each in visit.log()}) == 1
    assert kept(visit) == []


@pytest.mark.stress
def test_numbers_and_order_of_options_stay(visit: Visit) -> None:
    visit.practise("Koliko parametara")
    visit.page.locator("#typed").fill("9280")
    visit.page.keyboard.press("Enter")
    visit.page.locator("[data-do=next]").click()  # what was wrong returns with other numbers
    before = state(visit)
    assert "drugi brojevi" in before[1]
    visit.page.locator("[data-do=hint]").click()
    for _ in range(2):  # also twice
        visit.page.reload()
        visit.page.get_by_role("button", name="Nastavi vježbanje").click()
        assert state(visit) == before
        assert visit.page.locator("#hints").inner_text().startswith("Trag 1 od 2: Prvi trag za ")


@pytest.mark.stress
def test_what_was_answered_can_be_taken_back_afterwards(visit: Visit) -> None:
    visit.practise("triju")
    visit.page.keyboard.press(visit.letter("prva"))
    visit.page.reload()
    visit.page.get_by_role("button", name="Nastavi vježbanje").click()
    visit.page.locator("[data-do=undo]").click()
    assert visit.log() == kept(visit) == []
    visit.page.reload()
    assert visit.page.locator("#q-q2").is_visible()  # nothing was done, so the page opens as ever


@pytest.mark.stress
def test_what_is_finished_or_put_away_is_not_offered(visit: Visit) -> None:
    visit.practise()
    some(visit, 1)
    visit.page.locator("[data-do=finish]").click()
    visit.page.get_by_role("button", name="Novo vježbanje").click()
    assert not visit.page.locator(OFFER).is_visible()
    visit.page.locator("#start").click()
    visit.page.locator("[data-do=skip]").click()
    visit.page.reload()
    visit.page.get_by_role("button", name="Odbaci").click()
    assert not visit.page.locator(OFFER).is_visible()
    assert kept(visit) == []


@pytest.mark.stress
def test_a_practice_of_a_closed_tab_is_offered_in_a_new_one(visit: Visit) -> None:
    visit.practise()
    some(visit, 1)
    before = state(visit)
    old, visit.page = visit.page, visit.open()
    old.close()
    assert visit.page.locator("#q-q1").is_visible()
    visit.page.get_by_role("button", name="Vježbaj", exact=True).click()
    visit.page.get_by_role("button", name="Nastavi vježbanje").click()
    assert state(visit) == before


def test_two_tabs_keep_their_own_practices(visit: Visit) -> None:
    visit.practise()
    some(visit, 1)
    one, first = visit.page, state(visit)
    visit.page = other = visit.open()
    visit.practise()
    assert not other.locator(OFFER).is_visible()  # the first tab is at it
    some(visit, 2)
    second = state(visit)
    assert len(kept(visit)) == 2
    for tab, before in ((one, first), (other, second)):
        visit.page = tab
        tab.reload()
        tab.get_by_role("button", name="Nastavi vježbanje").click()
        assert state(visit) == before


def test_a_tab_at_a_practice_is_not_offered_elsewhere(visit: Visit) -> None:
    visit.practise()
    some(visit, 1)
    visit.page = visit.open()
    visit.page.get_by_role("button", name="Vježbaj", exact=True).click()
    visit.page.locator(OFFER).wait_for(state="hidden")


@pytest.mark.stress
def test_a_tab_that_slept_leaves_its_practice_to_the_one_that_took_it(visit: Visit) -> None:
    visit.practise()
    some(visit, 1)
    one = visit.page
    other = visit.open()
    taken = "for (const key of Object.keys(localStorage).filter((each) => each.startsWith('quizlab:vjezbanje:')))"
    other.evaluate(
        taken + " localStorage.setItem(key, JSON.stringify({...JSON.parse(localStorage.getItem(key)), tab: 'other'}))"
    )
    one.get_by_text("Ovo se vježbanje nastavlja u drugoj kartici preglednika.").wait_for()
    assert one.locator("#setup").is_visible()
    assert not one.locator("#sitting").is_visible()


@pytest.mark.parametrize(
    "spoil",
    thinned(
        [
            "'nije json'",
            'text.replace(/"page":"[0-9a-f]+"/, \'"page":"0"\')',
            'text.replace(/"question":"q/g, \'"question":"x\')',
            'text.replace(/"variant":-1/g, \'"variant":7\')',
            'text.replace(/"outcome":"right"/g, \'"outcome":"<b>"\')',
            'text.replace(/"order":"[a-z]*"/g, \'"order":"zz"\')',
            'text.replace(/"queue":\\[/, \'"queue":[7,\')',
        ],
        4,
    ),
)
def test_what_this_page_has_not_kept_is_not_offered(visit: Visit, spoil: str) -> None:
    visit.practise()
    some(visit, 1)
    visit.page.evaluate(
        "for (const key of Object.keys(localStorage).filter((each) => each.startsWith('quizlab:vjezbanje:')))"
        f" {{ const text = localStorage.getItem(key); localStorage.setItem(key, {spoil}); }}"
    )
    visit.page.reload()
    visit.page.get_by_role("button", name="Vježbaj", exact=True).click()
    assert not visit.page.locator(OFFER).is_visible()
    visit.page.locator("#start").click()
    assert visit.page.locator("#sitting").is_visible()


@pytest.mark.stress
def test_deleted_progress_takes_its_practices_along(visit: Visit) -> None:
    visit.practise()
    some(visit, 1)
    visit.page.reload()
    visit.page.get_by_role("button", name="Napredak").click()
    visit.page.once("dialog", lambda each: each.accept())
    visit.page.get_by_role("button", name="Obriši napredak").click()
    visit.page.get_by_role("button", name="Vježbaj", exact=True).click()
    assert not visit.page.locator(OFFER).is_visible()
    assert kept(visit) == []


@pytest.mark.stress
def test_another_page_does_not_offer_what_it_cannot_ask(visit: Visit, tmp_path: Any) -> None:
    visit.practise()
    some(visit, 1)
    visit.page.reload()
    newer = tmp_path / "novija.html"
    newer.write_text(page(ordinary()[:3], "Noviji vodič"), encoding="utf-8")
    visit.address = newer.as_uri()
    visit.page = visit.open()
    visit.page.get_by_role("button", name="Vježbaj", exact=True).click()
    assert not visit.page.locator(OFFER).is_visible()
