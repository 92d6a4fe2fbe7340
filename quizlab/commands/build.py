"""The build command: a question about any model, answered by building it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence

from quizlab import errors
from quizlab.commands import _built as telling
from quizlab.errors import QuizlabError
from quizlab.hooks.torch import module
from quizlab.hooks.torch.trouble import trouble
from quizlab.model import Evidence, Given
from quizlab.proof import binding
from quizlab.proof.runner import Worker
from quizlab.telling import machine
from quizlab.view import building as view
from quizlab.view.screen import Screen

HOOK = "torch.module"
LARGEST = 1_000_000_000


def build(
    models: Sequence[str],
    *,
    shape: str,
    without: str,
    settings: Sequence[str],
    json: bool,
    plain: bool,
    early: subprocess.Popen[bytes] | None = None,
) -> int:
    """Build one model or two and show them: tensors, shapes layer by layer, counts, a snippet.

    Args:
        models: one description, or two to be compared.
        shape: the shape of the input; "" only builds.
        without: what a second model of the same description is without; "" builds none.
        settings: ``name=number`` for names in the descriptions.
        json: whether to print one JSON object.
        plain: whether to print a statement a line.
        early: a worker's process that is running already.

    Raises:
        QuizlabError: a description that cannot be read, a number for no name in it, a layer that does not
            take what it gets, or no torch.
    """
    with Worker(process=early) as worker:
        if len(models) > 2 or (without and len(models) > 1):
            raise QuizlabError("extra_argument", {"name": models[-1], "path": "quizlab build"}, errors.USAGE)
        numbers = numbers_of(settings)
        for name in numbers:
            if not re.search(rf"(?<!\w){name}(?!\w)", " ".join((*models, shape))):
                raise trouble("unused_parameter", name=name)
        wanted = [(each, _request(each, shape, "", numbers)) for each in models]
        heads = tuple(each for each, _ in wanted)
        if without:
            wanted.append((f"{models[0]} --without {without}", _request(models[0], shape, without, numbers)))
            heads = ("cijeli model", f"bez: {without}")
        elif len(models) > 1:
            heads = ("prvi model", "drugi model")
        with view.progress(quiet=json):
            found = [_built(worker, request) for _, request in wanted]
        versions = worker.versions
    told = [telling.built(name, each) for (name, _), each in zip(wanted, found, strict=True)]
    screen = Screen(plain=plain)
    if json:
        screen.raw(machine.encode(telling.versioned(told, versions)))
    elif len(found) == 1:
        view.one(screen, found[0])
    else:
        view.both(screen, found, heads, telling.compared(told[0], told[1], (heads[0], heads[1])))
    return errors.RIGHT


def numbers_of(settings: Sequence[str]) -> dict[str, Given]:
    """The numbers of ``--set``.

    Raises:
        QuizlabError: not of the form name=number, or the name is taken.
    """
    found: dict[str, Given] = {}
    taken = binding.parameters(HOOK)
    for text in settings:
        name, _, value = (part.strip() for part in text.partition("="))
        plain = value.replace("_", "")
        fits = plain.isascii() and plain.isdigit() and len(plain) < 11 and 0 < int(plain) <= LARGEST
        if not name.isidentifier() or name in taken or not fits:
            raise trouble("spec_setting", name=name, text=value)
        found[name] = int(plain)
    return found


def _request(model: str, shape: str, without: str, numbers: dict[str, Given]) -> dict[str, Given]:
    """What the hook is called with; what can be found wrong without torch is found here and at once."""
    read = module.described(model, shape, without=without)
    sizes = {name: value for name, value in numbers.items() if isinstance(value, int)}
    read.chain(sizes)
    read.shape(sizes)
    return {"layers": model, "input": shape, "without": without, **numbers}


def _built(worker: Worker, request: dict[str, Given]) -> Evidence:
    reply = worker.run(HOOK, request)
    if reply.evidence:
        return reply.evidence
    assert reply.problem is not None
    described = reply.problem.code.startswith(("spec_", "chain_"))
    raise QuizlabError([reply.problem], status=errors.USAGE if described else errors.COULD_NOT_RUN)
