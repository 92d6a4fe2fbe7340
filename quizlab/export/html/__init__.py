"""The web page: one file that reads, searches and practises without network, PyTorch or a server."""

from __future__ import annotations

from quizlab.export.html.page import html

__all__ = ["html"]
