import numpy as np


def signs(H):
    """Return inputs of your own, shape (N, K), K at most 40; H has shape (N, 10, 10)."""
    raise NotImplementedError
