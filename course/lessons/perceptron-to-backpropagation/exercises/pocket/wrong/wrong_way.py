# [en] The corrections go the wrong way: add the row where the answer should have been 1, take it away where it should have been 0. [zh] 修正的方向反了：本该答 1 的行要加上去，本该答 0 的行要减掉。
import numpy as np


def pocket(X, y, passes):
    w = best = np.zeros(X.shape[1])
    fewest = ((X @ w > 0) != y).sum()
    for _ in range(passes):
        for x_n, y_n in zip(X, y):
            answer = int(w @ x_n > 0)
            if answer != y_n:
                w = w - (y_n - answer) * x_n
                wrong = ((X @ w > 0) != y).sum()
                if wrong < fewest:
                    best, fewest = w, wrong
    return best, fewest
