r"""A naive Moodle: reads a file as its importer does, refuses what that refuses, and grades as its questions do.

Written from the rules of Moodle's question/format/xml/format.php and of its question types, not from the exporter:
texts are trimmed, fractions must be among its grades, ``*`` in a short answer is any text, and the places of embedded
answers are found in the text, end at ``}``, are cut at ``~`` and ``#`` and then decoded from HTML once.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

GRADES = [100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111]
GRADES += [10, 5, 0]
EMBEDDED = re.compile(r"\{([0-9]*):(NUMERICAL|NM|SHORTANSWER_C|SHORTANSWER|SAC|SA|MWC|MW):")
REQUIRED = {
    "multichoice": ("single", "shuffleanswers", "answernumbering", "correctfeedback", "incorrectfeedback"),
    "numerical": (),
    "shortanswer": ("usecase",),
    "essay": ("responseformat", "graderinfo", "attachments"),
    "cloze": (),
}


@dataclass
class Answer:
    text: str
    fraction: float
    feedback: str
    tolerance: float = 0.0


@dataclass
class Question:
    type: str
    category: str
    name: str = ""
    id: str = ""
    text: str = ""
    general: str = ""
    grader: str = ""
    single: bool = True
    shuffle: bool = False
    usecase: bool = False
    answers: list[Answer] = field(default_factory=list)
    places: list[Question] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    def answer(self, typed: str, language: str = "en") -> Answer | None:
        """The first answer that fits what was typed by somebody whose Moodle speaks that language."""
        number = number_of(typed, language) if self.type == "numerical" else None
        for each in self.answers:
            if self.type == "numerical":
                if number is not None and abs(number - float(each.text)) <= each.tolerance * (1 + 1e-9) + 1e-14 * abs(
                    float(each.text)
                ):
                    return each
            elif _like(typed, each.text, self.usecase):
                return each
        return None

    def mark(self, typed: str, language: str = "en") -> float | None:
        """What is given for what was typed; None if it fits no answer."""
        found = self.answer(typed, language)
        return found.fraction if found else None

    def says(self, typed: str) -> str:
        """The feedback on what was typed."""
        found = self.answer(typed)
        return found.feedback if found else ""

    def chosen(self, *options: int) -> float:
        """The mark for choosing these options."""
        return min(1.0, max(0.0, sum(self.answers[option].fraction for option in options) / 100))


def number_of(typed: str, language: str) -> float | None:
    """What a numerical question takes for the number: spaces go, then it reads as far as it can, and no further.

    The rules are those of Moodle's answer processor: the sign of the decimals and that of the thousands are those of
    the user's language; what follows the number would be its unit, which is not looked at.
    """
    decimal, thousands = {"en": (".", ","), "hr": (",", "")}[language]
    exponent = r"(?:(?:e|E|(?:x|\*|×)10(?:\^|\*\*))([+-]?\d+))?"
    pattern = rf"([+-]?[{re.escape(thousands)}\d]+)(?:{re.escape(decimal)}(\d*))?{exponent}"
    found = re.match(pattern, typed.replace(" ", ""))
    if found is None:
        return None
    whole = found[1].replace(thousands, "") if thousands else found[1]
    return float(f"{whole}.{found[2] or 0}e{found[3] or 0}")


def read(document: str) -> list[Question]:
    """The questions of a file, each in its category."""
    root = ET.fromstring(document.encode())
    assert root.tag == "quiz"
    category, found = "", []
    for element in root:
        assert element.tag == "question"
        if element.get("type") == "category":
            category = _text(element, "category")
            assert category.startswith("$course$/top/")
            continue
        found.append(_question(element, category))
    ids = [(each.category, each.id) for each in found]
    assert len(set(ids)) == len(ids)
    return found


def _question(element: ET.Element, category: str) -> Question:
    kind = element.get("type", "")
    for required in ("name", "questiontext", "generalfeedback", *REQUIRED[kind]):
        assert element.find(required) is not None, (kind, required)
    made = Question(
        kind,
        category,
        name=_text(element, "name"),
        id=element.findtext("idnumber", ""),
        text=_text(element, "questiontext"),
        general=_text(element, "generalfeedback"),
        grader=_text(element, "graderinfo"),
        single=element.findtext("single") == "true",
        shuffle=element.findtext("shuffleanswers") == "true",
        usecase=element.findtext("usecase") == "1",
        answers=[_answer(each) for each in element.findall("answer")],
        tags=[each.findtext("text", "") for each in element.findall("tags/tag")],
        hints=[each.findtext("text", "") for each in element.findall("hint")],
    )
    assert 0 < len(made.name) <= 255
    assert not re.search("[<>]", made.name)
    assert 0 < len(made.id) <= 100
    assert made.tags
    assert all(0 < len(tag) <= 50 and "," not in tag for tag in made.tags)
    if kind == "cloze":
        made.text, made.places = embedded(made.text)
        assert made.places
    _check(made)
    return made


def _check(made: Question) -> None:
    for each in (made, *made.places):
        for answer in each.answers:
            assert min(abs(abs(answer.fraction) - grade) for grade in GRADES) < 1e-5, answer
            assert answer.text
            if each.type == "numerical":
                float(answer.text)
        if each.type in ("numerical", "shortanswer"):
            assert any(answer.fraction == 100 for answer in each.answers)
    if made.type == "multichoice":
        assert len(made.answers) >= 2
        right = [answer.fraction for answer in made.answers if answer.fraction > 0]
        assert set(right) == {100} if made.single else abs(sum(right) - 100) < 0.01


def _answer(element: ET.Element) -> Answer:
    tolerance = float(element.findtext("tolerance", "0"))
    return Answer(
        element.findtext("text", "").strip(), float(element.get("fraction", "0")), _text(element, "feedback"), tolerance
    )


def _text(element: ET.Element, name: str) -> str:
    return (element.findtext(f"{name}/text") or "").strip()


def embedded(text: str) -> tuple[str, list[Question]]:
    """The text with {#1}, {#2} … for its places, and the places."""
    places: list[Question] = []
    while found := EMBEDDED.search(text):
        answers, end = _alternatives(text, found.end())
        kind = "numerical" if found[2] in ("NUMERICAL", "NM") else "shortanswer"
        place = Question(kind, "", usecase=found[2].endswith("C"), answers=answers)
        if kind == "numerical":
            for each in place.answers:
                each.text, _, tolerance = each.text.partition(":")
                each.tolerance = float(tolerance or 0)
        places.append(place)
        text = f"{text[: found.start()]}{{#{len(places)}}}{text[end:]}"
    return text, places


def _alternatives(text: str, at: int) -> tuple[list[Answer], int]:
    answers: list[Answer] = []
    while True:
        worth = re.compile(r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%").match(text, at)
        fraction = (100.0 if worth[0] == "=" else float(worth[1])) if worth else 0.0
        start = at = worth.end() if worth else at
        at += 1  # an answer has at least one character
        while text[at] not in "~#}" or text[:at].endswith(("\\", "&", "&amp;")):
            at += 1
        said, feedback = text[start:at], ""
        if text[at] == "#":
            start = at = at + 1
            while text[at] not in "~}" or text[at - 1] == "\\":
                at += 1
            feedback = text[start:at]
        answers.append(Answer(_decoded(said), fraction, _decoded(feedback)))
        if text[at] == "}":
            return answers, at + 1
        at += 1


def _decoded(text: str) -> str:
    return html.unescape(text).replace("\\}", "}").replace("\\#", "#")


def _like(typed: str, pattern: str, usecase: bool) -> bool:
    pieces = re.split(r"(?<!\\)\*+", unicodedata.normalize("NFC", pattern))
    made = ".*".join(re.escape(piece.replace("\\*", "*")) for piece in pieces)
    flags = re.DOTALL if usecase else re.DOTALL | re.IGNORECASE
    return re.fullmatch(made, unicodedata.normalize("NFC", typed.strip()), flags) is not None
