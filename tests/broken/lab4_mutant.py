"""What is expected of the proofs of lab 4 on an edited lab."""

from __future__ import annotations

from typing import NamedTuple

from tests.broken.sources import Edit


class Mutant(NamedTuple):
    """One edited lab and what is expected of its proofs.

    Attributes:
        what: what is edited, in words; "harmless" first where no proof may mind.
        edits: the replacements.
        red: the questions that have to notice.
        may: those that may notice as well, since they hang on the same thing.
    """

    what: str
    edits: tuple[Edit, ...]
    red: str = ""
    may: str = ""
