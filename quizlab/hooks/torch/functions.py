"""The functions of torch that may be called, each with its signature; no others exist."""

from __future__ import annotations

_DIM = "input:tensor dim:int keepdim:flag=False"

FUNCTIONS: dict[str, str] = {
    **dict.fromkeys(("max", "min", "median", "mode", "all", "any"), _DIM),
    **dict.fromkeys(("argmax", "argmin", "mean", "sum"), "input:tensor dim:int|null=None keepdim:flag=False"),
    **dict.fromkeys(("cumsum", "cumprod", "softmax", "log_softmax", "squeeze", "unsqueeze"), "input:tensor dim:int"),
    "topk": "input:tensor k:1-1000 dim:int=-1 largest:flag=True sorted:flag=True",
    "kthvalue": "input:tensor k:1-1000 dim:int=-1 keepdim:flag=False",
    "sort": "input:tensor dim:int=-1 descending:flag=False",
    "argsort": "input:tensor dim:int=-1 descending:flag=False",
    "unique": "input:tensor sorted:flag=True return_inverse:flag=False return_counts:flag=False dim:int|null=None",
    "pca_lowrank": "A:tensor q:1-1000|null=None center:flag=True niter:0-20=2",
    "svd_lowrank": "A:tensor q:1-1000=6 niter:0-20=2",
    "linalg.svd": "A:tensor full_matrices:flag=True",
    "linalg.qr": "A:tensor mode:reduced|complete|r=reduced",
    "linalg.eigh": "A:tensor",
    "linalg.norm": "A:tensor ord:real|fro|nuc|null=None dim:int|null=None keepdim:flag=False",
    "var_mean": "input:tensor dim:int keepdim:flag=False",
    "std_mean": "input:tensor dim:int keepdim:flag=False",
    "split": "tensor:tensor split_size_or_sections:1-1000 dim:int=0",
    "chunk": "input:tensor chunks:1-1000 dim:int=0",
    "unbind": "input:tensor dim:int=0",
    "flatten": "input:tensor start_dim:int=0 end_dim:int=-1",
    "transpose": "input:tensor dim0:int dim1:int",
    "nonzero": "input:tensor",
    "numel": "input:tensor",
    "is_tensor": "obj:tensor",
    **dict.fromkeys(("mm", "bmm"), "input:tensor mat2:tensor"),
    "matmul": "input:tensor other:tensor",
    "cdist": "x1:tensor x2:tensor",
    "outer": "input:tensor vec2:tensor",
}

MOST = 1_000_000
"""Elements of a tensor that a call gets: these are allocated."""
