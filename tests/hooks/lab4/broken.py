"""Labs that are wrong in one thing each, for the proofs that need a learned embedding."""

from types import SimpleNamespace

import torch
from torch import nn
from torch.nn.functional import normalize

import labs.lab4 as lab


def altered(**names):
    """The lab with some of its names replaced; a new object, so nothing computed for another is reused."""
    return SimpleNamespace(**{**vars(lab), **names})


class WithoutNorm(nn.Sequential):
    """The lab's unit without batch normalisation."""

    def __init__(self, maps_in, maps_out, k=3, bias=True, padding=0):
        super().__init__(nn.ReLU(), nn.Conv2d(maps_in, maps_out, k, padding=padding, bias=bias))


class WithoutNormModel(lab.SimpleMetricEmbedding):
    def __init__(self, *args, **settings):
        super().__init__(*args, **settings, unit=WithoutNorm)


class TwoNeurons(lab.SimpleMetricEmbedding):
    """A model that ends with a layer of two neurons."""

    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.fc = nn.Linear(self.emb_size, 2)

    def get_features(self, img):
        return self.fc(super().get_features(img))


class Logits(TwoNeurons):
    """A classifier: one output for each of the ten classes."""

    def __init__(self, *args, **settings):
        super().__init__(*args, **settings)
        self.fc = nn.Linear(self.emb_size, 10)


class WrongPositive(lab.MNISTMetricDataset):
    """Positives of another class."""

    def _sample_positive(self, index):
        return self._sample_negative(index)


def represent(by_class):
    """A compute_representations that makes each row of a class's embeddings with ``by_class``."""

    def compute_representations(model, loader, identities_count, emb_size, device="cpu"):
        model.eval()
        with torch.no_grad():
            found = [(model.get_features(images), labels) for images, labels in loader]
        features, labels = (torch.cat(parts) for parts in zip(*found, strict=True))
        return torch.stack([by_class(features[labels == c]) for c in range(identities_count)])

    return compute_representations


def mean(rows):
    return rows.mean(dim=0)


def median(rows):
    return normalize(rows.median(dim=0).values, dim=0)


def mean_of_normalised(rows):
    return normalize(normalize(rows, dim=1).mean(dim=0), dim=0)


def evaluate_by(decide, *, unit_query=True):
    """An evaluate that decides on the class from the lab's distances with ``decide``."""

    def evaluate(model, representations, loader, device="cpu"):
        model.eval()
        right = []
        with torch.no_grad():
            for images, labels in loader:
                query = model.get_features(images)
                query = normalize(query, dim=1) if unit_query else query
                right.append(decide(lab.make_predictions(representations, query)) == labels)
        return float(torch.cat(right).float().mean())

    return evaluate


def nearest(distances):
    return distances.argmin(dim=-1)


def farthest(distances):
    return distances.argmax(dim=-1)
