"""Numbers of parameters against the closed formulas, and networks that are built otherwise."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import labs.lab3 as lab
from quizlab.hooks.lab3.parameters import layer_parameters, network_parameters
from quizlab.hooks.lab3.shapes import torch_shapes
from tests.hooks.claims import held
from tests.hooks.lab3.networks import sizes, value, with_arrays


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


def test_the_quiz_and_torch_differ_by_one_bias_vector():
    assert value(network_parameters(lab)) == 1_201_100
    assert sum(int(np.prod(shape)) for shape in torch_shapes(100, 1000, 100).values()) == 1_202_100
    assert network_parameters(lab).snippet.prints == "1201100\n1202100"


def test_a_network_built_otherwise_is_counted_as_it_is():
    assert value(network_parameters(with_arrays(b_h=lambda i, h, o: 0))) == 1_200_100
    assert value(network_parameters(with_arrays(b_h=lambda i, h, o: 2 * h))) == 1_202_100
    assert value(network_parameters(with_arrays(b_y=lambda i, h, o: o + 1))) == 1_201_101
