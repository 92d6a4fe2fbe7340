"""However a bank is mangled, it loads or says where it is wrong."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quizlab.bank import BankError
from quizlab.bank.decode import decode
from quizlab.model import Bank
from quizlab.telling import sentences, words
from tests.bank.small import WHOLE, bounded

LINES = WHOLE.splitlines()
SPOTS = st.integers(0, len(LINES) - 1)
PIECES = [
    "- ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "|",
    ">",
    "#",
    "&a",
    "*a",
    "!t",
    "~",
    "no",
    "{x}",
    "\t",
    "?",
    ",",
    "%",
    "@",
]
PIECES += [
    "  ",
    "id: n1",
    "kind: open",
    "kind: choice",
    "answer: b",
    "ruling: x",
    "options: {a: {text: x}}",
    "<<: 1",
    "---",
]

EDITS = st.one_of(
    st.tuples(st.just("delete"), SPOTS, st.none()),
    st.tuples(st.just("double"), SPOTS, st.none()),
    st.tuples(st.just("move"), SPOTS, SPOTS),
    st.tuples(st.just("indent"), SPOTS, st.integers(-4, 4)),
    st.tuples(st.just("value"), SPOTS, st.sampled_from(PIECES) | st.text(max_size=8)),
    st.tuples(st.just("insert"), SPOTS, st.tuples(st.integers(0, 60), st.sampled_from(PIECES))),
)


def edited(lines: list[str], kind: str, at: int, how: object) -> None:
    at = min(at, len(lines) - 1)
    line = lines[at]
    if kind == "delete":
        del lines[at]
    elif kind == "double":
        lines.insert(at, line)
    elif kind == "move":
        lines.insert(min(how, len(lines)), lines.pop(at))
    elif kind == "indent":
        lines[at] = " " * max(0, len(line) - len(line.lstrip()) + how) + line.lstrip()
    elif kind == "value":
        lines[at] = line.partition(":")[0] + f": {how}"
    else:
        column, piece = how
        lines[at] = line[:column] + piece + line[column:]


def loads_or_says_why(data: bytes) -> None:
    try:
        found = decode(data, Path("mala.yaml"))
    except BankError as error:
        problems = error.problems
    else:
        assert isinstance(found, Bank)
        return
    assert problems
    last = len(re.split("\r\n|[\n\r\x85\u2028\u2029]", data.decode("utf-8", "replace")))
    for problem in problems:
        assert 1 <= problem.line <= last
        said = sentences.problem(problem)
        assert said.startswith(f"mala.yaml:{problem.line}: ")
        assert said == words.one_line(said)


@bounded(250)
@given(st.lists(EDITS, min_size=1, max_size=5))
def test_edited_lines(edits):
    lines = list(LINES)
    for edit in edits:
        edited(lines, *edit)
    loads_or_says_why("\n".join(lines).encode("utf-8", "surrogatepass"))


@bounded(200)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.binary(min_size=1, max_size=3)), min_size=1, max_size=4))
def test_random_bytes(patches):
    data = bytearray(WHOLE.encode())
    for at, patch in patches:
        data[at : at + len(patch)] = patch
    loads_or_says_why(bytes(data))


@bounded(100)
@given(st.integers(0, len(WHOLE.encode())), st.integers(0, 400))
def test_cut_out(start, length):
    data = WHOLE.encode()
    loads_or_says_why(data[:start] + data[start + length :])


@bounded(200)
@given(st.binary(max_size=80) | st.text(alphabet="-: \n[]{},'\"#&*!|>%@abq?", max_size=80).map(str.encode))
def test_anything_at_all(data):
    loads_or_says_why(data)
