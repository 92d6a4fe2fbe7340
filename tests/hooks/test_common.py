"""Numbers and lists as a person reads them, and the little arithmetic that proofs share."""

import math
from decimal import Decimal

import pytest
import torch
from torch import nn

from quizlab.hooks.common import (
    commas,
    decimal,
    decimals,
    listed,
    parameter_shapes,
    percent,
    rises,
    rounded,
    row,
    scientific,
)


def test_small_numbers_as_people_write_them():
    assert scientific(4.1e-6) == "4,1·10⁻⁶"
    assert scientific(Decimal("5.025E-433")) == "5,0·10⁻⁴³³"
    assert scientific(Decimal(10) ** -3, 0) == "10⁻³"
    assert (scientific(0.029), scientific(3.62), scientific(0), scientific(math.inf)) == ("0,029", "3,6", "0", "∞")


def test_several_numbers_stand_one_after_another():
    assert decimal(-0.001) == "0,00"
    assert decimals([0.5, -1.25]) == "0,50; −1,25"
    assert decimals((each for each in (1, 2)), 1) == "1,0; 2,0"
    assert row([-2.0, -0.5, 1, 3]) == "−2; −0,5; 1; 3"
    assert commas([1, 10, "x"]) == "1, 10, x"
    assert listed([1, 10, "x"]) == "1, 10 i x"


@pytest.mark.parametrize(("share", "words"), [(1, "100 %"), (0.99999, "99,9 %"), (0.5, "50,0 %"), (0, "0,0 %")])
def test_only_all_is_a_hundred_per_cent(share, words):
    assert percent(share) == words


def test_rising_is_strict():
    assert rises([])
    assert rises([1.0])
    assert rises({0: 1.0, 1: 2.0}.values())
    assert not rises([1.0, 1.0])
    assert not rises([1.0, 3.0, 2.0])


def test_tensors_as_plain_python():
    assert rounded(torch.tensor([0.123456, -2.0])) == [0.1235, -2.0]
    assert rounded(torch.tensor([0.126], dtype=torch.float64), 2) == [0.13]
    assert parameter_shapes(nn.Linear(3, 5)) == {"weight": (5, 3), "bias": (5,)}
