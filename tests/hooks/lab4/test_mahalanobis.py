"""The elongated class: the same decisions for any draw, and the lab's distances really asked."""

import numpy as np
import pytest

import labs.lab4 as lab
from quizlab.hooks.lab4.mahalanobis import QUERY, SHAPES, elongated_class
from quizlab.model import Plot
from tests.hooks.claims import refuted
from tests.hooks.lab4.broken import altered


@pytest.mark.parametrize("seed", range(20))
def test_the_decisions_do_not_depend_on_the_draw(seed):
    assert not refuted(elongated_class(lab, seed=seed))


def test_the_distances_by_another_route():
    """The snippet's figures, with eigenvectors in place of an inverse."""
    line = {}
    for label, (mean, covariance) in SHAPES.items():
        values, vectors = np.linalg.eigh(np.array(covariance))
        away = (np.array(QUERY) - mean) @ vectors
        line[label] = round(float(np.sqrt((away**2 / values).sum())), 2)
    assert elongated_class(lab).snippet.prints.splitlines()[1] == f"4 {line}"


def test_a_lab_with_another_distance_is_found():
    def manhattan(rows, r):
        return (r.unsqueeze(-2) - rows).abs().sum(dim=-1)

    assert "equal_when_round" in refuted(elongated_class(altered(make_predictions=manhattan)))


def test_the_query_is_drawn():
    plot = next(block for block in elongated_class(lab).blocks if isinstance(block, Plot))
    query = plot.series[-1]
    assert (query.name, query.x, query.y) == ("novi primjer", (QUERY[0],), (QUERY[1],))
