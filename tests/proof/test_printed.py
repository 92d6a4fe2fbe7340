"""Snippets run beside the proofs: what they print, where they break off, and that they leave nothing behind."""

from __future__ import annotations

import decimal
import os
import random
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch

from quizlab.hooks import registry
from quizlab.hooks.compiler import COMPILER, without_compiler
from quizlab.model import Evidence, Snippet
from quizlab.proof import snippets
from quizlab.proof.worker import run_hook

RUDE = """\
import decimal, random
import numpy as np
import torch

torch.manual_seed(7), random.seed(7), np.random.seed(7)
torch.rand(3), random.random(), np.random.rand()
torch.set_default_dtype(torch.float64)
torch.set_default_device("meta")
torch.set_grad_enabled(False)
torch.set_num_threads(2)
torch.set_printoptions(precision=1)
np.set_printoptions(precision=1)
np.seterr(all="raise")
decimal.getcontext().prec = 3
print(torch.ones(1).dtype, torch.ones(1).device)
"""


def settings() -> tuple[Any, ...]:
    """All that a hook's result may depend on."""
    return (
        torch.get_rng_state().tolist(),
        random.getstate(),
        str(np.random.get_state()),
        torch.get_default_dtype(),
        torch.empty(0).device,
        torch.is_grad_enabled(),
        torch.get_num_threads(),
        torch.are_deterministic_algorithms_enabled(),
        str(torch.tensor([1 / 3])),
        np.get_printoptions(),
        np.geterr(),
        decimal.getcontext().prec,
        sys.modules["__main__"],
        sys.stdout,
    )


@pytest.mark.parametrize("end", ["", "raise SystemExit(3)\n", "1 / 0\n"])
def test_a_snippet_leaves_nothing_behind_however_it_ends(end: str) -> None:
    torch.set_num_threads(1)
    before = settings()
    if end:
        with pytest.raises(snippets.SnippetError):
            snippets.printed(RUDE + end)
    else:
        assert snippets.printed(RUDE) == "torch.float64 meta\n"
    assert settings() == before


def test_its_seed_is_its_own_and_without_one_it_draws_the_same() -> None:
    for code in ("import torch\nprint(torch.rand(2))", "import random\nprint(random.random())"):
        torch.rand(1), random.random()
        once = snippets.printed(code)
        torch.rand(1), random.random()
        assert snippets.printed(code) == once
    seeded = "import torch\ntorch.manual_seed(5)\nprint(torch.rand(2))"
    assert snippets.printed(seeded) != snippets.printed("import torch\nprint(torch.rand(2))")
    with torch.no_grad():
        assert snippets.printed("import torch\nprint(torch.is_grad_enabled())") == "True\n"


def test_names_are_its_own_and_classes_can_be_saved() -> None:
    snippets.printed("moje = 3")
    assert snippets.printed("print('moje' in globals(), __name__)") == "False __main__\n"
    saved = "import pickle\nclass A:\n    pass\nprint(type(pickle.loads(pickle.dumps(A()))).__name__)"
    assert snippets.printed(saved) == "A\n"


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("x = 1\n\ny = x / 0\n", 3),
        ("def f():\n    raise ValueError('ne')\n\nf()\n", 2),
        ("import torch\ntorch.ones(2) @ torch.ones(3)\n", 2),
        ("x = 1\ny = (\n", 2),
        ("import sys\nsys.exit()\n", 2),
        ("\n\nraise KeyboardInterrupt", 3),
    ],
)
def test_where_it_breaks_off_is_known(code: str, line: int) -> None:
    with pytest.raises(snippets.SnippetError) as caught:
        snippets.printed(code)
    assert caught.value.line == line


def test_what_it_printed_is_shown_and_what_was_measured_is_kept_where_it_differs() -> None:
    assert snippets.ran(Snippet("print(3)", "3")) == Snippet("print(3)", "3")
    assert snippets.ran(Snippet("print(0.123)", "0.124")) == Snippet("print(0.123)", "0.123\n")
    assert snippets.ran(Snippet("print(3)", "4\n")) == Snippet("print(3)", "3\n", measured="4\n")
    assert snippets.ran(Snippet("", "")) == Snippet("", "")


def test_one_that_breaks_off_is_a_problem_of_its_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    def hook(lab: Any) -> Evidence:
        return Evidence(Snippet(lab, "1"))

    monkeypatch.setattr(registry, "hook", lambda name: hook)
    problem: Any = run_hook("lab5.x", "print(1)\n[][1]\n", {})
    assert problem.code == "snippet_broken"
    assert problem.args == {"hook": "lab5.x", "line": "2", "what": "IndexError", "message": "list index out of range"}
    found: Any = run_hook("lab5.x", "print(2)", {})
    assert found.snippet == Snippet("print(2)", "2\n", measured="1")


COMPILED = """\
import sys
import torch
from quizlab.hooks.compiler import COMPILER, without_compiler
weights = torch.ones(2, requires_grad=True)
with without_compiler():
    adam = torch.optim.Adam([weights], lr=0.1)
    weights.sum().backward()
    adam.step()
    adam.zero_grad()
print(COMPILER in sys.modules, [round(w, 3) for w in weights.tolist()])
with without_compiler():
    print(torch.compile(lambda x: x + 1, backend="eager")(torch.ones(1)).item(), COMPILER in sys.modules)
import torch._dynamo
print(torch._dynamo.__file__ is not None, torch._dynamo is sys.modules[COMPILER])
weights.sum().backward()
adam.step()
print([round(w, 3) for w in weights.tolist()])
"""


@pytest.mark.stress
def test_an_optimiser_loads_no_compiler_and_who_compiles_gets_it() -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COMPILED],
        capture_output=True,
        encoding="utf-8",
        env=os.environ,
        check=False,
    )
    assert ran.stdout.splitlines() == ["False [0.9, 0.9]", "2.0 True", "True True", "[0.8, 0.8]"], ran.stderr[-500:]


def test_a_compiler_that_is_there_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    real = object()
    monkeypatch.setitem(sys.modules, COMPILER, real)  # type: ignore[arg-type]
    with without_compiler():
        assert sys.modules[COMPILER] is real
    assert sys.modules[COMPILER] is real
