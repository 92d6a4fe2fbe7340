"""Plain RNNs with other arrays, and any sizes to build them with."""

import dataclasses

import numpy as np
from hypothesis import strategies as st

import labs.lab3 as lab
from tests.broken.sources import replaced

BILLION = 1_000_000_000
sizes = st.integers(1, BILLION)


def value(evidence):
    return evidence.cases[0].value


def with_arrays(**arrays):
    """The lab whose plain RNN has other arrays: name → shape, given the sizes (I, H, O)."""

    class Network(lab.PlainRNN):
        def __init__(self, i, h, o, rng, scale=0.01):
            super().__init__(i, h, o, rng, scale)
            changed = {name: np.zeros(shape(i, h, o)) for name, shape in arrays.items()}
            self.parameters = dataclasses.replace(self.parameters, **changed)

    return replaced("lab3", {"PlainRNN": Network})
