import numpy as np


def signs(H):
    """Return inputs of your own, shape (N, K), K at most 40; H has shape (N, 10, 10)."""
    return np.column_stack([H[:, -1], H[:, -1] - H[:, -6]])
