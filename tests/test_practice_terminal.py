"""Practice in a real terminal: to the end, with right, wrong and unreadable answers, and interrupted."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quizlab.answers import written
from quizlab.model import AnyQuestion, ChoiceQuestion, OpenQuestion
from quizlab.progress import Log
from tests.conftest import Run, shipped_bank

pexpect = pytest.importorskip("pexpect", reason="pexpect needs a POSIX terminal")
if sys.platform == "win32":
    pytest.skip("a POSIX terminal is needed", allow_module_level=True)

LABS = {name: {each.id: each for each in shipped_bank(name).questions} for name in ("lab3", "lab4")}
QUESTIONS = LABS["lab3"] | LABS["lab4"]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")
PROMPT = "\n> "
AFTER = "? pomoć "


class Terminal:
    """A student at a terminal of 80 columns."""

    def __init__(self, environment: dict[str, str], *arguments: str, columns: int = 80) -> None:
        env = {**environment, "COLUMNS": str(columns)}
        command = [sys.executable, "-m", "quizlab", "practice", *arguments]
        self.child = pexpect.spawn(
            command[0], command[1:], env=env, encoding="utf-8", timeout=60, dimensions=(50, columns)
        )
        self.seen = ""

    def until(self, *texts: str) -> str:
        """Read until one of the texts appears; what came before it, without escapes."""
        self.child.expect_exact([text.replace("\n", "\r\n") for text in texts])
        shown = ESCAPES.sub("", self.child.before + self.child.after)
        self.seen += shown
        return shown

    def asked(self) -> AnyQuestion:
        """The question now on the screen, read up to its prompt."""
        shown = self.until(PROMPT, "pa ⏎ ")
        if shown.endswith("⏎ "):
            self.child.sendline("")
            shown += self.until(PROMPT)
        return QUESTIONS[re.search(r"lab[34] · .+? · (q\d+)\s", shown)[1]]  # type: ignore[index]

    def type(self, text: str) -> str:
        """Answer and read up to what comes next."""
        self.child.sendline(text)
        return self.until(AFTER, PROMPT)

    def interrupt(self) -> str:
        """Press Ctrl-C until it is noticed, and read to the end.

        On a loaded machine a signal may come between the prompt and readline's waiting for a key, where it
        is noticed only with the next key; a person would press again, too.
        """
        for _ in range(5):
            self.child.sendintr()
            if self.child.expect(["Odgovoreno", pexpect.TIMEOUT], timeout=5) == 0:
                break
        return "Odgovoreno" + self.rest()

    def rest(self) -> str:
        """All that is left, and the end."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        shown = ESCAPES.sub("", self.child.before)
        self.seen += shown
        return shown


def right(question: AnyQuestion) -> str:
    return "sve" if isinstance(question, OpenQuestion) else written(question.answer)


def wrong(question: AnyQuestion) -> str:
    if isinstance(question, OpenQuestion):
        return "ništa"
    if isinstance(question, ChoiceQuestion):
        return next(letter for letter in question.options if letter != question.answer)
    return question.mistakes[0].answer


def logged(home: Path) -> list[tuple[str, str]]:
    with Log(home) as log:
        return [(entry.question, entry.outcome) for entry in log.history()]


@pytest.mark.parametrize(
    ("lab", "answer", "outcome"), [("lab4", right, "right"), ("lab4", wrong, "wrong"), ("lab3", right, "right")]
)
def test_from_the_first_question_to_the_summary(
    environment: dict[str, str], home: Path, lab: str, answer: Callable[[AnyQuestion], str], outcome: str
) -> None:
    terminal = Terminal(environment, lab, "--seed", "3")
    asked = []
    total = len(LABS[lab])
    for number in range(1, total + 1):
        question = terminal.asked()
        assert f"{number}/{total}" in terminal.seen
        asked.append(question.id)
        shown = terminal.type(answer(question))
        assert ("✓" if outcome == "right" else "✗") in shown
        assert logged(home) == [(name, outcome) for name in asked]
        terminal.child.sendline("")
    end = terminal.rest()
    assert terminal.child.exitstatus == 0
    assert f"Odgovoreno {total} od {total}: {total} {'točno' if outcome == 'right' else 'krivo'}" in end
    assert sorted(asked) == sorted(LABS[lab])
    assert ("Za ponoviti" in end) == (outcome == "wrong")
    assert "Traceback" not in terminal.seen


def test_a_wrong_answer_is_diagnosed_with_its_proof(environment: dict[str, str]) -> None:
    terminal = Terminal(environment, "q1")
    terminal.asked()
    shown = terminal.type("9.280")
    assert "razumio sam: 9280" in shown
    assert "✗ 9280 — Zaboravljene su pristranosti konvolucije (32)." in shown
    assert "Točno: 9312" in shown
    assert "conv.bias" in shown
    whole = terminal.type("p")
    assert "→ 9312" in whole
    assert "prisjećanje A" in whole
    terminal.child.sendline("k")
    assert "Odgovoreno 1 od 1: 1 krivo" in terminal.rest()
    again = Terminal(environment, "q1")
    assert "krivo" in again.until(PROMPT)
    assert "Isti propust: 2. put." in again.type("9280")
    again.child.sendline("")
    again.rest()


def test_an_unreadable_answer_costs_nothing(environment: dict[str, str], home: Path) -> None:
    terminal = Terminal(environment, "q14")
    terminal.asked()
    for unreadable in ("(10 32", "", "deset puta", "\x07[red](1,", "9" * 700):
        assert "Ovo se ne broji." in " ".join(terminal.type(unreadable).split())
        assert logged(home) == []
    assert "Upiši odgovor" in terminal.type("?")
    assert "✓" in terminal.type("10x32")
    terminal.child.sendline("")
    terminal.rest()
    assert logged(home) == [("q14", "right")]


@pytest.mark.parametrize("where", ["asking", "after"])
def test_ctrl_c_keeps_everything_and_sums_up(environment: dict[str, str], home: Path, where: str) -> None:
    terminal = Terminal(environment, "lab4", "--seed", "1")
    for _ in range(2):
        terminal.type(right(terminal.asked()))
        terminal.child.sendline("")
    question = terminal.asked()
    if where == "after":
        terminal.type(right(question))
    end = terminal.interrupt()
    answered = 3 if where == "after" else 2
    assert f"Odgovoreno {answered} od 26: {answered} točno" in end
    assert "Prekinuto." in end
    assert "Traceback" not in end
    assert terminal.child.exitstatus == 130
    assert len(logged(home)) == answered


def test_ctrl_d_and_k_end_the_session_calmly(environment: dict[str, str]) -> None:
    terminal = Terminal(environment, "lab4")
    terminal.asked()
    terminal.child.sendeof()
    assert "Odgovoreno 0 od 26" in terminal.rest()
    assert terminal.child.exitstatus == 0
    terminal = Terminal(environment, "lab4")
    terminal.asked()
    terminal.child.sendline(":k")
    terminal.rest()
    assert terminal.child.exitstatus == 0


def test_forty_columns_are_enough(environment: dict[str, str]) -> None:
    terminal = Terminal(environment, "q1", columns=40)
    terminal.asked()
    terminal.type("9280")
    terminal.child.sendline("")
    terminal.rest()
    lines = [line for line in terminal.seen.splitlines() if "računam dokaz" not in line]  # redrawn in place
    assert [line for line in lines if len(line) > 40] == []
    assert "9312" in terminal.seen


def test_a_very_narrow_terminal_gets_plain_lines(environment: dict[str, str]) -> None:
    terminal = Terminal(environment, "q1", columns=20)
    shown = terminal.until("Odgovor: ")
    assert "Terminal je preuzak (stupaca: 20)" in shown
    terminal.child.sendline("9312")
    terminal.until(AFTER)
    terminal.child.sendline("")
    assert "TOČNO." in terminal.seen + terminal.rest()


def test_piped_it_works_line_by_line(quizlab: Run, home: Path) -> None:
    done = quizlab("practice", "q1", "q4", "q6", "--seed", "5", "--limit", "3", typed="(9\n" + "b\n9280\n1 3\n" * 3)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert done.stdout.count("Pitanje ") == 3
    assert "KRIVO. Zaboravljene su pristranosti konvolucije (32). Točno: 9312" in done.stdout
    assert "NEČITLJIVO." in done.stdout
    assert "Odgovoreno 3 od 3:" in done.stdout
    assert len(logged(home)) == 3


def test_a_pipe_that_ends_early_ends_the_session(quizlab: Run) -> None:
    done = quizlab("practice", "lab4", typed="")
    assert done.returncode == 0
    assert "Odgovoreno 0 od 26" in done.stdout


def test_v_asks_the_same_with_other_numbers(environment: dict[str, str], home: Path) -> None:
    terminal = Terminal(environment, "q1", "--seed", "4")
    terminal.asked()
    terminal.type("9312")
    terminal.child.sendline("v")
    shown = terminal.until(PROMPT)
    assert "2/2" in shown
    kernel, c_in, c_out = (
        int(found)
        for found in re.search(r"(\d+)×\d+,\s+ulaznih\s+kanala\s+(\d+),\s+a\s+izlaznih\s+(\d+)", shown).groups()  # type: ignore[union-attr]
    )
    assert (kernel, c_in, c_out) != (3, 32, 32)
    assert "✓" in terminal.type(str(kernel**2 * c_in * c_out + c_out + 2 * c_in))
    terminal.child.sendline("")
    terminal.rest()
    assert logged(home) == [("q1", "right"), ("q1", "right")]
