"""Proofs about which matrix of the plain RNN is the largest."""

from __future__ import annotations

from math import prod

from quizlab.hooks.common import listed
from quizlab.hooks.faces import Lab3, Size
from quizlab.hooks.lab3.shapes import (
    IN_TORCH,
    Shapes,
    follows_sizes,
    joins_input_and_output,
    largest_of,
    leaders,
    modules_code,
    shapes_at,
    tensors_table,
)
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import grouped

USUAL, LARGE_VOCABULARY = (100, 1000), (50_000, 150)
"""Vocabulary and hidden size: as on the quiz, and with a vocabulary of real size."""


def largest_matrix(lab: Lab3, *, vocab: Size = 100, hidden: Size = 1000) -> Evidence:
    """Compare the sizes of all parameters of the lab's plain RNN that reads and predicts words.

    Input and output are as large as the vocabulary. The value names the largest, or all that share the lead.
    """
    shapes = shapes_at(lab, vocab, hidden, vocab)
    usual, large = (shapes_at(lab, words, state, words) for words, state in (USUAL, LARGE_VOCABULARY))
    compared = USUAL if (vocab, hidden) == LARGE_VOCABULARY else LARGE_VOCABULARY
    others = shapes_at(lab, compared[0], compared[1], compared[0])
    from_input = [name for name, follows in follows_sizes(lab).items() if joins_input_and_output(follows)]
    return Evidence(
        cases=(Case(largest_of(shapes)),),
        claims=(
            Claim(
                "sizes_decide",
                (largest_of(usual), largest_of(large)) == ("W_hh", "W_xh i W_hy"),
                f"uz {_sizes(*USUAL)} najviše elemenata ima {largest_of(usual)}, a uz {_sizes(*LARGE_VOCABULARY)} "
                f"{largest_of(large)}",
            ),
            Claim(
                "input_to_output_matrix",
                bool(from_input),
                f"ulaz s izlazom izravno povezuje {listed(from_input)}"
                if from_input
                else f"mreža ima samo {listed(shapes)}; nijedan od njih ne povezuje ulaz izravno s izlazom, pa "
                "matrice W_xy nema",
            ),
        ),
        blocks=(
            tensors_table(shapes, _sizes(vocab, hidden).capitalize(), marked=leaders(shapes)),
            tensors_table(others, f"Za usporedbu: {_sizes(*compared)}", marked=leaders(others)),
        ),
        snippet=_sizes_snippet(shapes, vocab, hidden, vocab),
    )


def most_elements(lab: Lab3, *, hidden: Size = 1000, outputs: Size = 100) -> Evidence:
    """Compare W_hh, W_hy and the biases of the lab's plain RNN, and show where the lead changes."""
    shapes = {name: shape for name, shape in shapes_at(lab, 1, hidden, outputs).items() if name != "W_xh"}
    tried = dict.fromkeys([(hidden, outputs), (1000, 100), (150, 1), (150, 150), (150, 14_806)])
    leads = {(state, out): _matrices_lead(lab, state, out) for state, out in tried}
    expected = {(True, False): "W_hh", (False, True): "W_hy", (False, False): "W_hh i W_hy"}
    return Evidence(
        cases=(Case(largest_of(shapes)),),
        claims=(
            Claim(
                "state_against_outputs",
                all(lead == expected[state > out, state < out] for (state, out), lead in leads.items()),
                "više elemenata ima, redom: "
                + "; ".join(
                    f"stanje {grouped(state)}, izlaza {grouped(out)}: {lead}" for (state, out), lead in leads.items()
                ),
            ),
        ),
        blocks=(
            tensors_table(
                shapes, f"Skriveno stanje {grouped(hidden)}, izlaza {grouped(outputs)}", marked=leaders(shapes)
            ),
            Table(
                ("skriveno stanje", "izlaza", "više elemenata"),
                tuple((state, out, lead) for (state, out), lead in leads.items()),
                title="Odlučuje je li stanje veće od izlaza",
            ),
        ),
        snippet=_sizes_snippet(shapes, 1, hidden, outputs),
    )


def _matrices_lead(lab: Lab3, hidden: int, outputs: int) -> str:
    """Which of W_hh and W_hy has more elements."""
    shapes = shapes_at(lab, 1, hidden, outputs)
    return largest_of({name: shapes[name] for name in ("W_hh", "W_hy") if name in shapes})


def _sizes(vocab: int, hidden: int) -> str:
    """The sizes of a network in words."""
    return f"vokabular i ulaz {grouped(vocab)}, skriveno stanje {grouped(hidden)}"


def _sizes_snippet(shapes: Shapes, inputs: int, hidden: int, outputs: int) -> Snippet:
    """The same tensors in torch, with their shapes and sizes."""
    tensors = ", ".join(f'"{name}": {IN_TORCH[name]}' for name in shapes if name in IN_TORCH)
    return Snippet(
        f"""\
{modules_code(inputs, hidden, outputs)}tenzori = {{{tensors}}}
for ime, tenzor in tenzori.items():
    print(ime, tuple(tenzor.shape), tenzor.numel())
""",
        "\n".join(f"{name} {shape} {prod(shape)}" for name, shape in shapes.items() if name in IN_TORCH),
    )
