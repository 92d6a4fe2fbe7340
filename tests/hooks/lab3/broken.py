"""Labs that are wrong in one thing each, for the proofs that need sentences."""

import torch

import labs.lab3 as lab
from tests.broken.sources import replaced


def altered(**names):
    """The lab with some of its names replaced; a new object, so nothing computed for another is reused."""
    return replaced("lab3", names)


class PaddingCounted(lab.Baseline):
    """The mean runs over the padding too."""

    def forward(self, texts, lengths):
        return super().forward(texts, torch.full_like(lengths, texts.shape[1]))


def vocabulary(*specials):
    """A vocabulary with other special tokens."""

    class Vocab(lab.Vocab):
        def __init__(self, frequencies, max_size=-1, min_freq=0, specials=specials):
            super().__init__(frequencies, max_size, min_freq, specials)

    return Vocab


class LastWord(lab.Baseline):
    """Of every sentence only the last word is read."""

    def forward(self, texts, lengths):
        last = texts[torch.arange(len(texts)), lengths - 1].unsqueeze(1)
        return super().forward(last, torch.ones_like(lengths))


class Bag(lab.RecurrentClassifier):
    """The network gets one step: the mean of the words."""

    def forward(self, texts, lengths):
        mean = lab.mean_pool(self.embedding(texts), lengths)
        return self.fc2(self.fc1(self.rnn(mean.unsqueeze(0))[0][-1]).relu())
