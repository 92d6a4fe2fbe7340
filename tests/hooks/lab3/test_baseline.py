"""The baseline beside the RNN: what each sees, and labs in which it is the other way."""

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.baseline import baseline_and_rnn
from tests.hooks.claims import all_of, held
from tests.hooks.lab3.broken import Bag, LastWord, PaddingCounted, altered


def test_every_difference_is_found():
    assert held(baseline_and_rnn(lab)) == all_of(baseline_and_rnn(lab))


def test_a_baseline_that_reads_one_word_sees_order_and_averages_nothing():
    broken = altered(Baseline=LastWord)
    assert not {"baseline_ignores_order", "averages_real_words", "twins_alike_for_baseline"} & held(
        baseline_and_rnn(broken)
    )


def test_a_recurrent_network_over_a_bag_of_words_is_found():
    assert "rnn_sees_order" not in held(baseline_and_rnn(altered(RecurrentClassifier=Bag)))


@pytest.mark.parametrize(
    "names", [{"Baseline": PaddingCounted}, {"mean_pool": lambda vectors, lengths: vectors.mean(dim=1)}]
)
def test_padding_in_the_mean_is_found_though_order_still_does_not_matter(names):
    broken = altered(**names)
    assert "averages_real_words" not in held(baseline_and_rnn(broken))
    assert "baseline_ignores_order" in held(baseline_and_rnn(broken))
