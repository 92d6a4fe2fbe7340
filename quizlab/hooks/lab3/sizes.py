"""Proofs about the sizes of the plain RNN: its matrices, their parameters, and which of them is the largest.

Nothing of the size asked for is allocated. The lab's network in NumPy is built small, a few times over, to see
how each of its arrays follows the sizes; torch's modules are built on the meta device, where
tensors have shapes and no memory.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import prod
from typing import Literal

from quizlab.hooks.common import listed
from quizlab.hooks.faces import Lab3, Size, once_per_lab
from quizlab.model import Case, Claim, Evidence, Note, Snippet, Table
from quizlab.wording import grouped

Shapes = dict[str, tuple[int, ...]]
Biases = Literal[0, 1, 2]
Reads = Literal["state", "input"]

SMALL = (2, 3, 5)
"""Input, hidden and output size of the network that is really built."""

USUAL, LARGE_VOCABULARY = (100, 1000), (50_000, 150)
"""Vocabulary and hidden size: as on the quiz, and with a vocabulary of real size."""

ROLES = {
    "W_xh": "ulaz → stanje",
    "W_hh": "stanje → stanje",
    "b_h": "pristranost stanja",
    "b_xh": "pristranost uz ulaz",
    "b_hh": "pristranost uz stanje",
    "W_hy": "stanje → izlaz",
    "b_y": "pristranost izlaza",
}

IN_TORCH = {
    "W_xh": "rnn.weight_ih_l0",
    "W_hh": "rnn.weight_hh_l0",
    "b_h": "rnn.bias_ih_l0",
    "b_xh": "rnn.bias_ih_l0",
    "b_hh": "rnn.bias_hh_l0",
    "W_hy": "izlaz.weight",
    "b_y": "izlaz.bias",
}
"""Where the same tensors are in ``nn.RNN`` and ``nn.Linear``."""


def largest_matrix(lab: Lab3, *, vocab: Size = 100, hidden: Size = 1000) -> Evidence:
    """Compare the sizes of all parameters of the lab's plain RNN that reads and predicts words.

    Input and output are as large as the vocabulary. The value names the largest, or all that share the lead.
    """
    shapes = shapes_at(lab, vocab, hidden, vocab)
    usual, large = (shapes_at(lab, words, state, words) for words, state in (USUAL, LARGE_VOCABULARY))
    compared = USUAL if (vocab, hidden) == LARGE_VOCABULARY else LARGE_VOCABULARY
    others = shapes_at(lab, compared[0], compared[1], compared[0])
    from_input = [name for name, follows in _follows(lab).items() if _joins_input_and_output(follows)]
    return Evidence(
        cases=(Case(_largest(shapes)),),
        claims=(
            Claim(
                "sizes_decide",
                _largest(usual) != _largest(large),
                f"uz {_sizes(*USUAL)} najviše elemenata ima {_largest(usual)}, a uz {_sizes(*LARGE_VOCABULARY)} "
                f"{_largest(large)}",
            ),
            Claim(
                "input_to_output_matrix",
                bool(from_input),
                f"ulaz s izlazom izravno povezuje {listed(from_input)}"
                if from_input
                else f"mreža ima samo {listed(shapes)}; nijedan od njih ne povezuje ulaz izravno s izlazom, pa "
                "matrice W_xy nema",
            ),
        ),
        blocks=(
            _table(shapes, _sizes(vocab, hidden).capitalize(), marked=_leaders(shapes)),
            _table(others, f"Za usporedbu: {_sizes(*compared)}", marked=_leaders(others)),
        ),
        snippet=_sizes_snippet(shapes, vocab, hidden, vocab),
    )


def most_elements(lab: Lab3, *, hidden: Size = 1000, outputs: Size = 100) -> Evidence:
    """Compare W_hh, W_hy and the biases of the lab's plain RNN, and show where the lead changes."""
    shapes = {name: shape for name, shape in shapes_at(lab, 1, hidden, outputs).items() if name != "W_xh"}
    tried = dict.fromkeys([(hidden, outputs), (1000, 100), (150, 1), (150, 150), (150, 14_806)])
    leads = {(state, out): _matrices_lead(lab, state, out) for state, out in tried}
    expected = {(True, False): "W_hh", (False, True): "W_hy", (False, False): "W_hh i W_hy"}
    return Evidence(
        cases=(Case(_largest(shapes)),),
        claims=(
            Claim(
                "state_against_outputs",
                all(lead == expected[state > out, state < out] for (state, out), lead in leads.items()),
                "više elemenata ima, redom: "
                + "; ".join(
                    f"stanje {grouped(state)}, izlaza {grouped(out)}: {lead}" for (state, out), lead in leads.items()
                ),
            ),
        ),
        blocks=(
            _table(shapes, f"Skriveno stanje {grouped(hidden)}, izlaza {grouped(outputs)}", marked=_leaders(shapes)),
            Table(
                ("skriveno stanje", "izlaza", "više elemenata"),
                tuple((state, out, lead) for (state, out), lead in leads.items()),
                title="Odlučuje je li stanje veće od izlaza",
            ),
        ),
        snippet=_sizes_snippet(shapes, 1, hidden, outputs),
    )


def network_parameters(
    lab: Lab3,
    *,
    vocab: Size = 100,
    hidden: Size = 1000,
    biases: Biases = 1,
    output_layer: bool = True,
    output_bias: bool = True,
    recurrent: bool = True,
) -> Evidence:
    """Count the parameters of the lab's plain RNN with its output layer; beside it, torch's with two biases.

    ``biases`` is the number of bias vectors of the state; it and ``output_layer``, ``output_bias`` and
    ``recurrent`` make the networks behind the usual mistakes.
    """
    whole = shapes_at(lab, vocab, hidden, vocab)
    hidden_layer, output = _layers(lab, vocab, hidden, vocab, biases)
    counted = hidden_layer | output
    left_out = {"W_hy", "b_y"} if not output_layer else {"b_y"} if not output_bias else set()
    if not recurrent:
        left_out |= {"W_hh"}
    counted = {name: shape for name, shape in counted.items() if name not in left_out}
    formula, in_torch = int(lab.parameter_count(vocab, hidden, vocab)), torch_shapes(vocab, hidden, vocab)
    more = _total(in_torch) - _total(whole)
    return Evidence(
        cases=(Case(_total(counted)),),
        claims=(
            Claim(
                "formula_agrees",
                formula == _total(whole),
                f"funkcija parameter_count iz vježbe daje {grouped(formula)}, a mreža ima {grouped(_total(whole))}",
            ),
            Claim(
                "torch_has_one_more_bias",
                more == hidden,
                f"nn.RNN i nn.Linear zajedno imaju {grouped(_total(in_torch))} parametara, za {_signed(more)} "
                f"u odnosu na mrežu iz vježbe; jedan vektor pristranosti stanja ima ih {grouped(hidden)}",
            ),
        ),
        blocks=(
            _table(counted, f"Brojeno; vektora pristranosti stanja: {biases}", with_total=True),
            Table(
                ("tenzor u PyTorchu", "oblik", "elemenata"),
                tuple((name, str(shape), prod(shape)) for name, shape in in_torch.items()),
                title="U PyTorchu nn.RNN ima dva vektora pristranosti stanja, koji se samo zbrajaju",
                marked=tuple(at for at, name in enumerate(in_torch) if name.startswith("rnn.bias")),
                total=("ukupno", "", _total(in_torch)),
            ),
        ),
        snippet=_count_snippet(counted, in_torch, vocab, hidden),
    )


def layer_parameters(
    lab: Lab3,
    *,
    inputs: Size = 100,
    hidden: Size = 1000,
    biases: Biases = 1,
    output_bias: bool = True,
    recurrent: bool = True,
    output_reads: Reads = "state",
) -> Evidence:
    """Count the parameters of the hidden and of the output layer of the lab's plain RNN, for several C outputs.

    ``biases``, ``output_bias``, ``recurrent`` and ``output_reads`` make the networks behind the usual mistakes.
    """
    cases, layers = [], {}
    for outputs in (1, 2, 10, inputs):
        hidden_layer, output = _layers(lab, inputs, hidden, outputs, biases)
        if not recurrent:
            hidden_layer.pop("W_hh", None)
        if output_reads == "input":
            # the output layer of a network whose state is as large as the input
            output = _layers(lab, inputs, inputs, outputs, biases)[1]
        if not output_bias:
            output.pop("b_y", None)
        layers[outputs] = hidden_layer, output
        cases.append(Case((_total(hidden_layer), _total(output)), {"C": outputs}))
    hidden_layer, output = layers[inputs]
    in_torch = torch_shapes(inputs, hidden, inputs)
    torchs_hidden = sum(prod(shape) for name, shape in in_torch.items() if name.startswith("rnn"))
    slope = _total(layers[2][1]) - _total(layers[1][1])
    return Evidence(
        cases=tuple(cases),
        claims=(
            Claim(
                "hidden_layer_ignores_outputs",
                len({_total(hidden) for hidden, _ in layers.values()}) == 1,
                f"uz C = {listed(layers)} skriveni sloj ima "
                f"{listed(dict.fromkeys(grouped(_total(hidden)) for hidden, _ in layers.values()))} parametara",
            ),
            Claim(
                "state_and_bias_for_each_output",
                slope == hidden + 1,
                f"broj parametara koje donosi svaki dodatni izlaz: {grouped(slope)}; "
                f"komponenata stanja: {grouped(hidden)}",
            ),
        ),
        blocks=(
            _table(hidden_layer, f"Skriveni sloj: ulaz {grouped(inputs)}, stanje {grouped(hidden)}", with_total=True),
            Table(
                ("C", *(name for name in output), "izlazni sloj"),
                tuple((outputs, *map(prod, of.values()), _total(of)) for outputs, (_, of) in layers.items()),
                title="Izlazni sloj za C izlaza",
            ),
            Note(
                f"PyTorchov nn.RNN ima dva vektora pristranosti stanja, pa bi skriveni sloj tamo imao "
                f"{grouped(torchs_hidden)} parametara."
            ),
        ),
        snippet=_layers_snippet(
            hidden_layer, output, inputs, hidden, reads=inputs if output_reads == "input" else hidden
        ),
    )


def shapes_at(lab: Lab3, inputs: int, hidden: int, outputs: int) -> Shapes:
    """Shapes of the arrays of the lab's plain RNN at any size, as they follow the sizes in the small ones."""
    sizes = (1, inputs, hidden, outputs)
    return {
        name: tuple(sum(part * size for part, size in zip(parts, sizes, strict=True)) for parts in follows)
        for name, follows in _follows(lab).items()
    }


def torch_shapes(inputs: int, hidden: int, outputs: int) -> Shapes:
    """Shapes of the parameters of torch's own RNN and output layer, built on the meta device."""
    import torch
    from torch import nn

    with torch.device("meta"):
        modules = nn.ModuleDict({"rnn": nn.RNN(inputs, hidden), "izlaz": nn.Linear(hidden, outputs)})
    return {name: tuple(tensor.shape) for name, tensor in modules.named_parameters()}


@once_per_lab
def _follows(lab: Lab3) -> dict[str, tuple[tuple[int, int, int, int], ...]]:
    """For each array and each dimension of it: how much is constant, and how often it holds I, H and O.

    Measured, not assumed: the network is built small, and then once with each size larger by one.
    """
    import numpy as np

    def shapes(*sizes: int) -> Shapes:
        network = lab.PlainRNN(*sizes, np.random.default_rng(0))
        return {name: tuple(array.shape) for name, array in network.parameters.arrays().items()}

    small = shapes(*SMALL)
    larger = [shapes(*(size + (at == grown) for at, size in enumerate(SMALL))) for grown in range(3)]
    found = {}
    for name, shape in small.items():
        rows = []
        for axis, length in enumerate(shape):
            per_i, per_h, per_o = (each[name][axis] - length for each in larger)
            constant = length - per_i * SMALL[0] - per_h * SMALL[1] - per_o * SMALL[2]
            rows.append((constant, per_i, per_h, per_o))
        found[name] = tuple(rows)
    return found


def _joins_input_and_output(follows: tuple[tuple[int, int, int, int], ...]) -> bool:
    """Whether one dimension of a matrix follows the input size alone and the other the output size alone."""
    return sorted(follows) == [(0, 0, 0, 1), (0, 1, 0, 0)]


def _layers(lab: Lab3, inputs: int, hidden: int, outputs: int, biases: Biases) -> tuple[Shapes, Shapes]:
    """Hidden and output layer apart; with two bias vectors or none, the hidden layer is torch's."""
    import torch
    from torch import nn

    whole = shapes_at(lab, inputs, hidden, outputs)
    output = {name: shape for name, shape in whole.items() if name in ("W_hy", "b_y")}
    if biases == 1:
        return {name: shape for name, shape in whole.items() if name not in output}, output
    with torch.device("meta"):
        found = dict(nn.RNN(inputs, hidden, bias=biases == 2).named_parameters(prefix="rnn"))
    names = ("W_xh", "W_hh", "b_xh", "b_hh")
    return {name: tuple(found[IN_TORCH[name]].shape) for name in names if IN_TORCH[name] in found}, output


def _matrices_lead(lab: Lab3, hidden: int, outputs: int) -> str:
    shapes = shapes_at(lab, 1, hidden, outputs)
    return _largest({name: shapes[name] for name in ("W_hh", "W_hy") if name in shapes})


def _leaders(shapes: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
    """The names of the tensors with the most elements."""
    most = max(map(prod, shapes.values()))
    return tuple(name for name, shape in shapes.items() if prod(shape) == most)


def _largest(shapes: Mapping[str, tuple[int, ...]]) -> str:
    return listed(_leaders(shapes))


def _total(shapes: Mapping[str, tuple[int, ...]]) -> int:
    return sum(map(prod, shapes.values()))


def _sizes(vocab: int, hidden: int) -> str:
    return f"vokabular i ulaz {grouped(vocab)}, skriveno stanje {grouped(hidden)}"


def _signed(difference: int) -> str:
    return f"{grouped(abs(difference))} {'više' if difference >= 0 else 'manje'}"


def _table(shapes: Shapes, title: str, *, marked: Collection[str] = (), with_total: bool = False) -> Table:
    return Table(
        ("tenzor", "uloga", "oblik", "elemenata"),
        tuple((name, ROLES.get(name, ""), str(shape), prod(shape)) for name, shape in shapes.items()),
        title=title,
        marked=tuple(at for at, name in enumerate(shapes) if name in marked),
        total=("ukupno", "", "", _total(shapes)) if with_total else (),
    )


def _modules(inputs: int, hidden: int, outputs: int | str, *, reads: int | None = None) -> str:
    """The network in plain PyTorch, without memory for its weights."""
    return f"""\
from torch import nn

rnn = nn.RNN({inputs}, {hidden}, device="meta")  # samo oblici, bez memorije
izlaz = nn.Linear({reads or hidden}, {outputs}, device="meta")
"""


def _sizes_snippet(shapes: Shapes, inputs: int, hidden: int, outputs: int) -> Snippet:
    tensors = ", ".join(f'"{name}": {IN_TORCH[name]}' for name in shapes if name in IN_TORCH)
    return Snippet(
        f"""\
{_modules(inputs, hidden, outputs)}tenzori = {{{tensors}}}
for ime, tenzor in tenzori.items():
    print(ime, tuple(tenzor.shape), tenzor.numel())
""",
        "\n".join(f"{name} {shape} {prod(shape)}" for name, shape in shapes.items() if name in IN_TORCH),
    )


def _count_snippet(counted: Shapes, in_torch: Shapes, vocab: int, hidden: int) -> Snippet:
    tensors = ", ".join(IN_TORCH[name] for name in counted if name in IN_TORCH)
    return Snippet(
        f"""\
{_modules(vocab, hidden, vocab)}brojeni = [{tensors}]
svi = [*rnn.parameters(), *izlaz.parameters()]
print(sum(t.numel() for t in brojeni))
print(sum(t.numel() for t in svi))  # u PyTorchu su dva vektora pristranosti stanja
""",
        f"{_total(counted)}\n{_total(in_torch)}",
    )


def _layers_snippet(hidden_layer: Shapes, output: Shapes, inputs: int, hidden: int, *, reads: int) -> Snippet:
    in_state, in_output = (
        ", ".join(IN_TORCH[name] for name in layer if name in IN_TORCH) for layer in (hidden_layer, output)
    )
    return Snippet(
        f"""\
{_modules(inputs, hidden, inputs, reads=reads)}# jedan vektor pristranosti stanja; izlaza je C = {inputs}
print(sum(t.numel() for t in [{in_state}]))
print(sum(t.numel() for t in [{in_output}]))
""",
        f"{_total(hidden_layer)}\n{_total(output)}",
    )
