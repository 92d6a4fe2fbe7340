"""Verify: bind a question's parameters, have its hook and its mistakes' mutants run, and judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from quizlab import binding
from quizlab.judge import judge, key_of
from quizlab.model import AnyQuestion, Atom, Evidence, Finding, Problem
from quizlab.worker import Reply

Run = Callable[[str, Mapping[str, Atom]], Reply]
"""Runs a hook by name with parameters: `quizlab.runner.Worker.run`, or a function of the tests."""


def verify(question: AnyQuestion, run: Run, settings: Mapping[str, Atom] | None = None) -> Finding:
    """Prove one question, live.

    Args:
        question: the question with its key.
        run: what runs hooks.
        settings: parameters set to other values than those of the quiz.
    """
    settings = settings or {}
    as_asked = all(question.params.get(name) == value for name, value in settings.items())
    hook = question.verify.hook
    reply = run(hook, binding.bind(question, settings, {}))
    seconds = reply.seconds
    mutants: dict[str, Evidence] = {}
    problem = reply.problem
    for mistake in question.mistakes:
        if mistake.with_ and not problem:
            mutated = run(hook, binding.bind(question, settings, mistake.with_))
            seconds += mutated.seconds
            problem = mutated.problem
            if mutated.evidence:
                mutants[mistake.tag] = mutated.evidence
    params = {**question.params, **settings}
    if problem or not reply.evidence:
        return could_not_run(question, params, problem or Problem("nothing_measured"), seconds)
    finding = judge(question, reply.evidence, params, mutants, as_asked=as_asked)
    return msgspec.structs.replace(finding, seconds=seconds)


def could_not_run(question: AnyQuestion, params: Mapping[str, Atom], problem: Problem, seconds: float) -> Finding:
    """The finding of a question whose hook did not come to a result: neither confirmed nor refuted."""
    problem = msgspec.structs.replace(problem, id=question.id)
    return Finding(question.id, "error", key_of(question, params), dict(params), (problem,), seconds=seconds)
