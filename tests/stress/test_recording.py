"""The whole recording, variants and mutated models included, is what the code computes today."""

from __future__ import annotations

import pytest

from quizlab.hooks import registry
from tools import proofs

LABS = [each.lab.name for each in registry.labs() if each.distribution == registry.OWN]


@pytest.mark.stress
@pytest.mark.parametrize("lab", LABS)
def test_every_recorded_proof_is_what_is_computed(lab: str) -> None:
    assert proofs.record(lab, write=False) == [], "make proofs"
