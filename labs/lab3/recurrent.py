"""The recurrent classifier: RNN, GRU or LSTM over the sentence."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from .attention import Attention
from .config import CellName

NETWORKS: dict[str, type[nn.RNN] | type[nn.GRU] | type[nn.LSTM]] = {
    "rnn": nn.RNN,
    "gru": nn.GRU,
    "lstm": nn.LSTM,
}


class RecurrentClassifier(nn.Module):
    """rnn(150) → rnn(150) → fc(150, 150) → ReLU → fc(150, 1) (lab 3, task 3).

    The head gets the last layer's hidden state of the last real step; bidirectional, the states of both
    directions side by side, so fc(300, 150). For the LSTM this is h, not the cell state c.
    """

    def __init__(
        self,
        embedding: nn.Embedding,
        cell: CellName = "gru",
        hidden_size: int = 150,
        num_layers: int = 2,
        dropout: float = 0.0,
        *,
        bidirectional: bool = False,
        attention: bool = False,
        packing: bool = True,
    ) -> None:
        """Make the layers.

        Args:
            embedding: Layer with the word vectors.
            cell: Kind of the recurrent cell.
            hidden_size: Size H of the hidden state of one direction.
            num_layers: Number of stacked layers.
            dropout: Probability of dropout between the layers; with one layer there is no such place.
            bidirectional: Whether a second network reads the sentence from its end.
            attention: Whether `Attention` pools all states instead of taking the last one.
            packing: Whether padding is cut off before the network (`pack_padded_sequence`) or left in and
                skipped after it; the logits are the same.

        Raises:
            ValueError: An unknown cell.
        """
        super().__init__()
        if cell not in NETWORKS:
            raise ValueError(f"unknown cell {cell!r}, expected one of {', '.join(NETWORKS)}")
        self.packing = packing
        self.embedding = embedding
        self.rnn = NETWORKS[cell](
            embedding.embedding_dim,
            hidden_size,
            num_layers,
            dropout=dropout if num_layers > 1 else 0.0,
            bidirectional=bidirectional,
        )
        output_size = 2 * hidden_size if bidirectional else hidden_size
        self.attention = Attention(output_size) if attention else None
        self.fc1 = nn.Linear(output_size, hidden_size)
        self.fc2 = nn.Linear(hidden_size, 1)

    def forward(self, texts: Tensor, lengths: Tensor) -> Tensor:
        """Logits (B, 1) of label 1 for texts (B, T) of the given lengths (B,)."""
        # nn.RNN counts time first, (T, B, E), unless told otherwise; a batch comes as (B, T).
        states = self.states(self.embedding(texts.T), lengths)
        lengths = lengths.to(texts.device)
        pooled = last_state(states, lengths, self.rnn) if self.attention is None else self.attention(states, lengths)[0]
        logits: Tensor = self.fc2(self.fc1(pooled).relu())
        return logits

    def states(self, vectors: Tensor, lengths: Tensor) -> Tensor:
        """Hidden states (T, B, D) of the last layer for word vectors (T, B, E); D is H or 2H.

        States over padding have no meaning; `last_state` and `Attention` never look at them.
        """
        if self.packing:
            packed = pack_padded_sequence(vectors, lengths.cpu(), enforce_sorted=False)
            return pad_packed_sequence(self.rnn(packed)[0], total_length=len(vectors))[0]
        if self.rnn.bidirectional:
            return self._states_by_length(vectors, lengths)
        states: Tensor = self.rnn(vectors)[0]
        return states

    def _states_by_length(self, vectors: Tensor, lengths: Tensor) -> Tensor:
        # The backward network would meet the padding FIRST and carry its trace into every real step.
        # Sentences of one length make a batch that needs no padding.
        states = vectors.new_zeros(*vectors.shape[:2], 2 * self.rnn.hidden_size)
        for length in sorted(set(lengths.tolist())):
            rows = (lengths == length).to(vectors.device)
            states[:length, rows] = self.rnn(vectors[:length, rows])[0]
        return states


def last_state(states: Tensor, lengths: Tensor, rnn: nn.RNNBase) -> Tensor:
    """Last layer's state (B, D) after the last real step, from its states (T, B, D) of every step.

    The backward direction reads its last word at step 0, the forward one at step length − 1.
    """
    examples = torch.arange(states.shape[1], device=states.device)
    forward = states[lengths - 1, examples, : rnn.hidden_size]
    if not rnn.bidirectional:
        return forward
    return torch.cat([forward, states[0, :, rnn.hidden_size :]], dim=1)
