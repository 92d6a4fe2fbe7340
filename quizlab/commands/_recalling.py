"""The dialogue of recall: half a sentence, the nearest questions, the answer as remembered; each kept at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from quizlab import errors, home
from quizlab.answers.clean import given_up
from quizlab.bank.attaching import LETTERS
from quizlab.bank.recalled import MOST, NEW, Fact
from quizlab.commands._course import Course
from quizlab.errors import QuizlabError
from quizlab.learning import results, schedule
from quizlab.learning.results import Result
from quizlab.log.log import Log
from quizlab.model import AnyQuestion, Bank, OptionQuestion
from quizlab.telling import sentences, words
from quizlab.telling.maths import readable
from quizlab.thread.judging import judge
from quizlab.thread.model import Judged
from quizlab.thread.nearest import Nearest
from quizlab.view import calling, prompts
from quizlab.view.listing import cut
from quizlab.view.screen import Screen, tell
from quizlab.view.stats.overview import compared

LONGEST = 1000
"""So many characters of a line are kept."""

SHOWN = 110
"""So many characters of a question tell which it is."""

VERDICTS = {"right": "točno", "wrong": "krivo", "incomplete": "nepotpuno", "depends": "ovisi", "disputed": "sporno"}


class Blic(Struct, frozen=True):
    """The blic that is remembered: its lab among all banks, its day (ISO), what the source is called."""

    bank: Bank
    banks: tuple[Bank, ...]
    day: str
    title: str


class StoppedError(Exception):
    """The input ended."""


class Recalling:
    """One walk through a blic.

    Args:
        screen: where to.
        blic: what is remembered.
        keep: keeps a fact for good; called after each question, so that an interruption loses one line at most.
    """

    def __init__(self, screen: Screen, blic: Blic, keep: Callable[[Fact], object]) -> None:
        self.screen = screen
        self.blic = blic
        self.keep = keep
        self.nearest = Nearest(blic.bank.questions)
        self.known = {each.id: each for each in blic.bank.questions}
        self.count = 0

    def ask(self) -> int:
        """Ask until an empty line, then for the result; the exit status."""
        self.screen.line(f"Blic iz {self.blic.bank.name}, {words.day(self.blic.day)} Zapisuje se bez imena.")
        self.screen.line("Upiši pola rečenice svakog pitanja. Prazan redak: kraj.")
        try:
            while said := self._line(f"{self.count + 1}. pitanje"):
                self._one(said)
            self._ended()
            self._result()
        except StoppedError:
            self._ended()
        except KeyboardInterrupt:
            self.screen.line()
            self._ended()
            return errors.INTERRUPTED
        return errors.RIGHT

    def _line(self, prompt: str) -> str:
        """One line without what no bank may hold; «» for an empty one.

        Raises:
            StoppedError: there is no more input.
        """
        typed = prompts.line(self.screen, f"{prompt}: ")
        if typed is None:
            raise StoppedError
        clean = re.sub("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "", words.one_line(typed))
        return clean[:LONGEST]

    def _one(self, said: str) -> None:
        question = self._chosen(said)
        self.keep(self._known(question) if question else self._new(said))
        self.count += 1

    def _chosen(self, said: str) -> AnyQuestion | None:
        """The question that is meant; None for a new one."""
        if said.lower() in self.known:
            return self.known[said.lower()]
        found = self.nearest.of(said)
        if not found:
            self.screen.line("Nijedno poznato pitanje nije blizu, pa se zapisuje kao novo.")
            return None
        for number, id in enumerate(found, 1):
            self._item(f"{number}", f"{id} {cut(said_of(self.known[id].prompt, self.known[id]), SHOWN)}")
        while True:
            typed = self._line(f"Koje (1–{len(found)}, n novo, prazno 1)").lower() or "1"
            if typed in ("n", "novo"):
                return None
            if typed in self.known:
                return self.known[typed]
            if typed.isdecimal() and 1 <= int(typed) <= len(found):
                return self.known[found[int(typed) - 1]]
            self.screen.line(f"„{typed}” nije ponuđeno.")

    def _known(self, question: AnyQuestion) -> Fact:
        if isinstance(question, OptionQuestion):
            for letter, option in question.options.items():
                self._item(letter, said_of(option.text, question))
        answer = self._marked()
        if isinstance(question, OptionQuestion) and answer.lower() in question.options:
            # as text: the letters of another version, or of the quiz, may be others
            answer = words.one_line(words.text(question.options[answer.lower()].text, question.params))
        self._say(question, answer)
        if question.id.startswith(NEW):  # somebody's new question: its id comes from its text
            return self._fact(prompt=question.prompt, answer=answer)
        return self._fact(question=question.id, answer=answer)

    def _say(self, question: AnyQuestion, answer: str) -> None:
        if not answer:
            self.screen.line(f"Zapisano: {question.id}, bez odgovora.")
            return
        judged = verdict(question, answer)
        said = VERDICTS.get(judged.verdict, "bez presude")
        self.screen.line(words.sentence(f"Zapisano: {question.id}, „{words.phrase(answer)}”, {said}"))
        if judged.says and judged.verdict != "right":
            self.screen.line(words.sentence(words.text(judged.says, question.params)))

    def _new(self, said: str) -> Fact:
        prompt = self._line("Pitanje (prazno: kako je upisano)") or said
        offered = self._line("Ponuđeno, odvojeno s ; (prazno: ništa)")
        options = tuple(dict.fromkeys(each.strip() for each in offered.split(";") if each.strip()))[:MOST]
        for letter, option in zip(LETTERS, options, strict=False):
            self._item(letter, option)
        answer = self._marked()
        if len(answer) == 1 and answer.lower() in LETTERS[: len(options)]:
            answer = options[LETTERS.index(answer.lower())]
        tail = "nedokazano" if answer else "bez odgovora, pa se zasad ne pita"
        self.screen.line(f"Zapisano kao novo pitanje: {tail}.")
        return self._fact(prompt=prompt, options=options, answer=answer)

    def _marked(self) -> str:
        """The answer as it is remembered; «» where it is not."""
        answer = self._line("Označeno (prazno: ne pamti se)")
        return "" if given_up(answer) else answer

    def _fact(self, *, question: str = "", prompt: str = "", options: tuple[str, ...] = (), answer: str = "") -> Fact:
        blic = self.blic
        return Fact(blic.day, blic.bank.name, blic.title, question, prompt, options, answer)

    def _item(self, mark: str, text: str) -> None:
        if self.screen.plain:
            self.screen.line(f"{mark}) {text}")
        else:
            from quizlab.view.paragraphs import hanging

            hanging(self.screen, mark, text)

    def _ended(self) -> None:
        said = words.counted(self.count, "pitanje", "pitanja", "pitanja")
        self.screen.line(f"Zapisano: {said}." if self.count else "Ništa nije zapisano.")
        if self.count:
            self.screen.line(f"Datoteka, i za slanje drugima: {home.data_folder() / home.RECALLED}")
            self.screen.line(f"Vježbaj: {calling.command('practice', self.blic.bank.name)}")

    def _result(self) -> None:
        """Ask for the own result and keep it apart from the facts, which are sent to others."""
        folder = home.data_folder()
        try:
            before = results.read(folder)
        except (ValueError, OSError):
            tell(sentences.say("results_left_out", {"path": str(folder / results.FILE)}))
            return
        self.screen.line("Vlastiti rezultat ostaje samo na ovom računalu i pomiče prognozu.")
        while typed := self._line("Točno, npr. 7/10 (prazno: ne znam)"):
            if result := self._read(typed, before):
                _write(folder, results.added(before, result))
                self.screen.line(compared(result))
                return
            self.screen.line("To se ne može pročitati. Napiši npr. 7/10 ili 6,5/10.")

    def _read(self, typed: str, before: Sequence[Result]) -> Result | None:
        """The result that was typed; None where it is none. What was forecast for a blic is worked out once."""
        found = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*(?:/|od)\s*([0-9]{1,3})", typed.strip())
        if not found:
            return None
        lab, day = self.blic.bank.name, self.blic.day
        known = [each.expected for each in before if (each.lab, each.date) == (lab, day)]
        forecast = known[0] if known else expected(self.blic.banks, self.blic.bank.questions)
        try:
            return Result(lab, day, float(found[1].replace(",", ".")), int(found[2]), forecast)
        except ValueError:
            return None


def _write(folder: Path, found: Sequence[Result]) -> None:
    try:
        results.write(folder, found)
    except OSError as error:
        args = {"path": str(folder / results.FILE), "why": error.strerror or str(error)}
        raise QuizlabError("new_unwritten", args) from None


def said_of(text: str, question: AnyQuestion) -> str:
    """A text of a question as a person reads it, on one line."""
    return words.one_line(readable(words.text(text, question.params)))


def verdict(question: AnyQuestion, answer: str) -> Judged:
    """The verdict on a remembered answer, as on one in a thread."""
    return judge(question, f"Odgovor: {answer}")


def expected(banks: Sequence[Bank], questions: Sequence[AnyQuestion]) -> float:
    """The share of points (0 to 1) that the log forecasts for now."""
    with Log(home.data_folder(), only_read=True) as log:
        course = Course(banks, log)
        course.recall()
        return schedule.forecast(questions, course.memories, datetime.now().timestamp(), course.prior)
