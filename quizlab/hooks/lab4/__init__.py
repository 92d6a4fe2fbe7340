"""The proofs of lab 4, metric embedding."""

from __future__ import annotations

from collections.abc import Callable

from quizlab.hooks.lab4 import (
    architecture,
    classification,
    embedding,
    first_convolution,
    formulas,
    identity,
    items,
    kind,
    losses,
    mahalanobis,
    modes,
    pca,
    projection,
    representations,
    sampling,
    saving,
    separation,
    triplets,
    unit,
)
from quizlab.model import Evidence

HOOKS: dict[str, Callable[..., Evidence]] = {
    "lab4.unit_parameters": unit.unit_parameters,
    "lab4.embedding_rank": embedding.embedding_rank,
    "lab4.embedding_sizes": embedding.embedding_sizes,
    "lab4.module_and_sequential": architecture.module_and_sequential,
    "lab4.triplet_candidates": triplets.triplet_candidates,
    "lab4.margin_curves": losses.margin_curves,
    "lab4.one_triplet": triplets.one_triplet,
    "lab4.first_convolution": first_convolution.first_convolution,
    "lab4.sampled_index": sampling.sampled_index,
    "lab4.identity_shape": identity.identity_shape,
    "lab4.sampled_labels": sampling.sampled_labels,
    "lab4.last_operation": architecture.last_operation,
    "lab4.identity_size": identity.identity_size,
    "lab4.loss_formula": formulas.loss_formula,
    "lab4.separation": separation.separation,
    "lab4.modes": modes.modes,
    "lab4.pca_return": pca.pca_return,
    "lab4.classification_method": classification.classification_method,
    "lab4.representations": representations.representations,
    "lab4.saving": saving.saving,
    "lab4.classification_kind": kind.classification_kind,
    "lab4.two_dimensions": projection.two_dimensions,
    "lab4.class_representations": representations.class_representations,
    "lab4.nearest_mean": classification.nearest_mean,
    "lab4.elongated_class": mahalanobis.elongated_class,
    "lab4.pca_shapes": pca.pca_shapes,
    "lab4.item_type": items.item_type,
}
