"""A soak in a short form: ``QUIZLAB_SOAK`` says for how many seconds, ``QUIZLAB_SEED`` from which seed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.stress, pytest.mark.skipif(sys.platform != "linux", reason="terminals, mounts and /proc")]


def test_random_use_loses_nothing_and_leaks_nothing(tmp_path: Path) -> None:
    from tests.stress.soak import Soak

    soak = Soak(tmp_path, int(os.environ.get("QUIZLAB_SEED", "0")))
    soak.run(float(os.environ.get("QUIZLAB_SOAK", "20")))
    print(dict(soak.counts))
    assert soak.counts["acts"]
    assert soak.faults == []
