"""A bank of very many questions, and what it costs to export it: ``python -m tests.many FORMAT NUMBER [proved]``.

What a first load costs is measured on the text of such a bank: `text`.

It is generated, so that no torch is needed: without proofs every finding says so, with them each has a small table.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Sequence

from quizlab.bank import shipped
from quizlab.commands._stamp import Times
from quizlab.export import FORMATS, Exported
from quizlab.model import (
    AnyQuestion,
    Bank,
    Case,
    Claim,
    Evidence,
    Finding,
    Group,
    Problem,
    Recollection,
    Snippet,
    Table,
)
from quizlab.proof.judge import judge
from quizlab.proof.verify import could_not_run
from tests import samples

TOPICS = 14


def text(number: int) -> str:
    """A bank in YAML: the shipped questions again and again, each with an id of its own."""
    groups, questions = "", []
    for path in shipped():
        head, _, body = path.read_text(encoding="utf-8").partition("\nquestions:\n")
        groups += head.partition("\ngroups:\n")[2].rstrip("\n") + "\n"
        questions += re.split(r"(?m)^  - id: \S+$", body)[1:]
    repeated = (f"  - id: m{place}{questions[place % len(questions)]}" for place in range(number))
    return f"title: mnogo\ngroups:\n{groups}questions:\n{''.join(repeated)}"


def question(place: int, rng: random.Random) -> AnyQuestion:
    """One of five kinds, with texts as long as those of the shipped banks and LaTeX in some of them."""
    text = " ".join(
        rng.choices(("Koliko", "parametara", "ima", "sloj", f"$W_{{{place % 99}}}$", "mreže", "nn.GRU", "uz 3×3"), k=14)
    )
    common = {
        "id": f"m{place}",
        "topic": f"tema {place % TOPICS}",
        "prompt": f"{text} ({place})?",
        "explain": f"{text}. " * 3,
        "hints": (f"{text}.",),
    }
    kind = place % 5
    if kind == 0:
        remembered = (Recollection("A", "9312"), Recollection("B", "9280", note=text))
        return samples.number(**common, recollections=remembered)
    if kind == 1:
        return samples.choice(**common, recollections=(Recollection("A", option="a"),))
    return (samples.oral, samples.shape, samples.multi)[kind - 2](**common)


def evidence(rng: random.Random) -> Evidence:
    """A small table, the claims of the samples, and a snippet."""
    rows = tuple((f"tensor_{row}", f"({row}, {rng.randrange(99)})", rng.randrange(9999)) for row in range(5))
    claims = tuple(Claim(name, name == "second", f"mjereno {name}: {rng.random():.3f}") for name in ("first", "second"))
    snippet = Snippet("import torch\n\nprint(torch.zeros(3).numel())\n" * 3, "3\n3\n3")
    return Evidence(snippet, (Case(9312),), (*claims, Claim("third", False, "treća")), (Table(("a", "b", "c"), rows),))


def finding(one: AnyQuestion, rng: random.Random, *, proved: bool) -> Finding:
    """What verification would have found out."""
    if not proved:
        return could_not_run(one, Problem("torch_missing", {"why": "x"}), 0.0)
    return judge(one, evidence(rng))


def entries(number: int, *, proved: bool) -> list[Exported]:
    """So many entries of two banks."""
    rng = random.Random(1)
    asked = [question(place, rng) for place in range(number)]
    groups = {"A": Group("bilješke", "2024-06-02"), "B": Group("forum")}
    banks = [Bank(f"mnogo{at}", "Mnogo pitanja", groups, tuple(asked[at::2]), {}) for at in range(2)]
    return [Exported(bank, each, finding(each, rng, proved=proved)) for bank in banks for each in bank.questions]


def resident() -> float:
    """The most memory that this process has had, in MB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def main(arguments: Sequence[str]) -> None:
    """Export once; print seconds, the memory that it took on top of the questions in MB, and the size in MB."""
    name, number = arguments[0], int(arguments[1])
    found = entries(number, proved="proved" in arguments)
    form = FORMATS[name]
    before, start = resident(), time.perf_counter()
    made = form("Mnogo", found, **({"times": Times(1, None)} if "times" in form.takes else {}))
    seconds = time.perf_counter() - start
    size = len(made) if isinstance(made, bytes) else sum(len(each.encode()) for each in made.pieces)
    print(json.dumps([seconds, resident() - before, size / 1e6]))


if __name__ == "__main__":
    main(sys.argv[1:])
