"""The proofs of lab 3, recurrent networks."""

from __future__ import annotations

from collections.abc import Callable

from quizlab.hooks.lab3 import (
    cells,
    gradients,
    gru,
    head,
    hyperparameters,
    memory,
    permutation,
    sizes,
    softmax,
    tanh,
    training,
    update,
    vocabulary,
    zero_loss,
)
from quizlab.model import Evidence

HOOKS: dict[str, Callable[..., Evidence]] = {
    "lab3.criterion": training.criterion,
    "lab3.exploding_matrix": gradients.exploding_matrix,
    "lab3.optimiser": training.optimiser,
    "lab3.largest_matrix": sizes.largest_matrix,
    "lab3.network_parameters": sizes.network_parameters,
    "lab3.clipping": training.clipping,
    "lab3.loss_value": training.loss_value,
    "lab3.hidden_state": gradients.hidden_state,
    "lab3.output_layer": head.output_layer,
    "lab3.layer_parameters": sizes.layer_parameters,
    "lab3.most_elements": sizes.most_elements,
    "lab3.softmax_gradient": softmax.softmax_gradient,
    "lab3.cell_nonlinearity": tanh.cell_nonlinearity,
    "lab3.tanh_derivative": tanh.tanh_derivative,
    "lab3.state_update": update.state_update,
    "lab3.cell_parameters": cells.cell_parameters,
    "lab3.lstm_equations": cells.lstm_equations,
    "lab3.tanh_range": tanh.tanh_range,
    "lab3.gru_against_rnn": gru.gru_against_rnn,
    "lab3.unrolled": update.unrolled,
    "lab3.long_memory": memory.long_memory,
    "lab3.cell_state_update": cells.cell_state_update,
    "lab3.word_order_accuracy": permutation.word_order_accuracy,
    "lab3.zero_loss": zero_loss.zero_loss,
    "lab3.special_tokens": vocabulary.special_tokens,
    "lab3.unknown_in_training": vocabulary.unknown_in_training,
    "lab3.padding": vocabulary.padding,
    "lab3.baseline_and_rnn": permutation.baseline_and_rnn,
    "lab3.hyperparameters": hyperparameters.hyperparameters,
    "lab3.word_order_loss": permutation.word_order_loss,
    "lab3.zero_loss_of_lab": zero_loss.zero_loss_of_lab,
}
