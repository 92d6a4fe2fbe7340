"""The corpus that the proofs share: shuffled sentences and twins."""

import torch

import labs.lab3 as lab
from quizlab.hooks.lab3 import corpus


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
