"""A naive player of QTI 2.1: checks a package's structure and scores responses as its processing says.

Written from the specification's information model; the published schema is not at hand where the tests run. It knows
just the elements that a plain item needs, and refuses any other.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

ITEM = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
ORDER = [
    ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"],
    ["correctResponse", "mapping"],
]
BLOCKS = {"p", "ol", "table", "rubricBlock", "choiceInteraction", "extendedTextInteraction"}
INLINE = {"strong", "small", "em", "code", "textEntryInteraction"}
INSIDE = {
    "itemBody": BLOCKS,
    "rubricBlock": {"p", "ol"},
    "modalFeedback": {"p", "ol", "table"},
    "choiceInteraction": {"simpleChoice"},
    "simpleChoice": INLINE,
    "p": INLINE,
    "li": INLINE,
    "ol": {"li"},
    "table": {"caption", "thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "td": INLINE,
    "responseProcessing": {"responseCondition", "setOutcomeValue"},
    "responseCondition": {"responseIf", "responseElseIf"},
}


def package(data: bytes) -> list[Item]:
    """The items of a package, each of which its manifest lists."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        manifest = ET.fromstring(archive.read("imsmanifest.xml"))
        assert manifest.tag == f"{PACKAGE}manifest"
        assert [child.tag.removeprefix(PACKAGE) for child in manifest] == ["metadata", "organizations", "resources"]
        assert manifest.findtext(f"{PACKAGE}metadata/{PACKAGE}schema") == "QTIv2.1 Package"
        listed = []
        for resource in manifest.iter(f"{PACKAGE}resource"):
            assert resource.get("type") == "imsqti_item_xmlv2p1"
            path = resource.get("href", "")
            assert [each.get("href") for each in resource] == [path]
            listed.append(path)
        names = archive.namelist()
        assert sorted([*listed, "imsmanifest.xml"]) == sorted(names)
        assert len({name.casefold() for name in names}) == len(names)
        found = [Item(archive.read(path)) for path in listed]
    assert len({each.identifier for each in found}) == len(found)
    return found


class Item:
    """An assessment item, checked as it is read."""

    def __init__(self, data: bytes) -> None:
        self.root = ET.fromstring(data)
        assert self.root.tag == f"{ITEM}assessmentItem"
        for element in self.root.iter():
            assert element.tag.startswith(ITEM)
            element.tag = element.tag.removeprefix(ITEM)
        self.identifier = self.root.get("identifier", "")
        self.id = self.root.get("label", "")
        assert IDENTIFIER.fullmatch(self.identifier)
        assert self.root.get("title")
        self.responses = {each.get("identifier", ""): each for each in self.root.findall("responseDeclaration")}
        self.outcomes = {each.get("identifier", ""): each for each in self.root.findall("outcomeDeclaration")}
        self.body = self.root.find("itemBody")
        assert self.body is not None
        self._check_order()
        self._check_content(self.body)
        self._check_names()

    def _check_order(self) -> None:
        for parent, order in [(self.root, ORDER[0]), *((each, ORDER[1]) for each in self.responses.values())]:
            places = [order.index(child.tag) for child in parent]
            assert places == sorted(places)

    def _check_content(self, body: ET.Element) -> None:
        for top in (body, *self.root.findall("modalFeedback"), *self.root.findall("responseProcessing")):
            for element in top.iter():
                if element.tag in INSIDE:
                    assert {child.tag for child in element} <= INSIDE[element.tag], element.tag
        for block in ("itemBody", "rubricBlock"):
            for element in self.root.iter(block):
                assert not (element.text or "").strip()

    def _check_names(self) -> None:
        variables = {*self.responses, *self.outcomes}
        assert len(variables) == len(self.responses) + len(self.outcomes)
        for element in self.root.iter():
            if "responseIdentifier" in element.attrib:
                assert element.get("responseIdentifier") in self.responses
            if element.tag in ("variable", "mapResponse", "setOutcomeValue"):
                assert element.get("identifier") in variables
        for feedback in self.root.findall("modalFeedback"):
            assert feedback.get("outcomeIdentifier") in self.outcomes
            assert IDENTIFIER.fullmatch(feedback.get("identifier", ""))
        for choice in self.root.iter("simpleChoice"):
            assert IDENTIFIER.fullmatch(choice.get("identifier", ""))

    def correct(self) -> dict[str, list[str]]:
        """The correct response to each interaction."""
        return {name: [each.text or "" for each in found.iter("value")] for name, found in self.responses.items()}

    def play(self, **responses: list[str]) -> tuple[float, list[str]]:
        """The score for these responses, and the feedback that is shown."""
        state: dict[str, object] = dict(responses)
        for name, declared in self.outcomes.items():
            default = declared.findtext("defaultValue/value")
            multiple = declared.get("cardinality") == "multiple"
            state[name] = float(default) if default else [] if multiple else None
        for rule in self.root.iterfind("responseProcessing/*"):
            self._rule(rule, state)
        shown = []
        for feedback in self.root.findall("modalFeedback"):
            value = state[feedback.get("outcomeIdentifier", "")]
            if feedback.get("identifier") in (value if isinstance(value, list) else [value]):
                shown.append(ET.tostring(feedback, encoding="unicode"))
        score = state["SCORE"]
        assert isinstance(score, float)
        return score, shown

    def _rule(self, rule: ET.Element, state: dict[str, object]) -> None:
        if rule.tag == "setOutcomeValue":
            state[rule.get("identifier", "")] = self._value(rule[0], state)
        else:
            for case in rule:
                if self._value(case[0], state):
                    for inner in case[1:]:
                        self._rule(inner, state)
                    return

    def _value(self, element: ET.Element, state: dict[str, object]) -> object:
        name = element.get("identifier", "")
        match element.tag:
            case "variable":
                return state[name]
            case "baseValue":
                return float(element.text or "") if element.get("baseType") == "float" else element.text
            case "mapResponse":
                return self._mapped(name, state[name])
            case "sum":
                return sum(self._value(each, state) for each in element)  # type: ignore[misc]
            case "divide":
                return self._value(element[0], state) / self._value(element[1], state)  # type: ignore[operator]
            case "multiple":
                return [one for each in element for one in _listed(self._value(each, state))]
            case "or":
                return any(self._value(each, state) for each in element)
            case "stringMatch":
                one, other = (_single(self._value(each, state)) for each in element)
                fold = str if element.get("caseSensitive") == "true" else str.casefold
                return one is not None and fold(str(one)) == fold(str(other))
            case "equal":
                one, other = (_single(self._value(each, state)) for each in element)
                off = 0.0 if element.get("toleranceMode") == "exact" else float(element.get("tolerance", "").split()[0])
                return one is not None and abs(float(one) - float(other)) <= off * (1 + 1e-9)  # type: ignore[arg-type]
        raise AssertionError(element.tag)

    def _mapped(self, name: str, value: object) -> float:
        mapping = self.responses[name].find("mapping")
        assert mapping is not None
        worth = {each.get("mapKey"): float(each.get("mappedValue", "")) for each in mapping}
        total = sum(worth.get(each, 0.0) for each in _listed(value))  # type: ignore[call-overload]
        return min(float(mapping.get("upperBound", "")), max(float(mapping.get("lowerBound", "")), total))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _single(value: object) -> object:
    return (value[0] if value else None) if isinstance(value, list) else value
