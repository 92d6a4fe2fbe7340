"""Descriptions of models: nothing is executed, nothing takes long, and what is wrong is said with its place."""

from __future__ import annotations

import random
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab.errors import USAGE, QuizlabError
from quizlab.hooks.torch import grammar
from quizlab.hooks.torch.layers import LAYERS, Chain, resolved
from quizlab.model import Problem
from quizlab.telling import sentences
from tests.bank.small import bounded

GOOD = "Conv2d(1, 32, 3, padding=same), 3 × [ReLU, Linear(k*k, 10)], LSTM(10, 20)[0]"
LOCATED = ("position", "name", "expression", "number", "limit")


def read(text: str, **sizes: int) -> Chain:
    return resolved(grammar.model(text), sizes)


def refused(text: str) -> str:
    """The sentence with which a description is refused."""
    with pytest.raises(QuizlabError) as caught:
        read(text, k=3)
    assert caught.value.status == USAGE
    (problem,) = caught.value.problems
    assert problem.code == "spec_empty" or set(problem.args) & set(LOCATED)
    return sentences.problem(problem)


WRONG = {
    "": "Model nema nijednog sloja.",
    "Conv2d": "Sloju Conv2d (1. znak) treba i argument in_channels.",
    "ReLU, Conv2d(1, 32)": "Sloju Conv2d (7. znak) treba i argument kernel_size.",
    "Conv2d(1, 32, 0)": "kernel_size ne može biti 0. Očekuje se cijeli broj od 1 nadalje, ili 2 takvih u zagradama.",
    "Conv2d(1, 32, 3": "Kod 16. znaka opisa očekuje se „)” ili zarez, a stoji kraj opisa.",
    "Conv2d(1, 32, 3))": "Kod 17. znaka opisa očekuje se zarez ili kraj opisa, a stoji „)”.",
    "Conv2d 1, 32, 3": "Kod 8. znaka opisa očekuje se „(”, zarez ili kraj opisa, a stoji „1”.",
    "konvolucija(1, 32, 3)": "Sloj „konvolucija” (1. znak) ne poznajem. Slični su mu: Conv2d.",
    "Linear(4, 2, bias=ne)": "Umjesto „ne” napiši False.",
    "Relu": "Sloj „Relu” (1. znak) ne poznajem. Slični su mu: ReLU",
    "Conv2d(1, 32, k=3)": "nema argument „k”. Ima: in_channels, out_channels,",
    "Conv2d(1, 32, 3, 1, 0, 1, 1, True, zeros, 5)": "prima argumenata najviše 9",
    "Linear(3, 4, bias=1)": "bias ne može biti 1. Očekuje se True ili False.",
    "Linear(in_features=3, 4)": "vrijednost bez imena iza imenovane",
    "Linear(3, 4, in_features=3)": "dobiva argument „in_features” dvaput",
    "Linear(3.5, 4)": "in_features ne može biti 3.5.",
    "Linear(n, 4)": "Ne znam koliko je „n”. Zadaj mu broj, na primjer --set n=3.",
    "Linear(3/0, 4)": "Izraz (3/0) nema vrijednost",
    "Linear(10**99, 4)": "Izraz (10**99) nema vrijednost",
    "ReLU & Tanh": "Znak & na 6. mjestu opisa ne razumijem.",
    "1001 × [ReLU]": "Slojevi se ne mogu ponoviti 1001 puta",
    "500 × [ReLU, ReLU, ReLU]": "Model ima previše slojeva.",
    "[ReLU": "očekuje se „]”",
    "3 × ": "očekuje se ime sloja, a stoji kraj opisa",
    "Softmax(dim=yes)": "Ne znam koliko je „yes”",
    "Dropout(1.5)": "p ne može biti 1.5. Očekuje se broj od 0 do 1.",
    "LSTM(3, 4)[x]": "redni broj elementa",
    "torch.Tensor.Linear(3, 4)": "Kod 13. znaka opisa očekuje se",
}


@pytest.mark.parametrize(("text", "sentence"), WRONG.items(), ids=range(len(WRONG)))
def test_what_is_wrong_is_said_with_its_place(text: str, sentence: str) -> None:
    assert sentence in refused(text)


def broken(number: int) -> list[str]:
    """Good descriptions with a piece lost, doubled or exchanged, as far as they are none any more."""
    rng, found = random.Random(5), []
    pieces = ["(", ")", "[", "]", ",", "=", "×", "#", "Lin", "3.7", "-", "**", "'", "λ", "::", "None", "{"]
    while len(found) < number:
        at = rng.randrange(len(GOOD))
        text = GOOD[:at] + rng.choice(["", *pieces, *pieces]) + GOOD[at + rng.choice([0, 1, 1, 2, 5]) :]
        try:
            read(text, k=3)
        except QuizlabError:
            found.append(text)
    return found


@pytest.mark.parametrize("text", broken(100), ids=range(100))
def test_a_hundred_malformed_descriptions_get_one_located_sentence(text: str) -> None:
    assert refused(text).endswith(".")


HOSTILE = [
    "__import__('os').system('echo executed')",
    "Linear(__import__('os'), 4)",
    "Linear(3, 4, bias=__import__('os').getcwd())",
    "().__class__.__bases__",
    "torch.load('x')",
    "nn.Module",
    "Module",
    "modules.Linear(3, 4)",
    "Linear.__init__(3, 4)",
    "Linear(3, (4).__class__)",
    "lambda: 0",
    "[x for x in (1,)]",
    "eval('1')",
    "exec",
    "Linear(3, open('/etc/passwd'))",
    "LazyLinear(4)",
    "Sequential.__subclasses__()",
    "Linear(f'{1}', 2)",
    "Linear(3, 4); import os",
    "functional.relu",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_executed_and_no_name_is_found_outside_the_list(text: str) -> None:
    happened: list[str] = []
    armed = True
    sys.addaudithook(lambda name, _: happened.append(name) if armed else None)
    refused(text)
    armed = False
    assert not {"compile", "exec", "import", "open", "os.system", "subprocess.Popen"} & set(happened)


def test_the_list_holds_layers_alone() -> None:
    from torch import nn

    for kind in LAYERS:
        assert issubclass(getattr(nn, kind), nn.Module)


HUGE = {
    "brackets": "Linear(" + "(" * 5000 + "1" + ")" * 5000 + ", 2)",
    "groups": "[" * 5000 + "ReLU" + "]" * 5000,
    "signs": "Linear(" + "-" * 9000 + "1, 2)",
    "sums": "Linear(" + "1+" * 4000 + "1, 2)",
    "powers": "Linear(" + "9**" * 3000 + "9, 2)",
    "tower": "Linear(9**9**9**9, 2)",
    "repeats": "1000 × [" * 25 + "ReLU" + "]" * 25,
    "empty repeats": "1000 × [" * 25 + "]" * 25,
    "digits": "Linear(" + "9" * 9000 + ", 2)",
    "long": "ReLU, " * 10_000,
    "many": "ReLU," * 1999,
    "words": "a" * 9999,
    "picks": "ReLU" + "[0]" * 3000,
    "spaces": " " * 9999,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_descriptions_are_refused_in_no_time(text: str) -> None:
    start = time.perf_counter()
    refused(text)
    assert time.perf_counter() - start < 2


@bounded(300)
@given(st.text(alphabet="Conv2dReLU(1,)[]×3*x =k.'+-/\n{}λ_→", max_size=60) | st.text(max_size=30))
def test_any_text_is_a_model_or_is_refused(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        read(text, k=3)
    except QuizlabError as error:
        problems = error.problems
    assert all(map(sentences.problem, problems))


def test_what_people_paste_is_read() -> None:
    wanted = ["Conv2d(1, 32, 3)", "ReLU()", "Linear(4, 2, bias=False)"]
    for text in (
        "Conv2d(1, 32, 3), ReLU, Linear(4, 2, bias=False)",
        "nn.Sequential(\n    nn.Conv2d(1, 32, 3),\n    nn.ReLU(),\n    nn.Linear(4, 2, bias=False),\n)",
        "torch.nn.Conv2d(1, 32, kernel_size=3) → nn.ReLU() -> Linear(in_features=4, out_features=2, bias=false)",
        "Conv2d(1,\n 32, 3)\nReLU\n\nLinear(4, 2, False)\n",
    ):
        chain = read(text)
        inner = chain.steps[0] if isinstance(chain.steps[0], Chain) else chain
        assert [step.text for step in inner.steps] == wanted  # type: ignore[union-attr]


def test_reading_loads_no_torch() -> None:
    import subprocess

    code = "import sys; from quizlab.commands import build; from quizlab.hooks.torch import grammar, layers, module\n"
    code += "module.described('Conv2d(1, 2, k)', '1,1,9,9').chain({'k': 3}); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
