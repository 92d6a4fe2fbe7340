import subprocess
import sys

import pytest
import torch

from labs.lab4 import pca_projection, save_scatter


def test_projection_is_the_left_singular_vectors_of_the_centred_data():
    x = torch.randn(40, 6) * torch.tensor([9.0, 5, 1, 0.5, 0.2, 0.1])
    projection = pca_projection(x)
    assert projection.shape == (40, 2)
    u, _, _ = torch.linalg.svd(x - x.mean(dim=0), full_matrices=False)
    # A singular vector is known up to its sign.
    torch.testing.assert_close((projection * u[:, :2]).sum(dim=0).abs(), torch.ones(2), rtol=1e-3, atol=1e-3)


def test_projection_repeats_and_leaves_the_global_generator_alone():
    x = torch.randn(30, 8)
    state = torch.get_rng_state()
    assert pca_projection(x).equal(pca_projection(x))
    assert torch.get_rng_state().equal(state)


@pytest.mark.parametrize("shape", [(5,), (1, 5), (5, 1), (2, 2, 2)])
def test_projection_refuses_what_has_no_two_components(shape):
    with pytest.raises(ValueError, match="matrix"):
        pca_projection(torch.zeros(shape))


def test_plot_is_a_png(tmp_path):
    from matplotlib.image import imread

    path = save_scatter(torch.randn(30, 2), torch.arange(30) % 10, "Naslov s č i ž", tmp_path / "a.png")
    pixels = imread(path)
    assert pixels.shape[:2] == (720, 840)
    # Ten classes in ten colours.
    assert len({tuple(c) for c in (pixels[..., :3].reshape(-1, 3) * 255).astype(int)}) > 10


def test_plot_refuses(tmp_path):
    with pytest.raises(ValueError, match="points"):
        save_scatter(torch.zeros(3, 3), torch.zeros(3), "", tmp_path / "a.png")
    with pytest.raises(ValueError, match="points"):
        save_scatter(torch.zeros(3, 2), torch.zeros(4), "", tmp_path / "a.png")
    with pytest.raises(OSError, match="nowhere"):
        save_scatter(torch.zeros(3, 2), torch.zeros(3), "", tmp_path / "nowhere" / "a.png")


@pytest.mark.stress
def test_the_lab_loads_no_matplotlib_and_no_quizlab():
    code = "import sys, labs.lab4; print(sorted({'matplotlib', 'quizlab', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
