"""One assessment item of QTI 2.1: what is asked, how it is scored, and what is said to which answer.

Every option and every mistake has its own modal feedback; the explanation is one that is always shown.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from quizlab.export.items import Answer, Gap, Item
from quizlab.export.items.markup import escaped

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{NAMESPACE} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
ROOT = {"xmlns": NAMESPACE, "xmlns:xsi": XSI, "xsi:schemaLocation": SCHEMA, "xml:lang": "hr"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BASES = {"numerical": "float", "short": "string"}
ALWAYS = "EXPLANATION"


def assessment_item(item: Item, identifier: str) -> ET.Element:
    """The element of an item: declarations, body, processing and feedback, in the order of the schema."""
    named = {"identifier": identifier, "title": item.name, "label": item.id, "toolName": "quizlab"}
    made = ET.Element("assessmentItem", ROOT | named | {"adaptive": "false", "timeDependent": "false"})
    made.extend(_responses(item))
    made.extend(_outcomes(item))
    made.append(_body(item))
    made.append(_processing(item))
    made.extend(_said(item))
    return made


def responses(item: Item) -> list[str]:
    """The identifier of each response; where there is only one, RESPONSE."""
    return [f"RESPONSE_{number}" for number in range(1, len(item.gaps) + 1)] if len(item.gaps) > 1 else ["RESPONSE"]


def _responses(item: Item) -> Iterator[ET.Element]:
    if item.kind == "essay":
        yield _element("responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="string")
    elif item.options:
        yield _choice(item)
    for name, gap in zip(responses(item), item.gaps, strict=bool(item.gaps)):
        declared = _element("responseDeclaration", identifier=name, cardinality="single", baseType=BASES[gap.kind])
        declared.append(_values("correctResponse", [gap.answers[0].text]))
        yield declared


def _choice(item: Item) -> ET.Element:
    cardinality = "single" if item.kind == "single" else "multiple"
    made = _element("responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType="identifier")
    keys = [letter for letter, option in zip(LETTERS, item.options, strict=False) if option.key]
    made.append(_values("correctResponse", keys))
    mapping = ET.SubElement(made, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
    for letter, option in zip(LETTERS, item.options, strict=False):
        ET.SubElement(mapping, "mapEntry", mapKey=letter, mappedValue=_share(option))
    return made


def _outcomes(item: Item) -> Iterator[ET.Element]:
    for name, value in [("SCORE", "0"), ("MAXSCORE", "1")]:
        yield _outcome(name, "single", "float", value)
    if len(item.gaps) > 1:
        yield from (_outcome(_score(name), "single", "float", "0") for name in responses(item))
    if item.kind != "essay":
        yield _outcome("FEEDBACK", "single" if item.kind == "single" else "multiple", "identifier")
    yield _outcome(ALWAYS, "single", "identifier")


def _outcome(name: str, cardinality: str, base: str, value: str = "") -> ET.Element:
    made = _element("outcomeDeclaration", identifier=name, cardinality=cardinality, baseType=base)
    if value:
        made.append(_values("defaultValue", [value]))
    return made


def _body(item: Item) -> ET.Element:
    made = ET.Element("itemBody")
    made.append(_markup("p", item.prompt))
    if item.writing:
        made.append(_markup("p", f"<small>{item.writing}</small>"))
    if item.kind == "essay":
        rubric = _markup("rubricBlock", item.grader)
        rubric.set("view", "scorer")
        made.append(rubric)
        ET.SubElement(made, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="15")
    elif item.options:
        made.append(_interaction(item))
    for name, gap in zip(responses(item), item.gaps, strict=bool(item.gaps)):
        place = _markup("p", f"{escaped(gap.name)}: " if gap.name else "")
        ET.SubElement(place, "textEntryInteraction", responseIdentifier=name, expectedLength="30")
        made.append(place)
    return made


def _interaction(item: Item) -> ET.Element:
    most = "1" if item.kind == "single" else "0"
    made = _element("choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices=most)
    for letter, option in zip(LETTERS, item.options, strict=False):
        choice = _markup("simpleChoice", option.text)
        choice.set("identifier", letter)
        if option.last:
            choice.set("fixed", "true")
        made.append(choice)
    return made


# --- scoring -----------------------------------------------------------------------------------------


def _processing(item: Item) -> ET.Element:
    made = ET.Element("responseProcessing")
    if item.options:
        made.append(_set("SCORE", _element("mapResponse", identifier="RESPONSE")))
        made.append(_set("FEEDBACK", _variable("RESPONSE")))
    for name, gap in zip(responses(item), item.gaps, strict=bool(item.gaps)):
        score = _score(name) if len(item.gaps) > 1 else "SCORE"
        made.append(_condition(name, gap, score))
    if len(item.gaps) > 1:
        total, share = ET.Element("sum"), ET.Element("divide")
        total.extend(_variable(_score(name)) for name in responses(item))
        share.extend((total, _base("float", str(len(item.gaps)))))
        made.append(_set("SCORE", share))
    made.append(_set(ALWAYS, _base("identifier", ALWAYS)))
    return made


def _condition(name: str, gap: Gap, score: str) -> ET.Element:
    """The first answer that fits decides."""
    made = ET.Element("responseCondition")
    for number, group in enumerate(_groups(gap)):
        case = ET.SubElement(made, "responseElseIf" if number else "responseIf")
        tests = [_test(name, gap, answer) for answer in group]
        if len(tests) > 1:
            ET.SubElement(case, "or").extend(tests)
        else:
            case.append(tests[0])
        case.append(_set(score, _base("float", _share(group[0]))))
        if group[0].says:
            found = ET.Element("multiple")
            found.extend((_variable("FEEDBACK"), _base("identifier", _feedback(name, number))))
            case.append(_set("FEEDBACK", found))
    return made


def _groups(gap: Gap) -> list[list[Answer]]:
    """The answers in their order; neighbours that are worth the same and get the same feedback together."""
    return [list(group) for _, group in itertools.groupby(gap.answers, key=lambda each: (each.fraction, each.says))]


def _test(name: str, gap: Gap, answer: Answer) -> ET.Element:
    if gap.kind == "short":
        made = _element("stringMatch", caseSensitive="true" if gap.case else "false")
    elif answer.tolerance == "0":
        made = _element("equal", toleranceMode="exact")
    else:
        made = _element("equal", toleranceMode="absolute", tolerance=f"{answer.tolerance} {answer.tolerance}")
    made.extend((_variable(name), _base(BASES[gap.kind], answer.text)))
    return made


# --- what is said ------------------------------------------------------------------------------------


def _said(item: Item) -> Iterator[ET.Element]:
    for letter, option in zip(LETTERS, item.options, strict=False):
        if option.says:
            yield _modal("FEEDBACK", letter, f"<p>{option.says}</p>")
    for name, gap in zip(responses(item), item.gaps, strict=bool(item.gaps)):
        for number, group in enumerate(_groups(gap)):
            if group[0].says:
                yield _modal("FEEDBACK", _feedback(name, number), f"<p>{group[0].says}</p>")
    yield _modal(ALWAYS, ALWAYS, item.feedback)


def _modal(outcome: str, identifier: str, markup: str) -> ET.Element:
    made = _markup("modalFeedback", markup)
    for attribute, value in {"outcomeIdentifier": outcome, "showHide": "show", "identifier": identifier}.items():
        made.set(attribute, value)
    return made


def _feedback(name: str, number: int) -> str:
    return f"{name}_{number + 1}"


def _score(name: str) -> str:
    return f"SCORE_{name.removeprefix('RESPONSE_')}"


# --- elements ----------------------------------------------------------------------------------------


def _share(answer: Answer) -> str:
    return f"{answer.fraction / 100:.7f}".rstrip("0").rstrip(".")


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, attributes)


def _markup(tag: str, markup: str) -> ET.Element:
    """An element around markup, which is well-formed."""
    return ET.fromstring(f"<{tag}>{markup}</{tag}>")


def _values(tag: str, values: Sequence[str]) -> ET.Element:
    made = ET.Element(tag)
    for value in values:
        ET.SubElement(made, "value").text = value
    return made


def _variable(name: str) -> ET.Element:
    return _element("variable", identifier=name)


def _base(kind: str, value: str) -> ET.Element:
    made = _element("baseValue", baseType=kind)
    made.text = value
    return made


def _set(name: str, value: ET.Element) -> ET.Element:
    made = _element("setOutcomeValue", identifier=name)
    made.append(value)
    return made
