"""Characters that no medium may get raw: controls, line separators, bidirectional overrides, invisible marks."""

from __future__ import annotations

import re

# C0 and C1 controls, line separators, bidirectional overrides, invisible marks and tags, lone surrogates
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def in_json(encoded: str) -> str:
    """JSON with each of them as an escape: it reads back as what it was, and nothing in it is raw."""
    return UNPRINTABLE.sub(_escape, encoded)


def _escape(found: re.Match[str]) -> str:
    """The code units of the character in UTF-16."""
    data = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{data[at : at + 4]}" for at in range(0, len(data), 4))
