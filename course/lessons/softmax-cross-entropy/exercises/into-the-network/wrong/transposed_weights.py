# [en] `dW1`: Right numbers, transposed: shape (2, 3) instead of (3, 2). [zh] `dW1`：数都对，但转置了：形状是 (2, 3)，应为 (3, 2)。
import numpy as np


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def backprop(W1, b1, W2, b2, X, Y):
    N = len(X)
    A1 = sigmoid(X @ W1.T + b1)
    Z2 = A1 @ W2.T + b2
    A2 = softmax(Z2)
    cost = -(Y * np.log(A2)).sum() / N
    delta2 = (A2 - Y) / N
    delta1 = (delta2 @ W2) * A1 * (1 - A1)
    return cost, X.T @ delta1, delta1.sum(axis=0), A1.T @ delta2, delta2.sum(axis=0)
