"""The nearest class mean: confirmed on the lab, told apart from its rivals, and from broken evaluations."""

import pytest
import torch

import labs.lab4 as lab
from quizlab.hooks.lab4 import digits, rivals
from quizlab.hooks.lab4.classification import classification_method, nearest_mean
from quizlab.hooks.lab4.kind import classification_kind
from tests.hooks.claims import held, refuted
from tests.hooks.lab4.broken import Logits, altered, evaluate_by, farthest, nearest
from tests.thinned import thinned

METHOD = {"nearest_mean", "reproduced", "one_prototype_per_class"}
KIND = {"metric_learning", "in_feature_space", "one_prototype_per_class"}


@pytest.mark.parametrize("seed", thinned([0, 1, 2], 3))
def test_the_same_verdicts_whatever_the_seed(seed, monkeypatch):
    monkeypatch.setattr(digits, "SEED", seed)
    fresh = altered()
    assert held(classification_method(fresh)) == METHOD
    assert not refuted(nearest_mean(fresh))
    assert held(classification_kind(fresh)) == KIND


def test_an_equal_evaluation_written_otherwise_is_confirmed():
    same = altered(evaluate=evaluate_by(nearest))
    assert held(classification_method(same)) == METHOD
    assert not refuted(nearest_mean(same))


def test_a_query_left_as_it_is_is_found():
    assert refuted(nearest_mean(altered(evaluate=evaluate_by(nearest, unit_query=False)))) == {"query_normalised"}


@pytest.mark.stress
def test_choosing_the_farthest_class_is_found():
    broken = altered(evaluate=evaluate_by(farthest))
    assert "nearest_mean" in refuted(classification_method(broken))
    assert "nearest_mean" in refuted(nearest_mean(broken))
    assert "metric_learning" in refuted(classification_kind(broken))


@pytest.mark.parametrize(
    "distance",
    [
        lambda rows, r: (r.unsqueeze(-2) - rows).abs().sum(dim=-1),
        lambda rows, r: -(r.unsqueeze(-2) * rows).sum(dim=-1),
    ],
    ids=["manhattan", "dot"],
)
def test_another_distance_is_found(distance):
    assert "euclidean" in refuted(nearest_mean(altered(make_predictions=distance)))


def test_an_evaluation_by_the_nearest_example_is_found():
    def by_example(model, representations, loader, device="cpu"):
        known, labels = digits.learned(lab).known, digits.known(lab).labels
        unit = digits.unit_rows(known)
        right = [
            labels[torch.cdist(digits.unit_rows(model.eval().get_features(images)), unit).argmin(dim=1)] == wanted
            for images, wanted in loader
        ]
        return float(torch.cat(right).float().mean())

    found = held(classification_method(altered(evaluate=by_example)))
    assert "nearest_example" in found
    assert not {"nearest_mean", "one_prototype_per_class"} & found


@pytest.mark.stress
def test_a_classifier_with_logits_is_told_from_metric_learning():
    assert "classifier_layer" in held(classification_kind(altered(SimpleMetricEmbedding=Logits)))


def test_a_class_that_was_not_removed_proves_nothing():
    def keeping(root=None, split="train", remove_class=None, seed=None):
        return lab.MNISTMetricDataset(root, split, None, seed)

    assert "metric_learning" in refuted(classification_kind(altered(MNISTMetricDataset=keeping)))


def test_a_training_that_teaches_nothing_is_no_matter_of_the_kind() -> None:
    def spoil(model, optimizer, loader, device="cpu"):
        noise = torch.Generator().manual_seed(0)
        model.get_features = lambda images: torch.randn(len(images), digits.EMB_SIZE, generator=noise)
        return 0.0

    found = classification_kind(altered(train=spoil))
    assert held(found) == KIND
    assert "modelom prije učenja" in found.claims[0].says
    assert found.blocks[0].title == "Model prije učenja"


def test_the_rivals_are_real_classifiers():
    """On classes far apart every method must be right, or its disagreement would prove nothing."""
    torch.manual_seed(0)
    labels = torch.arange(10).repeat(20)
    points = torch.eye(12)[labels] * 3 + 0.1 * torch.randn(200, 12)
    for method in (rivals.logistic_regression, rivals.linear_regression, rivals.naive_bayes):
        assert torch.equal(method(points[:150], labels[:150], points[150:]), labels[150:]), method.__name__
