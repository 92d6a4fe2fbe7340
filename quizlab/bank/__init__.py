"""Question banks: YAML in (or an export in JSON), checked questions out. The only room that reads YAML."""

from quizlab.bank.errors import BankError
from quizlab.bank.load import find, load, load_all, select, shipped

__all__ = ["BankError", "find", "load", "load_all", "select", "shipped"]
