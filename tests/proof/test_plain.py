"""What hooks return: other libraries' numbers become Python's, and what is no data is named with its place."""

from __future__ import annotations

import datetime
import decimal
import fractions
from typing import Any

import numpy as np
import pytest
import torch

from quizlab.model import Case, Claim, Evidence, Note, Plot, Series, Snippet, Table
from quizlab.proof.plain import NotPlainError, plain
from quizlab.proof.worker import run_hook

EMPTY = Snippet("", "")
ANY: Any = None


@pytest.mark.parametrize(
    ("foreign", "own"),
    [
        (np.int64(3), 3),
        (np.uint8(255), 255),
        (np.float32(0.5), 0.5),
        (np.float64(0.1), 0.1),
        (np.bool_(True), True),
        (np.str_("riječ"), "riječ"),
        (np.array(7), 7),
        (torch.tensor(3), 3),
        (torch.tensor(0.5, requires_grad=True), 0.5),
        (torch.tensor(False), False),
        (torch.Size([3, 4]), (3, 4)),
        ([np.int32(1), torch.tensor(2)], (1, 2)),
        (fractions.Fraction(1, 2), 0.5),
        (2**64 - 1, 2**64 - 1),
        (float("inf"), float("inf")),
    ],
)
def test_a_number_of_another_library_is_a_number(foreign: Any, own: Any) -> None:
    value = plain(Evidence(EMPTY, (Case(foreign),))).cases[0].value
    assert value == own
    assert type(value) is type(own)


def test_every_place_of_evidence_is_looked_at() -> None:
    number, holds, text = np.float32(0.5), np.bool_(False), np.str_("x")
    found = plain(
        Evidence(
            EMPTY,
            [Case(1, {text: np.int64(2)})],  # type: ignore[arg-type]
            (Claim(text, holds, text),),  # type: ignore[arg-type]
            (
                Table((text,), ((number,),), total=(number,), marked=(np.int64(0),)),  # type: ignore[arg-type]
                Plot(text, text, text, (Series(text, (1, number), (number, torch.tensor(2))),)),  # type: ignore[arg-type]
            ),
        )
    )
    expected = Evidence(
        EMPTY,
        (Case(1, {"x": 2}),),
        (Claim("x", False, "x"),),
        (
            Table(("x",), ((0.5,),), total=(0.5,), marked=(0,)),
            Plot("x", "x", "x", (Series("x", (1.0, 0.5), (0.5, 2.0)),)),
        ),
    )
    assert found == expected
    assert "np." not in repr(found)


@pytest.mark.parametrize(
    ("found", "place"),
    [
        (Evidence(EMPTY, (Case(1), Case(torch.ones(1)))), "cases[1].value je Tensor"),  # type: ignore[arg-type]
        (Evidence(EMPTY, (Case((1, np.ones(3))),)), "cases[0].value[1] je ndarray"),  # type: ignore[arg-type]
        (Evidence(EMPTY, (Case(1, {"K": object()}),)), "cases[0].given[K] je object"),  # type: ignore[dict-item]
        (Evidence(EMPTY, (Case(decimal.Decimal(1)),)), "cases[0].value je Decimal"),  # type: ignore[arg-type]
        (Evidence(EMPTY, (Case(datetime.date(2026, 1, 1)),)), "cases[0].value je date"),  # type: ignore[arg-type]
        (Evidence(EMPTY, (Case(1 + 2j),)), "cases[0].value je complex"),  # type: ignore[arg-type]
        (Evidence(EMPTY, (Case(2**64),)), "cases[0].value je cijeli broj od više od 64 bita"),
        (Evidence(EMPTY, (), (Claim("a", 1, ""),)), "claims[0].holds je int, a treba bool"),  # type: ignore[arg-type]
        (Evidence(EMPTY, (), (), (Note(b"x"),)), "blocks[0].text je bytes"),  # type: ignore[arg-type]
        (Evidence(Snippet(3, "")), "snippet.code je int, a treba str"),  # type: ignore[arg-type]
        (None, "umjesto dokaza NoneType"),
        ((1, 2), "umjesto dokaza tuple"),
    ],
)
def test_what_is_no_data_is_named_with_its_place(found: Any, place: str) -> None:
    with pytest.raises(NotPlainError) as caught:
        plain(found)
    assert str(caught.value) == place


def test_a_proof_with_such_a_value_is_a_problem_that_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    from quizlab.hooks import registry

    def hook(lab: Any) -> Evidence:
        return Evidence(EMPTY, (Case(lab),))

    monkeypatch.setattr(registry, "hook", lambda name: hook)
    assert run_hook("lab5.x", np.int64(3), {}).cases == (Case(3),)  # type: ignore[union-attr]
    problem: Any = run_hook("lab5.x", torch.ones(2), {})
    assert (problem.code, problem.args["message"]) == ("evidence_unsendable", "cases[0].value je Tensor")
    assert problem.args["where"].startswith("test_plain.py:")
    unmade: Any = run_hook("lab5.x", torch.ones((), device="meta"), {})
    assert unmade.code in {"hook_failed", "evidence_unsendable"}
