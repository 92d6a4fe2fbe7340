"""What a snippet shows is what it prints, whatever a lab does; where a lab is measured beside, a difference is said."""

from __future__ import annotations

from types import ModuleType

import pytest

from quizlab.telling.sentences import say
from tests.broken import sources
from tests.broken.sources import Edit
from tests.conftest import question, shipped_bank
from tests.proofs import Proofs, proved

NORM = ("unit.py", "nn.BatchNorm2d(num_maps_in)", "nn.BatchNorm2d(num_maps_in, affine=False)")
RELU, CONV = ("unit.py", "relu = nn.ReLU()"), "kernel_size=k, padding=padding, bias=bias)"
TWO = f"nn.Sequential(nn.Conv2d(num_maps_in, num_maps_out, {CONV}, nn.Conv2d(num_maps_out, num_maps_out, 1))"
SQUARES = "(r.unsqueeze(-2) - representations).square().sum(dim=-1)"
DRAWN = ("dataset.py", "return self._random.choice(", "return __import__('numpy').random.choice(")

CASES = {
    "no scale and shift, q7": (NORM, "q7", "18946", "18816"),
    "no scale and shift, q16": (NORM, "q16", "4 7", "2 5"),
    "no rectifier, q9": ((*RELU, "relu = nn.Identity()"), "q9", "ReLU False", "Identity False"),
    "leaky rectifier, q9": ((*RELU, "relu = nn.LeakyReLU()"), "q9", "ReLU False", "LeakyReLU False"),
    "two convolutions, q7": (
        ("unit.py", f"nn.Conv2d(num_maps_in, num_maps_out, {CONV}", TWO),
        "q7",
        "18946",
        "22114",
    ),
    "two convolutions, q16": (
        ("unit.py", f"nn.Conv2d(num_maps_in, num_maps_out, {CONV}", TWO),
        "q16",
        "4 7",
        "6 9",
    ),
    "last unit twice as wide, q7": (
        ("model.py", "self.unit3 = unit(emb_size, emb_size", "self.unit3 = unit(emb_size, 2 * emb_size"),
        "q7",
        "18946",
        "28194",
    ),
    "distances instead of squares, q13": (
        ("utils.py", SQUARES, f"{SQUARES}.sqrt()"),
        "q13",
        "[0.4, 1.12, 0.38] 2",
        "[0.63, 1.06, 0.61] 2",
    ),
    "negative dot products, q13": (
        ("utils.py", SQUARES, "-(r.unsqueeze(-2) * representations).sum(dim=-1)"),
        "q13",
        "[0.4, 1.12, 0.38] 2",
        "[0.0, 0.0, 0.0] 2",
    ),
}
"""Snippets of plain PyTorch beside labs that would do otherwise: their own output and no other."""

SAID = {
    "rare words lost too early, q42": (
        ("vocab.py", "count >= min_freq", "count > min_freq"),
        "q42",
        "['a', 'b', 'a', '<UNK>']",
        "['a', '<UNK>', 'a', '<UNK>']",
    ),
    "output tied to the input, q50": (
        (
            "numpy_rnn.py",
            "            b_y=np.zeros(output_size),\n        )\n",
            "            b_y=np.zeros(output_size),\n        )\n"
            "        p = self.parameters\n"
            "        if p.W_xh.T.shape == p.W_hy.shape:\n"
            "            object.__setattr__(p, 'W_hy', p.W_xh.T)\n",
        ),
        "q50",
        "0.5 1.0 [-3, -9, -19]",
        "0.5 1.0 [-3, -11, -24]",
    ),
}
HARMLESS = {
    "drawn by numpy, q11": (DRAWN, "q11"),
    "another epsilon, q9": (("unit.py", "BatchNorm2d(num_maps_in)", "BatchNorm2d(num_maps_in, eps=0.01)"), "q9"),
    "another epsilon, q16": (("unit.py", "BatchNorm2d(num_maps_in)", "BatchNorm2d(num_maps_in, eps=0.01)"), "q16"),
    "in place, q9": ((*RELU, "relu = nn.ReLU(inplace=True)"), "q9"),
    "cells drawn otherwise, q52": (("cells.py", ".uniform_(-bound, bound)", ".normal_(0, bound)"), "q52"),
    "clipped by hand, q43": (
        (
            "training.py",
            "    return nn.utils.clip_grad_norm_(parameters, max_norm)",
            "    own = [p for p in parameters if p.grad is not None]\n"
            "    norm = sum(p.grad.square().sum() for p in own).sqrt()\n"
            "    for p in own:\n"
            "        p.grad.mul_((max_norm / (norm + 1e-6)).clamp(max=1))\n"
            "    return norm",
        ),
        "q43",
    ),
}


@pytest.fixture
def edited(request: pytest.FixtureRequest) -> ModuleType:
    """The lab of the question with one of its files edited."""
    (file, old, new), name = request.param
    lab = "lab3" if name in shipped_bank("lab3").places else "lab4"
    return sources.edited(lab, Edit(file, old, new, 2 if file == "dataset.py" else 1))


@pytest.mark.parametrize(
    ("edited", "name", "prints", "lab"),
    [((edit, name), name, prints, lab) for edit, name, prints, lab in CASES.values()],
    ids=list(CASES),
    indirect=["edited"],
)
def test_a_snippet_shows_its_own_output_beside_any_lab(edited: ModuleType, name: str, prints: str, lab: str) -> None:
    finding = Proofs(edited).finding(question(name))
    assert finding.evidence is not None
    shown = finding.evidence.snippet.prints.splitlines()
    assert prints in shown
    assert lab not in shown
    assert finding.evidence.snippet.measured is None


@pytest.mark.parametrize(
    ("edited", "name", "prints", "lab"),
    [((edit, name), name, prints, lab) for edit, name, prints, lab in SAID.values()],
    ids=list(SAID),
    indirect=["edited"],
)
def test_what_the_lab_gives_and_the_snippet_does_not_print_is_said(
    edited: ModuleType, name: str, prints: str, lab: str
) -> None:
    finding = Proofs(edited).finding(question(name))
    assert finding.verdict == "refuted"
    (problem,) = (problem for problem in finding.problems if problem.code == "snippet_contradicts")
    assert say(problem.code, problem.args) == f"Isječak ispisuje „{prints}”, a u kodu vježbe izmjereno je „{lab}”."
    assert finding.evidence is not None
    assert prints in finding.evidence.snippet.prints.splitlines()
    assert lab in (finding.evidence.snippet.measured or "").splitlines()


@pytest.mark.parametrize(
    ("edited", "name"),
    [((edit, name), name) for edit, name in HARMLESS.values()],
    ids=list(HARMLESS),
    indirect=["edited"],
)
def test_what_is_only_written_otherwise_contradicts_nothing(edited: ModuleType, name: str) -> None:
    finding = Proofs(edited).finding(question(name))
    assert finding.problems == ()
    assert proved(finding)
