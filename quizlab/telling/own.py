"""What is said of a student's own code: parts, causes, questions and notes, as plain data and in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from quizlab.model import AnyQuestion, ChoiceQuestion, MultiQuestion, OpenQuestion
from quizlab.own.guard import DEEDS, Attempt
from quizlab.own.messages import CAUSES, Judged, Named
from quizlab.own.opening import Place
from quizlab.own.reading import Trouble
from quizlab.own.runner import Examined
from quizlab.question.texts import fill
from quizlab.telling import words
from quizlab.telling.maths import readable
from quizlab.telling.sentences import WHY

PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "lab4": {
        "konvolucijska jedinica": ("unit",),
        "model": ("model",),
        "model identiteta": ("identity",),
        "skup podataka": ("dataset",),
        "učenje i vrednovanje": ("train", "representations", "predictions", "evaluate"),
    },
    "lab3": {
        "vokabular": ("vocab",),
        "skup podataka": ("instances",),
        "punjenje grupe": ("collate",),
        "ugrađivanje riječi": ("embedding",),
        "osnovni model": ("baseline",),
        "povratni model": ("recurrent",),
    },
}
"""How parts are called on screens; what a student calls by one name is one row."""

MISSING = {
    "unit": "nema konvolucijske jedinice",
    "model": "nema modela",
    "identity": "nema modela identiteta",
    "dataset": "nema skupa podataka",
    "train": "nema funkcije za učenje",
    "representations": "nema reprezentacija razreda",
    "predictions": "nema predviđanja",
    "evaluate": "nema vrednovanja",
    "loss": "model nema metodu loss",
    "remove_class": "skup podataka nema parametar remove_class",
    "vocab": "nema vokabulara",
    "instances": "nema razreda sa skupom podataka",
    "collate": "nema funkcije koja puni grupu",
    "embedding": "nema matrice vektora riječi",
    "baseline": "nema osnovnog modela",
    "recurrent": "nema povratnog modela",
    "rnn": "nema modela s običnom ćelijom RNN",
    "bidirectional": "nema dvosmjernog modela",
}
"""Why a question is not checked: the part that is not there."""

SYNTAX = (
    (r"expected an indented block after (?P<what>.+) on line (?P<line>\d+)", "nedostaje uvučeni blok iza retka {line}"),
    (r"unexpected indent|unindent does not match|inconsistent use of tabs", "uvlake nisu dobre"),
    (r"'(?P<sign>.)' was never closed", "zagrada {sign} nije zatvorena"),
    (r"unterminated (?P<what>.+)", "navodnik nije zatvoren"),
    (r"Missing parentheses in call to 'print'", "print bez zagrada je iz Pythona 2"),
)


class Question(Struct, frozen=True):
    """What came of one question: `general` ones do not depend on the code. ``note``: the lab's text allows it."""

    id: str
    outcome: str
    why: str = ""
    key: str = ""
    own: str = ""
    note: bool = False


class Report(Struct, frozen=True):
    """All that is said of a student's code for one lab."""

    lab: str
    parts: tuple[Place, ...]
    causes: tuple[Named, ...]
    questions: tuple[Question, ...]
    notes: tuple[Named, ...]
    warnings: tuple[str, ...]
    versions: dict[str, str]
    seconds: float = 0.0

    def outcomes(self, outcome: str) -> tuple[Question, ...]:
        """The questions that came out so; what only a note speaks about does not count as a difference."""
        return tuple(each for each in self.questions if each.outcome == outcome and not each.note)


def reported(
    lab: str, questions: Sequence[AnyQuestion], general: frozenset[str], found: Examined, seconds: float
) -> Report:
    """The report on what was found."""
    causes = tuple(each for each in found.causes if not each.note)
    notes = tuple(each for each in found.causes if each.note)
    only_noted = {name for each in notes for name in each.questions} - {n for each in causes for n in each.questions}
    undone = {each.detail: each.file for each in found.troubles if each.what == "unfinished"}
    told = tuple(_question(each, general, found.judged.get(each.id), only_noted, undone) for each in questions)
    return Report(lab, found.places, causes, told, notes, tuple(_warnings(found, lab)), found.versions, seconds)


def _question(
    question: AnyQuestion, general: frozenset[str], one: Judged | None, noted: set[str], undone: Mapping[str, str]
) -> Question:
    if question.id in general:
        return Question(question.id, "general")
    if one is None:
        return Question(question.id, "unchecked", "vrijeme je isteklo")
    why = missing(one.missing, undone) or one.why
    differs = one.outcome == "differs"
    return Question(one.id, one.outcome, why, key_of(question, one), one.own, differs and one.id in noted)


def missing(parts: str, undone: Mapping[str, str]) -> str:
    """Why a question is not checked: each part that is not there, or where it stops; empty where none is missing."""
    said = [
        f"{undone[part]} nije dovršeno" if part in undone else MISSING.get(part, f"nema dijela {part}")
        for part in parts.split("+")
        if part
    ]
    return "; ".join(said)


def key_of(question: AnyQuestion, one: Judged) -> str:
    """The key in words: of a choice its text, not its letter."""
    letters: Sequence[str] = ()
    if isinstance(question, ChoiceQuestion):
        letters = [question.answer]
    elif isinstance(question, MultiQuestion):
        letters = question.answer
    elif isinstance(question, OpenQuestion):
        return "vrijede sve točke odgovora"
    texts = [readable(fill(question.options[each].text, question.params)) for each in letters] if letters else []  # type: ignore[union-attr]
    return "; ".join(texts) or words.key(one.key)


def beside(found: Report, question: AnyQuestion, *, same: bool) -> str:
    """One line for a question that comes out otherwise in the student's code; nothing where the two agree.

    Args:
        found: what was found out about the lab.
        question: as it was asked.
        same: whether it was asked with the numbers that the code was judged with.
    """
    one = next((each for each in found.questions if each.id == question.id), None)
    if one is None or one.outcome != "differs":
        return ""
    named = (*found.causes, *found.notes)
    cause = next((each.says for each in named if question.id in each.questions), "")
    typed = not isinstance(question, OpenQuestion | ChoiceQuestion | MultiQuestion)
    own = one.own if typed and same and one.own not in ("", one.key) else ""
    cause = cause[:1].lower() + cause[1:]  # it goes on after a colon
    said = own or cause or (one.why if same else "") or "ovdje se razlikuje od ključa"
    return words.sentence(f"Tvoj kôd: {words.phrase(said)}")


def _warnings(found: Examined, lab: str) -> list[str]:
    """What else is to be known: files that cannot be read, packages that are missing, what was kept from happening."""
    missing = {part for parts in PARTS[lab].values() for part in parts} - {each.part for each in found.places}
    said = [text for each in found.troubles if (text := trouble(each, found.places, bool(missing), found.python))]
    said += [attempted(each) for each in found.attempts]
    if found.threads > 0:
        said.append(f"Kôd je za sobom ostavio dretve ({found.threads}); ugašene su.")
    if CAUSES in found.broken:
        said.append("Poznati uzroci nisu traženi do kraja: kôd je pri tome stao.")
    return list(dict.fromkeys(said))


def trouble(one: Trouble, places: Sequence[Place], lacking: bool, python: str = "") -> str:
    """Why a file or a package matters; empty where it does not."""
    ours = one.file in {each.file for each in places}
    folders = {each.file.rpartition("/")[0] for each in places}
    near = not places or any(one.file.startswith(f"{each}/" if each else "") for each in folders)
    if one.what in ("syntax", "unreadable"):
        return unread(one) if lacking and near else ""
    if one.what == "package" and (ours or lacking):
        return package(one.file, one.detail, python)
    if one.what == "unbound" and (ours or near):
        return f"{one.file}:{one.line}: ime {one.detail} nigdje nije definirano, pa bi Python tu stao (NameError)."
    if one.what in ("definition", "name") and lacking and near:
        return f"{one.file}:{one.line}: definicija se ne može izvršiti ({words.one_line(one.detail)})."
    return ""


UNREAD = {
    "RecursionError": "preduboko je ugniježđena",
    "MemoryError": "prevelika je",
    "JSONDecodeError": "nije ispravna bilježnica",
    "ValueError": "nije ispravna bilježnica ili ima znak koji se ne vidi",
}
"""What Python's own names for a fault mean of a file."""


def unread(one: Trouble) -> str:
    """Why a file has no tree."""
    if one.what != "syntax":
        return f"{one.file} se ne može pročitati ({UNREAD.get(one.detail, WHY.get(one.detail, one.detail))})."
    why = f"sintaksna je pogreška ({one.detail})"
    for pattern, text in SYNTAX:
        if match := re.search(pattern, one.detail):
            why = text.format_map(match.groupdict())
            break
    where = f"u retku {one.line} " if one.line else ""
    return f"{one.file} se ne može pročitati: {where}{why}. Ni Python je ne bi uvezao."


def package(file: str, name: str, python: str = "") -> str:
    """That a package is missing, and both ways to get it."""
    return (
        f"{file} uvozi paket {name}, a on nije instaliran u okolini u kojoj radi quizlab. Instaliraj ga "
        f"(python -m pip install {name}) ili pokreni quizlab Pythonom iz svoje okoline: "
        f"{python or '.venv/bin/python'} -m quizlab verify …"
    )


def attempted(one: Attempt) -> str:
    """What was kept from happening, and where it was tried."""
    name = re.split(r"[\\/]", one.file)[-1]
    where = f"{name}:{one.line}: kôd" if name else "Kôd"
    return f"{where} je htio {DEEDS[one.deed]}; to je spriječeno."


def grouped(questions: Sequence[Question]) -> Mapping[str, tuple[str, ...]]:
    """Why → the questions not checked for that reason."""
    found: dict[str, list[str]] = {}
    for each in questions:
        found.setdefault(each.why, []).append(each.id)
    return {why: tuple(names) for why, names in found.items()}
