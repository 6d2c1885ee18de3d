import numpy as np


def silhouette(X, labels):
    D = np.linalg.norm(X[:, None] - X[None], axis=2)
    R = (labels[:, None] == np.unique(labels)).astype(float)
    total, count = D @ R, R.sum(axis=0)
    members = R @ count
    alpha = (total * R).sum(axis=1) / np.maximum(members - 1, 1)
    beta = np.where(R == 1, np.inf, total / count).min(axis=1)
    return np.where(members > 1, (beta - alpha) / np.maximum(alpha, beta), 0.0)
