"""Vocabulary: its order against a naive second implementation, its limits, its reverse lookup."""

from collections import Counter

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from labs.lab3 import PAD, UNK, Vocab, make_label_vocab, unknown_share

words = st.lists(st.sampled_from("abcdefgh"), max_size=40)


def naive_words(tokens, max_size, min_freq):
    """Pick the most frequent remaining word, the earliest among equals, again and again."""
    left = list(dict.fromkeys(tokens))
    chosen = [PAD, UNK]
    while left:
        best = left[0]
        for word in left:
            if tokens.count(word) > tokens.count(best):
                best = word
        left.remove(best)
        if tokens.count(best) >= min_freq and (max_size == -1 or len(chosen) < max_size):
            chosen.append(best)
    return chosen


@given(words, st.sampled_from([-1, 2, 3, 5, 100]), st.integers(0, 5))
def test_order_and_limits(tokens, max_size, min_freq):
    vocab = Vocab(Counter(tokens), max_size=max_size, min_freq=min_freq)
    assert list(vocab.itos) == naive_words(tokens, max_size, min_freq)
    assert len(vocab) == len(vocab.itos) == len(vocab.stoi)


@given(words, st.integers(0, 4))
def test_decode_undoes_encode(tokens, min_freq):
    vocab = Vocab(Counter(tokens), min_freq=min_freq)
    expected = [token if token in vocab else UNK for token in tokens]
    indices = vocab.encode(tokens)
    assert indices.dtype == torch.int64
    assert indices.shape == (len(tokens),)
    assert vocab.decode(indices) == vocab.decode(indices.tolist()) == expected
    assert [vocab.encode(token) for token in tokens] == indices.tolist()
    assert all(vocab.encode(vocab.decode(index)) == index for index in range(len(vocab)))


def test_min_freq_spares_special_tokens_and_max_size_counts_them():
    frequencies = {"a": 5, "b": 3, "c": 1}
    assert Vocab(frequencies, min_freq=4).itos == (PAD, UNK, "a")
    assert Vocab(frequencies, min_freq=100).itos == (PAD, UNK)
    assert Vocab(frequencies, max_size=3).itos == (PAD, UNK, "a")
    assert Vocab(frequencies, max_size=2).itos == (PAD, UNK)


def test_a_word_that_looks_like_a_special_token_is_not_listed_twice():
    assert Vocab({PAD: 9, "a": 1}).itos == (PAD, UNK, "a")


def test_labels():
    labels = make_label_vocab()
    assert (labels.encode("positive"), labels.encode("negative"), len(labels)) == (0, 1, 2)
    with pytest.raises(KeyError, match="neutral"):
        labels.encode("neutral")


@pytest.mark.parametrize("options", [{"max_size": 1}, {"max_size": -2}, {"min_freq": -1}, {"specials": ["x", "x"]}])
def test_impossible_limits_are_refused(options):
    with pytest.raises(ValueError, match=r"max_size|min_freq|special"):
        Vocab({"a": 1}, **options)


@pytest.mark.parametrize("index", [-1, 3])
def test_an_index_outside_is_refused(index):
    with pytest.raises(IndexError):
        Vocab({"a": 1}).decode(index)


def test_unknown_share():
    assert unknown_share(Vocab({"a": 2, "b": 1}, min_freq=2), ["a", "a", "a", "b"]) == 0.25
    with pytest.raises(ValueError, match="no tokens"):
        unknown_share(Vocab({}), [])
