"""Special tokens, unknown words and padding: counted by hand, and vocabularies and batches that are wrong."""

from collections import Counter
from types import SimpleNamespace

import pytest
import torch
from torch import nn

import labs.lab3 as lab
from quizlab.hooks.lab3.vocabulary import padding, special_tokens, unknown_in_training
from quizlab.model import Plot

TRAIN = lab.load_splits(lab.BUNDLED_DATA)["train"]


def altered(**names):
    return SimpleNamespace(**{**vars(lab), **names})


def held(evidence):
    return {claim.name for claim in evidence.claims if claim.holds}


def vocabulary(*specials):
    class Vocab(lab.Vocab):
        def __init__(self, frequencies, max_size=-1, min_freq=0, specials=specials):
            super().__init__(frequencies, max_size, min_freq, specials)

    return Vocab


class Unlimited(lab.Vocab):
    def __init__(self, frequencies, max_size=-1, min_freq=0, specials=lab.TEXT_SPECIALS):
        super().__init__(frequencies, specials=specials)


class RarestFirst(lab.Vocab):
    def __init__(self, frequencies, max_size=-1, min_freq=0, specials=lab.TEXT_SPECIALS):
        most = max(frequencies.values()) + 1
        kept = {word: most - count for word, count in frequencies.items() if count >= min_freq}
        super().__init__(kept, max_size=max_size, specials=specials)


class Dropping(lab.Vocab):
    def encode(self, tokens):
        return super().encode(tokens if isinstance(tokens, str) else [each for each in tokens if each in self])


class PackingForgotten(lab.RecurrentClassifier):
    def forward(self, texts, lengths):
        return self.fc2(self.fc1(self.rnn(self.embedding(texts.T))[0][-1]).relu())


class PaddingCounted(lab.Baseline):
    def forward(self, texts, lengths):
        return super().forward(texts, torch.full_like(lengths, texts.shape[1]))


def cut(batch, pad_index=0):
    length = min(len(text) for text, _ in batch)
    texts = torch.stack([text[:length] for text, _ in batch])
    return texts, torch.stack([label for _, label in batch]), torch.full((len(batch),), length)


def not_zero(vocab, size=300, **options):
    return lab.embedding_matrix(vocab, size, **options).index_fill(0, torch.tensor([0]), 1.0)


def learns_padding(matrix, *, freeze):
    return nn.Embedding.from_pretrained(matrix.clone(), freeze=freeze)


SOUND_TOKENS = {
    "has_pad",
    "has_unk",
    "pad_is_0_and_unk_1",
    "words_by_falling_frequency",
    "labels_have_none",
    "spared_by_min_freq",
}


def test_the_special_tokens_are_two():
    assert held(special_tokens(lab)) == SOUND_TOKENS


@pytest.mark.parametrize(
    ("names", "lost", "found"),
    [
        ({"Vocab": vocabulary("<UNK>", "<PAD>")}, {"pad_is_0_and_unk_1"}, set()),
        ({"Vocab": vocabulary("<PAD>")}, {"has_unk", "pad_is_0_and_unk_1"}, set()),
        ({"Vocab": vocabulary()}, {"has_pad", "has_unk", "pad_is_0_and_unk_1"}, set()),
        ({"Vocab": vocabulary("<PAD>", "<UNK>", "<BOS>", "<EOS>")}, {"pad_is_0_and_unk_1"}, {"has_bos", "has_eos"}),
        ({"Vocab": RarestFirst}, {"words_by_falling_frequency"}, set()),
        ({"Vocab": Unlimited}, {"spared_by_min_freq"}, set()),
        ({"make_label_vocab": lambda: lab.Vocab(dict.fromkeys(lab.LABELS, 1))}, {"labels_have_none"}, set()),
    ],
)
def test_other_tokens_are_found(names, lost, found):
    assert held(special_tokens(altered(**names))) == SOUND_TOKENS - lost | found


@pytest.mark.parametrize("least", [2, 3, 5, 40])
def test_the_share_of_unknown_words_is_the_one_counted_by_hand(least):
    words = [word for instance in TRAIN.instances for word in instance.text]
    counts = Counter(words)
    wanted = sum(counts[word] < least for word in words) / len(words)
    evidence = unknown_in_training(lab, min_freq=least)
    (plot,) = (block for block in evidence.blocks if isinstance(block, Plot))
    shares = dict(zip(plot.series[0].x, plot.series[0].y, strict=True))
    assert shares[least] == pytest.approx(100 * wanted, abs=0.01)
    assert shares[0] == shares[1] == 0
    assert list(shares.values()) == sorted(shares.values())
    assert held(evidence) == {"appears_for_words_left_out", "absent_when_every_word_is_kept"}


@pytest.mark.parametrize(
    ("vocab", "claims"),
    [
        (vocabulary("<PAD>"), {"unknown_words_dropped", "absent_when_every_word_is_kept"}),
        (Dropping, {"unknown_words_dropped", "absent_when_every_word_is_kept"}),
        (Unlimited, {"only_outside_training", "absent_when_every_word_is_kept"}),
    ],
)
def test_vocabularies_without_unknown_words_in_training(vocab, claims):
    assert held(unknown_in_training(altered(Vocab=vocab))) == claims


def test_padding_that_is_the_unknown_token_is_found():
    broken = altered(pad_collate_fn=lambda batch: lab.pad_collate_fn(batch, pad_index=1))
    assert "fills_padding" in held(unknown_in_training(broken))
    assert "marks_unknown_words" in held(padding(broken))
    assert "equalises_lengths" not in held(padding(broken))


SOUND_PADDING = {"equalises_lengths", "vector_is_zero", "changes_no_logits", "would_change_them_if_counted"}


def test_what_padding_does():
    assert held(padding(lab)) == SOUND_PADDING


@pytest.mark.parametrize(
    ("names", "lost"),
    [
        ({"Baseline": PaddingCounted}, {"changes_no_logits"}),
        ({"RecurrentClassifier": PackingForgotten}, {"changes_no_logits"}),
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
