"""Sizes against the closed formulas, and networks that are built otherwise."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import labs.lab3 as lab
from quizlab.hooks.lab3.sizes import (
    largest_matrix,
    layer_parameters,
    most_elements,
    network_parameters,
    shapes_at,
    torch_shapes,
)

BILLION = 1_000_000_000
sizes = st.integers(1, BILLION)


def value(evidence):
    return evidence.cases[0].value


def held(evidence):
    return {claim.name for claim in evidence.claims if claim.holds}


def altered(**arrays):
    """The lab whose plain RNN has other arrays: name → shape, given the sizes (I, H, O)."""

    class Network(lab.PlainRNN):
        def __init__(self, i, h, o, rng, scale=0.01):
            super().__init__(i, h, o, rng, scale)
            changed = {name: np.zeros(shape(i, h, o)) for name, shape in arrays.items()}
            self.parameters = dataclasses.replace(self.parameters, **changed)

    return SimpleNamespace(PlainRNN=Network, parameter_count=lab.parameter_count)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_shapes_are_those_of_a_network_really_built(i, h, o):
    built = lab.PlainRNN(i, h, o, np.random.default_rng(0)).parameters.arrays()
    assert shapes_at(lab, i, h, o) == {name: array.shape for name, array in built.items()}


@settings(max_examples=60, deadline=None)
@given(sizes, sizes, st.sampled_from([0, 1, 2]), st.booleans(), st.booleans(), st.booleans())
def test_the_count_is_the_closed_formula(vocab, hidden, biases, output_layer, output_bias, recurrent):
    evidence = network_parameters(
        lab,
        vocab=vocab,
        hidden=hidden,
        biases=biases,
        output_layer=output_layer,
        output_bias=output_bias,
        recurrent=recurrent,
    )
    expected = vocab * hidden + recurrent * hidden**2 + biases * hidden
    expected += output_layer * (hidden * vocab + output_bias * vocab)
    assert value(evidence) == expected
    assert held(evidence) == {"formula_agrees", "torch_has_one_more_bias"}


@settings(max_examples=60, deadline=None)
@given(sizes, sizes, st.sampled_from([0, 1, 2]), st.booleans(), st.booleans(), st.sampled_from(["state", "input"]))
def test_both_layers_are_the_closed_formulas(inputs, hidden, biases, output_bias, recurrent, reads):
    evidence = layer_parameters(
        lab,
        inputs=inputs,
        hidden=hidden,
        biases=biases,
        output_bias=output_bias,
        recurrent=recurrent,
        output_reads=reads,
    )
    of_output = (hidden if reads == "state" else inputs) + output_bias
    for case in evidence.cases:
        assert case.value == (inputs * hidden + recurrent * hidden**2 + biases * hidden, case.given["C"] * of_output)


@settings(max_examples=60, deadline=None)
@given(sizes, sizes)
def test_the_largest_follows_the_sizes(vocab, hidden):
    elements = {"W_xh": hidden * vocab, "W_hh": hidden**2, "b_h": hidden, "W_hy": vocab * hidden, "b_y": vocab}
    leaders = {name for name, number in elements.items() if number == max(elements.values())}
    assert set(value(largest_matrix(lab, vocab=vocab, hidden=hidden)).replace(" i ", ", ").split(", ")) == leaders


@pytest.mark.parametrize(
    ("vocab", "hidden", "largest"),
    [(100, 1000, "W_hh"), (50_000, 150, "W_xh i W_hy"), (100, 100, "W_xh, W_hh i W_hy")],
)
def test_other_sizes_flip_the_largest(vocab, hidden, largest):
    evidence = largest_matrix(lab, vocab=vocab, hidden=hidden)
    assert value(evidence) == largest
    assert held(evidence) == {"sizes_decide"}


@pytest.mark.parametrize(
    ("hidden", "outputs", "largest"), [(1000, 100, "W_hh"), (150, 150, "W_hh i W_hy"), (150, 14_806, "W_hy")]
)
def test_more_outputs_than_state_flip_the_lead(hidden, outputs, largest):
    evidence = most_elements(lab, hidden=hidden, outputs=outputs)
    assert value(evidence) == largest
    assert held(evidence) == {"state_against_outputs"}


def test_the_quiz_and_torch_differ_by_one_bias_vector():
    assert value(network_parameters(lab)) == 1_201_100
    assert sum(int(np.prod(shape)) for shape in torch_shapes(100, 1000, 100).values()) == 1_202_100
    assert network_parameters(lab).snippet.prints == "1201100\n1202100"


def test_a_network_built_otherwise_is_counted_as_it_is():
    assert value(network_parameters(altered(b_h=lambda i, h, o: 0))) == 1_200_100
    assert value(network_parameters(altered(b_h=lambda i, h, o: 2 * h))) == 1_202_100
    assert value(network_parameters(altered(b_y=lambda i, h, o: o + 1))) == 1_201_101
    diagonal = altered(W_hh=lambda i, h, o: h)
    assert value(largest_matrix(diagonal)) == "W_xh i W_hy"
    assert value(most_elements(diagonal)) == "W_hy"
    assert "input_to_output_matrix" in held(largest_matrix(altered(b_y=lambda i, h, o: (o, i))))
