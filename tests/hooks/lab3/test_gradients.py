"""The gradient through time against autograd, and networks whose gradient goes another way."""

import numpy as np
import pytest
import torch

import labs.lab3 as lab
from quizlab.hooks.lab3 import gradients
from quizlab.hooks.lab3.gradients import MATRICES, exploding_matrix, hidden_state
from quizlab.model import Plot
from tests.broken.sources import replaced
from tests.hooks.claims import held


def altered(step):
    """The lab with another step in its plain RNN."""

    class Network(lab.PlainRNN):
        def step(self, x, h):
            return step(self.parameters, x, h)

    return replaced("lab3", {"PlainRNN": Network})


def inner(p, x, h):
    return h @ p.W_hh.T + x @ p.W_xh.T + p.b_h


@pytest.mark.parametrize("scales", [{}, {"W_hh": 4.0}, {"W_xh": 20.0}, {"b_h": 20.0}])
def test_the_norms_are_those_of_autograd(scales):
    network, inputs = gradients._network(lab, 1, scales)
    norms = gradients._run(network, inputs).states
    p = {name: torch.from_numpy(array) for name, array in network.parameters.arrays().items()}

    def state_after(steps):
        def state(h):
            for x in torch.from_numpy(inputs[:steps, 0]):
                h = torch.tanh(p["W_hh"] @ h + p["W_xh"] @ x + p["b_h"])
            return h

        return state

    for steps in (1, 2, 10, 25):
        jacobian = torch.autograd.functional.jacobian(state_after(steps), torch.zeros(gradients.HIDDEN).double())
        assert norms[steps - 1] == pytest.approx(float(jacobian.norm()), rel=1e-6)


def test_only_the_recurrent_matrix_decides():
    assert held(exploding_matrix(lab)) == {"recurrent_matrix", "large_input_saturates", "backward_agrees"}
    assert len(held(hidden_state(lab))) == 6


def test_the_margins_are_wide():
    curves = gradients.swept(lab)
    assert curves["W_hh", 4.0].norms[-1] > 1e4 * curves["W_hh", 4.0].norms[0]
    assert all(curve.norms[-1] < curve.norms[0] / 10 for (matrix, _), curve in curves.items() if matrix != "W_hh")


def test_the_plot_has_every_step_and_is_positive():
    plot = next(block for block in exploding_matrix(lab).blocks if isinstance(block, Plot))
    assert plot.log_y
    assert all(series.x == tuple(range(1, 61)) and min(series.y) > 0 for series in plot.series)


BROKEN = {
    "no recurrence": (lambda p, x, h: np.tanh(0 * h + x @ p.W_xh.T + p.b_h), True),
    "no tanh": (inner, True),
    "sigmoid": (lambda p, x, h: 1 / (1 + np.exp(-inner(p, x, h))), True),
    "state added": (lambda p, x, h: h + np.tanh(inner(p, x, h)), True),
    "W_hh transposed": (lambda p, x, h: np.tanh(h @ p.W_hh + x @ p.W_xh.T + p.b_h), False),
}


@pytest.mark.parametrize("name", BROKEN)
def test_another_step_is_measured_as_it_is(name):
    step, changes_the_answer = BROKEN[name]
    broken = altered(step)
    assert "product_of_jacobians" not in held(hidden_state(broken))
    found = held(exploding_matrix(broken))
    assert (found - {"backward_agrees"} != {"recurrent_matrix", "large_input_saturates"}) == changes_the_answer


def test_every_parameter_on_offer_has_its_claim():
    assert set(MATRICES.values()) <= {claim.name for claim in exploding_matrix(lab).claims}
