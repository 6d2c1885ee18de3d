import numpy as np


def layer_backward(W, V, A, S):
    """Return dC/dW (K, H), dC/db (K,) and dC/dV (N, H) of the layer A = sigmoid(V @ W.T + b).

    W (K, H), V (N, H) what it saw, A (N, K) what it answered, S (N, K) the slopes dC/dA.
    """
    raise NotImplementedError
