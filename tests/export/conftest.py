"""The guide that the tests read: made once."""

from __future__ import annotations

import pytest

from quizlab.export import FORMATS, Document
from tests.export import helpers


@pytest.fixture(scope="package")
def document() -> Document:
    return FORMATS["md"]("Vodič *za* blic", helpers.entries())


@pytest.fixture(scope="package")
def guide(document: Document) -> str:
    return document.text(lambda name: f"slike/{name}")
