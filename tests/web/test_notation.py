"""LaTeX and Unicode as people write them are read alike by Python and by the page, whole and damaged."""

from __future__ import annotations

import random
from pathlib import Path

from quizlab.model import FormulaQuestion, NumberQuestion
from tests.answers.helpers import question
from tests.answers.latex import NAMES, Printer, torn, tree
from tests.stress.test_answers import mutated
from tests.web.browser import Asked, differences, in_node, needs_node, one_browser_string

TRIALS = 700
SYMBOLS = question(FormulaQuestion, answer="K*M", symbols=NAMES)
NUMBERS = question(NumberQuestion, answer=0.6, real=True, params=dict.fromkeys(NAMES, 2))


@needs_node
def test_what_is_printed_is_read_alike(tmp_path: Path) -> None:
    rng = random.Random(20_261_128)
    texts = [Printer(rng).whole(tree(rng)) for _ in range(TRIALS)]
    texts += [torn(rng) for _ in range(TRIALS // 3)]
    texts += [mutated(rng, rng.choice(texts)) for _ in range(TRIALS)]
    batch: list[Asked] = [(asked, one_browser_string(text), {}) for text in texts for asked in (SYMBOLS, NUMBERS)]
    found, spent = differences(batch, tmp_path)
    assert found == []
    assert max(spent) < 1000
    read = [one for one in in_node(batch[: TRIALS * 2], tmp_path) if one["outcome"] != "unreadable"]
    assert len(read) > TRIALS * 1.6
