# [en] The cost is right, `delta2` is not: the factor A2(1 − A2) belonged to the sigmoid and is gone. [zh] 代价对了，`delta2` 还不对：因子 A2(1 − A2) 属于原来的 sigmoid，现在没有了。
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
    delta2 = (A2 - Y) * A2 * (1 - A2) / N
    delta1 = (delta2 @ W2) * A1 * (1 - A1)
    return cost, delta1.T @ X, delta1.sum(axis=0), delta2.T @ A1, delta2.sum(axis=0)
