"""Which questions a student's code says nothing about: those of mathematics, torch and cells."""

from __future__ import annotations

from quizlab.model import AnyQuestion, hook_of

ABOUT_NOTHING_OWN = {"lab4.pca_return", "lab4.pca_shapes"}
ABOUT_OWN = {
    f"lab3.{name}"
    for name in (
        "cell_nonlinearity", "word_order_accuracy", "special_tokens", "unknown_in_training", "padding",
        "baseline_and_rnn", "output_layer", "word_order_loss", "padded_shape", "embedding_parameters", "states_shape",
    )
}  # fmt: skip
"""The proofs of lab 3 that run what a student writes."""


def is_general(question: AnyQuestion) -> bool:
    """Whether the proof of a question does not depend on a student's code."""
    hook = hook_of(question)
    return hook in ABOUT_NOTHING_OWN or (hook.startswith("lab3.") and hook not in ABOUT_OWN)
