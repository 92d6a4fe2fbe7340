"""What is not written yet is missing, and neither wrong nor a mistake."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from quizlab.own.definitions import settings
from quizlab.own.environment import python_of
from quizlab.own.reading import Source
from quizlab.own.unbound import unbound
from quizlab.own.unfinished import Function, is_unfinished
from quizlab.telling import own as telling
from tests.own.looking import look, questions


def function(text: str) -> Function:
    """The function that a text defines."""
    (node,) = ast.parse(text).body
    assert isinstance(node, Function)
    return node


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        "...",
        "'''Vrati gubitak.'''",
        "raise NotImplementedError",
        "raise NotImplementedError('do petka')",
        "x = 1\n raise NotImplementedError",
        "return ...",
        "loss = ...\n return loss",
        "x: int = ...\n return x",
        "self.append(...)",
        "with no_grad():\n  ...",
        "texts = f(batch)\n pass",
    ],
)
def test_a_function_that_is_not_written(body: str) -> None:
    assert is_unfinished(function(f"def f(self, batch):\n {body}"))


@pytest.mark.parametrize(
    "body",
    [
        "return x[..., 0]",
        "x[...] = 0",
        "y: tuple[int, ...] = f(x)\n return y",
        "if x is None:\n  raise NotImplementedError\n return x",
        "for i in x:\n  pass\n return x",
        "def g():\n  ...\n return g",
        "return None",
        "if x:\n  return 1\n raise NotImplementedError(x)",
    ],
)
def test_a_function_that_is_written(body: str) -> None:
    assert not is_unfinished(function(f"def f(self, x):\n {body}"))
    assert not is_unfinished(function(f"@abc.abstractmethod\ndef f(self, x):\n ...\n {body}"))


def test_a_training_may_end_without_giving_anything_back() -> None:
    node = function("def train(model, loader):\n for x in loader:\n  step(x)\n pass")
    assert is_unfinished(node)
    assert not is_unfinished(node, may_end=True)


MODEL = """
from torch import nn


class SimpleMetricEmbedding(nn.Module):
    def __init__(self, input_channels, emb_size=32):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(input_channels, emb_size, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten())

    def get_features(self, img):
        return self.net(img)

    def loss(self, anchor, positive, negative):
        {loss}


class IdentityModel(nn.Module):
    def get_features(self, img):
        return img.flatten(1)
"""


def test_a_loss_that_is_not_written_is_said_with_its_place_and_differs_nowhere(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(MODEL.replace("{loss}", "pass"), encoding="utf-8")
    found = look(tmp_path, "lab4", tmp_path, questions("lab4", "q2", "q6", "q7", "q22"))
    assert found.judged["q2"].outcome == "agrees"
    assert {found.judged[name].missing for name in ("q6", "q22")} == {"model.loss"}
    assert not found.of("differs")
    (trouble,) = (each for each in found.loaded.troubles if each.what == "unfinished")
    assert (trouble.file, trouble.detail) == ("model.py:13", "model.loss")


def test_a_loss_that_asks_the_body_of_the_model_itself_is_no_loss_of_images(tmp_path: Path) -> None:
    lines = (
        "a, p, n = self.net(anchor), self.net(positive), self.net(negative)\n"
        "        return nn.functional.triplet_margin_loss(a, p, n)"
    )
    (tmp_path / "model.py").write_text(MODEL.replace("{loss}", lines), encoding="utf-8")
    found = look(tmp_path, "lab4", tmp_path, questions("lab4", "q6", "q22"))
    assert {each.outcome for each in found.judged.values()} == {"agrees"}
    assert not {"loss-on-images", "loss-other", "no-gradient"} & found.named


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import a\nfor x in train_loader:\n    print(x)\n", "train_loader"),
        ("print([x for x in y], later)\n\ndef later(): ...\n", ""),
        ("f = lambda: nigdje\n\ndef g():\n    return nigdje\n\nclass A:\n    b = nigdje\n", ""),
        ("from a import *\nprint(nigdje)\n", ""),
        ("if uvjet:\n    print(nigdje)\n", ""),
        ("def f():\n    global x\n    x = 1\nf()\nx.y = z\n", "z"),
        ("with open('a') as f, b as (c, d): pass\nprint(f, c, d, __name__)\n", ""),
        ("try:\n    import a.b\nexcept E as e: pass\na.b(e)\nm: int\n", ""),
    ],
)
def test_a_name_that_nothing_defines(text: str, name: str) -> None:
    found = unbound(Source(Path("a.py"), "a.py", ast.parse(text)))
    assert (found.detail if found else "") == name


def test_the_students_own_python_is_said_where_it_is(tmp_path: Path) -> None:
    code = tmp_path / "du" / "lab4"
    code.mkdir(parents=True)
    (code / "model.py").write_text("", encoding="utf-8")
    assert python_of(code) == ""
    python = tmp_path / "du" / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("", encoding="utf-8")
    assert python_of(code) == python_of(code / "model.py") == str(python.resolve())
    assert f"{python} -m quizlab verify" in telling.package("model.py", "einops", str(python))


def test_every_missing_part_is_said_and_where_it_stops() -> None:
    assert telling.missing("", {}) == ""
    assert telling.missing("dataset+evaluate", {}) == "nema skupa podataka; nema vrednovanja"
    told = telling.missing("dataset+loss", {"dataset": "dataset.py:7"})
    assert told == "dataset.py:7 nije dovršeno; model nema metodu loss"


def test_the_command_line_that_a_script_reads_has_its_default_values() -> None:
    text = """
parser = argparse.ArgumentParser()
parser.add_argument("-d", "--emb-size", type=int, default=32)
parser.add_argument("--lr", dest="rate", default=1e-3)
parser.add_argument("--cuda", action="store_true")
parser.add_argument("path")
if True:
    args, rest = parser.parse_known_args()


def main():
    other = parser.parse_args()
"""
    expected = {"emb_size": 32, "rate": 1e-3, "cuda": False, "path": None}
    assert settings(ast.parse(text).body) == {"args": expected}
