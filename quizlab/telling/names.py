"""Names of mistakes for people: their tags with the letters that a tag cannot have."""

from __future__ import annotations

LETTERS = (
    "ćelije ćeliji čuva briše doseže gradju/građu logistička medju/među medjuspremnike/međuspremnike "
    "miješanje množenje najkraću najveća nasljedjivanja/nasljeđivanja nasljedjivanje/nasljeđivanje naučenog običnom "
    "obični početka pogreška pojačava pomaže povećava rečenice rečenici riječ riječi ruši "
    "sažimanja sažimanje skraćeno skraćuje širina tekuće "
    "težina težine točki točna točnost učenja uključena veličina vježbi vraća zaokruženo značajki"
)
OWN = {
    "rnn": "RNN",
    "rnna": "RNN-a",
    "rnnu": "RNN-u",
    "lstm": "LSTM",
    "gru": "GRU",
    "svd": "SVD",
    "sgd": "SGD",
    "relu": "ReLU",
    "rmsprop": "RMSprop",
    "numpy": "NumPy",
    "unk": "<UNK>",
    "eval": "eval()",
    "adagrad": "Adagrad",
    "bayes": "Bayes",
}
_BARE = str.maketrans("čćžšđČĆŽŠĐ", "cczsdCCZSD")


def _letters() -> dict[str, str]:
    pairs = (each.partition("/") for each in LETTERS.split())
    return {(bare if right else bare.translate(_BARE)): right or bare for bare, _, right in pairs}


WORDS = {**_letters(), **OWN}


def mistake(tag: str) -> str:
    """The name of a mistake: «bez-pristranosti» is «bez pristranosti», «uz-medjuspremnike» «uz međuspremnike»."""
    return " ".join(WORDS.get(word, word) for word in tag.split("-"))
