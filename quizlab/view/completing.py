"""What is said of completion."""

from __future__ import annotations

from quizlab.view.screen import Screen


def installed(screen: Screen) -> None:
    """Completion is set up."""
    screen.line("Dopunjavanje tipkom Tab je postavljeno. Vrijedi od sljedećeg otvaranja terminala.")
