"""LaTeX for MathJax on a card, as far as it is known to be harmless."""

from __future__ import annotations

import re

INERT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "[": "&#91;", "]": "&#93;"}
"""Characters that mean something to HTML or to Anki."""
ESCAPED = str.maketrans(INERT)

COMMAND = re.compile(r"\\([A-Za-z]+|.)")
SIGNS = frozenset(",;:!| {}%_#&\\")
COMMANDS = frozenset(
    re.findall(
        r"[A-Za-z]+",
        """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau
    upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    frac dfrac tfrac binom sqrt sum prod int oint lim limsup liminf max min sup inf arg argmax argmin exp log ln lg
    sin cos tan cot arcsin arccos arctan sinh cosh tanh coth det dim ker Pr gcd deg mod bmod pmod
    cdot cdots ldots dots vdots ddots times div pm mp ast star circ bullet oplus ominus otimes odot wedge vee
    cap cup setminus leq le geq ge neq ne ll gg approx equiv sim simeq cong propto in notin ni subset subseteq
    supset supseteq forall exists nexists neg lnot land lor implies iff to mapsto gets leftarrow rightarrow Leftarrow
    Rightarrow leftrightarrow Leftrightarrow longrightarrow uparrow downarrow infty partial nabla ell hbar Re Im
    emptyset varnothing top bot perp parallel mid angle prime dagger
    hat widehat bar overline underline tilde widetilde vec dot ddot mathbf mathrm mathit mathsf mathtt mathbb mathcal
    mathfrak boldsymbol text textbf textit textrm texttt operatorname left right big Big bigl bigr Bigl Bigr bigg Bigg
    lVert rVert lvert rvert Vert vert langle rangle lfloor rfloor lceil rceil lbrace rbrace underbrace overbrace
    stackrel overset underset limits nolimits quad qquad displaystyle textstyle not
    begin end
        """,
    )
)
"""What MathJax may be told. Some of its commands make links, styles or new commands, so no others come through."""


def mathjax(latex: str) -> str:
    r"""A formula between ``\(`` and ``\)``; nothing if MathJax could take it for more than a formula."""
    known = all(name in COMMANDS or name in SIGNS for name in COMMAND.findall(latex))
    whole = known and not latex.endswith("\\") and _closed(COMMAND.sub(" ", latex))
    return rf"\({latex.translate(ESCAPED)}\)" if whole else ""


def _closed(latex: str) -> bool:
    """Whether its braces come in pairs; behind one that stays open MathJax would look for the formula's end."""
    depth = 0
    for sign in latex:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0
