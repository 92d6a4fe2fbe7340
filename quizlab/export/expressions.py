"""Formulas in plain text that name code: «tanh(W_hh·h + W_xh·x + b_h)» is one thing, so it is set as one thing.

A text may mention a name of code alone (W_hh); in a formula, code and text by turns would cut it to pieces. What
counts as a formula is narrow: operands with signs between them, at least one of them a name with an index, or a
call that has one inside. No part of the pattern can be matched in many ways, so it stays quick on any text.
"""

from __future__ import annotations

_INSIDE = r"(?:[^()`|$\\]|\([^()`|$\\]*\))*"
_NAME = rf"[A-Za-z][A-Za-z0-9]*(?:[._]+[A-Za-z0-9]+)+(?:\({_INSIDE}\))?"
_SYMBOL = r"∂?[A-Za-zα-ωΑ-Ω]\u0303?(?:_(?:[A-Za-z0-9]+|\([^()`|$\\]{1,20}\)))?"
_CALL = rf"[A-Za-zσ][A-Za-z0-9]*[²³]?\({_INSIDE}\)"
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?(?:e[−\-]?[0-9]+)?"
_END = r"[²³ᵀ]*(?![\w(])"
_GROUP = rf"−?\({_INSIDE}\){_END}"
_NAMED = rf"−?(?:{_CALL}|{_NAME}|{_SYMBOL}|{_NUMBER}){_END}"
_OPERAND = rf"(?:{_NAMED}|{_GROUP})"
_SIGN = r" ?[·⊙=+−×/←→] ?"
_INDEXED = r"(?:[^\s·⊙=+−×/←→`|$\\]{0,40}|[A-Za-zσ]{0,12}\([^()_`|$\\]{0,60})[A-Za-zα-ωΑ-Ω\u0303]_"

EXPRESSION = (
    rf"(?=(?:{_OPERAND}{_SIGN}){{0,9}}{_INDEXED})"
    rf"(?:{_NAMED}(?:{_SIGN}{_OPERAND})*|{_GROUP}(?:{_SIGN}{_OPERAND})+)"
)
"""Also a single name with an index, but no remark in brackets; no flags, since the script of the page reads it, too."""
