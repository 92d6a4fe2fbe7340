"""The models: padding, word order, sizes, attention."""

import itertools

import pytest
import torch
from torch import nn

from labs.lab3 import (
    CELLS,
    MODELS,
    Attention,
    Baseline,
    Config,
    RecurrentClassifier,
    make_embedding,
    make_model,
    mean_pool,
    pad_collate_fn,
)

SENTENCES = [[3, 4, 5, 6, 7, 8], [5], [9, 2, 2], [4, 3, 9], [7, 7, 7, 7, 1]]


@pytest.fixture
def embedding():
    torch.manual_seed(0)
    matrix = torch.randn(10, 8)
    matrix[0] = 100.0  # padding that is looked at would be noticed
    return make_embedding(matrix, freeze=False)


def batch_of(sentences):
    return pad_collate_fn([(torch.tensor(sentence), torch.tensor(0)) for sentence in sentences])


def assert_padding_changes_nothing(model):
    model = model.double().eval()
    texts, _, lengths = batch_of(SENTENCES)
    together = model(texts, lengths)
    alone = torch.cat([model(*batch_of([sentence])[::2]) for sentence in SENTENCES])
    assert together.shape == (len(SENTENCES), 1)
    torch.testing.assert_close(together, alone, rtol=1e-9, atol=1e-12)
    wider = torch.nn.functional.pad(texts, (0, 4))
    torch.testing.assert_close(model(wider, lengths), together, rtol=1e-9, atol=1e-12)


def test_padding_does_not_change_the_baseline(embedding):
    assert_padding_changes_nothing(Baseline(embedding, 6))


@pytest.mark.parametrize(
    ("cell", "packing", "bidirectional", "attention"),
    list(itertools.product(CELLS, [True, False], [True, False], [True, False])),
)
def test_padding_does_not_change_the_recurrent_models(embedding, cell, packing, bidirectional, attention):
    model = RecurrentClassifier(
        embedding, cell, 6, 2, 0.5, bidirectional=bidirectional, attention=attention, packing=packing
    )
    assert_padding_changes_nothing(model)


@pytest.mark.parametrize("bidirectional", [True, False])
@pytest.mark.parametrize("cell", CELLS)
def test_packed_and_unpacked_agree_in_gradients_too(embedding, cell, bidirectional):
    model = RecurrentClassifier(embedding, cell, 6, bidirectional=bidirectional).double()
    texts, _, lengths = batch_of(SENTENCES)
    gradients = []
    for packing in (True, False):
        model.packing = packing
        model.zero_grad()
        model(texts, lengths).square().sum().backward()
        gradients.append([parameter.grad.clone() for parameter in model.parameters()])
    torch.testing.assert_close(gradients[0], gradients[1], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("cell", CELLS)
def test_the_head_gets_the_last_layer_s_last_state(embedding, cell):
    model = RecurrentClassifier(embedding, cell, 6).eval()
    texts, _, lengths = batch_of(SENTENCES[:1])
    last = model.rnn(embedding(texts.T))[1]
    h = last[0] if isinstance(last, tuple) else last
    torch.testing.assert_close(model(texts, lengths), model.fc2(model.fc1(h[-1]).relu()))


def test_bidirectional_state_is_what_torch_returns(embedding):
    model = RecurrentClassifier(embedding, "lstm", 6, bidirectional=True).eval()
    texts, _, lengths = batch_of(SENTENCES[:1])
    h = model.rnn(embedding(texts.T))[1][0]
    expected = model.fc2(model.fc1(torch.cat([h[-2], h[-1]], dim=1)).relu())
    torch.testing.assert_close(model(texts, lengths), expected)


def test_word_order_matters_to_the_recurrent_models_only(embedding):
    texts, _, lengths = batch_of([SENTENCES[0], SENTENCES[0][::-1]])
    a, b = Baseline(embedding, 6).double()(texts, lengths)
    torch.testing.assert_close(a, b, rtol=1e-12, atol=1e-14)
    for cell in CELLS:
        a, b = RecurrentClassifier(embedding, cell, 6).double()(texts, lengths)
        assert abs(a - b) > 1e-6


def test_mean_pool_against_a_loop():
    vectors, lengths = torch.randn(4, 7, 3), torch.tensor([7, 1, 3, 5])
    expected = torch.stack([vectors[i, :n].mean(dim=0) for i, n in enumerate(lengths.tolist())])
    torch.testing.assert_close(mean_pool(vectors, lengths), expected)


def test_sizes_of_the_lab():
    embedding = make_embedding(torch.zeros(5, 300), freeze=True)
    baseline = make_model(Config(model="baseline"), embedding)
    assert [tuple(m.weight.shape) for m in baseline.children() if isinstance(m, nn.Linear)] == [
        (150, 300),
        (150, 150),
        (1, 150),
    ]
    for name in ("rnn", "gru", "lstm"):
        model = make_model(Config(model=name), embedding)
        assert type(model.rnn).__name__ == name.upper()
        assert (model.rnn.num_layers, model.rnn.hidden_size, model.rnn.batch_first) == (2, 150, False)
        assert (model.fc1.weight.shape, model.fc2.weight.shape) == ((150, 150), (1, 150))
    wide = make_model(Config(model="gru", bidirectional=True, attention=True, dropout=0.3), embedding)
    assert wide.fc1.weight.shape == (150, 300)
    assert wide.attention.W1.weight.shape == (150, 300)
    assert wide.rnn.dropout == 0.3


@pytest.mark.parametrize("name", MODELS)
def test_logits_have_one_column(embedding, name):
    model = make_model(Config(model=name, hidden_size=6), embedding)
    texts, _, lengths = batch_of(SENTENCES)
    assert model(texts, lengths).shape == (5, 1)


def test_one_layer_has_no_place_for_dropout(embedding, recwarn):
    RecurrentClassifier(embedding, "rnn", 6, num_layers=1, dropout=0.5)
    assert not recwarn.list


def test_attention_against_the_formula():
    attention = Attention(6, 4)
    states, lengths = torch.randn(5, 3, 6), torch.tensor([5, 1, 3])
    pooled, weights = attention(states, lengths)
    for i, n in enumerate(lengths.tolist()):
        h = states[:n, i]
        scores = torch.tanh(h @ attention.W1.weight.T) @ attention.w2.weight[0]
        alpha = scores.exp() / scores.exp().sum()
        torch.testing.assert_close(weights[:n, i], alpha)
        torch.testing.assert_close(pooled[i], alpha @ h)
        assert not weights[n:, i].any()
    assert Attention(6).W1.weight.shape == (3, 6)


def test_an_unknown_cell_is_refused(embedding):
    with pytest.raises(ValueError, match="unknown cell"):
        RecurrentClassifier(embedding, "elman")


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU here")
@pytest.mark.parametrize("name", MODELS)
def test_gpu_gives_what_cpu_gives(embedding, name):
    model = make_model(Config(model=name, hidden_size=6, attention=True, bidirectional=True), embedding).eval()
    texts, _, lengths = batch_of(SENTENCES)
    expected = model(texts, lengths)
    with torch.backends.cudnn.flags(allow_tf32=False):  # its short mantissa would be the difference
        actual = model.cuda()(texts.cuda(), lengths)
    torch.testing.assert_close(actual.cpu(), expected, rtol=1e-4, atol=1e-5)
