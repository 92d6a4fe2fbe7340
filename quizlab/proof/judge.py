"""The judge: a question and what its hook computed, to verdicts. Pure; torch is nowhere near.

The hook knows no key and the key decides nothing: every verdict below comes from a measured case or from a
claim that was put to the test. A ruling (incomplete, depends, disputed) stands only on claims that hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, cast

from quizlab import answers
from quizlab.answers.evaluate import equal, is_number
from quizlab.model import (
    AnyQuestion,
    BankAnswer,
    Case,
    ChoiceQuestion,
    Code,
    Dispute,
    Evidence,
    Finding,
    Judged,
    JudgedRecollection,
    OpenQuestion,
    Option,
    OptionQuestion,
    Problem,
    Recollection,
    Ruled,
    TextQuestion,
    TypedQuestion,
    Value,
)
from quizlab.proof import rulings
from quizlab.proof.outputs import difference
from quizlab.question import texts
from quizlab.question.key import alone, forms_of, key_of, shown, worked_out
from quizlab.question.variants import mistakes_of


class Bench:
    """One question on the judge's bench: its evidence, and the problems found so far."""

    def __init__(self, question: AnyQuestion, evidence: Evidence, *, changed: bool = False) -> None:
        self.question = question
        self.evidence = evidence
        self.changed = changed
        self.params = question.params
        fallen = {claim.name for claim in evidence.claims if not claim.holds}
        self.claims = {claim.name: claim.name not in fallen for claim in evidence.claims}
        self.problems: list[Problem] = []

    def blame(self, code: Code, field: str, **args: object) -> None:
        """Note a problem of this question."""
        words = {name: str(value) for name, value in args.items()}
        self.problems.append(Problem(code, words, id=self.question.id, field=field))

    def claim(self, name: str, field: str) -> bool:
        """Whether a claim was put to the test and held; an unknown one is a problem and does not hold."""
        if name not in self.claims:
            self.blame("unknown_claim", field, claim=name, known=", ".join(self.claims) or "–")
        return self.claims.get(name, False)

    def verdict(self, written: BankAnswer, cases: Sequence[Case] | None = None) -> Ruled:
        """What the measured cases say of an answer: it holds in all of them, in some, or in none."""
        reading = answers.read_answer(self.question, written)
        cases = self.evidence.cases if cases is None else cases
        if isinstance(reading, answers.Unreadable):
            return "refuted"
        return in_cases(answers.holds(reading, case, self.params) for case in cases)


def in_cases(held: Iterable[bool]) -> Ruled:
    """Confirmed when it held every time, refuted when it never did, otherwise it depends."""
    results = set(held)
    return "depends" if len(results) > 1 else "confirmed" if results == {True} else "refuted"


def judge(
    question: AnyQuestion,
    evidence: Evidence,
    mutants: Mapping[str, Evidence] | None = None,
    *,
    changed: bool = False,
) -> Finding:
    """Judge a question by its evidence.

    Args:
        question: the question with its key.
        evidence: what the hook computed for the question's parameters.
        mutants: mistake tag → what the hook computed on that mistake's mutated model.
        changed: whether the question has other numbers than its bank knows of. The key of a number or a formula
            is worked out anew; that of a choice is a letter and cannot follow, so it may rightly fall.
    """
    bench = Bench(question, evidence, changed=changed)
    options: tuple[Judged, ...] = ()
    if isinstance(question, OptionQuestion):
        options = _options(bench, question)
        _distractors(bench, question, mutants or {})
    elif isinstance(question, OpenQuestion):
        _points(bench, question)
    else:
        _key(bench, question)
    for claim in question.requires:
        if not bench.claim(claim, "requires"):
            bench.blame("claim_fails", "requires", claim=claim, says=says_of(evidence, claim))
    mistakes = _mistakes(bench, mutants or {})
    accepted = _accepted(bench)
    recollections = tuple(_recollection(bench, one) for one in question.recollections)
    if evidence.snippet.measured is not None:
        prints, lab = difference(evidence.snippet)
        bench.blame("snippet_contradicts", "verify", prints=prints, measured=lab)
    return Finding(
        id=question.id,
        verdict=_verdict(bench),
        key=key_of(question),
        parameters=dict(question.params),
        problems=tuple(bench.problems),
        value=measured(evidence),
        options=options,
        mistakes=mistakes,
        accepted=accepted,
        recollections=recollections,
        evidence=evidence,
    )


def _verdict(bench: Bench) -> Literal["confirmed", "refuted", "disputed", "error", "unproved"]:
    codes = {problem.code for problem in bench.problems}
    if "unknown_claim" in codes:
        return "error"
    if codes:
        return "unproved" if codes == {"points_unclaimed"} else "refuted"
    disputed = isinstance(bench.question, ChoiceQuestion) and bench.question.dispute
    return "disputed" if disputed else "confirmed"


def measured(evidence: Evidence) -> Value | None:
    """The value computed, where every case gave the same one."""
    values = {case.value for case in evidence.cases}
    return values.pop() if len(values) == 1 else None


def option_verdict(bench: Bench, option: Option, field: str) -> Ruled:
    """An option holds when its claim does, or when its value is the one measured."""
    if option.claim:
        return "confirmed" if bench.claim(option.claim, field) else "refuted"
    return in_cases(_alike(option.value, case.value) for case in bench.evidence.cases)


def _alike(offered: Value | None, found: Value) -> bool:
    """Whether an option's value is the measured one; for Python True is 1, for a student «vrijedi» is no count."""
    if is_number(offered) and is_number(found):
        return equal(cast("float", offered), cast("float", found))
    return offered == found and isinstance(offered, bool) == isinstance(found, bool)


def _options(bench: Bench, question: OptionQuestion) -> tuple[Judged, ...]:
    keyed = {question.answer} if isinstance(question, ChoiceQuestion) else set(question.answer)
    dispute = question.dispute if isinstance(question, ChoiceQuestion) else None
    judged = []
    if not bench.evidence.cases and not all(option.claim for option in question.options.values()):
        bench.blame("nothing_measured", "verify")
    if not keyed:
        bench.blame("bad_key", "answer", answer="")
    for letter, option in question.options.items():
        verdict = option_verdict(bench, option, f"options.{letter}")
        if letter in keyed and verdict != "confirmed":
            fallen: Code = "key_flips" if bench.changed else "key_refuted"
            bench.blame(fallen, "answer", key=letter, value=shown(measured(bench.evidence)))
        if letter not in keyed and verdict == "confirmed":
            bench.blame("option_also_right", f"options.{letter}", letter=letter)
        if dispute and letter == dispute.option:
            verdict = _camp(bench, question, dispute)
        judged.append(Judged(letter, texts.fill(option.text, bench.params), verdict, option.value))
    return tuple(judged)


def _distractors(bench: Bench, question: OptionQuestion, mutants: Mapping[str, Evidence]) -> None:
    """Every distractor that names a mutated model must be what that model gives; nothing is said if the key fell."""
    if bench.problems:
        return
    for letter, option in question.options.items():
        mutant = mutants.get(option.tag)
        if mutant and in_cases(_alike(option.value, case.value) for case in mutant.cases) != "confirmed":
            found = shown(measured(mutant))
            bench.blame("mistake_not_computed", f"options.{letter}", tag=option.tag, answer=option.text, value=found)


def _camp(bench: Bench, question: OptionQuestion, dispute: Dispute) -> Ruled:
    """The verdict on the option of a second camp: disputed if all that the camp stands on was computed to hold."""
    missing = [claim for claim in dispute.because if not bench.claim(claim, "dispute")]
    if missing or not dispute.because:
        answer = question.options[dispute.option].text
        bench.blame("ruling_unsupported", "dispute", answer=answer, ruling="disputed", claim=", ".join(missing) or "–")
        return "refuted"
    return "disputed"


def _points(bench: Bench, question: OpenQuestion) -> None:
    if not any(point.claim for point in question.points):
        bench.blame("points_unclaimed", "points")
    for index, point in enumerate(question.points):
        if point.claim and not bench.claim(point.claim, f"points[{index}]"):
            says = says_of(bench.evidence, point.claim)
            bench.blame("point_refuted", f"points[{index}]", point=index + 1, says=says)


def _key(bench: Bench, question: TypedQuestion) -> None:
    if not bench.evidence.cases:
        bench.blame("nothing_measured", "verify")
    elif bench.verdict(question.answer) != "confirmed":
        value = shown(measured(bench.evidence)) or counterexample(bench, question.answer)
        bench.blame("key_refuted", "answer", key=key_of(question).text, value=value)


def counterexample(bench: Bench, key: BankAnswer) -> str:
    """The first case in which a key with symbols fails, as «(1, 32) (B = 1)»."""
    reading = answers.read_answer(bench.question, key)
    for case in bench.evidence.cases:
        if isinstance(reading, answers.Unreadable) or not answers.holds(reading, case, bench.params):
            given = ", ".join(f"{name} = {value}" for name, value in case.given.items())
            return f"{shown(case.value)} ({given})" if given else shown(case.value)
    return ""


def _accepted(bench: Bench) -> tuple[Judged, ...]:
    question = bench.question
    if not isinstance(question, TypedQuestion):
        return ()
    judged = []
    # each form of a text stands for all the others; to compare each with each would take hours for ten thousand
    of_key = bench.verdict(question.answer) if isinstance(question, TextQuestion) else None
    for index, form in enumerate(forms_of(question)):
        itself, text = alone(question, form), answers.written(form)
        readable = not isinstance(answers.read_answer(itself, form), answers.Unreadable)
        verdict = of_key if of_key and readable else bench.verdict(form)
        if verdict == "refuted":
            bench.blame("accepted_refuted", f"accept[{index}]", answer=text)
        judged.append(Judged(str(index), text, verdict, worked_out(itself, form)))
    return tuple(judged)


def _mistakes(bench: Bench, mutants: Mapping[str, Evidence]) -> tuple[Judged, ...]:
    judged = []
    sound = not bench.problems  # where the key itself fell, what its mistakes come to explains nothing
    for mistake in mistakes_of(bench.question):
        field = f"mistakes[{bench.question.mistakes.index(mistake)}]"
        verdict = bench.verdict(mistake.answer)
        if verdict == "confirmed" and sound:
            bench.blame("mistake_is_right", field, tag=mistake.tag, answer=mistake.answer)
        value = worked_out(bench.question, mistake.answer)
        mutant = mutants.get(mistake.tag)
        if mutant and sound and bench.verdict(mistake.answer, mutant.cases) != "confirmed":
            found = shown(measured(mutant))
            bench.blame("mistake_not_computed", field, tag=mistake.tag, answer=mistake.answer, value=found)
        answer = mistake.answer if value is not None else texts.with_numbers(mistake.answer, bench.params)
        judged.append(Judged(mistake.tag, answer, verdict, value))
    return tuple(judged)


def _recollection(bench: Bench, one: Recollection) -> JudgedRecollection:
    question, field = bench.question, "recollections"
    value: Value | None = None
    if one.option and isinstance(question, OptionQuestion):
        option = question.options[one.option]
        verdict = option_verdict(bench, option, field)
        answer = one.answer or texts.fill(option.text, bench.params)
    elif one.claims:
        held = [bench.claim(claim, field) for claim in one.claims]
        verdict, answer = ("confirmed" if all(held) else "refuted"), one.answer
    elif one.answer:
        verdict, answer = bench.verdict(one.answer), one.answer
        value = worked_out(question, one.answer)
    else:
        return JudgedRecollection(one.group, "", "unanswered", None, one.note)
    if one.ruling:
        missing = [claim for claim in one.ruling.because if not bench.claim(claim, field)]
        if missing or verdict == "refuted" or not one.ruling.because:
            why = ", ".join(missing or one.claims or (one.option or one.answer,))
            bench.blame("ruling_unsupported", field, answer=answer, ruling=one.ruling.verdict, claim=why)
        else:
            verdict = rulings.computed(question, one, measured=bench.verdict(one.answer) if one.answer else "refuted")
            if verdict != one.ruling.verdict:
                args = {"answer": answer, "ruling": one.ruling.verdict, "computed": verdict}
                bench.blame("ruling_contradicted", field, **args)
    return JudgedRecollection(one.group, answer, verdict, value, one.note)


def says_of(evidence: Evidence, name: str) -> str:
    """What was measured for a claim; "" for one that nobody put to the test."""
    return next((claim.says for claim in evidence.claims if claim.name == name), "")
