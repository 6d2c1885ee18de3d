# [en] This is still the network with sigmoid outputs and the quadratic cost: three lines have to change. [zh] 这还是 sigmoid 输出加二次代价的网络：有三行需要改。
import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def backprop(W1, b1, W2, b2, X, Y):
    """Return the mean cost over a batch and its gradients for W1, b1, W2, b2."""
    N = len(X)
    A1 = sigmoid(X @ W1.T + b1)  # (N, H)
    Z2 = A1 @ W2.T + b2  # (N, K)
    A2 = sigmoid(Z2)
    cost = ((A2 - Y) ** 2).sum() / (2 * N)
    delta2 = (A2 - Y) * A2 * (1 - A2) / N
    delta1 = (delta2 @ W2) * A1 * (1 - A1)
    return cost, delta1.T @ X, delta1.sum(axis=0), delta2.T @ A1, delta2.sum(axis=0)
