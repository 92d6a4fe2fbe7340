"""PyTorch on a machine so slow that no proof comes before the student loses patience."""

import time

time.sleep(300)
