"""Moodle XML: every question and variant as an item of its own, in a category for each bank and topic.

What Moodle's importer does with a file is the measure here (question/format/xml/format.php): it takes only certain
fractions, its short answers know ``*`` as a wildcard, and it puts embedded answers (cloze) together from their text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from quizlab.export.cloze import cloze, pattern, percent, written_so
from quizlab.export.document import Document, Exported
from quizlab.export.headings import by_bank, by_topic
from quizlab.export.items import Answer, Gap, Item, items, mathjax
from quizlab.export.items.markup import escaped, line

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
PENALTY = "0.3333333"
TYPES = {"single": "multichoice", "multiple": "multichoice", "essay": "essay"}
ESSAY = {
    "responseformat": "editor",
    "responserequired": "1",
    "responsefieldlines": "15",
    "minwordlimit": "",
    "maxwordlimit": "",
    "attachments": "0",
    "attachmentsrequired": "0",
    "maxbytes": "0",
    "filetypeslist": "",
}
COMBINED = {
    "correctfeedback": "Točno.",
    "partiallycorrectfeedback": "Djelomično točno.",
    "incorrectfeedback": "Krivo.",
}


def moodle(title: str, entries: Sequence[Exported]) -> Document:
    """A file for Moodle's question bank; its texts are HTML with LaTeX for MathJax."""
    return Document((HEAD, *_pieces(title, entries), "</quiz>\n"))


def _pieces(title: str, entries: Sequence[Exported]) -> Iterator[str]:
    banks = {entry.bank.name: entry.bank.title for entry in entries}
    named: set[tuple[str, ...]] = set()
    for entry in by_category(entries):
        for item in items([entry], mathjax):
            for depth in range(1, len(item.category) + 1):
                path = item.category[:depth]
                if path not in named:
                    info = title if depth == 1 else banks[entry.bank.name] if depth == 2 else entry.question.topic
                    yield _written(_category(path, info))
                    named.add(path)
            yield _written(_question(item))


def by_category(entries: Sequence[Exported]) -> Iterator[Exported]:
    """The entries of each bank and topic together, in the order in which those first come up."""
    return (each for bank in by_bank(entries) for topic in by_topic(bank).values() for each in topic)


def category_path(names: Sequence[str]) -> str:
    """``$course$/top/quizlab/lab4/arhitektura``; a slash within a name is doubled."""
    return "/".join(["$course$", "top", *(line(name).replace("/", "//") for name in names)])


def _written(element: ET.Element) -> str:
    ET.indent(element)
    return ET.tostring(element, encoding="unicode", short_empty_elements=False) + "\n"


def _category(names: Sequence[str], info: str) -> ET.Element:
    made = ET.Element("question", type="category")
    _text(made, "category", category_path(names))
    _html(made, "info", escaped(info))
    ET.SubElement(made, "idnumber")
    return made


def _question(item: Item) -> ET.Element:
    """The element of an item, its parts in the order in which Moodle itself writes them."""
    embedded = len(item.gaps) > 1
    kind = TYPES.get(item.kind) or ("cloze" if embedded else _typed(item.gaps[0]))
    made = ET.Element("question", type=kind)
    # Moodle takes everything between < and > for a tag and drops it from a name
    _text(made, "name", item.name.replace("<", "‹").replace(">", "›"))
    _html(made, "questiontext", cloze(item) if embedded else f"<p>{item.prompt}</p>{written_so(item)}")
    _html(made, "generalfeedback", item.feedback)
    if not embedded:  # Moodle adds up the marks of embedded answers itself
        _plain(made, "defaultgrade", "1")
    _plain(made, "penalty", PENALTY if item.kind != "essay" else "0")
    _plain(made, "hidden", "0")
    _plain(made, "idnumber", item.id)
    if item.kind == "essay":
        _essay(made, item)
    elif item.options:
        _options(made, item)
    elif not embedded:
        _gap(made, item.gaps[0])
    if item.kind != "essay":
        for hint in item.hints:
            _html(made, "hint", f"<p>{hint}</p>")
    tags = ET.SubElement(made, "tags")
    for tag in item.tags:
        _text(tags, "tag", tag)
    return made


def _typed(gap: Gap) -> str:
    return "numerical" if gap.kind == "numerical" else "shortanswer"


def _options(made: ET.Element, item: Item) -> None:
    _plain(made, "single", "true" if item.kind == "single" else "false")
    # Moodle shuffles all options or none, and «neki drugi broj» makes no sense before the numbers
    _plain(made, "shuffleanswers", "false" if any(option.last for option in item.options) else "true")
    _plain(made, "answernumbering", "abc")
    _plain(made, "showstandardinstruction", "0" if item.kind == "single" else "1")
    for name, said in COMBINED.items():
        _html(made, name, f"<p>{said}</p>")
    for option in item.options:
        _html(_answer(made, option, option.text, "html"), "feedback", option.says)


def _gap(made: ET.Element, gap: Gap) -> None:
    if gap.kind == "short":
        _plain(made, "usecase", "1" if gap.case else "0")
    for answer in gap.answers:
        text = pattern(answer.text) if gap.kind == "short" else answer.text
        element = _answer(made, answer, text, "moodle_auto_format")
        _html(element, "feedback", answer.says)
        if gap.kind == "numerical":
            _plain(element, "tolerance", answer.tolerance)
    if gap.kind == "numerical":
        for name, value in {"unitgradingtype": "0", "unitpenalty": "0.1", "showunits": "3", "unitsleft": "0"}.items():
            _plain(made, name, value)


def _answer(made: ET.Element, answer: Answer, text: str, form: str) -> ET.Element:
    element = ET.SubElement(made, "answer", fraction=percent(answer.fraction), format=form)
    _plain(element, "text", text)
    return element


def _essay(made: ET.Element, item: Item) -> None:
    for name, value in ESSAY.items():
        _plain(made, name, value)
    _html(made, "graderinfo", item.grader)
    _html(made, "responsetemplate", "")


def _plain(made: ET.Element, name: str, text: str) -> None:
    ET.SubElement(made, name).text = text


def _text(made: ET.Element, name: str, text: str) -> None:
    _plain(ET.SubElement(made, name), "text", text)


def _html(made: ET.Element, name: str, text: str) -> None:
    _plain(ET.SubElement(made, name, format="html"), "text", text)
