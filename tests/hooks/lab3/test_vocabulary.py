"""Special tokens and unknown words: counted by hand, and vocabularies that are wrong."""

from collections import Counter

import pytest

import labs.lab3 as lab
from quizlab.hooks.lab3.vocabulary import special_tokens, unknown_in_training
from quizlab.model import Plot
from tests.hooks.claims import held
from tests.hooks.lab3.broken import altered, vocabulary

TRAIN = lab.load_splits(lab.BUNDLED_DATA)["train"]


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


LIMITS = {"limits_hold", "words_of_training_only"}


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
    assert held(evidence) == {"appears_for_words_left_out", "absent_when_every_word_is_kept", *LIMITS}


@pytest.mark.parametrize(
    ("vocab", "claims"),
    [
        (vocabulary("<PAD>"), {"unknown_words_dropped", "absent_when_every_word_is_kept"}),
        (Dropping, {"unknown_words_dropped", "absent_when_every_word_is_kept"}),
        (Unlimited, {"only_outside_training", "absent_when_every_word_is_kept"}),
    ],
)
def test_vocabularies_without_unknown_words_in_training(vocab, claims):
    assert held(unknown_in_training(altered(Vocab=vocab))) - LIMITS == claims


def test_padding_that_is_the_unknown_token_is_found():
    broken = altered(pad_collate_fn=lambda batch: lab.pad_collate_fn(batch, pad_index=1))
    assert "fills_padding" in held(unknown_in_training(broken))
