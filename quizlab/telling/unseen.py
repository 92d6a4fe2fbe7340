"""A text that somebody wrote, with what nobody can see in it named: spaces at its ends, controls, invisible marks."""

from __future__ import annotations

import re
import unicodedata

NAMES = {
    " ": "razmak",
    "\u00a0": "nerastavljivi razmak",
    "\u202f": "uski razmak",
    "\t": "tabulator",
    "\n": "novi redak",
    "\r": "povrat",
    "\x00": "nulti bajt",
    "\ufeff": "oznaka BOM",
}
BYTE = 0xDC00
"""What Python adds to a byte that is no UTF-8 to keep it in a text."""

_ENDS = re.compile(r"^\s+|\s+$|\s{2,}|[^\S \u202f]|(?<![0-9])\u202f|\u202f(?![0-9])")


def shown(text: str) -> str:
    """The text with ⟨razmak⟩ and the like where the reader would see nothing."""
    if text.isascii() and text.isprintable() and text.strip() == text and "  " not in text:
        return text
    text = _ENDS.sub(lambda found: "".join(map(_named, found[0])), text)
    return "".join(_named(char) if _unseen(char) else char for char in text)


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp") or "\ufe00" <= char <= "\ufe0f"


def _named(char: str) -> str:
    if "\udc80" <= char <= "\udcff":
        return f"⟨bajt {ord(char) - BYTE:02X}⟩"
    return f"⟨{NAMES.get(char) or f'U+{ord(char):04X}'}⟩"
