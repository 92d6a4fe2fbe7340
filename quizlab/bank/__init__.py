"""Question banks: YAML in, checked questions out. The only room that reads YAML."""

from quizlab.bank.errors import BankError
from quizlab.bank.load import find, load, select, shipped

__all__ = ["BankError", "find", "load", "select", "shipped"]
