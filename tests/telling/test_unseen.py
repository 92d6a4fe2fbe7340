"""What nobody can see in a quoted text is named, and what everybody sees stays as it is."""

from __future__ import annotations

import pytest

from quizlab.telling import sentences
from quizlab.telling.unseen import shown


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("c_in", "c_in"),
        ("građa mreže", "građa mreže"),
        ("1\u202f201\u202f100", "1\u202f201\u202f100"),
        (" 1764", "⟨razmak⟩1764"),
        ("1764\t", "1764⟨tabulator⟩"),
        ("1\u00a0764", "1⟨nerastavljivi razmak⟩764"),
        ("a  b", "a⟨razmak⟩⟨razmak⟩b"),
        ("q\u200b1", "q⟨U+200B⟩1"),
        ("\ufeffq1", "⟨oznaka BOM⟩q1"),
        ("a\ufe0f", "a⟨U+FE0F⟩"),
        ("\x1b[2J", "⟨U+001B⟩[2J"),
        ("zavr\udc9ani", "zavr⟨bajt 9A⟩ni"),
        ("\u202eabc", "⟨U+202E⟩abc"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, wanted: str) -> None:
    assert shown(text) == wanted


def test_a_sentence_does_not_contradict_itself() -> None:
    said = sentences.say("import_number", {"least": "1", "most": "9", "found": "5\u200b"})
    assert "a piše 5⟨U+200B⟩" in said
    assert "q⟨U+200B⟩1" in sentences.say("unknown_question", {"name": "q\u200b1"})
