"""200 random chains: shapes and counts as torch has them run for real, parameters also as torchinfo has them."""

from __future__ import annotations

import copy
import itertools

import pytest
import torch
from torch import nn

from quizlab.errors import QuizlabError
from quizlab.hooks.torch import making
from quizlab.hooks.torch.layers import LAYERS
from quizlab.hooks.torch.making import Made
from quizlab.hooks.torch.module import described, made_of
from quizlab.hooks.torch.signatures import parameters
from tests.hooks.torch.chains import Drawn, drawn

torchinfo = pytest.importorskip("torchinfo")

CHAINS = drawn(200)


pytestmark = pytest.mark.filterwarnings("ignore")


def built(text: str, shape: object, **sizes: int) -> Made:
    made, _ = made_of(described(text, str(shape)), sizes, nn)
    return made


def test_the_chains_are_of_all_sorts() -> None:
    kinds = {type(module).__name__ for chain in CHAINS for module in chain.modules}
    assert {"LSTM", "GRU", "Embedding", "ConvTranspose2d", "MaxPool1d", "AvgPool2d", "Flatten", "LayerNorm"} <= kinds
    assert max(len(chain.modules) for chain in CHAINS) >= 7


@pytest.mark.parametrize("at", range(200))
def test_a_chain_is_what_torch_makes_of_it(at: int) -> None:
    chain = CHAINS[at]
    made = built(", ".join(chain.texts), chain.input)
    assert [making.shapes_of(each.output) for each in made.ran] == chain.outputs
    assert [each.parameters for each in made.ran] == [
        sum(tensor.numel() for tensor in module.parameters()) for module in chain.modules
    ]
    real = nn.Sequential(*chain.modules)
    assert made.parameters == {name: tuple(tensor.shape) for name, tensor in real.named_parameters()}
    assert made.buffers == {name: tuple(tensor.shape) for name, tensor in real.named_buffers()}
    assert sum(each.parameters for each in made.ran) == torchinfo.summary(real, verbose=0).total_params


def test_operations_are_those_that_torch_counts() -> None:
    from torch.utils.flop_counter import FlopCounterMode

    counted = 0
    for chain in CHAINS[:80]:
        made = built(", ".join(chain.texts), chain.input)
        kind = torch.long if chain.indices else torch.float32
        value = torch.zeros(chain.input, dtype=kind, device="meta")  # only there is a recurrent layer taken apart
        with torch.no_grad(), FlopCounterMode(display=False) as counter:
            for module in chain.modules:
                value = copy.deepcopy(module).to("meta")(value)
                value = value[0] if isinstance(value, tuple) else value
        assert made.flops == counter.get_total_flops(), chain.texts
        counted += made.flops > 0
    assert counted > 30


def test_the_list_of_layers_has_torchs_own_signatures() -> None:
    import inspect

    for kind, signature in LAYERS.items():
        real = list(inspect.signature(getattr(nn, kind).__init__).parameters.values())[1:]
        if any(each.kind is each.VAR_POSITIONAL for each in real):  # recurrent layers hide theirs; chains try them
            continue
        mine = parameters(signature)
        assert [each.name for each in mine] == [each.name for each in real][: len(mine)], kind
        for one, other in zip(mine, real, strict=False):
            if one.default:
                assert one.default == str(other.default), (kind, one.name)


def test_a_recurrent_layer_returns_a_tuple_that_the_next_one_refuses() -> None:
    with pytest.raises(QuizlabError) as caught:
        built("LSTM(3, 4), Linear(4, 1)", (5, 2, 3))
    (problem,) = caught.value.problems
    assert (problem.code, problem.args["number"], problem.args["before"]) == ("chain_tuple", "2", "LSTM")
    states = built("LSTM(3, 4, num_layers=2)[1][0]", (5, 2, 3)).output
    assert tuple(states.shape) == tuple(nn.LSTM(3, 4, num_layers=2)(torch.zeros(5, 2, 3))[1][0].shape)


def test_repeats_groups_and_expressions() -> None:
    text = "Conv2d(c, k*k, k), 2 × [Conv2d(k**2, k*k, 1), ReLU], [Flatten, Linear(9*(7-k+1)**2, 10)], n*[ReLU]"
    made = built(text, "(2, c, 7, 7)", c=3, k=3, n=2)
    assert [each.layer.kind for each in made.ran] == [
        *("Conv2d", "Conv2d", "ReLU", "Conv2d", "ReLU", "Flatten", "Linear", "ReLU", "ReLU")
    ]
    assert "5.1.weight" in made.parameters
    assert tuple(made.output.shape) == (2, 10)
    for times in ("3 x [ReLU]", "3*[ReLU]", "3 × ReLU", "3x[ReLU]", "(1 + 2) × [ReLU]"):
        assert [each.layer.text for each in built(times, "(1,)").ran] == ["ReLU()"] * 3


def test_billions_answer_at_once() -> None:
    made = built("Linear(10**9, 10**9), Conv1d(10**9, 10**9, 1)", (10**9, 10**9))
    assert sum(each.parameters for each in made.ran) == 2 * (10**18 + 10**9)


@pytest.mark.parametrize(
    ("text", "shape", "number", "why"),
    [
        ("Conv2d(1, 16, 3), Conv2d(32, 8, 3)", (8, 1, 9, 9), 2, "Conv2d očekuje 32 ulazna kanala, a dobiva 16"),
        ("Linear(784, 10)", (64, 28), 1, "Linear očekuje 784 ulazne značajke, a dobiva 28"),
        ("ReLU, Conv2d(1, 1, 5)", (1, 1, 3, 3), 2, "jezgra 5×5 ne stane u ulaz 3×3"),
        ("Linear(3, 3), Embedding(9, 3)", (2, 3), 2, "Embedding očekuje cijele brojeve (indekse), a dobiva realne"),
        ("BatchNorm2d(21)", (2, 5, 3, 3), 1, "BatchNorm2d očekuje 21 kanal, a dobiva 5"),
        ("GRU(5, 3)", (2, 3, 4), 1, "GRU očekuje 5 značajki, a dobiva 4"),
        ("Conv2d(4, 6, 3, groups=4)", (1, 4, 9, 9), 1, "groups (4) mora dijeliti out_channels (6)"),
        ("Flatten, Conv2d(1, 1, 1)", (1, 1, 3, 3), 2, "Conv2d očekuje 4 dimenzije (N, C, H, W) ili 3 dimenzije"),
    ],
)
def test_an_impossible_chain_says_where_and_why(text: str, shape: object, number: int, why: str) -> None:
    with pytest.raises(QuizlabError) as caught:
        built(text, shape)
    (problem,) = caught.value.problems
    assert problem.args["number"] == str(number)
    assert problem.args["why"].startswith(why)


def test_what_torch_refuses_is_refused_and_the_rest_is_not() -> None:
    """Every layer of the list on inputs of every number of dimensions, with arguments drawn blindly."""
    import random

    rng = random.Random(3)
    agreed = 0
    for kind, size, rank in itertools.product(LAYERS, (2, 4), range(1, 6)):
        given: list[str] = []
        for each in parameters(LAYERS[kind]):
            if each.default and rng.random() > 0.2:
                continue
            takes = rng.choice(each.takes)
            word = {"flag": "True", "null": "None", "real": "0.5", "unit": "0.5", "int": str(rng.choice([-1, 0, 1]))}
            value = f"({size}, 1)" if "tn" in takes else str(size) if takes[0].isdigit() else repr(takes)
            given.append(f"{each.name}={word.get(takes, value)}")
        shape = tuple(rng.choice([1, 2, 4, 4, 8]) for _ in range(rank))
        text = f"{kind}({', '.join(given)})"
        try:
            real = eval(f"nn.{text}", {"nn": nn}).eval()
            with torch.no_grad():
                value = real(torch.zeros(shape, dtype=torch.long if kind == "Embedding" else torch.float32))
            wanted = making.shapes_of(value)
        except Exception:
            wanted = None
        try:
            found = making.shapes_of(built(text, shape).output)
        except QuizlabError:
            found = None
        assert found == wanted, (text, shape)
        agreed += wanted is not None
    assert agreed > 100


def test_a_drawn_chain_is_drawn_the_same_again() -> None:
    assert [chain.texts for chain in drawn(5)] == [chain.texts for chain in CHAINS[:5]]
    assert isinstance(CHAINS[0], Drawn)
