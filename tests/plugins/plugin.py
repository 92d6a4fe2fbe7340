"""A lab of somebody else's: a tiny package with code, hooks and a bank, as files."""

from __future__ import annotations

from pathlib import Path

CODE = '''\
"""Lab 5: one dense layer."""

from torch import nn


def dense(inputs: int, outputs: int, *, bias: bool = True) -> nn.Linear:
    """A dense layer."""
    return nn.Linear(inputs, outputs, bias=bias)
'''

HOOKS = '''\
"""The proofs of lab 5."""

from quizlab.model import Case, Claim, Evidence, Snippet


def dense_parameters(lab, *, inputs: int = 3, outputs: int = 2, bias: bool = True) -> Evidence:
    """Count the parameters of a dense layer."""
    layer = lab.dense(inputs, outputs, bias=bias)
    count = sum(tensor.numel() for tensor in layer.parameters())
    code = f"from torch import nn\\n\\nsloj = nn.Linear({inputs}, {outputs}, bias={bias})\\n"
    code += "print(sum(t.numel() for t in sloj.parameters()))\\n"
    says = f"pristranosti ima {outputs}"
    claim = Claim("one_bias_an_output", layer.bias is not None and layer.bias.numel() == outputs, says)
    return Evidence(Snippet(code, f"{count}\\n"), cases=(Case(count),), claims=(claim,))


HOOKS = {"lab5.dense_parameters": dense_parameters}
'''

BANK = """\
title: Gusti slojevi
groups:
  A: {title: bilješke, date: 2026-06-02}
questions:
  - id: d1
    topic: gusti sloj
    kind: number
    prompt: Koliko parametara ima gusti sloj s {inputs} ulaza i {outputs} izlaza?
    params: {inputs: 3, outputs: 2}
    variants: {inputs: [3, 5]}
    answer: inputs*outputs + outputs
    verify: {hook: lab5.dense_parameters}
    shows: [one_bias_an_output]
    mistakes:
      - tag: bez-pristranosti
        with: {bias: false}
        answer: inputs*outputs
        says: Zaboravljene su pristranosti ({outputs}).
    hints: [Koliko težina ulazi u jedan izlaz?]
    explain: Svaki izlaz ima po jednu težinu za svaki ulaz i jednu pristranost.
    recollections:
      - {group: A, answer: "8"}
  - id: d2
    topic: gusti sloj
    kind: choice
    prompt: Koliko pristranosti ima gusti sloj?
    options:
      a: {text: jednu po izlazu, claim: one_bias_an_output}
      b: {text: nijednu, value: 6, with: {bias: false}, says: Tada bi parametara bilo manje., tag: bez-pristranosti}
    answer: a
    verify: {hook: lab5.dense_parameters}
    hints: [Što se pribraja svakom izlazu?]
    explain: Svakom se izlazu pribraja njegova pristranost.
    recollections:
      - {group: A, option: a}
"""

SLOW = """\
import time


def dense(*args, **options):
    time.sleep(30)
"""

RUDE = """\
import os
import sys


def dense(inputs, outputs, **options):
    print("noise on standard output", flush=True)
    os.write(1, b"\\x00\\x00\\x00\\x01noise below Python")
    sys.stderr.write("noise on standard error")
    if inputs == 7:
        os._exit(3)
    raise RuntimeError(f"jedinica se ne da složiti [bold]{inputs}[/bold]\\nsecond line")
"""

REGISTERED = '''\
"""Lab 5, for quizlab."""

from quizlab.hooks.registry import Lab

LAB = Lab("{name}", code="{package}.code", hooks="{package}.hooks", bank="{package}/{name}.yaml")
'''

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{distribution}"
version = "1.0"
dependencies = ["quizlab"]

[project.entry-points."quizlab.labs"]
{name} = "{package}:LAB"
"""


def sources(folder: Path, name: str = "lab5", **changed: str) -> Path:
    """Write the project of a lab as its author has it; ``changed`` gives other ``code``, ``hooks``, ``bank``, ``init``.

    Returns:
        The folder of the package.
    """
    package = folder / f"quizlab_{name}"
    package.mkdir(parents=True, exist_ok=True)
    names = {"name": name, "package": package.name, "distribution": package.name.replace("_", "-")}
    own = {"code": CODE, "hooks": HOOKS, "bank": BANK, "init": REGISTERED.format(**names)} | changed
    for kind, file in {"code": "code.py", "hooks": "hooks.py", "bank": f"{name}.yaml", "init": "__init__.py"}.items():
        (package / file).write_text(own[kind].replace("lab5.", f"{name}."), encoding="utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT.format(**names), encoding="utf-8")
    return package


def installed(folder: Path, name: str = "lab5", **changed: str) -> Path:
    """The same as it lies in a folder of packages after its installation; returns the folder of the package."""
    package = sources(folder, name, **changed)
    (folder / "pyproject.toml").unlink()
    metadata = folder / f"{package.name}-1.0.dist-info"
    metadata.mkdir(exist_ok=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: quizlab-{name}\nVersion: 1.0\n", "utf-8")
    (metadata / "entry_points.txt").write_text(f"[quizlab.labs]\n{name} = {package.name}:LAB\n", "utf-8")
    return package
