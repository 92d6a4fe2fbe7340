"""Findings as JUnit XML, which every system for continuous integration reads: a test case a question or variant.

Valid against both schemas in use, that of Ant and that of Jenkins: no attribute of the one that the other lacks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal
from xml.etree import ElementTree

from quizlab.model import Bank, Finding
from quizlab.telling import sentences, words

Outcome = Literal["", "failure", "error", "skipped"]

OUTCOMES: Mapping[str, Outcome] = {"refuted": "failure", "error": "error", "unproved": "skipped"}
"""What JUnit calls a verdict; a key that stands has no name."""

NO_CHARACTER = re.compile("[\ufffe\uffff]")
"""What XML has no place for, besides what no text may show."""

HOST = "localhost"
"""The schema wants a name of the machine; none is given away."""


def document(
    banks: Sequence[Bank],
    findings: Sequence[Finding],
    variations: Sequence[Finding],
    *,
    versions: Mapping[str, str],
    now: datetime,
) -> bytes:
    """The whole file, in UTF-8.

    Args:
        banks: where the questions are; each has a suite of its own.
        findings: those of the questions with the numbers they were asked with.
        variations: those of their variants; the numbers become part of the name.
        versions: what was computed with.
        now: when that was.
    """
    cases = [(each, each.id) for each in findings]
    cases += [(each, f"{each.id} ({words.settings(each.parameters)})") for each in variations]
    root = ElementTree.Element("testsuites")
    for bank in banks:
        ids = {each.id for each in bank.questions}
        mine = [(finding, name) for finding, name in cases if finding.id in ids]
        if mine:
            _suite(root, bank.name, mine, versions, now)
    ElementTree.indent(root)
    return b"%s\n" % ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _suite(
    root: ElementTree.Element,
    name: str,
    cases: Sequence[tuple[Finding, str]],
    versions: Mapping[str, str],
    now: datetime,
) -> None:
    outcomes = [OUTCOMES.get(finding.verdict, "") for finding, _ in cases]
    counts = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        {
            "name": _clean(name) or "–",
            "package": "quizlab",
            "id": str(len(root)),
            "hostname": HOST,
            "timestamp": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "time": _seconds(sum(finding.seconds for finding, _ in cases)),
            "tests": str(len(cases)),
            **{attribute: str(outcomes.count(word)) for attribute, word in counts.items()},  # type: ignore[arg-type]
        },
    )
    properties = ElementTree.SubElement(suite, "properties")
    for library, version in versions.items():
        ElementTree.SubElement(properties, "property", {"name": _clean(library), "value": _clean(version)})
    for (finding, called), outcome in zip(cases, outcomes, strict=True):
        attributes = {"classname": f"quizlab.{_clean(name)}", "name": _clean(called), "time": _seconds(finding.seconds)}
        case = ElementTree.SubElement(suite, "testcase", attributes)
        if outcome:
            _outcome(case, outcome, finding)
    for stream in ("system-out", "system-err"):  # the schema wants them, even empty
        ElementTree.SubElement(suite, stream)


def _outcome(case: ElementTree.Element, outcome: Outcome, finding: Finding) -> None:
    """Why a key does not stand: the first reason as the message, all of them as the text."""
    said = [_clean(sentences.problem(each)) for each in finding.problems]
    message = said[0] if said else words.VERDICTS[finding.verdict]
    kind = finding.problems[0].code if finding.problems else finding.verdict
    found = ElementTree.SubElement(case, outcome, {"message": message, "type": kind})
    found.text = "\n".join(said)


def _clean(text: str) -> str:
    """Text on one line without anything that XML cannot hold or nobody can see."""
    return NO_CHARACTER.sub("", words.one_line(text))


def _seconds(seconds: float) -> str:
    return f"{max(0.0, seconds):.3f}"
