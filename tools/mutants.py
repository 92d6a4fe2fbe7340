"""Mutation testing: which small fault in a module would no test notice? ``python -m tools.mutants [MODULE …]``.

A fault that survives is printed with its line; those that change nothing stand, with the reason, in
``tools/equivalent.txt``. ``--sample N`` takes so many of each module, ``--jobs N`` runs so many at once.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence

from tools import field
from tools.faults import ROOT, faults, path_of

SEED = 20_261_127
JUDGE = ("tests/proof/test_judge.py", "tests/proof/test_judge_problems.py")
TESTS = {
    "quizlab.proof.judge": JUDGE,
    "quizlab.proof.rulings": JUDGE,
    "quizlab.bank.homes": ("tests/bank/test_homes.py",),
    "quizlab.question.variants": ("tests/question/test_variants.py", "tests/question/test_asking.py"),
    "quizlab.question.grading": ("tests/question/test_grading.py", "tests/question/test_roads.py"),
    "quizlab.learning.schedule": ("tests/learning/test_schedule.py", "tests/learning/test_choosing.py"),
    "quizlab.learning.memory": ("tests/learning/test_memory.py", "tests/learning/test_sittings.py"),
    "quizlab.answers.cases": ("tests/answers/test_cases.py", "tests/answers/test_shapes.py"),
    "quizlab.answers.evaluate": ("tests/answers/test_formulas.py", "tests/answers/test_counts.py"),
    "quizlab.session.blic": ("tests/session/test_blic.py",),
    "quizlab.session.practice": ("tests/session/test_practice.py",),
}


def excused() -> dict[str, str]:
    """Fault, as it is printed without its line → why it changes nothing."""
    lines = (ROOT / "tools" / "equivalent.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  #  ") for line in lines if line and not line.startswith("#"))
    return {fault.strip(): why.strip() for fault, why in pairs}


def try_module(module: str, sample: int, jobs: int) -> float:
    """Try and print the faults of a module.

    Returns:
        The share that survives unexcused.
    """
    found = list(faults(module, path_of(module).read_text(encoding="utf-8")))
    if 0 < sample < len(found):
        found = sorted(random.Random(SEED).sample(found, sample), key=lambda each: each.line)
    begun, known = time.perf_counter(), excused()
    tried = list(field.try_all(found, TESTS[module], jobs))
    each = (time.perf_counter() - begun) / len(found)
    left = sorted((one for one in tried if one.survived), key=lambda one: one.fault.line)
    unknown = [one for one in left if one.fault.name not in known]
    equivalent, noticed = len(left) - len(unknown), len(tried) - len(left)
    print(
        f"{module}: {len(found)} faults, {noticed} noticed, {equivalent} change nothing, {len(unknown)} survive "
        f"({1000 * each:.0f} ms each)"
    )
    for one in unknown:
        print(f"  {one.fault}{'' if one.asked else '  (no test comes here)'}")
    for one in tried:
        if not one.survived and one.fault.name in known:
            print(f"  excused, and yet noticed: {one.fault}")
    sys.stdout.flush()
    return len(unknown) / len(found)


def main(words: Sequence[str] | None = None) -> int:
    """Try the faults; 1 where more than a tenth of a module's survive unexcused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args(words)
    worst = 0
    for module in given.modules or TESTS:
        sys.stdout.flush()
        process = os.fork()  # each module with nothing loaded
        if not process:
            share = 1.0
            try:
                share = try_module(module, given.sample, given.jobs)
            except BaseException as trouble:  # nothing else would tell it: this process ends at once
                print(f"{module}: {type(trouble).__name__}: {trouble}", flush=True)
            finally:
                os._exit(int(share > 0.1))
        worst = max(worst, os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
    return worst


if __name__ == "__main__":
    sys.exit(main())
