"""One browser a file of tests, and a page of questions of every kind opened in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.pages import ordinary, page
from tests.web.visit import BROWSER, Visit


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is not installed")
    if BROWSER is None:
        pytest.skip("no chromium is installed")
    with sync.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("stranica") / "vodič za blic.html"
    made.write_text(page(ordinary()), encoding="utf-8")
    return made


@pytest.fixture
def visit(browser: Any, file: Path) -> Iterator[Visit]:
    found = Visit(browser, file, viewport={"width": 1000, "height": 800})
    yield found
    found.context.close()
    assert found.wrong == []
