"""Proof about the number of parameters of the embedding layer: a row for every token, the special ones too."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from quizlab.hooks.common import listed, shape_of
from quizlab.hooks.faces import Lab3
from quizlab.hooks.lab3.corpus import PAD, UNK, reviews, tokens
from quizlab.hooks.lab3.run import main_run
from quizlab.hooks.owned import is_own, needs, reference_of
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
    from torch import nn

    needs(lab, "vocab", "embedding")
    ours = reference_of(lab)
    vocab = lab.Vocab({f"rijec{number}": 1 for number in range(words)})
    whole = ours.make_embedding(lab.embedding_matrix(vocab, size), freeze=False)
    kept: dict[str, tuple[str, ...]] = {"padding": (PAD,), "none": ()}
    layer = whole
    if specials in kept:  # torch's layer over the lab's vocabulary with these; the lab's own wants <PAD> and <UNK>
        fewer = ours.Vocab({f"rijec{number}": 1 for number in range(words)}, specials=kept[specials])
        layer = nn.Embedding(len(fewer.stoi), size, _weight=whole.weight.detach()[:1].expand(len(fewer.stoi), size))
    rows, total = layer.num_embeddings, sum(tensor.numel() for tensor in layer.parameters())
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
            *_run_claims(lab),
        ),
        blocks=(
            Table(
                ("retci", "koliko ih je", "elemenata"),
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


def _run_claims(lab: Lab3) -> tuple[Claim, ...]:
    """Whether the model of the lab's run has a row for every word of training and two more; a student's is not run."""
    from torch import nn

    if is_own(lab):
        return ()
    there, size = len(reviews(lab)["train"].frequencies), lab.Config().embedding_size
    model = main_run(lab).model
    modules = model.modules() if model is not None else ()
    shapes = [tuple(each.weight.shape) for each in modules if isinstance(each, nn.Embedding)]
    return (
        Claim(
            "rows_of_the_run",
            shapes == [(there + 2, size)],
            f"različitih riječi u skupu za učenje je {grouped(there)}, a ugrađivanje modela koji vježba uči ima oblik "
            f"{listed(shapes) or '–'}",
        ),
    )
