"""Where proofs come out otherwise than they were recorded: ``python -m tools.drift``, run by ``make matrix``.

Every recorded evidence is computed anew with the libraries of this environment. A case or a claim that differs is
drift, and the status is 1: a verdict could depend on it. What only reads otherwise (a table, a plot, what a snippet
prints) is reported and is no failure, for libraries word their messages and round their last digits as they like.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from quizlab.hooks import registry
from quizlab.proof import recorded
from quizlab.proof.runner import Worker
from tools import proofs

DECIDING = ("cases", "claims")
"""The parts of evidence that a verdict is made of; of a claim its name and whether it holds."""


def drifted(one: Any, other: Any) -> Iterator[tuple[str, bool]]:
    """The parts in which two evidences differ, and whether a verdict can depend on each."""
    for part in dict.fromkeys([*one, *other]):
        before, now = one.get(part), other.get(part)
        if proofs.alike(before, now):
            continue
        decides = part in DECIDING
        if part == "claims":
            before, now = ([(each["name"], each["holds"]) for each in some or ()] for some in (before, now))
            decides = before != now
        yield part, decides


def compared(lab: str, worker: Worker) -> Iterator[tuple[str, bool]]:
    """Each difference between what is recorded of a lab and what is computed now, said in a line."""
    folder = recorded.FOLDER / lab
    for hook, every in proofs.wanted(lab).items():
        lines = (folder / f"{hook}.jsonl").read_text(encoding="utf-8").splitlines()
        known = {line.partition(', "evidence": ')[0]: json.loads(line)["evidence"] for line in lines}
        for key, params in every.items():
            before = known.get(key)
            reply = worker.run(hook, params)
            if before is None or reply.evidence is None:
                yield f"{hook} {params}: {reply.problem or 'not recorded'}", True
                continue
            now = json.loads(json.dumps(msgspec.to_builtins(reply.evidence)))
            for part, decides in drifted(before, now):
                yield f"{hook} {params}: {part} {before.get(part)!r:.300} → {now.get(part)!r:.300}", decides


def main() -> int:
    """Compare all labs of quizlab's own."""
    labs = [each.lab.name for each in registry.labs() if each.distribution == registry.OWN]
    found: list[tuple[str, bool]] = []
    with Worker() as worker:
        for lab in labs:
            found += compared(lab, worker)
        versions = ", ".join(f"{name} {version}" for name, version in worker.versions.items())
    for line, decides in found:
        print("DRIFT" if decides else "other", line)
    worse = sum(decides for _, decides in found)
    print(f"{versions}: {worse} results drift from what was recorded, {len(found) - worse} read otherwise")
    return int(worse > 0)


if __name__ == "__main__":
    sys.exit(main())
