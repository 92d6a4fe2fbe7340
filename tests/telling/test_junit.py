"""JUnit XML as its readers want it: what the schema wants in its place, sums that add up, text escaped."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.model import Finding, Problem
from quizlab.telling import junit
from tests.conftest import shipped_bank

BANKS = (shipped_bank("lab3"), shipped_bank("lab4"))
NOW = datetime(2026, 11, 27, 8, 30, 5, 999999, tzinfo=UTC)
VERSIONS = {"python": "3.11.7", "torch": "2.13.0+cpu"}

SUITE = ["errors", "failures", "hostname", "id", "name", "package", "skipped", "tests", "time", "timestamp"]
DECIMAL = re.compile(r"\d+\.\d{3}")


def found(name: str, verdict: str = "confirmed", *problems: Problem, seconds: float = 0.5, **params: int) -> Finding:
    return Finding(name, verdict, None, dict(params), problems, seconds=seconds)  # type: ignore[arg-type]


def read(findings: list[Finding], variations: list[Finding] | None = None) -> ElementTree.Element:
    """What a reader makes of the file, after it has been checked against what the schemas of Ant and Jenkins share."""
    data = junit.document(BANKS, findings, variations or [], versions=VERSIONS, now=NOW)
    root = ElementTree.fromstring(data)
    assert (root.tag, root.attrib) == ("testsuites", {})
    for number, suite in enumerate(root):
        assert (suite.tag, sorted(suite.attrib), suite.get("id")) == ("testsuite", SUITE, str(number))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"])
        cases = list(suite)[1:-2]
        assert [each.tag for each in suite] == ["properties", *["testcase"] * len(cases), "system-out", "system-err"]
        assert all(sorted(each.attrib) == ["name", "value"] for each in suite[0])
        for case in cases:
            assert sorted(case.attrib) == ["classname", "name", "time"]
            assert len(case) <= 1
            assert all(sorted(each.attrib) == ["message", "type"] for each in case)
        assert DECIMAL.fullmatch(suite.attrib["time"])
        assert all(DECIMAL.fullmatch(case.attrib["time"]) for case in cases)
        outcomes = [each[0].tag for each in cases if len(each)]
        assert int(suite.attrib["tests"]) == len(cases)
        for attribute, tag in {"failures": "failure", "errors": "error", "skipped": "skipped"}.items():
            assert int(suite.attrib[attribute]) == outcomes.count(tag)
    return root


@pytest.mark.parametrize(
    ("verdict", "tag"),
    [("confirmed", None), ("disputed", None), ("refuted", "failure"), ("error", "error"), ("unproved", "skipped")],
)
def test_a_verdict_is_called_what_junit_calls_it(verdict: str, tag: str | None) -> None:
    problem = [] if tag in (None, "skipped") else [Problem("worker_died", id="q1")]
    (suite,) = read([found("q1", verdict, *problem)])
    case = suite[1]
    assert case.attrib == {"classname": "quizlab.lab4", "name": "q1", "time": "0.500"}
    assert [each.tag for each in case] == ([tag] if tag else [])
    if tag == "skipped":
        assert case[0].get("message") == "nedokazano"
    elif tag:
        assert case[0].get("type") == "worker_died"
        assert case[0].get("message") == case[0].text
        assert (case[0].text or "").startswith("q1: Proces")


def test_banks_are_suites_and_variants_have_their_numbers_in_their_names() -> None:
    root = read([found("q27"), found("q1", seconds=0.25)], [found("q1", "refuted", c_in=16, kernel=3)])
    assert [(each.get("name"), each.get("tests"), each.get("time")) for each in root] == [
        ("lab3", "1", "0.500"),
        ("lab4", "2", "0.750"),
    ]
    assert root[1][2].get("name") == "q1 (c_in = 16, kernel = 3)"
    assert root[1][2][0].get("message") == "opovrgnuto"
    assert {each.get("name"): each.get("value") for each in root[0][0]} == VERSIONS
    assert root[0].get("timestamp") == "2026-11-27T08:30:05"


def test_nothing_proved_is_an_empty_file() -> None:
    assert len(read([])) == 0


def test_all_reasons_are_told() -> None:
    problems = [Problem("timed_out", {"seconds": "60"}), Problem("worker_died")]
    (suite,) = read([found("q1", "error", *problems)])
    first, second = (suite[1][0].text or "").splitlines()
    assert suite[1][0].get("message") == first != second


@given(st.text(), st.text())
def test_whatever_stands_in_a_bank_the_file_can_be_read(where: str, message: str) -> None:
    problem = Problem(
        "hook_failed",
        {"what": "X", "where": where, "message": f"]]><a b='\"&amp;{message}\x00\x1b[2J\u202e\ufffe\uffff"},
    )
    data = junit.document(
        [msgspec.structs.replace(BANKS[1], name=f"{where}<>&\ud800")],
        [found("q1", "error", problem)],
        [],
        versions={f"a{where}": message},
        now=NOW,
    )
    text = data.decode("utf-8")
    suite = ElementTree.fromstring(data)[0]
    assert suite.get("tests") == "1"
    assert (suite.get("name") or "").endswith("<>&")
    assert "]]><a b='\"&amp;" in (suite[1][0].text or "")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff\ufffe\uffff]", text)
