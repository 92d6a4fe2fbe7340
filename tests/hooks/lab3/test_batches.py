"""Shapes of a padded batch and of the states that a bidirectional LSTM returns for it."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

import labs.lab3 as lab
from quizlab.hooks.lab3.batches import padded_shape, states_shape
from tests.bank.small import bounded
from tests.broken.lab3 import BROKEN
from tests.hooks.claims import held

lengths = st.integers(1, 30)


@bounded(25)
@given(lengths, lengths, lengths)
def test_a_batch_is_as_wide_as_its_longest_sentence(first, second, third):
    sizes = {"first": first, "second": second, "third": third}
    longest = max(sizes.values())
    assert padded_shape(lab, **sizes).cases[0].value == (3, longest)
    assert padded_shape(lab, **sizes, result="time-first").cases[0].value == (longest, 3)
    assert padded_shape(lab, **sizes, cut="shortest").cases[0].value == (3, min(sizes.values()))
    assert padded_shape(lab, **sizes, cut="last").cases[0].value == (3, min(longest, third))
    assert padded_shape(lab, **sizes, result="repeated").cases[0].value == (3, sum(sizes.values()))
    assert padded_shape(lab, **sizes, result="joined").cases[0].value == (sum(sizes.values()),)
    assert held(padded_shape(lab, **sizes)) == {"words_kept_and_filled_with_zeros", "real_lengths_returned"}


def test_a_batch_cut_to_the_shortest_is_noticed():
    evidence = padded_shape(BROKEN["texts cut to the shortest"])
    assert evidence.cases[0].value == (3, 4)
    assert not held(evidence)


@pytest.mark.parametrize(("steps", "batch", "hidden", "layers"), [(1, 1, 1, 1), (7, 3, 5, 2), (4, 6, 8, 3)])
def test_the_states_of_both_directions_stand_side_by_side(steps, batch, hidden, layers):
    sizes = {"steps": steps, "batch": batch, "hidden": hidden, "layers": layers}
    assert states_shape(lab, **sizes).cases[0].value == (steps, batch, 2 * hidden)
    assert states_shape(lab, **sizes, bidirectional=False).cases[0].value == (steps, batch, hidden)
    assert states_shape(lab, **sizes, result="batch-first").cases[0].value == (batch, steps, 2 * hidden)
    assert states_shape(lab, **sizes, result="last").cases[0].value == (2 * layers, batch, hidden)
    assert held(states_shape(lab, **sizes)) == {"two_directions_double_the_states"}


def test_a_network_that_reads_one_way_is_noticed_and_chance_is_left_alone():
    before = torch.get_rng_state()
    evidence = states_shape(BROKEN["one direction only"])
    assert evidence.cases[0].value == (20, 10, 150)
    assert not held(evidence)
    assert torch.equal(before, torch.get_rng_state())
