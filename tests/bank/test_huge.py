"""Large and hostile banks: read in a time that grows as they do, or refused in a sentence that names the limit."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quizlab import answers, bank
from quizlab.answers.notation import latex
from quizlab.bank import collisions, decode, limits, nodes
from quizlab.bank.meeting import Meeting
from quizlab.errors import QuizlabError
from quizlab.export import escaping
from quizlab.model import Mistake, Part, Problem, TextQuestion
from quizlab.question import key
from quizlab.telling import sentences
from quizlab.view import failing
from tests.bank.small import refused
from tests.samples import choice, number
from tests.stress import hostile

GROWTH = 9
"""Four times as much work takes four times as long; where each is compared with each, sixteen times."""


def grows(act: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times longer four times the size takes, the best of three tries of each."""
    return best(act(4 * size)) / best(act(size))


def best(act: Callable[[], object]) -> float:
    def clocked() -> float:
        start = time.process_time()
        act()
        return time.process_time() - start

    return min(clocked() for _ in range(3))


def text_question(forms: int) -> TextQuestion:
    return TextQuestion(
        id="z1",
        topic="t",
        prompt="?",
        explain="!",
        recollections=(),
        answer="kit",
        accept=tuple(map(str, range(forms))),
    )


def many_mistakes(count: int):
    return number(mistakes=tuple(Mistake(f"m{n}", f"{n} + 1000", "Ne.") for n in range(count)), accept=(), variants={})


ACTS: dict[str, tuple[Callable[[int], Callable[[], object]], int]] = {
    "lines": (lambda n: lambda: nodes.compose("questions:\n" + "  - {a: 1}\n" * n, ""), 1000),
    "holes": (lambda n: lambda: broken(n), 300),
    "accepted forms": (lambda n: lambda: list(check_question(text_question(n))), 300),
    "mistakes": (lambda n: lambda: list(collisions.check_variants(many_mistakes(n))), 300),
    "fractions": (lambda n: lambda: latex("\\frac{1}{" * n + "2" + "}" * n + " " * (n % 7)), 1000),
    **{
        f"Markdown {piece!r}": (lambda n, piece=piece: lambda: escaping.rich(piece * n), 2000)
        for piece in ("a", "_", "a_", "*", " #", "[1, ", "a/", "$x$ ", "a.b ", "a@", "`")
    },
}


def check_question(question):
    from quizlab.bank.check import check_question

    return check_question(question, {})


def broken(n: int) -> None:
    text = "questions:\n" + "  - {id: *a}\n" * n
    with pytest.raises(bank.BankError):
        decode.decode(text.encode(), Path("b.yaml"))


@pytest.mark.parametrize("name", ACTS)
def test_time_grows_as_what_is_read_does(name: str) -> None:
    act, size = ACTS[name]
    latex.cache_clear()
    assert min(grows(act, size) for _ in range(2)) < GROWTH


def test_a_text_is_read_without_its_ten_thousand_synonyms() -> None:
    question = text_question(5)
    assert key.alone(question, "3").accept == ("3",)
    assert list(check_question(text_question(200))) == []
    assert isinstance(answers.read(question, "3"), answers.Reading)


def test_parts_are_read_without_theirs() -> None:
    pair = answers_of_two()
    alone = key.alone(pair, ("kit", "riba"))
    assert [part.accept for part in alone.parts] == [("kit",), ()]
    assert key.alone(pair, ("kit",)).parts[1] == pair.parts[1]


def answers_of_two():
    from quizlab.model import TupleQuestion

    parts = (Part("text", "prvi", accept=("kit", "kitić")), Part("text", "drugi"))
    return TupleQuestion(
        id="z1", topic="t", prompt="?", explain="!", recollections=(), parts=parts, answer=("kit", "riba")
    )


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (number(variants={"c": tuple(range(1001))}), "too_many_variants"),
        (number(variants={name: tuple(range(1000)) for name in "abc"}), "too_many_variants"),
        (number(variants={"c": tuple(range(1000))}, mistakes=many_mistakes(60).mistakes), "too_many_answers"),
        (number(accept=tuple(map(str, range(50_001)))), "too_many_answers"),
        (
            number(mistakes=tuple(Mistake(f"m{n}", str(n), "Ne.", {"bias": False}) for n in range(41))),
            "too_many_models",
        ),
        (
            choice(
                options={
                    letter: type(option)(option.text, words=tuple(f"{letter}{n}" for n in range(80)))
                    for letter, option in choice().options.items()
                }
            ),
            "too_many_words",
        ),
    ],
    ids=["variants", "a billion", "mistakes", "forms", "models", "words"],
)
def test_what_cannot_be_gone_through_is_refused_whenever_it_is_read(question, code) -> None:
    found = [problem for problem in check_question(question) if problem.code in (code,)]
    assert [problem.code for problem in found] == [code]
    said = sentences.problem(found[0])
    assert found[0].args["most"] in said
    assert found[0].args["number"] in said


def test_the_shipped_banks_are_far_within_the_limits() -> None:
    for path in bank.shipped():
        for question in bank.load(path).questions:
            assert list(limits.check_limits(question)) == []


def test_a_bank_that_takes_too_long_is_refused_and_says_where(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(limits, "ALLOWED", -1.0)
    text = hostile.bank(*(hostile.question(n) for n in range(1, 40)))
    (problem,) = refused(tmp_path, text)
    assert (problem.code, problem.args["number"], problem.id) == ("bank_slow", "1", "z1")


def test_a_bank_of_nothing_but_mistakes_is_not_read_to_its_end(tmp_path) -> None:
    text = hostile.banks(20_000)["million-problems"]
    assert len(refused(tmp_path, text)) <= nodes.MOST_PROBLEMS
    text = "questions:\n" + "  - x: 1\n" * (nodes.MOST_PROBLEMS + 5)
    assert len(refused(tmp_path, text)) == nodes.MOST_PROBLEMS
    assert len(refused(tmp_path, "a: &b c\n" * (nodes.MOST_PROBLEMS + 5))) == nodes.MOST_PROBLEMS


def test_the_first_problems_are_told_and_how_many_there_are_more(capsys) -> None:
    problems = [Problem("bank_empty", {}, "b.yaml", line) for line in range(1, failing.TOLD + 13)]
    assert failing.report(QuizlabError(problems, status=2)) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == failing.TOLD + 1
    assert lines[-1] == "Ima ih još: 12 problema."


def test_meeting_finds_what_comparing_each_with_each_finds() -> None:
    rng = random.Random(5)
    pool = [
        0,
        0.0,
        1e-10,
        -1e-10,
        1,
        1.0,
        1 + 9e-7,
        1 + 2e-6,
        7,
        10**400,
        10**400 + 1,
        1e300,
        -3.5,
        "a",
        "b",
        None,
        (1, 2),
    ]
    pool += [base * (1 + rng.uniform(-2e-6, 2e-6)) for base in (1e-9, 3.3, 1e6, 1e30) for _ in range(8)]
    pool += [float("inf"), float("nan"), True, ((1.0, "a"), 2), ((1.0, "b"), 2), ((1.0000001, "a"), 2)]
    for _ in range(300):
        shape = rng.choice([0, 1, 2, 3])
        many = [rng.choice(pool) if shape == 0 else tuple(rng.choice(pool) for _ in range(shape)) for _ in range(12)]
        met = Meeting(collisions.alike)
        for at, value in enumerate(many):
            naive = next((other for other in range(at) if collisions.alike(value, many[other])), None)
            assert met.first(value) == naive, (value, many[:at])
            met.add(at, value)
