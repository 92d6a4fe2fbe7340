"""Word order: unseen by the baseline, seen by the RNN, and labs in which it is the other way."""

from types import SimpleNamespace

import pytest
import torch

import labs.lab3 as lab
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.permutation import baseline_and_rnn, word_order_accuracy, word_order_loss

HOOKS = (word_order_accuracy, word_order_loss, baseline_and_rnn)


def altered(**names):
    return SimpleNamespace(**{**vars(lab), **names})


def held(evidence):
    return {claim.name for claim in evidence.claims if claim.holds}


class PaddingCounted(lab.Baseline):
    def forward(self, texts, lengths):
        return super().forward(texts, torch.full_like(lengths, texts.shape[1]))


class LastWord(lab.Baseline):
    def forward(self, texts, lengths):
        last = texts[torch.arange(len(texts)), lengths - 1].unsqueeze(1)
        return super().forward(last, torch.ones_like(lengths))


class Bag(lab.RecurrentClassifier):
    """The network gets one step: the mean of the words."""

    def forward(self, texts, lengths):
        mean = lab.mean_pool(self.embedding(texts), lengths)
        return self.fc2(self.fc1(self.rnn(mean.unsqueeze(0))[0][-1]).relu())


def test_the_baseline_keeps_accuracy_and_loss_and_the_rnn_does_not():
    accuracy, loss, both = (hook(lab) for hook in HOOKS)
    assert held(accuracy) == {"accuracy_unchanged", "loss_unchanged", "baseline_ignores_order", "rnn_sees_order"}
    assert held(loss) == {"loss_unchanged", "training_unchanged", "baseline_ignores_order", "rnn_sees_order"}
    assert held(both) == {claim.name for claim in both.claims}
    (_, whole, shuffled, _) = accuracy.blocks[0].rows[1]
    assert whole.startswith("9")
    assert all(float(each.removesuffix(" %").replace(",", ".")) < 80 for each in shuffled.split("; "))


def test_shuffling_keeps_the_words():
    for (words, label), (other, same_label) in zip(
        corpus.items(lab), corpus.shuffled(corpus.items(lab), 1), strict=True
    ):
        assert torch.equal(words.sort().values, other.sort().values)
        assert label is same_label


def test_the_twins_share_their_words_and_not_their_labels():
    assert len(corpus.twins(lab)) >= 6
    for one, other in corpus.twins(lab):
        assert sorted(one.text) == sorted(other.text)
        assert one.text != other.text
        assert one.label != other.label


def test_a_baseline_that_reads_one_word_loses_by_shuffling():
    broken = altered(Baseline=LastWord)
    assert {"accuracy_falls"} == {name for name in held(word_order_accuracy(broken)) if name.startswith("accuracy")}
    assert "loss_grows" in held(word_order_loss(broken))
    assert not {"baseline_ignores_order", "averages_real_words", "twins_alike_for_baseline"} & held(
        baseline_and_rnn(broken)
    )


def test_a_recurrent_network_over_a_bag_of_words_is_found():
    for hook in HOOKS:
        assert "rnn_sees_order" not in held(hook(altered(RecurrentClassifier=Bag)))


@pytest.mark.parametrize(
    "names", [{"Baseline": PaddingCounted}, {"mean_pool": lambda vectors, lengths: vectors.mean(dim=1)}]
)
def test_padding_in_the_mean_is_found_though_order_still_does_not_matter(names):
    broken = altered(**names)
    assert "averages_real_words" not in held(baseline_and_rnn(broken))
    assert "baseline_ignores_order" in held(baseline_and_rnn(broken))
    assert "accuracy_unchanged" in held(word_order_accuracy(broken))
    assert "loss_unchanged" in held(word_order_loss(broken))


def test_the_result_does_not_depend_on_what_ran_before():
    first = word_order_loss(altered())
    torch.rand(7)
    assert word_order_loss(altered()) == first
