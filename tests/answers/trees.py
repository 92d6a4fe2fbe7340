"""Random formulas, rendered in many spellings; their value in exact fractions is the oracle."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

NAMES = ("K", "M", "emb_size", "c_in")


def trees(names=NAMES, most=8):
    leaves = st.one_of(
        st.integers(0, 12).map(lambda n: ("number", n)), st.sampled_from(names).map(lambda n: ("name", n))
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from("+-*"), inner, inner),
            st.tuples(st.just("^"), inner, st.integers(0, 3)),
            st.tuples(st.just("neg"), inner),
        ),
        max_leaves=most,
    )


def value(tree, given):
    """The oracle: exact, naive, and knowing nothing of text."""
    match tree:
        case ("number", number):
            return Fraction(number)
        case ("name", name):
            return Fraction(given[name])
        case ("neg", inner):
            return -value(inner, given)
        case ("^", base, power):
            return value(base, given) ** power
        case (sign, left, right):
            a, b = value(left, given), value(right, given)
            return {"+": a + b, "-": a - b, "*": a * b}[sign]


_RANK = {"+": 1, "-": 1, "neg": 1, "*": 2, "^": 3, "number": 4, "name": 4}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def spelled(tree, draw):
    """One way of writing the tree; ``draw`` chooses one of several spellings."""

    def wrapped(inner, rank):
        text = spelled(inner, draw)
        if _RANK[inner[0]] < rank or draw([False, False, False, True]):
            left, right = draw(["()", "[]", "()", "{}"])
            return f"{left}{text}{right}"
        return text

    gap = draw(["", " "])
    match tree:
        case ("number", number):
            return str(number)
        case ("name", name):
            return draw([name, name, name.upper(), name.lower()])
        case ("neg", inner):
            return draw("-−–") + wrapped(inner, 2)
        case ("^", base, power):
            written = draw([str(power).translate(_SUPERSCRIPT), f"^{power}", f"**{power}", f"^({power})"])
            return wrapped(base, 4) + written
        case ("+", left, right):
            return f"{wrapped(left, 1)}{gap}+{gap}{wrapped(right, 2)}"
        case ("-", left, right):
            return f"{wrapped(left, 1)}{gap}{draw('-−–')}{gap}{wrapped(right, 2)}"
        case ("*", left, right):
            a, b = wrapped(left, 2), wrapped(right, 3)
            signs = ["*", "·", "×", "⋅", "∗", " * ", " x "]
            together = b[0].isalpha() or b[0] in "([{"
            together = together and not (a[-1] == "}" and b[0] == "{")  # to TeX these are groups, not factors
            if together and not (a[-1].isdigit() and b[0] in "eE"):
                signs += ["", "", " "]
            return a + draw(signs) + b
    raise AssertionError(tree)
