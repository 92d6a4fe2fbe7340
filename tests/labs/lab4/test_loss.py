import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.lab4 import TripletMarginLoss, triplet_margin_loss

SETTINGS = st.fixed_dictionaries(
    {
        "margin": st.floats(0.01, 5),
        "p": st.sampled_from([1.0, 2.0, 3.0]),
        "eps": st.sampled_from([1e-6, 1e-3, 0.1]),
        "swap": st.booleans(),
        "reduction": st.sampled_from(["mean", "sum", "none"]),
    }
)


@given(st.integers(0, 2**31), st.integers(1, 8), st.integers(1, 16), SETTINGS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_value_and_gradient_equal_torch(seed, batch, size, how):
    generator = torch.Generator().manual_seed(seed)
    ours = [torch.randn(batch, size, generator=generator, dtype=torch.float64) for _ in range(3)]
    theirs = [x.clone() for x in ours]
    for x in ours + theirs:
        x.requires_grad_()
    mine, torchs = triplet_margin_loss(*ours, **how), F.triplet_margin_loss(*theirs, **how)
    torch.testing.assert_close(mine, torchs)
    mine.sum().backward()
    torchs.sum().backward()
    for x, y in zip(ours, theirs, strict=True):
        torch.testing.assert_close(x.grad, y.grad)


def test_module_equals_the_function():
    x = torch.randn(3, 5, 4)
    module = TripletMarginLoss(0.5, p=1, eps=1e-3, swap=True, reduction="none")
    assert module(*x).equal(triplet_margin_loss(*x, 0.5, p=1, eps=1e-3, swap=True, reduction="none"))
    assert list(module.parameters()) == []
    assert "margin=0.5" in repr(module)


def test_equal_points_cost_the_margin_and_have_a_finite_gradient():
    x = torch.zeros(2, 3, requires_grad=True)
    loss = triplet_margin_loss(x, x.detach(), x.detach(), margin=0.7)
    loss.backward()
    assert loss.item() == pytest.approx(0.7)
    assert x.grad is not None
    assert x.grad.isfinite().all()


def test_margin_zero_is_content_with_a_collapsed_embedding():
    x = torch.zeros(2, 3)
    assert triplet_margin_loss(x, x, x, margin=0).item() == 0


@pytest.mark.parametrize("how", [{"margin": -1}, {"margin": float("nan")}, {"p": 0}, {"reduction": "avg"}])
def test_bad_settings_are_named(how):
    x = torch.zeros(1, 2)
    with pytest.raises(ValueError, match=next(iter(how))):
        triplet_margin_loss(x, x, x, **how)
    with pytest.raises(ValueError, match=next(iter(how))):
        TripletMarginLoss(**how)


def test_different_shapes_are_refused():
    with pytest.raises(ValueError, match="one shape"):
        triplet_margin_loss(torch.zeros(2, 3), torch.zeros(1, 3), torch.zeros(2, 3))
