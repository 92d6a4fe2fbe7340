"""Verify: bind a question's parameters, have its hook and its mistakes' mutants run, and judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from quizlab.model import AnyQuestion, Evidence, Finding, Given, Problem
from quizlab.proof import binding
from quizlab.proof.judge import judge
from quizlab.proof.worker import Reply
from quizlab.question.key import key_of

Run = Callable[[str, Mapping[str, Given]], Reply]
"""Runs a hook by name with parameters: `quizlab.proof.runner.Worker.run`, or a function of the tests."""


def verify(question: AnyQuestion, run: Run, *, changed: bool = False) -> Finding:
    """Prove one question: live, unless what runs hooks says that evidence was recorded.

    Args:
        question: the question with its key and its numbers (see `quizlab.question.variants.varied` for others).
        run: what runs hooks.
        changed: whether its numbers are none that its bank knows of; see `judge`.
    """
    if question.verify is None:
        return Finding(question.id, "unproved", key_of(question), dict(question.params))
    hook = question.verify.hook
    reply = run(hook, binding.bind(question))
    seconds = reply.seconds
    mutants: dict[str, Evidence] = {}
    problem, recorded = reply.problem, reply.recorded
    for tag, mutation in binding.mutations(question).items():
        if not problem:
            mutated = run(hook, binding.bind(question, mutation))
            seconds += mutated.seconds
            problem, recorded = mutated.problem, recorded or mutated.recorded
            if mutated.evidence:
                mutants[tag] = mutated.evidence
            elif not problem:
                problem = Problem("nothing_measured")
    if problem or not reply.evidence:
        return could_not_run(question, problem or Problem("nothing_measured"), seconds)
    finding = judge(question, reply.evidence, mutants, changed=changed)
    return msgspec.structs.replace(finding, seconds=seconds, recorded=recorded)


def could_not_run(question: AnyQuestion, problem: Problem, seconds: float) -> Finding:
    """The finding of a question whose hook did not come to a result: neither confirmed nor refuted."""
    problem = msgspec.structs.replace(problem, id=question.id)
    return Finding(question.id, "error", key_of(question), dict(question.params), (problem,), seconds=seconds)
