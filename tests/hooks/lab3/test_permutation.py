"""Word order: accuracy and loss of both models, and labs in which it is the other way."""

import pytest
import torch

import labs.lab3 as lab
from quizlab.hooks.lab3.permutation import word_order_accuracy, word_order_loss
from tests.hooks.claims import held
from tests.hooks.lab3.broken import Bag, LastWord, PaddingCounted, altered


def test_the_result_does_not_depend_on_what_ran_before():
    first = word_order_loss(altered())
    torch.rand(7)
    assert word_order_loss(altered()) == first


def test_the_baseline_keeps_accuracy_and_loss_and_the_rnn_does_not():
    accuracy, loss = word_order_accuracy(lab), word_order_loss(lab)
    both = {"loss_unchanged", "baseline_ignores_order", "rnn_sees_order", "averages_the_words", "evaluated_right"}
    assert held(accuracy) == {"accuracy_unchanged", *both}
    assert held(loss) == {"training_unchanged", *both}
    (_, whole, shuffled, _) = accuracy.blocks[0].rows[1]
    assert whole.startswith("9")
    assert all(float(each.removesuffix(" %").replace(",", ".")) < 80 for each in shuffled.split("; "))


def test_a_baseline_that_reads_one_word_loses_by_shuffling():
    broken = altered(Baseline=LastWord)
    assert {"accuracy_falls"} == {name for name in held(word_order_accuracy(broken)) if name.startswith("accuracy")}
    assert "loss_grows" in held(word_order_loss(broken))


@pytest.mark.parametrize("hook", [word_order_accuracy, word_order_loss])
def test_a_recurrent_network_over_a_bag_of_words_is_found(hook):
    assert "rnn_sees_order" not in held(hook(altered(RecurrentClassifier=Bag)))


@pytest.mark.parametrize(
    "names", [{"Baseline": PaddingCounted}, {"mean_pool": lambda vectors, lengths: vectors.mean(dim=1)}]
)
def test_padding_in_the_mean_does_not_make_order_matter(names):
    broken = altered(**names)
    assert "accuracy_unchanged" in held(word_order_accuracy(broken))
    assert "loss_unchanged" in held(word_order_loss(broken))
