"""Known mistakes: which of them a student's lab has, each found by a small test on its own part.

A test builds its part and looks at what comes out; it never judges a question. A part that is missing, or a test
that breaks, is no cause: about that somebody else speaks.
"""

from __future__ import annotations

from typing import Any

from quizlab.own.causes.cause import Cause, Probe

__all__ = ["Cause", "find"]


def find(lab: Any) -> list[Cause]:
    """The causes found in a student's lab, in the order of its parts; never raises."""
    return [cause for probe in _probes() for cause in _asked(probe, lab)]


def _probes() -> tuple[Probe, ...]:
    from quizlab.own.causes import corpus, dataset, loss, model, networks, training, unit, vocabulary

    return (
        *unit.PROBES,
        *model.PROBES,
        *loss.PROBES,
        *dataset.PROBES,
        *training.PROBES,
        *vocabulary.PROBES,
        *corpus.PROBES,
        *networks.PROBES,
    )


def _asked(probe: Probe, lab: Any) -> list[Cause]:
    """What one test found; nothing where the student's code stops it."""
    from quizlab.hooks.common import seeded

    try:
        with seeded(0):
            return list(probe(lab))
    except (Exception, SystemExit):
        return []
