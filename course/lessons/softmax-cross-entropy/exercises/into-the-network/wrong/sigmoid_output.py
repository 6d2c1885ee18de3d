# [en] The output units are still sigmoids: the probabilities of a row must share one softmax. [zh] 输出单元还是 sigmoid：同一行的各个概率应当共用一个 softmax。
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
    A2 = sigmoid(Z2)
    cost = -(Y * np.log(A2)).sum() / N
    delta2 = (A2 - Y) / N
    delta1 = (delta2 @ W2) * A1 * (1 - A1)
    return cost, delta1.T @ X, delta1.sum(axis=0), delta2.T @ A1, delta2.sum(axis=0)
