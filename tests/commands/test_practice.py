"""Practice in a real terminal: single keys, right, wrong and unreadable answers, undo, resuming, interruptions."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quizlab.answers import written
from quizlab.log import Log
from quizlab.model import AnyQuestion, ChoiceQuestion, MultiQuestion, OpenQuestion
from quizlab.question.texts import fill
from tests import warm
from tests.conftest import Run, shipped_bank
from tests.thinned import thinned

pexpect = pytest.importorskip("pexpect", reason="pexpect needs a POSIX terminal")
ptyprocess = pytest.importorskip("ptyprocess")
if sys.platform == "win32":
    pytest.skip("a POSIX terminal is needed", allow_module_level=True)

LABS = {name: {each.id: each for each in shipped_bank(name).questions} for name in ("lab3", "lab4")}
QUESTIONS = LABS["lab3"] | LABS["lab4"]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>78]|\r")
PROMPT, ALOUD = "\n> ", "pa ⏎ "
SAID = "rečeno? d da · n ne "
AFTER = "? pomoć"
KEY = 0.03
"""Seconds after a pressed key, so that each is read by itself."""


class Warm(ptyprocess.PtyProcess):  # type: ignore[misc]
    """A fork of a warm process, with what pexpect asks of a process."""

    def __init__(self, fork: warm.Fork, terminal: int) -> None:
        super().__init__(fork.pid, terminal)
        self.fork = fork

    def isalive(self) -> bool:
        return self._ended(0) is None

    def wait(self) -> int | None:
        return self._ended(None)

    def _ended(self, timeout: float | None) -> int | None:
        status = self.fork.wait(timeout)
        if status is not None:
            self.terminated = True
            self.exitstatus, self.signalstatus = (status, None) if status >= 0 else (None, -status)
        return status


class Forked(pexpect.spawn):  # type: ignore[misc]
    """Quizlab, forked from a warm process."""

    def _spawnpty(self, args: list[bytes], *, env: dict[str, str], dimensions: tuple[int, int], **_: object) -> Warm:
        rows, columns = dimensions
        return Warm(
            *warm.at_terminal([each.decode() for each in args[3:]], env, cwd=str(warm.ROOT), rows=rows, columns=columns)
        )


class Terminal:
    """A student at a terminal of 80 columns."""

    def __init__(
        self,
        environment: dict[str, str],
        *arguments: str,
        columns: int = 80,
        rows: int = 50,
        command: str = "practice",
    ) -> None:
        env = {**environment, "COLUMNS": str(columns)}
        started = Forked if warm.ready() else pexpect.spawn
        whole = ["-m", "quizlab", *filter(None, [command]), *arguments]
        self.child = started(sys.executable, whole, env=env, encoding="utf-8", timeout=60, dimensions=(rows, columns))
        self.seen = ""
        self.screen = ""
        self.rested = 0.0

    def until(self, *texts: str) -> str:
        """Read until one of the texts appears; what came before it, without escapes."""
        self.child.expect_exact([text.replace("\n", "\r\n") for text in texts])
        shown = ESCAPES.sub("", self.child.before + self.child.after)
        self.seen += shown
        return shown

    def asked(self) -> AnyQuestion:
        """The question now on the screen, read up to its prompt."""
        self.screen = self.until(PROMPT, ALOUD)
        return QUESTIONS[re.search(r"lab[34] · .+? · (q\d+)\s", self.screen)[1]]  # type: ignore[index]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.child.send(key)
            time.sleep(KEY)
            self.rested += KEY

    def answer(self, question: AnyQuestion, *, right: bool) -> str:
        """Answer the question on the screen and read up to the keys under its feedback."""
        if isinstance(question, OpenQuestion):
            self.press("\r")
            for _ in question.points:
                self.until(SAID)
                self.press("d" if right else "n")
        elif isinstance(question, ChoiceQuestion):
            letter = next(each for each in question.options if (each == question.answer) == right)
            self.child.send(self.shown_letter(question, letter) + "\r")
        elif isinstance(question, MultiQuestion):
            letters = [each for each in question.options if (each in question.answer) == right]
            self.child.sendline(" ".join(self.shown_letter(question, each) for each in letters))
        else:
            self.child.sendline(written(question.answer) if right else question.mistakes[0].answer)
        return self.until(AFTER)

    def shown_letter(self, question: ChoiceQuestion | MultiQuestion, letter: str) -> str:
        """Under which letter the screen shows an option: its options are shuffled."""
        text = " ".join(fill(question.options[letter].text, question.params).split())
        shown = " ".join(self.screen.split())
        return re.search(rf"(?:^| )([a-h]) {re.escape(text)}", shown)[1]  # type: ignore[index]

    def type(self, text: str) -> str:
        """Type a line and read up to what comes next."""
        self.child.sendline(text)
        return self.until(AFTER, PROMPT)

    def interrupt(self) -> str:
        """Press Ctrl-C once, and read to the end."""
        self.child.sendintr()
        return self.rest()

    def rest(self) -> str:
        """All that is left, and the end."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        shown = ESCAPES.sub("", self.child.before)
        self.seen += shown
        return shown


def logged(home: Path) -> list[tuple[str, str]]:
    with Log(home) as log:
        return [(entry.question, entry.outcome) for entry in log.history()]


@pytest.mark.parametrize("lab", thinned(["lab4", "lab3"], 2))
def test_from_the_first_question_to_the_summary(environment: dict[str, str], home: Path, lab: str) -> None:
    terminal = Terminal(environment, lab)
    asked = []
    total = len(LABS[lab])
    for number in range(1, total + 1):
        question = terminal.asked()
        assert f"{number}/{total}" in terminal.seen
        asked.append(question.id)
        assert "✓" in terminal.answer(question, right=True)
        assert logged(home) == [(name, "right") for name in asked]
        terminal.press("\r")
    end = terminal.rest()
    assert terminal.child.exitstatus == 0
    assert f"Odgovoreno {total} od {total}: {total} točno" in end
    assert sorted(asked) == sorted(LABS[lab])
    assert "Za ponavljanje" not in end
    assert "Preostalo" not in end
    assert "Traceback" not in terminal.seen


def test_wrong_ones_return_until_they_are_right(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q4", "q9", "q10", "q2")
    outcomes: list[tuple[str, str]] = []
    for right in (False, True):
        for _ in range(4):
            question = terminal.asked()
            assert ("✓" if right else "✗") in terminal.answer(question, right=right)
            outcomes.append((question.id, "right" if right else "wrong"))
            terminal.press("\r")
    assert [name for name, _ in outcomes[:4]] == [name for name, _ in outcomes[4:]]
    end = terminal.rest()
    assert "Odgovoreno 4 od 4: 4 krivo" in end
    assert "Ponavljanja: 4, točno 4." in end
    assert "Dalje: quizlab blic lab4" in end
    assert logged(home) == outcomes


def test_a_wrong_answer_is_diagnosed_with_its_proof(environment: dict[str, str]) -> None:
    terminal = Terminal(environment, "q1")
    terminal.asked()
    shown = terminal.type("9.280")
    assert "Upisano „9.280” pročitano je kao 9280." in shown
    assert "✗ 9280 — Za 32 premalo: zaboravljene su pristranosti konvolucije." in shown
    assert "Točno: 9312" in shown
    assert "conv.bias" in shown
    terminal.press("p")
    whole = terminal.until("razmak stranica")
    assert "q1 · ✗ 9280 · Točno: 9312" in whole
    for _ in range(4):
        terminal.press(" ")
        whole += terminal.until("razmak stranica")
    assert "prisjećanje A" in whole
    terminal.press("G")
    end = terminal.until("razmak stranica")
    assert "q1 · ✗ 9280 · Točno: 9312" in end
    assert "→ 9312" in end
    terminal.press("\r", "q")
    assert "Odgovoreno 1 od 1: 1 krivo" in terminal.rest()
    again = Terminal(environment, "q1", "--limit", "1")
    shown = again.until(PROMPT)
    assert "krivo" in shown
    assert "drugi brojevi" in shown
    kernel, c_in, c_out = numbers_of_q1(shown)
    wrong = str(kernel**2 * c_in * c_out + 2 * c_in)
    assert "): 2. put." in again.type(wrong)
    again.press("q")
    again.rest()


def numbers_of_q1(shown: str) -> tuple[int, int, int]:
    found = re.search(r"(\d+)×\d+,\s+a\s+kanala\s+c_in\s+=\s+(\d+)\s+na\s+ulazu\s+i\s+c_out\s+=\s+(\d+)", shown)
    assert found
    return int(found[1]), int(found[2]), int(found[3])


def test_an_unreadable_answer_costs_nothing(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q14")
    terminal.asked()
    for unreadable in ("(10 32", "", "deset puta", "\x07[red](1,", "9" * 700):
        assert "Ovo se ne broji." in " ".join(terminal.type(unreadable).split())
        assert logged(home) == []
    assert "Upiši odgovor" in terminal.type("?")
    assert "✓" in terminal.type("10x32")
    terminal.press("\r")
    terminal.rest()
    assert logged(home) == [("q14", "right")]


def test_hints_come_step_by_step_and_are_remembered(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q1")
    hints = terminal.asked().hints
    for step in range(1, len(hints) + 1):
        assert f"Trag {step} od {len(hints)}:" in terminal.type("n")
    assert "Više tragova nema." in terminal.type(":n")
    terminal.type("9312")
    terminal.press("q")
    terminal.rest()
    with Log(home) as log:
        assert [(entry.outcome, entry.hints) for entry in log.history()] == [("right", len(hints) + 1)]


@pytest.mark.parametrize("where", ["after", "next"])
def test_undo_takes_an_answer_back(quick: dict[str, str], home: Path, where: str) -> None:
    terminal = Terminal(quick, "q1", "q4", "--limit", "2")
    first = terminal.asked()
    terminal.answer(first, right=False)
    assert len(logged(home)) == 1
    if where == "next":
        terminal.press("\r")
        second = terminal.asked()
        assert second.id != first.id
        if isinstance(second, ChoiceQuestion):
            terminal.press("u")
        else:
            terminal.child.sendline("u")
    else:
        terminal.press("u")
    terminal.until("Poništeno: ")
    assert logged(home) == []
    assert terminal.asked().id == first.id
    assert "✓" in terminal.answer(first, right=True)
    assert logged(home) == [(first.id, "right")]
    terminal.press("q")
    assert "1 točno" in terminal.rest()


def test_an_interrupted_session_goes_on_where_it_was(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "lab4")
    first = terminal.asked()
    terminal.answer(first, right=True)
    terminal.press("\r")
    second = terminal.asked()
    assert "quizlab practice --resume" in terminal.interrupt()
    assert terminal.child.exitstatus == 130
    again = Terminal(quick, "lab4")
    again.until("n novo vježbanje · q kraj ")
    again.press("\r")
    again.until("Nastavljam prekinuto vježbanje")
    assert again.asked().id == second.id
    assert f"2/{len(LABS['lab4'])}" in again.seen
    again.press("q") if isinstance(second, ChoiceQuestion) else again.child.sendline("q")
    again.rest()
    new = Terminal(quick, "lab4")
    new.until("n novo vježbanje · q kraj ")
    new.press("n")
    new.asked()
    assert f"1/{len(LABS['lab4'])}" in new.seen
    assert logged(home) == [(first.id, "right")]


def test_a_session_left_after_an_answer_goes_on_with_the_next_question(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q1", "q2", "q10")
    first = terminal.asked()
    terminal.answer(first, right=True)
    terminal.press("q")
    assert "Preostalo: 2 pitanja, oko " in (end := terminal.rest())
    assert "Dalje: quizlab practice --resume" in end
    again = Terminal(quick, "--resume")
    assert again.asked().id != first.id
    assert "2/3" in again.seen
    again.child.sendline("q")
    again.rest()


def test_skipping_costs_nothing_and_says_so(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q1")
    terminal.asked()
    terminal.child.sendline("s")
    assert "Odgovoreno 0 od 1: 1 preskočeno" in terminal.rest()
    assert logged(home) == []


@pytest.mark.parametrize(
    ("key", "sure", "said"), [("d", "sure", "krivo"), ("n", "unsure", "krivo"), ("\r", "", "krivo")]
)
def test_confidence_is_asked_before_the_verdict(
    quick: dict[str, str], home: Path, key: str, sure: str, said: str
) -> None:
    terminal = Terminal(quick, "q1", "--confidence")
    terminal.asked()
    terminal.child.sendline("77")
    assert "✗" not in terminal.until("⏎ bez odgovora ")
    terminal.press(key)
    assert "✗" in terminal.until(AFTER)
    terminal.press("q")
    terminal.rest()
    with Log(home) as log:
        assert [entry.sure for entry in log.history()] == [sure]


def test_an_oral_question_is_ticked_point_by_point_with_its_evidence(environment: dict[str, str], home: Path) -> None:
    terminal = Terminal(environment, "q6")
    question = terminal.asked()
    assert isinstance(question, OpenQuestion)
    terminal.press("\r")
    for number in range(1, len(question.points) + 1):
        shown = terminal.until(SAID)
        assert f"{number}/{len(question.points)}" in shown
        assert "dokazano: " in shown
        terminal.press("d" if number in (1, 3) else "n")
    shown = terminal.until(AFTER)
    assert "◐ Rečeno: 2 od 5 točaka." in shown
    terminal.press("q")
    terminal.rest()
    with Log(home) as log:
        assert [(entry.outcome, entry.share) for entry in log.history()] == [("partial", 0.4)]


@pytest.mark.parametrize("where", ["asking", "after"])
def test_ctrl_c_keeps_everything_and_sums_up(quick: dict[str, str], home: Path, where: str) -> None:
    terminal = Terminal(quick, "lab4")
    for _ in range(2):
        terminal.answer(terminal.asked(), right=True)
        terminal.press("\r")
    question = terminal.asked()
    if where == "after":
        terminal.answer(question, right=True)
    end = terminal.interrupt()
    answered = 3 if where == "after" else 2
    assert f"Odgovoreno {answered} od {len(LABS['lab4'])}: {answered} točno" in end
    assert "Prekinuto." in end
    assert "Traceback" not in end
    assert terminal.child.exitstatus == 130
    assert len(logged(home)) == answered


@pytest.mark.parametrize("leave", [lambda child: child.sendeof(), lambda child: child.sendline(":q")])
def test_ctrl_d_and_q_end_the_session_calmly(quick: dict[str, str], leave: Callable[[object], None]) -> None:
    terminal = Terminal(quick, "q1", "q14")
    terminal.asked()
    leave(terminal.child)
    assert "Odgovoreno 0 od 2" in terminal.rest()
    assert terminal.child.exitstatus == 0


def test_forty_columns_are_enough(environment: dict[str, str]) -> None:
    terminal = Terminal(environment, "q1", "q4", "q6", columns=40)
    for _ in range(3):
        terminal.answer(terminal.asked(), right=False)
        terminal.press("\r")
    terminal.asked()
    terminal.interrupt()
    lines = [line for line in terminal.seen.splitlines() if "računam dokaz" not in line]  # redrawn in place
    assert [line for line in lines if len(line) > 40] == []


def test_a_very_narrow_terminal_gets_plain_lines(quick: dict[str, str]) -> None:
    terminal = Terminal(quick, "q1", columns=20)
    shown = terminal.until("Odgovor: ")
    assert "Terminal je preuzak (stupaca: 20)" in shown
    terminal.child.sendline("9312")
    terminal.until("? pomoć ")
    terminal.child.sendline("")
    assert "TOČNO." in terminal.seen + terminal.rest()


def test_piped_it_works_line_by_line(quizlab: Run, home: Path) -> None:
    done = quizlab("practice", "q1", "q4", "q6", "--limit", "3", typed="(9\n" + "a\n9280\n1 3\n" * 6)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "KRIVO. Za 32 premalo: zaboravljene su pristranosti konvolucije." in done.stdout
    assert "NEČITLJIVO." in done.stdout
    assert "Odgovoreno " in done.stdout
    assert len(logged(home)) >= 3


def test_a_pipe_that_ends_early_ends_the_session_and_it_can_be_resumed(quizlab: Run, home: Path) -> None:
    done = quizlab("practice", "q1", "q14", typed="")
    assert done.returncode == 0
    assert "Odgovoreno 0 od 2" in done.stdout
    assert quizlab("practice", "--resume").returncode == 2
    first = quizlab("practice", "q1", "q14", typed="77\n")
    assert "Odgovoreno " in first.stdout
    more = quizlab("practice", "--resume", typed="")
    assert more.returncode == 0
    if logged(home):
        assert "Nastavljam prekinuto vježbanje" in more.stdout


@pytest.mark.stress
def test_the_same_seed_repeats_a_session_exactly(quizlab: Run) -> None:
    typed = "a\n7\n(1, 2)\n1\nx\n" * 12
    one, other = (quizlab("practice", "lab4", "--seed", "11", "--limit", "6", typed=typed).stdout for _ in range(2))
    again = [re.sub(r", za [\d,]+ s\.", "", text).replace("Ista pogreška", "") for text in (one, other)]
    prompts = [[line for line in text.splitlines() if "Pitanje" in line or "?" in line] for text in again]
    assert prompts[0] == prompts[1]
    assert len(prompts[0]) > 6


def test_v_asks_the_same_with_other_numbers(quick: dict[str, str], home: Path) -> None:
    terminal = Terminal(quick, "q1")
    terminal.asked()
    terminal.type("9312")
    terminal.press("v")
    shown = terminal.until(PROMPT)
    assert "ponovno · 1/1" in shown
    kernel, c_in, c_out = numbers_of_q1(shown)
    assert (kernel, c_in, c_out) != (3, 32, 32)
    assert "✓" in terminal.type(str(kernel**2 * c_in * c_out + c_out + 2 * c_in))
    terminal.press("\r")
    terminal.rest()
    assert logged(home) == [("q1", "right"), ("q1", "right")]


def test_keys_pressed_while_something_runs_are_ignored(environment: dict[str, str], home: Path) -> None:
    terminal = Terminal(environment, "q4")
    question = terminal.asked()
    assert isinstance(question, ChoiceQuestion)
    terminal.press(terminal.shown_letter(question, question.answer) + "\r")  # at once: torch is still being loaded
    terminal.press("x", "y", "v")
    terminal.until(AFTER)
    terminal.press("\r")
    assert "Odgovoreno 1 od 1: 1 točno" in terminal.rest()
    assert terminal.child.exitstatus == 0
