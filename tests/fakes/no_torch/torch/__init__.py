"""A machine without PyTorch, as the worker would find it."""

raise ModuleNotFoundError("No module named 'torch'", name="torch")
