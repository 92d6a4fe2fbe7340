"""Types in Python's words and in Croatian; less specific is right."""

from __future__ import annotations

import pytest

from quizlab.answers import holds
from tests.answers.helpers import TYPE, bad, case, good

TENSORS = "tuple[Tensor, Tensor, Tensor]"


@pytest.mark.parametrize(
    ("typed", "measured"),
    [("int", "int"), ("cijeli broj", "int"), ("Cijeli Broj", "int"), ("integer", "int"), ("string", "str"),
     ("znakovni niz", "str"), ("realni broj", "float"), ("bool", "bool"), ("lista", "list"),
     ("rječnik", "dict"), ("rjecnik", "dict"), ("n-torka", "tuple"), ("ntorka", "tuple"), ("torka", "tuple"),
     ("uređena n-torka", "tuple"), ("uredjena n-torka", "tuple"), ("Tensor", "torch.Tensor"),
     ("tenzor", "torch.Tensor"), ("torch.tensor", "Tensor"), ("numpy array", "numpy.ndarray"),
     ("numpy polje", "numpy.ndarray"), ("np.ndarray", "numpy.ndarray"), ("None", "None"),
     ("none", "NoneType"), ("<class 'torch.Tensor'>", "torch.Tensor"), ("int64", "numpy.int64"),
     ("Sequential", "torch.nn.modules.container.Sequential"), ("nn.Sequential", "torch.nn.Sequential"),
     ("tuple", TENSORS), (TENSORS, TENSORS), ("Tuple[torch.Tensor, torch.Tensor, torch.Tensor]", TENSORS),
     ("(Tensor, Tensor, Tensor)", TENSORS), ("tri tenzora", TENSORS), ("3 tenzora", TENSORS),
     ("n-torka od tri tenzora", TENSORS), ("n-torka tenzora", TENSORS), ("tuple[Tensor, ...]", TENSORS),
     ("tuple(Tensor, Tensor, Tensor)", TENSORS), ("list", "list[int]"),
     ("lista cijelih brojeva", "list[int]"), ("cijeli broj (int)", "int")],
)  # fmt: skip
def test_right(typed, measured):
    reading = good(TYPE, typed)
    assert holds(reading, case(measured), {})
    assert good(TYPE, reading.shown) == reading


@pytest.mark.parametrize(
    ("typed", "measured"),
    [("int", "numpy.int64"), ("int", "float"), ("str", "int"), ("list", "tuple"), (TENSORS, "tuple"),
     ("int", "bool"), ("dva tenzora", TENSORS), ("tuple[int, ...]", TENSORS),
     ("tuple[Tensor, Tensor, int]", TENSORS), ("tenzor", TENSORS), ("tuple[Tensor, ...]", "tuple"),
     ("tenzor", "numpy.ndarray"), ("Sequential", "Mysequential"), ("int", 3), ("int", "")],
)  # fmt: skip
def test_wrong(typed, measured):
    assert not holds(good(TYPE, typed), case(measured), {})


@pytest.mark.parametrize(
    ("typed", "code"),
    [("banana", "unknown_type"), ("ne znam", "given_up"), ("tuple[Tensor", "missing_bracket"),
     ("?", "given_up"), ("tuple[banana]", "unknown_type"), ("3", "unknown_type"),
     ("[" * 50 + "]" * 50, "unknown_type")],
)  # fmt: skip
def test_unreadable(typed, code):
    assert bad(TYPE, typed) == code
