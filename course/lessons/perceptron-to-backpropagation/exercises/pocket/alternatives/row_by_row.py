import numpy as np


def pocket(X, y, passes):
    def count(v):
        return sum(1 for n in range(len(X)) if (float(np.dot(v, X[n])) > 0) != bool(y[n]))

    history = [np.zeros(X.shape[1])]
    for n in list(range(len(X))) * passes:
        w = history[-1]
        if (w @ X[n] > 0) != bool(y[n]):
            history.append(w + X[n] if y[n] else w - X[n])
    counts = [count(w) for w in history]
    k = int(np.argmin(counts))
    return history[k], counts[k]
