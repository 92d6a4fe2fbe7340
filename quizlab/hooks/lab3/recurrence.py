"""What the recurrent part of a model got and gave: torch's networks, or torch's cells in a loop of the model's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizlab.hooks.common import watching

if TYPE_CHECKING:
    from torch import Tensor


class Recurrence(NamedTuple):
    """One sentence through a model, without padding.

    Attributes:
        logits: what the model gave.
        networks: its networks or cells, each once, in the order in which they first ran.
        words: what the first of them got, a row a step: (T, E).
        state: the last layer's hidden state (1, H) of the one that ran last; not a number where none ran.
    """

    logits: Tensor
    networks: tuple[Any, ...]
    words: Tensor
    state: Tensor


def alone(model: Any, sentence: Tensor) -> Recurrence:
    """Run a model on one sentence of indices (T,) and look at what its recurrent part got and gave."""
    import torch
    from torch import nn

    with watching(model, (nn.RNNBase, nn.RNNCellBase)) as ran:
        logits = model(sentence.unsqueeze(0), torch.tensor([len(sentence)]))
    if not ran:
        nothing = torch.full((1, 1), float("nan"))
        return Recurrence(logits, (), nothing, nothing)
    networks = tuple(dict.fromkeys(each.layer for each in ran))
    # a packed sequence and a tensor both have their numbers in `data`; a loop calls the first one once a word
    came = [each.came[0].data for each in ran if each.layer is networks[0]]
    words = torch.cat([data.reshape(-1, data.shape[-1]) for data in came])
    return Recurrence(logits, networks, words, state_of(ran[-1].layer, ran[-1].went))


def state_of(layer: Any, went: Any) -> Tensor:
    """The last layer's hidden state (B, H) out of what a network or a cell gave."""
    from torch import nn

    last = went if isinstance(layer, nn.RNNCellBase) else went[1]
    hidden: Tensor = last[0] if isinstance(last, tuple) else last
    state = hidden if isinstance(layer, nn.RNNCellBase) else hidden[-1]
    return state.reshape(1, -1) if state.dim() == 1 else state


def through(networks: tuple[Any, ...], vectors: Tensor) -> Tensor:
    """The last state (B, H) of networks one behind another for vectors (B, T, E), padding and all."""
    import torch
    from torch import nn

    steps, state = vectors, torch.full((1, 1), float("nan"))
    for each in networks:
        if isinstance(each, nn.RNNCellBase):
            steps = _looped(each, steps)
            state = steps[:, -1]
        else:
            went = each(steps if each.batch_first else steps.transpose(0, 1))
            steps, state = (went[0] if each.batch_first else went[0].transpose(0, 1)), state_of(each, went)
    return state


def layers_of(networks: tuple[Any, ...]) -> int:
    """How many recurrent layers they have together; a cell is one."""
    return sum(getattr(each, "num_layers", 1) for each in networks)


def _looped(cell: Any, vectors: Tensor) -> Tensor:
    """The hidden state of a cell after every step, (B, T, H)."""
    import torch

    given, states = None, []
    for step in vectors.unbind(dim=1):
        given = cell(step, given)
        states.append(state_of(cell, given))
    return torch.stack(states, dim=1)
