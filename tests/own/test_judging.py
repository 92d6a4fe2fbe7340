"""Questions judged on a student's code: what differs, what agrees, what is not checked and what is general."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest
import torch

import labs.lab4
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, Case, Evidence, Snippet
from quizlab.own import judging
from quizlab.own.judging import Judgement, judge
from tests.conftest import shipped_bank
from tests.manuscripts_mistakes.lab3 import lab3
from tests.manuscripts_mistakes.lab4 import lab4
from tests.manuscripts_mistakes.own import Own
from tests.own import mistakes
from tests.thinned import thinned

LAB4 = {each.id: each for each in shipped_bank("lab4").questions}
LAB3 = {each.id: each for each in shipped_bank("lab3").questions}


def asked(questions: dict[str, AnyQuestion], lab: Any, *names: str) -> dict[str, Judgement]:
    """The judgements of some questions, or of all."""
    return {name: judge(questions[name], lab) for name in names or questions}


def which(found: dict[str, Judgement], outcome: str) -> tuple[str, ...]:
    """The questions that came out so."""
    return tuple(name for name, one in found.items() if one.outcome == outcome)


def quick(lab: Any) -> dict[str, Judgement]:
    """All questions of lab 4 that train nothing."""
    return asked(LAB4, lab, *(name for name in LAB4 if name not in mistakes.TRAINED))


@pytest.mark.parametrize("structure", thinned(["in-place", "forward-calls", "adaptive"], 2))
def test_a_right_lab4_agrees_however_it_is_built(structure: str) -> None:
    found = quick(lab4("", structure))
    assert which(found, "agrees") == tuple(name for name in found if name not in ("q12", "q26"))
    assert which(found, "general") == ("q12", "q26")


@pytest.mark.parametrize("structure", thinned(["", "two-networks", "batch-first", "one-dimension", "own-train"], 3))
def test_a_right_lab3_agrees_however_it_is_built(structure: str) -> None:
    found = asked(LAB3, lab3("", structure))
    assert which(found, "differs") == which(found, "unchecked") == ()
    assert which(found, "agrees") == ("q28", "q34", "q38", "q42", "q44", "q46", "q51", "q53", "q60", "q61", "q62")


def test_what_a_student_does_not_have_is_not_checked() -> None:
    found = asked(LAB3, lab3("", "one-way"), "q62") | asked(LAB3, lab3("", "no-rnn"), "q28", "q46")
    assert {name: one.missing for name, one in found.items()} == {"q62": "bidirectional", "q28": "rnn", "q46": "rnn"}
    assert which(found, "unchecked") == ("q62", "q28", "q46")


SOME4 = ("groupnorm", "order", "no-bias", "squeeze", "identity-flat", "loss-sum", "loss-on-images", "negative-sampling")


@pytest.mark.parametrize("mistake", thinned(SOME4, 3))
def test_a_mistake_of_lab4_changes_its_questions_and_no_others(mistake: str) -> None:
    found = quick(lab4(mistake))
    assert which(found, "differs") == mistakes.MISTAKES4[mistake]
    assert which(found, "unchecked") == ()


@pytest.mark.parametrize("mistake", thinned([each for each in mistakes.MISTAKES3 if each != "texts-cut"], 6))
def test_a_mistake_of_lab3_changes_its_questions_and_no_others(mistake: str) -> None:
    quickly = ("q28", "q38", "q42", "q44", "q46", "q51", "q60", "q61", "q62")
    found = asked(LAB3, lab3(mistake), *quickly)
    assert which(found, "differs") == mistakes.MISTAKES3[mistake]
    assert which(found, "unchecked") == ()


@pytest.mark.stress
def test_training_that_is_too_short_is_tried_longer_before_anything_is_said() -> None:
    found = asked(LAB4, lab4(), "q7", "q18")
    assert which(found, "agrees") == ("q7", "q18")


@pytest.mark.stress
@pytest.mark.parametrize("mistake", ["class-not-removed", "train-broken"])
def test_a_mistake_in_training_is_seen(mistake: str) -> None:
    found = asked(LAB4, lab4(mistake), "q7", "q18")
    assert which(found, "differs") == mistakes.MISTAKES4_TRAINED[mistake]


def test_a_part_that_is_missing_is_said_and_nothing_else() -> None:
    found = quick(lab4(without=("identity", "dataset", "train", "representations", "predictions", "evaluate")))
    missing = {name: one.missing for name, one in found.items() if one.outcome == "unchecked"}
    assert missing == {
        "q3": "identity", "q5": "dataset", "q8": "dataset", "q11": "dataset", "q14": "representations",
        "q15": "identity", "q17": "dataset", "q20": "identity", "q25": "predictions", "q64": "dataset",
    }  # fmt: skip
    assert which(found, "differs") == ()


def test_a_value_that_a_known_mistake_gives_carries_its_name() -> None:
    one = judge(LAB4["q1"], lab4("no-bias"))
    assert (one.outcome, one.own, one.mistake) == ("differs", "9280", "bez-pristranosti")
    assert one.says.startswith("Za 32 premalo")
    assert judge(LAB4["q1"], lab4("no-norm")).mistake == "bez-normalizacije"


def test_the_same_number_in_another_order_is_told_apart_by_other_numbers() -> None:
    one = judge(LAB4["q1"], lab4("order"))
    assert one.outcome == "differs"
    assert one.own == "9312, a uz c_in = 1 384 umjesto 322"
    assert judge(LAB4["q1"], lab4()).own == "9312"
    assert judge(LAB4["q1"], lab4("groupnorm")).own == "9312"


def test_a_number_that_is_right_by_chance_differs_with_other_numbers() -> None:
    from torch import nn

    class Chance(nn.Sequential):
        def __init__(self, num_maps_in: int, num_maps_out: int, k: int = 3, bias: bool = True) -> None:
            norm = nn.BatchNorm2d(num_maps_in) if num_maps_in > 1 else nn.Identity()
            super().__init__(norm, nn.ReLU(), nn.Conv2d(num_maps_in, num_maps_out, k, bias=bias))

    one = judge(LAB4["q1"], Own(labs.lab4, {"unit": Chance}, {"BatchNormConvReLU": ("unit", Chance)}))
    assert (one.outcome, one.own) == ("differs", "9312, a uz c_in = 1 320 umjesto 322")


def test_both_values_are_shown() -> None:
    one = judge(LAB4["q3"], lab4("identity-flat"))
    assert (one.key, one.own, one.outcome) == ("32; 784", "32; 50176", "differs")
    assert one.evidence is not None


def test_code_that_breaks_is_not_wrong() -> None:
    def breaks(*_: Any, **__: Any) -> Any:
        raise SystemExit("prekid")

    lab = Own(labs.lab4, {"unit": breaks}, {"BatchNormConvReLU": ("unit", breaks)})
    one = judge(LAB4["q1"], lab)
    assert one.outcome == "unchecked"
    assert "prekid" in one.says


def test_numbers_of_other_libraries_are_sent_and_what_is_none_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Any] = [np.int64(9312), torch.ones(2)]
    monkeypatch.setattr(
        registry, "hook", lambda name: lambda lab, **given: Evidence(Snippet("", ""), (Case(found.pop(0)),))
    )
    monkeypatch.setattr(judging, "OTHER_NUMBERS", {})
    asked = msgspec.structs.replace(LAB4["q1"], requires=())
    agrees, unchecked = judge(asked, labs.lab4), judge(asked, labs.lab4)
    assert agrees.outcome == "agrees"
    assert msgspec.msgpack.encode(agrees.evidence)
    assert (unchecked.outcome, unchecked.says) == (
        "unchecked",
        "Ono što je izmjereno nije broj ni riječ: cases[0].value je Tensor.",
    )
