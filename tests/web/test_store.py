"""What the page keeps in the browser: several tabs, a full shelf, deletions."""

from __future__ import annotations

import json

import pytest

from quizlab.hooks.registry import PACKAGE
from tests.thinned import thinned
from tests.web.browser import HERE, needs_node, node

pytestmark = needs_node


@pytest.mark.parametrize("seed", thinned(range(1, 4), 3))
def test_tabs_over_one_shelf_agree_with_a_list(seed: int) -> None:
    store = PACKAGE / "export" / "web" / "page-store.js"
    assert json.loads("".join(node(HERE / "store.js", [], store, str(seed)))) == []
