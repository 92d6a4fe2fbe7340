"""The controls of the lab on its own data, which are not part of the project."""

from pathlib import Path

import pytest
import torch

from labs.lab3 import NLPDataset, load_splits, pad_collate_fn

SST = Path(__file__).parents[4] / "shared" / "data" / "sst"
pytestmark = pytest.mark.skipif(
    not (SST / "sst_train_raw.csv").is_file(), reason="the Stanford Sentiment Treebank files are not here"
)


@pytest.fixture(scope="module")
def splits():
    return load_splits(SST)


def test_controls_of_the_lab(splits):
    assert {name: len(split) for name, split in splits.items()} == {"train": 6920, "valid": 1821, "test": 872}
    frequencies = splits["train"].frequencies
    assert len(frequencies) == 14_804
    assert [frequencies[word] for word in ("the", "a", "and", "of", "to")] == [5954, 4361, 3831, 3631, 2438]
    vocab = splits["train"].text_vocab
    assert len(vocab) == 14_806
    assert [vocab.encode(word) for word in ("<PAD>", "<UNK>", "the", "a", "and", "my")] == [
        0,
        1,
        2,
        3,
        4,
        188,
    ]


def test_the_lab_text_s_example(splits):
    text, label = splits["train"][3]
    instance = splits["train"].instances[3]
    assert splits["train"].text_vocab.decode(text) == list(instance.text)
    assert label == 0
    texts, labels, lengths = pad_collate_fn([splits["train"][i] for i in range(2)])
    assert texts.shape == (2, int(lengths.max()))
    assert labels.tolist() == [0, 0]
    assert torch.equal(texts == 0, torch.arange(int(lengths.max())) >= lengths[:, None])


def test_limits(splits):
    limited = NLPDataset.from_file(SST / "sst_train_raw.csv", max_size=1000, min_freq=2)
    assert limited.text_vocab.itos == splits["train"].text_vocab.itos[:1000]
