import numpy as np


def lloyd(X, M, rounds):
    costs = []
    for _ in range(rounds):
        groups, cost = [[] for _ in M], 0.0
        for x in X:
            prices = [float(((x - m) ** 2).sum()) for m in M]
            groups[int(np.argmin(prices))].append(x)
            cost += min(prices)
        M = np.array([np.mean(group, axis=0) if group else m for group, m in zip(groups, M)])
        costs.append(cost)
    return M, np.array(costs)
