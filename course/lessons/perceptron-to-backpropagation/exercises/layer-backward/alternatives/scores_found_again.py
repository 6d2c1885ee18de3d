import numpy as np


def layer_backward(W, V, A, S):
    Z = np.log(A / (1 - A))
    delta = S / (np.exp(Z / 2) + np.exp(-Z / 2)) ** 2
    return delta.T @ V, delta.sum(axis=0), delta @ W
