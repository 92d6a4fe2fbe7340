"""The largest matrix at any sizes, and in networks that are built otherwise."""

import pytest
from hypothesis import given, settings

import labs.lab3 as lab
from quizlab.hooks.lab3.sizes import largest_matrix, most_elements
from tests.hooks.claims import held
from tests.hooks.lab3.networks import sizes, value, with_arrays


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


def test_a_network_built_otherwise_has_another_largest():
    diagonal = with_arrays(W_hh=lambda i, h, o: h)
    assert value(largest_matrix(diagonal)) == "W_xh i W_hy"
    assert value(most_elements(diagonal)) == "W_hy"
    assert "input_to_output_matrix" in held(largest_matrix(with_arrays(b_y=lambda i, h, o: (o, i))))
