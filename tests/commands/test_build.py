"""The build command: what it prints, what it refuses, and how it compares two models."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import Run

CHAIN = "Conv2d(1, 32, 3), BatchNorm2d(32), ReLU, MaxPool2d(3, 2), Flatten"


def model_of(done: subprocess.CompletedProcess[str], at: int = 0) -> dict[str, object]:
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, object] = json.loads(done.stdout)["models"][at]
    return found


def test_a_model_is_shown_layer_by_layer_and_tensor_by_tensor(quizlab: Run) -> None:
    done = quizlab("build", CHAIN, "--input", "64,1,28,28")
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "(64, 32, 12, 12)",
        "(64, 4608)",
        "0.weight",
        "(32, 1, 3, 3)",
        "Međuspremnici",
        "1.running_var",
        "384",
    ):
        assert said in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_snippet_prints_what_is_shown(quizlab: Run, tmp_path: Path) -> None:
    for model, shape in ((CHAIN, "64,1,28,28"), ("Embedding(50, 8), LSTM(8, 5)[0][-1], Linear(5, 2)", "7,3")):
        found = model_of(quizlab("build", model, "--input", shape, "--json"))
        (tmp_path / "snippet.py").write_text(str(found["snippet"]), encoding="utf-8")
        command = [sys.executable, "-I", "-W", "ignore", str(tmp_path / "snippet.py")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout == found["prints"]


def test_the_object_for_programs(quizlab: Run) -> None:
    found = model_of(quizlab("build", CHAIN, "--input", "64,1,28,28", "--json"))
    assert (found["input"], found["output"], found["parameters"]) == ([64, 1, 28, 28], [64, 4608], 384)
    assert found["layers"][0] == {  # type: ignore[index]
        "number": 1,
        "layer": "Conv2d(1, 32, 3)",
        "output": [64, 32, 26, 26],
        "parameters": 320,
        "flops": 24920064,
    }
    assert [each["elements"] for each in found["buffers"]] == [32, 32, 1]  # type: ignore[attr-defined]
    bare = model_of(quizlab("build", "LSTM(3, 4)", "--json"))
    assert (bare["input"], bare["output"], bare["flops"], bare["parameters"]) == (None, None, None, 144)
    nested = model_of(quizlab("build", "LSTM(3, 4)", "--input", "5,2,3", "--json"))
    assert nested["output"] == [[5, 2, 4], [[1, 2, 4], [1, 2, 4]]]


def test_two_models_are_compared(quizlab: Run) -> None:
    done = quizlab("build", CHAIN, "--input", "64,1,28,28", "--without", "bias")
    assert "−32" in done.stdout
    assert "0.bias  (32,)         nema" in done.stdout
    second = model_of(quizlab("build", CHAIN, "--without", "BatchNorm2d, bias", "--json"), 1)
    assert (second["parameters"], second["buffers"]) == (288, [])
    other = quizlab("build", "GRU(3, 4)", "LSTM(3, 4)", "--plain")
    assert "parametara; prvi model: 108; drugi model: 144; razlika: 36" in other.stdout


def test_names_get_numbers(quizlab: Run) -> None:
    found = model_of(quizlab("build", "Linear(k*k*c, 10)", "--set", "k=3", "--set", "c=2", "--json"))
    assert found["parameters"] == 190


def test_billions_are_counted_at_once(quizlab: Run) -> None:
    found = model_of(quizlab("build", "Linear(10**9, 10**9), ReLU", "--input", "10**9,10**9", "--json"))
    assert found["parameters"] == 10**18 + 10**9
    assert found["flops"] == 2e27


def test_what_cannot_be_is_one_sentence_and_status_2(quizlab: Run) -> None:
    wrong = {
        ("Conv2d(1, 16, 3), Conv2d(32, 8, 3)", "--input", "8,1,9,9"): (
            "Sloj 2, Conv2d(32, 8, 3): Conv2d očekuje 32 ulazna kanala, a dobiva 16. Ulaz mu je oblika (8, 16, 7, 7)."
        ),
        ("Conv2d(1, 16)",): "Sloju Conv2d (1. znak) treba i argument kernel_size.",
        ("Linear(k, 3)",): "Ne znam koliko je „k”. Zadaj mu broj, na primjer --set k=3.",
        ("Linear(3, 3)", "--set", "k=3"): "Parametar „k” nigdje se ne spominje. Ukloni ga ili ga upotrijebi.",
        ("Linear(k, 3)", "--set", "k=nula"): "Broj za „k” ne može biti „nula”. Očekuje se cijeli broj od 1 nadalje.",
        ("Linear(3, 3)", "--set", "bias=3"): "Broj za „bias” ne može biti „3”. Očekuje se cijeli broj od 1 nadalje.",
        ("ReLU", "--input", "0,3"): "Ulaz ne može biti (0, 3).",
        ("ReLU", "--input", "a b"): "Kod 3. znaka opisa očekuje se",
        ("ReLU", "--without", "bias"): "Model nema „bias”",
        ("ReLU", "Tanh", "ELU"): "Suvišno je „ELU”.",
    }
    for arguments, sentence in wrong.items():
        done = quizlab("build", *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        (line,) = done.stderr.splitlines()
        assert line.startswith(sentence), line


def test_terminal_escapes_and_markup_in_a_description_stay_text(quizlab: Run) -> None:
    done = quizlab("build", "ReLU\x1b[31m")
    assert done.returncode == 2
    assert "\x1b" not in done.stderr


def test_without_torch_it_says_so(quizlab: Run, quick: dict[str, str]) -> None:
    done = quizlab("build", "ReLU", env=quick)
    assert done.returncode == 3
    assert "PyTorch" in done.stderr


def test_narrow_and_without_colour(quizlab: Run) -> None:
    done = quizlab("build", CHAIN, "--input", "64,1,28,28", env={"COLUMNS": "40", "NO_COLOR": "1"})
    code, _, _ = done.stdout.partition("Isječak")
    assert max(map(len, code.splitlines())) <= 40
    assert "\x1b" not in done.stdout
