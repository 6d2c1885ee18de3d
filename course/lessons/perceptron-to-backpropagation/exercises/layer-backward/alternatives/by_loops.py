import numpy as np


def layer_backward(W, V, A, S):
    dW, db, dV = np.zeros(W.shape), np.zeros(len(W)), np.zeros(V.shape)
    for n in range(len(V)):
        for k in range(len(W)):
            d = S[n, k] * A[n, k] * (1 - A[n, k])
            dW[k] += d * V[n]
            db[k] += d
            dV[n] += d * W[k]
    return dW, db, dV
