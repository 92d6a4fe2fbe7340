"""The unit's parameters against their closed formula, and units that are built wrong."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import labs.lab4 as lab
from quizlab.hooks.lab4.unit import unit_parameters


def count(evidence):
    return evidence.cases[0].value


def holds(evidence, name):
    return next(claim.holds for claim in evidence.claims if claim.name == name)


@settings(max_examples=60, deadline=None)
@given(
    kernel=st.integers(1, 9),
    c_in=st.integers(1, 128),
    c_out=st.integers(1, 128),
    bias=st.booleans(),
    batch_norm=st.booleans(),
    order=st.sampled_from(["bn-relu-conv", "conv-bn-relu"]),
    window=st.sampled_from(["full", "flat", "line"]),
    shift=st.booleans(),
    counted=st.sampled_from(["parameters", "statistics", "buffers"]),
)
def test_the_count_is_the_closed_formula(kernel, c_in, c_out, bias, batch_norm, shift, order, window, counted):
    maps = c_in if order == "bn-relu-conv" else c_out
    weights = {"full": kernel**2 * c_in, "flat": kernel**2, "line": kernel * c_in}[window] * c_out
    buffers = {"parameters": 0, "statistics": 2 * maps, "buffers": 2 * maps + 1}[counted]
    norm = ((1 + shift) * maps + buffers) * batch_norm
    evidence = unit_parameters(
        lab,
        kernel=kernel,
        c_in=c_in,
        c_out=c_out,
        bias=bias,
        batch_norm=batch_norm,
        shift=shift,
        order=order,
        window=window,
        counted=counted,
    )
    assert count(evidence) == weights + bias * c_out + norm
    assert evidence.snippet.prints == str(count(evidence))


def test_both_orders_are_shown_where_they_differ():
    shown = unit_parameters(lab, c_in=1).blocks[-1]
    assert [row[-1] for row in shown.rows] == [322, 384]


class Swapped(lab.BatchNormConvReLU):
    def __init__(self, maps_in, maps_out, k=3, bias=True, padding=0, *, order="bn-relu-conv"):
        super().__init__(maps_in, maps_out, k, bias, padding, order="conv-bn-relu")


class Biasless(lab.BatchNormConvReLU):
    def __init__(self, maps_in, maps_out, k=3, bias=True, padding=0, *, order="bn-relu-conv"):
        super().__init__(maps_in, maps_out, k, False, padding, order=order)


class Normless(lab.BatchNormConvReLU):
    def __init__(self, maps_in, maps_out, k=3, bias=True, padding=0, *, order="bn-relu-conv"):
        super().__init__(maps_in, maps_out, k, bias, padding, order=order)
        del self.norm


@pytest.mark.parametrize(
    ("unit", "total", "in_order"), [(Swapped, 9312, False), (Biasless, 9280, True), (Normless, 9248, False)]
)
def test_a_unit_built_wrong_is_measured_as_it_is(unit, total, in_order):
    evidence = unit_parameters(SimpleNamespace(BatchNormConvReLU=unit))
    assert (count(evidence), holds(evidence, "lab_order")) == (total, in_order)
