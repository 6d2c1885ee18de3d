import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def backprop(W1, b1, W2, b2, X, Y):
    """Return the mean cost over a batch and its gradients for W1, b1, W2, b2."""
    N = len(X)
    A1 = sigmoid(X @ W1.T + b1)  # (N, H)
    Z2 = A1 @ W2.T + b2  # (N, K)
    Z2 = Z2 - Z2.max(axis=1, keepdims=True)
    log_A2 = Z2 - np.log(np.exp(Z2).sum(axis=1, keepdims=True))
    cost = -(Y * log_A2).sum() / N
    delta2 = (np.exp(log_A2) - Y) / N
    delta1 = (delta2 @ W2) * A1 * (1 - A1)
    return cost, delta1.T @ X, delta1.sum(axis=0), delta2.T @ A1, delta2.sum(axis=0)
