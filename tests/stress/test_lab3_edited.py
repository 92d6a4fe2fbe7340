"""Lab 3 with its source edited, every question on every edit: what turns red is what was listed, and nothing else."""

from __future__ import annotations

import os

import pytest

from tests.broken.lab3_also import ALSO
from tests.broken.sources import edited
from tests.proof.test_lab3_edited import EDITED, QUESTIONS
from tests.proofs import Proofs, proved

pytestmark = pytest.mark.stress

NAMES = list(EDITED)[:: 10 if os.environ.get("QUIZLAB_STRESS") == "short" else 1]


@pytest.mark.parametrize("name", NAMES)
def test_an_edited_lab_turns_its_questions_red_and_no_others(name: str) -> None:
    mutant = EDITED[name]
    proofs = Proofs(edited("lab3", *mutant.edits))
    red = {each for each, question in QUESTIONS.items() if not proved(proofs.finding(question))}
    assert red == {*mutant.red.split(), *ALSO.get(name, "").split()}
