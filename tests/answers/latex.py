"""Random formulas printed as LaTeX and in Unicode, in the styles of people and of their tools, with their exact values.

Every printer here gives text that means the tree to TeX and to a person alike; what would be unclear to one of them
is printed by `torn`, and nobody may read it.
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

Tree = tuple[Any, ...]

NAMES = ("K", "M", "W_hh", "b_h", "x", "c_in")
LEAVES = ("number", "name")
RANK = {"+": 1, "-": 1, "neg": 1, "*": 2, "/": 4, "^": 3, "sqrt": 4, **dict.fromkeys(LEAVES, 4)}
SUBSCRIPT = str.maketrans("0123456789hinx", "₀₁₂₃₄₅₆₇₈₉ₕᵢₙₓ")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
BOLD = {"K": "𝐊", "M": "𝑀", "W": "𝐖", "b": "𝑏", "x": "𝑥", "c": "𝐜"}
VULGAR = {(1, 2): "½", (1, 3): "⅓", (2, 3): "⅔", (3, 4): "¾", (3, 5): "⅗", (5, 8): "⅝", (7, 8): "⅞", (1, 10): "⅒"}
BRACKETS = (
    *(("(", ")"), (r"\left(", r"\right)"), (r"\bigl(", r"\bigr)"), (r"\Big[", r"\Big]"), (r"\left[", r"\right]")),
    *((r"\lbrace ", r"\rbrace "), (r"\left\{", r"\right\}"), (r"\left (", r"\right )"), (r"\lbrack ", r"\rbrack ")),
)
TIMES = (r"\cdot ", r"\cdot{}", r"\times ", r"\,\cdot\,", "·", "×", "⋅", "∗", "∙", r"\ast ", "*", r"\; \times\;")
STYLES = (r"\mathbf{%s}", r"\bm{%s}", r"\boldsymbol{%s}", r"\mathrm{%s}", r"\vec{%s}", "{%s}", r"\textbf{%s}")
FRACTIONS = (r"\frac", r"\tfrac", r"\dfrac", r"\cfrac", r"\frac ")
AROUND = ("%s", "$%s$", r"\(%s\)", r"\[%s\]", "$$%s$$", r"\boxed{%s}", "$\\displaystyle %s$", "{%s}", "\u200e%s")
AROUND_LONG = (r"\begin{equation}%s\end{equation}", r"\begin{align*} y &= %s \end{align*}", "y = %s", "$y=%s$")


def tree(rng: random.Random, depth: int = 4) -> Tree:
    kind = rng.randrange(8) if depth else rng.randrange(2)
    if kind == 0:
        return ("number", rng.randrange(1, 40))
    if kind == 1:
        return ("name", rng.choice(NAMES))
    if kind == 2:
        return ("neg", tree(rng, depth - 1))
    if kind == 3:
        return ("^", tree(rng, depth - 1), rng.randrange(2, 4))
    if kind == 4:
        return ("/", tree(rng, depth - 2 if depth > 1 else 0), tree(rng, depth - 2 if depth > 1 else 0))
    if kind == 5:
        return ("sqrt", tree(rng, depth - 1))
    return (rng.choice("+-*"), tree(rng, depth - 1), tree(rng, depth - 1))


def value(one: Tree, given: dict[str, Any]) -> Any:
    """The oracle: it knows nothing of text. Exact but for roots."""
    match one:
        case ("number", number):
            return Fraction(number)
        case ("name", name):
            return given[name]
        case ("neg", inner):
            return -value(inner, given)
        case ("^", base, power):
            return value(base, given) ** power
        case ("sqrt", inner):
            found = float(value(inner, given))
            return found**0.5 if found >= 0 else float("nan")
        case (sign, left, right):
            a, b = value(left, given), value(right, given)
            if sign == "/" and b == 0:
                return float("nan")
            return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[sign]()
    raise AssertionError(one)


class Printer:
    """Prints trees; ``rng`` chooses one of the ways at each place."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def whole(self, one: Tree) -> str:
        around = self.rng.choice((*AROUND, *AROUND_LONG))
        return around % self.text(one)

    def text(self, one: Tree) -> str:
        match one:
            case ("number", number):
                return self.number(number)
            case ("name", name):
                return self.name(name)
            case ("neg", inner):
                return self.rng.choice("-−–‐") + self.wrapped(inner, 2)
            case ("^", base, power):
                raised = self.rng.choice((f"^{power}", f"^{{{power}}}", str(power).translate(SUPERSCRIPT)))
                return self.wrapped(base, 4) + raised
            case ("/", above, below):
                return self.fraction(above, below)
            case ("sqrt", inner):
                return self.root(inner)
            case ("*", left, right):
                return self.product(left, right)
            case (sign, left, right):
                signs = {"+": ("+", " + ", "＋", r"\,+\,"), "-": ("-", " − ", "–", r"{}-{}")}[sign]
                return self.wrapped(left, 1) + self.rng.choice(signs) + self.wrapped(right, 2)
        raise AssertionError(one)

    def number(self, number: int) -> str:
        plain = str(number)
        return self.rng.choice((plain, plain, f"{{{plain}}}", rf"\mathrm{{{plain}}}", rf"\text{{{plain}}}"))

    def name(self, name: str) -> str:
        base, _, index = name.partition("_")
        if not index:
            letter = self.rng.choice((base, base, BOLD[base]))
            return self.rng.choice((letter, *(style % letter for style in STYLES), rf"\mathit {base}"))
        return self.rng.choice(
            (
                f"{base}_{{{index}}}",
                f"{base}_{{{' '.join(index)}}}",
                f"{{{base}}}_{{{index}}}",
                rf"\mathbf{{{base}}}_{{{index}}}",
                rf"\mathbf{{{base}_{{{index}}}}}",
                rf"\bm {base}_{{\text{{{index}}}}}",
                rf"{base}_\mathrm{{{index}}}",
                rf"{base} _ {{ {index} }}",
                rf"{base}\_{index}\,",
                f"{BOLD[base]}{index.translate(SUBSCRIPT)}",
            )
        )

    def wrapped(self, inner: Tree, rank: int) -> str:
        text = self.text(inner)
        if RANK[inner[0]] < rank or (inner[0] not in LEAVES and self.rng.randrange(5) == 0):
            left, right = self.rng.choice(BRACKETS)
            return f"{left}{text}{right}"
        return text

    def fraction(self, above: Tree, below: Tree) -> str:
        short = [len(str(each[1])) == 1 and each[0] in LEAVES for each in (above, below)]
        pair = (above[1], below[1])
        if pair in VULGAR and self.rng.randrange(2):
            return f"({VULGAR[pair]})"
        if self.rng.randrange(4) == 0:
            return rf"{{{self.text(above)} \over {self.text(below)}}}"
        pieces = [
            f"{{{self.text(each)}}}"
            if not bare or self.rng.randrange(2)
            else f" {each[1]}"
            if each[0] == "name"
            else str(each[1])
            for each, bare in zip((above, below), short, strict=True)
        ]
        written = self.rng.choice(FRACTIONS) + "".join(pieces)
        return written if pieces[1][0] == "{" else f"({written})"

    def root(self, inner: Tree) -> str:
        if inner[0] == "number" and inner[1] < 10 and self.rng.randrange(2):
            return rf"(\sqrt{inner[1]})"
        return rf"\sqrt{{{self.text(inner)}}}" if self.rng.randrange(3) else rf"\sqrt[2]{{{self.text(inner)}}}"

    def product(self, left: Tree, right: Tree) -> str:
        a, b = self.wrapped(left, 2), self.wrapped(right, 3)
        if right[0] == "name" and left[0] in LEAVES and self.rng.randrange(3) == 0:
            return rf"{a}\,{b}" if self.rng.randrange(2) else f"{a} {b}"
        return a + self.rng.choice(TIMES) + b


def torn(rng: random.Random) -> str:
    """LaTeX that TeX and a person, or two persons, may read as two things."""
    a, b, c = (str(rng.randrange(1, 10)) for _ in range(3))
    name = rng.choice(("K", "M", "x"))
    return rng.choice(
        (
            rf"{a}\frac{b}{c}",
            rf"{a}\,\tfrac{{{b}}}{{{c}}}",
            rf"\frac{a}{b}{c}",
            rf"\frac {a}{b} {c}",
            rf"\sqrt{a}{b}",
            rf"\sqrt {a}{name}",
            rf"\sqrt {name}^{a}",
            rf"\frac{a}{b}^{c}",
            rf"\frac{a}{b},{c}",
            rf"\frac {name}{name}{name}",
            rf"{a}\,{b}",
            rf"{{{a}}}{{{b}}}",
            rf"\mathbf{{{a}}}{b}",
            rf"${a}$ ${b}$",
            rf"{name} \\ {name}",
            rf"\frac{{{a}}}",
            rf"\frac{{{a}}}{{{b}",
            rf"\foo{{{name}}}",
            rf"\cancel{{{a}}}{name}",
            rf"\hat{{{name}}}",
            rf"{a} \over {b} \over {c}",
            rf"{name}½",
            rf"{a} {b}½",
            rf"{a}²½",
            rf"\begin{{cases}}{a}\end{{cases}}",
        )
    )
