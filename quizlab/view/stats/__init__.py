"""The statistics on screen, section by section, and as JSON."""

from quizlab.view.stats.machine import document
from quizlab.view.stats.overview import real
from quizlab.view.stats.whole import none, whole

__all__ = ["document", "none", "real", "whole"]
