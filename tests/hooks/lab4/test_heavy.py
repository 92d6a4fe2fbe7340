"""What hooks may be asked for at most stays within the memory of a small machine."""

from __future__ import annotations

from quizlab.hooks import registry
from quizlab.hooks.lab4 import embedding
from quizlab.model import Table
from quizlab.proof import binding


def shown_inputs(**given) -> set[str]:
    import importlib

    lab = importlib.import_module(registry.code_of("lab4"))
    (table,) = (block for block in embedding.embedding_sizes(lab, **given).blocks if isinstance(block, Table))
    return {str(row[1]) for row in table.rows}


def test_large_images_are_measured_one_at_a_time_and_usual_ones_in_a_batch() -> None:
    assert shown_inputs() == {"(64, 1, 28, 28)"}
    assert shown_inputs(emb_size=512, channels=2, side=64) == {"(1, 2, 64, 64)"}


def test_what_would_take_gigabytes_is_out_of_range() -> None:
    for hook, name, most in (("lab4.embedding_rank", "emb_size", 256), ("lab3.states_shape", "steps", 64)):
        assert binding.check(hook, {name: most}, "params") == []
        (problem,) = binding.check(hook, {name: most + 1}, "params")
        assert (problem.code, problem.args["wanted"]) == ("bad_parameter", f"int 1–{most}")
