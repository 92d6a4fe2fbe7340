"""Lab 4: metric embedding of MNIST digits with a triplet loss.

The names exported here are the lab; ``python -m labs.lab4`` trains and evaluates it from the command line.
"""

from labs.lab4.dataset import MNISTMetricDataset
from labs.lab4.digits import Digits, load_digits, read_idx
from labs.lab4.loss import TripletMarginLoss, triplet_margin_loss
from labs.lab4.model import IdentityModel, SimpleMetricEmbedding
from labs.lab4.plots import pca_projection, save_scatter
from labs.lab4.unit import BatchNormConvReLU
from labs.lab4.utils import classify, compute_representations, evaluate, make_predictions, train

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
