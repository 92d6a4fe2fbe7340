"""PyTorch itself, as questions about layers and functions are about it: its modules, and torch for functions."""

import torch
from torch import nn

__all__ = ["nn", "torch"]
