"""From the bytes of a bank to checked questions, reporting every problem at once."""

from __future__ import annotations

import bisect
import codecs
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from quizlab import home
from quizlab.bank import fields, nodes
from quizlab.bank.check import check_question
from quizlab.bank.errors import BankError
from quizlab.bank.limits import Watch
from quizlab.bank.nodes import MOST_PROBLEMS, Composed, Entries, Items, Node, Scalar
from quizlab.model import AnyQuestion, Bank, Group, Place, Problem
from quizlab.question.variants import worked_out

BANK_FIELDS = ("title", "groups", "questions")


def decode(data: bytes, path: Path, *, thorough: bool = False) -> Bank:
    """Decode and check one bank, when thorough with all its variants; `BankError` carries every problem found."""
    file = home.legible(str(path))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BankError([Problem("bank_not_utf8", {}, file, line)]) from None
    composed = nodes.compose(text, file)
    if composed.root is None:
        raise BankError(composed.problems)
    if not isinstance(composed.root, Entries):
        raise BankError([*composed.problems, Problem("bank_not_mapping", {}, file, composed.root.line)])
    reader = Reader(composed, composed.root, file, thorough=thorough)
    bank = reader.bank(home.legible(path.stem))
    if reader.problems:
        raise BankError(sorted(reader.problems, key=lambda problem: problem.line))
    return bank


class Reader:
    """One bank being read: what is wrong with it so far, and where its names stand."""

    def __init__(self, composed: Composed, root: Entries, file: str, *, thorough: bool) -> None:
        self.thorough = thorough
        self.problems = list(composed.problems)
        self.holes = sorted(composed.holes)
        self.root = root
        self.file = file
        self.places: dict[str, Place] = {}
        self.groups: dict[str, Group] | None = {}

    def bank(self, name: str) -> Bank:
        """The bank under its name; what is wrong with it is in ``problems``."""
        odd = ((key, line) for key, (line, _) in self.root.entries.items() if key not in BANK_FIELDS)
        for key, line in itertools.islice(odd, MOST_PROBLEMS):
            self.problems.append(Problem("unknown_field", {"field": key}, self.file, line, field=key))
        title = self._title() or name
        self._read_groups()
        questions = tuple(self._questions())
        return Bank(name, title, self.groups or {}, questions, self.places)

    def _blame(self, found: Iterable[Problem], node: Node, name: str = "", at: str = "") -> None:
        """Note problems of a node: those that do not know their line yet get that of their field."""
        for problem in itertools.islice(found, max(0, MOST_PROBLEMS - len(self.problems))):
            line = problem.line or nodes.line_at(node, problem.field)
            field = f"{at}.{problem.field}" if at and problem.field else at or problem.field
            self.problems.append(msgspec.structs.replace(problem, file=self.file, line=line, id=name, field=field))

    def _broken(self, node: Node) -> bool:
        """Whether a value is missing in a node, so that looking at it further would blame the wrong thing."""
        at = bisect.bisect_left(self.holes, node.line)
        return at < len(self.holes) and self.holes[at] <= node.last

    def _title(self) -> str:
        node = nodes.entry(self.root, "title")
        if node is None or isinstance(node, Scalar):
            return node.text if node else ""
        self._blame(fields.faults(node, str, "title"), node)
        return ""

    def _read_groups(self) -> None:
        """Read the groups; None where they cannot be read, so that nobody is told they do not exist."""
        node = nodes.entry(self.root, "groups")
        if node is None:
            return
        try:
            self.groups = fields.convert(node, dict[str, Group])
        except msgspec.ValidationError:
            self.groups = None
            if not self._broken(node):
                self._blame(fields.faults(node, dict[str, Group]), node, at="groups")

    def _questions(self) -> Iterator[AnyQuestion]:
        node = nodes.entry(self.root, "questions")
        if not isinstance(node, Items) or not node.items:
            if node is None or not self._broken(node):
                self.problems.append(Problem("no_questions", {}, self.file, nodes.line_at(self.root, "questions")))
            return
        watch = Watch()
        for number, item in enumerate(node.items, 1):
            if len(self.problems) >= MOST_PROBLEMS:
                return
            written = nodes.entry(item, "id")
            name = written.text if isinstance(written, Scalar) and written.text else f"#{number}"
            if self._broken(item):
                continue
            if (question := self._question(item, name)) is not None:
                self._claim_names(question, item)
                found = list(itertools.islice(check_question(question, self.groups), MOST_PROBLEMS))
                if self.thorough and not found:
                    from quizlab.bank.collisions import check_variants

                    found = list(itertools.islice(check_variants(question), MOST_PROBLEMS))
                self._blame(found, item, name)
                yield worked_out(question)
            for slow in watch.over(number):
                self._blame([slow], item, name)
                return

    def _question(self, item: Node, name: str) -> AnyQuestion | None:
        kind = nodes.entry(item, "kind")
        if isinstance(item, Entries) and not (isinstance(kind, Scalar) and kind.text in fields.KINDS):
            args = {"found": kind.text if isinstance(kind, Scalar) else "", "known": ", ".join(sorted(fields.KINDS))}
            fault = Problem("unknown_kind", args) if kind else Problem("missing_field", {"field": "kind"})
            self._blame(iter([msgspec.structs.replace(fault, field="kind")]), item, name)
            return None
        try:
            found: AnyQuestion | None = fields.convert(item, AnyQuestion)
        except msgspec.ValidationError:
            self._blame(fields.faults(item, AnyQuestion), item, name)
            found = fields.convert_known(item, AnyQuestion)
        return found

    def _claim_names(self, question: AnyQuestion, item: Node) -> None:
        """Give the question its id and its aliases; a name that is taken is a problem."""
        names = {"id": question.id} | {f"aliases[{index}]": name for index, name in enumerate(question.aliases)}
        for field, name in names.items():
            if name in self.places:
                args = {"name": name, "first": str(self.places[name].line)}
                self._blame(iter([Problem("duplicate_id", args, field=field)]), item, question.id)
            self.places.setdefault(name, nodes.place(item, self.file))
