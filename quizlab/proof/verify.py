"""Verify: bind a question's parameters, have its hook and its mistakes' mutants run, and judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from quizlab import numbers
from quizlab.model import AnyQuestion, Evidence, Finding, Given, Problem, Recorded
from quizlab.proof import binding
from quizlab.proof.budget import Budget
from quizlab.proof.judge import judge
from quizlab.proof.worker import Reply
from quizlab.question.key import key_of

Run = Callable[[str, Mapping[str, Given], Budget], Reply]
"""Runs a hook by name with parameters: `quizlab.proof.runner.Worker.run`, or a function of the tests."""


def verify(question: AnyQuestion, run: Run, *, changed: bool = False, budget: Budget | None = None) -> Finding:
    """Prove one question: live, unless what runs hooks says that evidence was recorded.

    Args:
        question: the question with its key and its numbers (see `quizlab.question.variants.varied` for others).
        run: what runs hooks.
        changed: whether its numbers are none that its bank knows of; see `judge`.
        budget: what it may take with all its mutants; None for the usual. Where that does not suffice for the
            mutants nothing is said of those that are left, and a key that nothing speaks against is unproved.
    """
    if question.verify is None:
        return Finding(question.id, "unproved", key_of(question), dict(question.params))
    budget = budget or Budget()
    reply = run(question.verify.hook, binding.bind(question), budget)
    if reply.problem or not reply.evidence:
        return could_not_run(question, reply.problem or Problem("nothing_measured"), reply.seconds)
    built = _mutants(question, question.verify.hook, run, budget)
    seconds = reply.seconds + built.seconds
    if built.problem:
        return could_not_run(question, built.problem, seconds)
    finding = judge(question, reply.evidence, built.evidence, changed=changed)
    finding = msgspec.structs.replace(finding, seconds=seconds, recorded=built.recorded or reply.recorded)
    return _short_of(finding, built.spent) if built.spent else finding


class Built(msgspec.Struct):
    """What came of a question's mutants: tag → evidence, and why there is no more of it.

    ``spent`` is what the budget lacked, ``problem`` what else went wrong.
    """

    evidence: dict[str, Evidence] = {}
    seconds: float = 0.0
    recorded: Recorded | None = None
    problem: Problem | None = None
    spent: Problem | None = None


def _mutants(question: AnyQuestion, hook: str, run: Run, budget: Budget) -> Built:
    """Run the mutants one after another, as far as the budget goes."""
    built = Built()
    mutations = binding.mutations(question)
    for done, (tag, mutation) in enumerate(mutations.items()):
        if not budget.left:
            built.spent = _time_spent(budget, done, len(mutations))
            break
        reply = run(hook, binding.bind(question, mutation), budget)
        built.seconds += reply.seconds
        built.recorded = built.recorded or reply.recorded
        if reply.evidence:
            built.evidence[tag] = reply.evidence
            continue
        built.problem = reply.problem or Problem("nothing_measured")
        if built.problem.code == "timed_out":
            built.problem, built.spent = None, _time_spent(budget, done, len(mutations))
        elif built.problem.code == "out_of_memory":
            built.problem, built.spent = None, Problem("memory_spent", {"done": str(done), "of": str(len(mutations))})
        break
    return built


def _time_spent(budget: Budget, done: int, number: int) -> Problem:
    args = {"seconds": numbers.shortest(budget.seconds), "done": str(done), "of": str(number)}
    return Problem("time_spent", args)


def _short_of(finding: Finding, spent: Problem) -> Finding:
    """A finding for which not everything was computed: what was refuted stays so, nothing is confirmed."""
    verdict = finding.verdict if finding.verdict in ("refuted", "error") else "unproved"
    problems = (*finding.problems, msgspec.structs.replace(spent, id=finding.id))
    return msgspec.structs.replace(finding, verdict=verdict, problems=problems)


def could_not_run(question: AnyQuestion, problem: Problem, seconds: float) -> Finding:
    """The finding of a question whose hook did not come to a result: neither confirmed nor refuted."""
    problem = msgspec.structs.replace(problem, id=question.id)
    return Finding(question.id, "error", key_of(question), dict(question.params), (problem,), seconds=seconds)
