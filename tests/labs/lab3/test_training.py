"""Criterion, optimiser, clipping, metrics, one run from start to end."""

import dataclasses
import itertools
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from labs.lab3 import (
    BUNDLED_DATA,
    HYPERPARAMETERS,
    LABELS,
    Config,
    accuracy,
    clip_gradients,
    confusion_matrix,
    evaluate,
    experiment,
    f1_score,
    load_splits,
    make_criterion,
    make_embedding,
    make_loader,
    make_model,
    make_optimizer,
    run_seed,
    train_epoch,
)

CPU = torch.device("cpu")
classes = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=30)


@given(classes, st.integers(0, 1))
def test_metrics_against_a_naive_count(pairs, positive):
    targets, predictions = (torch.tensor(column) for column in zip(*pairs, strict=True))
    matrix = confusion_matrix(targets, predictions)
    assert matrix.tolist() == [[pairs.count((row, column)) for column in (0, 1)] for row in (0, 1)]
    assert math.isclose(accuracy(matrix), sum(t == p for t, p in pairs) / len(pairs), rel_tol=1e-6)
    hits = pairs.count((positive, positive))
    predicted = sum(p == positive for _, p in pairs)
    present = sum(t == positive for t, _ in pairs)
    precision, recall = hits / predicted if predicted else 0, hits / present if present else 0
    expected = 2 * precision * recall / (precision + recall) if precision + recall else 0
    assert math.isclose(f1_score(matrix, positive), expected, abs_tol=1e-12)


@pytest.mark.parametrize(("a", "b"), [([], []), ([0], [0, 1]), ([2], [0]), ([-1], [0])])
def test_metrics_refuse_what_is_no_pair_of_classes(a, b):
    with pytest.raises(ValueError, match=r"vectors|classes"):
        confusion_matrix(torch.tensor(a), torch.tensor(b))


def test_the_criterion_is_two_class_cross_entropy():
    logits, labels = torch.randn(50) * 5, torch.randint(0, 2, (50,))
    value = make_criterion()(logits, labels.float())
    two = torch.stack([torch.zeros(50), logits], dim=1)
    torch.testing.assert_close(value, nn.functional.cross_entropy(two, labels))
    assert value.shape == ()


def test_the_optimizer_is_adam_and_leaves_frozen_vectors_alone():
    model = make_model(Config(), make_embedding(torch.randn(5, 300), freeze=True))
    optimizer = make_optimizer(model, Config())
    assert type(optimizer) is torch.optim.Adam
    group = optimizer.param_groups[0]
    assert group["lr"] == 1e-4
    assert all(parameter is not model.embedding.weight for parameter in group["params"])
    assert len(group["params"]) == len(list(model.parameters())) - 1


def test_clipping_limits_the_common_norm_and_keeps_the_direction():
    parameters = [nn.Parameter(torch.zeros(3)), nn.Parameter(torch.zeros(2, 2))]
    for scale, limit in ((10.0, 0.25), (1e-3, 0.25)):
        before = [torch.randn_like(p) * scale for p in parameters]
        for parameter, gradient in zip(parameters, before, strict=True):
            parameter.grad = gradient.clone()
        norm = math.sqrt(sum(float(g.square().sum()) for g in before))
        assert math.isclose(float(clip_gradients(parameters, limit)), norm, rel_tol=1e-5)
        for parameter, gradient in zip(parameters, before, strict=True):
            torch.testing.assert_close(parameter.grad, gradient * min(1.0, limit / norm), rtol=1e-4, atol=0)


def test_the_nine_hyperparameters_are_fields_of_the_configuration():
    fields = {field.name for field in dataclasses.fields(Config)}
    assert len(HYPERPARAMETERS) == 9
    assert {name for names in HYPERPARAMETERS.values() for name in names} <= fields
    with pytest.raises(dataclasses.FrozenInstanceError):
        Config().epochs = 3


@pytest.mark.parametrize(
    "field",
    [
        {"epochs": 0},
        {"hidden_size": 0},
        {"learning_rate": 0.0},
        {"clip": float("nan")},
        {"dropout": 1.0},
        {"model": "transformer"},
        {"optimizer": "sgd"},
        {"min_freq": -1},
        {"max_size": 1},
    ],
)
def test_values_out_of_range_are_refused_by_name(field):
    with pytest.raises(ValueError, match=next(iter(field))):
        Config(**field)


def test_the_baseline_learns_and_the_run_can_be_repeated():
    splits = load_splits(BUNDLED_DATA)
    config = Config(model="baseline", learning_rate=1e-3, epochs=8)
    batches = []
    outcome = run_seed(splits, config, device=CPU, on_batch=batches.append)
    assert len(batches) == 8 * 24
    losses = [epoch.train_loss for epoch in outcome.epochs]
    assert losses[0] > 0.6
    assert losses[-1] < 0.3
    assert outcome.test.accuracy > 0.6
    assert sum(map(sum, outcome.test.confusion)) == 60
    again = run_seed(splits, config, device=CPU)
    assert (again.test, [e.train_loss for e in again.epochs]) == (outcome.test, losses)
    assert run_seed(splits, dataclasses.replace(config, seed=2, epochs=1), device=CPU).test != outcome.test


def test_evaluation_against_one_example_at_a_time():
    splits = load_splits(BUNDLED_DATA)
    torch.manual_seed(0)
    model = make_model(
        Config(hidden_size=8, dropout=0.5),
        make_embedding(torch.randn(len(splits["train"].text_vocab), 8), freeze=True),
    )
    with torch.no_grad():
        model.fc2.weight *= 20  # logits on both sides of 0, some within 1 of it
        model.fc2.bias -= 0.9
    model.train()
    result = evaluate(model, make_loader(splits["valid"], 7), make_criterion(), device=CPU)
    assert model.training, "the mode is given back"
    model.eval()
    losses, logits, counts = [], [], [[0, 0], [0, 0]]
    for text, label in splits["valid"]:
        logit = float(model(text[None], torch.tensor([len(text)])).detach())
        logits.append(logit)
        probability = 1 / (1 + math.exp(-logit))
        losses.append(-math.log(probability if label == LABELS.index("negative") else 1 - probability))
        counts[int(label)][int(probability > 0.5)] += 1
    assert any(0 < logit < 1 for logit in logits)
    assert min(logits) < 0
    assert math.isclose(result.loss, sum(losses) / 60, rel_tol=1e-5)
    assert [list(row) for row in result.confusion] == counts
    assert math.isclose(result.accuracy, (counts[0][0] + counts[1][1]) / 60, rel_tol=1e-6)


def test_an_epoch_clips_before_it_steps():
    splits = load_splits(BUNDLED_DATA)
    torch.manual_seed(0)
    matrix = torch.randn(len(splits["train"].text_vocab), 8) * 100
    model = make_model(Config(model="baseline", hidden_size=8), make_embedding(matrix, freeze=False))
    before = [parameter.detach().clone() for parameter in model.parameters()]
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    one = [next(iter(make_loader(splits["train"], 10)))]
    train_epoch(model, one, optimizer, make_criterion(), clip=0.25, device=CPU)
    moved = [p.detach() - b for p, b in zip(model.parameters(), before, strict=True)]
    norm = math.sqrt(sum(float(step.square().sum()) for step in moved))
    assert math.isclose(norm, 0.25, rel_tol=1e-2), "the gradient is larger than the limit, so the step is the limit"


def test_an_epoch_of_two_batches_is_two_steps_by_hand():
    splits = load_splits(BUNDLED_DATA)
    torch.manual_seed(0)
    matrix = torch.randn(len(splits["train"].text_vocab), 8)
    batches = list(itertools.islice(make_loader(splits["train"], 10), 2))
    results = []
    for by_hand in (False, True):
        torch.manual_seed(0)
        model = make_model(Config(model="baseline", hidden_size=8), make_embedding(matrix, freeze=True))
        optimizer = torch.optim.SGD(make_optimizer(model, Config()).param_groups[0]["params"], lr=0.5)
        if by_hand:
            for texts, labels, lengths in batches:
                loss = make_criterion()(model(texts, lengths)[:, 0], labels.float())
                names = [p for p in model.parameters() if p.requires_grad]
                with torch.no_grad():
                    for parameter, gradient in zip(names, torch.autograd.grad(loss, names), strict=True):
                        parameter.sub_(0.5 * gradient)
        else:
            train_epoch(model, batches, optimizer, make_criterion(), clip=1e9, device=CPU)
        results.append(model.state_dict())
    torch.testing.assert_close(*results)


@pytest.mark.parametrize("vectors", [None, {"film": [1.0] * 300}])
def test_a_run_shuffles_every_epoch_and_freezes_vectors_from_a_file(monkeypatch, vectors):
    orders = []

    def spy(model, batches, *args, **kwargs):
        orders.append(torch.cat([labels for _, labels, _ in batches]).tolist())
        assert model.embedding.weight.requires_grad == (vectors is None)
        return 0.0

    monkeypatch.setattr(experiment, "train_epoch", spy)
    splits = load_splits(BUNDLED_DATA)
    run_seed(splits, Config(model="baseline", epochs=2), device=CPU, vectors=vectors)
    kept = [int(label) for _, label in splits["train"]]
    assert orders[0] != orders[1]
    assert kept not in orders


def test_nothing_to_train_on_is_refused():
    model = nn.Linear(1, 1)
    optimizer = torch.optim.Adam(model.parameters())
    with pytest.raises(ValueError, match="train"):
        train_epoch(model, [], optimizer, make_criterion(), clip=1.0, device=CPU)
    with pytest.raises(ValueError, match="evaluate"):
        evaluate(model, [], make_criterion(), device=CPU)
