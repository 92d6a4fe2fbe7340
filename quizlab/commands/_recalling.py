"""The dialogue of recall: half a sentence, the nearest questions, the answer as remembered; each kept at once."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from msgspec import Struct

from quizlab import errors, home
from quizlab.answers.clean import given_up
from quizlab.bank.attaching import LETTERS
from quizlab.bank.recalled import MOST, NEW, Fact
from quizlab.commands import _own_result
from quizlab.model import AnyQuestion, Bank, OptionQuestion
from quizlab.telling import words
from quizlab.telling.maths import readable
from quizlab.thread.judging import judge
from quizlab.thread.model import Judged
from quizlab.thread.nearest import Nearest
from quizlab.view import calling, prompts
from quizlab.view.listing import cut
from quizlab.view.screen import Screen

LONGEST = 1000
"""So many characters of a line are kept."""

SHOWN = 110
"""So many characters of a question tell which it is."""

BACK = ("u", "undo")
"""How a step back is asked for, as in practice."""

VERDICTS = {"right": "točno", "wrong": "krivo", "incomplete": "nepotpuno", "depends": "ovisi", "disputed": "sporno"}


class Blic(Struct, frozen=True):
    """The blic that is remembered: its lab among all banks, its day (ISO), what the source is called."""

    bank: Bank
    banks: tuple[Bank, ...]
    day: str
    title: str


class StoppedError(Exception):
    """The input ended."""


class BackError(Exception):
    """One step back was asked for."""


Undo = Callable[[], object]
"""Takes back what was kept, and nothing else."""


class Recalling:
    """One walk through a blic.

    Args:
        screen: where to.
        blic: what is remembered.
        keep: keeps a fact for good and gives what takes it back; called after each question, so that an interruption
            loses one line at most.
    """

    def __init__(self, screen: Screen, blic: Blic, keep: Callable[[Fact], Undo]) -> None:
        self.screen = screen
        self.blic = blic
        self.keep = keep
        self.nearest = Nearest(blic.bank.questions)
        self.known = {each.id: each for each in blic.bank.questions}
        self.kept: list[tuple[str, Undo]] = []

    def ask(self) -> int:
        """Ask until an empty line, then for the result; the exit status."""
        self.screen.line(f"Blic iz {self.blic.bank.name}, {words.day(self.blic.day)} Zapisuje se bez imena.")
        self.screen.line("Upiši pola rečenice svakog pitanja. Prazan redak: kraj. u: korak natrag.")
        try:
            while not self._finished():
                pass
        except StoppedError:
            self._ended()
        except KeyboardInterrupt:
            self.screen.line()
            self._ended()
            return errors.INTERRUPTED
        return errors.RIGHT

    def _finished(self) -> bool:
        """Ask for one question, or for the result where there are no more; whether that was all."""
        try:
            said = self._line(f"{len(self.kept) + 1}. pitanje")
        except BackError:
            self._undo()
            return False
        try:
            if said:
                self._one(said)
                return False
            self._ended()
            self._result()
        except BackError:
            return False
        return True

    def _undo(self) -> None:
        """Take back the last question."""
        if not self.kept:
            self.screen.line("Još nema zapisa koji bi se poništio.")
            return
        name, undo = self.kept.pop()
        undo()
        self.screen.line(f"Poništeno: {name}. Zapis je uklonjen.")

    def _result(self) -> None:
        """Ask for the own result; what was forecast for it is worked out once."""
        forecast = functools.cache(lambda: _own_result.expected(self.blic.banks, self.blic.bank.questions))
        _own_result.ask(self.screen, self._line, (self.blic.bank.name, self.blic.day), forecast)

    def _line(self, prompt: str) -> str:
        """One line without what no bank may hold; «» for an empty one.

        Raises:
            StoppedError: there is no more input.
            BackError: one step back.
        """
        typed = prompts.line(self.screen, f"{prompt}: ")
        if typed is None:
            raise StoppedError
        clean = re.sub("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "", words.one_line(typed))
        if clean.strip().lower() in BACK:
            raise BackError
        return clean[:LONGEST]

    def _one(self, said: str) -> None:
        while True:
            question, asked = self._chosen(said)
            try:
                fact = self._known(question) if question else self._new(said)
            except BackError:
                if not asked:
                    raise
                continue
            self.kept.append((fact.question or "novo pitanje", self.keep(fact)))
            self._say(question, fact)  # only now: what is said to be kept is kept
            return

    def _chosen(self, said: str) -> tuple[AnyQuestion | None, bool]:
        """The question that is meant, None for a new one; and whether there was a choice."""
        if said.lower() in self.known:
            return self.known[said.lower()], False
        found = self.nearest.of(said)
        if not found:
            self.screen.line("Nijedno poznato pitanje nije blizu, pa se zapisuje kao novo.")
            return None, False
        for number, id in enumerate(found, 1):
            self._item(f"{number}", f"{id} {cut(said_of(self.known[id].prompt, self.known[id]), SHOWN)}")
        while True:
            typed = self._line(f"Koje (1–{len(found)}, n novo, prazno 1)").lower() or "1"
            if typed in ("n", "novo"):
                return None, True
            if typed in self.known:
                return self.known[typed], True
            if typed.isdecimal() and 1 <= int(typed) <= len(found):
                return self.known[found[int(typed) - 1]], True
            self.screen.line(f"„{typed}” nije ponuđeno.")

    def _known(self, question: AnyQuestion) -> Fact:
        if isinstance(question, OptionQuestion):
            for letter, option in question.options.items():
                self._item(letter, said_of(option.text, question))
        answer = self._marked()
        if isinstance(question, OptionQuestion) and answer.lower() in question.options:
            # as text: the letters of another version, or of the quiz, may be others
            answer = words.one_line(words.text(question.options[answer.lower()].text, question.params))
        if question.id.startswith(NEW):  # somebody's new question: its id comes from its text
            return self._fact(prompt=question.prompt, answer=answer)
        return self._fact(question=question.id, answer=answer)

    def _say(self, question: AnyQuestion | None, fact: Fact) -> None:
        answer = fact.answer
        if question is None:
            tail = "nedokazano" if answer else "bez odgovora, pa se zasad ne pita"
            self.screen.line(f"Zapisano kao novo pitanje: {tail}.")
            return
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
        said = words.counted(len(self.kept), "pitanje", "pitanja", "pitanja")
        self.screen.line(f"Zapisano: {said}." if self.kept else "Ništa nije zapisano.")
        if self.kept:
            self.screen.line(f"Datoteka, i za slanje drugima: {home.data_folder() / home.RECALLED}")
            self.screen.line(f"Vježbaj: {calling.command('practice', self.blic.bank.name)}")


def said_of(text: str, question: AnyQuestion) -> str:
    """A text of a question as a person reads it, on one line."""
    return words.one_line(readable(words.text(text, question.params)))


def verdict(question: AnyQuestion, answer: str) -> Judged:
    """The verdict on a remembered answer, as on one in a thread."""
    return judge(question, f"Odgovor: {answer}")
