"""Files, data sets, embeddings, batches, the bundled corpus."""

import dataclasses
import itertools
import re
from collections import Counter

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from labs.lab3 import (
    BUNDLED_DATA,
    PAD_INDEX,
    DataFileError,
    Instance,
    NLPDataset,
    Vocab,
    embedding_matrix,
    load_splits,
    make_embedding,
    pad_collate_fn,
    read_instances,
    read_vectors,
    unknown_share,
)


@pytest.fixture
def write(tmp_path):
    def write(text, name="train.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_reading(write):
    path = write("\ufeffdobar film , da, positive\r\nčudno, negative")
    assert read_instances(path) == [
        Instance(("dobar", "film", ",", "da"), "positive"),
        Instance(("čudno",), "negative"),
    ]
    with pytest.raises(dataclasses.FrozenInstanceError):
        read_instances(path)[0].label = "negative"


@pytest.mark.parametrize(
    "line",
    ["", "no label", "text,positive", "text, neutral", "two  spaces, positive", ", positive", " a, negative"],
)
def test_a_malformed_line_is_named(write, line):
    path = write(f"fine, positive\n{line}\nfine, negative\n")
    with pytest.raises(DataFileError, match=re.escape(f"{path}:2: ")) as error:
        NLPDataset.from_file(path)
    assert isinstance(error.value, ValueError)
    assert error.value.line == 2


@pytest.mark.parametrize("content", ["", b"\xff\xfe, positive\n"])
def test_an_unreadable_file_is_named(write, content):
    path = write(content)
    with pytest.raises(DataFileError, match=re.escape(str(path))):
        read_instances(path)


def test_dataset(write):
    train = NLPDataset.from_file(write("b a a, negative\na c, positive\n"))
    assert train.frequencies == Counter({"a": 3, "b": 1, "c": 1})
    text, label = train[0]
    assert (text.tolist(), label.item(), label.dtype, label.shape) == ([3, 2, 2], 1, torch.int64, ())
    assert len(train) == 2
    test = NLPDataset.from_file(write("a x, positive\n", "test.csv"), train.text_vocab)
    assert test[0][0].tolist() == [2, 1]


def test_the_vocabulary_comes_from_the_training_split_only(write):
    write("a b, positive\n")
    write("c, positive\n", "valid.csv")
    folder = write("d, negative\n", "test.csv").parent
    splits = load_splits(folder)
    assert splits["test"].text_vocab is splits["train"].text_vocab
    assert "c" not in splits["train"].text_vocab
    (folder / "valid.csv").unlink()
    with pytest.raises(DataFileError, match=r"sst_valid_raw.csv ni valid.csv"):
        load_splits(folder)


@given(st.lists(st.lists(st.integers(2, 9), min_size=1, max_size=6), min_size=1, max_size=6), st.integers(0, 1))
def test_collate_against_a_naive_loop(rows, pad):
    batch = [(torch.tensor(row), torch.tensor(i % 2)) for i, row in enumerate(rows)]
    texts, labels, lengths = pad_collate_fn(batch, pad_index=pad)
    widest = max(map(len, rows))
    assert texts.tolist() == [row + [pad] * (widest - len(row)) for row in rows]
    assert labels.tolist() == [i % 2 for i in range(len(rows))]
    assert lengths.tolist() == [len(row) for row in rows]


def test_collate_refuses_what_has_no_shape():
    with pytest.raises(ValueError, match="empty batch"):
        pad_collate_fn([])
    with pytest.raises(ValueError, match="without tokens"):
        pad_collate_fn([(torch.tensor([], dtype=torch.int64), torch.tensor(0))])


def test_random_embedding():
    vocab = Vocab({str(i): 1 for i in range(500)})
    matrix = embedding_matrix(vocab, seed=4)
    assert matrix.shape == (502, 300)
    assert not matrix[PAD_INDEX].any()
    assert abs(matrix[1:].mean()) < 0.01
    assert abs(matrix[1:].std() - 1) < 0.01
    assert torch.equal(matrix, embedding_matrix(vocab, seed=4))
    assert not torch.equal(matrix, embedding_matrix(vocab, seed=5))
    layer = make_embedding(matrix, freeze=False)
    assert layer.weight.requires_grad
    layer(torch.tensor([0, 1])).sum().backward()
    assert not layer.weight.grad[PAD_INDEX].any()
    assert layer.weight.grad[1].all()
    layer.weight.data.zero_()
    assert matrix.any(), "the layer owns its weights"


def test_vectors_from_a_file(write):
    vocab = Vocab({"good": 2, "film": 1})
    path = write("film 1 2 3\n. . . 7 7 7\n<PAD> 9 9 9\ngood -1 0.5 2e-1\nfilm 4 4 4\n", "glove.txt")
    vectors = read_vectors(path, vocab, 3)
    assert vectors == {"film": [1, 2, 3], "good": [-1, 0.5, 0.2], "<PAD>": [9, 9, 9]}
    matrix = embedding_matrix(vocab, 3, vectors=vectors)
    torch.testing.assert_close(matrix[[0, 2, 3]], torch.tensor([[0, 0, 0], [-1, 0.5, 0.2], [1, 2, 3]]))
    assert torch.equal(matrix[1], embedding_matrix(vocab, 3)[1])
    assert not make_embedding(matrix, freeze=True).weight.requires_grad


@pytest.mark.parametrize("line", ["film 1 2", "film", "", "film 1 x 3", "film 1 nan 3", "film 1 inf 3", "1 2 3"])
def test_a_malformed_vector_is_named(write, line):
    path = write(f"good 1 2 3\n{line}\n", "glove.txt")
    with pytest.raises(DataFileError, match=re.escape(f"{path}:2: ")):
        read_vectors(path, Vocab({"film": 1, "good": 1}), 3)


def test_a_matrix_needs_padding_and_vectors_of_its_size():
    with pytest.raises(ValueError, match="<PAD>"):
        embedding_matrix(Vocab({"a": 1}, specials=()))
    with pytest.raises(ValueError, match="3 expected"):
        embedding_matrix(Vocab({"a": 1}), 3, vectors={"a": [1.0]})


def test_bundled_corpus():
    splits = load_splits(BUNDLED_DATA)
    assert {name: len(split) for name, split in splits.items()} == {"train": 240, "valid": 60, "test": 60}
    for split in splits.values():
        assert Counter(i.label for i in split.instances)["positive"] == len(split) / 2
        assert all(token == token.lower() for token in split.frequencies)
    everything = [instance.text for split in splits.values() for instance in split.instances]
    assert len(set(everything)) == 360
    for name in ("valid", "test"):
        bags = Counter(tuple(sorted(i.text)) for i in splits[name].instances)
        assert sum(count == 2 for count in bags.values()) == 3, "pairs that differ only in word order"


def test_the_share_of_unknown_words_is_a_curve():
    shares = []
    for min_freq in (0, 2, 3, 5, 10):
        train = load_splits(BUNDLED_DATA, min_freq=min_freq)["train"]
        shares.append(unknown_share(train.text_vocab, train.frequencies.elements()))
    assert shares[0] == 0
    assert all(after - before > 0.05 for before, after in itertools.pairwise(shares))
