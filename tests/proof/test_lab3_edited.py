"""Lab 3 with its source edited: what is asked about the change turns red, and a harmless change turns nothing.

Here only the questions that a change concerns are run; `tests/stress/test_lab3_edited.py` runs all of them.
"""

from __future__ import annotations

import pytest

from tests.broken.lab3_listed import LISTED, Mutant
from tests.broken.lab3_more import HARMLESS, MORE
from tests.broken.sources import Edit, edited
from tests.conftest import shipped_bank
from tests.proofs import Proofs, proved
from tests.thinned import thinned

QUESTIONS = {question.id: question for question in shipped_bank("lab3").questions}
EDITED: dict[str, Mutant] = {**LISTED, **MORE, **HARMLESS}


@pytest.mark.parametrize("name", thinned(EDITED, 4))
def test_an_edited_lab_is_noticed_where_it_is_asked_about(name: str) -> None:
    mutant = EDITED[name]
    proofs = Proofs(edited("lab3", *mutant.edits))
    concerned = mutant.red.split() or mutant.near.split()
    assert concerned
    red = [each for each in concerned if not proved(proofs.finding(QUESTIONS[each]))]
    assert red == mutant.red.split()


def test_an_edit_that_stands_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="stands there 0 times"):
        edited("lab3", Edit("cells.py", "no such line", ""))
