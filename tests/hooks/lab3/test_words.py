"""Parameters of the embedding layer: a row for every token."""

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.words import embedding_parameters
from tests.broken.lab3 import BROKEN
from tests.hooks.claims import held


@pytest.mark.parametrize(("words", "size"), [(1, 1), (7, 5), (1000, 300)])
def test_every_token_has_a_row(words, size):
    sizes = {"words": words, "size": size}
    assert embedding_parameters(lab, **sizes).cases[0].value == (words + 2) * size
    assert embedding_parameters(lab, **sizes, specials="padding").cases[0].value == (words + 1) * size
    assert embedding_parameters(lab, **sizes, specials="none").cases[0].value == words * size
    assert embedding_parameters(lab, **sizes, count="rows").cases[0].value == words + 2
    assert held(embedding_parameters(lab, **sizes)) == {
        "two_special_tokens",
        "row_of_padding_counts",
        "rows_of_the_run",
    }


@pytest.mark.parametrize(
    ("name", "tokens"), [("a start token added", 1003), ("no unknown token", 1001), ("specials swapped", None)]
)
def test_other_special_tokens_are_noticed(name, tokens):
    if tokens is None:
        with pytest.raises(ValueError, match="starts with"):
            embedding_parameters(BROKEN[name])
        return
    evidence = embedding_parameters(BROKEN[name])
    assert evidence.cases[0].value == tokens * 300
    assert "two_special_tokens" not in held(evidence)


def test_a_row_of_padding_that_is_not_zero_is_noticed():
    assert "row_of_padding_counts" not in held(embedding_parameters(BROKEN["padding's embedding not zero"]))
