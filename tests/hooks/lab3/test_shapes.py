"""Shapes that follow the sizes against networks really built."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import labs.lab3 as lab
from quizlab.hooks.lab3.shapes import shapes_at


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40))
def test_shapes_are_those_of_a_network_really_built(i, h, o):
    built = lab.PlainRNN(i, h, o, np.random.default_rng(0)).parameters.arrays()
    assert shapes_at(lab, i, h, o) == {name: array.shape for name, array in built.items()}
