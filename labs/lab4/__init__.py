"""Lab 4: metric embedding of MNIST digits with a triplet loss.

The names exported here are the lab; ``python -m labs.lab4`` trains and evaluates it from the command line.
"""

from .dataset import MNISTMetricDataset
from .digits import Digits, load_digits, read_idx
from .loss import TripletMarginLoss, triplet_margin_loss
from .model import IdentityModel, SimpleMetricEmbedding
from .plots import pca_projection, save_scatter
from .unit import BatchNormConvReLU
from .utils import classify, compute_representations, evaluate, make_predictions, train

__all__ = [
    "BatchNormConvReLU",
    "Digits",
    "IdentityModel",
    "MNISTMetricDataset",
    "SimpleMetricEmbedding",
    "TripletMarginLoss",
    "classify",
    "compute_representations",
    "evaluate",
    "load_digits",
    "make_predictions",
    "pca_projection",
    "read_idx",
    "save_scatter",
    "train",
    "triplet_margin_loss",
]
