"""A disputed question is told the same everywhere: what is also graded right is no mistake, and says why."""

from __future__ import annotations

import pytest

from quizlab.export import FORMATS
from quizlab.model import Dispute
from tests import samples
from tests.export import helpers

SAYS = "Pitanje je sporno, pa se priznaje i prva."


@pytest.mark.parametrize("name", ["md", "html"])
def test_what_is_also_graded_right_is_no_mistake(name: str) -> None:
    question = samples.choice(dispute=Dispute("a", ("second",), SAYS, "prva"))
    entry = helpers.Exported(helpers.bank(question), question, helpers.finding(question))
    assert [each.letter for each in entry.told.camps] == ["a"]
    assert "a" not in [each.answer for each in entry.told.wrong]
    text = FORMATS[name]("Vodič", [entry]).text(str)
    text = text[: text.index("<script")] if name == "html" else text
    assert text.count(SAYS) == 1
    assert text.index("≈") < text.index(SAYS)
    assert "Moguće pogreške" not in text[: text.index(SAYS)]
