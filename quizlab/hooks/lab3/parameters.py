"""Proofs about the number of parameters of the plain RNN, whole and layer by layer."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Literal

from quizlab.hooks.common import listed
from quizlab.hooks.faces import Lab3, Size
from quizlab.hooks.lab3.shapes import IN_TORCH, Shapes, modules_code, shapes_at, tensors_table, torch_shapes, total
from quizlab.model import Case, Claim, Evidence, Note, Snippet, Table
from quizlab.numbers import grouped

Biases = Literal[0, 1, 2]
Reads = Literal["state", "input"]


def network_parameters(
    lab: Lab3,
    *,
    vocab: Size = 100,
    hidden: Size = 1000,
    biases: Biases = 1,
    output_layer: bool = True,
    output_bias: bool = True,
    recurrent: bool = True,
    input_matrix: bool = True,
) -> Evidence:
    """Count the parameters of the lab's plain RNN with its output layer; beside it, torch's with two biases.

    ``biases`` is the number of bias vectors of the state; it and ``output_layer``, ``output_bias``, ``recurrent``
    and ``input_matrix`` make the networks behind the usual mistakes.
    """
    whole = shapes_at(lab, vocab, hidden, vocab)
    hidden_layer, output = _layers(lab, vocab, hidden, vocab, biases)
    counted = hidden_layer | output
    left_out = {"W_hy", "b_y"} if not output_layer else {"b_y"} if not output_bias else set()
    if not recurrent:
        left_out |= {"W_hh"}
    if not input_matrix:
        left_out |= {"W_xh"}
    counted = {name: shape for name, shape in counted.items() if name not in left_out}
    formula, in_torch = int(lab.parameter_count(vocab, hidden, vocab)), torch_shapes(vocab, hidden, vocab)
    more = total(in_torch) - total(whole)
    return Evidence(
        cases=(Case(total(counted)),),
        claims=(
            Claim(
                "formula_agrees",
                formula == total(whole),
                f"funkcija parameter_count iz vježbe daje {grouped(formula)}, a mreža ima {grouped(total(whole))}",
            ),
            Claim(
                "torch_has_one_more_bias",
                more == hidden,
                f"parametara u slojevima nn.RNN i nn.Linear zajedno: {grouped(total(in_torch))}, {_signed(more)} nego "
                f"u mreži iz vježbe; duljina vektora pristranosti stanja: {grouped(hidden)}",
            ),
        ),
        blocks=(
            tensors_table(counted, f"Brojeno; vektora pristranosti stanja: {biases}", with_total=True),
            Table(
                ("tenzor u PyTorchu", "oblik", "elemenata"),
                tuple((name, str(shape), prod(shape)) for name, shape in in_torch.items()),
                title="U PyTorchu nn.RNN ima dva vektora pristranosti stanja, koji se samo zbrajaju",
                marked=tuple(at for at, name in enumerate(in_torch) if name.startswith("rnn.bias")),
                total=("ukupno", "", total(in_torch)),
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
        cases.append(Case((total(hidden_layer), total(output)), {"C": outputs}))
    hidden_layer, output = layers[inputs]
    in_torch = torch_shapes(inputs, hidden, inputs)
    torchs_hidden = sum(prod(shape) for name, shape in in_torch.items() if name.startswith("rnn"))
    return Evidence(
        cases=tuple(cases),
        claims=_layers_claims(layers, hidden),
        blocks=(
            tensors_table(
                hidden_layer, f"Skriveni sloj: ulaz {grouped(inputs)}, stanje {grouped(hidden)}", with_total=True
            ),
            _outputs_table(layers),
            Note(
                f"PyTorchov nn.RNN ima dva vektora pristranosti stanja, pa bi parametara skrivenog sloja tamo bilo "
                f"{grouped(torchs_hidden)}."
            ),
        ),
        snippet=_layers_snippet(
            hidden_layer, output, inputs, hidden, reads=inputs if output_reads == "input" else hidden
        ),
    )


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


def _signed(difference: int) -> str:
    """A difference in words."""
    return f"{grouped(abs(difference))} {'više' if difference >= 0 else 'manje'}"


def _layers_claims(layers: Mapping[int, tuple[Shapes, Shapes]], hidden: int) -> tuple[Claim, Claim]:
    """What the number of outputs changes: nothing in the hidden layer, a column and a bias in the output layer."""
    totals = [total(hidden_layer) for hidden_layer, _ in layers.values()]
    slope = total(layers[2][1]) - total(layers[1][1])
    return (
        Claim(
            "hidden_layer_ignores_outputs",
            len(set(totals)) == 1,
            f"parametara skrivenog sloja uz C = {listed(layers)}: {listed(map(grouped, dict.fromkeys(totals)))}",
        ),
        Claim(
            "state_and_bias_for_each_output",
            slope == hidden + 1,
            f"broj parametara koje donosi svaki dodatni izlaz: {grouped(slope)}; komponenata stanja: {grouped(hidden)}",
        ),
    )


def _outputs_table(layers: Mapping[int, tuple[Shapes, Shapes]]) -> Table:
    """The output layer for every number of outputs."""
    return Table(
        ("C", *(name for name in layers[1][1]), "izlazni sloj"),
        tuple((outputs, *map(prod, of.values()), total(of)) for outputs, (_, of) in layers.items()),
        title="Izlazni sloj za C izlaza",
    )


def _count_snippet(counted: Shapes, in_torch: Shapes, vocab: int, hidden: int) -> Snippet:
    """The tensors that were counted, and all that torch has."""
    tensors = ", ".join(IN_TORCH[name] for name in counted if name in IN_TORCH)
    return Snippet(
        f"""\
{modules_code(vocab, hidden, vocab)}brojeni = [{tensors}]
svi = [*rnn.parameters(), *izlaz.parameters()]
print(sum(t.numel() for t in brojeni))
print(sum(t.numel() for t in svi))  # u PyTorchu su dva vektora pristranosti stanja
""",
        f"{total(counted)}\n{total(in_torch)}",
    )


def _layers_snippet(hidden_layer: Shapes, output: Shapes, inputs: int, hidden: int, *, reads: int) -> Snippet:
    """Both layers counted in torch, with one bias vector of the state."""
    in_state, in_output = (
        ", ".join(IN_TORCH[name] for name in layer if name in IN_TORCH) for layer in (hidden_layer, output)
    )
    return Snippet(
        f"""\
{modules_code(inputs, hidden, inputs, reads=reads)}# jedan vektor pristranosti stanja; izlaza je C = {inputs}
print(sum(t.numel() for t in [{in_state}]))
print(sum(t.numel() for t in [{in_output}]))
""",
        f"{total(hidden_layer)}\n{total(output)}",
    )
