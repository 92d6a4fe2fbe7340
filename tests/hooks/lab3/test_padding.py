"""Padding: what it does in the lab, and batches and models that are wrong."""

import pytest
import torch
from torch import nn

import labs.lab3 as lab
from quizlab.hooks.lab3.padding import padding
from tests.hooks.claims import held
from tests.hooks.lab3.broken import PaddingCounted, altered, vocabulary


class PackingForgotten(lab.RecurrentClassifier):
    def forward(self, texts, lengths):
        return self.fc2(self.fc1(self.rnn(self.embedding(texts.T))[0][-1]).relu())


def cut(batch, pad_index=0):
    length = min(len(text) for text, _ in batch)
    texts = torch.stack([text[:length] for text, _ in batch])
    return texts, torch.stack([label for _, label in batch]), torch.full((len(batch),), length)


def not_zero(vocab, size=300, **options):
    return lab.embedding_matrix(vocab, size, **options).index_fill(0, torch.tensor([0]), 1.0)


def learns_padding(matrix, *, freeze):
    return nn.Embedding.from_pretrained(matrix.clone(), freeze=freeze)


SOUND_PADDING = {
    "equalises_lengths",
    "vector_is_zero",
    "changes_no_logits",
    "would_change_them_if_counted",
    "real_lengths_returned",
}


def test_what_padding_does():
    assert held(padding(lab)) == SOUND_PADDING


@pytest.mark.parametrize(
    ("names", "lost"),
    [
        ({"Baseline": PaddingCounted}, {"changes_no_logits", "would_change_them_if_counted"}),
        ({"RecurrentClassifier": PackingForgotten}, {"changes_no_logits", "would_change_them_if_counted"}),
        ({"embedding_matrix": not_zero}, {"vector_is_zero"}),
        ({"make_embedding": learns_padding}, {"vector_is_zero"}),
    ],
)
def test_padding_that_counts_or_learns_is_found(names, lost):
    assert held(padding(altered(**names))) == SOUND_PADDING - lost


def test_a_batch_that_cuts_is_found():
    claims = held(padding(altered(pad_collate_fn=cut)))
    assert "shortens_long_sentences" in claims
    assert not {"equalises_lengths", "changes_no_logits"} & claims


def test_swapped_special_tokens_leave_padding_without_its_place():
    claims = held(padding(altered(Vocab=vocabulary("<UNK>", "<PAD>"))))
    assert "marks_unknown_words" in claims
    assert not {"equalises_lengths", "vector_is_zero"} & claims


def test_padding_that_is_the_unknown_token_is_found():
    claims = held(padding(altered(pad_collate_fn=lambda batch: lab.pad_collate_fn(batch, pad_index=1))))
    assert "marks_unknown_words" in claims
    assert "equalises_lengths" not in claims
