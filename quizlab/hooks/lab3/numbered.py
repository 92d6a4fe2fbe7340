"""The lab's vocabulary at work: sentences turned into indices, by the vocabulary alone and by its data sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quizlab.hooks.common import listed
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3 import corpus
from quizlab.hooks.lab3.corpus import UNK
from quizlab.hooks.owned import is_own, reference_of
from quizlab.model import Claim

SPLITS = ("train", "valid")


class Numbered(NamedTuple):
    """A vocabulary at work: its size, how its training sentences came out, and the shares of unknown words.

    ``least`` is the least frequency of a word that it has, ``most`` the greatest of one that it lacks.
    """

    size: int
    least: int
    most: int
    same_length: bool
    only_missing: bool
    in_training: float
    in_validation: float


def numbered(lab: Lab3, **limits: int) -> Numbered:
    """Build a vocabulary of the training sentences within the limits and number the sentences with it."""
    splits = corpus.reviews(lab)
    vocab = lab.Vocab(reference_of(lab).token_frequencies(splits["train"].instances), **limits)
    words = _words(splits)
    return _found(splits, vocab, {split: read_back(vocab, words[split]) for split in SPLITS})


def of_files(lab: Lab3, min_freq: int, most: int) -> dict[str, Numbered]:
    """The same of the lab's own data sets, read from the files with the same limits.

    A student's are not asked, nor those without a token for unknown words.
    """
    if is_own(lab) or UNK not in corpus.reviews(lab)["train"].text_vocab.stoi:
        return {}
    return {
        f"iz datoteka, {name}": read_from_files(corpus.splits(lab, **limit))
        for name, limit in ((f"min_freq = {min_freq}", {"min_freq": min_freq}), (f"najviše {most}", {"max_size": most}))
    }


def read_from_files(splits: Any) -> Numbered:
    """What the data sets of a lab give out instead of their words."""
    vocab = splits["train"].text_vocab
    spoken = {index: word for word, index in vocab.stoi.items()}
    read = {
        split: [spoken[int(index)] for at in range(len(splits[split])) for index in splits[split][at][0]]
        for split in SPLITS
    }
    return _found(splits, vocab, read)


def limits_claims(lab: Lab3, left_out: Mapping[str, Numbered], min_freq: int, most: int) -> tuple[Claim, ...]:
    """Whether the limits leave out just what they should, and whether the words are those of the training split.

    ``left_out`` has vocabularies limited by frequency and by size, in turns. A student's are not asked.
    """
    if is_own(lab):
        return ()
    rarer, limited = [*left_out.values()][::2], [*left_out.values()][1::2]
    splits = corpus.reviews(lab)
    known = set(_words(splits)["train"])
    elsewhere = {token for split in splits.values() for token in split.frequencies} - known
    others = [token for token in corpus.tokens(splits["train"].text_vocab) if token in elsewhere]
    return (
        Claim(
            "limits_hold",
            all(each.least >= min_freq > each.most for each in rarer) and all(each.size == most for each in limited),
            f"broj pojavljivanja uz min_freq = {min_freq}: najrjeđa riječ vokabulara "
            f"{listed(each.least for each in rarer)}, najčešća izostavljena {listed(each.most for each in rarer)} "
            f"(iz brojeva pojavljivanja i iz datoteka); tokena u vokabularu, kad ih smije biti najviše {most}: "
            f"{listed(each.size for each in limited)}",
        ),
        Claim(
            "words_of_training_only",
            not others,
            f"riječi vokabulara iz vježbe kojih nema u skupu za učenje, nego samo u drugima: {len(others)}",
        ),
    )


def read_back(vocab: Any, words: str | Sequence[str]) -> list[str]:
    """Words turned into indices by the vocabulary and back; without ``<UNK>`` only the words that it knows."""
    tokens = words.split() if isinstance(words, str) else words
    known = [token for token in tokens if UNK in vocab.stoi or token in vocab.stoi]
    spoken = {index: word for word, index in vocab.stoi.items()}
    return [spoken[int(index)] for index in vocab.encode(known).tolist()]


def _words(splits: Any) -> dict[str, list[str]]:
    """The words of both splits, in order."""
    return {split: [token for each in splits[split].instances for token in each.text] for split in SPLITS}


def _found(splits: Any, vocab: Any, read: Mapping[str, list[str]]) -> Numbered:
    """What a vocabulary did with the words of both splits."""
    words = _words(splits)
    counts: dict[str, int] = {}
    for token in words["train"]:
        counts[token] = counts.get(token, 0) + 1
    missing = [token not in vocab.stoi for token in words["train"]]
    return Numbered(
        len(vocab.stoi),
        min((count for token, count in counts.items() if token in vocab.stoi), default=0),
        max((count for token, count in counts.items() if token not in vocab.stoi), default=0),
        len(read["train"]) == len(words["train"]),
        [token == UNK for token in read["train"]] == missing,
        read["train"].count(UNK) / len(words["train"]),
        read["valid"].count(UNK) / len(words["valid"]),
    )
