"""Data sets whose sampler breaks a rule, or is as good another way."""

import labs.lab4 as lab
from tests.hooks.lab4.broken import altered


def with_dataset(dataset):
    """The lab with another data set; a new object, so nothing computed for another is reused."""
    return altered(MNISTMetricDataset=dataset)


class Crossed(lab.MNISTMetricDataset):
    """Positives come from another class, negatives from the anchor's."""

    def _sample_positive(self, index):
        return super()._sample_negative(index)

    def _sample_negative(self, index):
        return super()._sample_positive(index)


class SameClass(lab.MNISTMetricDataset):
    def _sample_negative(self, index):
        return self._sample_positive(index)


class Careless(lab.MNISTMetricDataset):
    def _sample_positive(self, index):
        return self._random.randrange(len(self))

    def _sample_negative(self, index):
        return self._random.randrange(len(self))


class Excluding(lab.MNISTMetricDataset):
    """Never draws the anchor as its own positive."""

    def _sample_positive(self, index):
        rest = [other for other in self.target2indices[int(self.targets[index])] if other != index]
        return self._random.choice(rest)
