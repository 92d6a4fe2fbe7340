"""What is wrong with a TOML file, in Croatian: Python's own reader tells it in English, with its place."""

from __future__ import annotations

import re

AT = re.compile(
    r"(?P<what>.*?)(?: \((?:at line (?P<line>\d+), column (?P<column>\d+)|at end of document)\))?", re.DOTALL
)

SAID = (
    ("Invalid value", "vrijednost nije u navodnicima ili nije dovršena"),
    ("Expected newline", "iza vrijednosti stoji još nešto"),
    ("Expected '=' after", "iza imena nedostaje ="),
    ("Expected ']", "nedostaje ]"),
    ("Expected '", "navodnik nije zatvoren"),
    ('Expected "', "navodnik nije zatvoren"),
    ("Unterminated string", "navodnik nije zatvoren"),
    ("Unclosed array", "nedostaje ]"),
    ("Unclosed inline table", "nedostaje }"),
    ("Unescaped '\\'", "kosa crta \\ u dvostrukim navodnicima piše se \\\\, ili stavi jednostruke"),
    ("Invalid hex value", "iza \\x ili \\u treba stajati heksadekadski broj"),
    ("Escaped character", "iza \\u stoji znak kojega nema"),
    ("Illegal character", "u navodnicima je znak koji ondje ne smije stajati"),
    ("Found invalid character", "stoji znak koji se ne vidi"),
    ("Cannot declare", "ista vježba navedena je dvaput"),
    ("Cannot", "isto ime zadano je dvaput"),
    ("Duplicate", "isto ime zadano je dvaput"),
    ("Invalid initial character", "ime dijela nedostaje ili nije u redu"),
    ("Invalid statement", "redak ne počinje imenom dijela ni vježbe u uglatim zagradama"),
    ("Invalid date", "to nije datum"),
)
"""How a message begins → what it means; a version of Python that words it otherwise still tells the place."""


def said(error: Exception) -> str:
    """Where the file breaks off, and why as far as that is known."""
    match = AT.fullmatch(str(error))
    what = match["what"] if match else ""
    where = f"{match['line']}. redak, {match['column']}. znak" if match and match["line"] else "kraj datoteke"
    why = next((words for begins, words in SAID if what.startswith(begins)), "")
    return f"{where}: {why}" if why else where
