"""Texts of every kind, as banks and evidence may hold them."""

from __future__ import annotations

from hypothesis import strategies as st

word = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S"), max_codepoint=0x2FFF), max_size=30)
text = st.one_of(
    st.lists(word, max_size=12).map(" ".join),
    st.sampled_from(
        ["", "(32, 32, 3, 3)", "x" * 90, "漢字" * 20, "294\u202f912", "norm.running_mean", "a\nb\tc", "\x1b[31mx"]
    ),
)
