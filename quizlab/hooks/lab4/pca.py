"""Proofs about torch.pca_lowrank: what it returns, and in which shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from msgspec import Meta

from quizlab.hooks.common import seeded, shape_of
from quizlab.hooks.faces import Lab4, once_per_lab
from quizlab.hooks.lab4 import digits
from quizlab.hooks.lab4.projection import pixels
from quizlab.hooks.owned import reference_of
from quizlab.model import Case, Claim, Evidence, Note, Snippet, Table
from quizlab.numbers import decimal

if TYPE_CHECKING:
    from torch import Tensor

Method = Literal["lowrank", "full-svd", "transposed-v", "diagonal-s"]

SIZES = ((50, 784, 2), (64, 784, 3), (200, 32, 2), (40, 32, 5))
"""(n, m, q): fewer examples than features and more, pixels (m = 784) and embeddings."""

Rows = Annotated[int, Meta(ge=2, le=2000)]

Components = Annotated[int, Meta(ge=1, le=100)]


class Projected(NamedTuple):
    """The lab's images on their two main axes: U, the projection, and how far from it U and U·diag(S) are."""

    u: Tensor
    projection: Tensor
    off_scaled: float
    off_u: float


def pca_return(lab: Lab4) -> Evidence:
    """Call torch.pca_lowrank on the lab's images and look at what came back."""
    import torch

    lab = reference_of(lab)
    with seeded(0):
        result = torch.pca_lowrank(pixels(lab)[:64], 2)
    parts = list(result) if isinstance(result, tuple | list) else []
    tensors = [part for part in parts if isinstance(part, torch.Tensor)]
    return Evidence(
        cases=(Case(value=type(result).__name__),),
        claims=(
            Claim(
                "three_tensors",
                len(parts) == len(tensors) == 3,
                f"vraćen je {type(result).__name__}: članova ima {len(parts)}, a tenzora {len(tensors)}",
            ),
        ),
        blocks=(
            Table(
                ("član", "tip", "oblik"),
                tuple(
                    (name, f"torch.{type(part).__name__}", shape_of(part))
                    for name, part in zip("USV", tensors, strict=False)
                ),
                title="Što vraća torch.pca_lowrank(X, 2) za 64 slike znamenki",
            ),
        ),
        snippet=Snippet(
            """\
import torch

rezultat = torch.pca_lowrank(torch.rand(64, 784), 2)
print(type(rezultat).__name__, len(rezultat))
""",
            f"{type(result).__name__} {len(parts)}",
        ),
    )


def pca_shapes(
    lab: Lab4,
    *,
    n: Rows | None = None,
    m: Rows | None = None,
    q: Components | None = None,
    method: Method = "lowrank",
) -> Evidence:
    """Decompose the lab's images and embeddings for several n, m and q; which tensor is the projection?

    With ``n``, ``m`` or ``q`` matrices of that size are decomposed instead. ``method`` decomposes as the usual
    mistakes believe: full singular vectors, V transposed, S as a matrix.
    """
    from torch.nn.functional import cosine_similarity

    lab = reference_of(lab)
    sizes = tuple(dict.fromkeys((n or each[0], m or each[1], q or each[2]) for each in SIZES))
    cases = []
    with seeded(0):
        for size in sizes:
            data = _matrix(lab, *size[:2])
            shapes = tuple(tuple(part.shape) for part in _decompose(data, size[2], method))
            cases.append(Case(shapes, dict(zip("nmq", (*data.shape, size[2]), strict=True))))
    U, projection, off_scaled, off_u = _projected(lab)
    least_cosine = float(cosine_similarity(U, projection, dim=0).min())
    return Evidence(
        cases=tuple(cases),
        claims=(
            Claim(
                "projection_is_u_times_s",
                off_scaled < 0.01,
                f"projekcija centriranih podataka X·V jednaka je U·diag(S): relativna razlika je "
                f"{decimal(off_scaled, 4)}",
            ),
            Claim(
                "u_is_projection_up_to_scale",
                least_cosine > 0.99,
                f"kosinus kuta između istih stupaca matrice U i projekcije X·V najmanje je {decimal(least_cosine, 4)}",
            ),
            Claim(
                "u_is_projection",
                off_u < 0.01,
                f"relativna razlika same matrice U i projekcije X·V je {decimal(off_u)}; prvi stupac od U "
                f"ima normu {decimal(float(U[:, 0].norm()))}, a prvi stupac projekcije "
                f"{decimal(float(projection[:, 0].norm()))}",
            ),
        ),
        blocks=(
            Table(
                ("n", "m", "q", "U", "S", "V"),
                tuple((*case.given.values(), *(str(shape) for shape in _shapes(case))) for case in cases),
                title="n primjera, m značajki, q traženih komponenti",
            ),
            Table(
                ("usporedba s projekcijom X·V", "relativna razlika"),
                (("U·diag(S)", round(off_scaled, 4)), ("U", round(off_u, 2))),
            ),
            Note("Za graf je svejedno: U i U·diag(S) razlikuju se samo za faktor na svakoj osi."),
        ),
        snippet=Snippet(
            f"""\
import torch

for n, m, q in {list(sizes)}:
    U, S, V = torch.pca_lowrank(torch.rand(n, m), q)
    print(tuple(U.shape), tuple(S.shape), tuple(V.shape))
""",
            "\n".join(" ".join(str(shape) for shape in _shapes(case)) for case in cases),
        ),
    )


def _matrix(lab: Lab4, n: int, m: int) -> Tensor:
    """Data of a size: the lab's pixels or embeddings where they are as wide and many enough, else random ones."""
    import torch

    for known in (pixels(lab), digits.untrained(lab)):
        if known.shape[1] == m and len(known) >= n:
            return known[:n]
    return torch.randn(n, m)


@once_per_lab
def _projected(lab: Lab4) -> Projected:
    """U and the projection of the lab's images, centred."""
    import torch

    with seeded(0):
        centred = pixels(lab) - pixels(lab).mean(dim=0)
        # Many iterations: the question is about the exact decomposition, not about the approximation.
        U, S, V = torch.pca_lowrank(centred, 2, niter=30)
    projection = centred @ V
    return Projected(U, projection, _off(U * S, projection), _off(U, projection))


def _decompose(data: Tensor, q: int, method: Method) -> tuple[Tensor, Tensor, Tensor]:
    """The decomposition asked about, or the one that a mistake has in mind."""
    import torch

    if method == "full-svd":
        U, S, Vh = torch.linalg.svd(data - data.mean(dim=0), full_matrices=True)
        return U, S[:q], Vh.T
    U, S, V = torch.pca_lowrank(data, q)
    if method == "transposed-v":
        return U, S, V.T
    return (U, torch.diag(S), V) if method == "diagonal-s" else (U, S, V)


def _off(found: Tensor, wanted: Tensor) -> float:
    """How far two matrices are from each other, relative to the wanted one."""
    return float((found - wanted).norm() / wanted.norm())


def _shapes(case: Case) -> tuple[object, ...]:
    """The shapes measured in a case, one by one."""
    return case.value if isinstance(case.value, tuple) else (case.value,)
