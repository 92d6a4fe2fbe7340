"""QTI 2.1, checked and played by a naive player of the tests."""

from __future__ import annotations

import pytest

from quizlab.export import Exported
from quizlab.export.items import items, unicode
from quizlab.export.qti import qti
from quizlab.model import ChoiceQuestion
from tests.export import platforms
from tests.export.platforms import EVIL, plain, shown
from tests.export.qti_reader import Item, package


@pytest.fixture(scope="module")
def everything() -> list[Exported]:
    return [*platforms.shipped(), *platforms.hostile(), *platforms.proved()]


@pytest.fixture(scope="module")
def read(everything: list[Exported]) -> dict[str, Item]:
    found = package(qti("Vodič <za> blic", everything))
    assert len(found) == len(list(items(everything, unicode)))
    return {each.id: each for each in found}


def test_every_item_scores_its_key_and_tells_its_mistakes(everything: list[Exported], read: dict[str, Item]) -> None:
    for meant in items(everything, unicode):
        item = read[meant.id]
        score, said = item.play(**item.correct())
        assert score == pytest.approx(0 if meant.kind == "essay" else 1, abs=1e-5)
        assert shown(_inner(said[-1])) == shown(meant.feedback)
        if len(meant.gaps) == 1:
            for answer in meant.gaps[0].answers:
                score, said = item.play(RESPONSE=[answer.text])
                assert score == answer.fraction / 100
                assert [shown(_inner(each)) for each in said[:-1]] == ([shown(answer.says)] if answer.says else [])
        for letter, option in zip("ABCDEFG", meant.options, strict=False):
            score, said = item.play(RESPONSE=[letter])
            assert score == pytest.approx(max(0.0, option.fraction / 100), abs=1e-5)
            assert [shown(_inner(each)) for each in said[:-1]] == ([shown(option.says)] if option.says else [])


def _inner(feedback: str) -> str:
    return feedback.partition(">")[2].rpartition("</")[0]


def test_an_unanswered_item_scores_nothing(read: dict[str, Item]) -> None:
    for item in read.values():
        score, _ = item.play(**{name: [] for name in item.responses})
        assert score == 0


def test_several_places_share_the_score(read: dict[str, Item]) -> None:
    score, said = read["q3"].play(RESPONSE_1=["32"], RESPONSE_2=["28"])
    assert score == 0.5
    assert "samo širina slike" in said[0]


def test_options_that_stay_last_are_fixed(everything: list[Exported], read: dict[str, Item]) -> None:
    for entry in everything:
        if isinstance(entry.question, ChoiceQuestion):
            fixed = [each.get("fixed") == "true" for each in read[entry.question.id].root.iter("simpleChoice")]
            assert fixed == [option.last for option in entry.question.options.values()]


def test_hostile_texts_come_through_as_they_are(read: dict[str, Item]) -> None:
    evil = plain(EVIL)
    choice = read["e1"].root.find("itemBody/choiceInteraction/simpleChoice")
    assert choice is not None
    assert " ".join("".join(choice.itertext()).split()) == evil
    prompt = read["e3"].root.find("itemBody/p")
    assert prompt is not None
    assert prompt.text == evil
    rubric = read["e6"].root.find("itemBody/rubricBlock")
    assert rubric is not None
    assert evil in "".join(rubric.itertext())
    latex = read["e7"].root.find("itemBody/p")
    assert latex is not None
    assert latex.text == "Zašto je a/b < c_(n-1), a $HOME nije?"


def test_identifiers_of_one_spelling_stay_apart(everything: list[Exported]) -> None:
    same = [
        platforms.replace(each, question=platforms.replace(each.question, id=name)) for each, name in _names(everything)
    ]
    found = package(qti("V", same))
    assert [each.identifier for each in found] == ["a_b", "a_b_2", "A_b", "_1"]


def _names(everything: list[Exported]) -> list[tuple[Exported, str]]:
    base = platforms.replace(everything[0], variants=())
    return [(base, "a b"), (base, "a/b"), (base, "A b"), (base, "1")]
