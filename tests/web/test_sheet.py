"""The cheat sheet as a page: nothing in it runs, a phone can read it, and a lab fills one side of paper."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from quizlab.export import FORMATS, Exported
from quizlab.model import Bank
from tests.export.test_sheet import BANKS, proved
from tests.web.pages import HOSTILE, Parsed, hostile, ordinary

A4 = (8.27, 11.69)
"""In inches."""


def sheet_of(entries: list[Exported], title: str = "Podsjetnik za blic") -> str:
    return FORMATS["sheet"](title, entries, form="html").text(str)


def written(entries: list[Exported], folder: Path) -> str:
    made = folder / "podsjetnik.html"
    made.write_text(sheet_of(entries), encoding="utf-8")
    return made.as_uri()


def sides(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("entries", [ordinary(), hostile(), []], ids=["ordinary", "hostile", "empty"])
def test_nothing_runs_and_nothing_is_fetched(entries: list[Exported]) -> None:
    found = Parsed(sheet_of(entries, HOSTILE))
    counts = Counter(tag for tag, _ in found.tags)
    assert counts["script"] == counts["img"] == counts["a"] == 0
    assert counts["style"] == counts["title"] == counts["link"] == 1
    (policy,) = [each["content"] or "" for each in found.all("meta") if each.get("http-equiv")]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert all(set(attrs) <= {"class", "alttext", *ATTRIBUTES} for tag, attrs in found.tags if tag not in OWN)


OWN = {"html", "meta", "link"}
ATTRIBUTES = {"stretchy", "fence", "form", "mathvariant", "accent", "displaystyle", "movablelimits", "linethickness"}


@pytest.mark.parametrize("of", BANKS, ids=lambda each: each.name)
def test_it_says_what_the_markdown_says(of: Bank) -> None:
    page, markdown = (FORMATS["sheet"]("P", proved(of), form=form).text(str) for form in ("html", "md"))
    rows = Counter(tag for tag, _ in Parsed(page).tags)["li"]
    assert rows == len(re.findall(r"^- ", markdown, re.MULTILINE)) > len(of.questions)
    assert page.count("<span>✗</span>") == markdown.count(": ✗ ")


def test_the_name_of_the_file_decides(quizlab: Any, tmp_path: Path) -> None:
    for name, starts in (("x.html", "<!doctype html>"), ("x.HTM", "<!doctype html>"), ("x.md", "# "), ("x", "# ")):
        done = quizlab("export", "--sheet", "q1", "-o", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(starts)


@pytest.mark.parametrize("of", BANKS, ids=lambda each: each.name)
def test_a_lab_is_one_side_of_paper(of: Bank, browser: Any, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(written(proved(of), tmp_path))
    pdf = page.pdf(prefer_css_page_size=True)
    assert sides(pdf) == 1
    width, height = (float(side) / 72 for side in re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())  # type: ignore[union-attr]
    assert (width, height) == pytest.approx(A4, abs=0.02)
    page.emulate_media(media="print")
    look = page.evaluate(
        "(() => { const li = getComputedStyle(document.querySelector('li'));"
        " const div = getComputedStyle(document.querySelector('section > div'));"
        " const paper = getComputedStyle(document.body).backgroundColor;"
        " return [parseFloat(li.fontSize) * 0.75, div.columnCount, li.color, paper]; })()"
    )
    assert look == [9, "2", "rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    page.close()


def test_each_lab_has_a_side_of_its_own(browser: Any, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(written([each for of in BANKS for each in proved(of)], tmp_path))
    assert sides(page.pdf(prefer_css_page_size=True)) == len(BANKS)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_reads_it(scheme: str, browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(written([each for of in BANKS for each in proved(of)], tmp_path))
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("getComputedStyle(document.querySelector('section > div')).columnCount") == "auto"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('li')).fontSize)") >= 16
    context.close()
