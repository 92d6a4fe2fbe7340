"""Croatian order: its alphabet with the letters of two signs, capitals beside small ones, numbers by their value."""

from __future__ import annotations

import random

import pytest

from quizlab.telling.order import croatian

LISTS = [
    ["a", "b", "c", "č", "ć", "d", "dž", "đ", "e", "l", "lj", "m", "n", "nj", "o", "s", "š", "t", "z", "ž"],
    ["arhitektura", "broj parametara", "građa mreže", "LSTM i GRU", "učenje", "ugrađivanje", "vokabular"],
    ["cesta", "čaj", "ćup", "dan", "dom", "džep", "đak", "eho"],
    ["lopta", "luk", "ljeto", "Mali", "nula", "njuška", "oko"],
    ["lab2", "lab3", "lab10", "lab10a"],
    ["što", "što vraća", "štoperica"],
    ["mreza", "mreža", "mrežni"],
]


@pytest.mark.parametrize("wanted", LISTS)
def test_the_order_of_the_dictionary(wanted: list[str]) -> None:
    for seed in range(5):
        shuffled = random.Random(seed).sample(wanted, len(wanted))
        assert sorted(shuffled, key=croatian) == wanted


def test_both_unicode_forms_are_one_letter() -> None:
    assert croatian("z\u030c")[0] == croatian("ž")[0]
    assert croatian("Ž")[0] == croatian("ž")[0]
