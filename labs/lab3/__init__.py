"""Lab 3: sentiment classification with a baseline and recurrent networks.

What a proof or a student's own script may use; ``python -m labs.lab3`` is the command line.
"""

from labs.lab3.adagrad import Adagrad, train_step
from labs.lab3.attention import Attention
from labs.lab3.baseline import Baseline, mean_pool
from labs.lab3.cell_weights import from_torch, to_torch
from labs.lab3.cells import Cell, GRUCell, LSTMCell, LSTMGates, RNNCell, unroll
from labs.lab3.collate import Batch, pad_collate_fn, real_steps
from labs.lab3.config import CELLS, HYPERPARAMETERS, MODELS, CellName, Config, ModelName
from labs.lab3.dataset import Item, NLPDataset, load_splits
from labs.lab3.embedding import EMBEDDING_SIZE, embedding_matrix, make_embedding, read_vectors
from labs.lab3.errors import DataFileError
from labs.lab3.experiment import Epoch, Outcome, make_loader, run_seed
from labs.lab3.instance import (
    BUNDLED_DATA,
    LABELS,
    Instance,
    Split,
    read_instances,
    split_path,
    token_frequencies,
)
from labs.lab3.metrics import accuracy, confusion_matrix, f1_score
from labs.lab3.model import make_model
from labs.lab3.numpy_rnn import (
    Gradients,
    Parameters,
    PlainRNN,
    Trace,
    clip_elements,
    loss,
    one_hot,
    parameter_count,
    softmax,
)
from labs.lab3.recurrent import RecurrentClassifier, last_state
from labs.lab3.training import (
    Evaluation,
    clip_gradients,
    evaluate,
    make_criterion,
    make_optimizer,
    train_epoch,
)
from labs.lab3.vocab import (
    PAD,
    PAD_INDEX,
    TEXT_SPECIALS,
    UNK,
    UNK_INDEX,
    Vocab,
    make_label_vocab,
    unknown_share,
)

__all__ = [
    "BUNDLED_DATA",
    "CELLS",
    "EMBEDDING_SIZE",
    "HYPERPARAMETERS",
    "LABELS",
    "MODELS",
    "PAD",
    "PAD_INDEX",
    "TEXT_SPECIALS",
    "UNK",
    "UNK_INDEX",
    "Adagrad",
    "Attention",
    "Baseline",
    "Batch",
    "Cell",
    "CellName",
    "Config",
    "DataFileError",
    "Epoch",
    "Evaluation",
    "GRUCell",
    "Gradients",
    "Instance",
    "Item",
    "LSTMCell",
    "LSTMGates",
    "ModelName",
    "NLPDataset",
    "Outcome",
    "Parameters",
    "PlainRNN",
    "RNNCell",
    "RecurrentClassifier",
    "Split",
    "Trace",
    "Vocab",
    "accuracy",
    "clip_elements",
    "clip_gradients",
    "confusion_matrix",
    "embedding_matrix",
    "evaluate",
    "f1_score",
    "from_torch",
    "last_state",
    "load_splits",
    "loss",
    "make_criterion",
    "make_embedding",
    "make_label_vocab",
    "make_loader",
    "make_model",
    "make_optimizer",
    "mean_pool",
    "one_hot",
    "pad_collate_fn",
    "parameter_count",
    "read_instances",
    "read_vectors",
    "real_steps",
    "run_seed",
    "softmax",
    "split_path",
    "to_torch",
    "token_frequencies",
    "train_epoch",
    "train_step",
    "unknown_share",
    "unroll",
]
