"""Ranks, shapes and sizes of the embeddings, and models that lose a dimension."""

from hypothesis import given, settings
from hypothesis import strategies as st

import labs.lab4 as lab
from quizlab.hooks.lab4.embedding import embedding_rank, embedding_sizes
from quizlab.hooks.lab4.identity import identity_shape, identity_size
from tests.hooks.claims import held
from tests.hooks.lab4.broken import altered

MEASURES = ("features", "channels", "learned")


def values(evidence):
    return {case.given["B"]: case.value for case in evidence.cases}


class Squeezed(lab.SimpleMetricEmbedding):
    def get_features(self, img):
        return super().get_features(img).squeeze()


class Row(lab.IdentityModel):
    def get_features(self, img):
        return img[:, 0, 0]


class Joined(lab.IdentityModel):
    def get_features(self, img):
        return img.flatten()


def test_the_rank_is_two_for_every_batch():
    evidence = embedding_rank(lab)
    assert values(evidence) == {1: 2, 2: 2, 64: 2}
    assert {"batch_by_embedding", "batch_of_one_kept"} <= held(evidence)


def test_mistaken_ranks():
    assert set(values(embedding_rank(lab, stop="maps")).values()) == {4}
    assert set(values(embedding_rank(lab, keep_batch=False)).values()) == {1}


def test_a_squeezed_batch_of_one_is_found():
    evidence = embedding_rank(altered(SimpleMetricEmbedding=Squeezed))
    assert values(evidence) == {1: 1, 2: 2, 64: 2}
    assert held(evidence) <= {"size_as_asked"}  # with more than one image the size is right


def test_the_sizes_of_both_models():
    assert embedding_sizes(lab).cases[0].value == (32, 784)
    assert embedding_sizes(lab, swapped=True).cases[0].value == (784, 32)
    assert embedding_sizes(lab, flatten=False).cases[0].value == (32, 28)


@settings(max_examples=10, deadline=None)
@given(emb_size=st.integers(1, 70), channels=st.integers(1, 4), side=st.integers(21, 48))
def test_the_sizes_of_both_models_on_any_images(emb_size, channels, side):
    sizes = {"emb_size": emb_size, "channels": channels, "side": side}
    pixels = channels * side**2
    assert embedding_sizes(lab, **sizes).cases[0].value == (emb_size, pixels)
    assert embedding_sizes(lab, **sizes, flatten=False).cases[0].value == (emb_size, side)
    assert held(embedding_sizes(lab, **sizes)) == {"identity_is_every_pixel", "defaults_are_32_and_28", "size_as_asked"}
    measured = {
        each: identity_size(lab, channels=channels, side=side, measure=each).cases[0].value for each in MEASURES
    }
    assert measured == {"features": pixels, "channels": channels, "learned": 32}


def test_another_default_is_noticed():
    class Wider(lab.SimpleMetricEmbedding):
        def __init__(self, input_channels, emb_size=64, **settings):
            super().__init__(input_channels, emb_size, **settings)

    broken = altered(SimpleMetricEmbedding=Wider)
    assert "defaults_are_32_and_28" not in held(embedding_sizes(broken))
    assert identity_size(broken, measure="learned").cases[0].value == 64


def test_the_rank_for_any_batch():
    evidence = embedding_rank(lab, batch=10, emb_size=8)
    assert values(evidence) == {1: 2, 2: 2, 10: 2}
    assert "batch_by_embedding" in held(evidence)


def test_an_identity_of_one_row_is_found():
    broken = altered(IdentityModel=Row)
    assert embedding_sizes(broken).cases[0].value == (32, 28)
    assert identity_size(broken).cases[0].value == 28
    assert "another_size" in held(identity_size(broken))
    assert "pixels_unchanged" not in held(identity_shape(broken))


@settings(max_examples=20, deadline=None)
@given(channels=st.integers(1, 4), side=st.integers(1, 40))
def test_the_identity_keeps_the_batch_and_every_pixel(channels, side):
    evidence = identity_shape(lab, channels=channels, side=side)
    assert all(value == (size, channels * side**2) for size, value in values(evidence).items())
    assert "pixels_unchanged" in held(evidence)


def test_an_identity_that_joins_the_batch_is_found():
    assert values(identity_shape(altered(IdentityModel=Joined)))[2] == (2 * 784,)


def test_the_size_of_the_identity():
    evidence = identity_size(lab)
    assert evidence.cases[0].value == 784
    assert held(evidence) == {"digits_are_28_by_28"}
