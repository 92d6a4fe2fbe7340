"""Traps that lie in the proofs themselves: a right lab of a student's that a proof could take for a wrong one."""

from __future__ import annotations

from typing import Any

import pytest

from quizlab.own.causes import find
from quizlab.own.judging import judge
from tests.conftest import shipped_bank
from tests.manuscripts_mistakes.lab3 import lab3, recurrent
from tests.manuscripts_mistakes.lab4 import lab4

BANK = {each.id: each for lab in ("lab3", "lab4") for each in shipped_bank(lab).questions}


def outcomes(lab: Any, *names: str) -> dict[str, str]:
    """How some questions come out."""
    return {name: judge(BANK[name], lab).outcome for name in names}


def replaced(lab: Any, part: str, face: str, thing: Any) -> Any:
    """The lab with another class or function for one of its parts."""
    lab.parts[part], lab.faces[face] = thing, (part, thing)
    return lab


def test_a_mean_taken_as_sum_over_length_is_right_with_the_zero_row_that_the_lab_prescribes() -> None:
    lab = lab3()  # its baseline sums over all places and divides by the real length
    assert outcomes(lab, "q44", "q46") == {"q44": "agrees", "q46": "agrees"}
    assert find(lab) == []


def test_logits_that_all_happen_to_be_positive_are_no_probabilities() -> None:
    class Positive(recurrent("", "")):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.fc2.bias.data.fill_(0.3)

    def build(embedding: Any, cell: str = "gru", *_: Any, bidirectional: bool = False, **__: Any) -> Any:
        return Positive(embedding, cell, 2, bidirectional)

    lab = replaced(lab3(), "recurrent", "RecurrentClassifier", build)
    assert outcomes(lab, "q51") == {"q51": "agrees"}
    assert find(lab) == []


def test_a_loss_without_a_gradient_at_the_origin_is_tried_elsewhere() -> None:
    lab = lab4("loss-normalises")
    assert outcomes(lab, "q6", "q8", "q22") == {"q6": "differs", "q8": "agrees", "q22": "differs"}


def test_of_two_networks_one_behind_another_the_state_of_the_last_one_counts() -> None:
    lab = lab3("", "two-networks")
    assert outcomes(lab, "q51") == {"q51": "agrees"}
    assert find(lab) == []


@pytest.mark.stress
def test_a_model_that_learns_too_little_says_nothing_about_the_kind_of_classification() -> None:
    torch = pytest.importorskip("torch")
    sound = lab4().SimpleMetricEmbedding

    def blind(*given: Any, **named: Any) -> Any:
        model = sound(*given, **named)
        seen = type(model).get_features

        def get_features(img: Any) -> Any:
            seeds = [int(1000 * each.sum()) for each in img]
            noise = [torch.randn(32, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
            return 0 * seen(model, img) + torch.stack(noise)

        model.get_features = get_features
        return model

    lab = replaced(lab4(), "model", "SimpleMetricEmbedding", blind)
    assert outcomes(lab, "q7", "q18") == {"q7": "differs", "q18": "agrees"}
