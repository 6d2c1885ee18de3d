# [en] Only one pass was made; visit all rows `passes` times. [zh] 只走了一遍；所有的行要访问 `passes` 遍。
import numpy as np


def pocket(X, y, passes):
    w = best = np.zeros(X.shape[1])
    fewest = ((X @ w > 0) != y).sum()
    for _ in range(1):
        for x_n, y_n in zip(X, y):
            answer = int(w @ x_n > 0)
            if answer != y_n:
                w = w + (y_n - answer) * x_n
                wrong = ((X @ w > 0) != y).sum()
                if wrong < fewest:
                    best, fewest = w, wrong
    return best, fewest
