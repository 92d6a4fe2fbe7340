"""Record the proofs that come with quizlab: ``make proofs``.

Every question of the shipped banks is computed, with the numbers it was asked with and with all that its variants
list, mutated models included. The same code gives the same files. What another processor computes otherwise only in
the last digits stays as it was recorded, so that a difference in the repository is one in what a proof says.
With ``--check`` nothing is written, and the exit status tells whether something would be.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from quizlab import bank
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, Atom
from quizlab.proof import binding, recorded
from quizlab.proof.runner import Worker
from quizlab.question import variants

CLOSE = 1e-4
"""Relative difference of measured numbers that is one of processors, not of code."""


def asked(question: AnyQuestion) -> Iterator[AnyQuestion]:
    """A question with the numbers it was asked with, and with every combination that its variants list."""
    yield question
    for values in variants.combinations(question):
        yield variants.varied(question, values)


def wanted(lab: str) -> dict[str, dict[str, dict[str, Atom]]]:
    """Hook → key → parameters of every evidence that the shipped bank of a lab can need, in the order of the keys."""
    (path,) = (each.bank for each in registry.labs() if each.lab.name == lab)
    found: dict[str, dict[str, dict[str, Atom]]] = {}
    for question in bank.load(path).questions:
        for each in asked(question):
            for mutation in (None, *binding.mutations(each).values()):
                params = binding.bind(each, mutation)
                found.setdefault(each.verify.hook, {})[recorded.key(params)] = params
    return {hook: dict(sorted(found[hook].items())) for hook in sorted(found)}


def record(lab: str, folder: Path = recorded.FOLDER, *, write: bool = True) -> list[str]:
    """Compute a lab's evidence and write what says something else than before; the names of such files.

    Raises:
        SystemExit: a proof of a shipped bank did not run.
    """
    changed, paths = [], set[str]()
    (folder / lab).mkdir(parents=True, exist_ok=True)
    with Worker() as worker:
        hooks = wanted(lab)
        for hook, every in hooks.items():
            lines = []
            for params in every.values():
                reply = worker.run(hook, params)
                if reply.evidence is None:
                    raise SystemExit(f"{hook} {params}: {reply.problem}")
                lines.append(recorded.line(params, reply.evidence))
                paths |= set(reply.sources)
            if put(folder / lab / f"{hook}.jsonl", lines, write=write):
                changed.append(f"{lab}/{hook}.jsonl")
        versions = worker.versions
    for path in sorted((folder / lab).glob("*.jsonl")):
        if path.stem not in hooks:
            changed.append(f"{lab}/{path.name}")
            if write:
                path.unlink()
    sources = recorded.fingerprint(lab, recorded.named(paths))
    before = recorded.made_with(folder, lab)
    if changed or before is None or before.sources != sources or before.torch != versions["torch"]:
        changed.append(f"{lab}.json")
        made = recorded.Made(versions["torch"], versions["python"], today(), sources)
        if write:
            text = json.dumps(msgspec.to_builtins(made), indent=1, sort_keys=True) + "\n"
            (folder / f"{lab}.json").write_text(text, encoding="utf-8", newline="\n")
    return changed


def today() -> str:
    """The day of the recording; ``SOURCE_DATE_EPOCH`` names another."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = float(seconds) if seconds else datetime.datetime.now(datetime.UTC).timestamp()
    return datetime.datetime.fromtimestamp(now, datetime.UTC).date().isoformat()


def put(path: Path, lines: list[str], *, write: bool) -> bool:
    """Write lines unless they say what is there already; whether they say something else."""
    try:
        before = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        before = []
    kept = [old if alike(json.loads(old), json.loads(new)) else new for old, new in zip(before, lines, strict=False)]
    text = [*kept, *lines[len(kept) :]]
    if text == before:
        return False
    if write:
        path.write_text("\n".join(text) + "\n", encoding="utf-8", newline="\n")
    return True


def alike(one: Any, other: Any) -> bool:
    """Whether two evidences say the same; measured numbers may differ as those of two processors do."""
    if isinstance(one, float) and isinstance(other, float):
        return one == other or math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-7)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return type(one) is type(other) and bool(one == other)


def main() -> int:
    """Record all labs of quizlab's own; with ``--check`` the status is 1 if a recording is out of date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 if something would be")
    options = parser.parse_args()
    labs = [each.lab.name for each in registry.labs() if each.distribution == registry.OWN]
    changed = [name for lab in labs for name in record(lab, write=not options.check)]
    for name in changed:
        print(f"{'would change' if options.check else 'written'}: {name}")
    print(f"{len(changed)} files changed" if changed else "the recording is up to date")
    return int(options.check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
