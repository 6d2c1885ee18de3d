import numpy as np


def layer_backward(W, V, A, S):
    delta = S * A * (1 - A)
    return delta.T @ V, delta.sum(axis=0), delta @ W
