"""Questions as learning platforms hold them: one neutral item a question and a variant, written in any format."""

from quizlab.export.items.build import items
from quizlab.export.items.item import Answer, Gap, Item
from quizlab.export.items.markup import Markup, mathjax, unicode

__all__ = ["Answer", "Gap", "Item", "Markup", "items", "mathjax", "unicode"]
