"""The bank about layers: proved both ways, noticed when torch is another, and asked only where it is named."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch
from torch import nn

import labs.torch
from quizlab.commands import _banks
from quizlab.errors import QuizlabError
from quizlab.hooks.torch.functions import FUNCTIONS
from quizlab.hooks.torch.module import module
from quizlab.hooks.torch.returns import returned, type_of
from quizlab.question.variants import combinations, varied
from tests.conftest import Run, shipped_bank
from tests.proofs import Proofs, wrong_keys

BANK = shipped_bank("torch")
SOUND = Proofs(labs.torch)


@pytest.mark.parametrize("question", BANK.questions, ids=lambda each: each.id)
def test_every_key_is_confirmed_with_all_its_numbers_and_every_other_refuted(question: object) -> None:
    finding = SOUND.finding(question)  # type: ignore[arg-type]
    assert (finding.verdict, finding.problems) == ("confirmed", ())
    wrong = wrong_keys(question)  # type: ignore[arg-type]
    assert wrong
    assert {SOUND.finding(each).verdict for each in wrong} == {"refuted"}
    for values in list(combinations(question))[::5]:  # type: ignore[arg-type]
        assert SOUND.finding(varied(question, values)).verdict == "confirmed"  # type: ignore[arg-type,type-var]


def test_nobody_is_said_to_remember_it() -> None:
    assert len(BANK.questions) == 10
    assert not any(question.recollections for question in BANK.questions)
    assert "nije s blica" in BANK.title


class NoBias(nn.Conv2d):
    """A convolution that forgets its bias."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **{**named, "bias": False})  # type: ignore[arg-type]


def test_another_torch_turns_its_questions_red() -> None:
    other = SimpleNamespace(**{**vars(nn), "Conv2d": NoBias})
    red = [each.id for each in BANK.questions if Proofs(SimpleNamespace(nn=other, torch=torch)).finding(each).problems]
    assert red == ["t2"]


def test_a_practice_without_names_and_one_of_a_lab_leave_it_out(quizlab: Run) -> None:
    banks = _banks.opened()
    mine = {question.id for question in BANK.questions}
    assert not mine & {question.id for question in _banks.chosen(banks, [])}
    assert not mine & {question.id for question in _banks.chosen(banks, ["lab3", "lab4"])}
    assert mine == {question.id for question in _banks.chosen(banks, ["torch"])}
    assert "t10" in quizlab("list").stdout


def test_mistakes_are_changed_specifications() -> None:
    unit = {"layers": "BatchNorm2d(8), ReLU, Conv2d(8, 4, 3)"}
    count = {
        (): 16 + 8 * 4 * 9 + 4,
        (("bias", False),): 16 - 8 + 8 * 4 * 9,
        (("without", "BatchNorm2d"),): 8 * 4 * 9 + 4,
        (("without", "1"),): 8 * 4 * 9 + 4,
        (("order", "Conv2d, BatchNorm2d, ReLU"),): 16 + 8 * 4 * 9 + 4,
    }
    del count[(("bias", False),)]  # a norm's shift is no bias that may be left out: only the convolution's is
    for changes, wanted in count.items():
        assert module(labs.torch, **unit, **dict(changes)).cases[0].value == wanted  # type: ignore[arg-type]
    assert module(labs.torch, **unit, bias=False).cases[0].value == 16 + 8 * 4 * 9  # type: ignore[arg-type]
    with pytest.raises(QuizlabError):
        module(labs.torch, **unit, order="ReLU, Conv2d")  # type: ignore[arg-type]


def test_symbols_are_measured_with_several_numbers() -> None:
    cases = module(labs.torch, layers="Conv2d(i, o, k)").cases
    assert len({case.value for case in cases}) > 2
    for case in cases:
        i, o, k = (case.given[name] for name in "iok")
        assert case.value == i * o * k * k + o


@pytest.mark.parametrize(
    ("call", "type_", "shape"),
    [
        ("torch.pca_lowrank([20, 9], q=4)", "tuple[Tensor, Tensor, Tensor]", (20, 4)),
        ("max([64, 10], dim=1)", "tuple[Tensor, Tensor]", (64,)),
        ("topk([64, 10], k=3)", "tuple[Tensor, Tensor]", (64, 3)),
        ("sort([4, 5])", "tuple[Tensor, Tensor]", (4, 5)),
        ("unique([30], return_counts=True)", "tuple[Tensor, Tensor]", (5,)),
        ("linalg.svd([6, 4], full_matrices=False)", "tuple[Tensor, Tensor, Tensor]", (6, 4)),
        ("numel([6, 4])", "int", None),
        ("split([6, 4], 2)", "tuple[Tensor, Tensor, Tensor]", (2, 4)),
    ],
)
def test_what_functions_return(call: str, type_: str, shape: tuple[int, ...] | None) -> None:
    assert returned(labs.torch, call=call, indices="unique" in call).cases[0].value == type_
    if shape is not None:
        measured = returned(labs.torch, call=call, asks="shape", indices="unique" in call)
        assert measured.cases[0].value == shape


@pytest.mark.parametrize(
    "call", ["load('x')", "hub.load('x')", "max", "save([3], 'x')", "max([3]).__class__", "ops.x(1)"]
)
def test_no_other_function_is_called(call: str) -> None:
    with pytest.raises(QuizlabError):
        returned(labs.torch, call=call)


def test_the_list_of_functions_holds_functions_of_torch() -> None:
    for name in FUNCTIONS:
        found = torch
        for part in name.split("."):
            found = getattr(found, part)
        assert callable(found)
    assert type_of((torch.zeros(1), 3)) == "tuple[Tensor, int]"
