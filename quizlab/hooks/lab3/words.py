"""Proof about the number of parameters of the embedding layer: a row for every token, the special ones too."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from quizlab.hooks.common import listed, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.corpus import PAD, UNK, tokens
from quizlab.hooks.owned import needs, reference_of
from quizlab.model import Case, Claim, Evidence, Snippet, Table
from quizlab.numbers import grouped

Words = Annotated[int, Meta(ge=1, le=20_000)]
Vector = Annotated[int, Meta(ge=1, le=300)]


def embedding_parameters(
    lab: Lab3,
    *,
    words: Words = 1000,
    size: Vector = 300,
    specials: Literal["both", "padding", "none"] = "both",
    count: Literal["elements", "rows"] = "elements",
) -> Evidence:
    """Build the lab's vocabulary of so many words and its embedding layer, and count its elements.

    ``specials`` leaves special tokens out of the layer; ``count`` counts its rows.
    """
    import torch
    from torch import nn

    needs(lab, "vocab", "embedding")
    ours = reference_of(lab)
    vocab = lab.Vocab({f"rijec{number}": 1 for number in range(words)})
    whole = ours.make_embedding(lab.embedding_matrix(vocab, size), freeze=False)
    rows = {"both": whole.num_embeddings, "padding": words + 1, "none": words}[specials]
    with torch.device("meta"):
        layer = whole if specials == "both" else nn.Embedding(rows, size)
    total = sum(tensor.numel() for tensor in layer.parameters())
    special = [token for token in tokens(vocab) if not token.startswith("rijec")]
    return Evidence(
        cases=(Case(value=rows if count == "rows" else total),),
        claims=(
            Claim(
                "two_special_tokens",
                special == [PAD, UNK] and len(vocab.stoi) == words + 2,
                f"uz {grouped(words)} riječi vokabular ima {grouped(len(vocab.stoi))} tokena; posebni su "
                f"{listed(special) or 'nikoji'}",
            ),
            Claim(
                "row_of_padding_counts",
                whole.weight.shape[0] == len(vocab.stoi) and not whole.weight[ours.PAD_INDEX].any(),
                f"matrica ima oblik {shape_of(whole.weight)}; i redak znaka {PAD}, sam nula, dio je matrice",
            ),
        ),
        blocks=(
            Table(
                ("redci", "koliko ih je", "elemenata"),
                (("riječi", words, words * size), (listed(special), len(special), len(special) * size)),
                total=("ukupno", len(vocab.stoi), len(vocab.stoi) * size),
                title=f"Matrica ugrađivanja oblika {shape_of(whole.weight)}",
            ),
        ),
        snippet=Snippet(
            f"""\
from torch import nn

ugradjivanje = nn.Embedding({rows}, {size}, padding_idx=0, device="meta")
print(sum(t.numel() for t in ugradjivanje.parameters()))
""",
            str(total),
        ),
    )
