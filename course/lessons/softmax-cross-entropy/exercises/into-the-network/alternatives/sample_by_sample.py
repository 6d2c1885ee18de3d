import numpy as np


def backprop(W1, b1, W2, b2, X, Y):
    cost = 0.0
    dW1, db1, dW2, db2 = (np.zeros_like(parameter) for parameter in (W1, b1, W2, b2))
    for x, y in zip(X, Y):
        a1 = 1 / (1 + np.exp(-(W1 @ x + b1)))
        z2 = W2 @ a1 + b2
        log_sum = np.logaddexp.reduce(z2)
        cost += (log_sum - y @ z2) / len(X)
        d2 = (np.exp(z2 - log_sum) - y) / len(X)
        d1 = (W2.T @ d2) * a1 * (1 - a1)
        dW1 += np.outer(d1, x)
        db1 += d1
        dW2 += np.outer(d2, a1)
        db2 += d2
    return cost, dW1, db1, dW2, db2
