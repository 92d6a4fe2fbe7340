"""A choice card played in a real browser, its sides put into one page as Anki does it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizlab.export import Exported
from quizlab.model import Option
from tests import samples
from tests.export.cards import Anki
from tests.export.test_anki import HOSTILE, entry

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no browser")

PAGE = """<!doctype html><meta charset="utf-8"><body class="card"><div id="qa"></div><pre id="said"></pre><script>
var sides = %s, clicks = %s, said = {alerts: 0, orders: []};
window.alert = function () { said.alerts += 1; };
function show(side) {
  var qa = document.getElementById("qa");
  qa.innerHTML = sides[side];
  qa.querySelectorAll("script").forEach(function (old) {
    var fresh = document.createElement("script");
    fresh.textContent = old.textContent;
    old.replaceWith(fresh);
  });
}
function texts(found) {
  return Array.prototype.map.call(document.querySelectorAll(found), function (each) { return each.textContent; });
}
for (var time = 0; time < 40; time += 1) { show(0); said.orders.push(texts(".ponuda li").join("|")); }
clicks.forEach(function (text) {
  document.querySelectorAll(".ponuda li, button").forEach(function (each) {
    if (each.textContent === text) { each.click(); }
  });
});
said.right = texts(".ponuda .tocno").sort();
said.wrong = texts(".ponuda .krivo").sort();
said.outcome = texts(".ishod").join();
show(1);
said.mine = texts(".rjesenje .odabrano");
show(0);
said.fresh = texts(".ponuda .odabrano, .ponuda .tocno").length;
document.getElementById("said").textContent = JSON.stringify(said);
</script>"""


@pytest.fixture
def student(tmp_path: Path) -> Iterator[Anki]:
    pytest.importorskip("anki")
    found = Anki(tmp_path / "anki")
    yield found
    found.col.close()


def played(student: Anki, one: Exported, *clicks: str) -> dict[str, Any]:
    """What is on the page after these clicks."""
    student.take([one])
    (note,) = student.notes()
    sides = json.dumps([page.html for page in student.sides(note)]).replace("</", "<\\/").replace("<!--", "<\\!--")
    page = student.folder / "page.html"
    page.write_text(PAGE % (sides, json.dumps(clicks)), encoding="utf-8")
    assert BROWSER is not None
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={student.folder / 'browser'}"]
    run = subprocess.run(
        [*command, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=60, check=True
    )
    said = re.search(r'<pre id="said">(.+?)</pre>', run.stdout, re.DOTALL)
    assert said is not None, run.stdout[-2000:]
    found: dict[str, Any] = json.loads(html.unescape(said[1]))
    assert found["fresh"] == 0, "what was chosen is forgotten when the card is shown anew"
    return found


def test_a_wrong_choice_shows_both_and_is_remembered_on_the_back(student: Anki) -> None:
    options = samples.OPTIONS | {"c": Option("neki drugi broj", claim="third", says="Ni to.", tag="t", last=True)}
    found = played(student, entry(samples.choice(options=options)), "prva", "druga")
    assert (found["right"], found["wrong"], found["outcome"]) == (["druga"], ["prva"], "Krivo.")
    assert [text.split(".")[0] for text in found["mine"]] == ["✗ prvaPrva ne vrijedi"]
    assert {*found["orders"]} == {"prva|druga|neki drugi broj", "druga|prva|neki drugi broj"}


def test_a_right_choice(student: Anki) -> None:
    found = played(student, entry(samples.choice()), "druga")
    assert (found["right"], found["wrong"], found["outcome"]) == (["druga"], [], "Točno.")
    assert len({*found["orders"]}) > 1


@pytest.mark.parametrize(
    ("clicks", "outcome"),
    [(("druga", "treća"), "Točno."), (("druga",), "Krivo."), (("prva", "druga", "treća"), "Krivo."), ((), "Krivo.")],
)
def test_of_several_all_must_be_chosen(student: Anki, clicks: tuple[str, ...], outcome: str) -> None:
    found = played(student, entry(samples.multi()), *clicks, "Provjeri")
    assert (found["right"], found["outcome"]) == (["druga", "treća"], outcome)
    assert len(found["mine"]) == len(clicks)


def test_hostile_options_do_nothing(student: Anki) -> None:
    options = samples.OPTIONS | {"a": Option(HOSTILE, claim="first", says=HOSTILE, tag="prva")}
    found = played(student, entry(samples.choice(options=options, prompt=HOSTILE)), "druga")
    assert (found["outcome"], found["alerts"]) == ("Točno.", 0)
