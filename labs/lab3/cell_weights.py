"""Weights carried from torch's recurrent modules to our cells and back."""

from __future__ import annotations

import torch
from torch import nn

from .cells import Biases, GRUCell, LSTMCell, RNNCell, bias_names

AnyCell = RNNCell | GRUCell | LSTMCell
TorchCell = nn.RNNCell | nn.GRUCell | nn.LSTMCell


def from_torch(source: TorchCell | nn.RNNBase, *, biases: Biases = 2, layer: int = 0) -> AnyCell:
    """Make our cell with the weights of a torch cell, or of one layer of ``nn.RNN``, ``nn.GRU``, ``nn.LSTM``.

    torch keeps ``weight_ih`` (gates·H, I), ``weight_hh`` (gates·H, H) and two biases (gates·H,), the gates
    one below the other in the order of `Cell.gates` (torch docs of the modules).

    Args:
        source: Module to copy from; of a whole network, the forward direction of `layer`.
        biases: Bias vectors of our cell; with one, torch's two are added up.
        layer: Layer of a whole network; ignored for a cell.

    Raises:
        ValueError: Our cell cannot compute the same: a non-linearity other than tanh, projected states,
            biases that would be lost (`biases=0`), or a GRU whose second bias of the candidate is not
            zero (with `biases=1`), since r scales that one and not the other.
        TypeError: Not a recurrent module of torch.
    """
    cell_class = _cell_class(source)
    if getattr(source, "nonlinearity", "tanh") != "tanh" or getattr(source, "proj_size", 0):
        raise ValueError("only tanh and states without projection are supported")
    suffix = f"_l{layer}" if isinstance(source, nn.RNNBase) else ""
    weight_x, weight_h = getattr(source, f"weight_ih{suffix}"), getattr(source, f"weight_hh{suffix}")
    zeros = weight_x.new_zeros(len(weight_x))
    bias_x = getattr(source, f"bias_ih{suffix}") if source.bias else zeros
    bias_h = getattr(source, f"bias_hh{suffix}") if source.bias else zeros
    if biases == 0 and bool(bias_x.any() or bias_h.any()):
        raise ValueError("the biases of the torch module would be lost")
    cell = cell_class(weight_x.shape[1], weight_h.shape[1], biases).to(weight_x)
    stacks = zip(
        cell.gates,
        *(stack.chunk(len(cell.gates)) for stack in (weight_x, weight_h, bias_x, bias_h)),
        strict=True,
    )
    with torch.no_grad():
        for gate, W_x, W_h, b_x, b_h in stacks:
            if biases == 1 and isinstance(cell, GRUCell) and gate == "n" and bool(b_h.any()):
                raise ValueError("one bias vector cannot replace the two of a GRU's candidate")
            cell.get_parameter(f"W_x{gate}").copy_(W_x)
            cell.get_parameter(f"W_h{gate}").copy_(W_h)
            values = (b_x, b_h) if biases == 2 else (b_x + b_h,)
            for name, value in zip(bias_names(gate, biases), values, strict=False):
                cell.get_parameter(name).copy_(value)
    return cell


def to_torch(cell: AnyCell) -> TorchCell:
    """Make the torch cell that computes the same as ours; a missing bias vector becomes zeros."""
    torch_class = {RNNCell: nn.RNNCell, GRUCell: nn.GRUCell, LSTMCell: nn.LSTMCell}[type(cell)]
    target: TorchCell = torch_class(cell.input_size, cell.hidden_size).to(cell.get_parameter(f"W_x{cell.gates[0]}"))
    zeros = target.bias_ih.new_zeros(cell.hidden_size)
    biases = []
    for gate in cell.gates:
        own = [cell.get_parameter(name) for name in bias_names(gate, cell.biases)]
        biases.append([*own, zeros, zeros][:2])
    with torch.no_grad():
        target.weight_ih.copy_(torch.cat([cell.get_parameter(f"W_x{gate}") for gate in cell.gates]))
        target.weight_hh.copy_(torch.cat([cell.get_parameter(f"W_h{gate}") for gate in cell.gates]))
        target.bias_ih.copy_(torch.cat([first for first, _ in biases]))
        target.bias_hh.copy_(torch.cat([second for _, second in biases]))
    return target


def _cell_class(source: nn.Module) -> type[RNNCell] | type[GRUCell] | type[LSTMCell]:
    if isinstance(source, nn.RNNCell | nn.RNN):
        return RNNCell
    if isinstance(source, nn.GRUCell | nn.GRU):
        return GRUCell
    if isinstance(source, nn.LSTMCell | nn.LSTM):
        return LSTMCell
    raise TypeError(f"{type(source).__name__} is not a recurrent module of torch")
