# [en] The error is taken between score and truth; the score has to go through the sigmoid first. [zh] 误差是拿分数减真相算的；分数要先经过 sigmoid。
import numpy as np


def weighted_gradient(w, X, y, s):
    return X.T @ (s * (X @ w - y)) / s.sum()
