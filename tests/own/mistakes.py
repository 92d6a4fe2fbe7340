"""Which questions each mistake changes, and which structures there are; shared by the suite and the long trials."""

from __future__ import annotations

from tests.manuscripts_mistakes import lab3, lab4

MISTAKES4: dict[str, tuple[str, ...]] = {
    "groupnorm": ("q1", "q9", "q16"),
    "no-norm": ("q1", "q9", "q16"),
    "no-relu": ("q1",),
    "order": ("q1",),
    "bias-ignored": (),
    "no-bias": ("q1",),
    "kernel-ignored": (),
    "input-channels": (),
    "emb-size-ignored": (),
    "squeeze": ("q2",),
    "layers-without-effect": (),
    "third-pool": (),
    "no-pools": (),
    "one-pool": (),
    "global-max": ("q19",),
    "features-normalised": ("q19",),
    "identity-flat": ("q3", "q15", "q20"),
    "identity-not-flat": ("q3", "q15", "q20"),
    "identity-normalised": ("q15",),
    "no-identity": (),
    "loss-sum": ("q6", "q22"),
    "loss-unreduced": ("q6", "q22"),
    "loss-squared": ("q6", "q22"),
    "loss-normalises": ("q6", "q22"),
    "loss-positive-negative": ("q6", "q22"),
    "loss-swapped": ("q6", "q8", "q22"),
    "loss-no-margin": ("q6", "q22"),
    "loss-no-hinge": ("q6", "q22"),
    "loss-mean-first": ("q6", "q22"),
    "loss-other": ("q6", "q22"),
    "loss-on-images": ("q6", "q8", "q22"),
    "no-gradient": ("q6", "q8"),
    "positive-no-index": ("q5", "q8", "q11", "q17"),
    "positive-sampling": ("q5", "q8", "q11", "q17"),
    "negative-sampling": ("q5", "q8", "q17"),
    "some-negatives-only": ("q5",),
    "some-positives-only": ("q5",),
    "anchor-as-positive": (),
    "class-not-removed": (),
    "classes-fixed": (),
    "no-remove-class": (),
    "label-tensor": ("q64",),
    "train-broken": (),
    "train-without-step": (),
    "means-not-normalised": ("q14",),
    "normalised-before-mean": (),
    "not-class-mean": (),
    "query-not-normalised": (),
    "farthest": (),
}
"""Cause → the questions that differ, without those that train (`TRAINED`)."""

TRAINED = ("q7", "q13", "q18", "q23", "q24")
"""Questions that train a model: seconds each, so only some mistakes are asked about them."""

MISTAKES4_TRAINED: dict[str, tuple[str, ...]] = {
    "": (),
    "layers-without-effect": ("q7",),
    "identity-normalised": ("q7",),
    "class-not-removed": ("q18",),
    "train-broken": ("q7",),
    "no-gradient": ("q7",),
    "query-not-normalised": ("q24",),
    "farthest": ("q13", "q18", "q24"),
}

MISTAKES3: dict[str, tuple[str, ...]] = {
    "specials": ("q38", "q44", "q61"),
    "label-unk": ("q38",),
    "min-freq-ignored": ("q38", "q42"),
    "min-freq-strict": (),
    "specials-counted": ("q38", "q42"),
    "max-size": (),
    "ties": (),
    "not-by-frequency": ("q38",),
    "two-words-lost": ("q42", "q61"),
    "float-indices": (),
    "unknown-dropped": ("q42",),
    "itos-lacks": (),
    "no-len": (),
    "texts-cut": ("q60",),
    "filled-with-other": ("q44", "q46", "q60"),
    "labels-tuple": (),
    "pad-row": (),
    "first-row": (),
    "padding-in-mean": ("q46",),
    "not-mean": ("q46",),
    "padding-read": ("q51",),
    "not-last-state": ("q51",),
    "not-word-by-word": ("q46", "q51"),
    "depth-4": (),
    "probabilities": ("q51",),
    "rnn-relu": ("q28",),
}

NEEDS = {"third-pool": "padded"}
"""Mistakes that only live in one structure: without padding there is nothing left to pool a third time."""

NOTES = {"anchor-as-positive", "label-tensor", "no-identity", "padding-in-mean", "padding-read"}

STRUCTURES4, STRUCTURES3 = lab4.STRUCTURES, lab3.STRUCTURES
