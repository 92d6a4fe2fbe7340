"""Lab 3: sentiment classification with a baseline and recurrent networks.

What a proof or a student's own script may use; ``python -m labs.lab3`` is the command line.
"""

from .adagrad import Adagrad, train_step
from .attention import Attention
from .baseline import Baseline, mean_pool
from .cell_weights import from_torch, to_torch
from .cells import Cell, GRUCell, LSTMCell, LSTMGates, RNNCell, unroll
from .collate import Batch, pad_collate_fn, real_steps
from .config import CELLS, HYPERPARAMETERS, MODELS, CellName, Config, ModelName
from .dataset import Item, NLPDataset, load_splits
from .embedding import EMBEDDING_SIZE, embedding_matrix, make_embedding, read_vectors
from .errors import DataFileError
from .experiment import Epoch, Outcome, make_loader, run_seed
from .instance import (
    BUNDLED_DATA,
    LABELS,
    Instance,
    Split,
    read_instances,
    split_path,
    token_frequencies,
)
from .metrics import accuracy, confusion_matrix, f1_score
from .model import make_model
from .numpy_rnn import (
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
from .recurrent import RecurrentClassifier, last_state
from .training import (
    Evaluation,
    clip_gradients,
    evaluate,
    make_criterion,
    make_optimizer,
    train_epoch,
)
from .vocab import (
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
